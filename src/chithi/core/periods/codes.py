"""The lasting address of a period: `code_of` writes it, `parse` reads it; each is the other's inverse.

    code     = window [ "@" DD ] | first ".." last | "=" day
             | "term:" first ".." last | "campaign:" first ".." last
    window   = YYYY | YYYY "-" MM | YYYY "-Q" 1..4 | YYYY "-H" 1..2
    first, last, day = YYYY "-" MM "-" DD

"@15" names the cut-off profile whose windows open on the 15th (see `windows`). Examples: `2013`,
`2013-06`, `2013-Q1@15`, `2011-05-14..2013-08-23` (since a start, to date), `=2013-06-30` (as of),
`term:2010-10-01..2015-09-30`, `campaign:2012-10-01..2013-09-23`.

Codes use ASCII digits and letters and `- . = : @` only, which RFC 3986 (3.3, pchar) allows in a path
segment as they are. A code is never a whole link by itself: begin the link with "/".
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from chithi.core.errors import Refused
from chithi.core.periods.windows import Kind, Period, Profile, standard

CODE_PATTERN = r"[0-9A-Za-z=:.@\-]{4,40}"
"""What a path converter should let through to `parse`; wider than the grammar, never narrower."""

_DAY = r"(\d{4}-\d{2}-\d{2})"
_WINDOW = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?(?:@(\d{2}))?", re.ASCII)
_RANGE = re.compile(rf"(term:|campaign:|){_DAY}\.\.{_DAY}", re.ASCII)
_AS_OF = re.compile(rf"={_DAY}", re.ASCII)

_LETTER = {Kind.QUARTER: "Q", Kind.HALF: "H"}
_PREFIX = {Kind.TERM: "term:", Kind.CAMPAIGN: "campaign:", Kind.SINCE: ""}
_KIND_OF_PREFIX = {prefix: kind for kind, prefix in _PREFIX.items()}


def code_of(period: Period) -> str:
    if period.kind == Kind.AS_OF:
        return f"={period.last.isoformat()}"
    if period.kind in _PREFIX:
        return f"{_PREFIX[period.kind]}{period.first.isoformat()}..{period.last.isoformat()}"
    text = f"{period.year:04d}"
    if period.kind == Kind.MONTH:
        text += f"-{period.index:02d}"
    elif period.kind in _LETTER:
        text += f"-{_LETTER[period.kind]}{period.index}"
    cut = period.profile.cut_day
    return text if cut is None else f"{text}@{cut:02d}"


@lru_cache(maxsize=4096)
def parse(code: str) -> Period:
    """The period a code names; refuses anything else with `periods.unreadable` (text cut to 60 letters)."""
    try:
        found = _window(code) or _range(code) or _as_of(code)
    except (Refused, ValueError) as reason:
        raise _unreadable(code) from reason
    if found is None:
        raise _unreadable(code)
    return found


def _unreadable(code: str) -> Refused:
    return Refused("periods.unreadable", text=code[:60])


def _window(code: str) -> Period | None:
    match = _WINDOW.fullmatch(code)
    if match is None:
        return None
    of_year, month_index, quarter_index, half_index, cut = match.groups()
    profile = Profile(int(cut)) if cut else Profile.CALENDAR
    if month_index:
        return standard(Kind.MONTH, int(of_year), int(month_index), profile)
    if quarter_index:
        return standard(Kind.QUARTER, int(of_year), int(quarter_index), profile)
    if half_index:
        return standard(Kind.HALF, int(of_year), int(half_index), profile)
    return standard(Kind.YEAR, int(of_year), 1, profile)


def _range(code: str) -> Period | None:
    match = _RANGE.fullmatch(code)
    if match is None:
        return None
    prefix, first, last = match.groups()
    return Period(_KIND_OF_PREFIX[prefix], date.fromisoformat(first), date.fromisoformat(last))


def _as_of(code: str) -> Period | None:
    match = _AS_OF.fullmatch(code)
    if match is None:
        return None
    day = date.fromisoformat(match.group(1))
    return Period(Kind.AS_OF, day, day)
