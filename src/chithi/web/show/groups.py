"""A group's number as it opens, for trace_panel.html: sentence, members, sum, what a report printed of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.core.numbers import format_number, from_fixed
from chithi.core.periods import Period
from chithi.indicators.grouped import GroupTrace, group_address
from chithi.indicators.meanings import meanings
from chithi.indicators.trace import address
from chithi.web.show import numbers
from chithi.web.show.beside import seen_words
from chithi.web.show.home_rule import home_rule
from chithi.web.show.trace import Printed, changed_since, formula_part, sentence_of, state_words
from chithi.web.templatetags.chithi_format import language


def shown(opened: GroupTrace, printed: Printed | None) -> dict[str, Any]:
    """The context, the same keys as a unit's number has."""
    line, meaning = opened.line, opened.line.meaning
    code = printed[0].code if printed else ""
    within = opened.within.id if opened.within else None
    base = str(settings.PUBLIC_URL)
    return {
        "title": meaning.name(language()),
        "way": _way(opened),
        "runs": [sentence_of(line, opened.period, opened.group.name), f" {_members(opened)}"],
        "state": state_words(printed),
        "number": numbers.number(line.chosen, meaning, "", recomputing=opened.recomputing),
        "formula": _formula(opened),
        "parts": _breakdown(opened),
        "rule": home_rule(meaning.numerator),
        "beside": changed_since(printed, line.chosen),
        "units_title": _("Đơn vị của nhóm góp"),
        "units": _units(opened),
        "records": None,
        "quotes": [],
        "changes": [],
        "address": group_address(meaning.indicator.pk, opened.group.id, opened.period, base, code, within=within),
        "code": code,
    }


def _way(opened: GroupTrace) -> list[dict[str, str]]:
    page = f"{reverse('group', args=[opened.group.id])}?ky={opened.period.code}"
    way = [{"text": _("Nhóm"), "href": reverse("groups")}, {"text": opened.group.name, "href": page}]
    if opened.within is not None:
        unit = f"{reverse('unit', args=[opened.within.id])}?ky={opened.period.code}&nhom={opened.group.id}"
        way.append({"text": opened.within.short_name, "href": unit})
    return way


def _members(opened: GroupTrace) -> str:
    """Who makes up the number, and who of the group is not in it for this reader."""
    said = _("Nhóm có %(seen)s.") % {"seen": seen_words(opened.members.seen, opened.members.whole)}
    if opened.within is not None:
        said = _("Chỉ tính đơn vị của nhóm ở %(unit)s.") % {"unit": opened.within.short_name}
    if opened.nested:
        named = ", ".join(unit.short_name for unit in opened.nested[:5])
        dots = "…" if len(opened.nested) > 5 else ""
        said = f"{said} {_('Đã tính trong đơn vị trên của mình: %(units)s.') % {'units': f'{named}{dots}'}}"
    return said


def _formula(opened: GroupTrace) -> list[dict[str, Any]]:
    line, count = opened.line, opened.line.numerator.computed
    if count.missing:
        return []
    scale = line.numerator.scale
    inherited = sum(part.numerator.inherited for part, _unit in opened.parts)
    rows = []
    if inherited:
        rows.append(formula_part(_("Các đơn vị của nhóm góp"), count.value - inherited, scale))
        rows.append(formula_part(_("Kế thừa từ đơn vị đã kết thúc"), inherited, scale))
    rows.append(formula_part(line.meaning.name(language()), count.value, scale) | {"sum": True})
    if line.meaning.denominator is not None and line.denominator is not None:
        base = line.denominator.computed
        name = line.meaning.denominator.name_en if language() == "en" else line.meaning.denominator.name_vi
        value = from_fixed(base.value, line.denominator.scale)
        text = "" if base.missing else format_number(value, language(), trim=True)
        number = numbers.plain(text, href=_base_door(opened))
        rows.append({"name": _("Trên: %(name)s") % {"name": name}, "number": number, "sum": False})
        if line.chosen.percent is not None:
            share = numbers.plain(numbers.percent_text(line.chosen.percent))
            rows.append({"name": _("Tỷ lệ"), "number": share, "sum": True})
    return rows


def _base_door(opened: GroupTrace) -> str:
    """The same group's number of the denominator, where an indicator shows that measure alone."""
    base = opened.line.meaning.denominator
    within = opened.within.id if opened.within else None
    for meaning in meanings(period=opened.period, ever=True):
        if base is not None and meaning.numerator.id == base.id and meaning.denominator is None:
            return group_address(meaning.indicator.pk, opened.group.id, opened.period, within=within)
    return ""


def _breakdown(opened: GroupTrace) -> list[dict[str, Any]]:
    from chithi.indicators.stated import breakdown_members

    line = opened.line
    known = {member.pk: member for member in breakdown_members()} if line.members else {}
    return [
        {
            "name": known[number].name_en if language() == "en" else known[number].name_vi,
            "number": numbers.number(chosen, line.meaning, "", text=numbers.value_text(chosen, line.meaning)),
            "marked": False,
        }
        for number, _measure, chosen in line.members
    ]


def _units(opened: GroupTrace) -> dict[str, Any] | None:
    if not opened.parts:
        return None
    meaning = opened.line.meaning
    share = meaning.denominator is not None
    heads = [_("Đơn vị"), meaning.noun(language()).capitalize(), _("Tỷ lệ") if share else ""]
    rows = []
    for part, unit in opened.parts:
        href = address(meaning.indicator.pk, part.unit_id, opened.period)
        rows.append(
            {
                "name": unit.short_name,
                "href": href,
                "number": numbers.number(part.chosen, meaning, href, text=numbers.value_text(part.chosen, meaning)),
                "share": numbers.plain(numbers.percent_text(part.chosen.percent)) if share else None,
                "note": "" if part.present else _("đã kết thúc, số được kế thừa"),
            }
        )
    plain = {"href": "", "sorted": "", "hint": ""}
    return {
        "heads": [{"text": text, "figure": at > 0, **plain} for at, text in enumerate(heads)],
        "rows": rows,
        "pager": None,
    }


def none_yet(first: object, period: Period) -> str:
    """Why a group has no numbers in a period: nobody was in it then."""
    when = period.short_label(language())
    if first is None:
        return _("Nhóm chưa có đơn vị nào trong phạm vi được xem.")
    return _("Vào cuối kỳ %(period)s nhóm chưa có hoặc không còn đơn vị nào trong phạm vi được xem.") % {"period": when}
