"""The frame of an official Word document: head, title, recipients and signature."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from chithi.reporting.content import Header, Signatory
from chithi.reporting.formats import Page, Profile, number_line, place_and_date
from chithi.reporting.frame import printed_basis, printed_recipients
from chithi.reporting.ooxml import add_rule, clean, fix_table, keep_row_whole
from chithi.reporting.word_styles import PLAIN, SIGNED

_LEFT_MM = 68
_LONG_NAME = 20  # letters in capitals that the left column holds in one line, with room to spare
_SUMMARY_RULE_MM = 45
_ADDRESSEES_MM = 45
_TWIPS_PER_MM = 56.6929


def twips(millimetres: int) -> int:
    """Twentieths of a point."""
    return round(millimetres * _TWIPS_PER_MM)


def text_width(page: Page) -> int:
    """Millimetres between the margins."""
    return page.width - page.left - page.right


def add_head(document: Document, header: Header, profile: Profile, summary: str = "") -> None:
    """Organisations and number at the left; banner with its rule, place and date at the right.

    `summary` stands under the number where a document bears it there: a letter.
    """
    sizes = profile.sizes
    table = _two_columns(document, profile, rows=2)
    names, banner = table.rows[0].cells
    number, place = table.rows[1].cells
    if header.parent:
        _centred(names, _whole_end(header.parent.upper()), sizes.parent)
    issuer = _centred(names, _whole_end(header.issuer.upper()), sizes.issuer, bold=True, more=bool(header.parent))
    if profile.looks.stars:
        _centred(names, "*", sizes.issuer, more=True)
    else:
        _rule(issuer, names, Mm(_LEFT_MM) // 3)
    above = _centred(banner, profile.banner, sizes.banner, bold=True)
    if profile.motto:
        above = _centred(banner, profile.motto, sizes.motto, bold=True, more=True)
    _rule(above, banner, Pt(profile.ruled_size) * profile.ruled_milli_em // 1000, column=_right(profile))
    written = number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words)
    _centred(number, written, sizes.number)
    if summary:
        about = _centred(number, summary, sizes.letter_summary, more=True)
        about.runs[0].italic = profile.looks.letter_summary_slanted
    day = _centred(place, place_and_date(header.place, header.day), sizes.place_date)
    day.runs[0].italic = True


def add_title(document: Document, title: str, summary: str, profile: Profile) -> None:
    """BÁO CÁO, its summary and the short stroke below."""
    for text, size, before in ((title.upper(), profile.sizes.title, 18), (summary, profile.sizes.summary, 0)):
        paragraph = document.add_paragraph(style=PLAIN)
        _write(paragraph, text, size, bold=True)
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.keep_with_next = True
    if profile.looks.strokes:
        paragraph = document.add_paragraph(style=PLAIN)
        _write(paragraph, "-----", profile.sizes.summary, bold=False)
    else:
        paragraph = _ruled(document.add_paragraph(style=PLAIN), Mm(text_width(profile.page)), Mm(_SUMMARY_RULE_MM))
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(12)


def add_basis(document: Document, basis: Sequence[str], profile: Profile) -> None:
    """The grounds the document stands on, one a line."""
    for line in printed_basis(basis, profile.words):
        document.add_paragraph().add_run(clean(line)).italic = profile.looks.basis_slanted


def add_addressee(document: Document, to: Sequence[str], lead: str, profile: Profile) -> None:
    """ "Kính gửi: …": centred for one, else a list below."""
    size = profile.sizes.addressee
    several = len(to) > 1
    paragraph = document.add_paragraph(style=PLAIN)
    _write(paragraph, f"{lead}:" if several else f"{lead}: {''.join(to)}", size, bold=False)
    paragraph.paragraph_format.space_before = Pt(12)
    paragraph.paragraph_format.space_after = Pt(0 if several else 12)
    for place, one in enumerate(to if several else (), 1):
        item = document.add_paragraph(style=PLAIN)
        item.paragraph_format.left_indent = Mm(_ADDRESSEES_MM)
        item.add_run(f"- {clean(one)}{'.' if place == len(to) else profile.words.recipient_end}").font.size = Pt(size)
        item.paragraph_format.space_after = Pt(12 if place == len(to) else 0)


def add_signature(document: Document, signatory: Signatory, recipients: Sequence[str], profile: Profile) -> None:
    """Recipients at the left, the signatory at the right: on one page, and never without the end of the text."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(style=PLAIN).paragraph_format.keep_with_next = True
    table = _two_columns(document, profile, rows=1)
    left, right = table.rows[0].cells
    head = _line(left)
    run = head.add_run(profile.words.recipients_head)
    if profile.looks.recipients_head_underlined:
        run.underline = True
    else:
        run.bold = run.italic = True
    run.font.size = Pt(profile.sizes.recipients_head)
    for item in printed_recipients(recipients, profile.words):
        _line(left, more=True).add_run(clean(item)).font.size = Pt(profile.sizes.recipients)
    _signatory(right, signatory, profile)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def _signatory(cell: _Cell, signatory: Signatory, profile: Profile) -> None:
    size = profile.sizes.signature
    lines = [(line, True) for line in signatory.authority(profile.words)]
    lines += [(signatory.post.upper(), profile.looks.post_bold), *[("", False)] * profile.blank_signature_lines]
    for place, (text, bold) in enumerate(lines):
        _centred(cell, text, size, bold=bold, more=place > 0)
    name = _centred(cell, signatory.name or "", size, bold=True, more=True)
    name.style = SIGNED


def _two_columns(document: Document, profile: Profile, rows: int) -> Table:
    table: Table = document.add_table(rows=rows, cols=2)
    widths = [twips(_LEFT_MM), twips(text_width(profile.page) - _LEFT_MM)]
    fix_table(table, widths, borders=False, cell_margin_twips=0)
    for row in table.rows:
        keep_row_whole(row)
    return table


def _whole_end(name: str) -> str:
    """A name that needs two lines keeps its last two words together: never "TỈNH LÀO / CAI"."""
    head, _, last = name.rpartition(" ")
    return f"{head}\u00a0{last}" if len(name) > _LONG_NAME and head else name


def _right(profile: Profile) -> int:
    return Mm(text_width(profile.page) - _LEFT_MM)


def _rule(above: Paragraph, cell: _Cell, length: int, column: int = Mm(_LEFT_MM)) -> None:
    """A rule of this length in the middle of the column, under the paragraph."""
    above.paragraph_format.space_after = Pt(0)
    _ruled(_line(cell, more=True), column, length)


def _ruled(paragraph: Paragraph, column: int, length: int) -> Paragraph:
    """The paragraph becomes the rule: indents take up the rest of the column."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Emu((column - length) // 2)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(4)
    layout.space_before = Pt(2)
    add_rule(paragraph)
    return paragraph


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
