"""When personal data has been kept long enough, and what takes its place."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.privacy.kinds import LONGEST, SHIPPED, Kept
from chithi.privacy.rules import (
    MASK,
    account_pseudonym,
    digest_of,
    masked,
    months_before,
    pseudonym,
    why_not_forget,
    why_not_months,
    without_name,
)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), LONGEST, date(1926, 1, 15)),
        (date(5, 1, 1), 120, date.min),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_before(day, months) == then


@given(st.dates(date(1930, 1, 1)), st.integers(0, 600))
def test_more_months_never_lead_to_a_later_day(day: date, months: int) -> None:
    assert months_before(day, months + 1) <= months_before(day, months) <= day


def test_every_kind_ships_with_a_floor_that_its_own_rule_keeps() -> None:
    for kind in Kept:
        assert why_not_months(kind, SHIPPED[kind].months) is None
        assert why_not_months(kind, SHIPPED[kind].floor) is None
        for wrong in (SHIPPED[kind].floor - 1, 0, -5, LONGEST + 1):
            refused = why_not_months(kind, wrong)
            assert refused is not None
            assert refused.code == "privacy.bad_months"


def test_somebody_is_forgotten_on_request_only_when_all_has_ended_and_nobody_holds_on() -> None:
    ended = date(2020, 1, 1)
    assert why_not_forget(ended, False, None, False) is None
    for facts, code in (
        ((None, False, None, False), "still_there"),
        ((ended, True, None, False), "held"),
        ((ended, False, ended, False), "forgotten_already"),
        ((ended, False, None, True), "account_open"),
    ):
        refused = why_not_forget(*facts)
        assert refused is not None
        assert refused.code == f"privacy.{code}"


def test_a_pseudonym_is_always_the_same_and_made_of_the_key_alone() -> None:
    key = UUID("11111111-2222-3333-4444-555555555555")
    assert pseudonym(key) == pseudonym(UUID(str(key)))
    assert pseudonym(key) != pseudonym(uuid4())
    assert pseudonym(key).split()[1] in account_pseudonym(7, key)
    assert account_pseudonym(7, None) == "7"


def test_the_digest_tells_the_rows_whatever_their_order_and_the_kind() -> None:
    assert digest_of(Kept.NOTES, [3, 1]) == digest_of(Kept.NOTES, [1, 3])
    assert digest_of(Kept.NOTES, [1, 3]) != digest_of(Kept.NOTES, [1, 4])
    assert digest_of(Kept.NOTES, [1]) != digest_of(Kept.ACCOUNT, [1])


def test_a_name_is_taken_out_of_a_text_as_words_in_any_case() -> None:
    text = "Ông NGUYỄN VĂN AN, Nguyễn  Văn An; Nguyễn Văn Anh."
    assert without_name(text, "Nguyễn Văn An", "Người 1") == "Ông Người 1, Người 1; Nguyễn Văn Anh."
    assert without_name("a (b) c", "(b)", "x") == "a x c"
    assert without_name("a", "  ", "x") == "a"


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4))
def test_a_masked_text_keeps_every_place_and_shows_only_what_is_kept(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(min(span), max(span)) for span in spans]
    hidden = masked(text, kept)
    assert len(hidden) == len(text)
    for at, (was, now) in enumerate(zip(text, hidden, strict=True)):
        inside = any(start <= at < end for start, end in kept)
        assert now == (was if inside or not was.isalnum() else MASK)
