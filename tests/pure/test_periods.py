"""Periods: their windows, codes, names, sequence, cover and due dates, checked as properties."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pure.period_samples import ONE_DAY, days, days_of, periods, profiles, windows

from chithi.core.errors import Refused
from chithi.core.periods import (
    CODE_PATTERN,
    STANDARD,
    Kind,
    Period,
    Profile,
    as_of,
    campaign,
    containing,
    following,
    half,
    month,
    parse,
    partition,
    pieces,
    previous,
    quarter,
    series,
    since,
    term,
    year,
    year_before,
)

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
