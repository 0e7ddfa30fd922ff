"""Reorganisation plans: the list, a new one, one with its rows and its story, its head, its sheet, giving it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.queries import account_names
from chithi.core.errors import Refused
from chithi.db.viewer import Capability, Viewer
from chithi.journal.queries import Asked, deeds
from chithi.journal.words import told
from chithi.org import plan_drafts as drafts
from chithi.org.kinds import PlanState
from chithi.org.plan_cells import cells_of
from chithi.org.plan_drafts import Head, Unfit
from chithi.org.plan_queries import PlanCard, one_plan, plan_rows, plans
from chithi.org.plan_rows import Problem, Row, Unread
from chithi.sheets import read
from chithi.web.manage.desk import PAGE, listing, nothing, pager, tried
from chithi.web.manage.plans_forms import HeadForm, NewPlanForm, PlanFilter, SheetForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.plans import STATE_MARKS, problem_lines, state_word
from chithi.web.templatetags.chithi_format import day, language, number
from chithi.web.undo import offer
from chithi.web.whole import page_number, whole

PLAN_KIND = "org.reorganisation"
DEEDS_SHOWN = 50
PROBLEMS_SHOWN = 200


@require_safe
def plan_list(request: ViewerRequest) -> HttpResponse:
    """Plans in reach, the newest first."""
    request.viewer.require_anywhere(Capability.TREE)
    choices = [(state.value, state_word(state)) for state in PlanState]
    page, state = page_number(request.GET.get("trang")), request.GET.get("state", "")
    found, total = plans(request.viewer, state=state if state in dict(choices) else "", page=page)
    context = {
        "title": _("Sắp xếp tổ chức"),
        "lead": _("Phương án sáp nhập, chia tách, chuyển, kết thúc: soạn, xem trước, áp dụng, hủy."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "filter": PlanFilter(request.GET, choices=choices),
        "actions": [{"text": _("Lập phương án"), "href": reverse("plan_new"), "main": True}],
        "listing": listing(
            _("Phương án sắp xếp"),
            [_("Phương án"), _("Nơi sắp xếp"), _("Từ ngày"), _("Văn bản"), _("Số dòng"), _("Tình trạng")],
            [_listed(plan) for plan in found],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Chưa có phương án nào. Lập phương án, xem trước cho kỹ, rồi mới áp dụng."),
                reverse("plan_new"),
                _("Lập phương án"),
            ),
        ),
    }
    return render(request, "manage/list.html", context)


def _listed(plan: PlanCard) -> dict[str, Any]:
    return {
        "text": plan.title,
        "href": reverse("plan", args=[plan.id]),
        "cells": [
            {"text": plan.unit},
            {"text": day(plan.on)},
            {"text": plan.document or "–"},
            {"text": number(plan.rows)},
            {"status": STATE_MARKS[plan.state], "word": state_word(plan.state)},
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: ViewerRequest) -> HttpResponse:
    """A new plan, from a sheet or empty."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    form = NewPlanForm(request.POST or None, request.FILES or None, viewer=viewer)
    wrong: list[str] = []
    if request.method == "POST":

        def do() -> int:
            data = form.cleaned_data
            plan, _problems = drafts.draft_sheet(
                by=viewer, unit_id=data["unit"], head=_head(data), rows=_rows_of(data.get("file"))
            )
            return plan.pk

        try:
            made = tried(form, do)
        except Unfit as unfit:
            made, wrong = None, problem_lines(unfit.problems)
            form.add_error("file", _("Bảng chưa đọc được, xem các chỗ phải sửa bên dưới."))
        if made is not None:
            messages.success(request, _("Đã lập phương án. Cây tổ chức chưa thay đổi."), extra_tags="good")
            return redirect("plan", made)
    context = {
        "title": _("Lập phương án sắp xếp"),
        "lead": _("Phương án chỉ là dự kiến cho tới khi được áp dụng."),
        "up": {"text": _("Sắp xếp tổ chức"), "href": reverse("plans")},
        "form": form,
        "files": True,
        "send_href": reverse("plan_new"),
        "send_text": _("Lưu phương án"),
        "wrong_rows": wrong,
        "templates": _templates(),
    }
    return render(request, "manage/plan_sheet.html", context, status=400 if form.errors else 200)


@require_safe
def plan_page(request: ViewerRequest, plan: int) -> HttpResponse:
    """A plan: its head, what may be done now, its rows, who did what."""
    viewer = request.viewer
    card, page = one_plan(viewer, plan), page_number(request.GET.get("trang"))
    rows = plan_rows(viewer, plan)
    draft = card.state is PlanState.DRAFT
    unread = sum(isinstance(row, Unread) for row in rows)
    context = {
        "plan": {
            "title": card.title,
            "unit": card.unit,
            "status": STATE_MARKS[card.state],
            "word": state_word(card.state),
            "version": card.version,
            "facts": _facts(card),
        },
        "up": {"text": _("Sắp xếp tổ chức"), "href": reverse("plans")},
        "actions": _actions(card, bool(rows)),
        "unread": _unread_words(unread) if draft and unread else "",
        "cancel_href": reverse("plan_cancel", args=[card.id]) if draft else "",
        "listing": listing(
            _("Các dòng của phương án"),
            [_("Việc"), _("Đơn vị"), _("Nội dung"), *([""] if draft else [])],
            [_row(card, row, draft) for row in rows[(page - 1) * PAGE : page * PAGE]],
            none=_("Chưa có dòng nào. Thêm từng dòng, hoặc đưa một bảng lên."),
            pager=pager(request, page, len(rows)),
        ),
        "deeds": story(viewer, card.id),
    }
    return render(request, "manage/plan.html", context)


def _facts(card: PlanCard) -> list[dict[str, str]]:
    facts = [
        {"name": _("Nơi sắp xếp"), "text": card.unit},
        {"name": _("Từ ngày"), "text": day(card.on)},
        {"name": _("Văn bản quyết định"), "text": card.document or "–"},
    ]
    if card.undone_on is not None:
        facts.append({"name": _("Hủy từ ngày"), "text": day(card.undone_on)})
        facts.append({"name": _("Văn bản hủy"), "text": card.undone_document or "–"})
    return facts


def _unread_words(unread: int) -> str:
    return ngettext("%(count)s dòng chưa hiểu được; hãy sửa.", "%(count)s dòng chưa hiểu được; hãy sửa.", unread) % {
        "count": number(unread)
    }


def _actions(card: PlanCard, filled: bool) -> list[dict[str, Any]]:
    def way(text: str, route: str, main: bool = False) -> dict[str, Any]:
        return {"text": text, "href": reverse(route, args=[card.id]), "main": main}

    export = way(_("Tải bảng về"), "plan_file")
    if card.state is PlanState.DRAFT:
        first = [way(_("Xem trước và áp dụng"), "plan_preview", main=True)] if filled else []
        return [
            *first,
            way(_("Thêm dòng"), "plan_row_new", main=not filled),
            way(_("Thay bằng bảng khác"), "plan_sheet"),
            way(_("Sửa tên, ngày, văn bản"), "plan_head"),
            export,
        ]
    if card.state is PlanState.APPLIED:
        return [way(_("Xem kết quả"), "plan_result"), way(_("Hủy phương án"), "plan_undo"), export]
    return [*([way(_("Xem kết quả"), "plan_result")] if card.state is PlanState.UNDONE else []), export]


def _row(card: PlanCard, row: Row, draft: bool) -> dict[str, Any]:
    cells = cells_of(row, language())
    into = " → ".join(said for said in (cells.get("parent_code"), cells.get("heir_code")) if said)
    said = [cells.get("name"), cells.get("kind"), cells.get("people"), f"→ {into}" if into else ""]
    found: dict[str, Any] = {
        "text": cells.get("what") or _("(chưa ghi việc)"),
        "note": _("dòng %(row)s") % {"row": number(row.row)},
        "cells": [{"text": (cells.get("codes") or "–")[:300]}, {"text": " · ".join(s for s in said if s)[:300]}],
    }
    if isinstance(row, Unread):
        found["note"] += " · " + _("chưa hiểu được")
    if draft:
        address = reverse("plan_row", args=[card.id, row.row])
        found["acts"] = [
            {"text": _("Sửa"), "href": address},
            {
                "text": _("Bỏ"),
                "href": reverse("plan_row_drop", args=[card.id, row.row]),
                "fields": [{"name": "version", "value": card.version}],
            },
        ]
    return found


def story(viewer: Viewer, plan_id: int) -> list[dict[str, str]]:
    """Who did what with a plan, the newest first."""
    found, _total = deeds(viewer.reach(Capability.TREE), Asked(about=(PLAN_KIND, plan_id)), page=1, size=DEEDS_SHOWN)
    names = account_names(deed.by_id for deed in found)
    return [
        {
            "text": told(deed.verb, deed.facts, language()),
            "by": names.get(deed.by_id or 0, "chithi"),
            "at": f"{localtime(deed.at):%H:%M} {day(localtime(deed.at).date())}",
        }
        for deed in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def plan_head(request: ViewerRequest, plan: int) -> HttpResponse:
    """Title, day and document of a draft."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    first = {"title": card.title, "on": card.on, "document": card.document, "version": card.version}
    form = HeadForm(request.POST or None, initial=first)

    def do() -> int:
        seen = form.cleaned_data["version"] or 0
        return drafts.put_head(by=viewer, plan_id=plan, seen_version=seen, head=_head(form.cleaned_data)).pk

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã sửa phương án."), extra_tags="good")
        return redirect("plan", plan)
    context = {
        "title": _("Sửa tên, ngày, văn bản"),
        "lead": card.title,
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "form": form,
        "send_href": reverse("plan_head", args=[plan]),
        "send_text": _("Lưu"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_sheet(request: ViewerRequest, plan: int) -> HttpResponse:
    """Put the rows of another sheet in the place of a draft's."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    form = SheetForm(request.POST or None, request.FILES or None, initial={"version": card.version})
    wrong: list[str] = []
    if request.method == "POST":

        def do() -> tuple[Problem, ...]:
            data = form.cleaned_data
            rows = _rows_of(data["file"])
            return drafts.replace_rows(by=viewer, plan_id=plan, seen_version=data["version"], rows=rows)[1]

        try:
            found = tried(form, do)
        except Unfit as unfit:
            found, wrong = None, problem_lines(unfit.problems)
            form.add_error("file", _("Bảng chưa đọc được, xem các chỗ phải sửa bên dưới."))
        if found is not None:
            messages.success(request, _("Đã thay các dòng bằng bảng mới."), extra_tags="good")
            return redirect("plan_preview" if found else "plan", plan)
    context = {
        "title": _("Thay bằng bảng khác"),
        "lead": card.title,
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "form": form,
        "files": True,
        "send_href": reverse("plan_sheet", args=[plan]),
        "send_text": _("Thay các dòng"),
        "wrong_rows": wrong,
        "templates": _templates(),
    }
    return render(request, "manage/plan_sheet.html", context, status=400 if form.errors else 200)


@require_POST
def plan_cancel(request: ViewerRequest, plan: int) -> HttpResponse:
    """Give a draft up."""
    done = drafts.cancel(by=request.viewer, plan_id=plan, seen_version=whole(request.POST.get("version")) or 0)
    facts = {"id": plan, "version": done.version}
    said = _("Đã bỏ phương án. Cây tổ chức không thay đổi.")
    return offer(request, said, "plan_cancelled", facts, back=reverse("plan", args=[plan]))


def _head(data: dict[str, Any]) -> Head:
    return Head(title=data["title"], on=data["on"], document=data["document"])


def _rows_of(file: UploadedFile[Any] | None) -> list[list[str]]:
    """The rows of the first sheet; none where no file was sent."""
    if file is None:
        return []
    try:
        return [list(row) for row in read(file.read(), str(file.name or "")[:200])[0].rows]
    except Refused as problem:
        raise Refused(problem.code, field="file", **problem.facts) from problem


def _templates() -> list[dict[str, str]]:
    return [
        {"text": _("Tải mẫu tiếng Việt"), "href": reverse("plan_template", args=["vi"])},
        {"text": _("Tải mẫu tiếng Anh"), "href": reverse("plan_template", args=["en"])},
    ]
