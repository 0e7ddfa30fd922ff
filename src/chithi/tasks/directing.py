"""The documents that tasks may name: those that went out and that somebody may read (`chithi.directives.reading`).

A task never stands under a draft: what a draft asks for is kept as its lines (`chithi.tasks.planning`) until it is out.
"""

from __future__ import annotations

from collections.abc import Collection

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Viewer
from chithi.directives.models import Directive
from chithi.directives.reading import plausible, readable

OFFERED = 60


def _out(viewer: Viewer) -> ScopedQuerySet[Directive]:
    """Readable documents that went out; withdrawn ones too."""
    return readable(viewer).filter(is_draft=False)


def directive_for(viewer: Viewer, directive_id: int) -> int:
    """The id of a document that a task may name; `Absent` for one out of the viewer's sight."""
    if not _out(viewer).filter(pk=plausible(directive_id)).exists():
        raise Absent("tasks.no_directive", field="directive", directive=directive_id)
    return directive_id


def offered(viewer: Viewer) -> list[tuple[int, str]]:
    """The newest documents in force that a task may name, as (id, sign and summary)."""
    rows = _out(viewer).filter(withdrawn_on__isnull=True).order_by("-dated", "-pk").defer("abstract")[:OFFERED]
    return [(row.pk, called(row)) for row in rows]


def named(viewer: Viewer, directive_ids: Collection[int]) -> dict[int, str]:
    """What the documents among these that the viewer may see are called. A few queries."""
    wanted = {one for one in directive_ids if one}
    rows = _out(viewer).filter(pk__in=wanted).defer("abstract") if wanted else ()
    return {row.pk: called(row) for row in rows}


def called(directive: Directive) -> str:
    """Sign and summary, as far as there are any."""
    return " · ".join(part for part in (directive.sign, directive.summary) if part)
