"""The explicit list of everything counted from records. A concept is plugged in by naming its measures here."""

from __future__ import annotations

from chithi.db.measures import Recorded
from chithi.directives import measures as directives
from chithi.duties import measures as duties
from chithi.org import measures as org
from chithi.tasks import measures as tasks

RECORDED: tuple[Recorded, ...] = (*org.MEASURES, *directives.MEASURES, *tasks.MEASURES, *duties.MEASURES)

BY_CODE: dict[str, Recorded] = {declared.code: declared for declared in RECORDED}
