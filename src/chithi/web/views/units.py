"""The tree, a unit in a period."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.numbers import format_number
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.queries import Line, UnitLines, lines
from chithi.org.queries import UnitCard, below, cards, in_reach, leaders, one_unit, way_up
from chithi.web.chosen import keep_unit, period_of, unit_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.beside import Narrowed, beside
from chithi.web.show.contributions import below_shown
from chithi.web.show.indicator_rows import chosen_line, indicator_rows, with_something
from chithi.web.show.kinds import kind_word
from chithi.web.show.pictures import reported_at, unit_bars, unit_trend
from chithi.web.steps import next_steps
from chithi.web.templatetags.chithi_format import day, language

SHORT = ("org.members_on_duty", "org.cells", "org.grassroots", "unit.village_cell", "study.members", "pledge.members")


@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    """The tree, opened down to the chosen unit, and that unit in short."""
    viewer, period = request.viewer, period_of(request)
    unit_id = unit_of(request)
    if not unit_id:
        return render(request, "home.html", {"tree": [], "chosen": _nothing()})
    found = lines(viewer, unit_id, period, codes=SHORT, trend=0)
    unit = one_unit(viewer, unit_id, period.last)
    context = {"tree": _tree(viewer, unit_id, period), "chosen": _short(viewer, unit, found, period)}
    return render(request, "home.html", context)


def _nothing() -> dict[str, Any]:
    return {
        "name": _("Chưa được giao vai trò"),
        "href": reverse("home"),
        "kind": "",
        "led_by": "",
        "facts": [],
        "steps": [],
        "steps_none": _("Hãy hỏi người quản trị của đơn vị để được giao vai trò."),
    }


def _short(viewer: Viewer, unit: UnitCard, found: UnitLines, period: Period) -> dict[str, Any]:
    return {
        "name": unit.name,
        "href": reverse("unit", args=[unit.id]),
        "kind": kind_word(unit),
        "led_by": _led_by(viewer, unit.id, period),
        "facts": [
            {
                "name": line.meaning.name(language()),
                "number": numbers.number(
                    line.chosen, line.meaning, numbers.door(line, unit.id, period), recomputing=found.recomputing
                ),
            }
            for line in found.lines
        ],
        "steps": next_steps(viewer, unit, period, found),
        "steps_none": _("Không có việc nào đang chờ."),
    }


def _register(viewer: Viewer, unit: UnitCard, found: UnitLines) -> dict[str, str] | None:
    """The door to the list of a unit's people, with how many members are on duty; for those who keep that list."""
    if not viewer.may_anywhere(Capability.PEOPLE) or not in_reach(viewer, unit.id, Capability.PEOPLE):
        return None
    href = f"{reverse('people')}?{urlencode({'don-vi': unit.code})}"
    counted = next((line.chosen for line in found.lines if line.meaning.code == "org.members_on_duty"), None)
    if counted is None or counted.value is None:
        return {"href": href, "text": _("Danh sách người trong đơn vị")}
    members = format_number(counted.value, language(), trim=True)
    return {"href": href, "text": _("Danh sách người: %(count)s đảng viên đang sinh hoạt") % {"count": members}}


def _led_by(viewer: Viewer, unit_id: int, period: Period) -> str:
    return " · ".join(f"{title}: {name}" for name, title in leaders(viewer, unit_id, period.last)[:2])


def _tree(viewer: Viewer, unit_id: int, period: Period) -> list[dict[str, Any]]:
    """From the top of the reach down to the chosen unit, siblings on the way shown, the rest fetched on opening."""
    day = period.last
    way = way_up(viewer, unit_id, day)
    if not way:
        return []
    on_way = [unit.id for unit in way]

    def node(unit: UnitCard) -> dict[str, Any]:
        opened = unit.id in on_way and unit.child_count > 0
        return _node(unit, unit_id) | {
            "open": opened,
            "nodes": [node(child) for child in below(viewer, unit.id, day)] if opened else [],
        }

    return [node(way[0])]


def _node(unit: UnitCard, chosen: int) -> dict[str, Any]:
    return {
        "text": unit.short_name,
        "href": f"{reverse('unit', args=[unit.id])}",
        "current": unit.id == chosen,
        "note": "",
        "spoke": None,
        "open": False,
        "nodes": [],
        "branch_href": reverse("branch", args=[unit.id]) if unit.child_count else "",
    }


@require_safe
def branch(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """The units directly below one, for the tree."""
    period = period_of(request)
    one_unit(request.viewer, unit_id, period.last)
    nodes = [_node(child, unit_of(request)) for child in below(request.viewer, unit_id, period.last)]
    return render(request, "components/tree_branch.html", {"nodes": nodes})


@require_safe
def siblings(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """The units beside one, for the breadcrumb."""
    period = period_of(request)
    one_unit(request.viewer, unit_id, period.last)
    way = way_up(request.viewer, unit_id, period.last)
    beside = below(request.viewer, way[-2].id, period.last) if len(way) > 1 else way[-1:]
    links = [
        {"text": unit.short_name, "href": reverse("unit", args=[unit.id]), "current": unit.id == unit_id}
        for unit in beside
    ]
    return render(request, "components/menu_links.html", {"links": links})


@require_safe
def unit_page(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """A unit's indicators in a period, and what the units below give to the chosen one."""
    viewer, period = request.viewer, period_of(request)
    unit = one_unit(viewer, unit_id, period.last)
    found = lines(viewer, unit_id, period)
    keep_unit(request, unit_id)
    request.unit_id = unit_id  # type: ignore[attr-defined]
    chosen = chosen_line(request, found.lines, with_something(found.lines))
    context: dict[str, Any] = {
        "unit": {
            "name": unit.name,
            "kind": kind_word(unit),
            "led_by": _led_by(viewer, unit_id, period),
            "place": _("kết thúc từ %(day)s") % {"day": day(unit.closed_on)} if unit.closed_on else unit.code,
        },
        "steps": next_steps(viewer, unit, period, found),
        "steps_none": _("Không có việc nào đang chờ."),
        "report": {"href": reverse("report", args=[unit_id, period.code])}
        if viewer.may_anywhere(Capability.REPORT)
        else None,
        "people": _register(viewer, unit, found),
        "workbook_href": reverse("unit_annex", args=[unit_id, period.code]),
    }

    def door(line: Line) -> str:
        return numbers.door(line, unit_id, period)

    context |= indicator_rows(request, found.lines, chosen, period, door, recomputing=found.recomputing)
    context |= beside(viewer, unit_id, period)
    if chosen is not None:
        context["trend"] = unit_trend(chosen, unit_id, period)
    if chosen is not None and not found.is_leaf:
        narrowed = Narrowed(request, unit_id, period)
        line, parts, sum_door = narrowed.of(chosen)
        context["narrowed"] = narrowed.shown()
        named = cards(viewer, [part.unit_id for part in parts], period.last)
        context["below"] = below_shown(request, parts, named, line, period, sum_door) | narrowed.title(line)
        context["bars"] = unit_bars(request, parts, named, line, unit_id, period)
        context["reported_href"] = reported_at(unit_id, period)
    return render(request, "unit.html", context)
