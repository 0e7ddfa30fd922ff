"""Typing figures of one unit and period into a grid; confirming the records of a period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from chithi.access.queries import account_names
from chithi.core.errors import Refused
from chithi.core.numbers import from_fixed, parse_number, to_fixed
from chithi.core.periods import Period, parse, year_before
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.indicators.actions import Saying, Slot, confirm_period, enter, withdraw
from chithi.indicators.behalf import confirmed_from, entered_from
from chithi.indicators.choice import Chosen
from chithi.indicators.queries import Line, UnitLines, lines, unit_in_reach
from chithi.indicators.rules import why_not_parts
from chithi.indicators.stated import breakdown_members, confirmed_at, live_entered, looked_at
from chithi.org.kinds import is_asked_of
from chithi.org.queries import one_unit
from chithi.web.chosen import keep_period, keep_unit
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.kinds import group_word
from chithi.web.show.trace_base import entered
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import whole

if TYPE_CHECKING:
    from chithi.indicators.models import Figure, Member


@dataclass
class Typed:
    """One cell of the grid as typed; `member` where it is a part of the breakdown. `value` is what it now says."""

    line: Line
    live: Figure | None
    member: Member | None = None
    text: str = ""
    value: int | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        measure = self.line.meaning.numerator.id
        return f"{measure}-{self.member.pk}" if self.member else str(measure)

    @property
    def name(self) -> str:
        """What the cell is called: the indicator, or the part of it."""
        if self.member is None:
            return self.line.meaning.name(language())
        return self.member.name_en if language() == "en" else self.member.name_vi


@require_http_methods(["GET", "POST"])
def entry(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """The grid. Everything typed is saved together or not at all; what was typed survives a refusal."""
    viewer = request.viewer
    unit_in_reach(viewer, unit, Capability.ENTER)
    asked = looked_at(parse(period), viewer.today)
    keep_unit(request, unit)
    keep_period(request, asked)
    request.unit_id = unit  # type: ignore[attr-defined]
    found = lines(viewer, unit, asked, trend=0)
    cells = _cells(request, found, unit, asked)
    if request.method == "POST":
        saved = _save(request, cells, unit, asked)
        if saved is not None:
            words = ngettext("Đã lưu %(count)s con số.", "Đã lưu %(count)s con số.", saved)
            messages.success(request, words % {"count": saved}, extra_tags="good")
            return redirect("entry", unit=unit, period=asked.code)
    status = 400 if any(cell.errors for cell in cells) else 200
    return render(request, "entry.html", _context(request, cells, found, unit, asked), status=status)


def _cells(request: ViewerRequest, found: UnitLines, unit: int, period: Period) -> list[Typed]:
    """One cell for each measure that is entered by hand and for each part of it, with the live figure and what was
    typed. A measure that several indicators show stands once; one that is not asked for in such periods, or of such
    units, only where it has a figure."""
    live = live_entered(request.viewer, unit, period)
    members = breakdown_members(period)
    kind = one_unit(request.viewer, unit, period.last).kind
    cells: list[Typed] = []
    seen: set[int] = set()
    for line in found.lines:
        measure = line.meaning.numerator
        asked = line.meaning.spoken_in(period) and is_asked_of(measure.expected, kind)
        asked = asked or (measure.id, 0) in live
        if measure.recorded or measure.id in seen or not asked:
            continue
        seen.add(measure.id)
        parts = [member for member in members if member.breakdown_id == measure.breakdown_id]
        cells += [Typed(line, live.get((measure.id, part.pk if part else 0)), part) for part in (None, *parts)]
    for cell in cells:
        cell.text = _stored(cell.live, cell.line) if cell.live else ""
        if request.method == "POST":
            cell.text = request.POST.get(f"value-{cell.key}", cell.text)[:40].strip()
    return cells


def _stored(figure: Figure, line: Line) -> str:
    value = from_fixed(figure.value or 0, line.meaning.numerator.scale)
    text = f"{value.normalize() + 0:f}"
    return text.replace(".", ",") if language() == "vi" else text


def _save(request: ViewerRequest, cells: list[Typed], unit: int, period: Period) -> int | None:
    """Save what changed, all or nothing; None where something was refused (said beside its cell)."""
    count = 0
    try:
        with transaction.atomic():
            for cell in cells:
                count += _save_one(request, cell, unit, period)
            _compare_parts(cells)
            if any(cell.errors for cell in cells):
                raise Refused("web.not_saved")
    except Refused:
        return None
    return count


def _compare_parts(cells: list[Typed]) -> None:
    """Parts that are more than their whole are said at the whole."""
    for whole_cell in cells:
        measure = whole_cell.line.meaning.numerator.id
        parts = [c.value or 0 for c in cells if c.member and c.line.meaning.numerator.id == measure]
        if whole_cell.member is None and (problem := why_not_parts(whole_cell.value, parts)):
            whole_cell.errors.append(sentence(problem.code, problem.facts, language()))


def _save_one(request: ViewerRequest, cell: Typed, unit: int, period: Period) -> int:
    measure = cell.line.meaning.numerator
    seen = request.POST.get(f"version-{cell.key}", "")
    seen_id = whole(seen) or None
    try:
        if not cell.text:
            if cell.live is None or seen_id is None:
                return 0
            withdraw(by=request.viewer, figure_id=seen_id, seen_version=cell.live.version, why=_("xóa ô"))
            return 1
        value = cell.value = to_fixed(parse_number(cell.text, language()), measure.scale)
        if cell.live is not None and cell.live.value == value and seen_id == cell.live.pk:
            return 0
        member = cell.member.pk if cell.member else None
        slot = Slot(unit_id=unit, measure_id=measure.id, period=period, member_id=member)
        enter(by=request.viewer, slot=slot, saying=Saying(value), seen=seen_id)
    except Refused as problem:
        cell.errors.append(sentence(problem.code, problem.facts, language()))
        return 0
    return 1


def _context(request: ViewerRequest, cells: list[Typed], found: UnitLines, unit: int, period: Period) -> dict[str, Any]:
    card = one_unit(request.viewer, unit, period.last)
    before = year_before(period)
    groups: dict[str, list[dict[str, Any]]] = {}
    for cell in cells:
        group = cell.line.meaning.indicator.group
        groups.setdefault(group, []).append(_cell(cell))
    _say_on_behalf(request, cells, groups)
    confirmed = confirmed_at(request.viewer, unit, period)
    return {
        "unit": {"name": card.name},
        "on_behalf": bool(request.viewer.acting_from(unit)),
        "confirmed_from": confirmed_from(request.viewer, unit, period) if confirmed else "",
        "period_text": period.label(language()),
        "before_text": before.short_label(language()) if before else "",
        "save_href": reverse("entry", args=[unit, period.code]),
        "send_text": "",
        "sent_by": "",
        "request_id": str(uuid4()),
        "problems": [
            {
                "text": f"{cell.name}: {cell.errors[0]}",
                "anchor": f"value-{cell.key}",
            }
            for cell in cells
            if cell.errors
        ],
        "groups": [{"text": group_word(group), "rows": rows} for group, rows in groups.items()],
        "recorded": [
            {
                "name": line.meaning.name(language()),
                "number": numbers.number(line.chosen, line.meaning, numbers.door(line, unit, period)),
            }
            for line in found.lines
            if line.meaning.numerator.recorded
        ],
        "confirmed": confirmed,
        "confirm_href": reverse("period_confirm", args=[unit, period.code])
        if confirmed is None and period.last <= request.viewer.today and request.viewer.may_anywhere(Capability.CONFIRM)
        else "",
    }


def _cell(cell: Typed) -> dict[str, Any]:
    meaning = cell.line.meaning
    before = (cell.line.before if cell.member is None else None) or Chosen()
    return {
        "key": cell.key,
        "name": cell.name,
        "part": cell.member is not None,
        "unit": meaning.noun(language()),
        "value": cell.text,
        "before": numbers.plain(
            numbers.value_text(before, meaning) if before.value is not None else "", source=before.source
        ),
        "version": cell.live.pk if cell.live else 0,
        "errors": cell.errors,
        "hint": "",
    }


def _say_on_behalf(request: ViewerRequest, cells: list[Typed], groups: dict[str, list[dict[str, Any]]]) -> None:
    """Beside each figure that another unit entered for this one: who did, and from where."""
    live = {cell.key: cell.live for cell in cells if cell.live}
    behalf = entered_from(request.viewer, [figure.pk for figure in live.values()])
    if not behalf:
        return
    people = account_names(figure.by_id for figure in live.values())
    for row in (row for rows in groups.values() for row in rows):
        figure = live.get(row["key"])
        if figure is not None and figure.pk in behalf:
            row["hint"] = entered(people.get(figure.by_id or 0, ""), behalf[figure.pk], day(figure.at))


@require_POST
def period_confirm(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """The unit confirms that its records of the period are complete."""
    asked = looked_at(parse(period), request.viewer.today)
    confirm_period(by=request.viewer, unit_id=unit, period=asked)
    messages.success(request, _("Đã xác nhận ghi chép của kỳ này là đủ."), extra_tags="good")
    return redirect("entry", unit=unit, period=asked.code)
