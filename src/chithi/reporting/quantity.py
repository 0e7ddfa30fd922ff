"""How one quantity is printed in a Vietnamese report: digits, bounds, ranges, money and shares.

A printed quantity is a sequence of pieces: plain text and `Number`, the part that becomes a link to its
trace. Nothing is rounded except a share that the report itself computes (one decimal, half up), and that is
never rounded up to 100% or down to 0% when it is not so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chithi.core.numbers import MISSING, format_money, format_number, percent
from chithi.reporting.content import Bound, Kind


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number with the address of its trace ("" when it has none).

    `value` is the same number in its cell's own unit, None where the text alone says it ("–", "25–30", "<100");
    with `bound` it is what the text says, so that a workbook can hold a number where paper holds words.
    """

    text: str
    address: str = ""
    value: Decimal | None = field(default=None, compare=False)
    bound: Bound = field(default=Bound.EXACT, compare=False)


Piece = str | Number
Pieces = tuple[Piece, ...]

BOUND_WORDS: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.AT_LEAST: "trên ",
    Bound.AT_MOST: "gần ",
    Bound.ABOUT: "khoảng ",
}

MONEY_KINDS = frozenset({Kind.MONEY, Kind.INCOME})
_TWO_DIGIT_KINDS = frozenset({Kind.COUNT, Kind.WORKDAYS, Kind.DURATION, Kind.CHANGE})


def count_digits(value: Decimal) -> str:
    """Digits of a count in running text, where offices write 1 to 9 as "01" to "09"."""
    single = value == value.to_integral_value() and 1 <= value <= 9
    return f"0{int(value)}" if single else format_number(value)


def _money(*values: Decimal) -> tuple[tuple[str, ...], str]:
    """(digits of each value, unit they share): billions or millions only where all read well so."""
    written = [format_money(value).split(" ", 1) for value in values]
    units = {unit for _, unit in written}
    if len(units) == 1:
        return tuple(digits for digits, _ in written), units.pop()
    return tuple(format_number(value) for value in values), "đồng"


def amount(
    kind: Kind,
    noun: str,
    value: Decimal,
    value_max: Decimal | None = None,
    bound: Bound = Bound.EXACT,
    address: str = "",
) -> Pieces:
    """A quantity with its unit: "trên 12.440 việc", "từ 25 đến 30 triệu đồng/năm"."""
    values = (value,) if value_max is None else (value, value_max)
    if kind in MONEY_KINDS:
        written, unit = _money(*values)
        unit += "/năm" if kind is Kind.INCOME else ""
    else:
        two_digits = kind in _TWO_DIGIT_KINDS and value_max is None
        write = count_digits if two_digits else format_number
        written, unit = tuple(write(number) for number in values), noun
    opening = BOUND_WORDS[bound] if value_max is None else "từ "
    return (opening, Number(" đến ".join(written), address), f" {unit}" if unit else "")


def share_of(value: Decimal, total: Decimal) -> str | None:
    """The computed share "70,1%", with a second decimal where one would make it all or none.

    None where it cannot be told: the base is zero (insufficient data, never 100%), or two decimals are too few.
    """
    for decimals in (1, 2):
        share = percent(value, total, decimals)
        if share is None:
            return None
        falsely_full = share == 100 and value != total
        falsely_none = share == 0 and value != 0
        if not falsely_full and not falsely_none:
            exact = share * total == value * 100
            return percent_text(share) if exact else f"{format_number(share, decimals=decimals)}%"
    return None


def percent_text(stated: Decimal) -> str:
    """A share in full precision, without idle zeros: "98,1%"."""
    return f"{format_number(stated)}%"


def in_cell(value: Decimal | None, value_max: Decimal | None = None, bound: Bound = Bound.EXACT, scale: int = 1) -> str:
    """A number in a table cell in units of `scale`, the unit standing in its own column; "–" when missing."""
    if value is None:
        return MISSING
    if value_max is not None:
        return f"{format_number(value / scale)}–{format_number(value_max / scale)}"
    return BOUND_WORDS[bound] + format_number(value / scale)


def cell(
    value: Decimal | None,
    value_max: Decimal | None = None,
    bound: Bound = Bound.EXACT,
    scale: int = 1,
    address: str = "",
) -> Number:
    """`in_cell` with the number itself; a range has none."""
    alone = None if value is None or value_max is not None else value / scale
    return Number(in_cell(value, value_max, bound, scale), address, alone, bound)
