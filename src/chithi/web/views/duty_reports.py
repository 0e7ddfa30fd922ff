"""What units report on duties: written, submitted, given back; the counts of the units below, as a page and a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Absent, Refused
from chithi.core.periods import Period, parse
from chithi.db.viewer import Capability
from chithi.duties import matrix, queries, reports
from chithi.duties.kinds import Answer, ReportState, Rhythm
from chithi.duties.matrix import Behind
from chithi.duties.queries import ListLine, ReportPage
from chithi.duties.reading import report_within
from chithi.duties.reports import Place
from chithi.duties.rules import periods_past
from chithi.org.queries import one_unit
from chithi.web.manage.desk import PAGE, listing, pager, sent, tried
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show import duties as show
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.undo import offer
from chithi.web.views.duty_forms import ReportForm
from chithi.web.views.tasks_forms import ReasonForm
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_http_methods(READS)
def duty_report(request: ViewerRequest, duties: int, unit: int, period: str) -> HttpResponse:
    """A unit's report: a form while it is written, else what was said. `gui` submits it."""
    viewer, place = request.viewer, Place(unit, duties, period)
    page = queries.report(viewer, place)
    request.unit_id = unit  # type: ignore[attr-defined]  # for the frame
    submit = bool(request.POST.get("gui"))
    form = ReportForm(sent(request), answers=page.answers, initial={"version": page.version})
    if request.method == "POST":
        done = tried(
            form,
            lambda: reports.answer(
                by=viewer, place=place, seen_version=form.cleaned_data["version"], said=form.said(), submit=submit
            ),
        )
        if done is not None and submit:
            facts = {"id": done.pk, "version": done.version}
            return offer(request, _("Đã gửi báo cáo."), "duties_submitted", facts, back=request.path)
        if done is not None:
            messages.success(request, _("Đã lưu. Báo cáo chưa gửi."), extra_tags="good")
            return redirect(request.path)
    context = {**_shown(request, page), "form": form, "send_href": request.path, "may_submit": page.may_submit}
    name = "duty_report_form.html" if page.may_write else "duty_report.html"
    return render(request, name, context, status=400 if form.errors else 200)


def _shown(request: ViewerRequest, page: ReportPage) -> dict[str, Any]:
    viewer = request.viewer
    mark, word = show.REPORTS[page.state]
    sent_words = " · ".join(part for part in (day(page.submitted_on), page.submitted_by) if part)
    back = {"day": day(page.returned_on), "why": page.returned_why}
    return {
        "title": page.line.name,
        "lead": f"{one_unit(viewer, page.unit_id, viewer.today).name} · {page.period.label(language())}",
        "up": {"text": page.line.name, "href": reverse("duty_list", args=[page.line.id])},
        "status": mark,
        "word": str(word),
        "submitted": _("· ngày %(day)s") % {"day": sent_words} if page.submitted_on else "",
        "returned": _("Trả lại ngày %(day)s: %(why)s") % back if page.returned_on else "",
        "rows": show.said_rows(page, reverse("shortcoming_new")),
        "back_href": reverse("duty_send_back", args=[page.id]) if page.may_send_back else "",
    }


@require_http_methods(READS)
def duty_send_back(request: ViewerRequest, report: int) -> HttpResponse:
    """Give a report back to the unit, with a reason."""
    viewer = request.viewer
    row = report_within(viewer, report, Capability.CONFIRM)
    if not reports.may_send_back(viewer, row):
        raise Absent("duties.no_report")
    page = reverse("duty_report", args=[row.duties_id, row.unit_id, row.period])
    form = ReasonForm(sent(request), initial={"version": row.version})
    if request.method == "POST":
        done = tried(
            form,
            lambda: reports.send_back(
                by=viewer, report_id=report, seen_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Đã trả lại báo cáo."), extra_tags="good")
            return redirect("duty_matrix", row.duties_id)
    context = {
        "title": _("Trả lại báo cáo"),
        "lead": one_unit(viewer, row.unit_id, viewer.today).name,
        "up": {"text": _("Báo cáo thực hiện nghĩa vụ"), "href": page},
        "form": form, "send_href": reverse("duty_send_back", args=[report]), "send_text": _("Trả lại"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_safe
def duty_matrix(request: ViewerRequest, duties: int) -> HttpResponse:
    """Counts of the units below, duty by duty; with `nghia_vu` or `trang_thai`, the units behind one count."""
    viewer = request.viewer
    line = queries.one(viewer, duties).line
    unit_id, periods = matrix.top_for(viewer, duties, whole(request.GET.get("don_vi")) or 0), _periods(request, line)
    unit, page = one_unit(viewer, unit_id, viewer.today), page_number(request.GET.get("trang"))
    request.unit_id = unit_id  # type: ignore[attr-defined]  # for the frame
    period = _asked(request, periods)
    context: dict[str, Any] = {
        "title": line.name,
        "up": {"text": line.name, "href": reverse("duty_list", args=[duties])},
        "lead": f"{unit.name} · {period.label(language())}" if period else unit.name,
        "periods": [
            {"text": one.label(language()), "href": show.matrix_address(duties, unit_id, one), "current": one == period}
            for one in periods
        ],
        "said": {answer.value: str(word) for answer, word in show.ANSWERS.items()},
        "none": _("Chưa tới kỳ báo cáo nào của danh mục này."),
    }
    if period is None:
        return render(request, "duty_matrix.html", context)
    which = _behind(request)
    if which is not None:
        found, total = matrix.behind(viewer, duties, unit_id, period, which, page=page, size=PAGE)
        context |= {
            "up": {"text": _("Tổng hợp báo cáo"), "href": show.matrix_address(duties, unit_id, period)},
            "listing": listing(
                _("Đơn vị"), [_("Đơn vị"), _("Báo cáo"), _("Trả lời"), _("Nói rõ")],
                [show.behind_row(one, duties, period) for one in found],
                none=_("Không có đơn vị nào."), pager=pager(request, page, total),
            ),
        }  # fmt: skip
        return render(request, "duty_behind.html", context)
    whole_one = matrix.matrix(viewer, duties, unit_id, period, page=page, size=PAGE)
    context |= {
        "title": _("Tổng hợp báo cáo: %(name)s") % {"name": line.name},
        "table": show.matrix_table(whole_one, duties, period) if whole_one.count else None,
        "pager": pager(request, page, whole_one.count),
        "file_href": f"{reverse('duty_matrix_file', args=[duties])}?don_vi={unit_id}&cho={period.code}",
        "none": _("Không có đơn vị nào ở đây phải báo cáo theo danh mục này."),
    }
    return render(request, "duty_matrix.html", context)


@require_safe
def duty_matrix_file(request: ViewerRequest, duties: int) -> HttpResponseBase:
    """The same counts as a workbook, all rows."""
    viewer = request.viewer
    line = queries.one(viewer, duties).line
    unit_id = matrix.top_for(viewer, duties, whole(request.GET.get("don_vi")) or 0)
    period = _asked(request, _periods(request, line))
    if period is None:
        raise Refused("duties.not_asked")
    found = matrix.matrix(viewer, duties, unit_id, period, page=1, size=10_000)
    return attached([show.sheet(found, _("Nghĩa vụ"))], f"nghia-vu-{period.code}", "xlsx")


def _periods(request: ViewerRequest, line: ListLine) -> list[Period]:
    return periods_past(Rhythm(line.rhythm), line.since, line.until, request.viewer.today)


def _asked(request: ViewerRequest, periods: list[Period]) -> Period | None:
    """The period the address names, else the newest that is over, else the one that runs; None before the first."""
    if code := request.GET.get("cho", "")[:40]:
        return parse(code)
    over = [one for one in periods if one.last < request.viewer.today]
    return next(iter(over or periods), None)


def _behind(request: ViewerRequest) -> Behind | None:
    duty, answer = whole(request.GET.get("nghia_vu")) or 0, request.GET.get("tra_loi", "")
    state, alone = request.GET.get("trang_thai", ""), bool(request.GET.get("rieng"))
    if duty and answer in set(Answer):
        return Behind(duty, answer, "", alone)
    return Behind(0, "", state, alone) if state in (ReportState.SUBMITTED, ReportState.MISSING) else None
