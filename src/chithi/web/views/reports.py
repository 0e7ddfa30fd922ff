"""The report as it will be printed, and its Word file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chithi.core.periods import parse
from chithi.db.viewer import Capability
from chithi.indicators.queries import unit_in_reach
from chithi.indicators.stated import looked_at
from chithi.org.groups_queries import groups_to_choose
from chithi.reporting.actions import make_report
from chithi.reporting.beside import MOST_COLUMNS
from chithi.reporting.compose import compose
from chithi.reporting.queries import report_by_code, reports_of
from chithi.web.chosen import keep_period, keep_unit
from chithi.web.middleware import ViewerRequest
from chithi.web.show.report import shown
from chithi.web.whole import whole

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def report_page(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """The draft, every number live and traced."""
    viewer = request.viewer
    unit_in_reach(viewer, unit, Capability.REPORT)
    asked = looked_at(parse(period), viewer.today)
    chosen = _groups(request.GET.getlist("nhom"))
    content = compose(viewer, unit, asked, dated=viewer.today, base=str(settings.PUBLIC_URL), groups=chosen)
    keep_unit(request, unit)
    keep_period(request, asked)
    context: dict[str, Any] = {
        "report": shown(content)
        | {
            "word_href": reverse("report_make", args=[unit, asked.code]),
            "state": _("Bản nháp, số đang dùng"),
            "code": "",
        },
        "columns": [column.group for column in content.columns],
        "groups": [
            {"id": group.id, "name": group.name, "chosen": group.id in chosen}
            for group in groups_to_choose(viewer, asked.last)
        ],
        "most_groups": MOST_COLUMNS,
        "made": [
            {"code": made.code, "day": made.dated, "href": reverse("code", args=[made.code])}
            for made in reports_of(viewer, unit)
            if made.period_code == asked.code
        ],
    }
    return render(request, "report.html", context)


@require_POST
def report_make(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """Make the report, keep it under its code, and hand over the Word file."""
    asked = looked_at(parse(period), request.viewer.today)
    chosen = _groups(request.POST.getlist("nhom"))
    made = make_report(by=request.viewer, unit_id=unit, period=asked, groups=chosen)
    return _file(bytes(made.file), made.code)


@require_safe
def report_file(request: ViewerRequest, code: str) -> HttpResponse:
    """The Word file of a made report, byte for byte as it was made."""
    made = report_by_code(request.viewer, code)
    return _file(bytes(made.file), made.code)


def _groups(typed: list[str]) -> list[int]:
    """The ids of the groups named in an address or form; what is no number names none."""
    return [number for text in typed[:50] if (number := whole(text)) is not None]


def _file(content: bytes, code: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-{code}.docx"'
    return answer
