"""How periods lie within one another, and when reports on them are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pure.period_samples import days_of, periods, windows

from chithi.core.errors import Refused
from chithi.core.periods import (
    DUE_DAYS,
    Kind,
    Level,
    Period,
    Profile,
    as_of,
    campaign,
    cover,
    due,
    half,
    month,
    nests,
    partition,
    pieces,
    quarter,
    since,
    year,
)

some_pieces = st.builds(
    lambda of_year, profile, picks: (
        year(of_year, profile),
        [p for p, taken in zip(pieces(year(of_year, profile)), picks, strict=True) if taken],
    ),
    st.integers(1931, 2199),
    st.sampled_from([Profile.CALENDAR, Profile.CUTOFF]),
    st.lists(st.booleans(), min_size=18, max_size=18),
)


@given(some_pieces)
def test_a_cover_is_disjoint_inside_and_names_exactly_the_days_it_misses(
    given_pieces: tuple[Period, list[Period]],
) -> None:
    outer, available = given_pieces
    found = cover(outer, available)
    held = [day for period in found.periods for day in days_of(period)]
    missed = [first + timedelta(days=n) for first, last in found.missing for n in range((last - first).days + 1)]
    assert len(held) == len(set(held))
    assert sorted(held + missed) == days_of(outer)
    assert set(found.periods) <= set(available)
    assert set(held) == {day for period in available for day in days_of(period)}  # nothing available is lost


@given(some_pieces)
def test_a_partition_exists_exactly_where_a_cover_misses_nothing(
    given_pieces: tuple[Period, list[Period]],
) -> None:
    outer, available = given_pieces
    parts, found = partition(outer, available), cover(outer, available)
    assert (parts is not None) == found.complete
    if parts is not None:
        assert len(parts) == len(found.periods)
        assert [day for part in parts for day in days_of(part)] == days_of(outer)


def test_a_partition_prefers_the_longest_periods() -> None:
    outer = year(2013)
    assert partition(outer, pieces(outer)) == (half(2013, 1), half(2013, 2))
    without_h1 = [p for p in pieces(outer) if p != half(2013, 1)]
    assert partition(outer, without_h1) == (quarter(2013, 1), quarter(2013, 2), half(2013, 2))
    assert partition(outer, [outer, *pieces(outer)]) == (outer,)


def test_a_long_piece_at_the_start_does_not_win_over_fewer_pieces() -> None:
    def january(first: int, last: int) -> Period:
        return since(date(2013, 1, first), date(2013, 1, last))

    long_start = [january(1, 20), january(21, 25), january(26, 31)]
    two = [january(1, 10), january(11, 31)]
    assert partition(month(2013, 1), [*long_start, *two]) == tuple(two)
    assert cover(month(2013, 1), [*long_start, *two]).periods == tuple(two)
    assert partition(month(2013, 1), long_start) == tuple(long_start)


def test_windows_of_two_profiles_do_not_make_up_a_year() -> None:
    mixed = [*pieces(year(2013), Kind.QUARTER)[:2], *pieces(year(2013, Profile.CUTOFF), Kind.QUARTER)[2:]]
    assert partition(year(2013), mixed) is None
    assert [(str(a), str(b)) for a, b in cover(year(2013), mixed).missing] == [
        ("2013-04-01", "2013-06-14"),  # leaving out the second quarter loses a day less than the third
        ("2013-12-15", "2013-12-31"),
    ]


def test_a_campaign_is_made_of_whole_months_only_where_its_days_allow() -> None:
    assert partition(
        campaign(date(2012, 10, 1), date(2013, 9, 30)), [quarter(2012, 4), half(2013, 1), quarter(2013, 3)]
    )
    odd = campaign(date(2012, 10, 1), date(2013, 9, 23))
    assert cover(odd, pieces(odd)).missing == ((date(2013, 9, 1), date(2013, 9, 23)),)


def test_a_state_as_of_a_day_neither_holds_nor_fills_a_period() -> None:
    state = as_of(date(2013, 6, 30))
    assert not nests(state, year(2013))
    assert not nests(state, state)
    assert partition(state, [state]) is None
    assert pieces(state) == ()


@given(windows, windows)
def test_nesting_is_a_matter_of_days(inner: Period, outer: Period) -> None:
    assert nests(inner, outer) == (inner.first in outer and inner.last in outer)


# --- due dates -------------------------------------------------------------------------------------


@given(periods)
def test_each_level_has_its_own_deadline_after_the_level_below_and_after_cut_off(period: Period) -> None:
    deadlines = [due(period, level) for level in Level]
    assert all(a < b for a, b in pairwise(deadlines))
    assert deadlines[0] > period.last


def test_every_level_and_kind_has_a_rule_with_its_basis() -> None:
    assert [rule.level for rule in DUE_DAYS] == list(Level)
    for rule in DUE_DAYS:
        assert set(rule.days) == set(Kind)
        assert rule.basis
        assert rule.tag in {
            "LEGAL_MANDATORY",
            "OFFICIAL_GUIDANCE",
            "LOCAL_INTERNAL_BASIS",
            "LOCAL_POLICY_PROPOSAL",
        }


def test_no_regime_can_ask_for_a_report_before_the_day_after_cut_off() -> None:
    hasty = [replace(DUE_DAYS[0], days=dict.fromkeys(Kind, -3))]
    assert due(month(2013, 6, Profile.CUTOFF), "cell", hasty) == date(2013, 6, 15)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        due(year(2013), "galaxy")
    assert refusal.value.code == "periods.unknown_level"
