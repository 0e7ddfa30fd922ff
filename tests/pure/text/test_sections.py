"""Sentences get the class of their heading, else of their connective; the polarity traps are passed."""

from __future__ import annotations

import pytest
from tests.pure.text import labelled

from chithi.text.intake import read

REPORT = """I. Kết quả thực hiện
Các chi bộ đã xây dựng chuẩn mực. Tuy nhiên, một số nơi còn chậm.
Ông Lò Văn Pánh, thôn Nà Ngần, hiến 300m2 đất.
II. Tồn tại, hạn chế
- Tăng cường kiểm tra chưa đều.
III. Nguyên nhân của ưu điểm
- Tăng cường kiểm tra từ huyện tới cơ sở.
IV. Nguyên nhân của hạn chế
- Cán bộ giúp việc chưa chủ động.
V. Bài học kinh nghiệm
- Tăng cường kiểm tra phải gắn với nêu gương.
VI. Nhiệm vụ thời gian tới
- Tăng cường kiểm tra, khắc phục tính hình thức.
VII. Kiến nghị
- Đề nghị Trung ương gửi tài liệu sớm.
"""


def classes(text: str) -> dict[str, str]:
    return {text[sentence.start : sentence.end]: sentence.section for sentence in read(text).sentences}


@pytest.mark.parametrize(
    ("begins", "section"),
    [
        ("Các chi bộ đã", "results"),
        ("Tuy nhiên, một số", "limitations"),
        ("Ông Lò Văn Pánh", "models"),
        ("- Tăng cường kiểm tra chưa đều", "limitations"),
        ("- Tăng cường kiểm tra từ huyện", "causes_of_merits"),
        ("- Cán bộ giúp việc", "causes_of_limitations"),
        ("- Tăng cường kiểm tra phải", "lessons"),
        ("- Tăng cường kiểm tra, khắc phục", "tasks"),
        ("- Đề nghị Trung ương", "proposals"),
    ],
)
def test_the_heading_decides_whatever_the_words_say(begins: str, section: str) -> None:
    assert [found for words, found in classes(REPORT).items() if words.startswith(begins)] == [section]


@pytest.mark.parametrize(
    ("sentence", "section"),
    [
        ("Qua đó đã góp phần hạn chế các vi phạm pháp luật ở một số xã.", "results"),
        ("Kiểm điểm đã chỉ rõ những hạn chế, yếu kém của một số chi bộ.", "results"),
        ("Huyện đã kết nạp 12 quần chúng chưa là đảng viên ở một số thôn.", "results"),
        ("Một số đơn vị đã rà soát chuẩn mực, còn thành lập bộ phận giúp việc.", "results"),
        ("Hai là, tiếp tục rà soát chuẩn mực đạo đức.", "tasks"),
        ("Các huyện kiến nghị với Trung ương gửi tài liệu sớm hơn.", "proposals"),
        ("Bên cạnh đó, sinh hoạt chuyên đề ở nhiều nơi chưa tốt.", "limitations"),
    ],
)
def test_news_without_headings_goes_by_its_own_words(sentence: str, section: str) -> None:
    assert list(classes(sentence).values()) == [section]


@pytest.mark.shared
def test_the_parts_of_a_real_report_are_found() -> None:
    text = labelled.seed("003")
    sections = [sentence.section for sentence in read(text).sentences]
    for wanted in ("results", "models", "limitations", "causes_of_merits", "causes_of_limitations", "lessons", "tasks"):
        assert sections.count(wanted) >= 3, wanted
