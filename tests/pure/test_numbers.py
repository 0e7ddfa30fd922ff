"""Exact figures: storage, writing, reading, and what a stated share implies."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.core.numbers import (
    INT64_MAX,
    format_date,
    format_money,
    format_number,
    format_percent,
    from_fixed,
    implied_count,
    implied_total,
    parse_number,
    percent,
    percent_interval,
    rounded,
    to_fixed,
)

int64s = st.integers(-INT64_MAX, INT64_MAX)
scales = st.integers(0, 6)


def refused(code: str, call, *args, **kwargs) -> dict[str, object]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value.facts


# --- storage ---------------------------------------------------------------------------------------


@given(int64s, scales)
def test_a_stored_figure_comes_back_as_it_was(fixed: int, scale: int) -> None:
    assert to_fixed(from_fixed(fixed, scale), scale) == fixed
    assert from_fixed(fixed, scale) * 10**scale == fixed or abs(fixed) > 10**27


@given(st.decimals(allow_nan=False, allow_infinity=False), scales)
def test_a_figure_is_stored_exactly_or_refused(value: Decimal, scale: int) -> None:
    outcome: Decimal | str
    try:
        outcome = from_fixed(to_fixed(value, scale), scale)
    except Refused as refusal:
        outcome = refusal.code
    assert outcome in {value, "numbers.too_fine", "numbers.too_large"}


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("0.125", 2, "numbers.too_fine"),
        ("1E-999999", 6, "numbers.too_fine"),
        ("9223372036854775808", 0, "numbers.too_large"),
        ("92233720368547758.08", 2, "numbers.too_large"),
        ("1E+999999", 0, "numbers.too_large"),
        ("NaN", 0, "numbers.unreadable"),
        ("Infinity", 0, "numbers.unreadable"),
    ],
)
def test_what_storage_cannot_hold_is_refused(text: str, scale: int, code: str) -> None:
    refused(code, to_fixed, Decimal(text), scale)


@pytest.mark.parametrize(
    ("text", "scale", "fixed"),
    [
        ("9223372036854775807", 0, INT64_MAX),
        ("12.50", 1, 125),
        ("1E+3", 2, 100000),
        ("0E+50", 2, 0),
        ("-3.5", 2, -350),
    ],
)
def test_what_storage_can_hold_is_stored(text: str, scale: int, fixed: int) -> None:
    assert to_fixed(Decimal(text), scale) == fixed


# --- writing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (40539, "40.539", "40,539"),
        (0, "0", "0"),
        (999, "999", "999"),
        (Decimal("98.1"), "98,1", "98.1"),
        (Decimal("5200.00"), "5.200", "5,200"),
        (Decimal("1234567.125"), "1.234.567,125", "1,234,567.125"),
        (-109, "-109", "-109"),
        (Decimal("12345678901234567890123456789012.5"), "12.345.678.901.234.567.890.123.456.789.012,5", None),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value: Decimal | int, vi: str, en: str | None) -> None:
    assert format_number(value, "vi") == vi
    if en is not None:
        assert format_number(value, "en-gb") == en


def test_given_decimals_round_halves_up_and_keep_a_column_straight() -> None:
    assert format_number(Decimal("2.25"), "vi", 1) == "2,3"
    assert format_number(Decimal("-2.25"), "vi", 1) == "-2,3"
    assert format_number(3, "vi", 1) == "3,0"
    assert format_number(3, "vi", 1, trim=True) == "3"
    assert format_number(Decimal("-0.04"), "vi", 1) == "0,0"


@given(st.decimals(-(10**12), 10**12, places=9), st.integers(0, 6))
def test_rounding_is_the_schoolbook_rounding(value: Decimal, decimals: int) -> None:
    with localcontext(prec=60):
        assert rounded(value, decimals) == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [
        (40539, 41324, 1, "98,1%"),
        (176, 251, 1, "70,1%"),
        (145, 231, 0, "63%"),
        (145, 231, 2, "62,77%"),
        (820, 820, 1, "100,0%"),
        (0, 820, 1, "0,0%"),
        (0, 0, 1, "–"),
        (5, 0, 1, "–"),
        (None, 820, 1, "–"),
        (820, None, 1, "–"),
        (1, 8, 2, "12,50%"),
    ],
)
def test_a_share_is_exact_and_never_made_up(
    numerator: int | None, denominator: int | None, decimals: int, shown: str
) -> None:
    assert format_percent(numerator, denominator, decimals) == shown


def test_a_share_in_a_sentence_drops_idle_zeros() -> None:
    assert format_percent(820, 820, 1, trim=True) == "100%"
    assert format_percent(820, 820, 1, "en", trim=True) == "100%"
    assert format_percent(799, 848, 1, "en", trim=True) == "94.2%"


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (12_000_000, "12 triệu đồng", "12 million dong"),
        (12_500_000, "12,5 triệu đồng", "12.5 million dong"),
        (500_000, "500.000 đồng", "500,000 dong"),
        (12_345_678, "12.345.678 đồng", "12,345,678 dong"),
        (1_250_000_000, "1,25 tỷ đồng", "1.25 billion dong"),
        (1_234_000_000, "1.234 triệu đồng", "1,234 million dong"),
        (0, "0 đồng", "0 dong"),
    ],
)
def test_money_is_shortened_only_where_that_is_exact(amount: int, vi: str, en: str) -> None:
    assert (format_money(amount), format_money(amount, "en")) == (vi, en)


def test_dates_are_written_without_leading_zeros() -> None:
    assert format_date(date(2026, 11, 21)) == "21/11/2026"
    assert format_date(date(2013, 6, 5), "en") == "5 Jun 2013"


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("40.539", "vi", "40539"),
        ("40539", "vi", "40539"),
        ("12,5", "vi", "12.5"),
        ("1.234.567,25", "vi", "1234567.25"),
        (" 731\u00a0", "vi", "731"),
        ("0,125", "vi", "0.125"),
        ("1.234,567", "vi", "1234.567"),
        ("40,539", "en", "40539"),
        ("12.5", "en", "12.5"),
        ("007", "vi", "7"),
    ],
)
def test_what_people_type_is_read(text: str, lang: str, value: str) -> None:
    assert parse_number(text, lang) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"), ("abc", "form"), ("12a", "form"), ("-5", "form"), ("+5", "form"), ("12.5", "form"),
        ("1.23.456", "form"), ("1.2345", "form"), ("0.539", "form"), ("12,", "form"), (",5", "form"),
        ("1,2,3", "form"),
        ("1e5", "form"), ("40 539", "form"), ("４０", "form"), ("٤٠", "form"), ("98,1%", "form"),
        ("NaN", "form"),
        ("1,234", "ambiguous"), ("40,539", "ambiguous"), ("9" * 41, "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_certain_is_refused(text: str, reason: str) -> None:
    facts = refused("numbers.unreadable", parse_number, text, "vi")
    assert facts == {"text": text[:40], "reason": reason}


@given(st.decimals(0, 10**15, places=2), st.sampled_from(["vi", "en"]))
def test_a_written_number_is_read_back_as_itself(value: Decimal, lang: str) -> None:
    assert parse_number(format_number(value, lang), lang) == value


# --- what a stated share implies -------------------------------------------------------------------


def test_the_shares_of_the_sources_imply_their_bases() -> None:
    assert percent_interval(Decimal("94.2")) == (Decimal("94.15"), Decimal("94.25"))
    assert percent_interval(Decimal("63")) == (Decimal("62.5"), Decimal("63.5"))
    assert implied_total(799, Decimal("94.2")) == (848, 848)
    low, high = implied_total(40539, Decimal("98.1")) or (0, 0)
    assert low <= 41324 <= high
    low, high = implied_total(38969, Decimal("94.2")) or (0, 0)
    assert low <= 41368 <= high
    assert implied_count(145, Decimal("83.07")) is None
    assert implied_count(251, Decimal("70.1")) == (176, 176)


stated_shares = st.tuples(st.integers(1, 15000), st.integers(0, 2)).map(lambda x: from_fixed(x[0], x[1]))


@given(st.integers(1, 10**6), stated_shares, st.integers(-2, 2))
def test_a_base_is_implied_exactly_when_its_share_rounds_to_the_stated_one(
    count: int, stated: Decimal, near: int
) -> None:
    implied = implied_total(count, stated)
    decimals = max(0, -int(stated.as_tuple().exponent))
    for edge in implied or (round(count * 100 / stated),):
        total = edge + near
        assume(total > 0)
        inside = implied is not None and implied[0] <= total <= implied[1]
        assert inside == (percent(count, total, decimals) == stated)


@given(st.integers(1, 10**5), stated_shares, st.integers(-2, 2))
def test_a_count_is_implied_exactly_when_its_share_rounds_to_the_stated_one(
    total: int, stated: Decimal, near: int
) -> None:
    implied = implied_count(total, stated)
    decimals = max(0, -int(stated.as_tuple().exponent))
    for edge in implied or (round(total * stated / 100),):
        count = edge + near
        assume(count >= 0)
        inside = implied is not None and implied[0] <= count <= implied[1]
        assert inside == (percent(count, total, decimals) == stated)


def test_a_share_of_nothing_implies_no_base() -> None:
    assert implied_total(0, Decimal("94.2")) is None
    assert implied_total(5, Decimal("0")) is None
    assert implied_count(0, Decimal("50")) is None
