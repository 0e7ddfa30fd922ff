"""One person's data on request: how they stand, holding on to it while a case runs, replacing the name for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.org.finding import FoundPerson, find_people
from chithi.org.queries import UnitCard, cards
from chithi.privacy.actions import forget_one, hold, release
from chithi.privacy.queries import Standing, held_people, standing
from chithi.privacy.rules import why_not_forget
from chithi.web.manage.desk import listing, tried, version_field
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.undo import offer

MOST = 50


class WhoForm(forms.Form):
    """Whom to look for."""

    ten = forms.CharField(max_length=100, required=False, label=gettext_lazy("Họ tên"))


class HoldForm(forms.Form):
    """Why somebody's data must not be touched."""

    reason = forms.CharField(max_length=200, label=gettext_lazy("Vì việc gì"))


class ForgetForm(forms.Form):
    """Why a name is replaced, and the second confirmation."""

    reason = forms.CharField(max_length=200, required=False, label=gettext_lazy("Lý do (đơn số, ngày)"))
    sure = forms.BooleanField(required=False, label=gettext_lazy("Tôi hiểu: tên này sẽ mất hẳn, không khôi phục được"))
    version = version_field()


@require_safe
def retention_people(request: ViewerRequest) -> HttpResponse:
    """People by name; without a name those who are held."""
    viewer = request.viewer
    viewer.require_everywhere(Capability.SYSTEM)
    form = WhoForm(request.GET)
    asked = request.GET.get("ten", "").strip()[:100]
    rows = _found(request, asked) if asked else _held(request)
    none = (
        _("Không có ai mang tên này trong phạm vi được xem.")
        if asked
        else _("Chưa có ai được giữ nguyên. Gõ họ tên ở trên để tìm người có yêu cầu.")
    )
    heads: list[str | dict[str, Any]] = [_("Họ tên"), _("Đơn vị"), _("Giữ nguyên") if not asked else _("Sinh năm")]
    context = {
        "title": _("Yêu cầu của một người"),
        "lead": _("Tìm người có yêu cầu; dưới đây là những người đang được giữ nguyên.") if not asked else "",
        "up": {"text": _("Lưu giữ dữ liệu cá nhân"), "href": reverse("retention")},
        "filter": form,
        "listing": listing(_("Người"), heads, rows, none=none),
    }
    return render(request, "manage/list.html", context)


def _found(request: ViewerRequest, asked: str) -> list[dict[str, Any]]:
    found = find_people(request.viewer, asked, MOST)
    units = cards(request.viewer, {unit for one in found for unit in one.unit_ids}, request.viewer.today)
    return [_row(one.id, one.name, _places(one, units), str(one.birth_year or "–")) for one in found]


def _places(one: FoundPerson, units: dict[int, UnitCard]) -> str:
    return ", ".join(units[unit].short_name for unit in one.unit_ids if unit in units) or _("đã thôi")


def _held(request: ViewerRequest) -> list[dict[str, Any]]:
    held = held_people(request.viewer)
    units = cards(request.viewer, {one.unit_id for one, _name in held}, request.viewer.today)
    return [
        _row(
            one.person_id,
            name,
            units[one.unit_id].short_name if one.unit_id in units else "–",
            _("từ %(day)s: %(reason)s") % {"day": day(one.since), "reason": one.reason},
        )
        for one, name in held
    ]


def _row(person: int, name: str, place: str, told: str) -> dict[str, Any]:
    return {
        "text": name,
        "href": reverse("retention_person", args=[person]),
        "note": "",
        "cells": [{"text": place}, {"text": told}],
    }


@require_safe
def retention_person(request: ViewerRequest, person: int) -> HttpResponse:
    """How somebody stands and what may be done."""
    return _page(request, person, HoldForm())


def _page(request: ViewerRequest, person: int, form: HoldForm, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    viewer.require_everywhere(Capability.SYSTEM)
    now = standing(viewer, person)
    unit = cards(viewer, [now.unit_id], viewer.today).get(now.unit_id)
    problem = _problem(now)
    context = {
        "person": now,
        "born": now.birth_year,
        "unit": {"text": unit.name, "href": reverse("unit", args=[unit.id])} if unit else None,
        "left": day(now.last_day) if now.last_day else "",
        "why_not": sentence(problem.code, problem.facts, language()) if problem else "",
        "may_forget": problem is None,
        "forget_href": reverse("retention_forget", args=[person]),
        "hold_href": reverse("retention_hold", args=[person]),
        "release_href": reverse("retention_release", args=[person]),
        "form": form,
        "texts": [
            {"text": title or _("không tên"), "href": reverse("document", args=[pk])} for pk, title in now.mentioned
        ],
        "up": {"text": _("Yêu cầu của một người"), "href": reverse("retention_people")},
    }
    return render(request, "manage/retention_person.html", context, status=status)


def _problem(now: Standing) -> Refused | None:
    return why_not_forget(now.last_day, now.hold is not None, now.forgotten_on, now.account_open)


@require_POST
def retention_hold(request: ViewerRequest, person: int) -> HttpResponse:
    """Hold on to somebody's data."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    form = HoldForm(request.POST)
    held = tried(form, lambda: hold(by=request.viewer, person_id=person, reason=form.cleaned_data["reason"]))
    if held is not None:
        facts = {"person": person, "version": held.version}
        said = _("Đã giữ nguyên dữ liệu của người này.")
        return offer(request, said, "person_held", facts, back=reverse("retention_person", args=[person]))
    return _page(request, person, form, 400)


class _Version(forms.Form):
    version = version_field()


@require_POST
def retention_release(request: ViewerRequest, person: int) -> HttpResponse:
    """End the hold."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    seen = _Version(request.POST)
    version = seen.cleaned_data["version"] if seen.is_valid() else -1
    ended = release(by=request.viewer, person_id=person, seen_version=version)
    facts = {"id": ended.pk, "version": ended.version}
    said = _("Đã thôi giữ nguyên; thời hạn lại áp dụng cho người này.")
    return offer(request, said, "hold_released", facts, back=reverse("retention_person", args=[person]))


@require_http_methods(["GET", "POST"])
def retention_forget(request: ViewerRequest, person: int) -> HttpResponse:
    """Say once more what will happen; then do it."""
    viewer = request.viewer
    viewer.require_everywhere(Capability.SYSTEM)
    now = standing(viewer, person)
    form = ForgetForm(request.POST if request.method == "POST" else None, initial={"version": now.version})
    if request.method == "POST":

        def forget() -> str:
            said = form.cleaned_data
            whose = {"by": viewer, "person_id": person, "seen_version": said["version"]}
            return forget_one(**whose, reason=said["reason"], sure=said["sure"]).name

        instead = tried(form, forget)
        if instead:
            messages.success(request, _("Đã thay tên bằng “%(name)s”.") % {"name": instead}, extra_tags="good")
            return redirect("retention_person", person=person)
    elif problem := _problem(now):
        raise problem
    context = {
        "title": _("Thay tên của %(name)s") % {"name": now.name},
        "lead": _("Từ nay ở mọi nơi chỉ còn “%(instead)s”.") % {"instead": now.pseudonym},
        "up": {"text": now.name, "href": reverse("retention_person", args=[person])},
        "form": form,
        "send_href": request.path,
        "send_text": _("Thay tên, không khôi phục"),
        "send_note": "",
        "files": False,
        "mentions": now.mentions,
    }
    return render(request, "manage/retention_forget.html", context, status=400 if form.errors else 200)
