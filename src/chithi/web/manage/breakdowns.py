"""Breakdowns: the list, one with its parts, adding, renaming, closing and merging parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.db.viewer import Capability
from chithi.indicators.defining_members import add_member, change_member, define_breakdown, rename_breakdown
from chithi.indicators.definitions import breakdowns, member_history, one_breakdown
from chithi.web.manage.breakdowns_forms import BreakdownForm, MemberForm, NewBreakdownForm, NewMemberForm
from chithi.web.manage.desk import listing, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.definitions import measure_name, since_words
from chithi.web.templatetags.chithi_format import day, language, number

if TYPE_CHECKING:
    from chithi.indicators.models import Breakdown, Member, MemberVersion

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_safe
def breakdown_list(request: ViewerRequest) -> HttpResponse:
    """All breakdowns with their parts and the numbers that are split by them."""
    request.viewer.require_everywhere(Capability.DEFINE)
    rows = [
        {
            "text": _name(parted.breakdown),
            "href": reverse("breakdown", args=[parted.breakdown.pk]),
            "note": _("tính từ ghi chép") if parted.recorded else "",
            "cells": [
                {"text": ", ".join(_name(member) for member in parted.members)},
                {"text": "; ".join(measure_name(measure) for measure in parted.measures) or "–"},
            ],
        }
        for parted in breakdowns()
    ]
    context = {
        "title": _("Cách chia"),
        "lead": _("Một số chia thành các phần, như “là đảng viên” và “không phải là đảng viên”."),
        "up": {"text": _("Chỉ tiêu và cách tính"), "href": reverse("indicators")},
        "actions": [{"text": _("Đặt cách chia mới"), "href": reverse("breakdown_define"), "main": True}],
        "filter": None,
        "listing": listing(
            _("Cách chia"),
            [_("Cách chia"), _("Các phần"), _("Dùng cho số")],
            rows,
            none=_("Chưa có cách chia nào. Đặt một cách chia để ghi số theo từng phần."),
            none_href=reverse("breakdown_define"),
            none_action=_("Đặt cách chia mới"),
        ),
    }
    return render(request, "manage/list.html", context)


@GET_OR_POST
def breakdown_define(request: ViewerRequest) -> HttpResponse:
    """A new breakdown with its parts."""
    request.viewer.require_everywhere(Capability.DEFINE)
    form = NewBreakdownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = tried(
            form,
            lambda: define_breakdown(
                by=request.viewer,
                name_vi=form.cleaned_data["name_vi"],
                name_en=form.cleaned_data["name_en"],
                members=form.drafts(),
            ),
        )
        if made is not None:
            return _back(request, made.pk, _("Đã đặt cách chia. Chọn nó khi đặt hoặc sửa chỉ tiêu."))
    up = {"text": _("Cách chia"), "href": reverse("breakdowns")}
    return _page(request, form, _("Đặt cách chia mới"), "", up, reverse("breakdown_define"))


@require_safe
def breakdown(request: ViewerRequest, breakdown_id: int) -> HttpResponse:
    """One breakdown with its parts."""
    request.viewer.require_everywhere(Capability.DEFINE)
    parted = one_breakdown(breakdown_id)
    known = {member.pk: _name(member) for member in parted.members}
    actions = [{"text": _("Đổi tên"), "href": reverse("breakdown_rename", args=[breakdown_id]), "main": False}]
    if not parted.recorded:
        href = reverse("member_add", args=[breakdown_id])
        actions.append({"text": _("Thêm phần"), "href": href, "main": True})
    used = "; ".join(measure_name(measure) for measure in parted.measures)
    context = {
        "title": _name(parted.breakdown),
        "lead": _("Dùng cho: %(names)s.") % {"names": used} if used else _("Chưa số nào dùng cách chia này."),
        "up": {"text": _("Cách chia"), "href": reverse("breakdowns")},
        "actions": actions,
        "filter": None,
        "listing": listing(
            _("Các phần"), [_("Phần"), _("Dùng"), ""], [_row(one, known) for one in parted.members], none=""
        ),
        "notes": [_("Các phần tính từ ghi chép nên chỉ đổi được tên.")] if parted.recorded else [],
    }
    return render(request, "manage/list.html", context)


def _row(member: Member, known: dict[int, str]) -> dict[str, Any]:
    used = since_words(member.since)
    if member.until:
        used = _("%(since)s đến trước ngày %(until)s") % {"since": used, "until": day(member.until)}
    if member.merged_into_id:
        used = _("%(used)s, gộp vào “%(heir)s”") % {"used": used, "heir": known.get(member.merged_into_id, "")}
    return {
        "text": _name(member),
        "href": "",
        "note": "",
        "cells": [{"text": used}],
        "acts": [{"text": _("Sửa"), "href": reverse("member_change", args=[member.pk])}],
    }


@GET_OR_POST
def breakdown_rename(request: ViewerRequest, breakdown_id: int) -> HttpResponse:
    """Another name for a breakdown."""
    request.viewer.require_everywhere(Capability.DEFINE)
    found = one_breakdown(breakdown_id).breakdown
    initial = {"name_vi": found.name_vi, "name_en": found.name_en, "version": found.version}
    form = BreakdownForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: rename_breakdown(
                by=request.viewer,
                breakdown_id=breakdown_id,
                name_vi=form.cleaned_data["name_vi"],
                name_en=form.cleaned_data["name_en"],
                seen=form.cleaned_data["version"] or 0,
            ),
        )
        if made is not None:
            return _back(request, breakdown_id, _("Đã đổi tên."))
    send = reverse("breakdown_rename", args=[breakdown_id])
    return _page(request, form, _("Đổi tên cách chia"), "", _up(found), send)


@GET_OR_POST
def member_add(request: ViewerRequest, breakdown_id: int) -> HttpResponse:
    """Another part of a breakdown."""
    request.viewer.require_everywhere(Capability.DEFINE)
    found = one_breakdown(breakdown_id).breakdown
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = tried(form, lambda: add_member(by=request.viewer, breakdown_id=breakdown_id, draft=form.draft()))
        if made is not None:
            return _back(request, breakdown_id, _("Đã thêm một phần."))
    return _page(request, form, _("Thêm phần"), _name(found), _up(found), reverse("member_add", args=[breakdown_id]))


@GET_OR_POST
def member_change(request: ViewerRequest, member_id: int) -> HttpResponse:
    """A part renamed, closed or merged; with what it was before."""
    request.viewer.require_everywhere(Capability.DEFINE)
    member, history = member_history(member_id)
    parted = one_breakdown(member.breakdown_id)
    form = MemberForm(
        request.POST if request.method == "POST" else None, initial=_initial(member), parted=parted, member_id=member_id
    )
    if request.method == "POST":
        made = tried(
            form,
            lambda: change_member(
                by=request.viewer, member_id=member_id, draft=form.draft(), seen=form.cleaned_data["version"]
            ),
        )
        if made is not None:
            return _back(request, parted.breakdown.pk, _("Đã lưu; số của các kỳ liên quan đang được tính lại."))
    send = reverse("member_change", args=[member_id])
    known = {one.pk: _name(one) for one in parted.members}
    return _page(
        request,
        form,
        _("Sửa phần"),
        _name(member),
        _up(parted.breakdown),
        send,
        history=[_version_words(version, who, known) for version, who in history],
    )


def _initial(member: Member) -> dict[str, Any]:
    return {
        "name_vi": member.name_vi,
        "name_en": member.name_en,
        "since": member.since,
        "until": member.until,
        "merged_into": str(member.merged_into_id or ""),
        "version": member.version,
    }


def _version_words(version: MemberVersion, who: str, known: dict[int, str]) -> str:
    name = version.name_en if language() == "en" else version.name_vi
    parts = [_("Bản %(number)s") % {"number": number(version.number)}, f"“{name}”", since_words(version.since)]
    if version.until:
        parts.append(_("ngừng từ %(day)s") % {"day": day(version.until)})
    if version.merged_into_id:
        parts.append(_("gộp vào “%(heir)s”") % {"heir": known.get(version.merged_into_id, "")})
    parts.append(who or _("có sẵn theo phần mềm"))
    return " · ".join([*parts, day(version.at)])


def _name(one: Breakdown | Member) -> str:
    return one.name_en if language() == "en" else one.name_vi


def _up(found: Breakdown) -> dict[str, str]:
    return {"text": _name(found), "href": reverse("breakdown", args=[found.pk])}


def _back(request: ViewerRequest, breakdown_id: int, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return redirect("breakdown", breakdown_id)


def _page(
    request: ViewerRequest,
    form: forms.Form,
    title: str,
    lead: str,
    up: dict[str, str],
    send_href: str,
    history: list[str] | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": up,
        "form": form,
        "send_href": send_href,
        "send_text": _("Lưu"),
        "history": history or [],
    }
    return render(request, "manage/member_form.html", context, status=400 if form.errors else 200)
