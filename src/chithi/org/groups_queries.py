"""Reading named groups within reach: which there are, who is in them, how much of that the viewer may see.

A group is seen by whoever may read its owner or any unit that is or was in it. Inside it only members in reach are
named and counted; how many there are in all is said plainly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from django.db import models
from django.db.models import F

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Group, GroupMember, Unit, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import MOST_ID, UnitCard, cards
from chithi.text.vietnamese import fold

MOST_OFFERED = 60
_HOW_MANY = "how many units a group holds is told to whoever may see the group"


@dataclass(frozen=True)
class GroupCard:
    """A group as it is shown. `owner` is None outside the reach; `seen` of `whole` members on the day are in reach."""

    id: int
    version: int
    name: str
    kind: str
    note: str
    ended_on: date | None
    owner: UnitCard | None
    seen: int
    whole: int
    is_kept: bool


@dataclass(frozen=True)
class MemberCard:
    """A membership in reach. `passed_on`: the unit closed; `instead_of` names the unit whose place it took."""

    id: int
    version: int
    unit: UnitCard
    since: date
    until: date | None
    passed_on: bool
    instead_of: UnitCard | None


@dataclass(frozen=True)
class Composition:
    """The members of one group on a day: ids of those in reach, and how many there are in all."""

    unit_ids: tuple[int, ...]
    whole: int


def one_group(viewer: Viewer, group_id: int, day: date) -> GroupCard:
    """A group the viewer may see; `Absent` else. About six queries."""
    group = None
    if 0 < group_id <= MOST_ID:
        group = Group.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=group_id).first()
    if group is None:
        raise Absent("groups.no_group", group=group_id)
    return _cards(viewer, [group], day)[0]


def kept_group(viewer: Viewer, group_id: int, day: date) -> GroupCard:
    """A group whose owner lies in the viewer's TREE reach; `Absent` else."""
    found = one_group(viewer, group_id, day)
    if not found.is_kept:
        raise Absent("groups.no_group", group=group_id)
    return found


def groups(
    viewer: Viewer,
    day: date,
    *,
    asked: str = "",
    kind: str = "",
    kept_only: bool = False,
    start: int = 0,
    most: int = 50,
) -> tuple[list[GroupCard], int]:
    """A page of groups by name, those that ended last, and how many there are. About seven queries."""
    rows = Group.objects.visible_to(viewer.reach(Capability.READ))
    if kept_only:
        keeps = Unit.objects.visible_to(viewer.reach(Capability.TREE)).values("pk")
        rows = rows.filter(unit_id__in=keeps)
    if words := fold(asked.replace("\x00", "")).strip():
        rows = rows.filter(folded__contains=words)
    if kind:
        rows = rows.filter(kind=kind)
    total = rows.count()
    listed = rows.order_by(F("ended_on").desc(nulls_first=True), "folded", "pk")[start : start + most]
    return _cards(viewer, list(listed), day), total


def groups_of(viewer: Viewer, unit_id: int, day: date) -> list[GroupCard]:
    """The groups a unit in reach belongs to on a day."""
    return _cards(viewer, _OF_UNIT.objects(viewer.reach(Capability.READ), unit_id, day), day, plain=True)


def groups_below(viewer: Viewer, unit_id: int, day: date) -> list[GroupCard]:
    """Groups with a member inside the subtree of a unit in reach, on a day: what its page may be filtered by."""
    below = reach_tree(viewer.today).reach_of([unit_id])
    return _cards(viewer, _BELOW.objects(viewer.reach(Capability.READ), below, unit_id, day), day, plain=True)


def groups_to_choose(viewer: Viewer, day: date) -> list[GroupCard]:
    """Groups with a member in reach on a day, for choosing: names only."""
    return _cards(viewer, _CHOOSABLE.objects(viewer.reach(Capability.READ), day), day, plain=True)


def _of_unit(reach: Reach, unit_id: int, day: date) -> models.QuerySet[Group]:
    here = GroupMember.objects.visible_to(reach).filter(valid_on(day), unit_id=unit_id)
    return _offered(reach, here)


def _below(reach: Reach, below: Reach, unit_id: int, day: date) -> models.QuerySet[Group]:
    return _offered(reach, GroupMember.objects.visible_to(below).filter(valid_on(day)).exclude(unit_id=unit_id))


def _choosable(reach: Reach, day: date) -> models.QuerySet[Group]:
    return _offered(reach, GroupMember.objects.visible_to(reach).filter(valid_on(day)))


def _offered(reach: Reach, members: ScopedQuerySet[GroupMember]) -> models.QuerySet[Group]:
    found = Group.objects.visible_to(reach).filter(pk__in=members.values("group_id"))
    return found.order_by("folded", "pk")[:MOST_OFFERED]


_OF_UNIT, _BELOW, _CHOOSABLE = Kept(_of_unit), Kept(_below), Kept(_choosable)


def composition(viewer: Viewer, group_ids: Collection[int], day: date) -> dict[int, Composition]:
    """Who is in groups the viewer may see, on a day. Two queries."""
    found: dict[int, list[int]] = {group_id: [] for group_id in group_ids}
    rows = _in_reach(viewer).filter(valid_on(day), group_id__in=list(group_ids)).order_by("pk")
    for group_id, unit_id in rows.values_list("group_id", "unit_id"):
        found[group_id].append(unit_id)
    whole = _whole(group_ids, day)
    return {group_id: Composition(tuple(dict.fromkeys(ids)), whole[group_id]) for group_id, ids in found.items()}


def first_day(viewer: Viewer, group_id: int) -> date | None:
    """The first day on which a unit in reach was in the group."""
    return _in_reach(viewer).filter(group_id=group_id).order_by("since").values_list("since", flat=True).first()


def members(viewer: Viewer, group_id: int, *, start: int = 0, most: int = 50) -> tuple[list[MemberCard], int]:
    """Memberships in reach, those that hold first, then by day; and how many there are. About six queries."""
    rows = _in_reach(viewer).filter(group_id=group_id)
    total = rows.count()
    listed = list(rows.order_by(F("until").desc(nulls_first=True), "since", "pk")[start : start + most])
    before = dict(
        _in_reach(viewer)
        .filter(pk__in=[row.came_from_id for row in listed if row.came_from_id])
        .values_list("pk", "unit_id")
    )
    known = cards(viewer, {row.unit_id for row in listed} | set(before.values()), viewer.today)
    return [
        MemberCard(
            id=row.pk,
            version=row.version,
            unit=known[row.unit_id],
            since=row.since,
            until=row.until,
            passed_on=row.passed_on,
            instead_of=_predecessor(row, before, known),
        )
        for row in listed
    ], total


def kept_member(viewer: Viewer, member_id: int) -> tuple[GroupCard, MemberCard]:
    """A membership in reach of a group that is the viewer's to keep, with the group; `Absent` else."""
    row = _in_reach(viewer).filter(pk=member_id).first() if 0 < member_id <= MOST_ID else None
    if row is None:
        raise Absent("groups.no_member", member=member_id)
    group = kept_group(viewer, row.group_id, viewer.today)
    unit = cards(viewer, [row.unit_id], viewer.today)[row.unit_id]
    return group, MemberCard(row.pk, row.version, unit, row.since, row.until, row.passed_on, None)


def covered(viewer: Viewer, group_id: int, unit_ids: Collection[int], day: date) -> set[int]:
    """Those of the units that are in the group on a day, or stand below a unit that is: a filter for lists."""
    tree = reach_tree(viewer.today)
    tops = tree.reach_of(list(composition(viewer, [group_id], day)[group_id].unit_ids))
    places = {unit_id: tree.find(unit_id) for unit_id in unit_ids}
    return {unit_id for unit_id, at in places.items() if at is not None and tops.covers(at)}


def narrowed(viewer: Viewer, group_id: int, day: date) -> Viewer:
    """The same viewer reading no more than a group's members and what stands below them: a filter for finding units."""
    one_group(viewer, group_id, day)
    tops = reach_tree(viewer.today).reach_of(list(composition(viewer, [group_id], day)[group_id].unit_ids))
    return replace(viewer, reaches=MappingProxyType({**viewer.reaches, Capability.READ: tops}))


def _predecessor(row: GroupMember, before: dict[int, int], known: dict[int, UnitCard]) -> UnitCard | None:
    unit_id = before.get(row.came_from_id or 0)
    return known.get(unit_id) if unit_id and unit_id != row.unit_id else None


def _in_reach(viewer: Viewer) -> ScopedQuerySet[GroupMember]:
    return GroupMember.objects.visible_to(viewer.reach(Capability.READ))


def _whole(group_ids: Iterable[int], day: date) -> Counter[int]:
    rows = GroupMember.objects.everywhere(because=_HOW_MANY).filter(valid_on(day), group_id__in=list(group_ids))
    return Counter(rows.values_list("group_id", flat=True))


def _cards(viewer: Viewer, found: list[Group], day: date, *, plain: bool = False) -> list[GroupCard]:
    """`plain`: without owners and members, for lists of names. No query then."""
    if plain or not found:
        return [_card(group, None, 0, 0, is_kept=False) for group in found]
    within = composition(viewer, [group.pk for group in found], day)
    owners = cards(viewer, {group.unit_id for group in found}, viewer.today)
    keeps = Unit.objects.visible_to(viewer.reach(Capability.TREE)).filter(pk__in=[group.unit_id for group in found])
    kept = set(keeps.values_list("pk", flat=True))
    return [
        _card(
            group,
            owners.get(group.unit_id),
            len(within[group.pk].unit_ids),
            within[group.pk].whole,
            is_kept=group.unit_id in kept,
        )
        for group in found
    ]


def _card(group: Group, owner: UnitCard | None, seen: int, whole: int, *, is_kept: bool) -> GroupCard:
    return GroupCard(
        id=group.pk,
        version=group.version,
        name=group.name,
        kind=group.kind,
        note=group.note,
        ended_on=group.ended_on,
        owner=owner,
        seen=seen,
        whole=whole,
        is_kept=is_kept,
    )
