"""How one quantity is printed in a Vietnamese report: digits, bounds, ranges, money and shares.

A printed quantity is a sequence of pieces: plain text and `Number`, the part that becomes a link to its
trace. Nothing is rounded except a share that the report itself computes (one decimal, half up), and that is
never rounded up to 100% or down to 0% when it is not so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from chithi.reporting.content import Bound, Kind


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number with the address of its trace ("" when it has none)."""

    text: str
    address: str = ""


Piece = str | Number
Pieces = tuple[Piece, ...]

BOUND_WORDS: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.AT_LEAST: "trên ",
    Bound.AT_MOST: "gần ",
    Bound.ABOUT: "khoảng ",
}

MISSING = "–"
_BILLION, _MILLION = Decimal(10**9), Decimal(10**6)
_MONEY_KINDS = frozenset({Kind.MONEY, Kind.INCOME})
_TWO_DIGIT_KINDS = frozenset({Kind.COUNT, Kind.WORKDAYS, Kind.DURATION, Kind.CHANGE})


def digits(value: Decimal) -> str:
    """Vietnamese digits, exact: "40.539", "98,1"; trailing zeros after the comma are dropped."""
    plain = f"{value.normalize() + 0:f}"
    whole, _, fraction = plain.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return ("-" if plain.startswith("-") else "") + grouped + (f",{fraction}" if fraction else "")


def count_digits(value: Decimal) -> str:
    """Digits of a count in running text, where offices write 1 to 9 as "01" to "09"."""
    single = value == value.to_integral_value() and 1 <= value <= 9
    return f"0{int(value)}" if single else digits(value)


def _money_scale(*values: Decimal) -> tuple[Decimal, str]:
    """The largest scale word in which all the amounts stay exact with at most two decimals."""
    largest = max(values)
    for scale, word in ((_BILLION, "tỷ đồng"), (_MILLION, "triệu đồng")):
        if largest >= scale and all(value % (scale / 100) == 0 for value in values):
            return scale, word
    return Decimal(1), "đồng"


def _ends(kind: Kind, noun: str, value: Decimal, value_max: Decimal | None) -> tuple[str, str, str]:
    """(lower, upper or "", written unit) of a quantity."""
    values = (value,) if value_max is None else (value, value_max)
    if kind in _MONEY_KINDS:
        scale, unit = _money_scale(*values)
        if kind is Kind.INCOME:
            unit += "/năm"
    else:
        scale, unit = Decimal(1), noun
    write = count_digits if kind in _TWO_DIGIT_KINDS and value_max is None else digits
    upper = "" if value_max is None else digits(value_max / scale)
    return write(value / scale), upper, unit


def amount(
    kind: Kind,
    noun: str,
    value: Decimal,
    value_max: Decimal | None = None,
    bound: Bound = Bound.EXACT,
    address: str = "",
) -> Pieces:
    """A quantity with its unit: "trên 12.440 việc", "từ 25 đến 30 triệu đồng/năm"."""
    lower, upper, unit = _ends(kind, noun, value, value_max)
    tail = f" {unit}" if unit else ""
    if upper:
        return ("từ ", Number(f"{lower} đến {upper}", address), tail)
    return (BOUND_WORDS[bound], Number(lower, address), tail)


def share_of(value: Decimal, total: Decimal) -> str | None:
    """The computed share "70,1%", or None when the base is zero (insufficient data, never 100%)."""
    if total == 0:
        return None
    exact = value * 100 / total
    for decimals in range(1, 5):
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        falsely_full = rounded == 100 and value != total
        falsely_none = rounded == 0 and value != 0
        if not falsely_full and not falsely_none:
            break
    return percent_text(rounded if value * 100 != rounded * total else rounded.normalize())


def percent_text(percent: Decimal) -> str:
    """A share as it stands, every stated decimal kept: "98,10%" stays "98,10%"."""
    return f"{percent:f}%".replace(".", ",")


def in_cell(kind: Kind, value: Decimal | None, value_max: Decimal | None, bound: Bound) -> str:
    """A number alone in a table cell, the unit standing in its own column; "–" when missing."""
    if value is None:
        return MISSING
    if value_max is not None:
        return f"{digits(value)}–{digits(value_max)}"
    return BOUND_WORDS[bound] + digits(value) if kind is not Kind.SHARE else percent_text(value)
