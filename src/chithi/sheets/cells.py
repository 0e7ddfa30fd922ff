"""Owns how the value of a cell is written, and how a cell is called. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_LINE_ENDS = re.compile("\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ARMED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_EXACT = 10**15  # beyond it a workbook holds no whole number exactly


def shown(value: object, *, percent: bool = False) -> str:
    """A value as a person sees it: "05/06/2024", "07:30", "12", "12,5", "94,2%", "TRUE"; words as they stand."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _percent(value) if percent else _number(value)
    if isinstance(value, datetime):
        day = _day(value.date())
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return "" if value is None else text(str(value))


def text(value: str) -> str:
    """Without control characters and outer spaces, with one kind of line end."""
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", value)).strip()


def is_armed(value: str) -> bool:
    """Whether a spreadsheet that opens this text in separated values might take it for a formula."""
    return _ARMED.match(value) is not None


def disarmed(value: str) -> str:
    """The text with an apostrophe before it where it is armed; one that has such apostrophes gets one more."""
    return f"'{value}" if is_armed(value) else value


def rearmed(value: str) -> str:
    """The inverse of `disarmed`."""
    return value[1:] if value.startswith("'") and is_armed(value[1:]) else value


def column_name(at: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _number(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}".replace(".", ",")


def _percent(value: float) -> str:
    """A share as the cell shows it, with all its decimals: 0.942 is 94,2%."""
    share = (Decimal(f"{value:.12g}") * 100).normalize()
    return f"{share:f}".replace(".", ",") + "%"
