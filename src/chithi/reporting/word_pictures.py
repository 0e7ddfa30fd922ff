"""Pictures in Word: the drawing of the page in black ink, its caption, what it says for screen readers, its source."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chithi.charts.paper import letters_in, png, svg
from chithi.reporting.content import Picture
from chithi.reporting.formats import Profile
from chithi.reporting.ooxml import add_link, clean
from chithi.reporting.word_styles import FIGURE, PLAIN
from chithi.text.tone_places import spelled


def add_pictures(document: Document, pictures: Sequence[Picture], profile: Profile, spelling: str = "") -> None:
    """Each as wide as the text, with "Hình 1. …" below it and a link to its numbers; never parted from its caption.

    What stands inside a picture is written in the office's `spelling` here; the text around it is respelled later.
    """
    for position, picture in enumerate(pictures, 1):
        _add(document, picture, position, profile, spelling)


def _add(document: Document, picture: Picture, position: int, profile: Profile, spelling: str) -> None:
    page = profile.page
    paragraph = document.add_paragraph(style=PLAIN)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)
    drawn = io.BytesIO(png(spelled(svg(picture.drawn), spelling), letters_in(settings.LETTERS)))
    shape = paragraph.add_run().add_picture(drawn, width=Mm(page.width - page.left - page.right))
    caption = clean(picture.title(position))
    properties: Any = shape._inline.docPr
    properties.set("name", f"Hình {position}")
    properties.set("title", spelled(caption, spelling))
    properties.set("descr", spelled(clean(picture.drawn.said), spelling))
    if picture.address.startswith(("http://", "https://")):
        link = OxmlElement("a:hlinkClick")
        key = paragraph.part.relate_to(picture.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), key)
        properties.append(link)
    below = document.add_paragraph(style=PLAIN)
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    below.paragraph_format.keep_together = True
    below.paragraph_format.space_after = Pt(8)
    below.add_run(f"{caption}. ").italic = True
    below.add_run(clean(picture.drawn.said))
    if picture.address:
        below.add_run(" Nguồn: ")
        add_link(below, "số liệu của hình", picture.address, FIGURE)
        below.add_run(".")
