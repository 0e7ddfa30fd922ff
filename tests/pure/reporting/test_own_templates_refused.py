"""What is wrong with a template is said by the words as typed and the paragraph; what is hostile is not opened."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from template_samples import (
    CODES,
    PROPERTIES,
    VALUES,
    lines_of,
    packed,
    refusal,
    repacked,
    rewritten,
    template,
    with_body,
    with_relationship,
)

from chithi.core.wording import WORDING, sentence
from chithi.reporting.own_templates.child import filled
from chithi.reporting.own_templates.package import MOST_BYTES

FINE = template("{{ trích yếu }}")


@pytest.mark.parametrize(
    ("code", "typed", "lines"),
    [
        ("unknown_field", "{{ trích  yêu cầu }}", ["Mở đầu", "Về {{ trích  yêu cầu }} năm nay"]),
        ("unknown_field", "{{ x.__class__ }}", ["", "{{ x.__class__ }}"]),
        ("unknown_field", "{{ ''.__class__.mro()[1] }}", ["", "{{ ''.__class__.mro()[1] }}"]),
        ("unknown_field", "{{ 7*7 }}", ["", "{{ 7*7 }}"]),
        ("unknown_field", "{{ người ký | safe }}", ["", "{{ người ký | safe }}"]),
        ("unknown_field", "{{ }}", ["", "{{ }}"]),
        ("unknown_field", "{{ mỗi x in range(9**9) }}", ["", "{{ mỗi x in range(9**9) }}"]),
        ("unknown_indicator", "{{ chỉ tiêu study.nothing }}", ["", "{{ chỉ tiêu study.nothing }}"]),
        ("unknown_part", "{{ chỉ tiêu study.members, trung bình }}", ["", "{{ chỉ tiêu study.members, trung bình }}"]),
        ("misplaced", "{{ tên mục }}", ["", "{{ tên mục }}"]),
        ("misplaced", "{{ mỗi câu }}", ["", "{{ mỗi câu }}{{ hết câu }}"]),
        ("misplaced", "{{ mỗi nơi nhận }}", ["", "{{ mỗi mục }}{{ mỗi nơi nhận }}{{ hết }}{{ hết }}"]),
        ("misplaced", "{{ mỗi mục }}", ["{{ mỗi mục }}", "{{ mỗi mục }}", "{{ hết }}", "{{ hết }}"]),
        ("list_written", "{{ nơi nhận }}", ["", "{{ nơi nhận }}"]),
        ("not_a_list", "{{ mỗi người ký }}", ["", "{{ mỗi người ký }}{{ hết }}"]),
        ("not_a_list", "{{ mỗi chỉ tiêu study.members }}", ["", "{{ mỗi chỉ tiêu study.members }}{{ hết }}"]),
        ("not_open", "{{ hết mục }}", ["", "{{ hết mục }}"]),
        ("wrong_end", "{{ hết mục }}", ["{{ mỗi nơi nhận }}", "{{ hết mục }}"]),
        ("not_closed", "{{ nếu có người ký }}", ["", "{{ nếu có người ký }}"]),
        ("crossing", "{{ mỗi nơi nhận }}", ["", "Gửi {{ mỗi nơi nhận }}", "{{ tên nơi nhận }}", "{{ hết }}"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_paragraph(code: str, typed: str, lines: list[str]) -> None:
    problem = refusal(template(*lines))
    assert (problem.code, problem.facts["field_name"]) == (f"reporting.template_{code}", typed)
    assert problem.facts["paragraph"] == 2
    assert problem.facts["words"] == " ".join(lines[1].split())[:69] + ("…" if len(lines[1].split()) > 60 else "")
    told = sentence(problem.code, problem.facts, "vi")
    assert typed in told
    assert told.startswith("Đoạn 2 (“")


@pytest.mark.parametrize(
    "line", ["{{ trích yếu }", "{{ trích yếu", "trích yếu }}", "{{ a {{ b }} }}", "{{" + "x" * 200 + "}}"]
)
def test_braces_that_are_not_paired_are_pointed_out(line: str) -> None:
    problem = refusal(template("Một", "Hai", line))
    assert (problem.code, problem.facts["paragraph"]) == ("reporting.template_broken_tag", 3)


@pytest.mark.parametrize("line", ["{% for x in y %}", "{%tr for x in y %}", "{# lời #}", "{{ a }} {% endfor %}"])
def test_the_marks_of_other_template_languages_are_pointed_out(line: str) -> None:
    assert refusal(template(line)).code == "reporting.template_other_language"


def test_a_pair_across_a_paragraph_and_a_table_is_refused() -> None:
    problem = refusal(template("{{ mỗi nơi nhận }}", rows=[["{{ tên nơi nhận }}{{ hết nơi nhận }}"]]))
    assert (problem.code, problem.facts["end"]) == ("reporting.template_crossing", "{{ hết nơi nhận }}")


def test_a_wrong_place_in_the_head_of_the_page_is_counted_after_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("{{ trích yếu }}")
    document.sections[0].header.paragraphs[0].text = "Của {{ ai đó }}"
    problem = refusal(packed(document))
    assert (problem.facts["paragraph"], problem.facts["words"]) == (2, "Của {{ ai đó }}")


def test_a_pair_open_in_the_body_is_not_closed_by_the_foot() -> None:
    document = docx.Document()
    document.add_paragraph("{{ nếu có người ký }}")
    document.sections[0].footer.paragraphs[0].text = "{{ hết người ký }}"
    assert refusal(packed(document)).code == "reporting.template_not_closed"


def test_a_file_without_any_field_is_refused_when_tried_and_used_as_it_is() -> None:
    plain = template("Không có gì để điền")
    assert refusal(plain).code == "reporting.template_without_fields"
    assert filled(plain, VALUES, PROPERTIES)[1] == []


def test_what_repeats_too_much_is_stopped() -> None:
    many = {**VALUES, "recipients": [{"recipient": ["x"]}] * 60_000}
    document = docx.Document()
    document.add_paragraph("{{ mỗi nơi nhận }}" + "{{ tên nơi nhận }} " * 20 + "{{ hết nơi nhận }}")
    with pytest.raises(Exception, match="template_too_long"):
        filled(packed(document), many, PROPERTIES, CODES)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("not_word", b"xin chao"),
        ("not_word", b"PK\x03\x04" + b"\x00" * 200),
        ("not_word", b""),
        ("locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("too_large", b"PK" + b"\x00" * MOST_BYTES),
        ("zip_bomb", repacked(FINE, {"word/media/a.bmp": b"\x00" * 30_000_000})),
        ("zip_bomb", repacked(FINE, {f"word/media/{n}.txt": b"" for n in range(5_001)})),
        ("not_word", repacked(FINE, {"word/../../x.xml": b"<a/>"})),
        ("not_word", repacked(FINE, {"word/document.xml": b"<w:document"})),
        ("not_word", repacked(FINE, {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        ("not_word", repacked(FINE, {"[Content_Types].xml": b'<Types xmlns="a"/>'})),
        ("not_word", rewritten(FINE, "[Content_Types].xml", lambda xml: xml.replace("document.main", "template.main"))),
        ("with_macros", rewritten(FINE, "[Content_Types].xml", lambda xml: xml.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml"))),
        ("with_macros", with_relationship(FINE, "vbaProject", "vbaProject.bin", outside=False)),
        ("embeds", with_relationship(FINE, "oleObject", "embeddings/a.bin", outside=False)),
        ("embeds", with_relationship(FINE, "package", "embeddings/a.xlsx", outside=False)),
        ("embeds", with_relationship(FINE, "aFChunk", "a.html", outside=False)),
        ("embeds", with_relationship(FINE, "subDocument", "b.docx")),
        ("embeds", with_body(FINE, "<w:p><w:r><w:object/></w:r></w:p>")),
        ("embeds", with_body(FINE, "<w:altChunk/>")),
        ("fetches", with_relationship(FINE, "image", "https://xau.example/a.png")),
        ("fetches", with_relationship(FINE, "image", "file://may/chung/a.png")),
        ("fetches", with_relationship(FINE, "hyperlink", "javascript:alert(1)")),
        ("fetches", with_relationship(FINE, "hyperlink", "file:///etc/passwd")),
    ],
)  # fmt: skip
def test_what_is_no_plain_word_file_is_not_opened(code: str, data: bytes) -> None:
    assert refusal(data).code == f"reporting.template_{code}"


def field_of_word(*codes: str) -> str:
    """The XML of a field of Word whose instruction is cut into these runs."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


@pytest.mark.parametrize(
    "xml",
    [
        field_of_word('DDEAUTO c:\\\\windows "cmd"'),
        field_of_word("D", "DE", "AUTO x"),
        field_of_word(' INCLUDETEXT "https://xau.example/a" '),
        field_of_word(' includepicture "https://xau.example/a.png" '),
        field_of_word(' HYPERLINK "file:///c:/a.exe" '),
        field_of_word(" DATE "),
        field_of_word(" QUOTE 68 68 69 "),
        '<w:p><w:fldSimple w:instr="DDE a b"/></w:p>',
        field_of_word(" IF 1 = 1 ").replace(
            "</w:instrText></w:r>", f"</w:instrText></w:r>{field_of_word('DDE a')[5:-6]}"
        ),
    ],
)
def test_fields_of_word_that_run_or_fetch_or_change_by_themselves_are_refused(xml: str) -> None:
    assert refusal(with_body(FINE, xml)).code == "reporting.template_field_code"


@pytest.mark.parametrize(
    "code", [" PAGE ", ' HYPERLINK "https://tinh.example" ', " TOC \\o ", ' HYPERLINK \\l "muc1" ']
)
def test_fields_of_word_that_count_or_refer_stay(code: str) -> None:
    assert lines_of(with_body(FINE, field_of_word(code)))[-1].startswith("Kết quả học tập")


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    data = bytearray(repacked(FINE, {"word/media/a.txt": b"a" * 900_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.start_dir
    at = data.index(b"word/media/a.txt", start) - 46
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)).code in ("reporting.template_not_word", "reporting.template_zip_bomb")


def test_every_refusal_of_a_template_has_its_words_in_both_languages() -> None:
    facts: dict[str, Any] = {"field_name": "{{ x }}", "paragraph": 1, "words": "{{ x }}"}
    for code in (code for code in WORDING if code.startswith("reporting.template_")):
        for language in ("vi", "en"):
            assert len(sentence(code, facts, language)) > 12
