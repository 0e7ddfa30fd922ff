"""Owns the text of a Word document: paragraphs, tables, notes and text boxes, as a reader sees them, in their order.

Paragraphs end with a line end; cells of a row are parted by tabs. Deleted text of tracked changes, fields' codes and
the fallback copies of text boxes are left out. A note's text stands after the paragraph that refers to it.
Letters in fonts of the older encodings come out in Unicode.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS
from chithi.text.docx_fonts import Fonts
from chithi.text.docx_guard import DOCUMENT, MAX_PART
from chithi.text.legacy import from_runs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}delText",
        f"{_W}pPr",
        f"{_W}rPr",
        f"{_W}sectPr",
        f"{_MC}Fallback",
    }
)
STYLES = "word/styles.xml"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
MAX_DEPTH = 200


def text_of(data: bytes) -> str:
    """Text of the .docx `data`. Refused: `text.forbidden_xml`, `.not_a_document`, `.too_large`, `.too_deep`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = _part(archive, STYLES) if STYLES in archive.namelist() else None
        reader = _Reader(Fonts(styles))
        reader.notes = {**_notes(archive, "footnote", reader), **_notes(archive, "endnote", reader)}
        root = _part(archive, DOCUMENT)
    body = root.find(f"{_W}body")
    if body is None:
        raise Refused("text.not_a_document")
    lines: list[str] = []
    size = 0
    for line in reader.blocks(body, 0):
        lines.append(line)
        size += len(line) + 1
        if size > MAX_CHARACTERS:
            raise Refused("text.too_large", limit=MAX_CHARACTERS)
    return "\n".join(lines) + "\n"


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """A parsed part; the size is checked while unpacking, because a directory can lie."""
    with archive.open(name) as packed:
        data = packed.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Refused("text.too_large", limit=MAX_PART)
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise Refused("text.forbidden_xml", part=name) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise Refused("text.not_a_document", part=name) from problem


def _notes(archive: zipfile.ZipFile, kind: str, reader: _Reader) -> dict[str, str]:
    """Texts of foot- or endnotes by kind and id; separators have no id that is referred to."""
    name = f"word/{kind}s.xml"
    if name not in archive.namelist():
        return {}
    notes = {}
    for note in _part(archive, name).findall(f"{_W}{kind}"):
        text = " ".join(line for line in reader.blocks(note, 0) if line.strip())
        notes[f"{kind}:{note.get(f'{_W}id')}"] = text.strip()
    return notes


@dataclass
class _Paragraph:
    """What one paragraph holds: letters with their fonts, the notes it refers to, the lines of its boxes."""

    style: str
    runs: list[tuple[str, str]] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class _Reader:
    """Walks the body of a document; `notes` by kind and id."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.notes: dict[str, str] = {}

    def blocks(self, parent: Any, depth: int) -> Iterator[str]:
        """Lines of paragraphs and table rows below `parent`."""
        if depth > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                yield from self._rows(child, depth)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[str]:
        paragraph = _Paragraph(self.fonts.style_of(element))
        self._runs(element, paragraph, self.fonts.of_paragraph(paragraph.style), depth)
        yield from_runs(paragraph.runs)
        yield from paragraph.boxes
        yield from (self.notes[key] for key in paragraph.referred if self.notes.get(key))

    def _runs(self, parent: Any, into: _Paragraph, font: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Refused("text.too_deep", limit=MAX_DEPTH)
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{_W}t":
                into.runs.append((child.text or "", font))
            elif tag in _BREAKS:
                into.runs.append((_BREAKS[tag], font))
            elif tag == f"{_W}txbxContent":
                into.boxes.extend(self.blocks(child, depth + 1))
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                into.referred.append(f"{tag.removeprefix(_W).removesuffix('Reference')}:{child.get(f'{_W}id')}")
            else:
                inner = self.fonts.of_run(child, into.style) if tag == f"{_W}r" else font
                self._runs(child, into, inner, depth + 1)

    def _rows(self, table: Any, depth: int) -> Iterator[str]:
        """A row a line, its cells parted by tabs; a cell of several paragraphs is one cell."""
        for row in _direct(table, f"{_W}tr"):
            cells = []
            for cell in _direct(row, f"{_W}tc"):
                lines = (line.strip() for line in self.blocks(cell, depth + 1))
                cells.append(" ".join(line for line in lines if line))
            yield "\t".join(cells)


def _direct(parent: Any, tag: str) -> Iterator[Any]:
    """Children of one tag, also those wrapped in content controls or tracked insertions, not those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)
