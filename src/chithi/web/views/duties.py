"""Lists of duties: which there are and what is to be reported now, one list, its words, its versions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.db.viewer import Capability
from chithi.duties import actions, queries
from chithi.duties.kinds import ListState
from chithi.duties.queries import ListPage
from chithi.duties.rules import DutySaid
from chithi.duties.shipped import SHIPPED, shipped
from chithi.org.queries import in_reach, one_unit
from chithi.web.chosen import unit_of
from chithi.web.manage.desk import PAGE, listing, nothing, pager, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import duties as show
from chithi.web.undo import offer
from chithi.web.views.duty_forms import EndForm, ListForm
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_safe
def duties(request: ViewerRequest) -> HttpResponse:
    """The lists in reach; above them what the chosen unit is to report."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.READ)
    page, unit_id = page_number(request.GET.get("trang")), unit_of(request)
    found, total = queries.lists(viewer, page=page, size=PAGE)
    enters = viewer.may_anywhere(Capability.ENTER)
    owed = queries.owed(viewer, [unit_id], viewer.today) if in_reach(viewer, unit_id) else []
    new = reverse("duty_list_new")
    actions_ = [{"text": _("Soạn danh mục"), "href": new, "main": True}] if enters else []
    context = {
        "title": _("Nghĩa vụ"),
        "lead": _("Quy định giao nghĩa vụ gì, từng đơn vị đã làm đến đâu."),
        "actions": [*actions_, {"text": _("Hạn chế, khuyết điểm"), "href": reverse("shortcomings"), "main": False}],
        "owed": _owed(request, unit_id, [show.owed_row(one) for one in owed]) if owed else None,
        "listing": listing(
            _("Danh mục nghĩa vụ"),
            [_("Danh mục"), _("Đơn vị ban hành"), _("Ai báo cáo"), _("Bao lâu một lần"), _("Có hiệu lực từ"),
             _("Trạng thái")],
            [show.list_row(line) for line in found],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Chưa có danh mục nghĩa vụ nào. Soạn từ một quy định, rồi các đơn vị bên dưới báo cáo theo đó."),
                new,
                _("Soạn danh mục") if enters else "",
            ),
        ),
    }  # fmt: skip
    return render(request, "duties.html", context)


def _owed(request: ViewerRequest, unit_id: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    unit = one_unit(request.viewer, unit_id, request.viewer.today)
    return {
        "title": _("%(unit)s phải báo cáo") % {"unit": unit.short_name},
        "listing": listing(_("Phải báo cáo"), [_("Danh mục"), _("Kỳ"), _("Hạn gửi"), _("Trạng thái")], rows, none=""),
    }


@require_safe
def duty_list(request: ViewerRequest, duties: int) -> HttpResponse:
    """One list: its duties, its versions, what may be done with it."""
    viewer = request.viewer
    page = queries.one(viewer, duties)
    if in_reach(viewer, page.line.unit_id):
        request.unit_id = page.line.unit_id  # type: ignore[attr-defined]  # for the frame
    mark, word = show.LISTS[page.line.state]
    context = {
        "title": page.line.name,
        "up": {"text": _("Nghĩa vụ"), "href": reverse("duties")},
        "status": mark,
        "word": str(word),
        "facts": show.list_facts(page),
        "buttons": _buttons(page),
        "posts": _posts(page),
        "listing": listing(
            _("Các nghĩa vụ"),
            [_("Nghĩa vụ"), _("Của ai")],
            [
                {"text": f"{one.code}. {one.wording}", "cells": [{"text": str(show.CONCERNS[one.concerns])}]}
                for one in page.duties
            ],
            none=_("Danh mục chưa có nghĩa vụ nào."),
            none_href=reverse("duty_list_change", args=[duties]) if page.writes else "",
            none_action=_("Ghi nghĩa vụ"),
        ),
    }
    return render(request, "duty_list.html", context)


def _buttons(page: ListPage) -> list[dict[str, Any]]:
    line = page.line
    found = []
    if line.state is not ListState.DRAFT:
        found.append((_("Tổng hợp báo cáo"), reverse("duty_matrix", args=[line.id]), True))
    if page.writes and not page.reported:
        found.append((_("Sửa danh mục"), reverse("duty_list_change", args=[line.id]), False))
    if page.writes and line.state is not ListState.DRAFT and line.until is None:
        found.append((_("Cho hết hiệu lực"), reverse("duty_list_end", args=[line.id]), False))
    return [{"text": text, "href": href, "main": main} for text, href, main in found]


def _posts(page: ListPage) -> list[dict[str, Any]]:
    """Acts of one step: {text, href, version, main}."""
    line = page.line
    if not page.writes:
        return []
    if line.state is ListState.DRAFT:
        found = [(_("Ban hành"), "duty_list_issue", True), (_("Bỏ bản nháp"), "duty_list_discard", False)]
    else:
        found = [] if page.after else [(_("Lập phiên bản mới"), "duty_list_next", False)]
    return [
        {"text": text, "href": reverse(route, args=[line.id]), "version": line.version, "main": main}
        for text, route, main in found
    ]


@require_http_methods(READS)
def duty_list_new(request: ViewerRequest) -> HttpResponse:
    """A list of a unit one enters for; `mau` names a list that ships, to begin with."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ENTER)
    sample = shipped(request.GET.get("mau", "")[:10])
    unit_id = unit_of(request)
    if not in_reach(viewer, unit_id, Capability.ENTER):
        unit_id = viewer.home_unit_id or 0
    known = in_reach(viewer, unit_id, Capability.ENTER)
    initial: dict[str, Any] = {
        "unit": one_unit(viewer, unit_id, viewer.today).code if known else "",
        "since": viewer.today.replace(month=1, day=1),
        "expects": ["grassroots"],
        "key": uuid4(),
    }
    if sample is not None:
        initial |= {"name": sample.name, "sign": sample.sign, "expects": list(sample.expects)}
    form = ListForm(sent(request), viewer=viewer, initial=initial, duties=sample.duties if sample else ())
    if request.method == "POST":
        made = tried(
            form,
            lambda: actions.draft(
                by=viewer, unit_id=form.cleaned_data["unit"], said=form.said(), duties=form.duties(),
                key=form.cleaned_data["key"],
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp. Xem lại rồi ban hành."), extra_tags="good")
            return redirect("duty_list", made.pk)
    samples = [
        {"text": f"{one.sign}: {one.name}", "href": f"{reverse('duty_list_new')}?mau={one.code}"} for one in SHIPPED
    ]
    context = {
        "title": _("Soạn danh mục nghĩa vụ"),
        "lead": _("Ghi bằng lời ngắn của mình; các đơn vị bên dưới báo cáo theo từng nghĩa vụ."),
        "up": {"text": _("Nghĩa vụ"), "href": reverse("duties")},
        "form": form, "samples": samples, "send_href": reverse("duty_list_new"), "send_text": _("Lưu bản nháp"),
    }  # fmt: skip
    return render(request, "duty_list_form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def duty_list_change(request: ViewerRequest, duties: int) -> HttpResponse:
    """Other words for a list on which nobody has reported yet."""
    viewer = request.viewer
    page = queries.to_write(viewer, duties)
    line = page.line
    initial = {
        "unit": one_unit(viewer, line.unit_id, viewer.today).code, "name": line.name, "sign": line.sign,
        "directive": page.directive, "directive_words": page.directive_words, "expects": list(line.expects),
        "rhythm": line.rhythm.value, "since": line.since, "version": line.version,
    }  # fmt: skip
    kept = tuple(DutySaid(one.code, one.wording, one.concerns) for one in page.duties)
    form = ListForm(sent(request), viewer=viewer, initial=initial, duties=kept)
    form.fields["unit"].disabled = True
    if request.method == "POST":
        done = tried(
            form,
            lambda: actions.change(
                by=viewer, list_id=duties, seen_version=form.cleaned_data["version"] or 0, said=form.said(),
                duties=form.duties(),
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Đã lưu danh mục."), extra_tags="good")
            return redirect("duty_list", duties)
    context = {
        "title": _("Sửa danh mục nghĩa vụ"),
        "lead": _("Khi đã có đơn vị báo cáo thì lập phiên bản mới."),
        "up": {"text": line.name, "href": reverse("duty_list", args=[duties])},
        "form": form, "samples": [], "send_href": reverse("duty_list_change", args=[duties]), "send_text": _("Lưu"),
    }  # fmt: skip
    return render(request, "duty_list_form.html", context, status=400 if form.errors else 200)


@require_POST
def duty_list_issue(request: ViewerRequest, duties: int) -> HttpResponse:
    """A draft goes out."""
    actions.issue(by=request.viewer, list_id=duties, seen_version=_seen(request))
    messages.success(request, _("Đã ban hành. Các đơn vị bên dưới thấy danh mục và báo cáo."), extra_tags="good")
    return redirect("duty_list", duties)


@require_POST
def duty_list_next(request: ViewerRequest, duties: int) -> HttpResponse:
    """A draft of the version that is to follow."""
    made = actions.next_version(by=request.viewer, list_id=duties, seen_version=_seen(request))
    messages.success(request, _("Đã lập bản nháp của phiên bản mới. Sửa rồi ban hành."), extra_tags="good")
    return redirect("duty_list", made.pk)


@require_POST
def duty_list_discard(request: ViewerRequest, duties: int) -> HttpResponse:
    """A draft is taken away."""
    actions.discard(by=request.viewer, list_id=duties, seen_version=_seen(request))
    messages.success(request, _("Đã bỏ bản nháp."), extra_tags="good")
    return redirect("duties")


@require_http_methods(READS)
def duty_list_end(request: ViewerRequest, duties: int) -> HttpResponse:
    """A list holds no longer from a day on."""
    viewer = request.viewer
    page = queries.to_write(viewer, duties)
    form = EndForm(sent(request), initial={"on": viewer.today, "version": page.line.version})
    if request.method == "POST":
        done = tried(
            form,
            lambda: actions.end(
                by=viewer, list_id=duties, seen_version=form.cleaned_data["version"], on=form.cleaned_data["on"]
            ),
        )
        if done is not None:
            facts = {"id": done.pk, "version": done.version}
            back = reverse("duty_list", args=[duties])
            return offer(request, _("Đã ghi ngày hết hiệu lực."), "duty_list_ended", facts, back=back)
    context = {
        "title": _("Cho danh mục hết hiệu lực"),
        "lead": _("Kỳ báo cáo kết thúc trước ngày này vẫn báo cáo theo danh mục."),
        "up": {"text": page.line.name, "href": reverse("duty_list", args=[duties])},
        "form": form, "send_href": reverse("duty_list_end", args=[duties]), "send_text": _("Cho hết hiệu lực"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _seen(request: ViewerRequest) -> int:
    return whole(request.POST.get("version")) or 0
