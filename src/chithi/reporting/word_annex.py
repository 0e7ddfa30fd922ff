"""Draws the annex table of a report in a section of its own, landscape where it is wide."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from chithi.reporting.annex import Row, What, formulas, heads, is_wide, notes, rows
from chithi.reporting.content import ReportContent
from chithi.reporting.formats import Profile, number_line
from chithi.reporting.ooxml import add_link, clean, fix_table, keep_row_whole, set_style
from chithi.reporting.quantity import Number
from chithi.reporting.word_frame import twips
from chithi.reporting.word_styles import FIGURE, PLAIN, TABLE

_PORTRAIT_MM = (12, 58, 24, 25, 25, 21)
_LANDSCAPE_MM = (14, 118, 34, 32, 32, 22)
_CENTRE, _RIGHT, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def add_annex(document: Document, content: ReportContent, profile: Profile) -> None:
    """Append the annex; a report without lines has none."""
    listed = rows(content)
    if not listed:
        return
    wide = is_wide(listed)
    _section(document, profile, wide=wide)
    _head(document, content, profile)
    table = document.add_table(rows=2 + len(listed), cols=len(heads(content)))
    fix_table(table, [twips(width) for width in _widths(len(content.columns), wide=wide)], borders=True)
    _draw(table, content, listed)
    for note in notes(content):
        document.add_paragraph(style=PLAIN).add_run(clean(note)).italic = True


def _widths(groups: int, *, wide: bool) -> tuple[int, ...]:
    """Millimetres of each column; the names give way to the columns of groups."""
    if not groups:
        return _LANDSCAPE_MM if wide else _PORTRAIT_MM
    position, name, unit, now, before, ratio = _LANDSCAPE_MM[0], 0, 26, 26, 26, 21
    left = sum(_LANDSCAPE_MM) - position - unit - now - before - ratio
    each = min(28, (left - 54) // groups)
    name = left - each * groups
    return (position, name, unit, now, before, ratio, *(each,) * groups)


def _section(document: Document, profile: Profile, *, wide: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _take_no_line(document)
    section.different_first_page_header_footer = False
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(profile.page.height), Mm(profile.page.width)


def _take_no_line(document: Document) -> None:
    """The break stands in the last line of the text: a line of its own may not fit and would make an empty page."""
    holder: Any = document.paragraphs[-1]._p
    before = holder.getprevious()
    if before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr()._insert_sectPr(holder.pPr.sectPr)
        holder.getparent().remove(holder)
        return
    layout = document.paragraphs[-1].paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    layout.space_before = layout.space_after = Pt(0)


def _head(document: Document, content: ReportContent, profile: Profile) -> None:
    header = content.header
    number = number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words).replace("Số:", "Số")
    day = f"{header.day.day}/{header.day.month}/{header.day.year}"
    title = content.title[:1].upper() + content.title[1:].lower()
    number = number[:1].lower() + number[1:]
    for text, bold in (
        ("PHỤ LỤC", True),
        (f"Số liệu: {content.period_label}, {content.scope}", True),
        (f"(Kèm theo {title} {number}, ngày {day} của {header.issuer})", False),
    ):
        paragraph = document.add_paragraph(style=PLAIN)
        paragraph.alignment = _CENTRE
        run = paragraph.add_run(clean(text))
        run.bold, run.italic = bold, not bold
        paragraph.paragraph_format.keep_with_next = True
    if content.lookup:
        paragraph = document.add_paragraph(style=PLAIN)
        paragraph.alignment = _CENTRE
        paragraph.add_run("Tra cứu số liệu: ").italic = True
        add_link(paragraph, content.lookup, content.lookup, FIGURE)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True


def _draw(table: Table, content: ReportContent, listed: tuple[Row, ...]) -> None:
    grid = table._cells  # read once: python-docx walks the whole table at every `row.cells`
    width = len(heads(content))
    for place, texts in enumerate((heads(content), formulas(content))):
        for cell, text in zip(grid[place * width : (place + 1) * width], texts, strict=True):
            _text(cell, text, _CENTRE, bold=place == 0, italic=place == 1)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    below = [row.level == 2 for row in (*listed[1:], Row(1, "", ""))]
    for place, (row, more) in enumerate(zip(listed, below, strict=True), 2):
        cells = grid[place * width : (place + 1) * width]
        _fill(cells, row)
        if more and (row.level == 1 or row.what is What.BASE):  # a number never parts from its base and share
            for cell in cells[:2]:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    for place, table_row in enumerate(table.rows):
        keep_row_whole(table_row, repeat=place < 2)


def _fill(cells: list[_Cell], row: Row) -> None:
    bold = row.level == 0
    _text(cells[0], row.position, _CENTRE, bold=bold)
    _text(cells[1], row.name, _LEFT, bold=bold, italic=row.level == 2)
    if row.level == 2:
        cells[1].paragraphs[0].paragraph_format.left_indent = Mm(4)
    if row.level == 0:
        for cell in cells[:2]:  # a section never parts from its first indicator
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        _span(cells[1], len(cells) - 1)
        return
    _text(cells[2], row.unit, _CENTRE)
    for cell, number in zip(cells[3:], row.cells, strict=True):
        _number(cell, number)


def _span(cell: _Cell, columns: int) -> None:
    """Let the cell reach over the `columns` that begin with it; the cells it covers go."""
    row: Any = cell._tc.getparent()
    for covered in list(cell._tc.itersiblings())[: columns - 1]:
        row.remove(covered)
    cell._tc.grid_span = columns


def _text(cell: _Cell, text: str, side: WD_ALIGN_PARAGRAPH, *, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    set_style(paragraph, TABLE)
    paragraph.alignment = side
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic


def _number(cell: _Cell, number: Number) -> None:
    paragraph = cell.paragraphs[0]
    set_style(paragraph, TABLE)
    paragraph.alignment = _RIGHT
    add_link(paragraph, number.text, number.address, FIGURE)
