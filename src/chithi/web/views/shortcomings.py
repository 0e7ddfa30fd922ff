"""Shortcomings of units: the list with its counts, one with its tasks, written down, remedied, found again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Refused
from chithi.db.viewer import Capability
from chithi.duties import found, shortcomings
from chithi.duties.found import ShortcomingPage, Sought
from chithi.duties.kinds import Found, Remedy
from chithi.duties.reading import shortcoming_within
from chithi.duties.rules import why_not_task
from chithi.org.queries import in_reach, one_unit
from chithi.web.chosen import keep_unit, unit_of
from chithi.web.manage.desk import PAGE, listing, nothing, pager, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import shortcomings as show
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.views.shortcoming_forms import AgainForm, ShortcomingFilter, ShortcomingForm
from chithi.web.views.tasks_forms import ReasonForm, TaskForm
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]
REMEDIED_WITHIN = 90
"""Days that a task out of a shortcoming is given to begin with; whoever gives it changes them."""


@require_safe
def shortcomings_page(request: ViewerRequest) -> HttpResponse:
    """The shortcomings in reach, newest first, with how many stand in which state."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.READ)
    sought, page = _sought(request), page_number(request.GET.get("trang"))
    lines, total = found.shortcomings(viewer, sought, page=page, size=PAGE)
    enters = viewer.may_anywhere(Capability.ENTER)
    new = reverse("shortcoming_new")
    lead = one_unit(viewer, sought.unit, viewer.today).name if sought.unit else ""
    context = {
        "title": _("Hạn chế, khuyết điểm"),
        "up": {"text": _("Nghĩa vụ"), "href": reverse("duties")},
        "lead": lead or _("Thấy gì chưa được thì ghi, giao việc khắc phục, theo đến khi xong."),
        "actions": [{"text": _("Ghi nhận hạn chế"), "href": new, "main": True}] if enters else [],
        "tiles": show.tiles(found.totals(viewer, sought.unit), sought.unit),
        "filter": ShortcomingFilter(request.GET),
        "listing": listing(
            _("Hạn chế, khuyết điểm"),
            [_("Hạn chế, khuyết điểm"), _("Đơn vị"), _("Nguồn"), _("Phát hiện"), _("Đã nghiệm thu"), _("Trạng thái")],
            [show.row(line) for line in lines],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Chưa ghi nhận hạn chế, khuyết điểm nào. Ghi điều thấy khi kiểm điểm, rồi giao việc khắc phục."),
                new,
                _("Ghi nhận hạn chế") if enters else "",
            ),
        ),
    }
    return render(request, "shortcomings.html", context)


def _sought(request: ViewerRequest) -> Sought:
    state, source = request.GET.get("trang_thai", ""), request.GET.get("nguon", "")
    return Sought(
        whole(request.GET.get("don_vi")) or 0,
        state if state in set(Remedy) else "",
        source if source in set(Found) else "",
    )


@require_safe
def shortcoming(request: ViewerRequest, shortcoming: int) -> HttpResponse:
    """One shortcoming: where it was found, what is done about it."""
    page = found.one_shortcoming(request.viewer, shortcoming)
    request.unit_id = page.row.unit_id  # type: ignore[attr-defined]  # for the frame
    mark, word = show.REMEDIES[page.line.state]
    buttons = show.buttons(page)
    context = {
        "title": page.row.wording,
        "up": {"text": _("Hạn chế, khuyết điểm"), "href": reverse("shortcomings")},
        "status": mark,
        "word": str(word),
        "facts": show.facts(page),
        "buttons": buttons,
        "listing": listing(
            _("Việc khắc phục"),
            [_("Việc"), _("Đơn vị"), _("Hạn"), _("Trạng thái"), _("Kết quả")],
            show.tasks(page),
            none=_("Chưa giao việc nào để khắc phục."),
        ),
        "again": [
            {"on": day(one.on), "reason": one.reason, "who": page.people.get(one.by_id or 0, "")} for one in page.again
        ],
    }
    return render(request, "shortcoming.html", context)


@require_http_methods(READS)
def shortcoming_new(request: ViewerRequest) -> HttpResponse:
    """Write one down; `nghia_vu` names the answer about a duty it comes out of."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ENTER)
    unit_id, answer_id = whole(request.GET.get("don_vi")) or unit_of(request), whole(request.GET.get("nghia_vu"))
    initial = _initial(request, unit_id, answer_id)
    form = ShortcomingForm(sent(request), viewer=viewer, initial=initial)
    if answer_id is not None:
        form.fields["unit"].disabled = True
    if request.method == "POST":
        made = tried(
            form,
            lambda: shortcomings.register(
                by=viewer, unit_id=form.cleaned_data["unit"], said=form.said(), answer_id=answer_id,
                key=form.cleaned_data["key"],
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã ghi nhận. Giao việc khắc phục ngay nếu được."), extra_tags="good")
            return redirect("shortcoming", made.pk)
    query = f"?don_vi={unit_id}&nghia_vu={answer_id}" if answer_id is not None else ""
    context = {
        "title": _("Ghi nhận hạn chế, khuyết điểm"),
        "lead": _("Của tập thể, để khắc phục; cấp trên cũng đọc được."),
        "up": {"text": _("Hạn chế, khuyết điểm"), "href": reverse("shortcomings")},
        "form": form, "send_href": f"{reverse('shortcoming_new')}{query}", "send_text": _("Ghi nhận"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _initial(request: ViewerRequest, unit_id: int, answer_id: int | None) -> dict[str, Any]:
    viewer = request.viewer
    initial: dict[str, Any] = {"found_on": viewer.today, "key": uuid4(), "unit": ""}
    if in_reach(viewer, unit_id, Capability.ENTER):
        initial["unit"] = one_unit(viewer, unit_id, viewer.today).code
    if answer_id is not None:
        said = found.out_of_answer(viewer, unit_id, answer_id)
        initial |= {"wording": said.wording, "found": said.found.value, "found_on": said.found_on}
        initial["source"] = said.source
    return initial


@require_http_methods(READS)
def shortcoming_change(request: ViewerRequest, shortcoming: int) -> HttpResponse:
    """Other words, as long as nobody was given a task."""
    viewer = request.viewer
    page = _to_write(request, shortcoming)
    kept = page.row
    initial = {
        "unit": page.line.unit.code if page.line.unit else "", "wording": kept.wording, "found": kept.found,
        "source": kept.source, "found_on": kept.found_on, "cause": kept.cause, "version": kept.version,
    }  # fmt: skip
    form = ShortcomingForm(sent(request), viewer=viewer, initial=initial)
    form.fields["unit"].disabled = True
    if request.method == "POST":
        done = tried(
            form,
            lambda: shortcomings.change(
                by=viewer, shortcoming_id=shortcoming, seen_version=form.cleaned_data["version"] or 0, said=form.said()
            ),
        )
        if done is not None:
            messages.success(request, _("Đã lưu."), extra_tags="good")
            return redirect("shortcoming", shortcoming)
    return _form(request, page, form, _("Sửa lời hạn chế, khuyết điểm"), _("Lưu"))


@require_http_methods(READS)
def shortcoming_task(request: ViewerRequest, shortcoming: int) -> HttpResponse:
    """Give a task out of it: its words are written already, a person and a day are left to choose."""
    viewer = request.viewer
    page = _to_write(request, shortcoming)
    if request.method != "POST" and (problem := why_not_task(page.line.state, viewer.today, viewer.today)):
        raise problem
    unit_id = shortcomings.holder(page.row.unit_id, viewer.today)
    title = _("Khắc phục: %(wording)s") % {"wording": page.row.wording}
    initial = {
        "title": title[:300], "product": _("Báo cáo kết quả khắc phục"), "since": viewer.today, "weight": 1,
        "due_on": viewer.today + timedelta(days=REMEDIED_WITHIN), "update_every": 30, "key": uuid4(),
    }  # fmt: skip
    form = TaskForm(sent(request), viewer=viewer, unit_id=unit_id, initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: shortcomings.give_task(
                by=viewer, shortcoming_id=shortcoming, said=form.said(), key=form.cleaned_data["key"]
            ),
        )
        if made is not None:
            messages.success(request, _("Đã giao việc khắc phục."), extra_tags="good")
            return redirect("task", made.pk)
    keep_unit(request, page.row.unit_id)
    return _form(request, page, form, _("Giao việc khắc phục"), _("Giao nhiệm vụ"), "task_form.html")


@require_http_methods(READS)
def shortcoming_again(request: ViewerRequest, shortcoming: int) -> HttpResponse:
    """What was remedied was found again."""
    viewer = request.viewer
    page = _to_write(request, shortcoming)
    form = AgainForm(sent(request), initial={"on": viewer.today, "version": page.row.version})
    if request.method == "POST":
        data = form.cleaned_data if form.is_valid() else {}
        done = tried(
            form,
            lambda: shortcomings.found_again(
                by=viewer, shortcoming_id=shortcoming, seen_version=data["version"], on=data["on"],
                reason=data["reason"],
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Đã ghi nhận tái diễn. Giao việc khắc phục mới."), extra_tags="good")
            return redirect("shortcoming", shortcoming)
    return _form(request, page, form, _("Ghi nhận tái diễn"), _("Ghi nhận"))


@require_http_methods(READS)
def shortcoming_withdraw(request: ViewerRequest, shortcoming: int) -> HttpResponse:
    """It was written down by mistake."""
    viewer = request.viewer
    page = _to_write(request, shortcoming)
    form = ReasonForm(sent(request), initial={"version": page.row.version})
    if request.method == "POST":
        data = form.cleaned_data if form.is_valid() else {}
        done = tried(
            form,
            lambda: shortcomings.withdraw(
                by=viewer, shortcoming_id=shortcoming, seen_version=data["version"], reason=data["reason"]
            ),
        )
        if done is not None:
            facts, back = {"id": done.pk, "version": done.version}, reverse("shortcoming", args=[shortcoming])
            return offer(request, _("Đã rút."), "shortcoming_withdrawn", facts, back=back)
    return _form(request, page, form, _("Rút hạn chế, khuyết điểm ghi nhầm"), _("Rút"))


def _to_write(request: ViewerRequest, shortcoming_id: int) -> ShortcomingPage:
    """One that the viewer may write about: `Absent` else; nothing is done to one that was withdrawn."""
    row = shortcoming_within(request.viewer, shortcoming_id, Capability.ENTER)
    request.unit_id = row.unit_id  # type: ignore[attr-defined]  # for the frame
    if row.withdrawn_on is not None:
        raise Refused("shortcomings.withdrawn")
    return found.one_shortcoming(request.viewer, shortcoming_id)


def _form(
    request: ViewerRequest, page: ShortcomingPage, form: Any, title: str, send: str, name: str = "manage/form.html"
) -> HttpResponse:
    context = {
        "title": title,
        "lead": "" if name == "task_form.html" else page.row.wording,
        "up": {"text": page.row.wording, "href": reverse("shortcoming", args=[page.row.pk])},
        "form": form, "send_href": request.path, "send_text": send,
    }  # fmt: skip
    return render(request, name, context, status=400 if form.errors else 200)
