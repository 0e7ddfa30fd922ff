"""On which days a line of the work calendar falls: weekends, public holidays, short months, rhythms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chithi.routine.holidays import holidays
from chithi.routine.kinds import EVERY, DayOff, Rhythm
from chithi.routine.rules import When, is_working, turns, why_not_line, why_not_year
from chithi.routine.shipped import BY_CODE, SHIPPED


def days(when: When, year: int) -> list[str]:
    return [turn.due_on.isoformat() for turn in turns(when, year)]


def test_offices_are_closed_at_tet_and_on_weekends_and_open_between() -> None:
    assert not is_working(date(2027, 2, 8))  # the third day of Tết
    assert not is_working(date(2027, 4, 16))  # the Hùng Kings
    assert not is_working(date(2026, 11, 21))
    assert not is_working(date(2026, 11, 22))
    assert is_working(date(2026, 11, 23))
    assert is_working(date(2027, 2, 11))


def test_the_last_working_day_of_each_quarter_is_found() -> None:
    when = When(Rhythm.QUARTERLY, 3)
    assert days(when, 2027) == ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"]
    assert days(when, 2028)[3] == "2028-12-29"  # the 30th and 31st are a weekend


@pytest.mark.parametrize(
    ("how", "expected"),
    [(DayOff.KEEP, "2027-02-07"), (DayOff.BEFORE, "2027-02-03"), (DayOff.AFTER, "2027-02-11")],
)
def test_a_day_within_tet_stays_or_moves_out_of_all_of_it(how: DayOff, expected: str) -> None:
    assert days(When(Rhythm.YEARLY, 2, 7, day_off=how), 2027) == [expected]


def test_the_thirty_first_of_each_month_is_the_last_day_of_a_shorter_one() -> None:
    found = days(When(Rhythm.MONTHLY, 1, 31), 2027)
    assert found[1] == "2027-02-28"
    assert found[3] == "2027-04-30"
    assert len(found) == 12


def test_a_monthly_line_falls_between_its_months_and_each_turn_has_a_name_of_its_own() -> None:
    found = turns(When(Rhythm.MONTHLY, 9, 5, until_month=11, span=4), 2027)
    assert [turn.slot for turn in found] == ["2027-09", "2027-10", "2027-11"]
    assert (found[0].due_on - found[0].since).days == 4


def test_a_quarter_or_half_a_year_is_never_taken_for_a_month() -> None:
    slots = [{turn.slot for turn in turns(When(rhythm, 3, 5), 2027)} for rhythm in Rhythm]
    assert [len(one) for one in slots] == [1, 2, 4, 10]
    assert len(set().union(*slots)) == 17
    assert {"2027", "2027-H1", "2027-Q4", "2027-03"} <= set().union(*slots)


@pytest.mark.parametrize(
    ("month", "day", "how", "expected"),
    [
        (1, 1, DayOff.BEFORE, "2027-01-04"),
        (1, 3, DayOff.BEFORE, "2027-01-04"),
        (1, 1, DayOff.AFTER, "2027-01-04"),
        (1, 1, DayOff.KEEP, "2027-01-01"),
    ],
)
def test_a_line_never_leaves_its_year_for_a_working_day(month: int, day: int, how: DayOff, expected: str) -> None:
    assert days(When(Rhythm.YEARLY, month, day, day_off=how), 2027) == [expected]


def test_the_end_of_a_year_that_is_a_weekend_is_moved_back_into_it() -> None:
    assert days(When(Rhythm.YEARLY, 12, 31, day_off=DayOff.AFTER), 2028) == ["2028-12-29"]


def test_half_years_begin_with_the_month_that_is_said() -> None:
    assert days(When(Rhythm.HALF_YEARLY, 1, 10), 2027) == ["2027-01-10", "2027-07-10"]


def test_a_year_without_known_holidays_still_knows_weekends() -> None:
    assert holidays(2090) == frozenset()
    assert days(When(Rhythm.YEARLY, 12, None), 2090) == ["2090-12-29"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"when": When(Rhythm.QUARTERLY, 4, 5)}, "month"),
        ({"when": When(Rhythm.MONTHLY, 13, 5)}, "month"),
        ({"when": When(Rhythm.YEARLY, 0, 5)}, "month"),
        ({"when": When(Rhythm.MONTHLY, 5, 5, until_month=4)}, "until_month"),
        ({"when": When(Rhythm.YEARLY, 2, 30)}, "day"),
        ({"when": When(Rhythm.MONTHLY, 1, 32)}, "day"),
        ({"when": When(Rhythm.YEARLY, 1, 1, span=301)}, "span"),
        ({"remind": 61}, "remind"),
    ],
)
def test_a_line_that_cannot_stand_says_at_which_field(changes: dict[str, Any], field: str) -> None:
    said = {"title": "Họp", "when": When(Rhythm.YEARLY, 2, 29), "remind": 7}
    assert why_not_line(**said) is None  # type: ignore[arg-type]
    problem = why_not_line(**(said | changes))  # type: ignore[arg-type]
    assert problem is not None
    assert problem.field == field


def test_years_that_have_passed_or_lie_far_ahead_are_not_made() -> None:
    today = date(2026, 11, 21)
    assert [year for year in range(2024, 2031) if why_not_year(year, today) is None] == [2026, 2027, 2028]


def test_every_shipped_line_can_stand_and_has_a_code_of_its_own() -> None:
    assert len(BY_CODE) == len(SHIPPED)
    for one in SHIPPED:
        assert why_not_line(one.vi, one.when, one.remind) is None
        assert one.en
        assert len(turns(one.when, 2027)) <= 12 // EVERY[one.when.rhythm]
