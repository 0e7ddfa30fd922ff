"""The files that show what was said of a task: for whoever may see the task."""

from __future__ import annotations

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.following import evidence
from chithi.following.evidence import Shown
from chithi.following.kinds import Followed
from chithi.tasks.ground import readable_task


def file_of(viewer: Viewer, evidence_id: int) -> tuple[Shown, bytes]:
    """A file with what it holds; `Absent` where its task may not be seen, or what it held is no longer kept."""
    kind, task_id = evidence.word_of(evidence_id)
    if kind is not Followed.TASK:
        raise Absent("following.no_file")
    readable_task(viewer, task_id)
    return evidence.opened(evidence_id)
