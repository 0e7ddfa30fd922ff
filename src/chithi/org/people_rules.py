"""What may happen to memberships, exemptions and posts. Pure: decided over plain intervals of days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Refused
from chithi.org.rules import why_not_on

EARLIEST_BIRTH = 1880


@dataclass(frozen=True)
class Stay:
    """The days over which a dated row holds: `since` counts, `until` does not (None: it has no end yet)."""

    since: date
    until: date | None = None


def why_not_begin(day: date, until: date | None, today: date, others: Collection[Stay]) -> Refused | None:
    """A row begins on a usable day, ends after it, and holds on no day on which one of its own kind does.

    `others` are those of the same person in the same unit (posts: of the same title).
    """
    if problem := why_not_on(day, today):
        return problem
    if until is not None and until <= day:
        return Refused("org.ends_before_beginning", field="until", since=day)
    for other in sorted(others, key=lambda stay: stay.since):
        begins_in_time = until is None or other.since < until
        if begins_in_time and (other.until is None or other.until > max(day, other.since)):
            return Refused("org.overlaps", field="since", since=other.since)
    return None


def why_not_end(stay: Stay, day: date, today: date) -> Refused | None:
    """A row ends once; on its own first day only to say that it never held."""
    if stay.until is not None:
        return Refused("org.ended_already", field="on", day=stay.until)
    if day < stay.since:
        return Refused("org.ends_before_beginning", field="on", since=stay.since)
    return why_not_on(day, today)


def why_not_person(name: str, birth_year: int | None, today: date) -> Refused | None:
    """A person has a name and, where a year of birth is told, a possible one."""
    if not name:
        return Refused("org.no_person_name", field="name")
    if birth_year is not None and not EARLIEST_BIRTH <= birth_year <= today.year:
        return Refused("org.bad_birth_year", field="birth_year", year=str(birth_year))
    return None
