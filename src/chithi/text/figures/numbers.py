"""Owns what a written number means: grouping dots, decimal commas, and the shapes that mean nothing.

Rules (LANGUAGE 3): dot and exactly three digits group thousands; comma is the decimal sign; dot and one or two
digits is a decimal too (88.2%). A comma and three digits is a decimal before a large measure (43,168km; 1,125 tỷ);
elsewhere (12,500 hộ) it may be foreign grouping. What fits no rule is malformed: it is reported, never repaired.
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
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Written:
    """A number as read: `value` None when malformed; `decimals` as written, for rounding intervals."""

    value: Decimal | None
    malformed: bool = False
    grouped: bool = False
    dotted: bool = False


def read_number(text: str, *, measured: bool = False) -> Written:
    """Read one written number; never fails. `measured` when a measure that is written with decimals follows."""
    if len(text) > MAX_DIGITS + 8:
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
