"""Numbers no person writes and columns cannot keep: named as malformed, never rounded, never a failure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chithi.text.intake import as_json, read
from chithi.text.reading import Fact

UNITS = ["tỷ", "triệu", "nghìn", "rưỡi", "đồng", "ha", "km", "%", "hộ", "đảng viên", "lần", "phút", "ngày công"]
WORDS = ["tăng", "giảm", "đạt", "đến", "-", "/", "trong tổng số", "hai", "mỗi năm", "so với năm 2011", ",", "(", ")"]
NUMBER = st.text("0123456789.,", min_size=1, max_size=30)
TEXTS = st.lists(st.one_of(NUMBER, st.sampled_from(UNITS), st.sampled_from(UNITS + WORDS)), max_size=14).map(" ".join)


def numbers_of(fact: Fact) -> list[Decimal]:
    given = (fact.value, fact.value_max, fact.total, fact.percent, fact.percent_max)
    return [number for number in given if number is not None]


def kept_by_a_database(number: Decimal) -> bool:
    """Thirty digits with ten decimals, and the fifteen significant ones that every engine gives back."""
    digits = f"{number:f}".replace(".", "").strip("0")
    return len(digits) <= 15 and abs(number) <= 10**15 and number == number.quantize(Decimal("1e-10"))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_row_of_digits_and_units_fails_or_gives_a_number_that_does_not_fit(text: str) -> None:
    for fact in read(text).facts:
        as_json(fact, "x")
        assert all(kept_by_a_database(number) for number in numbers_of(fact)), fact
        assert fact.percent is None or fact.percent <= 10_000


@pytest.mark.parametrize(
    "text",
    [
        "Tổng vốn 99999999999999999999999 tỷ đồng.",
        "Tổng vốn 5 tỷ tỷ tỷ tỷ tỷ đồng.",
        "Toàn xã có 12345678901234567890123 hộ.",
        "Đạt tỷ lệ 1234567,5%.",
        "Trồng 1,12345678901 ha rừng.",
        "Đạt 99,123456789012%.",
        "Vốn từ 50 - 99999999999999999999 triệu đồng.",
        "Có 12/99999999999999999999 hộ.",
    ],
)
def test_a_number_that_cannot_be_kept_exactly_is_malformed_and_has_no_value(text: str) -> None:
    facts = read(text).facts
    assert facts
    assert all(fact.malformed and not numbers_of(fact) for fact in facts)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Trồng 1,23456 ha rừng.", "1.23456"), ("Tổng vốn 1.000.000 tỷ đồng.", "1000000000000000")],
)
def test_what_fits_is_kept_to_the_last_digit(text: str, value: str) -> None:
    (fact,) = read(text).facts
    assert (fact.value, fact.malformed) == (Decimal(value), False)


def test_a_share_keeps_all_its_decimals() -> None:
    (fact,) = read("Đạt 99,123456789%.").facts
    assert str(fact.percent) == "99.123456789"


def test_endless_rows_of_scale_words_and_parts_end() -> None:
    assert all(fact.malformed for fact in read("Vốn 5 " + "tỷ " * 120_000 + "đồng.").facts)
    read("Vốn " + "1 triệu triệu " * 3_000 + "đồng.")


@pytest.mark.parametrize(
    ("text", "falls", "value"),
    [
        ("Toàn tỉnh có 650 thôn, giảm 12 thôn so với năm 2011.", True, 12),
        ("Toàn tỉnh có 650 thôn, tăng 12 thôn so với năm 2011.", False, 12),
    ],
)
def test_a_change_keeps_its_amount_and_its_direction(text: str, falls: bool, value: int) -> None:
    fact = next(fact for fact in read(text).facts if fact.kind == "change")
    assert (fact.value, fact.falls) == (value, falls)
    assert as_json(fact, "x")["flags"].get("decrease", False) is falls
