"""Owns the ruled tables of a PDF page: whether there may be one, and its rows with tabs between the cells."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from chithi.text.pdf_lines import Line

if TYPE_CHECKING:
    from pdfplumber.table import Table as Found

_THIN = 3.0  # points: a path thinner than that is a rule
_FEWEST_RULES = 6  # a table of two rows and two columns has six
_MOST_PATHS = 5_000  # a drawing, not a table
_EDGE = 2.0


@dataclass(frozen=True)
class Table:
    """A table of at least two rows and columns; its box in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[str, ...]

    def holds(self, line: Line) -> bool:
        """Whether the line stands inside."""
        middle = line.bottom + line.height / 2
        return (
            not line.fixed
            and self.bottom - _EDGE <= middle <= self.top + _EDGE
            and self.left - _EDGE <= line.left
            and line.right <= self.right + _EDGE
        )


def has_rules(page: pypdfium2.PdfPage) -> bool:
    """Whether there are both upright and level rules enough for a table; cheap."""
    level = upright = 0
    for number, path in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > _MOST_PATHS:
            return False
        left, bottom, right, top = path.get_bounds()
        width, height = right - left, top - bottom
        if height <= _THIN < width:
            level += 1
        elif width <= _THIN < height:
            upright += 1
        elif width > _THIN and height > _THIN and pdfium.FPDFPath_CountSegments(path) >= 4:
            level, upright = level + 2, upright + 2  # a box, or several rules in one stroke
    return level >= 2 and upright >= 2 and level + upright >= _FEWEST_RULES


def tables_of(data: BytesIO, index: int, text_page: pypdfium2.PdfTextpage) -> list[Table]:
    """The tables of one page (counted from 0), from top to bottom. A page that cannot be searched has none."""
    import pdfplumber  # slow to import, and most files have no ruled table

    try:
        with pdfplumber.open(data, pages=[index + 1]) as document:
            page = document.pages[0]
            if len(page.edges) > _MOST_PATHS:
                return []
            upper = page.bbox[3] + page.bbox[1]
            found = page.find_tables()
            return [
                table
                for table in (_read(each, float(upper), text_page) for each in found)
                if len(table.rows) > 1 and any("\t" in row for row in table.rows)
            ]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return []  # the search reads the file by itself and stumbles over other things than pdfium does


def _read(found: Found, upper: float, text_page: pypdfium2.PdfTextpage) -> Table:
    rows = []
    for row in found.rows:
        cells = [
            "" if cell is None else _cell(text_page, cell[0], upper - cell[3], cell[2], upper - cell[1])
            for cell in row.cells
        ]
        if any(cells):
            rows.append("\t".join(cells))
    left, top, right, bottom = found.bbox
    return Table(left, upper - bottom, right, upper - top, tuple(rows))


def _cell(text_page: pypdfium2.PdfTextpage, left: float, bottom: float, right: float, top: float) -> str:
    inside = text_page.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
    return " ".join(inside.replace("\ufffe", "").replace("\u0002", "").split())
