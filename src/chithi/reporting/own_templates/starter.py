"""Owns the template to begin with: the report that ships, written with fields, ready to be changed in Word."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell

from chithi.reporting.formats import Profile, profile_on
from chithi.reporting.ooxml import add_field, add_rule, fix_table, keep_row_whole, stable_bytes
from chithi.reporting.phrases import EMPTY_PART
from chithi.reporting.word_frame import twips
from chithi.reporting.word_styles import PART, PLAIN, SECTION, TABLE, define_styles

_HEAD_MM = (68, 97)
_ANNEX_MM = (12, 58, 24, 25, 25, 21)
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT

_ASSESSED = (
    ("1. Ưu điểm", "ưu điểm"),
    ("2. Nguyên nhân của ưu điểm", "nguyên nhân ưu điểm"),
    ("3. Hạn chế", "hạn chế"),
    ("4. Nguyên nhân của hạn chế", "nguyên nhân hạn chế"),
)
_LAST = (
    ("III- BÀI HỌC KINH NGHIỆM", "bài học"),
    ("IV- NHIỆM VỤ THỜI GIAN TỚI", "nhiệm vụ"),
    ("V- ĐỀ XUẤT, KIẾN NGHỊ", "kiến nghị"),
)
_ROW = ("số thứ tự", "tên tiêu chí", "đơn vị tính", "số kỳ này", "số cùng kỳ", "phần trăm so cùng kỳ")
_HEADS = ("TT", "Tiêu chí", "Đvt", "Kỳ này", "{{ kỳ so sánh }}", "%")


def starter(day: date) -> bytes:
    """The file, in the Party's format in force on `day`; the same day gives the same bytes."""
    profile = profile_on(day)
    document = docx.Document()
    define_styles(document, profile)
    _page(document, profile, day)
    _head(document, profile)
    _title(document, profile)
    _results(document)
    document.add_paragraph("II- ĐÁNH GIÁ", style=PART)
    for heading, name in _ASSESSED:
        document.add_paragraph(heading, style=SECTION)
        _passages(document, name)
    for heading, name in _LAST:
        document.add_paragraph(heading, style=PART)
        _passages(document, name)
    _foot(document, profile)
    _annex(document)
    return stable_bytes(document)


def _page(document: Document, profile: Profile, day: date) -> None:
    page, section = profile.page, document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = Mm(page.number_from_top)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style, number.alignment = PLAIN, _CENTRE
    add_field(number, "PAGE")
    made = datetime.combine(day, time(), UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Mẫu báo cáo", "", ""
    properties.created = properties.modified = made


def _centred(cell: _Cell, text: str, size: int, *, caps: bool = False, bold: bool = False, first: bool = False) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.style, paragraph.alignment = PLAIN, _CENTRE
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.font.all_caps = Pt(size), bold, caps


def _head(document: Document, profile: Profile) -> None:
    sizes = profile.sizes
    table = document.add_table(rows=2, cols=2)
    fix_table(table, [twips(width) for width in _HEAD_MM], borders=False, cell_margin_twips=0)
    names, banner = table.rows[0].cells
    number, place = table.rows[1].cells
    _centred(names, "{{ cơ quan cấp trên }}", sizes.parent, caps=True, first=True)
    _centred(names, "{{ cơ quan ban hành }}", sizes.issuer, caps=True, bold=True)
    _centred(names, "*", sizes.issuer)
    _centred(banner, "{{ quốc hiệu hoặc tiêu đề }}", sizes.banner, bold=True, first=True)
    _rule(banner, profile)
    _centred(number, "{{ số và ký hiệu }}", sizes.number, first=True)
    _centred(place, "{{ địa danh và ngày }}", sizes.place_date, first=True)
    place.paragraphs[0].runs[0].italic = True


def _rule(cell: _Cell, profile: Profile) -> None:
    """As long as the banner of the profile: indents take up the rest of the column."""
    line = cell.add_paragraph(style=PLAIN)
    layout = line.paragraph_format
    length = Pt(profile.ruled_size) * profile.ruled_milli_em // 1000
    layout.left_indent = layout.right_indent = Emu((Mm(_HEAD_MM[1]) - length) // 2)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    add_rule(line)


def _title(document: Document, profile: Profile) -> None:
    for text, size in (
        ("{{ loại văn bản }}", profile.sizes.title),
        ("{{ trích yếu }}", profile.sizes.summary),
        ("-----", profile.sizes.summary),
    ):
        paragraph = document.add_paragraph(style=PLAIN)
        paragraph.alignment = _CENTRE
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), text != "-----"
    document.paragraphs[-3].paragraph_format.space_before = Pt(18)
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _lines(document: Document, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text)


def _results(document: Document) -> None:
    _lines(
        document,
        "{{ mỗi căn cứ }}{{ lời căn cứ }}{{ hết căn cứ }}",
        "{{ cơ quan ban hành }} báo cáo kết quả, kỳ số liệu: {{ kỳ báo cáo }}. {{ câu số đơn vị }}",
    )
    document.add_paragraph("I- KẾT QUẢ THỰC HIỆN", style=PART)
    _lines(document, "{{ mỗi mục }}")
    document.add_paragraph("{{ số mục }}. {{ tên mục }}", style=SECTION)
    _lines(
        document,
        "{{ nếu có câu }}",
        "{{ mỗi câu }}{{ lời câu }} {{ hết câu }}",
        "{{ hết câu }}",
        "{{ nếu có ghi chú }}",
        "{{ mỗi ghi chú }}{{ lời ghi chú }} {{ hết ghi chú }}",
        "{{ hết ghi chú }}",
        "{{ hết mục }}",
    )
    _lines(document, "{{ nếu có điển hình }}")
    document.add_paragraph("Điển hình", style=SECTION)
    _passages(document, "điển hình")
    _lines(document, "{{ hết điển hình }}")


def _passages(document: Document, name: str) -> None:
    _lines(
        document,
        f"{{{{ mỗi {name} }}}}",
        "- {{ câu trích }} ({{ nguồn câu trích }})",
        f"{{{{ hết {name} }}}}",
        f"{{{{ nếu không có {name} }}}}",
        EMPTY_PART,
        f"{{{{ hết {name} }}}}",
    )


def _foot(document: Document, profile: Profile) -> None:
    sizes = profile.sizes
    document.add_paragraph(style=PLAIN)
    table = document.add_table(rows=1, cols=2)
    fix_table(table, [twips(width) for width in _HEAD_MM], borders=False, cell_margin_twips=0)
    keep_row_whole(table.rows[0])
    left, right = table.rows[0].cells
    head = left.paragraphs[0]
    head.style = PLAIN
    head.add_run(profile.words.recipients_head).underline = True
    item = left.add_paragraph(style=PLAIN)
    item.add_run("{{ mỗi nơi nhận }}{{ tên nơi nhận }}").font.size = Pt(sizes.recipients)
    close = left.add_paragraph(style=PLAIN)
    close.add_run("{{ hết nơi nhận }}").font.size = Pt(sizes.recipients)
    _centred(right, "{{ thay mặt }}", sizes.signature, bold=True, first=True)
    _centred(right, "{{ chức vụ người ký }}", sizes.signature)
    for _ in range(profile.blank_signature_lines):
        _centred(right, "", sizes.signature)
    _centred(right, "{{ người ký }}", sizes.signature, bold=True)
    lookup = document.add_paragraph(style=PLAIN)
    lookup.paragraph_format.space_before = Pt(12)
    lookup.add_run("{{ nếu có địa chỉ tra cứu }}Tra cứu số liệu: {{ địa chỉ tra cứu }}{{ hết địa chỉ tra cứu }}")


def _annex(document: Document) -> None:
    for text, bold in (("PHỤ LỤC", True), ("Số liệu: {{ kỳ báo cáo }}, {{ phạm vi }}", True)):
        paragraph = document.add_paragraph(style=PLAIN)
        paragraph.alignment = _CENTRE
        paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.page_break_before = text == "PHỤ LỤC"
    paragraph.paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=5, cols=len(_ANNEX_MM))
    fix_table(table, [twips(width) for width in _ANNEX_MM], borders=True)
    head, opening, section, line, closing = (row.cells for row in table.rows)
    for cell, text in zip(head, _HEADS, strict=True):
        _small(cell, text, _CENTRE, bold=True)
    _small(opening[0], "{{ mỗi dòng phụ lục }}", _LEFT)
    _small(section[0], "{{ nếu có dòng đầu mục }}{{ số thứ tự }}", _CENTRE, bold=True)
    _small(section[1].merge(section[-1]), "{{ dòng đầu mục }}{{ hết dòng đầu mục }}", _LEFT, bold=True)
    texts = [f"{{{{ {name} }}}}" for name in _ROW]
    texts[0], texts[-1] = f"{{{{ nếu có dòng chỉ tiêu }}}}{texts[0]}", f"{texts[-1]}{{{{ hết dòng chỉ tiêu }}}}"
    for place, (cell, text) in enumerate(zip(line, texts, strict=True)):
        _small(cell, text, {0: _CENTRE, 1: _LEFT, 2: _CENTRE}.get(place, WD_ALIGN_PARAGRAPH.RIGHT))
    _small(closing[0], "{{ hết dòng phụ lục }}", _LEFT)
    for place, row in enumerate(table.rows):
        keep_row_whole(row, repeat=place == 0)


def _small(cell: _Cell, text: str, side: WD_ALIGN_PARAGRAPH, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = TABLE, side
    paragraph.add_run(text).bold = bold
