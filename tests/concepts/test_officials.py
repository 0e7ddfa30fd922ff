"""Officials are on the register of an agency from day to day; each counts once, at the place worked in longest."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent, Refused
from chithi.core.periods import parse
from chithi.indicators.actions import confirm_period
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Measure
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.trace import records
from chithi.indicators.verify import verify
from chithi.org import officials
from chithi.org.kinds import EmploymentKind
from chithi.org.people import NewPerson, join, leave
from tests.worlds import World

pytestmark = pytest.mark.django_db
PERIOD = parse("2025")
DAY = date(2025, 3, 1)


def value(world: World, unit: str, code: str = "org.officials") -> int | None:
    drain_all()
    assert verify().ok
    chosen = lines(world.viewer("chau"), world.unit(unit), PERIOD, codes=[code]).lines[0].chosen
    return None if chosen.value is None else int(chosen.value)


def employed(
    world: World, unit: str = "A1", person: int | NewPerson | None = None, since: date = DAY
) -> tuple[int, int]:
    """The ids of the person and of the employment."""
    made = officials.employ(
        by=world.viewer("an"),
        person=person or NewPerson("Lò Thị Mẩy", 1988),
        unit_id=world.unit(unit),
        kind=EmploymentKind.PUBLIC_EMPLOYEE,
        since=since,
    )
    return made.person_id, made.pk


def test_an_official_counts_from_the_day_until_the_end(world: World) -> None:
    _person, row = employed(world)
    assert [value(world, unit) for unit in ("A1", "A", "T")] == [1, 1, 1]
    officials.end_employment(by=world.viewer("minh"), employment_id=row, seen_version=1, on=date(2025, 9, 1))
    assert value(world, "A1") is None, "nobody confirmed, and nobody is on the register any more"


def test_who_works_in_two_places_counts_once_where_they_began(world: World) -> None:
    person, first = employed(world, "A1", since=date(2024, 1, 1))
    employed(world, "B1", person)
    assert [value(world, unit) for unit in ("A1", "B1", "T")] == [1, None, 1]
    officials.end_employment(by=world.viewer("an"), employment_id=first, seen_version=1, on=DAY)
    assert [value(world, unit) for unit in ("A1", "B1", "T")] == [None, 1, 1]


def test_a_member_is_no_official_outside_the_party_on_the_days_of_membership(world: World) -> None:
    person, _row = employed(world)
    assert value(world, "A1", "org.officials_not_members") == 1
    joined = join(by=world.viewer("minh"), person=person, unit_id=world.unit("A11"), since=DAY)
    assert value(world, "A1", "org.officials_not_members") is None
    assert value(world, "A1") == 1
    leave(by=world.viewer("lan"), membership_id=joined.pk, seen_version=1, on=date(2025, 10, 1))
    assert value(world, "A1", "org.officials_not_members") == 1


def test_a_unit_that_keeps_no_register_says_nothing_and_one_that_does_says_nought(world: World) -> None:
    employed(world, "A1")
    for code in ("A1", "A2"):
        confirm_period(by=world.viewer("chau"), unit_id=world.unit(code), period=PERIOD)
    assert value(world, "A2") is None
    _person, row = employed(world, "B1", since=date(2024, 1, 1))
    officials.end_employment(by=world.viewer("an"), employment_id=row, seen_version=1, on=date(2024, 6, 1))
    confirm_period(by=world.viewer("chau"), unit_id=world.unit("B1"), period=PERIOD)
    assert value(world, "B1") == 0
    rebuild(period_row(PERIOD))
    assert [value(world, unit) for unit in ("A1", "A2", "B1", "T")] == [1, None, 0, 1]


def test_the_list_behind_the_count_is_for_those_who_may_open_records(world: World) -> None:
    employed(world)
    measure = Measure.objects.get(code="org.officials").pk
    found = records(world.viewer("minh"), measure, world.unit("A1"), PERIOD)
    assert [record.label for record in found.shown] == ["Lò Thị Mẩy"]
    with pytest.raises(Absent):
        records(world.viewer("dung"), measure, world.unit("A1"), PERIOD)


def test_nobody_writes_officials_down_beyond_their_register_or_twice(world: World) -> None:
    person, row = employed(world)
    for name in ("lan", "hoa", "dung", "chau"):
        with pytest.raises(Absent):
            officials.employ(
                by=world.viewer(name),
                person=NewPerson("X"),
                unit_id=world.unit("A1"),
                kind=EmploymentKind.OFFICIAL,
                since=DAY,
            )
        with pytest.raises(Absent):
            officials.end_employment(by=world.viewer(name), employment_id=row, seen_version=1, on=DAY)
    with pytest.raises(Refused, match=r"org\.overlaps"):
        employed(world, "A1", person, since=date(2025, 5, 1))
