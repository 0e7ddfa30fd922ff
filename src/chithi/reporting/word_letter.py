"""Writes a letter (công văn, tờ trình) as a Word file in the frame of the report it goes with."""

from __future__ import annotations

from docx.shared import Pt

from chithi.reporting.letter import Form, Letter
from chithi.reporting.ooxml import add_link, clean, stable_bytes
from chithi.reporting.word import begun, close_text
from chithi.reporting.word_frame import add_addressee, add_head, add_signature, add_title
from chithi.reporting.word_spelling import respell
from chithi.reporting.word_styles import FIGURE, PLAIN


def letter_bytes(letter: Letter) -> bytes:
    """The Word file; the same letter gives the same bytes."""
    profile, words = letter.profile, letter.profile.words
    document = begun(letter.header, f"{words.letter_lead}{letter.about}", "", profile)
    if letter.form is Form.SUBMISSION:
        add_head(document, letter.header, profile)
        add_title(document, "TỜ TRÌNH", f"{letter.about[:1].upper()}{letter.about[1:]}", profile)
    else:
        add_head(document, letter.header, profile, f"{words.letter_lead}{letter.about}")
    add_addressee(document, letter.to, words.submission_to if letter.form is Form.SUBMISSION else words.to, profile)
    for text in letter.paragraphs:
        document.add_paragraph(clean(text))
    close_text(document, profile)
    add_signature(document, letter.signatory, letter.recipients, profile)
    if letter.lookup:
        line = document.add_paragraph(style=PLAIN)
        line.paragraph_format.space_before = Pt(12)
        line.add_run("Tra cứu số liệu của báo cáo: ").italic = True
        add_link(line, letter.lookup, letter.lookup, FIGURE)
    respell(document, letter.spelling)
    return stable_bytes(document)
