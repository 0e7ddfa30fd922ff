"""Files that show what a word of progress says: put to it when it is said, never taken away, given with its task.

A file that has been kept long enough loses what it holds (`chithi.privacy`); that there was one stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chithi.core.errors import Absent
from chithi.files.actions import keep
from chithi.files.checks import Brought
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.following.kinds import Followed
from chithi.following.models import Evidence, Progress
from chithi.following.rules import why_not_files

_WHY = "files of words on progress that were found in reach"
_MOST_ID = 2**63 - 1


@dataclass(frozen=True)
class Shown:
    """A file as lists show it; `size` in bytes, `gone` where what it held is no longer kept."""

    id: int
    name: str
    kind: FileKind
    size: int
    gone: bool


def put_to(word: Progress, files: Sequence[Brought]) -> None:
    """Keep these files with a word; the same bytes once. Refused: `following.too_many_files`, `too_much_at_once`."""
    if problem := why_not_files([len(file.data) for file in files]):
        raise problem
    kept: set[int] = set()
    for file in files:
        content = keep(file)
        if content.pk not in kept:
            kept.add(content.pk)
            Evidence.objects.create(
                unit_id=word.unit_id, progress=word, content=content, name=file.name, kind=file.kind.value,
                size=len(file.data),
            )  # fmt: skip


def shown_with(word_ids: Collection[int]) -> dict[int, tuple[Shown, ...]]:
    """The files of words that were found in reach, in the order in which they came. One query."""
    found: dict[int, tuple[Shown, ...]] = {}
    for row in Evidence.objects.everywhere(because=_WHY).filter(progress_id__in=word_ids).order_by("pk"):
        found[row.progress_id] = (*found.get(row.progress_id, ()), _shown(row))
    return found


def word_of(evidence_id: int) -> tuple[Followed, int]:
    """What a file is about, as kind and id: whoever may see that may have the file. `Absent` where there is none."""
    row = Evidence.objects.everywhere(because=_WHY).filter(pk=evidence_id).first() if _plausible(evidence_id) else None
    if row is None:
        raise Absent("following.no_file")
    word = Progress.objects.everywhere(because=_WHY).get(pk=row.progress_id)
    return Followed(word.kind), word.about_id


def opened(evidence_id: int) -> tuple[Shown, bytes]:
    """A file and what it holds, once `word_of` was found in reach; `Absent` where that is no longer kept."""
    row = Evidence.objects.everywhere(because=_WHY).get(pk=evidence_id)
    if row.content_id is None:
        raise Absent("following.file_gone")
    return _shown(row), bytes(Content.objects.values_list("data", flat=True).get(pk=row.content_id))


def _shown(row: Evidence) -> Shown:
    return Shown(row.pk, row.name, FileKind(row.kind), row.size, row.content_id is None)


def _plausible(evidence_id: int) -> bool:
    return 0 < evidence_id <= _MOST_ID
