"""How cells of our workbooks look and how one is written: text that stays text, a number, a formula, a way to a trace.

Numbers carry Vietnamese formats (1.234,5 wherever the programme heeds them) and keep "≥" in the format, so that they
remain numbers. What is missing is the text "–", never a zero.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chithi.core.numbers import MISSING
from chithi.reporting.content import Bound
from chithi.reporting.excel_sums import decimals_of, fits
from chithi.sheets.cells import is_armed, text
from chithi.text.tone_places import spelled

FONT = "Times New Roman"
MOST_LETTERS = 32_767
MOST_LINKS = 60_000
"""Links of one sheet; spreadsheets take 65.530."""
_LONGEST_ADDRESS = 2_000
_SIGNS = {Bound.EXACT: "", Bound.AT_LEAST: '"≥ "', Bound.AT_MOST: '"≤ "', Bound.ABOUT: '"≈ "'}


class Looks:
    """The formats of one workbook, each made once, and the spelling its words are written in."""

    def __init__(self, book: Any, spelling: str = "") -> None:
        self._book = book
        self.spelling = spelling
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **said: Any) -> Any:
        """A format with these properties besides the usual ones."""
        key = tuple(said.items())  # the order may give a second format of the same look; sorting costs more
        if key not in self._made:
            usual = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._book.add_format(usual | said)
        return self._made[key]

    def as_is(self) -> Looks:
        """The same for words that are not respelled: names of people."""
        plain = copy(self)
        plain.spelling = ""
        return plain


def pattern(value: Decimal, bound: Bound = Bound.EXACT, decimals: int | None = None) -> str:
    """The number format: thousands apart, the decimals the number has, "≥" for a lower bound, a little room after."""
    places = decimals_of(value) if decimals is None else decimals
    return f"{_SIGNS[bound]}[$-42A]#,##0" + ("." + "0" * places if places else "") + "_)"


@dataclass(frozen=True, slots=True)
class Written:
    """A number as a cell holds it: `value` None where the text alone says it; `formula` reckons the same value."""

    text: str = MISSING
    value: Decimal | None = None
    bound: Bound = Bound.EXACT
    formula: str = ""
    decimals: int | None = None
    address: str = ""


def put_text(sheet: Any, row: int, column: int, words: str, looks: Looks, **said: Any) -> None:
    """Words of anybody: never a formula, never a link of their own."""
    whole = text(words).encode("utf-8", "ignore").decode()  # half a letter cannot be written
    shown = spelled(whole, looks.spelling)[:MOST_LETTERS]
    if is_armed(words) or is_armed(shown):
        said = said | {"quote_prefix": True}
    sheet.write_string(row, column, shown, looks.of(**said))


def put_number(sheet: Any, row: int, column: int, number: Written, looks: Looks, **said: Any) -> None:
    """A number, a formula with its result, or the words that stand for one; at the right of its cell."""
    if number.address and len(number.address) <= _LONGEST_ADDRESS:
        sheet.write_url(row, column, number.address, looks.of(**said), "-")
    value = number.value
    if value is None or not fits(value):
        sheet.write_string(row, column, number.text, looks.of(**said, align="right"))
        return
    look = looks.of(**said, align="right", num_format=pattern(value, number.bound, number.decimals))
    if number.formula:
        sheet.write_formula(row, column, number.formula, look, value)
    else:
        sheet.write_number(row, column, value, look)


def merge(sheet: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Join cells that have been written or will be.

    Workbooks are written row by row to keep memory small; `merge_range` would write the rows below at once.
    """
    if first != last:
        sheet.merge.append([*first, *last])


def lines_of(words: str, letters: int) -> int:
    """How many lines words take in a column so many letters wide; not every programme makes room by itself."""
    return max(1, -(-len(words) // max(1, letters * 6 // 5)))  # a width counts digits, which are wider than letters
