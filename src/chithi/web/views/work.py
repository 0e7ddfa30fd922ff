"""My work: the first page after the log-in, by date."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.web.manage.desk import PAGE, pager
from chithi.web.middleware import ViewerRequest
from chithi.web.show.work import below_shown, parts
from chithi.web.whole import page_number
from chithi.work.below import waits_below
from chithi.work.queries import my_work


@require_safe
def work(request: ViewerRequest) -> HttpResponse:
    """What is overdue, due today, this week, later, without a day; for those who lead, what waits below."""
    viewer, page = request.viewer, page_number(request.GET.get("trang"))
    lines, counts = my_work(viewer, viewer.today, start=(page - 1) * PAGE, most=PAGE)
    total = sum(counts.values())
    context = {
        "parts": parts(lines, counts, viewer.today),
        "none": _none(request, total),
        "below": below_shown(waits_below(viewer, viewer.today)) if page == 1 else [],
        "pager": pager(request, page, total),
    }
    return render(request, "work.html", context)


def _none(request: ViewerRequest, total: int) -> str:
    if not request.viewer.roles:
        return _("Chưa được giao vai trò nên chưa có việc. Hãy hỏi người quản trị của đơn vị.")
    if total:
        return _("Trang này không còn việc nào.")
    return _("Không có việc nào đang chờ. Khi có việc đến hạn, việc ấy hiện ở đây.")
