"""Owns what a written number means: grouping dots, decimal commas, and the shapes that mean nothing.

Rules (LANGUAGE 3): dot and exactly three digits group thousands; comma is the decimal sign; dot and one or two
digits is a decimal too (88.2%). A comma and three digits is a decimal before a large measure (43,168km; 1,125 tỷ);
elsewhere (12,500 hộ) it may be foreign grouping. What fits no rule is malformed: it is reported, never repaired.
So is what is too large or too fine to be kept exactly (`LARGEST`, `MAX_DECIMALS`, `MAX_DIGITS`): never rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?")
_COMMA = re.compile(r"[0-9]+,[0-9]+")
_DOT = re.compile(r"[0-9]+\.[0-9]{1,2}|0\.[0-9]+")
_FOREIGN = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
LARGEST = Decimal(10) ** 15
LARGEST_PERCENT = Decimal(10_000)
MAX_DECIMALS = 10
MAX_DIGITS = 15  # significant ones: what every database gives back digit for digit
_BEYOND = Decimal(10) ** 30
_LONGEST = 26


@dataclass(frozen=True, slots=True)
class Written:
    """A number as read: `value` None when malformed; `decimals` as written, for rounding intervals."""

    value: Decimal | None
    malformed: bool = False
    grouped: bool = False
    dotted: bool = False


def read_number(text: str, *, measured: bool = False) -> Written:
    """Read one written number; never fails. `measured` when a measure that is written with decimals follows."""
    written = _as_written(text, measured)
    return written if fits(written.value) else Written(None, malformed=True)


def fits(value: Decimal | None, largest: Decimal = LARGEST) -> bool:
    """Whether a number can be kept digit for digit; None can."""
    if value is None or value.is_zero():
        return value is None or _exponent(value) >= -MAX_DECIMALS
    if not value.is_finite() or abs(value) > largest:
        return False
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return False
    kept = len(digits)
    while digits[kept - 1] == 0:
        kept -= 1
    return kept <= MAX_DIGITS and exponent + len(digits) - kept >= -MAX_DECIMALS


def decimals(value: Decimal) -> int:
    """How many decimals a finite number is written with."""
    return max(0, -_exponent(value))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else -MAX_DECIMALS - 1


def scaled_up(scale: Decimal, by: Decimal) -> Decimal:
    """The product of two scale words, kept finite: a hostile row of them ends far above `LARGEST`."""
    return min(scale * by, _BEYOND)


def _as_written(text: str, measured: bool) -> Written:
    if len(text) > _LONGEST:
        return Written(None, malformed=True)
    if _PLAIN.fullmatch(text):
        return Written(Decimal(text))
    if _DOT.fullmatch(text):
        return Written(Decimal(text), dotted=True)
    if _GROUPED.fullmatch(text):
        return Written(Decimal(text.replace(".", "").replace(",", ".")), grouped=True)
    if _FOREIGN.fullmatch(text) and not (measured and text.count(",") == 1):
        return Written(None, malformed=True)
    if _COMMA.fullmatch(text):
        return Written(Decimal(text.replace(",", ".")))
    return Written(None, malformed=True)
