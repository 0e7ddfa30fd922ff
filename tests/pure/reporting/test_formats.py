"""Document formats are data with validity dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from chithi.reporting.formats import PROFILES, number_line, place_and_date, profile_on


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2013, 5, 15), "A"),
        (date(2018, 4, 2), "A"),
        (date(2018, 4, 3), "A"),
        (date(2026, 5, 26), "A"),
        (date(2026, 5, 27), "B"),
        (date(2030, 1, 1), "B"),
    ],
    ids=str,
)
def test_the_profile_follows_the_date_of_the_document(day: date, code: str) -> None:
    assert profile_on(day).code == code


def test_profiles_follow_one_another_without_gap_or_overlap() -> None:
    for earlier, later in pairwise(PROFILES):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    assert PROFILES[-1].valid_to is None


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_every_profile_keeps_what_both_instructions_share(profile) -> None:  # type: ignore[no-untyped-def]
    page, sizes, body = profile.page, profile.sizes, profile.body
    assert (page.width, page.height, page.top, page.bottom, page.left, page.right) == (210, 297, 20, 20, 30, 15)
    assert profile.font == "Times New Roman"
    assert (sizes.parent, sizes.issuer, sizes.place_date, sizes.recipients) == (14, 14, 14, 12)
    assert 13 <= sizes.banner <= 15
    assert 14 <= sizes.title <= 16
    assert (body.first_line_mm, body.after_pt, body.line_pt) == (10, 6, 18)


def test_the_two_profiles_close_the_list_of_recipients_differently() -> None:
    before, after = profile_on(date(2026, 5, 26)), profile_on(date(2026, 5, 27))

    assert (before.words.recipient_end, after.words.recipient_end) == (",", ";")
    assert after.words.archive == "Lưu Đảng ủy."


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2013, 2, 4), "Lào Cai, ngày 04 tháng 02 năm 2013"),
        (date(2013, 1, 10), "Lào Cai, ngày 10 tháng 01 năm 2013"),
        (date(2013, 3, 9), "Lào Cai, ngày 09 tháng 3 năm 2013"),
        (date(2013, 12, 31), "Lào Cai, ngày 31 tháng 12 năm 2013"),
    ],
    ids=str,
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day: date, written: str) -> None:
    assert place_and_date("Lào Cai", day) == written


def test_the_number_has_no_colon_a_hyphen_before_the_kind_and_a_slash_before_the_issuer() -> None:
    assert number_line(127, "BC", "TU") == "Số 127-BC/TU"
    assert number_line(5, "BC", "ĐU") == "Số 05-BC/ĐU"
    assert number_line(None, "BC", "HU") == "Số      -BC/HU"
