"""The annex: one row per indicator, comparison only where it holds, nothing missing shown as zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import report_samples as reports
from report_samples import BASE, a_line, a_report

from chithi.reporting.annex import is_wide, rows
from chithi.reporting.content import Bound, Kind, Line, Part, Previous
from chithi.reporting.quantity import Number


def printed(*lines: Line) -> list[tuple[str, ...]]:
    return [
        (row.position, row.name, row.unit, row.now.text, row.before.text, row.ratio.text)
        for row in rows(a_report(*lines))
        if row.level
    ]


def test_an_indicator_with_breakdown_and_base_takes_sub_rows() -> None:
    assert printed(reports.KEY_LEADERS) == [
        ("1", "Chỉ số đồng chí", "đồng chí", "820", "832", "98,6"),
        ("", "Tổng số", "đồng chí", "820", "–", "–"),
        ("", "Tỷ lệ", "%", "100", "–", "–"),
        ("", "Trong đó: là đảng viên", "đồng chí", "710", "–", "–"),
        ("", "không phải là đảng viên", "đồng chí", "110", "–", "–"),
    ]


def test_missing_is_a_dash_and_zero_is_zero() -> None:
    assert printed(reports.ONLINE)[0][3:] == ("–", "–", "–")
    assert printed(a_line("study.online", "người", 0, previous=Previous(Decimal(0))))[0][3:] == ("0", "0", "–")


def test_a_bound_is_kept_and_has_no_percentage() -> None:
    bounded = replace(reports.DEEDS, previous=Previous(Decimal(10000)))

    assert printed(bounded)[0][3:] == ("trên 12.440", "10.000", "–")
    assert printed(replace(bounded, bound=Bound.EXACT))[0][3:] == ("12.440", "10.000", "124,4")


def test_both_shares_are_shown_side_by_side() -> None:
    line = replace(reports.MEETINGS, previous=Previous(Decimal(150), Decimal(250)))

    assert printed(line)[1:] == [
        ("", "Tổng số", "chi bộ", "251", "250", "–"),
        ("", "Tỷ lệ", "%", "70,1", "60", "–"),
    ]


def test_a_stated_share_stands_as_stated_beside_its_base() -> None:
    villages = a_line("unit.village_cell", "thôn", 145, total="231", percent="63", percent_stated=True)

    assert printed(villages)[2][3] == "63"
    assert printed(replace(villages, percent_stated=False))[2][3] == "62,8"


def test_a_share_next_to_all_or_none_is_not_shown_as_such() -> None:
    assert printed(a_line("plan.cells", "chi bộ", 19999, total="20000"))[2][3] == "<100"
    assert printed(a_line("plan.cells", "chi bộ", 1, total="100000"))[2][3] == ">0"


def test_a_share_alone_is_counted_in_percent() -> None:
    line = a_line("study.units_done", "chi bộ", percent="100", percent_stated=True)

    assert printed(line) == [("1", "Chỉ số chi bộ", "%", "100", "–", "–")]


def test_money_of_a_row_stands_in_one_unit() -> None:
    line = a_line("result.money", "đồng", 12_000_000, kind=Kind.MONEY)

    assert printed(line)[0][2:4] == ("triệu đồng", "12")
    assert printed(replace(line, previous=Previous(Decimal(900_000))))[0][2:5] == (
        "đồng",
        "12.000.000",
        "900.000",
    )


def test_examples_stand_below_a_line_without_a_sum() -> None:
    assert printed(reports.LAND) == [
        ("1", "Chỉ số m²", "m²", "–", "–", "–"),
        ("", "Cụ thể: ông Giàng Seo Phừ", "m²", "5.200", "–", "–"),
        ("", "ông Lù Seo Chứ", "m²", "600", "–", "–"),
    ]


def test_a_row_says_who_is_missing_and_what_it_is_compared_with() -> None:
    assert printed(reports.ON_DUTY)[0][1] == "Chỉ số đảng viên (40/43 đơn vị có số liệu)"
    villages = a_line("unit.village_cell", "thôn", 145, previous=Previous(Decimal(36), label="năm 2011"))
    assert printed(villages)[0][1] == "Chỉ số thôn, so với năm 2011"
    assert printed(replace(reports.DEEDS, of_period="Quý II/2012"))[0][1] == "Chỉ số việc làm tốt, quý II/2012"


def test_every_number_that_is_not_missing_keeps_its_address() -> None:
    listed = rows(a_report(reports.KEY_LEADERS))

    assert listed[1].before == Number("832", f"{BASE}/vet/before")
    assert listed[4].now == Number("710", f"{BASE}/vet/members")


def test_sections_take_roman_numerals_and_rows_count_through() -> None:
    listed = rows(a_report(reports.STUDY, reports.MEETINGS))

    assert [row.position for row in listed if row.level < 2] == ["I", "1", "II", "2"]
    assert listed[0].name == "Quán triệt, học tập"


def test_long_names_or_numbers_make_the_annex_wide() -> None:
    assert not is_wide(rows(reports.a_full_report()))
    assert is_wide(rows(a_report(replace(reports.DEEDS, name="Việc " * 30))))
    long_range = replace(reports.LAND, parts=(Part("ông A", Decimal(10_000_001), Decimal(20_000_001)),))
    assert is_wide(rows(a_report(long_range)))
