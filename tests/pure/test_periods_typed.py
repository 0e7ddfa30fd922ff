"""Periods as people write them: read back from every name, with or without marks, and refused in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.core.periods import Kind, as_of, as_typed, campaign, parse, read_period, since, standard, term

WINDOWS = st.builds(
    lambda kind, of_year, at: standard(kind, of_year, at % {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2}[kind] + 1),
    st.sampled_from([Kind.MONTH, Kind.QUARTER, Kind.HALF]),
    st.integers(1946, 2099),
    st.integers(0, 11),
)
DAYS = st.tuples(st.dates(date(1946, 1, 1), date(2099, 12, 31)), st.dates(date(1946, 1, 1), date(2099, 12, 31)))
RANGES = st.builds(lambda days, made: made(min(days), max(days)), DAYS, st.sampled_from([since, campaign]))


@given(WINDOWS | RANGES | st.builds(lambda days: as_of(days[0]), DAYS), st.sampled_from(["vi", "en"]))
def test_the_name_of_a_period_is_read_back_as_the_period(period, language):  # type: ignore[no-untyped-def]
    assert read_period(period.label(language)) == period
    assert read_period(as_typed(period, language)) == period
    assert read_period(period.code) == period


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2013", "2013"), ("Năm 2013", "2013"), ("  nam  2013 ", "2013"), ("quý 2/2013", "2013-Q2"),
        ("QUÝ II NĂM 2013", "2013-Q2"), ("quy iv/2013", "2013-Q4"), ("Q2/2013", "2013-Q2"), ("Q.II/2013", "2013-Q2"),
        ("tháng 6/2013", "2013-06"), ("6/2013", "2013-06"), ("tháng 06 năm 2013", "2013-06"), ("Jun 2013", "2013-06"),
        ("6 tháng đầu năm 2013", "2013-H1"), ("6T cuối/2013", "2013-H2"), ("H2 2013", "2013-H2"),
        ("14/5/2011 - 23/8/2013", "2011-05-14..2013-08-23"), ("14.5.2011–23.8.2013", "2011-05-14..2013-08-23"),
        ("từ ngày 14/05/2011 đến ngày 23/08/2013", "2011-05-14..2013-08-23"),
        ("tính đến 30/6/2013", "=2013-06-30"), ("2013@15", "2013@15"),
    ],
)  # fmt: skip
def test_people_write_a_period_in_many_ways(said: str, code: str) -> None:
    assert read_period(said).code == code


@pytest.mark.parametrize(
    "said",
    ["", "quý V/2013", "quý 5/2013", "tháng 13/2013", "31/2/2013", "foo 2013", "23/8/2013–14/5/2011", "năm", "0000"],
)
def test_what_is_no_period_is_refused_with_what_was_typed(said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_period(said)
    assert refusal.value.code == "periods.not_understood"
    assert refusal.value.facts["text"] == said


@given(st.text(max_size=90))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        outcome = read_period(text).kind in Kind
    except Refused as refusal:
        outcome = refusal.code == "periods.not_understood"
    assert outcome


def test_a_name_that_does_not_say_the_days_gives_way_to_the_code() -> None:
    five_years = term(date(2010, 10, 1), date(2015, 9, 30))
    assert as_typed(five_years, "vi") == five_years.code
    assert as_typed(parse("2013@15"), "vi") == "2013@15"
    assert as_typed(parse("2013"), "vi") == "2013"
