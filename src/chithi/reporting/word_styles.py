"""The styles of a generated Word file: one font, black, body text as the profile says."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from chithi.reporting.formats import Profile
from chithi.reporting.ooxml import element, set_fonts

PLAIN = "PlainLine"  # names without spaces are their own ids, so that `set_style` need not search for them
TABLE = "TableLine"
SIGNED = "SignedName"
PART = "Heading 1"
SECTION = "Heading 2"
FIGURE = "FigureLink"
BLACK = RGBColor(0, 0, 0)


def define_styles(document: Document, profile: Profile) -> None:
    """Body text becomes `Normal`; headings keep their built-in names so that Word shows an outline."""
    _default_language(document, profile)
    styles = document.styles
    body = styles["Normal"]
    _letters(body, profile, profile.sizes.body)
    _spacing(body, profile)
    body.paragraph_format.first_line_indent = Mm(profile.body.first_line_mm)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.widow_control = True
    for name in (PART, SECTION):
        heading = styles[name]
        _letters(heading, profile, profile.sizes.body, bold=True)
        _spacing(heading, profile)
        heading.paragraph_format.space_before = Pt(profile.body.after_pt)
        heading.paragraph_format.keep_with_next = True
    for name, size in ((PLAIN, profile.sizes.body), (TABLE, profile.sizes.table), (SIGNED, profile.sizes.signature)):
        line = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        line.base_style = body
        _letters(line, profile, size)
        line.paragraph_format.first_line_indent = Mm(0)
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        line.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _figure_style(document)


def _letters(style: Any, profile: Profile, size: int, *, bold: bool = False) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = BLACK
    set_fonts(style.element.get_or_add_rPr(), profile.font)


def _spacing(style: Any, profile: Profile) -> None:
    layout = style.paragraph_format
    layout.space_before = Pt(0)
    layout.space_after = Pt(profile.body.after_pt)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(profile.body.line_pt)


def _figure_style(document: Document) -> None:
    """A number that opens its trace: black, underlined with grey dots, calm in print."""
    style = document.styles.add_style(FIGURE, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = BLACK
    properties = style.element.get_or_add_rPr()
    properties.append(element("w:u", val="dotted", color="808080"))


def _default_language(document: Document, profile: Profile) -> None:
    """Spelling in the language of the profile, the font of the profile under everything."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(defaults, profile.font)
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=profile.language, eastAsia=profile.language, bidi="ar-SA"))
