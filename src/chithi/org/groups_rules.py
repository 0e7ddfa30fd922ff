"""What may be said of named groups: a name, a day, one membership of a unit at a time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chithi.core.errors import Refused
from chithi.org.rules import EARLIEST, LATEST_AHEAD

MOST_MEMBERS = 2000
"""So many members of one group at a time are still read on one page in good time."""

Span = tuple[date, date | None]
"""The first day that counts and the first that does not any more."""


def why_not_named(name: str) -> Refused | None:
    """A group needs a name: it heads a page and a column of a report."""
    return None if name else Refused("groups.no_name", field="name")


def why_not_on(day: date, today: date, field: str) -> Refused | None:
    """Days beside the tree keep to the same years as days of the tree."""
    if day < EARLIEST or day > today + LATEST_AHEAD:
        return Refused("org.bad_day", field=field, day=day, earliest=EARLIEST, latest=today + LATEST_AHEAD)
    return None


def why_not_end(since: date, on: date) -> Refused | None:
    """What ends has lasted a day at least, or is taken back on the very day it began."""
    return Refused("groups.ends_too_early", field="on", day=on, since=since) if on < since else None


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether an interval shares a day with one of the others; empty ones share none."""
    since, until = span
    return any(
        (end is None or since < end) and (until is None or begin < until) and begin != end for begin, end in others
    )


def why_not_more(count: int) -> Refused | None:
    """A group stays small enough to be read."""
    return Refused("groups.too_many", field="units", most=MOST_MEMBERS) if count > MOST_MEMBERS else None
