"""The frame of an official Word document: head, title, recipients and signature."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from chithi.reporting.content import Mode, ReportContent
from chithi.reporting.formats import Page, Profile, number_line, place_and_date
from chithi.reporting.ooxml import add_rule, clean, fix_table, keep_row_whole
from chithi.reporting.word_styles import PLAIN

_LEFT_MM = 68
_TWIPS_PER_MM = 56.6929


def twips(millimetres: int) -> int:
    """Twentieths of a point."""
    return round(millimetres * _TWIPS_PER_MM)


def text_width(page: Page) -> int:
    """Millimetres between the margins."""
    return page.width - page.left - page.right


def add_head(document: Document, content: ReportContent, profile: Profile) -> None:
    """Organisations and number at the left; banner with its rule, place and date at the right."""
    header, sizes = content.header, profile.sizes
    table = _two_columns(document, profile, rows=2)
    names, banner = table.rows[0].cells
    number, place = table.rows[1].cells
    if header.parent:
        _centred(names, header.parent.upper(), sizes.parent)
        _centred(names, header.issuer.upper(), sizes.issuer, bold=True, more=True)
    else:
        _centred(names, header.issuer.upper(), sizes.issuer, bold=True)
    _centred(names, "*", sizes.issuer, more=True)
    _centred(banner, profile.banner, sizes.banner, bold=True)
    _rule(banner, profile)
    _centred(number, number_line(header.number, header.kind_symbol, header.issuer_symbol), sizes.number)
    written = _centred(place, place_and_date(header.place, header.day), sizes.place_date)
    written.runs[0].italic = True


def add_title(document: Document, content: ReportContent, profile: Profile) -> None:
    """BÁO CÁO, its summary and the short stroke below."""
    for text, size, before in (
        (content.title.upper(), profile.sizes.title, 18),
        (content.summary, profile.sizes.summary, 0),
        (profile.below_summary, profile.sizes.summary, 0),
    ):
        paragraph = document.add_paragraph(style=PLAIN)
        _write(paragraph, text, size, bold=text != profile.below_summary)
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(12)


def add_signature(document: Document, content: ReportContent, profile: Profile) -> None:
    """Recipients at the left, the signatory at the right, kept on one page."""
    document.add_paragraph(style=PLAIN)
    table = _two_columns(document, profile, rows=1)
    recipients, signature = table.rows[0].cells
    head = _line(recipients)
    run = head.add_run(profile.recipients_head)
    run.underline = True
    run.font.size = Pt(profile.sizes.recipients_head)
    for item in content.recipients:
        if not item.startswith("Lưu "):  # the profile says how the archive's copy is named
            _recipient(recipients, f"- {item.rstrip(' .,;')}{profile.recipient_end}", profile)
    _recipient(recipients, f"- {profile.archive}", profile)
    _signatory(signature, content, profile)
    for paragraph in (*recipients.paragraphs, *signature.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def _signatory(cell: _Cell, content: ReportContent, profile: Profile) -> None:
    signatory, size = content.signatory, profile.sizes.signature
    on_behalf = f"{signatory.mode.value} {signatory.body}".strip().upper()
    more = False
    if signatory.mode is not Mode.DIRECT or signatory.body:
        _centred(cell, on_behalf, size, bold=True)
        more = True
    _centred(cell, signatory.post.upper(), size, more=more)
    for _ in range(profile.blank_signature_lines):
        _centred(cell, "", size, more=True)
    _centred(cell, signatory.name or "", size, bold=True, more=True)


def _recipient(cell: _Cell, text: str, profile: Profile) -> None:
    _line(cell, more=True).add_run(clean(text)).font.size = Pt(profile.sizes.recipients)


def _two_columns(document: Document, profile: Profile, rows: int) -> Table:
    table: Table = document.add_table(rows=rows, cols=2)
    widths = [twips(_LEFT_MM), twips(text_width(profile.page) - _LEFT_MM)]
    fix_table(table, widths, borders=False, cell_margin_twips=0)
    for row in table.rows:
        keep_row_whole(row)
    return table


def _rule(cell: _Cell, profile: Profile) -> None:
    """The rule under the banner, exactly as long as the banner: indents take up the rest of the column."""
    paragraph = _line(cell, more=True)
    column = Mm(text_width(profile.page) - _LEFT_MM)
    banner = Pt(profile.sizes.banner) * profile.banner_milli_em // 1000
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Emu((column - banner) // 2)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(4)
    add_rule(paragraph)


def _line(cell: _Cell, *, more: bool = False) -> Paragraph:
    """The first paragraph of the cell, or `more` of them."""
    paragraph: Paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.style = PLAIN
    return paragraph


def _centred(cell: _Cell, text: str, size: int, *, bold: bool = False, more: bool = False) -> Paragraph:
    paragraph = _line(cell, more=more)
    _write(paragraph, text, size, bold=bold)
    return paragraph


def _write(paragraph: Paragraph, text: str, size: int, *, bold: bool) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(size)
    run.bold = bold
