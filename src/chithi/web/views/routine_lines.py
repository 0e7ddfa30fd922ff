"""The lines of a work calendar: the list, one line, those that ship, those that a unit above offers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Absent, Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.org.queries import in_reach
from chithi.routine import actions
from chithi.routine.queries import lines_of, offers, one_line, owners, waiting
from chithi.routine.shipped import SHIPPED, Shipped
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.routine import FIELDS, MAKES, changed_row, line_row, offer_row, when_words
from chithi.web.templatetags.chithi_format import language, number
from chithi.web.undo import offer
from chithi.web.views.routine import unit_here
from chithi.web.views.routine_forms import LineForm, initial_of
from chithi.web.whole import whole

READS = ["GET", "HEAD", "POST"]
NEW = {"rhythm": "yearly", "day_off": "before", "makes": "task", "span": 30, "remind": 7, "month": 1}


@require_safe
def routine_lines(request: ViewerRequest, unit: int) -> HttpResponse:
    """The lines of a unit, in the order of their days."""
    viewer = request.viewer
    card = unit_here(request, unit)
    writes = in_reach(viewer, unit, Capability.ENTER)
    lines = lines_of(viewer, unit)
    held = owners(viewer, lines)
    offered = waiting(viewer, [unit]).get(unit, 0) if writes else 0
    begin, new = reverse("routine_begin", args=[unit]), reverse("routine_line_new", args=[unit])
    acts = [{"text": _("Thêm dòng"), "href": new, "main": True}] if writes else []
    if writes:
        acts.append({"text": _("Lấy từ mẫu có sẵn"), "href": begin, "main": False})
    if offered:
        text = _("Cấp trên gợi ý (%(count)s)") % {"count": number(offered)}
        acts.append({"text": text, "href": reverse("routine_offered", args=[unit]), "main": False})
    acts.append({"text": _("Xem lịch năm"), "href": _year_href(request, unit), "main": False})
    none = _("Lịch chưa có dòng nào. Bắt đầu từ mẫu có sẵn rồi sửa cho hợp với đơn vị.")
    context = {
        "title": _("Các dòng lịch công tác"),
        "lead": card.name,
        "up": {"text": _("Lịch công tác"), "href": _year_href(request, unit)},
        "actions": acts,
        "listing": listing(
            _("Các dòng lịch công tác"),
            [FIELDS["title"], _("Khi nào"), FIELDS["makes"], _("Ai làm"), _("Gợi ý cho")],
            [line_row(line, held.get(line.owner_post_id or 0, ""), may_write=writes) for line in lines],
            none=none if writes else _("Lịch của đơn vị chưa có dòng nào."),
            none_href=begin if writes else "",
            none_action=_("Lấy từ mẫu có sẵn") if writes else "",
        ),
    }
    return render(request, "manage/list.html", context)


def _year_href(request: ViewerRequest, unit: int) -> str:
    return reverse("routine_of", args=[unit, request.viewer.today.year])


@require_http_methods(READS)
def routine_line_new(request: ViewerRequest, unit: int) -> HttpResponse:
    """One more line."""
    viewer = request.viewer
    card = unit_here(request, unit, Capability.ENTER)
    form = LineForm(sent(request), viewer=viewer, unit_id=unit, initial=NEW | {"key": uuid4()})

    def do() -> Any:
        return actions.add_line(by=viewer, unit_id=unit, said=form.said(), key=form.cleaned_data["key"])

    if request.method == "POST":
        made = tried(form, do)
        if made is not None:
            messages.success(request, _("Đã thêm dòng lịch."), extra_tags="good")
            return redirect("routine_lines", unit)
    send = reverse("routine_line_new", args=[unit])
    return _form(request, form, unit, title=_("Thêm dòng lịch"), lead=card.name, send=send)


@require_http_methods(READS)
def routine_line_change(request: ViewerRequest, line: int) -> HttpResponse:
    """A line said otherwise."""
    viewer = request.viewer
    kept = one_line(viewer, line, Capability.ENTER)
    if kept.dropped_on is not None:
        raise Absent("routine.no_line", line=line)
    card = unit_here(request, kept.unit_id, Capability.ENTER)
    form = LineForm(sent(request), viewer=viewer, unit_id=kept.unit_id, initial=initial_of(kept))

    def do() -> Any:
        seen = form.cleaned_data["version"] or 0
        return actions.change_line(by=viewer, line_id=line, seen_version=seen, said=form.said())

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã lưu dòng lịch. Những gì đã tạo thì giữ nguyên."), extra_tags="good")
        return redirect("routine_lines", kept.unit_id)
    send = reverse("routine_line_change", args=[line])
    return _form(request, form, kept.unit_id, title=_("Sửa dòng lịch"), lead=card.name, send=send)


def _form(request: ViewerRequest, form: LineForm, unit: int, *, title: str, lead: str, send: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": {"text": _("Các dòng lịch công tác"), "href": reverse("routine_lines", args=[unit])},
        "form": form,
        "send_href": send,
        "send_text": _("Lưu dòng lịch"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_POST
def routine_line_drop(request: ViewerRequest, line: int) -> HttpResponse:
    """Leave a line out; it may be taken back."""
    seen = whole(request.POST.get("version")) or 0
    gone = actions.drop_line(by=request.viewer, line_id=line, seen_version=seen)
    facts = {"id": gone.pk, "version": gone.version}
    back = reverse("routine_lines", args=[gone.unit_id])
    return offer(request, _("Đã bỏ dòng lịch."), "calendar_line_dropped", facts, back=back)


@require_http_methods(READS)
def routine_begin(request: ViewerRequest, unit: int) -> HttpResponse:
    """Shipped lines to begin with."""
    viewer, problem = request.viewer, ""
    card = unit_here(request, unit, Capability.ENTER)
    there = {line.shipped for line in lines_of(viewer, unit)}
    chosen = set(request.POST.getlist("dong")) if request.method == "POST" else None
    if chosen is not None:
        try:
            count = actions.begin(
                by=viewer, unit_id=unit, codes=chosen, language=language(), offering="goi-y" in request.POST
            )
        except Absent:
            raise
        except Refused as refused:
            problem = sentence(refused.code, refused.facts, language())
        else:
            said = _("Đã thêm %(count)s dòng lịch. Sửa cho hợp với đơn vị rồi tạo lịch năm.")
            messages.success(request, said % {"count": number(count)}, extra_tags="good")
            return redirect("routine_lines", unit)
    context = {
        "title": _("Lấy từ mẫu có sẵn"),
        "unit": card.name,
        "up": {"text": _("Các dòng lịch công tác"), "href": reverse("routine_lines", args=[unit])},
        "problem": problem,
        "lines": [_shipped_row(one, chosen) for one in SHIPPED if one.code not in there],
        "offering": bool(card.child_count),
    }
    return render(request, "routine_begin.html", context, status=400 if problem else 200)


def _shipped_row(one: Shipped, chosen: set[str] | None) -> dict[str, Any]:
    english = language() == "en"
    note = (when_words(one.when), str(MAKES[one.makes]), one.product_en if english else one.product_vi)
    return {
        "id": one.code,
        "text": one.en if english else one.vi,
        "note": " · ".join(part for part in note if part),
        "ticked": chosen is None or one.code in chosen,
    }


@require_http_methods(READS)
def routine_offered(request: ViewerRequest, unit: int) -> HttpResponse:
    """What units above offer: take it, leave it; what has changed there since it was taken."""
    viewer, problem = request.viewer, ""
    card = unit_here(request, unit, Capability.ENTER)
    if request.method == "POST":
        chosen = [one for one in (whole(text) for text in request.POST.getlist("dong")) if one is not None]
        try:
            said = _answered(request, unit, chosen)
        except Absent:
            raise
        except Refused as refused:
            problem = sentence(refused.code, refused.facts, language())
        else:
            messages.success(request, said, extra_tags="good")
            return redirect("routine_offered" if waiting(viewer, [unit]) else "routine_lines", unit)
    found = offers(viewer, unit)
    new = [offer_row(one) for one in found if one.ours is None]
    changed = [changed_row(one) for one in found if one.ours is not None]
    lines_href = reverse("routine_lines", args=[unit])
    context = {
        "title": _("Dòng lịch cấp trên gợi ý"),
        "unit": card.name,
        "up": {"text": _("Các dòng lịch công tác"), "href": lines_href},
        "problem": problem,
        "lines": new,
        "changed": changed,
        "empty": None if found else {"text": _("Cấp trên không gợi ý thêm dòng nào."), "href": lines_href,
                                     "action": _("Xem các dòng lịch")},
    }  # fmt: skip
    return render(request, "routine_offered.html", context, status=400 if problem else 200)


def _answered(request: ViewerRequest, unit: int, chosen: list[int]) -> str:
    if request.POST.get("lam") == "khong":
        count = actions.decline(by=request.viewer, unit_id=unit, line_ids=chosen)
        return _("Không lấy %(count)s dòng; các dòng này không được gợi ý lại.") % {"count": number(count)}
    count = actions.take(by=request.viewer, unit_id=unit, line_ids=chosen)
    return _("Đã lấy %(count)s dòng vào lịch của đơn vị.") % {"count": number(count)}


@require_POST
def routine_line_follow(request: ViewerRequest, line: int) -> HttpResponse:
    """What changed above is taken anew, or our own wording kept."""
    seen = whole(request.POST.get("version")) or 0
    if request.POST.get("lam") == "giu":
        kept = actions.keep_own(by=request.viewer, line_id=line, seen_version=seen)
        said = _("Đã giữ dòng lịch của đơn vị.")
    else:
        kept = actions.take_anew(by=request.viewer, line_id=line, seen_version=seen)
        said = _("Đã lấy nội dung mới của cấp trên.")
    messages.success(request, said, extra_tags="good")
    return redirect("routine_offered", kept.unit_id)
