"""Work in the background: what waits, runs, failed; having what failed tried again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from chithi.access.keeping import topmost
from chithi.db.viewer import Capability
from chithi.jobs.actions import try_again
from chithi.jobs.kinds import JobState
from chithi.jobs.letters import is_set_up
from chithi.jobs.queries import Standing, jobs, standing
from chithi.web.manage.desk import listing, optional, pager
from chithi.web.middleware import ViewerRequest
from chithi.web.show.moments import when
from chithi.web.show.work_later import deed_word, state_word, what_to_do, why
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.whole import page_number, whole
from chithi.work.deeds import DEEDS

if TYPE_CHECKING:
    from chithi.jobs.models import Job

_DAY = re.compile(r"(\d{4}-\d\d-\d\d):?(.{0,40})")
LATE = timedelta(hours=1)
"""Work that nobody has taken up for so long says that nobody is there to do it; a morning's letters take less."""
STATUS = {JobState.WAITING: "none", JobState.RUNNING: "good", JobState.DONE: "done", JobState.FAILED: "late"}


class FilterForm(forms.Form):
    """Which of them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offered = [("", _("Mọi trạng thái")), *((state.value, state_word(state)) for state in JobState)]
        field = forms.ChoiceField(required=False, label=gettext_lazy("Trạng thái"), choices=offered)
        self.fields["state"] = optional(field)


@require_safe
def background(request: ViewerRequest) -> HttpResponse:
    """The queue; where something failed, those first."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    found = standing()
    asked = request.GET.get("state", JobState.FAILED.value if found.failed else "")
    state = JobState(asked) if asked in set(JobState) else None
    page = page_number(request.GET.get("trang"))
    rows, total = jobs(request.viewer, state, page)
    heads = [_("Việc"), _("Trạng thái"), _("Lần thử"), _("Làm từ lúc"), _("Vì sao hỏng, phải làm gì"), ""]
    context = {
        "title": _("Việc chạy nền"),
        "lead": standing_words(found),
        "up": {"text": _("Tình trạng máy chủ"), "href": reverse("health")},
        "filter": FilterForm({"state": asked}),
        "listing": listing(
            _("Việc chạy nền"),
            list(heads),
            [_row(job) for job in rows],
            none=_("Không có việc nào như đã lọc."),
            pager=pager(request, page, total),
        ),
        "notes": [] if is_set_up() else [_("Chưa đặt máy chủ thư, nên không thư nào được gửi.")],
    }
    return render(request, "manage/list.html", context)


def standing_words(found: Standing) -> str:
    """The counts in one line."""
    said = _("%(waiting)s đang chờ, %(running)s đang làm, %(failed)s hỏng, %(done)s xong trong một ngày qua.") % {
        "waiting": number(found.waiting),
        "running": number(found.running),
        "failed": number(found.failed),
        "done": number(found.done_lately),
    }
    if found.oldest_due is None:
        return said
    return f"{said} {_('Việc chờ lâu nhất: từ %(when)s.') % {'when': when(found.oldest_due)}}"


def is_late(found: Standing) -> bool:
    """Whether work waits that should have been done."""
    return found.oldest_due is not None and timezone.now() - found.oldest_due > LATE


def _row(job: Job) -> dict[str, Any]:
    state = JobState(job.state)
    again = {
        "text": _("Thử lại"),
        "href": reverse("background_again", args=[job.pk]),
        "fields": [{"name": "version", "value": job.tries}],
    }
    return {
        "text": deed_word(job.deed),
        "href": "",
        "note": _told(job.key),
        "cells": [
            {"status": STATUS[state], "word": state_word(state)},
            {"text": number(job.tries)},
            {"text": when(job.due_at).replace(" ", "\N{NO-BREAK SPACE}")},
            {"text": " ".join(said for said in (_sentence(why(job.problem)), what_to_do(job.problem)) if said)},
        ],
        "acts": [again] if state is JobState.FAILED and not _is_told(job) else [],
    }


def _told(key: str) -> str:
    """What tells a piece of work from others of its kind: its day as people write it, then whom it is about."""
    found = _DAY.match(key)
    if found is None:
        return key[:60]
    return " · ".join(part for part in (day(date.fromisoformat(found[1])), found[2]) if part)


def _sentence(words: str) -> str:
    return f"{words.rstrip('.')}." if words else ""


def _is_told(job: Job) -> bool:
    """Whether its asker was told, and asks anew themselves: trying again would do nothing."""
    return any(deed.told is not None for deed in DEEDS if deed.name == job.deed)


@require_POST
def background_again(request: ViewerRequest, job: int) -> HttpResponse:
    """Put what failed back into the queue."""
    viewer, seen = request.viewer, whole(request.POST.get("version")) or 0
    try_again(by=viewer, job_id=job, seen_tries=seen, unit_id=topmost(viewer.today))
    messages.success(request, _("Việc này được làm lại ngay khi có máy rảnh."), extra_tags="good")
    return redirect("background")
