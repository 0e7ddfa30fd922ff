"""Opening a number: the page and the panel, the records under it, the code printed on paper."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from chithi.core.errors import Refused
from chithi.core.numbers import format_number
from chithi.core.periods import Period, parse
from chithi.indicators.actions import adopt, choose_source, end_adoption
from chithi.indicators.kinds import Source
from chithi.indicators.meanings import meanings
from chithi.indicators.stated import looked_at
from chithi.indicators.trace import Trace, address, meaning_of, part_of, trace
from chithi.org.queries import one_unit
from chithi.registry.queries import issued_of
from chithi.reporting.freeze import LEVEL, TARGET
from chithi.reporting.own_templates.queries import name_written_with
from chithi.reporting.pdf import can_make
from chithi.reporting.pictured import HISTORY
from chithi.reporting.queries import printed_line, printed_version, report_by_code
from chithi.web.back import back
from chithi.web.chosen import keep_period, keep_unit
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.pictures import unit_trend
from chithi.web.show.trace import Printed, shown
from chithi.web.templatetags.chithi_format import language

if TYPE_CHECKING:
    from chithi.reporting.models import Report


@require_safe
def trace_page(request: ViewerRequest, indicator: int, unit: int, period: str) -> HttpResponse:
    """The trace of a number; for the panel (HX-Request) its content alone."""
    asked = looked_at(parse(period), request.viewer.today)
    report = _report(request)
    version = printed_version(report, meaning_of(indicator, asked).code) if report else None
    opened = trace(request.viewer, indicator, unit, asked, version=version, trend=HISTORY)
    part = part_of(opened, request.GET.get("phan", ""))
    role = TARGET if request.GET.get("vai") == TARGET else LEVEL
    printed = _printed(report, opened, part.code if part else "", role)
    context = {
        "trace": shown(request, opened, printed, part, role),
        "trend": unit_trend(opened.line, unit, asked, whole=True, beside=not opened.is_leaf),
    }
    request.unit_id = unit  # type: ignore[attr-defined]
    panel = bool(request.headers.get("HX-Request"))
    if not panel:
        keep_unit(request, unit)
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


def _printed(report: Report | None, opened: Trace, member: str, role: str) -> Printed | None:
    """The report and what it printed for this very number."""
    if report is None:
        return None
    line = printed_line(report, opened.line.meaning.code, opened.unit.id, opened.period.code, role=role, member=member)
    return (report, line) if line else None


@require_POST
def adopt_figure(request: ViewerRequest, figure: int) -> HttpResponse:
    """Take a subtree statement on as a marked balance."""
    adopt(by=request.viewer, figure_id=figure)
    return redirect(back(request))


@require_POST
def adopt_end(request: ViewerRequest, figure: int) -> HttpResponse:
    """Stop counting a statement for the silent units."""
    end_adoption(by=request.viewer, figure_id=figure)
    return redirect(back(request))


@require_POST
def choose(request: ViewerRequest, unit: int, measure: int) -> HttpResponse:
    """Let another source speak for a unit about a measure."""
    first = request.POST.get("first", "")
    if first not in set(Source):
        raise Refused("indicators.bad_source", field="first")
    choose_source(by=request.viewer, unit_id=unit, measure_id=measure, first=Source(first))
    return redirect(back(request))


@require_safe
def code_page(request: ViewerRequest, code: str) -> HttpResponse:
    """The numbers of a made report by the code printed on it; typed by hand, with or without dashes."""
    report = report_by_code(request.viewer, code)
    period: Period = parse(report.period_code)
    ids = {meaning.code: meaning.indicator.pk for meaning in meanings(ever=True)}
    rows = [
        {
            "name": ", ".join(part for part in (line["name"], line["of_period"]) if part),
            "text": _printed_text(line),
            "href": _printed_door(ids[line["indicator"]], report, line) if line["indicator"] in ids else "",
        }
        for line in report.lines
    ]
    unit = one_unit(request.viewer, report.unit_id, period.last)
    context = {
        "report": report, "rows": rows, "unit": unit, "period_text": period.label(language()),
        "word_href": reverse("report_file", args=[report.code]),
        "pdf_href": reverse("report_pdf", args=[report.code]) if can_make() else "",
        "written_with": name_written_with(report), "issued": issued_of(request.viewer, [report.code]),
    }  # fmt: skip
    return render(request, "code.html", context)


def _printed_door(indicator: int, report: Report, line: dict[str, Any]) -> str:
    """The trace of a printed line: of its own period, and as a norm where it is one."""
    period = parse(line.get("period") or report.period_code)
    return address(indicator, report.unit_id, period, "", report.code, role=TARGET if line["target"] else "")


def _printed_text(line: dict[str, Any]) -> str:
    value = "" if line["value"] is None else format_number(Decimal(line["value"]), language(), trim=True)
    share = "" if line["percent"] is None else numbers.percent_text(Decimal(line["percent"]))
    return " · ".join(part for part in (value, share) if part) or "–"


@require_safe
def code_lookup(request: ViewerRequest) -> HttpResponse:
    """The form for a code read off paper."""
    typed = "".join(letter for letter in request.GET.get("ma", "")[:60] if letter.isascii() and letter.isalnum())
    if typed:
        return redirect("code", code=typed)
    return render(request, "code_lookup.html", {})
