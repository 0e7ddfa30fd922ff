"""What becomes of groups and ties when a unit closes into its heir, and when that is undone.

The heir stands in the closed unit's place from that day on, as a new interval that remembers which one it carries on;
an heir that was a member already stays what it was. Where the heir is the level above (a district whose agencies
scatter), the membership ends with nobody in its place: a cluster of districts must not become the whole province.
Undoing gives back what was handed over, unless somebody has decided otherwise since.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from chithi.db.guard import ScopedQuerySet
from chithi.freshness.actions import mark
from chithi.org import links_rules
from chithi.org.kinds import LinkKind
from chithi.org.models import Closing, Group, GroupMember, UnitLink, UnitState, valid_on
from chithi.org.places import tree_on

_WHY = "what belongs to a unit that closes, or opens again, in an act that was allowed"
Row = TypeVar("Row", GroupMember, UnitLink)


def heir_takes_over(closed_id: int, heir_id: int, on: date) -> None:
    """Memberships and ties of a unit that closes go over to its heir."""
    members = list(_members().filter(valid_on(on), unit_id=closed_id))
    links = [*_links().filter(valid_on(on), unit_id=closed_id), *_links().filter(valid_on(on), other_id=closed_id)]
    if not members and not links:
        return
    stands_in = not _stood_above(heir_id, closed_id, on)
    for member in members:
        _end(member, on)
        if stands_in and not _members().filter(valid_on(on), group_id=member.group_id, unit_id=heir_id).exists():
            _carry_on(member, on, unit_id=heir_id)
    for link in links:
        _end(link, on)
        if stands_in and links_rules.passes_to_heir(LinkKind(link.kind)):
            _tie_heir(link, closed_id, heir_id, on)
    if links:
        mark({link.unit_id for link in links}, first=on)


def heir_gives_back(heir_id: int, unit_id: int, on: date) -> None:
    """The closing was undone on a day: the unit has its memberships and ties again from then on."""
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id=unit_id, heir_id=heir_id, until=on)
    since = closings.order_by("-pk").values_list("since", flat=True).first()
    if since is None:
        return
    lasting = Group.objects.everywhere(because=_WHY).filter(ended_on__isnull=True).values("pk")
    for member in list(_members().filter(unit_id=unit_id, until=since, passed_on=True, group_id__in=lasting)):
        _give_back(GroupMember, member, on)
    ended = _links().filter(until=since, passed_on=True)
    links = [*ended.filter(unit_id=unit_id), *ended.filter(other_id=unit_id)]
    for link in links:
        _give_back(UnitLink, link, on)
    if links:
        mark({link.unit_id for link in links}, first=on)


def _stood_above(heir_id: int, closed_id: int, on: date) -> bool:
    """Whether the heir was a level above, on the eve or on the very day."""
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id=closed_id)
    parent = states.order_by("-since").values_list("parent_id", flat=True).first()
    return parent == heir_id or tree_on(on - timedelta(days=1)).holds(heir_id, closed_id)


def _give_back(model: type[Row], row: Row, on: date) -> None:
    """End what carries the row on, and let the row begin anew; what somebody ended since stays ended."""
    carried, running = _carried_on(model, row)
    if carried and running is None:
        return
    if running is not None and not _still_needed(running, row):
        running.until = on
        running.save(update_fields=["until"])
    if isinstance(row, GroupMember):
        same = _members().filter(group_id=row.group_id, unit_id=row.unit_id)
    else:
        same = _links().filter(kind=row.kind, unit_id=row.unit_id)
    if not same.filter(until__isnull=True).exists():
        _carry_on(row, on)


def _carried_on(model: type[Row], row: Row) -> tuple[bool, Row | None]:
    """Whether anybody ever took the row over, and the one of these, at any remove, that still holds."""
    rows = model.objects.everywhere(because=_WHY)
    known, newest = {row.pk}, {row.pk}
    while newest:
        after = list(rows.filter(came_from_id__in=newest).exclude(pk__in=known))
        running = next((one for one in after if one.until is None), None)
        if running is not None:
            return True, running
        newest = {one.pk for one in after}
        known |= newest
    return len(known) > 1, None


def _still_needed(running: GroupMember | UnitLink, row: GroupMember | UnitLink) -> bool:
    """Another unit that closed into the same heir has its membership there too: the heir's now carries on that one."""
    if not isinstance(running, GroupMember):
        return False
    closed = Closing.objects.everywhere(because=_WHY).filter(heir_id=running.unit_id, until__isnull=True)
    others = _members().filter(group_id=running.group_id, passed_on=True, unit_id__in=closed.values("unit_id"))
    taken = _members().filter(group_id=running.group_id, came_from_id__isnull=False).values("came_from_id")
    other = others.exclude(pk=row.pk).exclude(pk__in=taken).first()
    if other is None:
        return False
    running.came_from = other
    running.save(update_fields=["came_from"])
    return True


def _tie_heir(link: UnitLink, closed_id: int, heir_id: int, on: date) -> None:
    """The heir takes the closed side's place, unless it has a tie of this kind already or would be tied to itself."""
    unit_id = heir_id if link.unit_id == closed_id else link.unit_id
    other_id = heir_id if link.other_id == closed_id else link.other_id
    if unit_id != other_id and not _links().filter(valid_on(on), unit_id=unit_id, kind=link.kind).exists():
        _carry_on(link, on, unit_id=unit_id, other_id=other_id)


def _end(row: GroupMember | UnitLink, on: date) -> None:
    row.until, row.passed_on = on, True
    row.save(update_fields=["until", "passed_on"])


def _carry_on(row: GroupMember | UnitLink, on: date, **changed: int) -> None:
    """A new interval from the day on, of the same group or tie, that remembers the row."""
    if isinstance(row, GroupMember):
        GroupMember.objects.create(
            group_id=row.group_id, unit_id=changed.get("unit_id", row.unit_id), since=on, came_from=row
        )
        return
    sides = {"unit_id": row.unit_id, "other_id": row.other_id, **changed}
    UnitLink.objects.create(kind=row.kind, since=on, came_from=row, **sides)


def _members() -> ScopedQuerySet[GroupMember]:
    return GroupMember.objects.everywhere(because=_WHY)


def _links() -> ScopedQuerySet[UnitLink]:
    return UnitLink.objects.everywhere(because=_WHY)
