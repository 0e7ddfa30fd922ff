"""Owns dates in texts: the date of the document, and the period that a figure speaks of.

Codes: "2012"; "2011..2016" (years); "2020-Q3"; "2013-H1"; "2017-06"; "..2013-08-23" (as of a day);
"2011-05-15..2013-05-15" (the years carried out, up to the date of the document). None when it cannot be resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chithi.text.sentences import Span

HEAD = 2_500
LEAD = 500
_LETTER = re.compile(r"ngày\s+([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+((?:19|20)[0-9]{2})", re.IGNORECASE)
_STAMP = re.compile(
    r"(?<![0-9])([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|20)[0-9]{2})(?=[^0-9]{1,9}[0-9]{1,2}[:h][0-9]{2})"
)
_LEAD = re.compile(
    r"(?:^|[\n.]\s*|\)\s*-\s*)(?:[^\n.]{0,40}\b)?(?:sáng|chiều|tối|ngày|"
    r"trưa)(?: ngày)?\s+([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]((?:19|20)[0-9]{2}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"năm\s+((?:19|20)[0-9]{2})", re.IGNORECASE)
_CUES = re.compile(
    r"(?<![\w])(?:"
    r"(?P<now>(?:tính )?đến nay|hiện nay|đến thời điểm này|tính đến thời điểm này)"
    r"|giai đoạn\s+(?P<first>(?:19|20)[0-9]{2})\s*[-–]\s*(?P<last>(?:19|20)[0-9]{2})"
    r"|nhiệm kỳ\s+(?P<tfirst>(?:19|20)[0-9]{2})\s*[-–]\s*(?P<tlast>(?:19|20)[0-9]{2})"
    r"|quý\s+(?P<quarter>I{1,3}|IV|[1-4])\s*(?:/|năm)?\s*(?P<qyear>(?:19|20)[0-9]{2})"
    r"|(?:6|sáu) tháng đầu năm\s+(?P<half>(?:19|20)[0-9]{2})"
    r"|tháng\s+(?P<month>[0-9]{1,2})\s*(?:/|năm)\s*(?P<myear>(?:19|20)[0-9]{2})"
    r"|(?:đến hết|cuối|hết)\s+năm\s+(?P<end>(?:19|20)[0-9]{2})"
    r"|(?:trong |đầu |từ đầu |riêng |của )?năm\s+(?P<year>(?:19|20)[0-9]{2})"
    r"|(?:qua|sau|trong)\s+(?:hơn |gần |tròn )?(?P<years>[0-9]{1,2})\s+năm"
    r")(?![\w])",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?:so với|ngày|kể từ|khóa|nghị quyết|chuyên đề|từ|tháng [0-9]{1,2})\s*$", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


class Period(NamedTuple):
    """A period as written, where it was written, and its code."""

    start: int
    words: str
    code: str | None


def document_date(text: str) -> date | None:
    """The date of the document: of the letter-head, the time stamp of a page, or the lead of the news."""
    head = text[:HEAD]
    for pattern in (_LETTER, _STAMP):
        found = pattern.search(head)
        if found and (day := _day(*found.groups())):
            return day
    for found in _LEAD.finditer(head[:LEAD]):
        year = found.group(3)
        if year is None:
            end = head.find("\n", found.end())
            near = _YEAR.search(head, found.end(), end if end > 0 else len(head))
            year = near.group(1) if near else None
        if year and (day := _day(found.group(1), found.group(2), year)):
            return day
    return None


def periods_of(text: str, spans: Sequence[Span], doc_date: date | None) -> list[list[Period]]:
    """For each sentence the periods it names, the one carried over from its paragraph first; linear."""
    out: list[list[Period]] = []
    carried: Period | None = None
    for span in spans:
        if span.opens_line:
            carried = None
        named = [carried] if carried else []
        for found in _CUES.finditer(text, span.start, span.end):
            if not _NOT_BEFORE.search(text[max(span.start, found.start() - 16) : found.start()]):
                named.append(_period(found, doc_date))
        if named:
            carried = named[-1]._replace(start=-1)
        out.append(named)
    return out


def period_at(named: Sequence[Period], start: int) -> Period | None:
    """The last period named before `start`, else the one named right after it."""
    place = bisect_right(named, start, key=lambda period: period.start)
    if place:
        return named[place - 1]
    return named[0] if named and named[0].start - start < 120 else None


def _period(found: re.Match[str], doc_date: date | None) -> Period:
    parts = {name: value for name, value in found.groupdict().items() if value}
    return Period(found.start(), found.group(), _code(parts, doc_date))


def _code(parts: dict[str, str], doc_date: date | None) -> str | None:
    if "now" in parts:
        return f"..{doc_date.isoformat()}" if doc_date else None
    if "years" in parts:
        if doc_date is None:
            return None
        first = _years_before(doc_date, int(parts["years"]))
        return f"{first.isoformat()}..{doc_date.isoformat()}"
    if "quarter" in parts:
        number = _QUARTERS.get(parts["quarter"].upper()) or int(parts["quarter"])
        return f"{parts['qyear']}-Q{number}"
    if "month" in parts:
        return f"{parts['myear']}-{int(parts['month']):02d}" if 1 <= int(parts["month"]) <= 12 else None
    if "half" in parts:
        return f"{parts['half']}-H1"
    if "end" in parts:
        return f"..{parts['end']}-12-31"
    first_year, last_year = parts.get("first") or parts.get("tfirst"), parts.get("last") or parts.get("tlast")
    if first_year and last_year:
        return f"{first_year}..{last_year}"
    return parts.get("year")


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
