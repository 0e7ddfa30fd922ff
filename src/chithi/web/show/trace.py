"""What is under a number, for trace_panel.html: sentence, formula, what stands beside, units, records, changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from chithi.core.numbers import format_number, from_fixed
from chithi.core.periods import Period, parse
from chithi.indicators.choice import Chosen, Count, Said, stated
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.queries import Line
from chithi.indicators.stated import breakdown_members
from chithi.indicators.trace import MarkedPart, Trace, address
from chithi.org.queries import way_up
from chithi.reporting.freeze import LEVEL, TARGET
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.home_rule import home_rule
from chithi.web.show.trace_base import base_rows, entered_lines
from chithi.web.show.trace_ground import changes_shown, quotes_shown, records_shown
from chithi.web.templatetags.chithi_format import day, language

if TYPE_CHECKING:
    from chithi.reporting.models import Report

Printed = tuple["Report", dict[str, str | None]]
"""A made report and what it printed for the number that is open."""


def shown(
    request: ViewerRequest, opened: Trace, printed: Printed | None, part: MarkedPart | None = None, role: str = LEVEL
) -> dict[str, Any]:
    """The context; `part` is the part of the breakdown the address names, `role` whether it names a norm."""
    line, meaning = opened.line, opened.line.meaning
    code = printed[0].code if printed else ""
    here = address(
        meaning.indicator.pk,
        opened.unit.id,
        opened.period,
        str(settings.PUBLIC_URL),
        code,
        member=part.code if part else "",
        role=TARGET if role == TARGET else "",
    )
    return {
        "title": meaning.name(language()),
        "way": _way(request, opened),
        "runs": [sentence_of(opened.line, opened.period, opened.unit.short_name)],
        "state": f"{state_words(printed)}{_version(meaning)}",
        "number": numbers.number(line.chosen, meaning, "", recomputing=opened.recomputing),
        "formula": _formula(opened),
        "parts": _parts(opened, part, code),
        "rule": home_rule(meaning.numerator),
        "beside": [*_beside(opened), *changed_since(printed, _live(opened, part, role))],
        "units": _units(opened),
        "records": records_shown(request, opened, part),
        "entered": entered_lines(opened),
        "quotes": quotes_shown(opened),
        "changes": changes_shown(opened),
        "address": here,
        "code": code,
    }


def _way(request: ViewerRequest, opened: Trace) -> list[dict[str, str]]:
    way = way_up(request.viewer, opened.unit.id, opened.period.last)
    number = opened.line.meaning.indicator.pk
    return [
        {"text": unit.short_name, "href": "" if unit.id == opened.unit.id else address(number, unit.id, opened.period)}
        for unit in way
    ]


def sentence_of(line: Line, asked: Period, name: str) -> str:
    """ "94,2% = 799 trên 848 tổ chức cơ sở đảng, Năm 2013; 46 trên 49 đơn vị đã có số."

    `name` is whose number it is, told where it is missing.
    """
    chosen, meaning = line.chosen, line.meaning
    period = parse(chosen.period_code) if chosen.period_code else asked
    when = in_sentence(period.label(language()))
    if chosen.missing:
        return _("%(unit)s, %(period)s: chưa có số. %(why)s") % {
            "unit": name, "period": when, "why": numbers.why(chosen, meaning),
        }  # fmt: skip
    amount = numbers.value_text(chosen, meaning)
    if amount and meaning.definition.kind not in ("money", "income"):
        amount = f"{amount} {meaning.noun(language(), chosen.value)}"
    if chosen.total is not None and chosen.value is not None:
        amount = _("%(value)s trên %(total)s %(noun)s") % {
            "value": numbers.value_text(chosen, meaning),
            "total": format_number(chosen.total, language(), trim=True),
            "noun": meaning.noun(language(), chosen.total),
        }
    share = numbers.percent_text(chosen.percent)
    said = " = ".join(part for part in (share, amount) if part)
    tail = ""
    if chosen.expected and chosen.covers == "subtree" and not chosen.figure_id:
        tail = ngettext(
            "; %(spoke)s trên %(expected)s đơn vị đã có số",
            "; %(spoke)s trên %(expected)s đơn vị đã có số",
            chosen.expected,
        ) % {
            "spoke": chosen.spoke or 0, "expected": chosen.expected,
        }  # fmt: skip
        silent = numbers.silent_in_base(chosen, meaning)
        tail += f"; {silent}" if silent else ""
    if line.chosen.figure_id:
        tail = _("; đơn vị tự nêu, không cộng từ cấp dưới")
    return f"{said}, {when}{tail}."


def in_sentence(label: str) -> str:
    """A period's label inside a sentence: "năm 2025"; English keeps its capitals."""
    return label if language() == "en" else label[:1].lower() + label[1:]


def _version(meaning: Meaning) -> str:
    """Which version of the definition the number is made by, where there have been several."""
    number = meaning.definition.number
    return _(" · cách tính bản %(version)s") % {"version": number} if number > 1 else ""


def state_words(printed: Printed | None) -> str:
    if printed is None:
        return _("Số đang dùng")
    return _("Số trong báo cáo mã %(code)s, ngày %(day)s") % {
        "code": printed[0].code, "day": day(printed[0].dated),
    }  # fmt: skip


def _formula(opened: Trace) -> list[dict[str, Any]]:
    """How the computed total is made: own work, units below, inherited, adopted; then over what."""
    line, count = opened.line, opened.line.numerator.computed
    if count.missing:
        return []
    scale = line.numerator.scale
    own = opened.own.get(opened.speaks)
    below = sum(c.numerator.value for c, _card in opened.below if c.present)
    inherited = sum(c.numerator.value for c, _card in opened.below if not c.present)
    balance = count.balance - sum(c.numerator.balance for c, _card in opened.below)
    rows = []
    if own is not None or opened.is_leaf:
        rows.append(formula_part(_("Đơn vị tự có"), own.value if own else 0, scale, opened.speaks))
    if opened.below:
        rows.append(formula_part(_("Đơn vị dưới góp"), below, scale))
    if inherited:
        rows.append(formula_part(_("Kế thừa từ đơn vị đã kết thúc"), inherited, scale))
    if balance:
        rows.append(formula_part(_("Nhận bù cho đơn vị chưa có số"), balance, scale))
    rows.append(formula_part(line.meaning.name(language()), count.value, scale) | {"sum": True})
    if line.meaning.denominator is not None and line.denominator is not None:
        base = line.denominator.computed
        name = line.meaning.denominator.name_en if language() == "en" else line.meaning.denominator.name_vi
        text = (
            "" if base.missing else format_number(from_fixed(base.value, line.denominator.scale), language(), trim=True)
        )
        number = numbers.plain(text, href=_base_door(opened))
        rows.append({"name": _("Trên: %(name)s") % {"name": name}, "number": number, "sum": False})
        rows += base_rows(opened)
        if line.chosen.percent is not None and not line.chosen.percent_stated:
            share = numbers.plain(numbers.percent_text(line.chosen.percent))
            rows.append({"name": _("Tỷ lệ"), "number": share, "sum": True})
    else:
        rows += base_rows(opened)
    return rows


def _parts(opened: Trace, marked: MarkedPart | None, report: str) -> list[dict[str, Any]]:
    """The breakdown ("trong đó"): each part with its number, the one the address names marked."""
    line = opened.line
    known = {member.pk: member for member in breakdown_members()} if line.members else {}
    rows = []
    for number, _measure, chosen in line.members:
        member = known[number]
        href = address(line.meaning.indicator.pk, opened.unit.id, opened.period, "", report, member=member.code)
        rows.append(
            {
                "name": member.name_en if language() == "en" else member.name_vi,
                "number": numbers.number(chosen, line.meaning, href, text=numbers.value_text(chosen, line.meaning)),
                "marked": marked is not None and marked.id == number,
            }
        )
    return rows


def _base_door(opened: Trace) -> str:
    """The trace of the denominator: the indicator that shows this measure alone."""
    base = opened.line.meaning.denominator
    for meaning in meanings():
        if base is not None and meaning.numerator.id == base.id and meaning.denominator is None:
            return address(meaning.indicator.pk, opened.unit.id, opened.period)
    return ""


def formula_part(name: str, value: int, scale: int, source: str = "") -> dict[str, Any]:
    text = format_number(from_fixed(value, scale), language(), trim=True)
    return {"name": name, "number": numbers.plain(text, source=source), "sum": False}


def _beside(opened: Trace) -> list[dict[str, Any]]:
    """Statements that do not add up into the total, what they imply, other sources, and named examples."""
    line = opened.line
    statements = [_statement(opened, said) for said in line.numerator.statements if said.role == "level"]
    parts = [_example(opened, said) for said in line.numerator.parts if said.value is not None]
    return [*statements, *_implied(opened), *_other_sources(opened), *parts]


def _aside(name: str, text: str, note: str = "", source: str = "", act: dict[str, str] | None = None) -> dict[str, Any]:
    return {"name": name, "number": numbers.plain(text, source=source), "note": note, "act": act}


def _statement(opened: Trace, said: Said) -> dict[str, Any]:
    """What the unit says of its whole subtree, with its distance from the computed total."""
    line = opened.line
    value = "" if said.value is None else _count(said.value, line.numerator.scale)
    text = " · ".join(part for part in (value, numbers.percent_text(said.share)) if part)
    note = _("Nói về cả các đơn vị dưới nên không cộng vào tổng.")
    if said.adopted:
        note = _("Đã nhận bù cho các đơn vị chưa có số.")
    elif line.chosen.difference is not None:
        gap = format_number(abs(line.chosen.difference), language(), trim=True)
        note = f"{_('Lệch %(gap)s so với tổng cộng từ cấp dưới.') % {'gap': gap}} {note}"
    shown = numbers.bound_word(said.bound) + text
    return _aside(_("Đơn vị nêu chung"), shown, note, said.source, _adopt(opened, said))


def _implied(opened: Trace) -> list[dict[str, Any]]:
    """The base that a stated count and share would imply; shown, never kept."""
    implied = opened.line.chosen.implied
    if implied is None:
        return []
    low, high = (format_number(n, language()) for n in implied)
    note = _("Văn bản không nêu mẫu số; đây là số suy ra từ số và tỷ lệ, không lưu thành số liệu.")
    return [_aside(_("Mẫu số suy ra"), low if low == high else f"{low}–{high}", note)]


def _other_sources(opened: Trace) -> list[dict[str, Any]]:
    """The sources of the unit's own work that do not speak."""
    note = _("Nguồn này không được chọn để nói cho đơn vị.")
    return [
        _aside(
            numbers.source_word(source).capitalize(),
            _count(statement.value, opened.line.numerator.scale),
            note,
            source,
            _choose(opened, source),
        )
        for source, statement in opened.own.items()
        if source != opened.speaks
    ]


def _example(opened: Trace, said: Said) -> dict[str, Any]:
    """What one named person, village or organisation did; never added up."""
    scale, meaning = opened.line.numerator.scale, opened.line.meaning
    ends = [end for end in (said.value, said.value_max) if end is not None]
    text = "–".join(numbers.amount_text(from_fixed(end, scale), meaning) for end in ends)
    return _aside(said.about or _("Một ví dụ"), numbers.bound_word(said.bound) + text, "", said.source)


def _count(fixed: int, scale: int) -> str:
    return format_number(from_fixed(fixed, scale), language(), trim=True)


def _adopt(opened: Trace, said: Said) -> dict[str, str] | None:
    """What a clerk may do with a subtree statement: take it on for the silent units below, or stop that."""
    if not opened.may_confirm:
        return None
    if said.adopted:
        return {"href": reverse("adopt_end", args=[said.figure_id]), "text": _("Thôi nhận bù"), "first": ""}
    count = opened.line.numerator.computed
    if said.value is None or opened.is_leaf or count.spoke >= count.expected:
        return None
    text = pgettext("button", "Nhận bù cho đơn vị chưa có số")
    return {"href": reverse("adopt", args=[said.figure_id]), "text": text, "first": ""}


def _choose(opened: Trace, source: str) -> dict[str, str] | None:
    """A clerk may let another source speak for the unit."""
    if not opened.may_confirm:
        return None
    args = [opened.unit.id, opened.line.meaning.numerator.id]
    return {"href": reverse("source", args=args), "text": _("Dùng nguồn này"), "first": source}


def _live(opened: Trace, part: MarkedPart | None, role: str) -> Chosen:
    """The number in use that a printed one is held against: the line's own, a part's, or the stated norm."""
    line = opened.line
    if part is not None:
        return next((chosen for number, _measure, chosen in line.members if number == part.id), Chosen())
    if role == TARGET:
        norms = (said for said in line.numerator.statements if said.role == TARGET)
        return next((stated(line.numerator.scale, said, Count()) for said in norms), Chosen())
    return line.chosen


def changed_since(printed: Printed | None, now: Chosen) -> list[dict[str, Any]]:
    """What the report printed, and whether the number in use has moved away from it."""
    if printed is None:
        return []
    _report, then = printed
    was_value = Decimal(then["value"]) if then["value"] is not None else None
    was_share = Decimal(then["percent"]) if then["percent"] is not None else None
    same = was_value == now.value and (was_share is None or was_share == now.percent)
    text = " · ".join(
        part
        for part in (
            "" if was_value is None else format_number(was_value, language(), trim=True),
            numbers.percent_text(was_share),
        )
        if part
    )
    note = _("Không đổi từ khi lập báo cáo.") if same else _("Số đang dùng đã khác số đã in trong báo cáo.")
    return [_aside(_("Đã in trong báo cáo"), text, note)]


def _units(opened: Trace) -> dict[str, Any] | None:
    if not opened.below:
        return None
    line: Line = opened.line
    number = line.meaning.indicator.pk
    share = line.meaning.denominator is not None
    heads = [_("Đơn vị"), line.meaning.noun(language()).capitalize(), _("Tỷ lệ") if share else ""]
    rows = []
    for part, card in opened.below:
        href = address(number, part.unit_id, opened.period) if card else ""
        rows.append(
            {
                "name": card.short_name if card else _("Đơn vị nay ngoài phạm vi"),
                "href": href,
                "number": numbers.number(
                    part.chosen, line.meaning, href, text=numbers.value_text(part.chosen, line.meaning)
                ),
                "share": numbers.plain(numbers.percent_text(part.chosen.percent)) if share else None,
                "note": "" if part.present else _("đã kết thúc, số được kế thừa"),
            }
        )
    return {
        "heads": [
            {"text": text, "href": "", "sorted": "", "figure": at > 0, "hint": ""} for at, text in enumerate(heads)
        ],
        "rows": rows,
        "pager": None,
    }
