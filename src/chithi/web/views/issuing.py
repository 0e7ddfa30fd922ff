"""Issuing a made report: its number, a letter that goes with it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.registry.kinds import DocumentKind
from chithi.registry.queries import issued_of
from chithi.reporting.formats import sign_alone
from chithi.reporting.issuing import issue_letter, issue_report, letter_of, next_sign
from chithi.reporting.letter import Form
from chithi.reporting.queries import report_to_issue
from chithi.web.manage.desk import sent, tried
from chithi.web.manage.offices_forms import IssueForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.word_file import word_file

READS = ["GET", "HEAD", "POST"]


@require_http_methods(READS)
def report_issue(request: ViewerRequest, code: str) -> HttpResponse:
    """A made report gets its number; one that has it already may get a letter beside."""
    viewer = request.viewer
    made = report_to_issue(viewer, code)
    known = issued_of(viewer, [made.code])
    sign = next((row.sign for row in known if row.kind == DocumentKind.REPORT), "")
    form = IssueForm(sent(request), needed=bool(sign), initial={"on": viewer.today})

    def do() -> str:
        letter = Form(form.cleaned_data["letter"]) if form.cleaned_data["letter"] else None
        return _issued(viewer, made.code, form.cleaned_data["on"], letter, sign)

    done = tried(form, do) if request.method == "POST" else None
    if done:
        messages.success(request, _("Đã ban hành: số %(signs)s.") % {"signs": done}, extra_tags="good")
        return redirect("outgoing")
    if sign:
        title = _("Cấp số văn bản gửi kèm báo cáo số %(sign)s") % {"sign": sign_alone(sign)}
    else:
        title = _("Ban hành báo cáo mã %(code)s") % {"code": made.code}
    context = {
        "title": title,
        "lead": ""
        if sign
        else _("Số kế tiếp: %(sign)s. Số và ngày được in vào tệp Word.")
        % {"sign": sign_alone(next_sign(viewer, made.code, viewer.today))},
        "office_href": reverse("office", args=[made.unit_id]),
        "up": {
            "text": _("Báo cáo %(period)s") % {"period": parse(made.period_code).label("vi").lower()},
            "href": reverse("report", args=[made.unit_id, made.period_code]),
        },
        "form": form,
        "send_href": reverse("report_issue", args=[made.code]),
        "send_text": _("Cấp số") if sign else _("Ban hành"),
        "send_note": _("Đã ban hành thì số không cấp lại, kể cả khi thu hồi."),
    }
    return render(request, "manage/issue.html", context, status=400 if form.errors else 200)


def _issued(viewer: Viewer, code: str, on: date, letter: Form | None, known: str) -> str:
    """Issue the report, or only a letter where the report has its number; what was issued, as printed."""
    if known and letter is not None:
        return sign_alone(issue_letter(by=viewer, code=code, on=on, form=letter).sign)
    report, sent_with = issue_report(by=viewer, code=code, on=on, letter=letter)
    return ", ".join(sign_alone(row.sign) for row in (report, sent_with) if row)


@require_safe
def report_letter(request: ViewerRequest, code: str, form: str) -> HttpResponse:
    """The letter that goes with a made report, as a Word file whose number is still open."""
    from chithi.reporting.word_letter import letter_bytes  # loading Word takes 0,2 s

    letter = letter_of(request.viewer, code, {"cong-van": Form.LETTER, "to-trinh": Form.SUBMISSION}[form])
    return word_file(letter_bytes(letter), f"{form}-{code}")
