"""On which days a line of the work calendar falls in a year, and what cannot stand in a line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chithi.core.errors import Refused
from chithi.routine.holidays import holidays
from chithi.routine.kinds import EVERY, DayOff, Rhythm

MOST_LINES = 120
"""Lines of one unit: more than two a week are no calendar any more."""
LONGEST_SPAN, LONGEST_NOTICE, MOST_YEARS_AHEAD = 300, 60, 2
_SATURDAY = 5
_SLOTS = {
    Rhythm.YEARLY: "{year}",
    Rhythm.HALF_YEARLY: "{year}-H{number}",
    Rhythm.QUARTERLY: "{year}-Q{number}",
    Rhythm.MONTHLY: "{year}-{number:02}",
}


@dataclass(frozen=True)
class When:
    """The days of a line. `month` is the one it falls in, or the first one it falls in where it comes back within the
    year; monthly lines end with `until_month`. `day` None is the last working day; `span` days before it work begins.
    """

    rhythm: Rhythm
    month: int
    day: int | None = None
    until_month: int = 12
    day_off: DayOff = DayOff.KEEP
    span: int = 0


@dataclass(frozen=True)
class Turn:
    """One time that a line falls in a year: `slot` names it for good, whatever becomes of its day.

    "2027", "2027-H1", "2027-Q3", "2027-03": a quarter is no month, where a line comes to be due more or less often.
    """

    slot: str
    due_on: date
    since: date


def is_working(day: date) -> bool:
    """Whether offices are open: neither a weekend nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def moved(day: date, how: DayOff) -> date:
    """The day itself where offices are open or it stays anyway, else the nearest working day that way.

    What would leave its year by that goes the other way: 1 January is due in January.
    """
    step, year = {DayOff.KEEP: 0, DayOff.BEFORE: -1, DayOff.AFTER: 1}[how], day.year
    while step and not is_working(day):
        if (day + timedelta(days=step)).year != year:
            step = -step
        day += timedelta(days=step)
    return day


def day_in(year: int, month: int, day: int | None) -> date:
    """That day of a month, its last where it is shorter; None: its last working day."""
    last = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    if day is None:
        return moved(last, DayOff.BEFORE)
    return last if day > last.day else date(year, month, day)


def turns(when: When, year: int) -> list[Turn]:
    """Every time that a line falls in a year, in order."""
    every = EVERY[when.rhythm]
    months = [month for month in range(when.month, 13, every) if when.rhythm is not Rhythm.MONTHLY
              or month <= when.until_month]  # fmt: skip
    found = []
    for month in months:
        due = moved(day_in(year, month, when.day), when.day_off)
        slot = _SLOTS[when.rhythm].format(year=year, number=(month - 1) // every + 1)
        found.append(Turn(slot, due, due - timedelta(days=when.span)))
    return found


def why_not_line(title: str, when: When, remind: int) -> Refused | None:
    """What cannot stand in a line."""
    if not title:
        return Refused("routine.no_title", field="title")
    if not 1 <= when.month <= EVERY[when.rhythm] and when.rhythm is not Rhythm.MONTHLY:
        return Refused("routine.month_outside", field="month", most=EVERY[when.rhythm])
    if not 1 <= when.month <= 12:
        return Refused("routine.month_outside", field="month", most=12)
    if not when.month <= when.until_month <= 12:
        return Refused("routine.ends_before", field="until_month")
    if when.day is not None and not 1 <= when.day <= 31:
        return Refused("routine.no_such_day", field="day")
    if when.day is not None and day_in(2028, when.month, 31).day < when.day and when.rhythm is Rhythm.YEARLY:
        return Refused("routine.no_such_day", field="day")
    if not 0 <= when.span <= LONGEST_SPAN:
        return Refused("routine.span_outside", field="span", most=LONGEST_SPAN)
    if not 0 <= remind <= LONGEST_NOTICE:
        return Refused("routine.notice_outside", field="remind", most=LONGEST_NOTICE)
    return None


def why_not_year(year: int, today: date) -> Refused | None:
    """A year is made while it lasts, or up to two years ahead."""
    if not today.year <= year <= today.year + MOST_YEARS_AHEAD:
        return Refused("routine.year_outside", field="year", first=today.year, last=today.year + MOST_YEARS_AHEAD)
    return None


def changed(ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    """Which fields two lines say differently, in the order of the second."""
    return [name for name, value in theirs.items() if ours.get(name) != value]


def place(when: When) -> tuple[int, int]:
    """Where a line stands among others: by the first day it falls on; the last working day after all others."""
    return when.month, 32 if when.day is None else when.day
