"""Who may read which documents: those of one's own units, and those from above that are addressed to one.

A document that went out is read where its unit lies in the READ reach; by everybody below its unit, where it is
addressed to all; by those who read a unit named as its recipient. A draft is read by those who write for its unit.
The guard of the model itself knows only the first: acts on a document use it, so that reading never becomes writing.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Directive, Recipient
from chithi.org.places import tree_on
from chithi.org.queries import MOST_ID


def readable(viewer: Viewer) -> ScopedQuerySet[Directive]:
    """All documents the viewer may read."""
    rows = Directive.objects.everywhere(because="a document is read below its issuer too; the condition says by whom")
    drafts = Q(is_draft=True) & own_units(viewer.reach(Capability.ENTER))
    return rows.filter(Q(is_draft=False) & addressed(viewer, "pk") | drafts)


def all_readable(viewer: Viewer) -> ScopedQuerySet[Directive]:
    """The same for a list of them: each way to read is gone along its own index, however many documents there are.

    Of few that are named `readable` asks one by one, which is quicker.
    """
    rows = Directive.objects.everywhere(because="a document is read below its issuer too; the condition says by whom")
    reach = viewer.reach(Capability.READ)
    if reach.is_empty or reach.is_everything:
        return readable(viewer)
    out = [rows.filter(way, is_draft=False).values("pk") for way in ways_to_read(viewer, "pk")]
    drafts = rows.filter(own_units(viewer.reach(Capability.ENTER)), is_draft=True).values("pk")
    return rows.filter(pk__in=drafts.union(*out, all=True))


def addressed(viewer: Viewer, column: str) -> Q:
    """The condition that a document that went out may be read; for rows with its `unit_id` and `to_all`.

    `column` is the one that holds the document's id.
    """
    ways = ways_to_read(viewer, column)
    return reduce(or_, ways) if ways else Q(pk__in=[])


def ways_to_read(viewer: Viewer, column: str) -> list[Q]:
    """The conditions of `addressed`, one of which must hold; each for itself goes along an index."""
    reach = viewer.reach(Capability.READ)
    if reach.is_empty:
        return []
    if reach.is_everything:
        return [Q(pk__isnull=False)]
    named = Recipient.objects.visible_to(reach).values("directive_id")
    from_above = Q(to_all=True, unit_id__in=units_above(viewer, reach))
    return [own_units(reach), from_above, Q(**{f"{column}__in": named})]


def own_units(reach: Reach) -> Q:
    """The condition that the unit of a row lies in a reach."""
    if reach.is_empty:
        return Q(pk__in=[])
    return Q(pk__isnull=False) if reach.is_everything else Directive.reach_condition(reach)


def units_above(viewer: Viewer, reach: Reach) -> list[int]:
    """Units above those of a reach, on today's tree: in each interval nothing has more above it than the first."""
    tree = tree_on(viewer.today)
    if tree.id != reach.edition_id:
        return []
    found = {at for lo, _hi in reach.intervals for at in tree.shape.ancestors(lo)}
    return sorted(int(tree.shape.unit_ids[at]) for at in found)


def one(viewer: Viewer, directive_id: int) -> Directive:
    """A document that may be read; `Absent` else."""
    found = readable(viewer).filter(pk=plausible(directive_id)).first()
    if found is None:
        raise Absent("directives.no_document")
    return found


def one_to_write(viewer: Viewer, directive_id: int, *, held: bool = False) -> Directive:
    """A document of a unit that the viewer writes for; `Absent` else.

    `held`: nobody else changes it, its files or its words until the transaction ends. Whoever holds a document may take
    the lock of links (`chithi.directives.descending.LINKS`) afterwards, never before.
    """
    rows = Directive.objects.visible_to(viewer.reach(Capability.ENTER))
    rows = rows.select_for_update(no_key=True) if held else rows
    found = rows.filter(pk=plausible(directive_id)).first()
    if found is None:
        raise Absent("directives.no_document")
    return found


def signed(sign: str) -> Q:
    """The condition that a document bears this number and symbol, letters of any case.

    SQLite knows no case beyond ASCII: Đ and đ are asked for by name.
    """
    ways = {sign, sign.upper(), sign.lower()}
    return reduce(or_, (Q(sign__iexact=way) for way in sorted(ways)))


def plausible(row_id: int) -> int:
    """An id that a column holds; 0, which is nobody's, for any other number."""
    return row_id if 0 < row_id <= MOST_ID else 0
