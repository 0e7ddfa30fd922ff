"""What is told beside a number that others are shares of, and who entered it: rows and lines for trace_panel.html."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from chithi.indicators.kinds import FigureState, Source
from chithi.indicators.stated import breakdown_members
from chithi.indicators.trace import Trace, address
from chithi.web.show import numbers
from chithi.web.templatetags.chithi_format import day, language


def base_rows(opened: Trace) -> list[dict[str, Any]]:
    """For the formula: the exempt who left the members on duty; of which parts the key leaders are made."""
    told = opened.told
    if told is None or told.chosen.missing:
        return []
    if told.meaning.code == "org.members_exempt":
        if not told.chosen.value:
            return []
        name = _("Được miễn công tác, sinh hoạt, đã ra khỏi mẫu số")
        if opened.line.meaning.denominator is None:
            name = _("Được miễn công tác, sinh hoạt, không tính ở đây")
        href = address(told.meaning.indicator.pk, opened.unit.id, opened.period)
        return [{"name": name, "number": numbers.number(told.chosen, told.meaning, href), "sum": False}]
    if opened.line.meaning.denominator is None:
        return []  # the number's own parts are shown as such
    return _parts(opened)


def _parts(opened: Trace) -> list[dict[str, Any]]:
    told = opened.told
    known = {member.pk: member for member in breakdown_members()} if told and told.members else {}
    rows = []
    for number, _measure, chosen in told.members if told else ():
        member, meaning = known[number], told.meaning if told else opened.line.meaning
        href = address(meaning.indicator.pk, opened.unit.id, opened.period, member=member.code)
        name = member.name_en if language() == "en" else member.name_vi
        text = numbers.value_text(chosen, meaning)
        rows.append(
            {
                "name": _("– trong mẫu số: %(name)s") % {"name": name},
                "number": numbers.number(chosen, meaning, href, text=text),
                "sum": False,
            }
        )
    return rows


def entered_lines(opened: Trace) -> list[str]:
    """Who entered the live figures of the unit's own, when, and whether on its behalf."""
    live = [s for s in opened.stated if s.figure.state == FigureState.LIVE and s.figure.source == Source.ENTERED]
    return [entered(s.by, s.on_behalf_from, day(s.at)) for s in live]


def entered(by: str, on_behalf_from: str, when: str) -> str:
    """Who entered a figure: "Minh nhập ngày 1/3/2025", "… nhập thay, từ Đảng bộ xã An Một"."""
    if on_behalf_from:
        words = _("%(who)s nhập thay ngày %(when)s, từ %(unit)s.")
        return words % {"who": by or "chithi", "when": when, "unit": on_behalf_from}
    return _("%(who)s nhập ngày %(when)s.") % {"who": by or "chithi", "when": when}
