"""What people call a period, in Vietnamese and English. Wording only; the address is in `codes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from chithi.core.numbers import MONTHS_EN, format_date, is_english
from chithi.core.periods.windows import Kind, Period

_ROMAN = ("I", "II", "III", "IV")
_Names = Mapping[Kind, Callable[[Period], str]]


def label_of(period: Period, lang: str = "vi") -> str:
    """The name in a sentence or heading; a cut-off window names its days in brackets."""
    english = is_english(lang)
    name = (_LONG_EN if english else _LONG_VI)[period.kind](period)
    if period.profile.cut_day is None:
        return name
    window = f"{_day_month(period.first, english)}–{_day_month(period.last, english)}"
    return f"{name} (closed {window})" if english else f"{name} (chốt số {window})"


def short_label_of(period: Period, lang: str = "vi") -> str:
    """The name on an axis or in a narrow column; a cut-off window names its last day."""
    english = is_english(lang)
    name = (_SHORT_EN if english else _SHORT_VI)[period.kind](period)
    if period.profile.cut_day is None:
        return name
    return f"{name} · {'to' if english else 'chốt'} {_day_month(period.last, english)}"


def _day_month(day: date, english: bool) -> str:
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]}" if english else f"{day.day}/{day.month}"


def _range(period: Period, lang: str, joint: str) -> str:
    return f"{format_date(period.first, lang)}{joint}{format_date(period.last, lang)}"


_LONG_VI: _Names = {
    Kind.MONTH: lambda p: f"Tháng {p.index}/{p.year}",
    Kind.QUARTER: lambda p: f"Quý {_ROMAN[p.index - 1]}/{p.year}",
    Kind.HALF: lambda p: f"6 tháng {('đầu', 'cuối')[p.index - 1]} năm {p.year}",
    Kind.YEAR: lambda p: f"Năm {p.year}",
    Kind.TERM: lambda p: f"Nhiệm kỳ {p.first.year}–{p.last.year}",
    Kind.CAMPAIGN: lambda p: f"Đợt từ {_range(p, 'vi', ' đến ')}",
    Kind.SINCE: lambda p: f"Từ {_range(p, 'vi', ' đến ')}",
    Kind.AS_OF: lambda p: f"Tính đến {format_date(p.last, 'vi')}",
}
_LONG_EN: _Names = {
    Kind.MONTH: lambda p: f"{MONTHS_EN[p.index - 1]} {p.year}",
    Kind.QUARTER: lambda p: f"Quarter {_ROMAN[p.index - 1]} of {p.year}",
    Kind.HALF: lambda p: f"{('First', 'Second')[p.index - 1]} half of {p.year}",
    Kind.YEAR: lambda p: f"Year {p.year}",
    Kind.TERM: lambda p: f"Term {p.first.year}–{p.last.year}",
    Kind.CAMPAIGN: lambda p: f"Campaign from {_range(p, 'en', ' to ')}",
    Kind.SINCE: lambda p: f"From {_range(p, 'en', ' to ')}",
    Kind.AS_OF: lambda p: f"As of {format_date(p.last, 'en')}",
}
_SHORT_VI: _Names = {
    Kind.MONTH: lambda p: f"{p.index}/{p.year}",
    Kind.QUARTER: lambda p: f"Q.{_ROMAN[p.index - 1]}/{p.year}",
    Kind.HALF: lambda p: f"6T {('đầu', 'cuối')[p.index - 1]}/{p.year}",
    Kind.YEAR: lambda p: str(p.year),
    Kind.TERM: lambda p: f"NK {p.first.year}–{p.last.year}",
    Kind.CAMPAIGN: lambda p: _range(p, "vi", "–"),
    Kind.SINCE: lambda p: _range(p, "vi", "–"),
    Kind.AS_OF: lambda p: format_date(p.last, "vi"),
}
_SHORT_EN: _Names = {
    Kind.MONTH: lambda p: f"{MONTHS_EN[p.index - 1][:3]} {p.year}",
    Kind.QUARTER: lambda p: f"Q{p.index} {p.year}",
    Kind.HALF: lambda p: f"H{p.index} {p.year}",
    Kind.YEAR: lambda p: str(p.year),
    Kind.TERM: lambda p: f"Term {p.first.year}–{p.last.year}",
    Kind.CAMPAIGN: lambda p: _range(p, "en", " – "),
    Kind.SINCE: lambda p: _range(p, "en", " – "),
    Kind.AS_OF: lambda p: format_date(p.last, "en"),
}
