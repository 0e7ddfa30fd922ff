"""The documents that tasks may name: those that went out and that somebody may read (`chithi.directives.reading`).

A task never stands under a draft: what a draft asks for is kept as its lines (`chithi.tasks.planning`) until it is out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from chithi.core.errors import Absent
from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Viewer
from chithi.directives.models import Descent, Directive
from chithi.directives.reading import all_readable, plausible, readable

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
    rows = all_readable(viewer).filter(is_draft=False, withdrawn_on__isnull=True).order_by("-dated", "-pk")
    return [(row.pk, called(row)) for row in rows.defer("abstract")[:OFFERED]]


def to_filter_by(viewer: Viewer) -> list[tuple[int, str]]:
    """The newest documents that carry out no other, and those of the viewer's own unit: what a list is narrowed to."""
    above = Descent.objects.everywhere(because="whether a readable document carries out another")
    heads = ~Exists(above.filter(directive_id=OuterRef("pk")))
    wanted = Q(heads) | Q(unit_id=viewer.home_unit_id or 0)
    rows = all_readable(viewer).filter(wanted, is_draft=False).order_by("-dated", "-pk")
    return [(row.pk, called(row)) for row in rows.defer("abstract")[:OFFERED]]


def named(viewer: Viewer, directive_ids: Collection[int]) -> dict[int, str]:
    """What the documents among these that the viewer may see are called. A few queries."""
    wanted = {one for one in directive_ids if one}
    rows = _out(viewer).filter(pk__in=wanted).defer("abstract") if wanted else ()
    return {row.pk: called(row) for row in rows}


def topmost(viewer: Viewer, directive_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """For each document the highest ones it carries out, among those the viewer may read; itself where there is none.

    A document among `directive_ids` counts as one that may be read: a task in sight names it. Four queries.
    """
    own = {one for one in directive_ids if one}
    roots = _above(own)
    higher = {one for some in roots.values() for one in some}
    readable_ones = own | set(_out(viewer).filter(pk__in=among(higher)).values_list("pk", flat=True))
    roots |= _above(higher - own)
    found = {}
    for one in own:
        seen = roots.get(one, set()) & readable_ones
        tops = sorted(top for top in seen if not roots.get(top, set()) & readable_ones)
        found[one] = tuple(tops) or (one,)
    return found


def _above(directive_ids: Collection[int]) -> dict[int, set[int]]:
    """All that documents stand below in the cascade."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Descent.objects.everywhere(because="how documents that tasks name hang together")
    for one, root in rows.filter(directive_id__in=among(directive_ids)).values_list("directive_id", "root_id"):
        found[one].add(root)
    return found


def called(directive: Directive) -> str:
    """Sign and summary, as far as there are any."""
    return " · ".join(part for part in (directive.sign, directive.summary) if part)
