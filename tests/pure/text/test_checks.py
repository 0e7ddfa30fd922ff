"""Questions about figures: the slips of the sources are asked about, ordinary texts are left in peace."""

from __future__ import annotations

import json

import pytest
from tests.pure.text import labelled

from chithi.text.intake import read
from chithi.text.question_wording import WORDING, word

SLIPS = [
    ("Có 176/251 chi bộ đạt 75,1% sinh hoạt tốt.", "share_wrong"),
    ("Có 294/386 xã đạt chuẩn (đạt 76,16%).", "share_cut_off"),
    ("Kết quả, 83,07% của 145 mô hình đạt loại tốt.", "share_impossible"),
    ("Có 799 chi bộ cơ sở, chiếm 94,2%; có 38.969 đảng viên, chiếm 94,2% đăng ký.", "same_share_twice"),
    ("Có 40.539 đảng viên, đạt 98,1% học tập. Có 38.969 đảng viên, chiếm 94,2% đăng ký.", "bases_differ"),
    (
        "Năm 2013, 21.255 cán bộ, công chức tham gia học tập; 22.252 cán bộ, "
        "công chức chưa là đảng viên viết bản đăng ký.",
        "later_group_larger",
    ),
    ("Tỉnh vinh danh 904 gương điển hình, gồm 273 tập thể, 630 cá nhân.", "parts_do_not_add_up"),
    ("Có 820 đồng chí đăng ký, trong đó có 830 đồng chí là đảng viên.", "part_larger_than_whole"),
    ("Ban Thường vụ chọn 4 đột phá: nêu gương; dân chủ; thi đua.", "list_count"),
    ("Có 145 thôn có chi bộ (tăng 190 thôn so với năm 2011).", "increase_impossible"),
    ("Đã có 17 tập thể và 50 cá nhân, tập thể được khen thưởng.", "unit_named_twice"),
    ("Nhân dân góp 50.700.00 ngàn đồng.", "malformed_number"),
    ("Nhân dân góp 163.200.000 ngàn đồng.", "doubled_scale"),
    ("Kỷ niệm 55 năm ngày Bác Hồ lên thăm.\nThi đua 55 ngày Bác Hồ lên thăm.", "word_lost"),
    ("I. Kết quả\nTốt.\nIV. Đánh giá\nTốt.", "sections_skip"),
]
IN_ORDER = [
    "Có 145/231 thôn, chiếm tỷ lệ 63% (tăng 109 thôn so với năm 2011).",
    "Có 176/251 chi bộ đạt 70,1%; 667/710 đồng chí đạt 93,9%; 97/110 đồng chí đạt 88.2%.",
    "Kết quả, 82,76% của 145 mô hình đạt loại tốt.",
    "Tỉnh vinh danh 904 gương điển hình, gồm 273 tập thể, 631 cá nhân.",
    "Có 820 đồng chí, trong đó 710 đồng chí là đảng viên; 110 đồng chí không phải là đảng viên.",
    "Huyện chọn 04 đảng bộ làm điểm, gồm: Đảng bộ Công an, Đảng bộ Quân sự, Đảng bộ xã Nà Lầu, Đảng bộ xã Pha Mây.",
    "Ban Thường vụ chọn 3 đột phá: nêu gương; dân chủ, kỷ cương; thi đua.",
    "Có 80 đảng viên, trong đó nữ 61 đảng viên, dân tộc thiểu số 40 đảng viên.",
    "Khối cơ quan có 97 đảng viên, đạt 97%; khối xã có 194 đảng viên, đạt 97%.",
]


def codes(text: str) -> set[str]:
    return {question.code for question in read(text).questions}


@pytest.mark.parametrize(("text", "code"), SLIPS, ids=[code for _, code in SLIPS])
def test_a_slip_is_asked_about_and_put_into_words(text: str, code: str) -> None:
    reading = read(text)
    [question] = [found for found in reading.questions if found.code == code]
    assert word(question, "vi") != word(question, "en")
    assert "{" not in word(question, "vi") + word(question, "en")
    touched = [fact for fact in reading.facts if (fact.start, fact.end) in question.spans]
    assert all(code in fact.suspect for fact in touched)


def test_every_question_has_its_wording_and_its_example() -> None:
    assert set(WORDING) == {code for _, code in SLIPS}


@pytest.mark.parametrize("text", IN_ORDER)
def test_what_is_in_order_is_not_asked_about(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.shared
def test_the_known_inconsistencies_of_the_gold_are_all_asked_about() -> None:
    wanted = {
        "implied_total_mismatch": "bases_differ",
        "same_percent_twice": "same_share_twice",
        "subset_larger_than_expected": "later_group_larger",
        "overlapping_units": "unit_named_twice",
        "label_conflict": "word_lost",
        "section_numbering": "sections_skip",
    }
    known = (labelled.shared() / "gold" / "inconsistencies.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, known):
        assert wanted[line["type"]] in codes(labelled.seed(line["doc"].removeprefix("seed-"))), line["type"]


@pytest.mark.shared
def test_nothing_but_the_known_inconsistencies_is_asked_about_in_the_gold() -> None:
    asked = {name: codes(text) for name, text, _ in labelled.gold()}
    assert {name for name, found in asked.items() if found} == {"seed-000", "seed-003"}
    assert asked["seed-000"] == {"bases_differ", "same_share_twice", "later_group_larger"}
    assert asked["seed-003"] == {"unit_named_twice", "word_lost", "sections_skip"}


def test_at_most_one_of_ten_ordinary_texts_is_asked_about_in_vain() -> None:
    true_slips = {"17_chi_bo_xom": {"malformed_number"}}
    texts = list(labelled.own())
    in_vain = [name for name, text, _ in texts if codes(text) - true_slips.get(name, set())]
    assert len(in_vain) * 10 <= len(texts), in_vain
