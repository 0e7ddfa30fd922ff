"""When a cell of a workbook may hold a formula: only where a spreadsheet gives exactly the number that we print.

Spreadsheets reckon in binary floating point and round halves up. A quotient is taken for safe where rounding the
binary result and rounding it at the fifteen digits that a spreadsheet keeps both give the exact answer. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from chithi.sheets.cells import column_name

EXACT_BELOW = Decimal(10) ** 15
"""Beyond it a workbook holds no whole number exactly."""


def at(row: int, column: int, *, still: bool = False) -> str:
    """The name of a cell, counted from 0; `still`: its column does not move when the formula is copied."""
    return f"{'$' if still else ''}{column_name(column)}{row + 1}"


def fits(value: Decimal) -> bool:
    """Whether a workbook holds the number exactly enough to show every digit of it."""
    digits = value.normalize().as_tuple()
    return abs(value) < EXACT_BELOW and len(digits.digits) <= 15


def is_share(shown: Decimal, part: Decimal | None, whole: Decimal | None, decimals: int) -> bool:
    """Whether ROUND(100*part/whole, decimals) is `shown`, exactly and as spreadsheets reckon it."""
    if part is None or not whole or not fits(part) or not fits(whole):
        return False
    quantum = Decimal(1).scaleb(-decimals)
    exact = (part * 100 / whole).quantize(quantum, ROUND_HALF_UP)
    binary = 100 * float(part) / float(whole)
    seen = {Decimal(text).quantize(quantum, ROUND_HALF_UP) for text in (repr(binary), f"{binary:.15g}")}
    return exact == shown and seen == {exact}


def decimals_of(value: Decimal) -> int:
    """How many decimals a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def share(part: str, whole: str, decimals: int) -> str:
    """The formula of a percentage."""
    return f"=ROUND(100*{part}/{whole},{decimals})"


def is_sum(shown: Decimal | None, parts: Iterable[Decimal | None]) -> bool:
    """Whether the parts, all of them there, add up to exactly what is shown."""
    listed = list(parts)
    given = [part for part in listed if part is not None]
    if shown is None or not listed or len(given) != len(listed) or not all(map(fits, [shown, *given])):
        return False
    return sum(given) == shown and sum(map(float, given)) == float(shown)
