"""Owns the text of a PDF: lines in reading order joined into paragraphs, ruled tables as rows, photographs named.

pdfium gives the letters; the expensive search for cells runs only on pages with ruled lines, at most `MAX_TABLE_PAGES`
of them: beyond, rows of a table come out as plain lines and no letter is lost.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS
from chithi.text.pdf_lines import Line, paragraphs
from chithi.text.pdf_tables import Table, has_rules, tables_of

MAX_PAGES = 1_000
MAX_PAGE_CHARACTERS = 200_000
MAX_TABLE_PAGES = 150
_FEW_LETTERS = 8
_MOST_OF_PAGE = 0.5
_MOST_OBJECTS = 2_000
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—\s]*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_EDGE_GAP = 1.6
_UNNUMBERED = 5  # covers and tables of contents before the page that is numbered 1
_GAP = re.compile(r"(?<=\S) (?=\S)")
_WIDE_GAP = 1.6
_ENCRYPTED = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True)
class _Page:
    lines: list[Line]
    scanned: bool


def text_of(data: bytes) -> tuple[str, list[int]]:
    """(text, numbers of pages that are pictures of text). Refused: `text.encrypted`, `.not_a_document`,
    `.too_many_pages`, `.too_large`, `.scanned` where no page holds any letters.
    """
    document = _opened(data)
    try:
        count = len(document)
        if count == 0:
            raise Refused("text.not_a_document")
        if count > MAX_PAGES:
            raise Refused("text.too_many_pages", limit=MAX_PAGES, pages=count)
        pages = _pages(document, data, count)
    finally:
        document.close()
    scanned = [number for number, page in enumerate(pages, start=1) if page.scanned]
    if scanned and not any(page.lines for page in pages):
        raise Refused("text.scanned", pages=len(scanned))
    _drop_running_lines(pages)
    for number in scanned:
        pages[number - 1].lines.append(Line.apart(f"[Trang {number} là ảnh chụp, chưa đọc được chữ]"))
    found = paragraphs([page.lines for page in pages])
    return ("\n".join(found) + "\n" if found else ""), scanned


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        code = "encrypted" if getattr(problem, "err_code", None) == _ENCRYPTED else "not_a_document"
        raise Refused(f"text.{code}") from problem


def _pages(document: pypdfium2.PdfDocument, data: bytes, count: int) -> list[_Page]:
    pages: list[_Page] = []
    size = with_tables = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:  # a page that is lost is an empty one
            pages.append(_Page([], False))
            continue
        ruled = with_tables < MAX_TABLE_PAGES and has_rules(page)
        with_tables += ruled
        text_page = page.get_textpage()
        tables = tables_of(io.BytesIO(data), index, text_page) if ruled else []
        lines = _lines(text_page, tables)
        size += sum(len(line.text) for line in lines)
        if size > MAX_CHARACTERS:
            raise Refused("text.too_large", limit=MAX_CHARACTERS)
        letters = sum(len(line.text) for line in lines)
        pages.append(_Page(lines, letters < _FEW_LETTERS and _is_picture(page)))
        text_page.close()
        page.close()
    return pages


def _lines(text_page: pypdfium2.PdfTextpage, tables: Sequence[Table]) -> list[Line]:
    """The page's lines with their places; those inside a table give way to its rows."""
    if text_page.count_chars() > MAX_PAGE_CHARACTERS:
        raise Refused("text.too_large", limit=MAX_PAGE_CHARACTERS)
    text = text_page.get_text_range()
    lines: list[Line] = []
    waiting = list(tables)
    at = 0
    for raw in text.split("\r\n"):
        line = _placed(text_page, raw, at)
        at += _units(raw) + 2
        if line is None:
            continue
        inside = next((table for table in tables if table.holds(line)), None)
        if inside is None:
            lines.append(line)
        elif inside in waiting:
            waiting.remove(inside)
            lines.extend(Line.apart(row) for row in inside.rows)
    return lines


def _units(text: str) -> int:
    """UTF-16 units, in which pdfium counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _placed(text_page: pypdfium2.PdfTextpage, raw: str, at: int) -> Line | None:
    """A line with the box from its first letter to its last; None for a blank one."""
    kept = raw.strip()
    if not kept:
        return None
    first = at + _units(raw[: len(raw) - len(raw.lstrip())])
    last = first + _units(kept) - 1
    left = _box(text_page, first)
    right = _box(text_page, last) or left
    if left is None or right is None:
        return Line.apart(_readable(kept))
    height = max(left[3] - left[1], right[3] - right[1], 1.0)
    word = _box(text_page, first + _units(kept.split(None, 1)[0]) - 1) or left
    return Line(
        _readable(_with_tabs(text_page, kept, first, height)),
        left[0],
        right[2],
        min(left[1], right[1]),
        height,
        first=word[2] - left[0],
        ends_hyphenated=kept[-1] in "\ufffe\u0002",
    )


def _with_tabs(text_page: pypdfium2.PdfTextpage, kept: str, first: int, height: float) -> str:
    """Where the gap between two words is far wider than a justified line has it, columns are parted by it."""
    if not kept.isascii() and any(letter > "\uffff" for letter in kept):
        return kept
    letters = list(kept)
    for place in (found.start() for found in _GAP.finditer(kept)):
        before, after = _box(text_page, first + place - 1), _box(text_page, first + place + 1)
        if before and after and after[0] - before[2] > _WIDE_GAP * height:
            letters[place] = "\t"
    return "".join(letters)


def _box(text_page: pypdfium2.PdfTextpage, place: int) -> tuple[float, float, float, float] | None:
    """left, baseline, right, baseline and font size together, of the letter at a place of the text; in points."""
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, place)
    if index < 0:
        return None
    box = pdfium.FS_RECTF()
    x, baseline = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    if not (
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        and pdfium.FPDFText_GetCharOrigin(text_page, index, x, baseline)
        and pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    ):
        return None
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    return box.left, baseline.value, box.right, baseline.value + size


def _readable(text: str) -> str:
    """Without the marks pdfium puts for hyphens and for what it cannot name."""
    return text.rstrip("\ufffe\u0002").replace("\ufffe", "").replace("\u0002", "").replace("\x00", "")


def _drop_running_lines(pages: list[_Page]) -> None:
    """Page numbers, and heads and feet that stand on most pages, would cut paragraphs in two: they are left out.

    A line goes only where it stands apart from the text: nothing a report says may be lost.
    """
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({page.lines[place].text for place in (0, -1) if _stands_apart(page.lines, place)})
    often = max(3, len(pages) // 2 + 1)
    for number, page in enumerate(pages, start=1):
        for place in (0, -1):
            if not _stands_apart(page.lines, place):
                continue
            text = page.lines[place].text
            printed = _PAGE_NUMBER.fullmatch(text)
            if edges[text] >= often or (printed and abs(int(printed[1]) - number) <= _UNNUMBERED):
                del page.lines[place]


def _stands_apart(lines: Sequence[Line], place: int) -> bool:
    """Whether the first (0) or last (-1) line is further from its neighbour than lines of a paragraph are."""
    if len(lines) < 2 or lines[place].fixed:
        return False
    beside = lines[1 if place == 0 else -2]
    return not beside.fixed and abs(lines[place].bottom - beside.bottom) > _EDGE_GAP * beside.height


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover most of the page."""
    width, height = page.get_size()
    covered = 0.0
    for number, thing in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if number > _MOST_OBJECTS:
            break
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
    return bool(covered > _MOST_OF_PAGE * width * height)
