"""Owns the text of a Word document: paragraphs, tables, notes and text boxes, as a reader sees them, in their order.

Paragraphs end with a line end; cells of a row are parted by tabs. Deleted text of tracked changes, fields' codes and
the fallback copies of text boxes are left out. A note's text stands after the paragraph that refers to it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS
from chithi.text.docx_guard import DOCUMENT, MAX_PART

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
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
MAX_DEPTH = 200


def text_of(data: bytes) -> str:
    """Text of the .docx `data`. Refused: `text.forbidden_xml`, `.not_a_document`, `.too_large`, `.too_deep`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = {**_notes(archive, "footnote"), **_notes(archive, "endnote")}
        root = _part(archive, DOCUMENT)
    body = root.find(f"{_W}body")
    if body is None:
        raise Refused("text.not_a_document")
    lines: list[str] = []
    size = 0
    for line in _blocks(body, notes, 0):
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


def _notes(archive: zipfile.ZipFile, kind: str) -> dict[str, str]:
    """Texts of foot- or endnotes by kind and id; separators have no id that is referred to."""
    name = f"word/{kind}s.xml"
    if name not in archive.namelist():
        return {}
    notes = {}
    for note in _part(archive, name).findall(f"{_W}{kind}"):
        text = " ".join(line for line in _blocks(note, {}, 0) if line.strip())
        notes[f"{kind}:{note.get(f'{_W}id')}"] = text.strip()
    return notes


def _blocks(parent: Any, notes: dict[str, str], depth: int) -> Iterator[str]:
    """Lines of paragraphs and table rows below `parent`."""
    if depth > MAX_DEPTH:
        raise Refused("text.too_deep", limit=MAX_DEPTH)
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, notes, depth)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, notes, depth)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, notes, depth + 1)


def _paragraph(paragraph: Any, notes: dict[str, str], depth: int) -> Iterator[str]:
    pieces: list[str] = []
    referred: list[str] = []
    boxes: list[str] = []
    _runs(paragraph, pieces, referred, boxes, notes, depth)
    yield "".join(pieces)
    yield from boxes
    yield from (notes[key] for key in referred if notes.get(key))


def _runs(
    parent: Any, pieces: list[str], referred: list[str], boxes: list[str], notes: dict[str, str], depth: int
) -> None:
    if depth > MAX_DEPTH:
        raise Refused("text.too_deep", limit=MAX_DEPTH)
    for child in parent:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            pieces.append(_BREAKS[tag])
        elif tag == f"{_W}txbxContent":
            boxes.extend(_blocks(child, notes, depth + 1))
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            referred.append(f"{tag.removeprefix(_W).removesuffix('Reference')}:{child.get(f'{_W}id')}")
        else:
            _runs(child, pieces, referred, boxes, notes, depth + 1)


def _direct(parent: Any, tag: str) -> Iterator[Any]:
    """Children of one tag, also those wrapped in content controls or tracked insertions, not those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)


def _rows(table: Any, notes: dict[str, str], depth: int) -> Iterator[str]:
    """A row a line, its cells parted by tabs; a cell of several paragraphs is one cell."""
    for row in _direct(table, f"{_W}tr"):
        cells = []
        for cell in _direct(row, f"{_W}tc"):
            lines = (line.strip() for line in _blocks(cell, notes, depth + 1))
            cells.append(" ".join(line for line in lines if line))
        yield "\t".join(cells)
