"""Periods: their windows, codes, names, sequence, cover and due dates, checked as properties."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.core.periods import (
    CODE_PATTERN,
    CONVENTIONS,
    DUE_DAYS,
    STANDARD,
    Kind,
    Level,
    Period,
    Profile,
    as_of,
    campaign,
    containing,
    cover,
    due,
    following,
    half,
    month,
    nests,
    parse,
    partition,
    pieces,
    previous,
    quarter,
    series,
    since,
    standard,
    term,
    year,
    year_before,
)

ONE_DAY = timedelta(days=1)

profiles = st.one_of(st.sampled_from([c.profile for c in CONVENTIONS]), st.integers(2, 28).map(Profile))
windows = st.builds(
    lambda kind, of_year, index, profile: standard(kind, of_year, index % (12 // STANDARD[kind]) + 1, profile),
    st.sampled_from(list(STANDARD)),
    st.integers(1931, 2199),
    st.integers(0, 11),
    profiles,
)
days = st.dates(date(1931, 1, 1), date(2199, 12, 31))
ranges = st.builds(
    lambda make, first, length: make(first, min(first + timedelta(days=length), date(2200, 12, 31))),
    st.sampled_from([term, campaign, since]),
    days,
    st.integers(0, 4000),
)
periods = st.one_of(windows, ranges, days.map(as_of))


def days_of(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.days)]


# --- windows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (month(2013, 6, Profile.CUTOFF), date(2013, 5, 15), date(2013, 6, 14)),
        (month(2013, 1, Profile.CUTOFF), date(2012, 12, 15), date(2013, 1, 14)),
        (quarter(2013, 1, Profile.CUTOFF), date(2012, 12, 15), date(2013, 3, 14)),
        (half(2013, 1, Profile.CUTOFF), date(2012, 12, 15), date(2013, 6, 14)),
        (half(2013, 2, Profile.CUTOFF), date(2013, 6, 15), date(2013, 12, 14)),
        (year(2013, Profile.CUTOFF), date(2012, 12, 15), date(2013, 12, 14)),
        (month(2012, 2), date(2012, 2, 1), date(2012, 2, 29)),
        (quarter(2013, 4), date(2013, 10, 1), date(2013, 12, 31)),
    ],
)
def test_windows_are_those_of_the_regimes(period: Period, first: date, last: date) -> None:
    assert (period.first, period.last) == (first, last)


@given(days, st.sampled_from(list(STANDARD)), profiles)
def test_every_day_lies_in_exactly_one_window_of_a_kind_and_profile(day: date, kind: Kind, profile: Profile) -> None:
    found = containing(day, kind, profile)
    assert day in found
    before, after = previous(found), following(found)
    assert before is not None
    assert after is not None
    assert day not in before
    assert day not in after


@given(windows)
def test_the_first_and_the_last_day_of_a_window_lie_in_it_and_not_in_its_neighbours(period: Period) -> None:
    for day in (period.first, period.last):
        assert containing(day, period.kind, period.profile) == period


@given(st.integers(1931, 2199), profiles, st.sampled_from([Kind.MONTH, Kind.QUARTER, Kind.HALF]))
def test_a_year_is_exactly_covered_by_its_months_quarters_and_halves(
    of_year: int, profile: Profile, kind: Kind
) -> None:
    whole = year(of_year, profile)
    parts = pieces(whole, kind)
    assert len(parts) == 12 // STANDARD[kind]
    assert [day for part in parts for day in days_of(part)] == days_of(whole)
    assert partition(whole, parts) == parts


@given(windows)
def test_the_period_after_the_one_before_is_the_period_itself(period: Period) -> None:
    before, after = previous(period), following(period)
    assert before is not None
    assert after is not None
    assert following(before) == period == previous(after)
    assert before.last + ONE_DAY == period.first
    assert period.last + ONE_DAY == after.first


@given(windows, st.integers(1, 12))
def test_a_series_is_contiguous_of_one_kind_and_ends_with_its_period(period: Period, n: int) -> None:
    found = series(period, n)
    assert found[-1] == period
    assert {(p.kind, p.profile) for p in found} == {(period.kind, period.profile)}
    assert all(a.last + ONE_DAY == b.first for a, b in pairwise(found))
    assert len(found) == n or found[0].year == 1930


def test_a_series_of_what_has_no_sequence_is_the_period_alone() -> None:
    to_date = since(date(2011, 5, 14), date(2013, 8, 23))
    assert series(to_date, 8) == (to_date,)


def test_a_series_begins_where_the_calendar_of_the_product_begins() -> None:
    assert [p.code for p in series(year(1931), 8)] == ["1930", "1931"]
    assert previous(year(1930, Profile.CUTOFF)) is None
    assert following(month(2200, 12)) is None


@given(windows)
def test_last_years_same_period_is_one_year_of_its_kind_back(period: Period) -> None:
    before = year_before(period)
    assert before is not None
    assert before == series(period, 12 // STANDARD[period.kind] + 1)[0]
    assert (before.year, before.index, before.kind) == (period.year - 1, period.index, period.kind)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (as_of(date(2013, 6, 30)), "=2012-06-30"),
        (as_of(date(2012, 2, 29)), "=2011-02-28"),
        (as_of(date(2013, 2, 28)), "=2012-02-29"),
        (since(date(2011, 5, 14), date(2013, 8, 23)), "2011-05-14..2012-08-23"),
    ],
)
def test_a_state_or_a_sum_to_date_compares_with_the_same_day_a_year_earlier(period: Period, before: str) -> None:
    found = year_before(period)
    assert found is not None
    assert found.code == before


@pytest.mark.parametrize(
    "period",
    [
        since(date(2013, 1, 1), date(2013, 8, 23)),
        term(date(2010, 10, 1), date(2015, 9, 30)),
        campaign(date(2012, 10, 1), date(2013, 9, 23)),
        year(1930),
        as_of(date(1930, 5, 1)),
    ],
)
def test_where_last_year_means_nothing_there_is_no_comparison(period: Period) -> None:
    assert year_before(period) is None


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("periods.backwards", lambda: since(date(2013, 2, 1), date(2013, 1, 31))),
        ("periods.out_of_range", lambda: since(date(1013, 2, 1), date(2013, 1, 31))),
        ("periods.out_of_range", lambda: year(2201)),
        ("periods.out_of_range", lambda: as_of(date(1929, 12, 31))),
        ("periods.wrong_window", lambda: Period(Kind.MONTH, date(2013, 6, 1), date(2013, 6, 29))),
        ("periods.wrong_window", lambda: Period(Kind.YEAR, date(2012, 12, 15), date(2013, 12, 14))),
        ("periods.wrong_window", lambda: Period(Kind.AS_OF, date(2013, 6, 1), date(2013, 6, 2))),
        (
            "periods.wrong_window",
            lambda: Period(Kind.SINCE, date(2013, 6, 1), date(2013, 6, 2), Profile.CUTOFF),
        ),
        ("periods.no_such_part", lambda: quarter(2013, 5)),
        ("periods.no_window", lambda: containing(date(2013, 6, 1), Kind.TERM)),
        ("periods.cut_day", lambda: Profile(29)),
    ],
)
def test_days_that_are_no_period_are_refused(code: str, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        make()
    assert refusal.value.code == code


# --- codes and names -------------------------------------------------------------------------------


@given(periods)
def test_a_code_names_its_period_and_no_other(period: Period) -> None:
    assert parse(period.code) == period
    assert parse(period.code).code == period.code


@given(periods)
def test_a_code_needs_no_escaping_in_a_path(period: Period) -> None:
    assert quote(period.code, safe="@:=") == period.code
    assert re.fullmatch(CODE_PATTERN, period.code)


@pytest.mark.parametrize(
    "code",
    [
        "2013", "2013-06", "2013-Q2", "2013-H1", "2013@15", "2013-06@15", "2013-Q1@15", "2013-H2@15",
        "2011-05-14..2013-08-23", "=2013-06-30",
        "term:2010-10-01..2015-09-30", "campaign:2012-10-01..2013-09-23",
    ],
)  # fmt: skip
def test_printed_codes_stay_readable_for_ever(code: str) -> None:
    assert parse(code).code == code


@pytest.mark.parametrize(
    "code",
    [
        "", "13", "1929", "2201", "2013-6", "2013-13", "2013-00", "2013-Q5", "2013-q2", "2013-H3", "2013@1",
        "2013@99", "2013@01", "2013@29", "=2013-02-30", "2013-08-23..2011-05-14", "..2013-08-23",
        " 2013", "2013\n",
        "２０１３", "٢٠١٣", "term:2013", "year:2013-01-01..2013-12-31", "2013-01-01..2013-12-31@15",
        "0000", "x" * 5000,
    ],
)  # fmt: skip
def test_rubbish_is_unreadable(code: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(code)
    assert refusal.value.code == "periods.unreadable"
    assert refusal.value.facts["text"] == code[:60]


@given(st.text(max_size=30))
def test_any_text_is_either_a_period_or_refused(text: str) -> None:
    try:
        outcome = parse(text).code
    except Refused as refusal:
        outcome = refusal.code
    assert outcome in {text, "periods.unreadable"}


@pytest.mark.parametrize(
    ("code", "vi", "en", "short"),
    [
        ("2013", "Năm 2013", "Year 2013", "2013"),
        ("2013-06", "Tháng 6/2013", "June 2013", "6/2013"),
        ("2013-Q2", "Quý II/2013", "Quarter II of 2013", "Q.II/2013"),
        ("2013-H1", "6 tháng đầu năm 2013", "First half of 2013", "6T đầu/2013"),
        ("2013-H2", "6 tháng cuối năm 2013", "Second half of 2013", "6T cuối/2013"),
        (
            "2013@15",
            "Năm 2013 (chốt số 15/12–14/12)",
            "Year 2013 (closed 15 Dec–14 Dec)",
            "2013 · chốt 14/12",
        ),
        (
            "2011-05-14..2013-08-23",
            "Từ 14/5/2011 đến 23/8/2013",
            "From 14 May 2011 to 23 Aug 2013",
            "14/5/2011–23/8/2013",
        ),
        ("=2013-06-30", "Tính đến 30/6/2013", "As of 30 Jun 2013", "30/6/2013"),
        ("term:2010-10-01..2015-09-30", "Nhiệm kỳ 2010–2015", "Term 2010–2015", "NK 2010–2015"),
        (
            "campaign:2012-10-01..2013-09-23",
            "Đợt từ 1/10/2012 đến 23/9/2013",
            "Campaign from 1 Oct 2012 to 23 Sep 2013",
            "1/10/2012–23/9/2013",
        ),
    ],
)
def test_periods_are_called_what_people_call_them(code: str, vi: str, en: str, short: str) -> None:
    period = parse(code)
    assert (period.label("vi"), period.label("en"), period.short_label()) == (vi, en, short)


@given(periods)
def test_every_period_has_a_name_in_both_languages(period: Period) -> None:
    for lang in ("vi", "en"):
        assert str(period.year) in period.label(lang)
        assert str(period.year) in period.short_label(lang)


# --- nesting and cover -----------------------------------------------------------------------------

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
