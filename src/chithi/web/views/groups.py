"""Named groups for whoever reads: the list, a group with its numbers, a number of it opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.db.viewer import Capability
from chithi.indicators.grouped import contributions_of, group_address, group_lines, group_trace
from chithi.indicators.queries import Line
from chithi.indicators.stated import looked_at
from chithi.indicators.trace import meaning_of
from chithi.org.groups_queries import first_day, groups, one_group
from chithi.org.kinds import GroupKind
from chithi.org.queries import cards
from chithi.reporting.queries import printed_of_group, printed_version, report_by_code
from chithi.web.chosen import keep_period, period_of
from chithi.web.manage.desk import PAGE, listing, pager
from chithi.web.middleware import ViewerRequest
from chithi.web.show.beside import group_kind_word, of_group, seen_words
from chithi.web.show.contributions import below_shown
from chithi.web.show.groups import none_yet, shown
from chithi.web.show.indicator_rows import chosen_line, indicator_rows, with_something
from chithi.web.show.pictures import group_bars, group_trend
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number, whole

if TYPE_CHECKING:
    from chithi.reporting.models import Report


@require_safe
def groups_page(request: ViewerRequest) -> HttpResponse:
    """The groups that hold or are owned by a unit in reach, by name."""
    viewer, period = request.viewer, period_of(request)
    viewer.require_anywhere(Capability.READ)
    asked, page = request.GET.get("q", "").strip()[:100], page_number(request.GET.get("trang"))
    kind = request.GET.get("loai", "") if request.GET.get("loai") in set(GroupKind) else ""
    found, total = groups(viewer, period.last, asked=asked, kind=kind, start=(page - 1) * PAGE, most=PAGE)
    rows = [
        {
            "text": group.name,
            "href": reverse("group", args=[group.id]),
            "note": _("kết thúc từ %(day)s") % {"day": day(group.ended_on)} if group.ended_on else "",
            "cells": [
                {"text": group_kind_word(group.kind)},
                {"text": seen_words(group.seen, group.whole)},
                {"text": group.owner.short_name if group.owner else _("ngoài phạm vi được xem")},
            ],
        }
        for group in found
    ]
    none = _("Không có nhóm nào mang tên này.") if asked or kind else _("Chưa có nhóm nào trong phạm vi được xem.")
    context = {
        "asked": asked,
        "kinds": [{"code": k.value, "text": group_kind_word(k), "chosen": k == kind} for k in GroupKind],
        "may_keep": viewer.may_anywhere(Capability.TREE),
        "listing": listing(
            _("Nhóm đơn vị"), [_("Nhóm"), _("Loại"), period.short_label(language()), _("Của")], rows,
            none=none, pager=pager(request, page, total),
        ),
    }  # fmt: skip
    return render(request, "groups.html", context)


@require_safe
def group_page(request: ViewerRequest, group: int) -> HttpResponse:
    """A group's indicators in a period, and what its units give to the chosen one."""
    viewer, period = request.viewer, period_of(request)
    card = one_group(viewer, group, period.last)
    found = group_lines(viewer, group, period)
    chosen = chosen_line(request, found.lines, with_something(found.lines))

    def door(line: Line) -> str:
        return group_address(line.meaning.indicator.pk, group, period)

    context: dict[str, Any] = {
        "group": {
            "name": card.name,
            "kind": group_kind_word(card.kind),
            "note": card.note,
            "owner": card.owner.name if card.owner else "",
            "owner_href": reverse("unit", args=[card.owner.id]) if card.owner else "",
            "seen": seen_words(card.seen, card.whole),
            "ended": _("kết thúc từ %(day)s") % {"day": day(card.ended_on)} if card.ended_on else "",
            "keep_href": reverse("manage_group", args=[group]) if card.is_kept else "",
        },
        "none_yet": "" if found.members.tops else none_yet(first_day(viewer, group), period),
    }
    context |= indicator_rows(request, found.lines, chosen, period, door, recomputing=found.recomputing)
    if chosen is not None and found.members.tops:
        parts = contributions_of(found, chosen.meaning)
        named = cards(viewer, [part.unit_id for part in parts], period.last)
        context["below"] = below_shown(request, parts, named, chosen, period, door(chosen))
        context["below"]["title"] = of_group(chosen)
        context["bars"] = group_bars(request, parts, named, chosen, group, period)
        context["trend"] = group_trend(chosen, group, period)
    return render(request, "group.html", context)


@require_safe
def group_trace_page(request: ViewerRequest, group: int, indicator: int, period: str) -> HttpResponse:
    """A group's number opened; for the panel (HX-Request) its content alone."""
    asked = looked_at(parse(period), request.viewer.today)
    report = _report(request)
    version = printed_version(report, meaning_of(indicator, asked).code) if report else None
    within = whole(request.GET.get("trong"))
    opened = group_trace(request.viewer, indicator, group, asked, within=within, version=version)
    line = printed_of_group(report, opened.line.meaning.code, group, asked.code) if report and not within else None
    context = {"trace": shown(opened, (report, line) if report and line else None)}
    panel = bool(request.headers.get("HX-Request"))
    if not panel:
        keep_period(request, asked)
    answer = render(request, "trace_panel.html" if panel else "trace.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    answer["Cache-Control"] = "no-store"
    return answer


def _report(request: ViewerRequest) -> Report | None:
    """The report the address names, where the viewer may read it."""
    code = request.GET.get("ma", "")
    try:
        return report_by_code(request.viewer, code) if code else None
    except Refused:
        return None
