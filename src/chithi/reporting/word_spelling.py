"""Turns a finished Word document into an office's own spelling (`chithi.text.tone_places`).

The whole document alike, sentences of documents taken in too: they have become the office's own text, their link opens
them as they were written. The name of who signs stays: how a name is written is its bearer's affair.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from chithi.reporting.word_styles import SIGNED
from chithi.text.tone_places import spelled


def respell(document: Document, spelling: str) -> None:
    """Every text of body, headers and properties; addresses of links stay as they are."""
    if not spelling:
        return
    for section in document.sections:
        _texts(section.header._element, spelling)
    _texts(document.element.body, spelling)
    properties = document.core_properties
    for name in ("title", "author", "subject"):
        setattr(properties, name, spelled(getattr(properties, name), spelling))


def _texts(root: Any, spelling: str) -> None:
    for paragraph in root.iter(qn("w:p")):
        if paragraph.style == SIGNED:
            continue
        for text in paragraph.iter(qn("w:t")):
            text.text = spelled(text.text or "", spelling)
