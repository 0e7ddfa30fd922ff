"""The report as it will be printed, and its files: Word, PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from chithi.reporting.content import ReportContent
from chithi.reporting.own_templates.queries import templates_for
from chithi.reporting.pdf import can_make, pdf_of
from chithi.reporting.pictures import MOST as MOST_PICTURED
from chithi.reporting.queries import report_by_code, reports_of
from chithi.web.chosen import keep_period, keep_unit
from chithi.web.middleware import ViewerRequest
from chithi.web.show.made import made_here
from chithi.web.show.pictures import printed_pictures
from chithi.web.show.report import shown
from chithi.web.show.word_file import pdf_file, word_file
from chithi.web.whole import whole

if TYPE_CHECKING:
    from chithi.reporting.models import Report


@require_safe
def report_page(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """The draft, every number live and traced."""
    viewer = request.viewer
    unit_in_reach(viewer, unit, Capability.REPORT)
    asked = looked_at(parse(period), viewer.today)
    chosen = _groups(request.GET.getlist("nhom"))
    asked_for = _pictured(request.GET.getlist("hinh"))
    content = compose(
        viewer, unit, asked, dated=viewer.today, base=str(settings.PUBLIC_URL), groups=chosen, pictured=asked_for
    )
    keep_unit(request, unit)
    keep_period(request, asked)
    context: dict[str, Any] = {
        "report": shown(content)
        | {
            "word_href": reverse("report_make", args=[unit, asked.code]),
            "excel_href": reverse("report_annex", args=[unit, asked.code]),
            "state": _("Bản nháp, số đang dùng"),
            "code": "",
        },
        "columns": [column.group for column in content.columns],
        "groups": [
            {"id": group.id, "name": group.name, "chosen": group.id in chosen}
            for group in groups_to_choose(viewer, asked.last)
        ],
        "most_groups": MOST_COLUMNS,
        "pictures": printed_pictures(content.pictures, content.spelling),
        "pictured": _pictured_choice(content),
        "most_pictured": MOST_PICTURED,
        "templates": [{"id": card.id, "name": card.name} for card in templates_for(viewer, unit)],
        "pdf": can_make(),
        "made": made_here(viewer, [made for made in reports_of(viewer, unit) if made.period_code == asked.code]),
    }
    return render(request, "report.html", context)


@require_POST
def report_make(request: ViewerRequest, unit: int, period: str) -> HttpResponse:
    """Make the report, keep it under its code, and hand over the file: Word, or PDF (`tep=pdf`).

    `mau` names the office's own template it is written with; none is the prescribed form.
    """
    made = as_asked(request, unit, period)
    if request.POST.get("tep") == "pdf":
        return pdf_file(pdf_of(request.viewer, made), _name(made.code))
    return word_file(bytes(made.file), _name(made.code))


def as_asked(request: ViewerRequest, unit: int, period: str) -> Report:
    """The report with the groups, the pictures and the template that the form names; made where it is not known."""
    return make_report(
        by=request.viewer,
        unit_id=unit,
        period=looked_at(parse(period), request.viewer.today),
        groups=_groups(request.POST.getlist("nhom")),
        template_id=_template(request.POST.get("mau", "")),
        pictured=_pictured(request.POST.getlist("hinh")),
    )


@require_safe
def report_file(request: ViewerRequest, code: str) -> HttpResponse:
    """The Word file of a made report, byte for byte as it was made."""
    made = report_by_code(request.viewer, code)
    return word_file(bytes(made.file), _name(made.code))


@require_safe
def report_pdf(request: ViewerRequest, code: str) -> HttpResponse:
    """A made report as PDF: the first one made of its Word file, byte for byte."""
    made = report_by_code(request.viewer, code)
    return pdf_file(pdf_of(request.viewer, made), _name(made.code))


def _groups(typed: list[str]) -> list[int]:
    """The ids of the groups named in an address or form; what is no number names none."""
    return [number for text in typed[:50] if (number := whole(text)) is not None]


def _pictured(typed: list[str]) -> list[str] | None:
    """The codes of the indicators to be drawn; None where nothing was said, an empty text alone says none."""
    return [code for code in typed[:50] if code] if typed else None


def _pictured_choice(content: ReportContent) -> list[dict[str, Any]]:
    """The indicators of which pictures may be asked, those in the report marked."""
    drawn = {picture.code for picture in content.pictures}
    told = {line.code: line.name for line in content.lines if not line.missing and not line.is_target}
    return [{"code": code, "name": name, "chosen": code in drawn} for code, name in told.items()]


def _template(typed: str) -> int | None:
    """The id of the template chosen, None for the prescribed form; what is no number names a template there is not."""
    return None if not typed else whole(typed) or 0


def _name(code: str) -> str:
    return f"bao-cao-{code}"
