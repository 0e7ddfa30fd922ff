"""Owns what the parser does not tell of an .xlsx: which cells hold errors, and which are written as percentages.

Runs in the child only. One pass over the cells of each sheet, and that only where the sheet has such cells at all.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from defusedxml.ElementTree import fromstring

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_WHERE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_ERROR = re.compile(rb"<(?:\w+:)?v>(#[A-Z0-9/!?_]{2,20})</")
_PERCENT_FORMATS = {9, 10}  # built into every workbook: 0% and 0.00%
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Marks:
    """Of one sheet, by row counted from 0: columns written as percentages; columns with errors and their names."""

    percents: dict[int, set[int]] = field(default_factory=dict)
    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def marks_of(data: bytes) -> dict[str, Marks]:
    """By name of sheet; nothing for what is no .xlsx, or has its parts in unusual places."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return {}
            percents = _percent_styles(archive)
            return {name: _marks(archive.read(part), percents) for name, part in _parts(archive)}
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        return {}


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Names of sheets with the parts that hold them."""
    relations = {
        one.get("Id"): posixpath.normpath(posixpath.join("xl", one.get("Target", "")).lstrip("/"))
        for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = [one for one in fromstring(archive.read("xl/workbook.xml")).iter() if _tag(one) == "sheet"]
    there = set(archive.namelist())
    found = [(one.get("name", ""), relations.get(one.get(_RELATION), "")) for one in sheets]
    return [(name, part) for name, part in found if part in there]


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    """Indices of the cell styles that write percentages."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    root = fromstring(archive.read("xl/styles.xml"))
    own = {one.get("numFmtId", "") for one in root.iter() if _tag(one) == "numFmt" and "%" in one.get("formatCode", "")}
    formats = {str(one) for one in _PERCENT_FORMATS} | own
    cells = next((one for one in root if _tag(one) == "cellXfs"), ())
    return {str(at).encode() for at, one in enumerate(cells) if one.get("numFmtId") in formats}


def _tag(element: object) -> str:
    return str(getattr(element, "tag", "")).rpartition("}")[2]


def _marks(xml: bytes, percents: set[bytes]) -> Marks:
    marks = Marks()
    any_percent = any(b's="' + style + b'"' in xml for style in percents)
    if not any_percent and b't="e"' not in xml:
        return marks
    for found in _CELL.finditer(xml):
        where = _WHERE.search(found[1])
        if where is None or found[2]:
            continue
        row, column = int(where[2]) - 1, _column(where[1])
        style = _STYLE.search(found[1]) if any_percent else None
        if style is not None and style[1] in percents:
            marks.percents.setdefault(row, set()).add(column)
        if b't="e"' in found[1]:
            name = _ERROR.search(xml, found.end(), found.end() + 8_000)
            marks.errors.setdefault(row, []).append((column, name[1].decode() if name else "#N/A"))
    return marks


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1
