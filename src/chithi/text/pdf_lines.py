"""Owns how printed lines become paragraphs again: by where they end, how far apart they stand, and what opens them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LIST_MARK = re.compile(r"(?:[-–*•+]\s|[0-9]{1,2}(?:\.[0-9]{1,2})*\s*[.)]\s|[a-zđ]\)|[IVXL]+\s*[.)]\s|\(\d)")
_APART = 2.0  # in font sizes: more between two baselines is a gap
_INDENT = 8.0  # points
_LOOSE = 2.0  # points: a word that would have fitted with so much room to spare shows that the paragraph ended
_SPACE = 0.22  # of a font's height


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: left, right, bottom and the height of its letters, the width of its first word, in points.

    `fixed` ones join no other.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    first: float = 0.0
    fixed: bool = False
    ends_hyphenated: bool = False

    @classmethod
    def apart(cls, text: str) -> Line:
        """A line without a place: a row of a table, a remark."""
        return cls(text, 0.0, 0.0, 0.0, 1.0, fixed=True)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of all pages; one may run on over the end of a page."""
    found: list[str] = []
    for before, line, margin in _walk(pages):
        if before is not None and _runs_on(before, line, margin):
            found[-1] += ("" if before.ends_hyphenated else " ") + line.text
        else:
            found.append(line.text)
    return found


def _walk(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Line | None, Line, tuple[float, float]]]:
    """Each line with the one before it and the (left, right) margins of its page."""
    before: Line | None = None
    margin = (0.0, 0.0)
    for page in pages:
        placed = [line for line in page if not line.fixed]
        own = _margins(placed)
        for number, line in enumerate(page):
            yield before, line, margin if number == 0 and before is not None else own
            before = line
        margin = own


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most long lines begin, and where the longest end."""
    if not lines:
        return 0.0, 0.0
    right = max(line.right for line in lines)
    return min(line.left for line in lines), right


def _runs_on(before: Line, line: Line, margin: tuple[float, float]) -> bool:
    if before.fixed or line.fixed or "\t" in before.text or "\t" in line.text:
        return False
    if before.ends_hyphenated:
        return True
    if before.right + line.first + _SPACE * max(before.height, line.height) + _LOOSE < margin[1]:
        return False  # its next word would have fitted: the paragraph ended here
    fall = before.bottom - line.bottom
    if fall > 0 and fall > _APART * max(before.height, line.height):
        return False
    if _LIST_MARK.match(line.text):
        return False
    return not (line.left > before.left + _INDENT and before.text[-1] in ".;:!?…")
