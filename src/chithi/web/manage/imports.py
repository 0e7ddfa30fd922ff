"""Bringing sheets of units, people and posts: choose, see what they would do, have it done; what was brought so far."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.queries import account_names
from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.imports import actions, queries
from chithi.imports.exports import template, with_problems
from chithi.imports.kinds import NEEDS, WAITING, ImportKind, ImportState
from chithi.imports.rows import data_rows
from chithi.imports.rules import why_not_apply, why_not_cancel
from chithi.org.queries import cards
from chithi.sheets import DEFAULT, read
from chithi.sheets.writing import write
from chithi.web.manage.desk import PAGE, listing, pager, tried
from chithi.web.manage.exports import attached
from chithi.web.manage.imports_forms import ADDRESSES, NAMES, BringSheetForm, kind_at, open_kinds
from chithi.web.middleware import ViewerRequest
from chithi.web.show.imports import alike_words, facts, problem_words, state_of
from chithi.web.show.moments import day_of
from chithi.web.templatetags.chithi_format import day, language, number
from chithi.web.whole import page_number, whole

SHOWN = 100
AGAIN = (ImportState.REFUSED, ImportState.CANCELLED)


def kind_open_to(viewer: Viewer, address: str) -> ImportKind:
    """The kind an address names; 404 for none, 403 where the viewer may import it nowhere."""
    kind = kind_at(address)
    if kind is None:
        raise Absent("imports.no_import")
    viewer.require_anywhere(NEEDS[kind])
    return kind


@require_safe
def imports(request: ViewerRequest) -> HttpResponse:
    """What was brought, newest first, and the ways to bring more and to write out."""
    viewer = request.viewer
    if not open_kinds(viewer):
        viewer.require_anywhere(Capability.PEOPLE)
    page = page_number(request.GET.get("trang"))
    found, total = queries.imports(viewer, page=page, size=PAGE)
    units = cards(viewer, {one.unit_id for one in found}, viewer.today)
    names = account_names(one.by_id for one in found)
    rows = [
        {
            "text": str(NAMES[ImportKind(one.kind)]),
            "note": one.filename,
            "href": reverse("import_page", args=[one.pk]),
            "cells": [
                {"text": units[one.unit_id].short_name if one.unit_id in units else "–"},
                state_of(one),
                {"text": day(day_of(one.at))},
                {"text": names.get(one.by_id or 0, _("Người vận hành"))},
            ],
        }
        for one in found
    ]
    heads: list[Any] = [_("Bảng"), _("Đơn vị"), _("Tình trạng"), _("Ngày"), _("Người nhập")]
    context = {
        "title": _("Nhập, xuất bằng bảng tính"),
        "lead": _("Chọn loại bảng, tải mẫu về điền, rồi đưa lên. Bảng được kiểm tra trước, chưa ghi gì."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Xuất ra tệp"), "href": reverse("export"), "main": False},
        ],
        "ways": [
            {
                "text": _("Nhập: %(what)s") % {"what": NAMES[kind]},
                "href": reverse("import_bring", args=[ADDRESSES[kind]]),
                "templates": _templates(kind),
            }
            for kind in open_kinds(viewer)
        ],
        "listing": listing(
            _("Các lần nhập"),
            heads,
            rows,
            none=_("Chưa nhập bảng nào. Chọn loại bảng ở trên để bắt đầu."),
            pager=pager(request, page, total),
        ),
    }
    return render(request, "manage/imports.html", context)


def _templates(kind: ImportKind) -> list[dict[str, str]]:
    words = {"vi": _("Mẫu tiếng Việt"), "en": _("Mẫu tiếng Anh")}
    return [
        {"text": text, "href": reverse("import_form", args=[ADDRESSES[kind], tongue])} for tongue, text in words.items()
    ]


@require_http_methods(["GET", "POST"])
def import_bring(request: ViewerRequest, kind: str) -> HttpResponse:
    """The form that takes a sheet."""
    what = kind_open_to(request.viewer, kind)
    if request.method == "POST":
        form = BringSheetForm(request.POST, request.FILES, viewer=request.viewer, kind=what)
    else:
        form = BringSheetForm(viewer=request.viewer, kind=what, initial={"unit": _home(request.viewer)})
    if request.method == "POST":
        batch = tried(form, lambda: _bring(request.viewer, what, form))
        if batch is not None:
            messages.success(request, _("Đã nhận tệp. Đang kiểm tra, chưa ghi gì."), extra_tags="good")
            return redirect("import_page", batch=batch)
    context = {
        "title": _("Nhập: %(what)s") % {"what": NAMES[what]},
        "lead": _("Bảng được kiểm tra trước. Chỉ ghi khi không còn chỗ sai và đồng ý ghi."),
        "up": {"text": _("Nhập, xuất bằng bảng tính"), "href": reverse("imports")},
        "form": form,
        "files": True,
        "templates": _templates(what),
        "send_href": reverse("import_bring", args=[kind]),
        "send_text": _("Kiểm tra bảng này"),
        "send_note": _("Chưa ghi gì."),
    }
    return render(request, "manage/import_bring.html", context, status=400 if form.errors else 200)


def _home(viewer: Viewer) -> str:
    """The code of the viewer's own unit, to begin with."""
    if viewer.home_unit_id is None:
        return ""
    known = cards(viewer, [viewer.home_unit_id], viewer.today)
    return known[viewer.home_unit_id].code if known else ""


def _bring(viewer: Viewer, kind: ImportKind, form: BringSheetForm) -> int:
    upload = form.cleaned_data["file"]
    data = upload.read(DEFAULT.size + 1)
    return actions.bring(
        by=viewer, kind=kind, unit_id=form.cleaned_data["unit"], filename=upload.name or "", data=data
    ).pk


@require_safe
def import_page(request: ViewerRequest, batch: int) -> HttpResponse:
    """One import: how far it is, what it would do or did, what is to be mended."""
    found = queries.one_import(request.viewer, batch)
    return render(request, "manage/import.html", _context(request, found))


@require_safe
def import_progress(request: ViewerRequest, batch: int) -> HttpResponse:
    """Only how far it is, for a page that asks again and again; once at rest the page is to be loaded anew."""
    found = queries.one_import(request.viewer, batch)
    answer = render(request, "manage/import_progress.html", _progress(found))
    if found.state not in WAITING:
        answer["HX-Refresh"] = "true"
    return answer


def _progress(found: Any) -> dict[str, Any]:
    state = state_of(found)
    known = found.total > 0 and found.state != "applying"
    share = min(found.done * 100 // found.total, 99) if known else None
    if found.state == "applying" and not queries.is_in_hand(found):
        said = _("Sắp ghi.")
    elif found.state == "applying":
        said = _("Đang ghi. Có thể rời trang này, việc vẫn tiếp tục.")
    elif known:
        said = _("Đã xem %(share)s%% của bảng.") % {"share": number(share or 0)}
    else:
        said = _("Đang chờ đến lượt, hoặc đang mở tệp.")
    return {
        "waiting": found.state in WAITING,
        "state": state,
        "share": share,
        "said": said,
        "again_href": reverse("import_page", args=[found.pk]),
        "progress_href": reverse("import_progress", args=[found.pk]),
    }


def _context(request: ViewerRequest, found: Any) -> dict[str, Any]:
    kind = ImportKind(found.kind)
    seen = queries.found_in(found)
    unit = cards(request.viewer, [found.unit_id], request.viewer.today).get(found.unit_id)
    here = [found.pk]
    return {
        "title": _("Nhập: %(what)s") % {"what": NAMES[kind]},
        "up": {"text": _("Nhập, xuất bằng bảng tính"), "href": reverse("imports")},
        "progress": _progress(found),
        "facts": facts(found, unit.name if unit else "–", account_names([found.by_id]).get(found.by_id or 0, "")),
        "version": found.version,
        "problems": [problem_words(one, kind) for one in seen.problems[:SHOWN]],
        "problems_said": ngettext("%(count)s chỗ cần sửa", "%(count)s chỗ cần sửa", found.problem_count)
        % {"count": number(found.problem_count)},
        "more": _more(found.problem_count - SHOWN),
        "problems_href": reverse("import_problems", args=here) if found.problem_count and found.size else "",
        "alike": [alike_words(one) for one in seen.alike[:SHOWN]],
        "alike_more": max(0, int(found.counts.get("alike", 0)) - SHOWN),
        "apply_href": "" if why_not_apply(found.state) else reverse("import_apply", args=here),
        "cancel_href": "" if why_not_cancel(found.state) else reverse("import_cancel", args=here),
        "again_href": reverse("import_bring", args=[ADDRESSES[kind]]) if found.state in AGAIN else "",
        "nothing": found.state == "checked" and not found.counts.get("new") and not found.counts.get("changed"),
    }


def _more(count: int) -> str:
    """What a list that was cut short says at its end."""
    if count <= 0:
        return ""
    return ngettext("và %(count)s chỗ nữa", "và %(count)s chỗ nữa", count) % {"count": number(count)}


@require_POST
def import_apply(request: ViewerRequest, batch: int) -> HttpResponse:
    """Have it done."""
    actions.apply(by=request.viewer, import_id=batch, seen_version=whole(request.POST.get("version", "")) or 0)
    messages.success(request, _("Đang ghi."), extra_tags="good")
    return redirect("import_page", batch=batch)


@require_POST
def import_cancel(request: ViewerRequest, batch: int) -> HttpResponse:
    """Let it be."""
    actions.cancel(by=request.viewer, import_id=batch, seen_version=whole(request.POST.get("version", "")) or 0)
    messages.success(request, _("Đã bỏ lần nhập này; chưa có gì được ghi."), extra_tags="good")
    return redirect("imports")


@require_safe
def import_problems(request: ViewerRequest, batch: int) -> HttpResponseBase:
    """The sheet as it was brought, with a column that says what is to be mended."""
    found, data = queries.file_of(request.viewer, batch)
    rows = data_rows([(sheet.name, sheet.rows) for sheet in read(data, found.filename)])
    table = with_problems(ImportKind(found.kind), rows, queries.found_in(found).problems, language())
    return attached([table], f"can-sua-{found.pk}", "xlsx")


@require_safe
def import_form(request: ViewerRequest, kind: str, tongue: str) -> HttpResponse:
    """An empty sheet with the explanation of its columns."""
    what = kind_open_to(request.viewer, kind)
    said = "en" if tongue == "en" else "vi"
    data = write(template(what, said), ending="xlsx", language=said)
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="mau-{kind}-{said}.xlsx"'
    return answer
