"""The Word file, opened again: frame, body, links, annex, and the same bytes for the same content."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
import report_samples as reports
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from report_samples import BASE, a_full_report, a_report

from chithi.reporting.content import Header, Mode, Passage, PassageClass, ReportContent, Signatory
from chithi.reporting.phrases import EMPTY_PART
from chithi.reporting.word import docx_bytes, write_docx
from chithi.reporting.wording import sentences


def opened(content: ReportContent) -> Document:
    return docx.Document(io.BytesIO(docx_bytes(content)))


def body_text(document: Document) -> list[str]:
    return [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]


def links(document: Document) -> dict[str, str]:
    """Printed number → address, for every link of the body and the tables."""
    targets = {key: rel.target_ref for key, rel in document.part.rels.items() if rel.is_external}
    found = document.element.body.iter(qn("w:hyperlink"))
    return {link.text: targets[link.get(qn("r:id"))] for link in found}


def size(section: Section) -> tuple[int, int]:
    """Width and height in millimetres; the file keeps twentieths of a point."""
    assert section.page_width is not None
    assert section.page_height is not None
    return round(section.page_width / Mm(1)), round(section.page_height / Mm(1))


@pytest.fixture(scope="module")
def report() -> Document:
    return opened(a_full_report())


def test_the_page_is_a4_with_the_margins_of_party_documents(report: Document) -> None:
    section = report.sections[0]
    assert size(section) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [20, 20, 30, 15]


def test_the_page_number_stands_at_the_top_centre_but_not_on_the_first_page(report: Document) -> None:
    first, annex = report.sections
    number = first.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert "PAGE" in number._p.xml
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    assert "PAGE" not in first.first_page_header._element.xml
    assert annex.header.is_linked_to_previous
    assert not annex.different_first_page_header_footer


def test_the_head_is_a_borderless_table_with_names_number_banner_and_date(report: Document) -> None:
    head = report.tables[0]
    left, right = head.rows[0].cells
    assert [p.text.replace("\u00a0", " ") for p in left.paragraphs] == ["TỈNH ỦY LÀO CAI", "HUYỆN ỦY MƯỜNG KHƯƠNG", "*"]
    assert [p.runs[0].bold for p in left.paragraphs[:2]] == [False, True]
    assert right.paragraphs[0].text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert right.paragraphs[0].runs[0].bold
    assert right.paragraphs[0].runs[0].font.size == Pt(15)
    assert head.rows[1].cells[0].text == "Số 27-BC/HU"
    place = head.rows[1].cells[1].paragraphs[0]
    assert place.text == "Mường Khương, ngày 04 tháng 02 năm 2026"
    assert place.runs[0].italic
    borders = head._tbl.tblPr.find(qn("w:tblBorders"))
    assert {side.get(qn("w:val")) for side in borders} == {"nil"}


def test_the_rule_is_a_paragraph_border_exactly_as_long_as_the_banner(report: Document) -> None:
    cell = report.tables[0].rows[0].cells[1]
    rule = cell.paragraphs[1]
    assert rule._p.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
    column = int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) / 20
    layout = rule.paragraph_format
    assert layout.left_indent is not None
    assert layout.right_indent is not None
    length = column - layout.left_indent.pt - layout.right_indent.pt
    assert length == pytest.approx(206.66, abs=0.6)  # the banner in Times Bold 15, by the font's own widths


def test_title_and_summary_stand_centred_above_a_short_stroke(report: Document) -> None:
    title, summary, stroke = report.paragraphs[:3]
    assert (title.text, title.runs[0].bold, title.runs[0].font.size) == ("BÁO CÁO", True, Pt(16))
    assert (summary.text, summary.runs[0].bold) == ("Kết quả thực hiện Chỉ thị số 03-CT/TW", True)
    assert (stroke.text, stroke.runs[0].bold) == ("-----", False)
    assert {p.alignment for p in (title, summary, stroke)} == {WD_ALIGN_PARAGRAPH.CENTER}


def test_body_text_is_set_as_the_instruction_says(report: Document) -> None:
    body = report.styles["Normal"]
    layout = body.paragraph_format
    assert (body.font.name, body.font.size) == ("Times New Roman", Pt(14))
    assert layout.first_line_indent is not None
    assert round(layout.first_line_indent / Mm(1)) == 10
    assert layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (layout.line_spacing_rule, layout.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(18))
    assert layout.space_after is not None
    assert layout.space_after >= Pt(6)
    assert all(style.font.color.rgb in (None, docx.shared.RGBColor(0, 0, 0)) for style in _used(report))


def _used(report: Document) -> list:  # type: ignore[type-arg]
    return [report.styles[name] for name in {p.style.name for p in report.paragraphs if p.style}]


def test_the_five_customary_parts_come_in_order_and_empty_ones_say_so(report: Document) -> None:
    text = body_text(report)
    parts = [line for line in text if line[:2] in ("I-", "II", "IV", "V-")]
    assert parts == [
        "I- KẾT QUẢ THỰC HIỆN",
        "II- ĐÁNH GIÁ",
        "III- BÀI HỌC KINH NGHIỆM",
        "IV- NHIỆM VỤ THỜI GIAN TỚI",
        "V- ĐỀ XUẤT, KIẾN NGHỊ",
    ]
    below = {heading: text[text.index(heading) + 1] for heading in (*parts, "a) Ưu điểm", "a) Hạn chế")}
    assert below["III- BÀI HỌC KINH NGHIỆM"] == EMPTY_PART
    assert below["IV- NHIỆM VỤ THỜI GIAN TỚI"] == "- Tiếp tục kiểm tra chi bộ. (Báo cáo xã B)"
    assert below["V- ĐỀ XUẤT, KIẾN NGHỊ"] == EMPTY_PART
    assert below["a) Ưu điểm"] == "- Nền nếp sinh hoạt được giữ. (Báo cáo xã A)"
    assert below["a) Hạn chế"] == EMPTY_PART


def test_every_sentence_about_figures_stands_in_the_body(report: Document) -> None:
    text = " ".join(body_text(report))
    for sentence in sentences(a_full_report()):
        assert sentence.plain in text


def test_a_number_never_parts_from_its_unit_at_the_end_of_a_line(report: Document) -> None:
    assert any("820\u00a0" in p.text or "820/820\u00a0đồng chí" in p.text for p in report.paragraphs)


def test_each_number_of_body_and_annex_is_a_link_to_its_trace(report: Document) -> None:
    found = links(report)
    assert found["176/251"] == f"{BASE}/vet/meeting.quality"
    assert found["40.539"] == f"{BASE}/vet/study.members"
    assert found["5.200"] == f"{BASE}/vet/phu"
    assert found["832"] == f"{BASE}/vet/before"
    assert found["Báo cáo xã A"] == f"{BASE}/cau/1"


def test_links_print_calm(report: Document) -> None:
    style = report.styles["FigureLink"]
    assert style.font.color.rgb == docx.shared.RGBColor(0, 0, 0)
    assert style.element.rPr.find(qn("w:u")).get(qn("w:val")) == "dotted"
    for link in report.element.body.iter(qn("w:hyperlink")):
        assert [s.get(qn("w:val")) for s in link.iter(qn("w:rStyle"))] == [style.style_id]


def test_the_code_for_readers_of_paper_is_printed(report: Document) -> None:
    assert f"Tra cứu số liệu: {BASE}/ma/K7QF2M" in body_text(report)
    assert not any("Tra cứu" in line for line in body_text(opened(a_full_report(code=""))))


def test_recipients_and_signature_follow_the_profile() -> None:
    report = opened(a_full_report())
    recipients, signature = (cell.paragraphs for cell in report.tables[1].rows[0].cells)
    assert [p.text for p in recipients] == [
        "Nơi nhận:",
        "- Ban Thường vụ Tỉnh ủy (để báo cáo),",
        "- Các chi, đảng bộ trực thuộc,",
        "- Lưu Văn phòng.",
    ]
    assert recipients[0].runs[0].underline
    assert recipients[1].runs[0].font.size == Pt(12)
    lines = [p.text for p in signature]
    assert lines == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "", "", "", "", "Nguyễn Văn An"]
    assert [signature[place].runs[0].bold for place in (0, 1, 6)] == [True, False, True]


def test_the_archive_is_named_once_however_the_list_was_filled() -> None:
    cell = opened(a_full_report(recipients=("Tỉnh ủy", "Lưu Văn phòng"))).tables[1].rows[0].cells[0]

    assert [p.text for p in cell.paragraphs][1:] == ["- Tỉnh ủy,", "- Lưu Văn phòng."]


def test_a_later_document_takes_the_later_profile() -> None:
    header = replace(a_report().header, day=date(2026, 11, 21))
    recipients = opened(a_full_report(header=header)).tables[1].rows[0].cells[0].paragraphs

    assert [p.text[-1] for p in recipients] == [":", ";", ";", "."]
    assert recipients[-1].text == "- Lưu Đảng ủy."


def test_a_head_who_signs_in_person_has_no_line_on_behalf_of_anyone() -> None:
    report = opened(a_full_report(signatory=Signatory("", "Bí thư", None, Mode.DIRECT)))

    assert report.tables[1].rows[0].cells[1].paragraphs[0].text == "BÍ THƯ"


def test_the_annex_repeats_its_head_and_breaks_no_row(report: Document) -> None:
    annex = report.tables[2]
    heads = [cell.text for cell in annex.rows[0].cells]
    assert heads == ["TT", "Tiêu chí", "Đvt", "Kỳ này", "Cùng kỳ", "%"]
    for place, row in enumerate(annex.rows):
        properties = row._tr.trPr
        assert properties.find(qn("w:cantSplit")) is not None
        assert (properties.find(qn("w:tblHeader")) is not None) == (place < 2)
    shown = [[cell.text for cell in row.cells] for row in annex.rows]
    assert ["4", "Chỉ số đồng chí", "đồng chí", "820", "832", "98,6"] in shown
    assert ["", "Trong đó: là đảng viên", "đồng chí", "710", "–", "–"] in shown


def test_the_annex_turns_to_landscape_only_where_it_is_wide() -> None:
    upright, wide = a_report(reports.DEEDS), a_report(replace(reports.DEEDS, name="Việc " * 40))

    assert [size(section) for section in opened(upright).sections] == [(210, 297), (210, 297)]
    assert [size(section) for section in opened(wide).sections] == [(210, 297), (297, 210)]


def test_a_report_without_lines_is_a_draft_without_annex() -> None:
    report = opened(a_report())

    assert len(report.sections) == 1
    assert len(report.tables) == 2
    assert body_text(report).count(EMPTY_PART) == 8


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, report_samples; from chithi.reporting.word import docx_bytes;"
        "print(hashlib.sha256(docx_bytes(report_samples.a_full_report())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)

    assert hashlib.sha256(docx_bytes(a_full_report())).hexdigest() == other.stdout.strip()


def test_nothing_in_the_file_tells_when_or_where_it_was_made(report: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes(a_full_report()))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "thumbnail" in name]
    properties = report.core_properties
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 2, 4)
    assert properties.author == "Huyện ủy Mường Khương"


def test_hostile_text_does_not_break_the_file() -> None:
    nasty = "A\x00\x0b\x1f\ud800\ufffe\u202eB<w:p/>&\"'\r\nC" + "x" * 20_000
    header = Header(nasty, nasty, date(2026, 2, 4), nasty, issuer_symbol=nasty)
    line = replace(reports.OWN_INDICATOR, name=nasty, noun=nasty, address=f'{BASE}/a b\x00"<>ệ')
    content = a_report(
        line,
        header=header,
        summary=nasty,
        recipients=(nasty,),
        signatory=Signatory(nasty, nasty, nasty),
        passages=(Passage(PassageClass.TASKS, nasty, "javascript:alert(1)", nasty),),
    )

    report = opened(content)

    assert "AB<w:p/>&\"' C" in "".join(body_text(report))
    addresses = set(links(report).values())
    assert f"{BASE}/a%20b%22%3C%3E%E1%BB%87" in addresses
    assert not [address for address in addresses if address.startswith("javascript")]


def test_a_path_gets_the_whole_file_and_no_half_file_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.docx"

    write_docx(a_full_report(), target)

    assert target.read_bytes() == docx_bytes(a_full_report())
    assert list(tmp_path.iterdir()) == [target]


def test_an_open_file_is_written_to() -> None:
    buffer = io.BytesIO()

    write_docx(a_full_report(), buffer)

    assert buffer.getvalue() == docx_bytes(a_full_report())


def test_a_long_annex_is_written_whole() -> None:
    lines = tuple(replace(reports.OWN_INDICATOR, code=f"local.n{place}", value=Decimal(place)) for place in range(120))

    assert len(opened(a_report(*lines)).tables[2].rows) == 2 + 1 + 120
