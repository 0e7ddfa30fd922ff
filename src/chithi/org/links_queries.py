"""Reading ties beside the tree, from either side, within reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q

from chithi.core.errors import Absent
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import UnitLink, valid_on
from chithi.org.queries import MOST_ID, UnitCard, cards


@dataclass(frozen=True)
class LinkCard:
    """A tie. `other` is None outside the reach; the owning side is always inside it."""

    id: int
    version: int
    kind: str
    unit: UnitCard
    other: UnitCard | None
    since: date
    until: date | None
    passed_on: bool


def links_of(viewer: Viewer, unit_id: int, day: date) -> list[LinkCard]:
    """The ties of a unit in reach on a day, those it owns and those that others own. Three queries."""
    return _cards(viewer, _LINKS.objects(viewer.reach(Capability.READ), unit_id, day), day)


def _links_of(reach: Reach, unit_id: int, day: date) -> models.QuerySet[UnitLink]:
    rows = UnitLink.objects.visible_to(reach).filter(valid_on(day)).filter(Q(unit_id=unit_id) | Q(other_id=unit_id))
    return rows.order_by("kind", "pk")[:60]


_LINKS = Kept(_links_of)


def kept_links(
    viewer: Viewer, *, kind: str = "", unit_id: int | None = None, start: int = 0, most: int = 50
) -> tuple[list[LinkCard], int]:
    """A page of the ties whose owning side lies in the viewer's TREE reach, those that hold first; and their number."""
    rows = UnitLink.objects.visible_to(viewer.reach(Capability.TREE))
    if kind:
        rows = rows.filter(kind=kind)
    if unit_id is not None:
        rows = rows.filter(Q(unit_id=unit_id) | Q(other_id=unit_id))
    total = rows.count()
    listed = rows.order_by(F("until").desc(nulls_first=True), "kind", "since", "pk")[start : start + most]
    return _cards(viewer, list(listed), viewer.today), total


def kept_link(viewer: Viewer, link_id: int) -> LinkCard:
    """A tie whose owning side lies in the viewer's TREE reach; `Absent` else."""
    found = UnitLink.objects.visible_to(viewer.reach(Capability.TREE)).filter(pk=link_id) if _plausible(link_id) else ()
    listed = _cards(viewer, list(found), viewer.today)
    if not listed:
        raise Absent("links.no_link", link=link_id)
    return listed[0]


def _plausible(link_id: int) -> bool:
    return 0 < link_id <= MOST_ID


def _cards(viewer: Viewer, rows: list[UnitLink], day: date) -> list[LinkCard]:
    known = cards(viewer, {row.unit_id for row in rows} | {row.other_id for row in rows}, day) if rows else {}
    return [
        LinkCard(
            id=row.pk,
            version=row.version,
            kind=row.kind,
            unit=known[row.unit_id],
            other=known.get(row.other_id),
            since=row.since,
            until=row.until,
            passed_on=row.passed_on,
        )
        for row in rows
        if row.unit_id in known
    ]
