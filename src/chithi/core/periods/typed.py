"""A period as people write it: a code, or words such as “quý II/2013” and “từ 14/5/2011 đến 23/8/2013”.

Everything `labels` writes for windows, ranges and days is read back, with or without tone marks, in either language;
`as_typed` gives what to put into a field so that it is read back as the same period.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from chithi.core.errors import Refused
from chithi.core.numbers import MONTHS_EN
from chithi.core.periods.codes import parse
from chithi.core.periods.windows import Kind, Period, as_of, campaign, half, month, quarter, since, year

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"dau": 1, "cuoi": 2, "first": 1, "second": 2, "1": 1, "2": 2}
_MONTHS = {name[:3].lower(): place for place, name in enumerate(MONTHS_EN, 1)}
_DAY = r"(\d{1,2}(?:[/.]\d{1,2}[/.]| [a-z]{3,9} )\d{4})"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(?:nam |year )?(\d{4})"), lambda y: year(int(y))),
    (re.compile(r"(?:thang )?(\d{1,2})(?:/| nam )(\d{4})"), lambda m, y: month(int(y), int(m))),
    (re.compile(r"([a-z]{3,9}) (\d{4})"), lambda m, y: month(int(y), _MONTHS[m[:3]])),
    (
        re.compile(r"(?:quy |quarter |q\.? ?)(iv|i{1,3}|[1-4])(?: nam | of |/| )(\d{4})"),
        lambda q, y: quarter(int(y), _QUARTERS[q]),
    ),
    (re.compile(r"6 ?(?:thang|t) (dau|cuoi)(?: nam |/| )(\d{4})"), lambda h, y: half(int(y), _HALVES[h])),
    (re.compile(r"(first|second) half of (\d{4})"), lambda h, y: half(int(y), _HALVES[h])),
    (re.compile(r"h([12]) (\d{4})"), lambda h, y: half(int(y), _HALVES[h])),
    (
        re.compile(rf"(?:dot|campaign) (?:tu |from )?(?:ngay )?{_DAY}(?: ?- ?| den | to )(?:ngay )?{_DAY}"),
        lambda first, last: campaign(_day(first), _day(last)),
    ),
    (
        re.compile(rf"(?:tu |from )?(?:ngay )?{_DAY}(?: ?- ?| den | to )(?:ngay )?{_DAY}"),
        lambda first, last: since(_day(first), _day(last)),
    ),
    (re.compile(rf"(?:tinh den |as of )?(?:ngay )?{_DAY}"), lambda day: as_of(_day(day))),
)


def read_period(text: str) -> Period:
    """The period somebody typed; refuses with `periods.not_understood` what is neither a code nor a way to say one."""
    plain = _plain(text)
    for pattern, made in _PATTERNS:
        if match := pattern.fullmatch(plain):
            try:
                return made(*match.groups())
            except (Refused, ValueError, KeyError) as reason:
                raise _not_understood(text) from reason
    try:
        return parse(text.strip())
    except Refused as reason:
        raise _not_understood(text) from reason


def _not_understood(text: str) -> Refused:
    return Refused("periods.not_understood", text=text.strip()[:60])


def as_typed(period: Period, lang: str) -> str:
    """What stands in a field for this period: its name where that is read back as the same, else its code."""
    if period.kind == Kind.YEAR and period.profile.cut_day is None:
        return str(period.year)
    name = period.label(lang)
    try:
        return name if read_period(name) == period else period.code
    except Refused:
        return period.code


def _plain(text: str) -> str:
    """Small letters without marks, one blank between words, every dash a hyphen."""
    letters = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015]", "-", bare)).strip()


def _day(text: str) -> date:
    day, middle, of_year = re.split(r"[/. ]", text)
    return date(int(of_year), int(middle) if middle.isdigit() else _MONTHS[middle[:3]], int(day))
