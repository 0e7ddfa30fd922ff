"""Roles: which there are, what each may; those of the installation's own are defined, changed and retired here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.access.defining import Definition, change_role, define_role, retire_role
from chithi.access.role_sets import RoleSet, every_role, one_role
from chithi.access.sheets import holders
from chithi.core.errors import Absent
from chithi.db.viewer import Capability
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.manage.roles_forms import NewRoleForm, RetireForm, RoleForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.roles import may_words, set_word
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.undo import offer
from chithi.web.undo_ways import day_fact

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_safe
def roles(request: ViewerRequest) -> HttpResponse:
    """All roles with what they may and how many accounts hold them today."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    held = holders(request.viewer)
    rows = [_row(request, role, held.get(role.code, 0)) for role in every_role()]
    context = {
        "title": _("Vai trò"),
        "lead": _("Mỗi vai trò gồm những việc được làm, giao cho tài khoản ở một đơn vị và có hiệu lực cả bên dưới."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [{"text": _("Đặt vai trò mới"), "href": reverse("role_define"), "main": True}],
        "filter": None,
        "listing": listing(_("Vai trò"), _heads(), rows, none=""),
        "notes": [_("Năm vai trò có sẵn không sửa được.")],
    }
    return render(request, "manage/list.html", context)


def _heads() -> list[str | dict[str, Any]]:
    held = {"text": _("Đang giữ"), "href": "", "sorted": "", "figure": True, "hint": _("Số tài khoản đang giữ vai trò")}
    return [_("Vai trò"), _("Được làm"), held]


def _row(request: ViewerRequest, role: RoleSet, held: int) -> dict[str, Any]:
    acts = [
        {"text": _("Sửa"), "href": reverse("role_change", args=[role.code])},
        {"text": _("Ngừng dùng"), "href": reverse("role_retire", args=[role.code])},
    ]
    note = role.code if role.is_own else _("có sẵn")
    if role.retired_on is not None:
        gone = role.retired_on <= request.viewer.today
        said = _("đã ngừng từ %(day)s") if gone else _("sẽ ngừng từ %(day)s")
        note = f"{note} · {said % {'day': day(role.retired_on)}}"
        acts[1]["text"] = _("Đổi ngày ngừng")
    return {
        "text": set_word(role),
        "href": "",
        "note": note,
        "cells": [{"text": "; ".join(may_words(role.may))}, {"text": number(held), "amount": True}],
        "acts": acts if role.is_own else [],
    }


@GET_OR_POST
def role_define(request: ViewerRequest) -> HttpResponse:
    """A new role."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    form = NewRoleForm(sent(request), initial={"may": ["read"]})
    if request.method == "POST":
        made = tried(
            form, lambda: define_role(by=request.viewer, code=form.cleaned_data["code"], as_what=_definition(form))
        )
        if made is not None:
            return _back(request, _("Đã đặt vai trò mới."))
    return _page(request, form, _("Đặt vai trò mới"), "", reverse("role_define"), _("Đặt vai trò"))


@GET_OR_POST
def role_change(request: ViewerRequest, code: str) -> HttpResponse:
    """Other names or another set."""
    role = _own(request, code)
    names = role.names or ("", "")
    may = [capability.value for capability in role.may]
    initial = {"name_vi": names[0], "name_en": names[1], "may": may, "version": role.version}
    form = RoleForm(sent(request), initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: change_role(
                by=request.viewer, code=code, as_what=_definition(form), seen_version=form.cleaned_data["version"]
            ),
        )
        if made is not None:
            return _back(request, _("Đã sửa vai trò; có hiệu lực ngay với người đang giữ."))
    lead = _("Có hiệu lực ngay với mọi người đang giữ vai trò này.")
    return _page(request, form, set_word(role), lead, reverse("role_change", args=[code]), _("Lưu"))


@GET_OR_POST
def role_retire(request: ViewerRequest, code: str) -> HttpResponse:
    """The day from which a role gives nothing."""
    role = _own(request, code)
    form = RetireForm(sent(request), initial={"on": role.retired_on or request.viewer.today, "version": role.version})
    if request.method == "POST":
        made = tried(
            form,
            lambda: retire_role(
                by=request.viewer,
                code=code,
                on=form.cleaned_data["on"],
                seen_version=form.cleaned_data["version"],
            ),
        )
        if made is not None:
            said = _("Đã ghi ngày ngừng dùng.") if made.retired_on else _("Vai trò được dùng tiếp.")
            facts = {"code": code, "version": made.version, "on": day_fact(role.retired_on)}
            return offer(request, said, "role_retired", facts, back=reverse("roles"))
    return _page(request, form, _("Ngừng dùng vai trò"), set_word(role), reverse("role_retire", args=[code]), _("Lưu"))


def _own(request: ViewerRequest, code: str) -> RoleSet:
    """A role the installation defined; `Absent` for shipped ones and for none."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    role = one_role(code)
    if not role.is_own:
        raise Absent("access.no_role", role=code[:20])
    return role


def _definition(form: Form) -> Definition:
    given = form.cleaned_data
    return Definition((given["name_vi"], given["name_en"]), tuple(given["may"]))


def _back(request: ViewerRequest, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return redirect("roles")


def _page(request: ViewerRequest, form: Form, title: str, lead: str, send_href: str, send_text: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": {"text": _("Vai trò"), "href": reverse("roles")},
        "form": form,
        "send_href": send_href,
        "send_text": send_text,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
