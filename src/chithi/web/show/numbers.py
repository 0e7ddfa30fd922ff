"""A number as a door: its text, what it is made of in one line, share bar, change, trend, who spoke."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.numbers import format_money, format_number
from chithi.core.periods import Period, parse
from chithi.indicators.choice import Change, Chosen
from chithi.indicators.choice import change as change_between
from chithi.indicators.meanings import Meaning
from chithi.indicators.queries import Line
from chithi.indicators.trace import address
from chithi.web.templatetags.chithi_format import language

Shown = dict[str, Any]


def source_word(source: str) -> str:
    """Where a figure comes from, in a word."""
    return {"recorded": _("ghi chép"), "entered": _("đơn vị ghi"), "narrative": _("trong văn bản")}.get(source, "")


def value_text(chosen: Chosen, meaning: Meaning) -> str:
    """The value alone, with its bound and range; empty where missing."""
    if chosen.value is None:
        return ""
    said = amount_text(chosen.value, meaning)
    if chosen.value_max is not None:
        said = f"{said}–{amount_text(chosen.value_max, meaning)}"
    return bound_word(chosen.bound) + said


def amount_text(value: Decimal, meaning: Meaning) -> str:
    """One amount as the reader's language writes it."""
    if meaning.definition.kind in ("money", "income"):
        return format_money(value, language())
    return format_number(value, language(), trim=True)


def bound_word(bound: str) -> str:
    """The sign of a figure that is not exact."""
    return {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}.get(bound, "")


def percent_text(value: Decimal | None) -> str:
    """98,1% or 98.1%, with as many decimals as the share has: 63% as a text states it, 99,0% as it was computed."""
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{format_number(value, language(), decimals=decimals)}%"


def main_text(chosen: Chosen, meaning: Meaning) -> str:
    """What stands in the column: the share where there is one, else the value."""
    if meaning.definition.kind == "share" and chosen.percent is not None:
        return percent_text(chosen.percent)
    return value_text(chosen, meaning)


def why(chosen: Chosen, meaning: Meaning) -> str:
    """One line: what the number is made of; where it is missing, why."""
    if chosen.missing:
        if chosen.expected:
            return _("Chưa đơn vị nào có số (0/%(expected)s).") % {"expected": chosen.expected}
        return _("Chưa có số.")
    parts = []
    if chosen.value is not None:
        amount = value_text(chosen, meaning)
        if chosen.total is not None:
            amount = f"{amount} / {format_number(chosen.total, language(), trim=True)}"
        noun = "" if meaning.definition.kind in ("money", "income") else f" {_counted(chosen, meaning)}"
        parts.append(f"{amount}{noun}")
    if chosen.percent is not None and chosen.percent_stated:
        parts.append(_("tỷ lệ do văn bản nêu"))
    if chosen.period_code:
        parts.append(parse(chosen.period_code).label(language()))
    if chosen.expected and chosen.covers == "subtree":
        told = ngettext("%(spoke)s/%(expected)s đơn vị", "%(spoke)s/%(expected)s đơn vị", chosen.expected)
        parts.append(told % {"spoke": chosen.spoke, "expected": chosen.expected})
        parts.append(silent_in_base(chosen, meaning))
    parts.append(source_word(chosen.source))
    return " · ".join(part for part in parts if part)


def silent_in_base(chosen: Chosen, meaning: Meaning) -> str:
    """That units which have said nothing count in the base all the same, where it is counted from records."""
    lacking = (chosen.expected or 0) - (chosen.spoke or 0)
    base = meaning.denominator
    if chosen.percent is None or chosen.percent_stated or base is None or not base.recorded or lacking <= 0:
        return ""
    words = ngettext(
        "mẫu số tính cả %(lacking)s đơn vị chưa có số", "mẫu số tính cả %(lacking)s đơn vị chưa có số", lacking
    )
    return words % {"lacking": lacking}


def _counted(chosen: Chosen, meaning: Meaning) -> str:
    """The noun as it stands after the number: of "1 / 5 members" the last one decides."""
    return meaning.noun(language(), chosen.value if chosen.total is None else chosen.total)


def number(chosen: Chosen, meaning: Meaning, href: str, *, text: str | None = None, recomputing: bool = False) -> Shown:
    """The door itself, see components/number.html."""
    kind = meaning.definition.kind
    shown = main_text(chosen, meaning) if text is None else text
    return {
        "text": shown,
        "unit": meaning.noun(language()) if kind in ("area", "length") else "",
        "href": href,
        "why": why(chosen, meaning),
        "source": chosen.source if shown else "",
        "spoke": None,
        "change": None,
        "recomputing": recomputing,
        "since": "",
    }


def plain(text: str, why_text: str = "", href: str = "", source: str = "") -> Shown:
    """A number that is not an indicator's own: part of a formula, a sum."""
    return {
        "text": text,
        "unit": "",
        "href": href,
        "why": why_text,
        "source": source,
        "spoke": None,
        "change": None,
        "recomputing": False,
        "since": "",
    }


def bar(chosen: Chosen, meaning: Meaning) -> Shown | None:
    """The share bar with its target tick, for shares only."""
    if meaning.definition.kind != "share" or chosen.percent is None:
        return None
    target = meaning.definition.target
    aim = None if target is None else Decimal(target) / 100
    text = percent_text(chosen.percent)
    if aim is not None:
        text = _("%(share)s, mục tiêu %(target)s") % {"share": text, "target": percent_text(aim.normalize() + 0)}
    return {
        "percent": _whole(chosen.percent),
        "target": None if aim is None else _whole(aim),
        "short": aim is not None and chosen.percent < aim,
        "text": text,
    }


def _whole(percent: Decimal) -> int:
    return max(0, min(100, int(percent.to_integral_value())))


def change(line: Line, period: Period, before_label: str) -> Shown | None:
    """The movement since the same period of last year, or what the text itself states."""
    stated = next((said for said in line.changes if said.value is not None or said.share is not None), None)
    if stated is not None and stated.value is not None:
        amount = Decimal(stated.value).scaleb(-line.numerator.scale)
        return _change(Change(amount, False), stated.against, line.meaning)
    if stated is not None and stated.share is not None:
        return _arrow(stated.share, percent_text(abs(stated.share)), stated.against)
    why_text = _("so với %(period)s") % {"period": before_label}
    return _change(change_between(line.chosen, line.before), why_text, line.meaning)


def _change(found: Change | None, why_text: str, meaning: Meaning) -> Shown | None:
    if found is None:
        return None
    size = abs(found.amount)
    points = format_number(size, language(), trim=True)
    text = _("%(points)s điểm") % {"points": points} if found.in_points else amount_text(size, meaning)
    return _arrow(found.amount, text, why_text)


def _arrow(amount: Decimal, text: str, why_text: str) -> Shown:
    return {"direction": "same" if amount == 0 else "up" if amount > 0 else "down", "text": text, "why": why_text}


def spoke(chosen: Chosen) -> Shown | None:
    """How many of the units that must speak have spoken."""
    if not chosen.expected or chosen.covers == "own" or chosen.figure_id:
        return None
    whole = chosen.spoke == chosen.expected
    text = f"{format_number(chosen.spoke or 0, language())}/{format_number(chosen.expected, language())}"
    lacking = chosen.expected - (chosen.spoke or 0)
    silent = ngettext("%(lacking)s đơn vị chưa có số", "%(lacking)s đơn vị chưa có số", lacking) % {"lacking": lacking}
    said = _("đủ đơn vị") if whole else silent
    return {"text": text, "whole": whole, "why": said}


def spoke_below(chosen: Chosen) -> Shown | None:
    """Who spoke among the units of one below; for a unit that speaks for itself alone a word instead of 1/1."""
    if not chosen.expected or chosen.expected > 1:
        return spoke(chosen)
    whole = bool(chosen.spoke)
    return {"text": _("đã có") if whole else _("chưa có"), "whole": whole, "why": ""}


def trend(line: Line, meaning: Meaning) -> Shown | None:
    """A line of the last periods, drawn between the least and the most of them."""
    values = [value for _code, value in line.trend if value is not None]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    target = meaning.definition.target if meaning.definition.kind == "share" else None
    aim = None if target is None else Decimal(target) / 100
    span = high - low
    drawn, gaps, last = _drawn(
        [None if value is None else int((value - low) * 100 / span) if span else 50 for _code, value in line.trend]
    )
    return {
        "text": "; ".join(
            f"{parse(code).short_label(language())}: {_point_text(value, line, meaning)}" for code, value in line.trend
        ),
        "line": drawn,
        "gaps": gaps,
        "last": last,
        "target": int((aim - low) * 100 / span) if aim is not None and span and low <= aim <= high else None,
    }


def _drawn(levels: list[int | None]) -> tuple[str, str, str]:
    """Path data of a line over levels ten apart, broken where one is missing; of dots for the missing; of the last."""
    drawn, gaps, last, begins = "", "", "", True
    for place, level in enumerate(levels):
        if level is None:
            gaps += f"M{place * 10} 0h.1"
        else:
            drawn += f"{'M' if begins else 'L'}{place * 10} {level}"
            last = f"M{place * 10} {level}h.1"
        begins = level is None
    return drawn, gaps, last


def _point_text(value: Decimal | None, line: Line, meaning: Meaning) -> str:
    if value is None:
        return _("chưa có số")
    if meaning.definition.kind == "share" and line.chosen.percent is not None:
        return percent_text(value)
    return amount_text(value, meaning)


def door(line: Line, unit_id: int, period: Period) -> str:
    """The address of a line's trace; that of the shorter period where the number speaks of one."""
    at = parse(line.chosen.period_code) if line.chosen.period_code else period
    return address(line.meaning.indicator.pk, unit_id, at)
