"""The work calendar of a unit: its year, its months, making a year of it, saying that a reminder is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Absent, Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.org.queries import UnitCard, in_reach, one_unit
from chithi.routine.kinds import Standing
from chithi.routine.making import finish_reminder, make
from chithi.routine.queries import must_read, planned, posts_in, waiting, year_of
from chithi.routine.rules import MOST_YEARS_AHEAD
from chithi.web.back import back
from chithi.web.chosen import keep_unit, unit_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show.routine import WEEK, months, planned_months, weeks
from chithi.web.templatetags.chithi_format import language, number
from chithi.web.undo import offer
from chithi.web.whole import whole

READS = ["GET", "HEAD", "POST"]
FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def routine(request: ViewerRequest) -> HttpResponse:
    """The calendar of the unit chosen last, this year."""
    return _year(request, unit_of(request), request.viewer.today.year)


@require_safe
def routine_of(request: ViewerRequest, unit: int, year: int) -> HttpResponse:
    """The calendar of one unit and year; with `thang` one month of it."""
    month = whole(request.GET.get("thang"))
    if month is not None and 1 <= month <= 12:
        return _month(request, unit, date(_plausible(year), month, 1))
    return _year(request, unit, _plausible(year))


def _plausible(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Absent("routine.no_line", year=year)
    return year


def unit_here(request: ViewerRequest, unit_id: int, capability: Capability = Capability.READ) -> UnitCard:
    """The unit a page of the calendar is about, remembered for the pages that follow; `Absent` out of reach."""
    must_read(request.viewer, unit_id, capability)
    keep_unit(request, unit_id)
    request.unit_id = unit_id  # type: ignore[attr-defined]  # for the frame
    return one_unit(request.viewer, unit_id, request.viewer.today)


def _year(request: ViewerRequest, unit_id: int, year: int) -> HttpResponse:
    viewer = request.viewer
    card = unit_here(request, unit_id)
    found, more = year_of(viewer, unit_id, year)
    writes = in_reach(viewer, unit_id, Capability.ENTER)
    coming = viewer.today.year <= year <= viewer.today.year + MOST_YEARS_AHEAD
    offers = waiting(viewer, [unit_id]).get(unit_id, 0) if writes else 0
    context = {
        "title": _("Lịch công tác năm %(year)s") % {"year": year},
        "unit": card.name,
        "before": _other(unit_id, year - 1),
        "after": _other(unit_id, year + 1),
        "lines_href": reverse("routine_lines", args=[unit_id]),
        "make": {
            "href": reverse("routine_make", args=[unit_id, year]),
            "text": _("Tạo lịch năm %(year)s") % {"year": year},
        }
        if writes and coming and any(due.kind == "planned" for due in found)
        else None,
        "offered": {
            "text": _("Cấp trên gợi ý %(count)s dòng lịch.") % {"count": number(offers)},
            "href": reverse("routine_offered", args=[unit_id]),
        }
        if offers
        else None,
        "more": {"text": _("Còn nhiệm vụ khác: xem danh sách"), "href": f"{reverse('tasks')}?don_vi={unit_id}"}
        if more
        else None,
        "empty": None if found else _nothing(unit_id, year, writes),
        "months": months(found, unit_id, year, viewer.today) if found else [],
        "may_write": writes,
    }
    return render(request, "routine.html", context)


def _other(unit_id: int, year: int) -> dict[str, str]:
    return {"text": _("Năm %(year)s") % {"year": year}, "href": reverse("routine_of", args=[unit_id, year])}


def _nothing(unit_id: int, year: int, writes: bool) -> dict[str, str]:
    text = _("Năm %(year)s chưa có việc nào trong lịch. Soạn các dòng lịch rồi tạo lịch năm.") % {"year": year}
    if not writes:
        return {"text": _("Năm %(year)s chưa có việc nào trong lịch.") % {"year": year}, "href": "", "action": ""}
    return {"text": text, "href": reverse("routine_lines", args=[unit_id]), "action": _("Soạn dòng lịch")}


def _month(request: ViewerRequest, unit_id: int, month: date) -> HttpResponse:
    viewer = request.viewer
    card = unit_here(request, unit_id)
    found, _more = year_of(viewer, unit_id, month.year)
    here = reverse("routine_of", args=[unit_id, month.year])
    shown = [due for due in found if due.on.month == month.month]
    empty = {"text": _("Tháng này không có việc nào trong lịch."), "href": here, "action": _("Xem cả năm")}
    context: dict[str, Any] = {
        "title": _("Lịch công tác tháng %(month)s") % {"month": f"{month:%m/%Y}"},
        "up": {"text": f"{card.short_name} · {month.year}", "href": here},
        "before": _beside(unit_id, month, -1),
        "after": _beside(unit_id, month, 1),
        "days": WEEK,
        "empty": None if shown else empty,
        "weeks": weeks(shown, month, viewer.today, here),
    }
    return render(request, "tasks_calendar.html", context)


def _beside(unit_id: int, month: date, step: int) -> dict[str, str]:
    at = month.year * 12 + month.month - 1 + step
    year, number_of = at // 12, at % 12 + 1
    href = reverse("routine_of", args=[unit_id, year])
    return {"text": _("Tháng %(month)s") % {"month": f"{number_of:02}/{year}"}, "href": f"{href}?thang={number_of}"}


@require_http_methods(READS)
def routine_make(request: ViewerRequest, unit: int, year: int) -> HttpResponse:
    """What making the year would add, each line ticked or not; POST makes it."""
    viewer, problem = request.viewer, ""
    card = unit_here(request, unit, Capability.ENTER)
    chosen = set(request.POST.getlist("dong")) if request.method == "POST" else None
    if chosen is not None:
        try:
            made = make(by=viewer, unit_id=unit, year=year, wanted=chosen, post=whole(request.POST.get("post")))
        except Absent:
            raise
        except Refused as refused:
            problem = sentence(refused.code, refused.facts, language())
        else:
            words = _("Đã tạo lịch năm %(year)s: %(tasks)s nhiệm vụ, %(reminders)s việc nhắc.") % {
                "year": year, "tasks": number(made.tasks), "reminders": number(made.reminders),
            }  # fmt: skip
            messages.success(request, words, extra_tags="good")
            return redirect("routine_of", unit, year)
    found = planned(viewer, unit, _plausible(year))
    context = {
        "title": _("Tạo lịch năm %(year)s") % {"year": year},
        "unit": card.name,
        "up": {"text": _("Lịch công tác"), "href": reverse("routine_of", args=[unit, year])},
        "problem": problem,
        "months": planned_months(found, chosen),
        "posts": [{"value": pk, "text": words} for pk, words in posts_in(viewer, unit)]
        if any(one.standing is Standing.NOBODY for one in found)
        else None,
        "post": whole(request.POST.get("post")),
        "may": any(one.standing in (Standing.READY, Standing.NOBODY) for one in found),
        "lines_href": reverse("routine_lines", args=[unit]),
    }
    return render(request, "routine_make.html", context, status=400 if problem else 200)


@require_POST
def routine_done(request: ViewerRequest, turn: int) -> HttpResponse:
    """A reminder is done; it may be taken back."""
    version = whole(request.POST.get("version")) or 0
    done = finish_reminder(by=request.viewer, turn_id=turn, seen_version=version)
    facts = {"id": done.pk, "version": done.version}
    return offer(request, _("Đã xong việc nhắc."), "reminder_done", facts, back=back(request, "routine"))
