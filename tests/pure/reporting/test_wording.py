"""What the sentences of a report say, and what they must not say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import report_samples as reports
from report_samples import BASE, a_line, a_report

from chithi.core.errors import Refused
from chithi.reporting.content import (
    Bound,
    Completeness,
    Covers,
    Kind,
    Line,
    Mode,
    Previous,
    Signatory,
    by_section,
    section_of,
)
from chithi.reporting.phrases import PHRASES
from chithi.reporting.quantity import Number, amount, share_of
from chithi.reporting.wording import completeness_sentence, section_texts, sentences


def said(*lines: Line, **fields: object) -> list[str]:
    return [sentence.plain for sentence in sentences(a_report(*lines, **fields))]


def test_a_share_is_told_with_its_base() -> None:
    assert said(reports.MEETINGS) == [
        "Năm 2012, toàn huyện có 176/251 chi bộ đưa nội dung chuyên đề vào sinh hoạt thường xuyên, "
        "có chất lượng, đạt 70,1%."
    ]


def test_a_share_stated_without_base_is_kept_and_marked_as_such_once() -> None:
    plan = a_line("plan.grassroots", "tổ chức cơ sở đảng", 799, percent="94.2", percent_stated=True)

    told = said(reports.STUDY, plan)

    assert told[0] == "Năm 2012, toàn huyện có 40.539 đảng viên tham gia học tập chuyên đề, đạt 98,1%."
    assert told[2] == "Năm 2012, toàn huyện có 799 tổ chức cơ sở đảng xây dựng kế hoạch làm theo, đạt 94,2%."
    assert [sentence for sentence in told if "không kèm tổng số" in sentence] == [told[1]]


def test_a_stated_share_with_a_base_is_printed_as_stated_not_recomputed() -> None:
    villages = a_line("unit.village_cell", "thôn, bản", 145, total="231", percent="63", percent_stated=True)

    assert said(villages) == ["Năm 2012, toàn huyện có 145/231 thôn, bản có chi bộ độc lập, chiếm 63%."]


def test_a_share_of_an_empty_base_is_insufficient_data_and_never_full_marks() -> None:
    assert said(a_line("covenant.signed", "", 0, total="0")) == [
        "Năm 2012, toàn huyện có 0 chi bộ, đảng bộ cơ sở ký giao ước thi đua, chưa đủ số liệu để tính tỷ lệ."
    ]


@pytest.mark.parametrize(
    ("value", "total", "text"),
    [(1, 1, "100%"), (4999, 5000, "99,98%"), (1, 5000, "0,02%"), (0, 5, "0%"), (7, 1000, "0,7%"), (2, 3, "66,7%")],
)
def test_a_computed_share_is_never_rounded_to_all_or_none(value: int, total: int, text: str) -> None:
    assert share_of(Decimal(value), Decimal(total)) == text


def test_a_share_that_two_decimals_cannot_tell_apart_from_all_is_left_to_its_base() -> None:
    assert share_of(Decimal(19999), Decimal(20000)) is None
    assert said(a_line("covenant.signed", "", 19999, total="20000")) == [
        "Năm 2012, toàn huyện có 19.999/20.000 chi bộ, đảng bộ cơ sở ký giao ước thi đua."
    ]


def test_a_share_rounded_to_a_whole_keeps_its_decimal() -> None:
    assert share_of(Decimal(69999), Decimal(100000)) == "70,0%"
    assert share_of(Decimal(7), Decimal(10)) == "70%"


def test_bounds_are_kept() -> None:
    assert said(reports.DEEDS) == ["Năm 2012, toàn huyện đăng ký trên 12.440 việc làm tốt của tập thể."]
    assert "gần 12.440" in said(replace(reports.DEEDS, bound=Bound.AT_MOST))[0]
    assert "khoảng 12.440" in said(replace(reports.DEEDS, bound=Bound.ABOUT))[0]


def test_related_indicators_share_a_sentence_in_the_order_of_reports() -> None:
    officials = a_line("study.officials", "", 21255)
    classes = a_line("study.classes", "", 731)
    members = replace(reports.STUDY, percent=None, percent_stated=False)

    assert said(officials, members, classes) == [
        "Năm 2012, toàn huyện mở 731 lớp quán triệt, học tập; có 40.539 đảng viên tham gia học tập chuyên đề "
        "và 21.255 cán bộ, công chức, viên chức tham gia học tập chuyên đề."
    ]


def test_only_two_counts_are_joined_by_and() -> None:
    three = (a_line("study.members", "", 41), a_line("study.officials", "", 42), a_line("study.online", "", 43))

    assert "41 đảng viên tham gia học tập chuyên đề và 42 cán bộ" in said(*three)[0]
    assert "chuyên đề; có 43 người dự" in said(*three)[0]


def test_a_count_never_joins_a_clause_that_ends_in_a_share() -> None:
    officials = a_line("study.officials", "", 21255)

    assert "đạt 98,1%; có 21.255 cán bộ" in said(reports.STUDY, officials)[0]


def test_a_breakdown_follows_the_comparison_so_that_neither_takes_the_other() -> None:
    assert said(reports.KEY_LEADERS) == [
        "Năm 2012, toàn huyện có 820/820 đồng chí cán bộ lãnh đạo chủ chốt đăng ký thi đua gương mẫu, đạt 100% "
        "(giảm 12 đồng chí so với cùng kỳ năm trước), trong đó: 710 đồng chí là đảng viên; "
        "110 đồng chí không phải là đảng viên."
    ]


def test_an_unchanged_figure_says_so() -> None:
    same = a_line("plan.cells", "", 10, previous=Previous(Decimal(10)))

    assert said(same) == [
        "Năm 2012, toàn huyện có 10 chi bộ trực thuộc xây dựng kế hoạch làm theo (bằng cùng kỳ năm trước)."
    ]


def test_a_comparison_names_the_period_it_is_with() -> None:
    villages = a_line("unit.village_cell", "", 145, previous=Previous(Decimal(36), label="năm 2011"))

    assert "(tăng 109 thôn, bản so với năm 2011)" in said(villages)[0]


@pytest.mark.parametrize(
    "fields", [{"bound": Bound.ABOUT}, {"value_max": "200"}, {"spoke": 40, "expected": 43}], ids=str
)
def test_nothing_is_compared_unless_exact_and_complete(fields: dict[str, object]) -> None:
    line = a_line("plan.cells", "", 145, previous=Previous(Decimal(36)))
    assert "tăng 109" in said(line)[0]

    assert "tăng" not in said(a_line("plan.cells", "", 145, previous=Previous(Decimal(36)), **fields))[0]


def test_incompleteness_is_said_and_completeness_is_not() -> None:
    assert said(reports.ON_DUTY) == [
        "Năm 2012, toàn huyện có 4.012 đảng viên đang sinh hoạt (theo số liệu của 40/43 đơn vị)."
    ]
    assert "theo số liệu" not in said(replace(reports.ON_DUTY, spoke=43))[0]


def test_what_is_missing_is_named_with_its_reason_and_is_not_zero() -> None:
    assert said(reports.ONLINE) == ["Chưa có số liệu: Người học trực tuyến (chưa ai báo cáo)."]
    assert said(a_line("study.online", "", 0)) == ["Năm 2012, toàn huyện có 0 người dự học tập, quán triệt trực tuyến."]


def test_examples_are_listed_and_never_added_up() -> None:
    assert said(reports.LAND) == [
        "Một số việc làm cụ thể: ông Giàng Seo Phừ hiến 5.200 m² đất; ông Lù Seo Chứ hiến 600 m² đất."
    ]


def test_an_indicator_of_users_is_told_by_its_name_and_noun() -> None:
    assert said(reports.OWN_INDICATOR) == [
        "Năm 2012, tiêu chí “Mô hình dân vận khéo được nhân rộng” của toàn huyện là 12 mô hình."
    ]


def test_a_figure_of_a_shorter_period_names_it_and_the_next_one_returns() -> None:
    earlier = a_line("issue.district", "", 631, of_period="Tháng 6/2012")
    whole = a_line("issue.grassroots", "", 5500)

    assert said(earlier, whole, a_line("issue.settled", "", 7)) == [
        "Tháng 6/2012, toàn huyện đăng ký giải quyết 631 vấn đề bức xúc, nổi cộm ở cấp huyện.",
        "Năm 2012, toàn huyện đăng ký giải quyết 5.500 vấn đề bức xúc, nổi cộm ở cấp cơ sở; "
        "giải quyết dứt điểm 07 vấn đề bức xúc, nổi cộm.",
    ]


def test_a_figure_of_the_unit_alone_is_not_said_of_the_whole_district() -> None:
    assert said(replace(reports.DEEDS, covers=Covers.OWN))[0].startswith("Năm 2012, riêng đơn vị đăng ký")
    assert said(replace(reports.DEEDS, covers=Covers.OWN), scope="chi bộ")[0].startswith("Năm 2012, chi bộ")


def test_each_number_carries_the_address_of_its_trace() -> None:
    (sentence,) = sentences(a_report(reports.KEY_LEADERS))

    numbers = {piece.text: piece.address for piece in sentence.parts if isinstance(piece, Number)}

    assert numbers["820/820"] == f"{BASE}/vet/pledge.leaders"
    assert numbers["710"] == f"{BASE}/vet/members"
    assert numbers["110"] == f"{BASE}/vet/pledge.leaders"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((12_000_000,), "12 triệu đồng"),
        ((12_500_000,), "12,5 triệu đồng"),
        ((1_250_000_000,), "1,25 tỷ đồng"),
        ((12_345_678,), "12.345.678 đồng"),
        ((500_000,), "500.000 đồng"),
        ((25_000_000, 30_000_000), "từ 25 đến 30 triệu đồng"),
        ((500_000, 1_000_000), "từ 500.000 đến 1.000.000 đồng"),
    ],
    ids=str,
)
def test_money_is_said_in_millions_only_where_that_is_exact(values: tuple[int, ...], text: str) -> None:
    lower, upper = Decimal(values[0]), Decimal(values[1]) if len(values) > 1 else None
    pieces = amount(Kind.MONEY, "", lower, upper)

    assert "".join(piece if isinstance(piece, str) else piece.text for piece in pieces) == text


def test_small_counts_take_the_leading_zero_of_offices() -> None:
    assert "chọn 04 đơn vị làm điểm" in said(a_line("covenant.pilots", "", 4))[0]


def test_a_decrease_as_an_indicator_of_its_own_is_said_as_one() -> None:
    change = a_line("local.poor_homes", "hộ", -15, kind=Kind.CHANGE, name="Hộ nghèo")

    assert said(change) == ["Năm 2012, tiêu chí “Hộ nghèo” của toàn huyện là giảm 15 hộ."]


def test_the_report_says_on_how_many_units_it_rests_and_who_is_silent() -> None:
    report = a_report(completeness=Completeness(40, 43, ("Đảng bộ xã A", "Chi bộ B")))

    sentence = completeness_sentence(report)

    assert sentence is not None
    assert sentence.plain == ("Số liệu được tổng hợp từ 40/43 đơn vị; chưa có số liệu của: Đảng bộ xã A, Chi bộ B.")
    assert completeness_sentence(a_report()) is None


def test_sections_come_in_the_order_of_the_report_and_keep_the_order_of_lines() -> None:
    first, second = replace(reports.DEEDS, order=2), replace(reports.KEY_LEADERS, order=1)

    grouped = by_section((reports.OWN_INDICATOR, first, second, reports.STUDY))

    assert [code for code, _, _ in grouped] == ["study", "pledge", "other"]
    assert grouped[1][2] == (second, first)
    assert [text.section for text in section_texts(a_report(first, reports.STUDY))] == ["study", "pledge"]


def test_every_shipped_indicator_has_a_section_of_its_own_field() -> None:
    assert {code for code in PHRASES if section_of(code) == "other"} == set()


@pytest.mark.parametrize(
    "fields",
    [{"value": -1}, {"value": 5, "value_max": "4"}, {"value": 1, "spoke": 3, "expected": 2}],
    ids=str,
)
def test_a_line_that_contradicts_itself_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(Refused) as refusal:
        a_line("plan.cells", "", **fields)  # type: ignore[arg-type]

    assert refusal.value.code == "reporting.line_inconsistent"


def test_nobody_signs_in_place_of_a_collective() -> None:
    assert Signatory("Bí thư", "Phó Bí thư", "An", Mode.IN_PLACE).mode is Mode.IN_PLACE

    with pytest.raises(Refused) as refusal:
        Signatory("Ban Thường vụ", "Phó Bí thư", "An", Mode.IN_PLACE)

    assert refusal.value.code == "reporting.collective_in_place"
