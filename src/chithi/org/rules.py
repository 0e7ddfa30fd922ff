"""What may happen to the tree. Pure: decided over plain facts of the units concerned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from chithi.core.errors import Refused

EARLIEST = date(1930, 2, 3)
LATEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Standing:
    """A unit as the rules see it. `opened_on` begins its present stay (a unit opened again began anew);
    `last_change` is the first day of its newest state. `same_hand` says that the newest state was made by the very
    change, or the plan, that now asks for another: on one day these become one state.
    """

    unit_id: int
    opened_on: date
    closed_on: date | None
    last_change: date
    same_hand: bool = False


def why_not_on(day: date, today: date) -> Refused | None:
    """A change of the tree is dated neither before the Party was founded nor more than a year ahead."""
    if day < EARLIEST or day > today + LATEST_AHEAD:
        return Refused("org.bad_day", field="on", day=day, earliest=EARLIEST, latest=today + LATEST_AHEAD)
    return None


def why_not_change(unit: Standing, day: date, today: date) -> Refused | None:
    """A unit changes only while it is open, and after its newest change: history is added to, not rewritten.

    The same day will do where the same hand made that newest change.
    """
    if problem := why_not_on(day, today):
        return problem
    if unit.closed_on is not None:
        return Refused("org.already_closed", unit=unit.unit_id, day=unit.closed_on)
    if day < unit.last_change or (day == unit.last_change and not unit.same_hand):
        return Refused("org.before_last_change", field="on", day=day, last_change=unit.last_change)
    return None


def why_not_move(unit: Standing, new_parent: Standing, ancestors_of_new: Collection[int], day: date) -> Refused | None:
    """Nobody is put under themselves, nor under something closed or not yet open.

    `ancestors_of_new` are those of the new parent on the day and on every later day already laid down.
    """
    if unit.unit_id == new_parent.unit_id or unit.unit_id in ancestors_of_new:
        return Refused("org.cyclic_move", field="parent", unit=unit.unit_id, parent=new_parent.unit_id)
    return why_not_under(new_parent, day)


def why_not_under(parent: Standing, day: date) -> Refused | None:
    """The level above, or an heir, must be open on that day and have no end laid down for a later one."""
    if parent.opened_on > day or parent.closed_on is not None:
        closed = parent.closed_on is not None and parent.closed_on > day
        wanted = parent.closed_on if closed else day
        return Refused("org.parent_not_open", field="parent", parent=parent.unit_id, day=wanted)
    return None


def why_not_merge(closing: list[Standing], heir: Standing, day: date) -> Refused | None:
    """Several units close into one heir that is open and not among them."""
    if not closing:
        return Refused("org.nothing_to_merge")
    if heir.unit_id in {unit.unit_id for unit in closing}:
        return Refused("org.heir_closes_too", field="heir", unit=heir.unit_id)
    return why_not_under(heir, day)


def why_not_end(opened_on: date, day: date) -> Refused | None:
    """A unit lives at least a day; only undoing the plan that opened it may end it sooner."""
    if day <= opened_on:
        return Refused("org.before_last_change", field="on", day=day, last_change=opened_on)
    return None
