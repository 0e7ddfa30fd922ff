"""The tree, a unit in a period, search among units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.periods import Period, year_before
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.meanings import meanings
from chithi.indicators.queries import Contribution, Line, UnitLines, contributions, lines
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard, below, cards, find_units, leaders, one_unit, way_up
from chithi.text.vietnamese import fold, sort_key
from chithi.web.chosen import keep_unit, period_of, unit_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.kinds import kind_word
from chithi.web.steps import next_steps
from chithi.web.templatetags.chithi_format import day, language

SHORT = ("org.members_on_duty", "org.cells", "org.grassroots", "unit.village_cell", "study.members", "pledge.members")
CHART_MOST = 40


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
    shown = [line for line in found.lines if not line.chosen.missing or line.numerator.parts]
    chosen = _chosen_line(request, found, shown)
    rows = [_row(line, unit_id, period, found, line is chosen) for line in shown]
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
        "period_text": period.short_label(language()),
        "indicators": rows,
        "columns": {key for row in rows for key in ("bar", "change", "trend", "spoke") if row[key]},
        "lacking": [
            {"name": line.meaning.name(language()), "href": numbers.door(line, unit_id, period)}
            for line in found.lines
            if line not in shown
        ],
    }
    if chosen is not None and not found.is_leaf:
        parts = contributions(viewer, unit_id, period, chosen.meaning)
        named = cards(viewer, [part.unit_id for part in parts], period.last)
        context["below"] = _below(request, parts, named, chosen, unit_id, period)
        context["chart"] = _chart(parts, named, chosen, period)
    return render(request, "unit.html", context)


def _chosen_line(request: HttpRequest, found: UnitLines, shown: list[Line]) -> Line | None:
    wanted = request.GET.get("chi-tieu", "")
    for line in found.lines:
        if line.meaning.code == wanted:
            return line
    shares = [line for line in shown if line.meaning.definition.kind == "share" and not line.chosen.figure_id]
    return (shares or shown or [None])[0]  # type: ignore[list-item]


def _row(line: Line, unit_id: int, period: Period, found: UnitLines, chosen: bool) -> dict[str, Any]:
    meaning = line.meaning
    before = year_before(period)
    return {
        "name": meaning.name(language()),
        "href": f"?{urlencode({'ky': period.code, 'chi-tieu': meaning.code}, safe='@:=.')}#contributions",
        "chosen": chosen,
        "number": numbers.number(
            line.chosen, meaning, numbers.door(line, unit_id, period), recomputing=found.recomputing
        ),
        "bar": numbers.bar(line.chosen, meaning),
        "change": numbers.change(line, period, before.label(language()) if before else ""),
        "trend": numbers.trend(line, meaning),
        "spoke": numbers.spoke(line.chosen),
    }


def _below(
    request: HttpRequest,
    parts: list[Contribution],
    named: dict[int, UnitCard],
    line: Line,
    unit_id: int,
    period: Period,
) -> dict[str, Any]:
    """The contributions table, sorted as asked: by name, number, share."""
    way = request.GET.get("xep", "")
    back = request.GET.get("nguoc") == "1"
    ordered = _ordered(parts, named, way, back)
    rows = [_contribution(part, named.get(part.unit_id), line, period) for part in ordered]
    told = any(row["spoke"] for row in rows)
    return {
        "name": line.meaning.name(language()),
        "heads": [_head(request, key, text, way, back) for key, text in _heads(line, told)],
        "rows": rows,
        "total": {
            "number": numbers.number(
                line.chosen,
                line.meaning,
                numbers.door(line, unit_id, period),
                text=numbers.value_text(line.chosen, line.meaning),
            ),
            "share": _share(line.chosen, line, numbers.door(line, unit_id, period)),
            "change": None,
        },
        "pager": None,
    }


def _heads(line: Line, told: bool) -> list[tuple[str, str]]:
    """Key and text of the columns; an empty text leaves the column out."""
    share = _("Tỷ lệ") if line.meaning.denominator else ""
    return [
        ("ten", _("Đơn vị")),
        ("so", line.meaning.noun(language()).capitalize()),
        ("ty-le", share),
        ("du", _("Đã có số") if told else ""),
    ]


def _head(request: HttpRequest, key: str, text: str, way: str, back: bool) -> dict[str, Any]:
    query = request.GET.copy()
    query["xep"] = key
    query["nguoc"] = "1" if way == key and not back else "0"
    sorted_as = "" if way != key else "descending" if back else "ascending"
    href = f"?{query.urlencode(safe='@:=.')}#contributions" if text else ""
    return {"text": text, "href": href, "sorted": sorted_as, "figure": key != "ten", "hint": ""}


def _ordered(parts: list[Contribution], named: dict[int, UnitCard], way: str, back: bool) -> list[Contribution]:
    """Sorted; what is missing always stands first when sorted by number, because that is what needs doing."""

    def by_name(part: Contribution) -> Any:
        card = named.get(part.unit_id)
        return sort_key(card.short_name if card else "")

    def by_number(part: Contribution) -> Any:
        value = part.chosen.percent if way == "ty-le" else part.chosen.value
        return (value is not None, value or Decimal(0))

    def by_spoken(part: Contribution) -> Any:
        return (part.chosen.spoke or 0) - (part.chosen.expected or 0)

    keys = {"ten": by_name, "so": by_number, "ty-le": by_number, "du": by_spoken}
    return sorted(parts, key=keys[way], reverse=back) if way in keys else parts


def _contribution(part: Contribution, card: UnitCard | None, line: Line, period: Period) -> dict[str, Any]:
    href = address(line.meaning.indicator.pk, part.unit_id, period) if card else ""
    note = "" if part.present else _("đã kết thúc, số được kế thừa")
    return {
        "name": card.short_name if card else _("Đơn vị nay ngoài phạm vi"),
        "href": f"{reverse('unit', args=[part.unit_id])}" if card else "",
        "number": numbers.number(part.chosen, line.meaning, href, text=numbers.value_text(part.chosen, line.meaning)),
        "share": _share(part.chosen, line, href),
        "change": None,
        "spoke": numbers.spoke_below(part.chosen),
        "note": note,
    }


def _share(chosen: Any, line: Line, href: str) -> dict[str, Any] | None:
    if line.meaning.denominator is None:
        return None
    return numbers.number(chosen, line.meaning, href, text=numbers.percent_text(chosen.percent)) | {"source": ""}


def _chart(parts: list[Contribution], named: dict[int, UnitCard], line: Line, period: Period) -> dict[str, Any] | None:
    """Contributions as sorted bars: shares where there are any, else counts; who has none stands in the table only."""
    share = line.meaning.denominator is not None and any(part.chosen.percent is not None for part in parts)
    items: list[dict[str, Any]] = []
    for part in parts:
        card = named.get(part.unit_id)
        value = part.chosen.percent if share else part.chosen.value
        if card is None or value is None:
            continue
        items.append(
            {
                "name": card.short_name,
                "value": float(value),
                "text": numbers.percent_text(value) if share else numbers.value_text(part.chosen, line.meaning),
                "href": address(line.meaning.indicator.pk, part.unit_id, period),
            }
        )
    items.sort(key=lambda item: item["value"], reverse=True)
    if len(items) < 2:
        return None
    target = line.meaning.definition.target
    return {
        "id": "contributions-chart",
        "text": _("%(name)s theo đơn vị") % {"name": line.meaning.name(language())},
        "tall": len(items) > 12,
        "data": {
            "kind": "contributions",
            "unit": "%" if share else line.meaning.noun(language()),
            "target": None if target is None or not share else target / 100,
            "items": items[:CHART_MOST],
        },
    }


@require_safe
def search(request: ViewerRequest) -> HttpResponse:
    """Units by name or code inside the reach, and indicators by name; tone marks or not."""
    asked = request.GET.get("q", "").strip()[:100]
    found = find_units(request.viewer, asked) if asked else []
    rows = [
        {"name": unit.name, "href": reverse("unit", args=[unit.id]), "kind": kind_word(unit), "code": unit.code}
        for unit in found
    ]
    context = {"asked": asked, "rows": rows[:50], "more": len(rows) > 50, "indicators": _named(request, asked)}
    return render(request, "search.html", context)


def _named(request: ViewerRequest, asked: str) -> list[dict[str, str]]:
    """Indicators whose name holds the words, as they stand for the chosen unit."""
    words, unit_id = fold(asked), unit_of(request)
    if not words or not unit_id:
        return []
    page = reverse("unit", args=[unit_id])
    return [
        {
            "name": meaning.name(language()),
            "href": f"{page}?{urlencode({'chi-tieu': meaning.code})}#contributions",
        }
        for meaning in meanings()
        if words in fold(meaning.name(language()))
    ]
