"""Rows of a draft: add one, change one, take one out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chithi.core.errors import Absent
from chithi.org import plan_drafts as drafts
from chithi.org.plan_cells import cells_of
from chithi.org.plan_drafts import Unfit
from chithi.org.plan_queries import one_plan, plan_rows
from chithi.web.manage.desk import tried
from chithi.web.manage.plans_forms import RowForm, blame_row
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import number
from chithi.web.undo import offer
from chithi.web.whole import whole


@require_http_methods(["GET", "HEAD", "POST"])
def plan_row_new(request: ViewerRequest, plan: int) -> HttpResponse:
    """Add a row."""
    card = one_plan(request.viewer, plan)
    form = RowForm(request.POST or None, initial={"version": card.version}, placed=True)

    def do() -> int:
        data = form.cleaned_data
        return drafts.add_row(
            by=request.viewer,
            plan_id=plan,
            seen_version=data["version"],
            cells=form.cells(),
            after=data["after"] or 0,
        ).pk

    if request.method == "POST" and _done(form, do):
        messages.success(request, _("Đã thêm một dòng."), extra_tags="good")
        return redirect("plan", plan)
    return _form(request, plan, form, _("Thêm dòng"), reverse("plan_row_new", args=[plan]))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_row(request: ViewerRequest, plan: int, row: int) -> HttpResponse:
    """Change a row; one that was not understood stands in the fields as it was typed, with what is wrong in it."""
    card = one_plan(request.viewer, plan)
    kept = next((one for one in plan_rows(request.viewer, plan) if one.row == row), None)
    if kept is None:
        raise Absent("org.no_such_row", row=row)
    form = RowForm(request.POST or None, initial={**cells_of(kept), "version": card.version}, placed=False)

    def do() -> int:
        version = form.cleaned_data["version"]
        return drafts.put_row(by=request.viewer, plan_id=plan, seen_version=version, row=row, cells=form.cells()).pk

    if request.method == "POST" and _done(form, do):
        messages.success(request, _("Đã sửa dòng %(row)s.") % {"row": number(row)}, extra_tags="good")
        return redirect("plan", plan)
    title = _("Sửa dòng %(row)s") % {"row": number(row)}
    return _form(request, plan, form, title, reverse("plan_row", args=[plan, row]))


@require_POST
def plan_row_drop(request: ViewerRequest, plan: int, row: int) -> HttpResponse:
    """Take a row out."""
    seen = whole(request.POST.get("version")) or 0
    kept = next((one for one in plan_rows(request.viewer, plan) if one.row == row), None)
    done = drafts.drop_row(by=request.viewer, plan_id=plan, seen_version=seen, row=row)
    facts = {"id": plan, "version": done.version, "row": row, "cells": cells_of(kept) if kept else {}}
    said = _("Đã bỏ dòng %(row)s.") % {"row": number(row)}
    return offer(request, said, "row_dropped", facts, back=reverse("plan", args=[plan]))


def _done(form: RowForm, do: Callable[[], int]) -> bool:
    try:
        return tried(form, do) is not None
    except Unfit as unfit:
        blame_row(form, unfit.problems)
        return False


def _form(request: ViewerRequest, plan: int, form: RowForm, title: str, address: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": _("Mỗi việc chỉ dùng vài ô; ô nào không dùng thì để trống."),
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "form": form,
        "send_href": address,
        "send_text": _("Lưu dòng"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
