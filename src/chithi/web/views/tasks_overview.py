"""Tasks at a glance for leaders: counts that open their lists, a month as a calendar, the same as a workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.org.queries import one_unit
from chithi.tasks.directing import named
from chithi.tasks.overview import by_day, picture
from chithi.tasks.queries import Wanted, due_days, month_after, month_before
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show.tasks_address import address_of, wanted_of
from chithi.web.show.tasks_overview import ages, tables, tiles, weeks, workbook


def _asked(request: ViewerRequest) -> Wanted:
    """The filter without state and age, which the page itself tells apart."""
    request.viewer.require_anywhere(Capability.READ)
    return replace(wanted_of(request.GET), state="", age="")


@require_safe
def overview_page(request: ViewerRequest) -> HttpResponse:
    """Counts by state, age, unit below, document and month."""
    viewer, wanted = request.viewer, _asked(request)
    found = picture(viewer, wanted, viewer.today)
    query = request.GET.urlencode()
    file = f"{reverse('tasks_overview_file')}?{query}" if query else reverse("tasks_overview_file")
    context = {
        "title": _("Tổng hợp nhiệm vụ"),
        "lead": _lead(request, wanted),
        "actions": [
            {"text": _("Lịch tháng"), "href": address_of(wanted, "tasks_calendar")},
            {"text": _("Danh sách"), "href": address_of(wanted)},
            {"text": "Excel", "href": file},
        ],
        "tiles": tiles(found, wanted),
        "ages": ages(found, wanted),
        "tables": tables(found, wanted),
        "none": _("Chưa có nhiệm vụ nào."),
    }
    return render(request, "tasks_overview.html", context)


@require_safe
def overview_file(request: ViewerRequest) -> HttpResponseBase:
    """The counts of the page as a workbook."""
    viewer = request.viewer
    found = picture(viewer, _asked(request), viewer.today)
    return attached(workbook(found), f"nhiem-vu-{viewer.today.isoformat()}", "xlsx")


@require_safe
def calendar_page(request: ViewerRequest) -> HttpResponse:
    """A month of due days; the one of today where the address names none."""
    viewer, asked = request.viewer, _asked(request)
    month = asked.month or viewer.today.replace(day=1)
    wanted = replace(asked, month=month)
    lines = due_days(viewer, wanted, viewer.today)
    before, after = month_before(month), month_after(month)
    context: dict[str, Any] = {
        "title": _("Nhiệm vụ đến hạn trong tháng %(month)s") % {"month": f"{month:%m/%Y}"},
        "up": {"text": _("Tổng hợp nhiệm vụ"), "href": address_of(replace(asked, month=None), "tasks_overview")},
        "before": _month(replace(wanted, month=before)),
        "after": _month(replace(wanted, month=after)),
        "days": [_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật")],
        "empty": None if lines else _no_day(replace(asked, month=None)),
        "weeks": weeks(month, viewer.today, lines, by_day(viewer, wanted, viewer.today), wanted),
    }
    return render(request, "tasks_calendar.html", context)


def _no_day(wanted: Wanted) -> dict[str, str]:
    """A month without a due day leads on to the list of all months."""
    text = _("Không có nhiệm vụ nào đến hạn trong tháng này.")
    return {"text": text, "href": address_of(wanted, "tasks"), "action": _("Xem danh sách nhiệm vụ")}


def _month(wanted: Wanted) -> dict[str, str]:
    text = _("Tháng %(month)s") % {"month": f"{wanted.month:%m/%Y}"} if wanted.month else ""
    return {"text": text, "href": address_of(wanted, "tasks_calendar")}


def _lead(request: ViewerRequest, wanted: Wanted) -> str:
    """What the filter narrows the counts to."""
    viewer = request.viewer
    parts = [one_unit(viewer, wanted.unit, viewer.today).name] if wanted.unit else []
    if wanted.directive:
        parts.append(named(viewer, [wanted.directive]).get(wanted.directive, _("văn bản ngoài phạm vi được xem")))
    return " · ".join(parts) or _("Mỗi con số mở ra đúng danh sách của nó.")
