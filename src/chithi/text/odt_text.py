"""Owns the text of an OpenDocument text: paragraphs, tables, notes and text boxes in their order.

What tracked changes deleted, comments and notes' numbers are left out; a note's text stands after its paragraph.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from chithi.core.archive import Size, Suspicious, check_archive
from chithi.core.errors import Refused
from chithi.text.docx_guard import MAX_PART, MAX_UNPACKED
from chithi.text.legacy import encoding_of_font
from chithi.text.line_builder import MAX_DEPTH, Lines

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = f"{{{_SPACE}text:1.0}}", f"{{{_SPACE}table:1.0}}"
_OFFICE, _DRAW = f"{{{_SPACE}office:1.0}}", f"{{{_SPACE}drawing:1.0}}"
_STYLE, _FO = f"{{{_SPACE}style:1.0}}", f"{{{_SPACE}xsl-fo-compatible:1.0}}"
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_TEXT}note-citation",
        f"{_TEXT}sequence-decls",
    )
)
_PARAGRAPHS = frozenset((f"{_TEXT}p", f"{_TEXT}h"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_BLANK = re.compile(r"[ \t\r\n]+")
_MOST_SPACES, _MOST_CELLS = 100, 50


def check_odt(data: bytes) -> None:
    """By the directory alone: `text.not_a_document`, `.too_large`, `.zip_bomb`, `.encrypted`, `.strange_path`."""
    try:
        names = check_archive(data, Size(MAX_UNPACKED, MAX_PART))
    except Suspicious as problem:
        code = "not_a_document" if problem.why == "broken" else problem.why
        raise Refused(f"text.{code}", **problem.facts) from problem
    if CONTENT not in names:
        raise Refused("text.not_a_document")


def text_of(data: bytes) -> str:
    """Text of the .odt `data`. Refused: `text.encrypted`, `.forbidden_xml`, `.not_a_document`, `.too_deep`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if MANIFEST in names and b"encryption-data" in _bytes(archive, MANIFEST):
            raise Refused("text.encrypted")
        root = _part(archive, CONTENT)
        styles = _part(archive, STYLES) if STYLES in names else None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Refused("text.not_a_document")
    reader = _Reader(_old_fonts(styles, root))
    reader.walk(body, "", 0)
    return reader.lines.whole()


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        data = packed.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Refused("text.too_large", limit=MAX_PART)
    return data


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        return fromstring(_bytes(archive, name), forbid_dtd=True)
    except DefusedXmlException as problem:
        raise Refused("text.forbidden_xml", part=name) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise Refused("text.not_a_document", part=name) from problem


def _old_fonts(*roots: Any | None) -> dict[str, str]:
    """Style name -> its font, of every style: empty for a modern font; a style that names none has its parent's."""
    fonts: dict[str, str] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in () if root is None else root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name") or ""
            shown = style.find(f"{_STYLE}text-properties")
            font = None if shown is None else shown.get(f"{_STYLE}font-name") or shown.get(f"{_FO}font-family")
            if font is not None:
                font = font.strip("'\" ")
                fonts[name] = font if encoding_of_font(font) else ""
            parents[name] = style.get(f"{_STYLE}parent-style-name") or ""
    for name in parents:
        above = name
        for _ in range(20):
            if above in fonts or above not in parents:
                break
            above = parents[above]
        if above in fonts:
            fonts.setdefault(name, fonts[above])
    return fonts


class _Reader:
    """Walks the body; the font of a run is that of the innermost style that names one."""

    def __init__(self, fonts: dict[str, str]) -> None:
        self.lines = Lines()
        self._fonts = fonts
        self._after: list[Any] = []  # notes and boxes of the present paragraph

    def walk(self, parent: Any, font: str, depth: int) -> None:
        """Blocks below `parent`."""
        if depth > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            if child.tag in _PARAGRAPHS:
                self._paragraph(child, font, depth)
            elif child.tag == f"{_TABLE}table-row":
                self.lines.open_row()
                self.walk(child, font, depth + 1)
                self.lines.close_row()
            elif child.tag in _CELLS:
                for _ in range(_number(child, f"{_TABLE}number-columns-repeated", _MOST_CELLS)):
                    self.lines.open_cell()
                self.walk(child, font, depth + 1)
            else:
                self.walk(child, font, depth + 1)

    def _paragraph(self, paragraph: Any, font: str, depth: int) -> None:
        outer, self._after = self._after, []
        self._inline(paragraph, font, depth)
        self.lines.end_line(blank=True)
        waiting, self._after = self._after, outer
        for apart in waiting:
            self.walk(apart, font, depth + 1)

    def _inline(self, parent: Any, font: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        font = self._fonts.get(parent.get(f"{_TEXT}style-name") or "", font)
        self._letters(parent.text, font)
        for child in parent:
            if child.tag == f"{_TEXT}s":
                self.lines.text(" " * _number(child, f"{_TEXT}c", _MOST_SPACES), font)
            elif child.tag == f"{_TEXT}tab":
                self.lines.text("\t", font)
            elif child.tag == f"{_TEXT}line-break":
                self.lines.text("\n", font)
            elif child.tag == f"{_TEXT}note" or child.tag.startswith(_DRAW):
                self._after.append(child)
            elif child.tag not in _SKIPPED:
                self._inline(child, font, depth + 1)
            self._letters(child.tail, font)

    def _letters(self, letters: str | None, font: str) -> None:
        if letters:
            self.lines.text(_BLANK.sub(" ", letters), font)


def _number(element: Any, attribute: str, most: int) -> int:
    value = element.get(attribute) or "1"
    return min(int(value), most) if value.isascii() and value.isdigit() else 1
