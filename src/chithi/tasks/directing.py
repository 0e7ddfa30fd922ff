"""The documents that tasks may name: those a reader's own units issued or were addressed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Directive, Recipient
from chithi.org.places import reach_tree

_WHY = "documents of the levels above that are addressed to those below them"
OFFERED = 60


def _readable(viewer: Viewer) -> ScopedQuerySet[Directive]:
    """Documents that went out, in reach or from above to units in reach; withdrawn ones too. Two queries more."""
    reach = viewer.reach(Capability.READ)
    if reach.is_empty:
        return Directive.objects.visible_to(reach)
    shape = reach_tree(viewer.today).shape
    above = {int(shape.unit_ids[at]) for lo, _hi in reach.intervals if lo < len(shape) for at in shape.ancestors(lo)}
    named = Recipient.objects.visible_to(reach).values("directive_id")
    own = Directive.reach_condition(reach)
    condition = own | Q(unit_id__in=above, to_all=True) | Q(pk__in=named)
    return Directive.objects.everywhere(because=_WHY).filter(condition, is_draft=False)


def directive_for(viewer: Viewer, directive_id: int) -> int:
    """The id of a document that a task may name; `Absent` for one out of the viewer's sight."""
    if not _readable(viewer).filter(pk=directive_id).exists():
        raise Absent("tasks.no_directive", field="directive", directive=directive_id)
    return directive_id


def offered(viewer: Viewer) -> list[tuple[int, str]]:
    """The newest documents in force that a task may name, as (id, sign and summary)."""
    rows = _readable(viewer).filter(withdrawn_on__isnull=True).order_by("-dated", "-pk")[:OFFERED]
    return [(row.pk, called(row)) for row in rows]


def named(viewer: Viewer, directive_ids: Collection[int]) -> dict[int, str]:
    """What the documents among these that the viewer may see are called. A few queries."""
    wanted = {one for one in directive_ids if one}
    return {row.pk: called(row) for row in _readable(viewer).filter(pk__in=wanted)} if wanted else {}


def called(directive: Directive) -> str:
    """Sign and summary, as far as there are any."""
    return " · ".join(part for part in (directive.sign, directive.summary) if part)
