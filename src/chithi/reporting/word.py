"""Writes a report as a Word file in the format of Party documents in force on its date.

The frame (head, signature, page numbers) follows the profile of `formats`; the body has the customary five
parts. Each number is a link to its trace, drawn quietly so that the page prints calm. The same content gives
the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import BinaryIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt

from chithi.reporting.content import Header, Passage, PassageClass, ReportContent
from chithi.reporting.formats import Profile
from chithi.reporting.ooxml import add_field, add_link, clean, stable_bytes, write_to
from chithi.reporting.phrases import EMPTY_PART, LAST_PARTS
from chithi.reporting.word_annex import add_annex
from chithi.reporting.word_frame import add_basis, add_head, add_signature, add_title
from chithi.reporting.word_pictures import add_pictures
from chithi.reporting.word_spelling import respell
from chithi.reporting.word_styles import FIGURE, PART, PLAIN, SECTION, define_styles
from chithi.reporting.wording import Sentence, completeness_sentence, section_texts


def write_docx(content: ReportContent, target: str | Path | BinaryIO, profile: Profile | None = None) -> None:
    """Write the report to a path or an open binary file, in `profile` or the one in force on its date."""
    write_to(docx_bytes(content, profile), target)


def docx_bytes(content: ReportContent, profile: Profile | None = None) -> bytes:
    """The Word file of the report as bytes."""
    profile = profile or content.profile
    document = begun(content.header, f"{content.title}: {content.summary}", content.period_label, profile)
    add_head(document, content.header, profile)
    add_title(document, content.title, content.summary, profile)
    add_basis(document, content.basis, profile)
    _opening(document, content)
    _results(document, content, profile)
    add_pictures(document, content.pictures, profile, content.spelling)
    _assessment(document, content, profile)
    for numeral, heading, kind, _anchor in LAST_PARTS:
        document.add_paragraph(f"{numeral}{profile.words.part_sign} {heading}", style=PART)
        _passages(document, content.passages_of(kind))
    close_text(document, profile)
    add_signature(document, content.signatory, content.recipients, profile)
    if content.lookup:
        line = document.add_paragraph(style=PLAIN)
        line.paragraph_format.space_before = Pt(12)
        line.add_run("Tra cứu số liệu: ").italic = True
        add_link(line, content.lookup, content.lookup, FIGURE)
    add_annex(document, content, profile)
    respell(document, content.spelling)
    return stable_bytes(document)


def begun(header: Header, title: str, subject: str, profile: Profile) -> Document:
    """An empty document with its styles, page and properties."""
    document: Document = docx.Document()
    _properties(document, header, title, subject, profile)
    define_styles(document, profile)
    _page(document, profile)
    return document


def close_text(document: Document, profile: Profile) -> None:
    """The text ends as the profile says: with a full stop, or "./."."""
    last = document.paragraphs[-1]
    ending = profile.words.ending
    if last.text == EMPTY_PART and ending == ".":
        return
    if not last.text.rstrip().endswith(ending):
        last.add_run(ending.removeprefix(".") if last.text.rstrip().endswith(".") else ending)


def _properties(document: Document, header: Header, title: str, subject: str, profile: Profile) -> None:
    """Title, author and dates from the content alone; the template's preview picture is dropped."""
    properties = document.core_properties
    written = datetime.combine(header.day, time(), UTC)
    properties.title = clean(title)[:255]
    properties.author = clean(header.issuer)[:255]
    properties.subject = clean(subject)[:255]
    properties.comments = ""
    properties.last_modified_by = ""
    properties.language = profile.language
    properties.created = properties.modified = written
    package_links = document.part.package.rels
    for key in [key for key, link in package_links.items() if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package_links[key]


def _page(document: Document, profile: Profile) -> None:
    """A4 with the margins of the profile and the page number at the top centre, none on the first page."""
    page, section = profile.page, document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = Mm(page.number_from_top)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = PLAIN
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    for run in number.runs:
        run.font.size = Pt(profile.sizes.page_number)


def _opening(document: Document, content: ReportContent) -> None:
    """Who reports what, for which period, and on how many units the figures rest."""
    about = content.summary[:1].lower() + content.summary[1:]
    period = content.period_label[:1].lower() + content.period_label[1:]
    text = f"{content.header.issuer} báo cáo {about}; kỳ số liệu: {period}"
    resting = completeness_sentence(content)
    _say(document, *(found for found in (Sentence((f"{text}.",)), resting) if found))


def _results(document: Document, content: ReportContent, profile: Profile) -> None:
    document.add_paragraph(f"I{profile.words.part_sign} KẾT QUẢ THỰC HIỆN", style=PART)
    sections = section_texts(content)
    for position, section in enumerate(sections, 1):
        document.add_paragraph(f"{position}. {section.heading}", style=SECTION)
        _say(document, *(sentence for sentence in section.sentences if not sentence.remark))
        _say(document, *(sentence for sentence in section.sentences if sentence.remark))
    models = content.passages_of(PassageClass.MODELS)
    if models:
        document.add_paragraph(f"{len(sections) + 1}. Điển hình nêu trong báo cáo của đơn vị", style=SECTION)
    if models or not sections:
        _passages(document, models)


def _assessment(document: Document, content: ReportContent, profile: Profile) -> None:
    document.add_paragraph(f"II{profile.words.part_sign} ĐÁNH GIÁ", style=PART)
    for heading, halves in (
        (
            "1. Ưu điểm và nguyên nhân",
            (("a) Ưu điểm", PassageClass.RESULTS), ("b) Nguyên nhân", PassageClass.CAUSES_OF_MERITS)),
        ),
        (
            "2. Hạn chế và nguyên nhân",
            (
                ("a) Hạn chế", PassageClass.LIMITATIONS),
                ("b) Nguyên nhân", PassageClass.CAUSES_OF_LIMITATIONS),
            ),
        ),
    ):
        document.add_paragraph(heading, style=SECTION)
        for half, kind in halves:
            line = document.add_paragraph()
            line.paragraph_format.keep_with_next = True
            line.add_run(half).italic = True
            _passages(document, content.passages_of(kind))


def _passages(document: Document, passages: tuple[Passage, ...]) -> None:
    """Sentences of documents taken in, each with its source; an empty part says so to the drafter."""
    if not passages:
        document.add_paragraph().add_run(EMPTY_PART).italic = True
    for passage in passages:
        paragraph = document.add_paragraph(f"- {clean(passage.text)}")
        if passage.address or passage.document:
            paragraph.add_run(" (")
            add_link(paragraph, passage.document or "nguồn", passage.address, FIGURE)
            paragraph.add_run(")")


def _say(document: Document, *sentences: Sentence) -> None:
    """One paragraph of sentences, every number a link; no sentences make no paragraph."""
    if not sentences:
        return
    paragraph = document.add_paragraph()
    for position, sentence in enumerate(sentences):
        if position:
            paragraph.add_run(" ")
        after_number = False
        for piece in sentence.parts:
            if isinstance(piece, str):
                paragraph.add_run(_held(clean(piece)) if after_number else clean(piece))
            else:
                add_link(paragraph, piece.text, piece.address, FIGURE)
            after_number = not isinstance(piece, str)


def _held(text: str) -> str:
    """What follows a number stays on its line: "500.000 đồng" never breaks in two."""
    return "\u00a0" + text[1:] if text.startswith(" ") else text
