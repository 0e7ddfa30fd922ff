"""What is a figure and what is not, written as one-line cases; and what holds for any text at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chithi.text.intake import as_json, read
from chithi.text.reading import Fact

NO_FIGURES = [
    "Thực hiện Chỉ thị số 03-CT/TW ngày 14-5-2011, Hướng dẫn 09, "
    "Quy định 101 - QĐ/TW và Nghị quyết Trung ương 4 (khóa XI).",
    "Theo Quyết định số 1436/QĐ-UBND ban hành ngày 12.5, chiều 15.10 đoàn làm việc.",
    "Nhân kỷ niệm 135 năm Ngày sinh Bác, sáng 19/5 Thành ủy họp; kỷ niệm 50 năm thực hiện Di chúc.",
    "Giai đoạn 2011 - 2016, nhiệm kỳ 2015-2020, năm học 2017-2018, tháng 6/2017, quý III/2020.",
    "Bà Dín, thôn Sa Pả 9, Quận 5, chi bộ 2, Trường TC Nghề số 9, lớp 9A1, Mường Lống 1.",
    "Không sinh con thứ 3; phiên họp thứ 27; lần thứ 8; “Ngày thứ 7 vì dân”.",
    "Mô hình “5 không, 3 sạch”, “Ngôi nhà 1.000 đồng”; 6 điều Bác Hồ dạy; 19 điều đảng viên không được làm.",
    "Cập nhật 8:20:51, 14 giờ 30, 28°C, 1.234 lượt xem, 66,540 người theo dõi, ĐT: 0210.3846.647.",
    "Xem https://tinh.vn/tin/12-mo-hinh-2019 hoặc viết vp2021@tinh.vn.",
    "Một là, đẩy mạnh tuyên truyền. Hai là, rà soát. Thi đua 55 ngày Bác Hồ lên thăm.",
    "Huyện nhân rộng theo Chỉ thị 05 mô hình hay, theo Kết luận 21 nhiệm vụ được giao rõ.",
    "Nước theo quy định %d bloggers like this:",
    "Cháu sốt 38 độ, họp ngày 12/12, đạt yêu cầu; thương binh 2/4.",
    "Ông ở nhà số 12 ngõ 5, qua 2 nhiệm kỳ, nhận diện 27 biểu hiện suy thoái.",
    "- Ban Tuyên giáo huyện ủy (02 bản), lưu.",
    "Họp lúc 14 giờ 30 phút, sinh hoạt 15 phút đầu giờ; trong 2 năm 2020, 2021 và 6 tháng đầu năm; ngày 2/3 là hội.",
    "Thực hiện 5 xin, 4 luôn, 3 tự; nhà hàng đạt hạng 4 sao; trang có 45.312 lượt theo dõi.",
]
FIGURES: list[tuple[str, list[tuple[str, str | None, str | None, str | None]]]] = [
    ("thưởng195 tập thể và hiện107 hộ", [("count", "195", None, None), ("count", "107", None, None)]),
    (
        "hiến 5.200m2 đất, dài 3,5km, thu 900kg gạo",
        [("area", "5200", None, None), ("length", "3.5", None, None), ("count", "900", None, None)],
    ),
    (
        "góp 500.000đồng, gần 10 tỷ đồng, 1 tỷ 250 triệu đồng, 2 triệu rưỡi đồng",
        [
            ("money", "500000", None, None),
            ("money", "10000000000", None, None),
            ("money", "1250000000", None, None),
            ("money", "2500000", None, None),
        ],
    ),
    (
        "in 20 ngàn cuốn cho 470 nghìn hội viên, góp 10 nghìn ngày công",
        [("count", "20000", None, None), ("count", "470000", None, None), ("workdays", "10000", None, None)],
    ),
    (
        "thu 50 - 70 triệu đồng/ năm, lãi từ 40 đến 50 triệu",
        [("yearly_amount", "50000000", None, None), ("money", "40000000", None, None)],
    ),
    ("đạt 88.2% và trên 95,5% hộ dân", [("percent", None, None, "88.2"), ("percent", None, None, "95.5")]),
    ("có 145 thôn/231 thôn, đạt 63%", [("ratio", "145", "231", "63")]),
    ("có 176 chi bộ trên tổng số 251 chi bộ", [("ratio", "176", "251", None)]),
    ("Trong 43 chi bộ, có 40 chi bộ làm tốt", [("ratio", "40", "43", None)]),
    ("đạt 93,9% (667/710 đồng chí)", [("ratio", "667", "710", "93.9")]),
    ("có 40.539 đảng viên (98,1%) học tập", [("count", "40539", None, "98.1")]),
    ("có 3.645 đ/c, Đ/c Hoa góp 20.000đ/cây", [("count", "3645", None, None), ("money", "20000", None, None)]),
    (
        "mỗi suất 400k, quỹ 8tr đồng, hỗ trợ 1tr2, góp 1tỷ5",
        [
            ("money", "400000", None, None),
            ("money", "8000000", None, None),
            ("money", "1200000", None, None),
            ("money", "1500000000", None, None),
        ],
    ),
    (
        "giữ 43,168km đường, vay 1,125 tỷ đồng, tặng 12,500 hộ",
        [("length", "43.168", None, None), ("money", "1125000000", None, None), ("count", None, None, None)],
    ),
    ("từ 2 công đất trồng màu", [("area", "2", None, None)]),
    (
        "còn 9 đơn vị làm ăn thua lỗ (14,5%), 5 ý tưởng, tỷ lệ 8%",
        [("count", "9", None, "14.5"), ("count", "5", None, "8")],
    ),
    ("có 64 hội viên trên địa bàn, đạt tỷ lệ tập hợp 64,1%", [("count", "64", None, "64.1")]),
    (
        "dạy nghề 1.012 phụ nữ (chỉ tiêu 900 phụ nữ, đạt 112,4%)",
        [("count", "1012", None, None), ("count", "900", None, None), ("percent", None, None, "112.4")],
    ),
    ("nghe 5 tham luận, giúp 45 hoàn cảnh, bỏ 15 đầu mối", [("count", str(n), None, None) for n in (5, 45, 15)]),
    ("thu gấp 2,1 lần năm 2015, tăng gấp 3 lần", [("change", "2.1", None, None), ("change", "3", None, None)]),
    (
        "rút từ 15 ngày xuống còn 7 ngày, giảm 2 giờ; thời gian chờ trung bình 12 phút; chuyên mục 15 phút",
        [
            ("count", "15", None, None),
            ("count", "7", None, None),
            ("change", "2", None, None),
            ("count", "12", None, None),
            ("count", "15", None, None),
        ],
    ),
    ("có gần 1/3 là nữ, trong đó 2/3 là cán bộ", [("ratio", "1", "3", None), ("ratio", "2", "3", None)]),
    (
        "kỷ luật 15 đảng viên: khiển trách 9, cảnh cáo 4, khai trừ 2",
        [("count", n, None, None) for n in ("15", "9", "4", "2")],
    ),
    ("Số hội nghị đã mở là 45, dự 8 năm ròng", [("count", "45", None, None), ("duration", "8", None, None)]),
    ("20 trên tổng số 25 đơn vị, 30 trong số 45 hộ", [("ratio", "20", "25", None), ("ratio", "30", "45", None)]),
    (
        "có 2.106 đảng viên/3.015 cán bộ, 1.147 hộ/5.932 nhân khẩu",
        [("ratio", "2106", "3015", None), ("count", "1147", None, None), ("count", "5932", None, None)],
    ),
    (
        "cấp Trung ương 12 hộ, cấp 45 giấy chứng nhận, 17,5 tiêu chí/xã, 300.000 đồng/em/năm",
        [
            ("count", "12", None, None),
            ("count", "45", None, None),
            ("count", "17.5", None, None),
            ("yearly_amount", "300000", None, None),
        ],
    ),
    (
        "12/12 (100%) chi bộ; 100% (12/12) chi bộ; kết quả 5/6, đạt 83,3%",
        [("ratio", "12", "12", "100"), ("ratio", "12", "12", "100"), ("ratio", "5", "6", "83.3")],
    ),
    ("Kết nạp đảng viên: 12; tài trợ 5.000 USD", [("count", "12", None, None), ("money", "5000", None, None)]),
    ("khối cơ quan đạt 97%, khối xã đạt 98%", [("percent", None, None, "97"), ("percent", None, None, "98")]),
    ("tăng 276 mô hình so với năm 2020", [("change", "276", None, None)]),
    ("có 139 mô hình, nâng tổng số lên 415.", [("count", "139", None, None), ("count", "415", None, None)]),
    (
        "sinh hoạt 1 lần/quý; mỗi năm 2 lần; mỗi quý một lần",
        [("count", "1", None, None), ("count", "2", None, None), ("count", "1", None, None)],
    ),
    ("Hàng ngàn hộ dân góp hàng chục vạn ngày công", [("count", None, None, None), ("workdays", None, None, None)]),
    ("góp 50.700.00 ngàn đồng", [("money", None, None, None)]),
    ("Số lớp đã mở: 12; số đảng viên dự: 450.", [("count", "12", None, None), ("count", "450", None, None)]),
    ("khen sáu tập thể và năm cá nhân", [("count", "6", None, None), ("count", "5", None, None)]),
    ("đã chọn 3 đột phá và 5 nhóm nội dung", [("count", "3", None, None), ("count", "5", None, None)]),
    ("Qua hơn 3 năm thực hiện, 12 năm liền giữ cờ", [("duration", "3", None, None), ("duration", "12", None, None)]),
]


def shown(fact: Fact) -> tuple[str, str | None, str | None, str | None]:
    def plain(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    return fact.kind, plain(fact.value), plain(fact.total), plain(fact.percent)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_dates_names_signs_and_slogans_are_no_figures(text: str) -> None:
    assert [fact.quote for fact in read(text).facts] == []


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_figures_are_read_in_all_their_shapes(
    text: str, figures: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    assert [shown(fact) for fact in read(text).facts] == figures


def test_bounds_are_kept_beside_the_figure() -> None:
    facts = read("hơn 100 hội thảo, gần 20 lớp, khoảng 30 buổi, ít nhất 2 mô hình, hàng trăm lượt người").facts
    assert [fact.approx for fact in facts] == ["at_least", "at_most", "about", "at_least", None]
    assert [fact.vague for fact in facts] == [False] * 4 + [True]
    assert facts[3].target


def test_one_persons_example_covers_a_part_and_a_whole_district_its_subtree() -> None:
    facts = read("Toàn huyện hiến 90.000m2 đất. Ông Vàng Chá Páo, thôn Nậm Pản, hiến 5.200m2 đất.").facts
    assert [(fact.covers, fact.about) for fact in facts] == [("subtree", None), ("part", "Ông Vàng Chá Páo")]


def test_what_is_said_of_the_unit_alone_covers_only_the_unit() -> None:
    [fact] = read("Năm 2013, riêng đơn vị biểu dương 12 tập thể.").facts
    assert (fact.covers, fact.scope) == ("own", "riêng đơn vị")


SAID = [
    ("Ông Ly hiến 2.500 m2 đất trị giá 1,2 tỷ đồng", "Ông Ly hiến m2 đất"),
    ("mở 03 lớp bồi dưỡng chính trị cho 215 học viên", "lớp bồi dưỡng chính trị"),
    ("Toàn xã có 15 chi bộ (9 chi bộ thôn)", "Toàn xã có chi bộ"),
    ("kiểm tra 5 tổ chức đảng và 12 đảng viên.", "kiểm tra tổ chức đảng"),
    ("Số hội nghị đã mở là 45.", "Số hội nghị đã mở"),
]


@pytest.mark.parametrize(("text", "what"), SAID)
def test_what_is_counted_is_told_without_the_words_that_only_lead_on(text: str, what: str) -> None:
    assert read(text).facts[0].what == what


def test_decomposed_text_is_read_with_spans_of_the_verbatim_text() -> None:
    text = "Toa\u0300n huye\u0323\u0302n co\u0301 12\u00a0ho\u0323\u0302 nghe\u0300o."
    [fact] = read(text).facts
    assert fact.value == 12
    assert text[fact.start : fact.end] == fact.quote == "12\u00a0ho\u0323\u0302 nghe\u0300o"


PIECES = st.sampled_from(
    [
        *"0123456789",
        ".",
        ",",
        "/",
        "-",
        "%",
        "(",
        ")",
        "“",
        "”",
        "\n",
        " ",
        "hộ",
        "năm",
        "triệu",
        "đồng",
        "tỷ",
        "trong",
        "có",
        "tăng",
        "mỗi",
        "hàng",
        "chục",
        "ngày",
        "tháng",
        "thôn",
        "số",
        "đạt",
        "một",
        "hai",
        "mươi",
        "m2",
        "Ông Ly",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_is_read_with_exact_quotes_in_order(text: str) -> None:
    reading = read(text)
    starts = [fact.start for fact in reading.facts]
    assert starts == sorted(starts)
    for fact in reading.facts:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.end > fact.start
        as_json(fact, "any")
    for sentence in reading.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)


@pytest.mark.parametrize(
    "line",
    [
        "12 hộ, " * 3_000,
        "trong 9 hộ có " * 2_000,
        "1.1." * 20_000,
        "“(" * 10_000,
        "a" * 1_000_000,
        "hàng trăm " * 10_000,
        "9% " * 3_000,
        "Ông Ab Ab " * 3_000,
        "a" + "\u0301" * 50_000,
        "trong 5 năm " * 3_000,
    ],
)
def test_a_hostile_line_is_read_to_its_end(line: str) -> None:
    assert read(line).sentences
