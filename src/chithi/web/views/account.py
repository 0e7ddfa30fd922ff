"""The own account: password, second factor with its recovery codes, where one is signed in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access import own, second_factor, sessions
from chithi.db.viewer import Capability
from chithi.org.queries import cards
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.moments import when
from chithi.web.show.roles import role_word

GET_OR_POST = require_http_methods(["GET", "POST"])


class PasswordForm(forms.Form):
    """The present password, where it is asked, and the new one twice."""

    old = forms.CharField(
        max_length=200,
        label=gettext_lazy("Mật khẩu hiện nay"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        max_length=200,
        label=gettext_lazy("Mật khẩu mới"),
        help_text=gettext_lazy("Ít nhất 10 ký tự. Một câu dài dễ nhớ thì tốt hơn một từ khó."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        max_length=200,
        label=gettext_lazy("Gõ lại mật khẩu mới"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("Mã trong ứng dụng"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@require_safe
def my_account(request: ViewerRequest) -> HttpResponse:
    """Who one is here, what one holds, how one comes in, where one is signed in."""
    viewer, user = request.viewer, request.user
    units = cards(viewer, {unit_id for _role, unit_id in viewer.roles}, viewer.today)
    context = {
        "user": {"name": user.name, "username": user.username},
        "roles": [
            {
                "role": role_word(role, viewer.role_names.get(role)),
                "unit": units[unit_id].name if unit_id in units else "",
            }
            for role, unit_id in viewer.roles
        ],
        "password": {"there": user.has_usable_password(), "href": reverse("my_password")},
        "factor": _factor(request),
        "told": {"address": user.email, "href": reverse("notice_choices")},
        "listing": _seats(request),
        "end_others": reverse("my_sessions_end"),
        "manages": viewer.may_anywhere(Capability.ACCOUNTS),
    }
    return render(request, "account.html", context)


def _factor(request: ViewerRequest) -> dict[str, Any]:
    there = second_factor.has(request.user.pk)
    return {
        "on": there,
        "must": second_factor.must_have(request.viewer),
        "left": second_factor.left(request.user.pk) if there else 0,
        "begin_href": reverse("my_second_factor"),
        "codes_href": reverse("my_recovery_codes"),
        "end_href": reverse("my_second_factor_end"),
    }


def _seats(request: ViewerRequest) -> dict[str, Any]:
    rows = []
    for seat in sessions.of_account(request.user.pk, request.session.session_key):
        end = {
            "text": _("Đăng xuất"),
            "href": reverse("my_session_end", args=[seat.id]),
            "fields": [{"name": "phien", "value": seat.id}],
        }
        rows.append(
            {
                "text": seat.device or _("Thiết bị không rõ"),
                "href": "",
                "note": _("máy đang dùng") if seat.is_this else seat.address,
                "cells": [
                    {"text": when(seat.began)},
                    {"text": when(seat.last_seen)},
                    {"text": _("đang mở") if seat.live else _("đã kết thúc")},
                ],
                "acts": [end] if seat.live and not seat.is_this else [],
            }
        )
    heads = [_("Thiết bị"), _("Bắt đầu"), _("Gần nhất"), _("Trạng thái"), ""]
    return listing(_("Nơi đang đăng nhập"), list(heads), rows, none=_("Chưa đăng nhập ở đâu."))


@GET_OR_POST
@never_cache
def my_password(request: ViewerRequest) -> HttpResponse:
    """Change the password; the present one is not asked of whoever just came in by a one-time code."""
    form = PasswordForm(sent(request))
    if not own.asks_old_password(request, request.user):
        del form.fields["old"]
    if request.method == "POST" and tried(form, lambda: _set_password(request, form)):
        said = _("Đã đổi mật khẩu. Mọi nơi khác phải đăng nhập lại; mã cấp cho phần mềm khác cũng hết hiệu lực.")
        messages.success(request, said, extra_tags="good")
        return redirect("my_account")
    return _form(request, form, _("Đổi mật khẩu"), reverse("my_password"))


def _set_password(request: ViewerRequest, form: PasswordForm) -> bool:
    given = form.cleaned_data
    own.set_password(request, by=request.viewer, old=given.get("old", ""), new=given["new"], again=given["again"])
    return True


@GET_OR_POST
@never_cache
def my_second_factor(request: ViewerRequest) -> HttpResponse:
    """Set up the second factor: the picture or the secret into an application, a code back, recovery codes once."""
    form = CodeForm(sent(request))
    if request.method == "POST":
        codes = tried(
            form, lambda: own.confirm_second_factor(request, by=request.viewer, code=form.cleaned_data["code"])
        )
        if codes is not None:
            return _codes(request, codes, _("Đã bật xác thực hai bước"))
    if second_factor.has(request.user.pk):
        return redirect("my_account")
    secret, _address = own.begin_second_factor(by=request.viewer)
    must = second_factor.owes(request.session, request.viewer)
    context = {
        "form": form,
        "secret": secret,
        "picture": reverse("my_second_factor_picture"),
        "must": must,
        "up": None if must else {"text": _("Tài khoản của tôi"), "href": reverse("my_account")},
    }
    return render(request, "second_factor.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def my_second_factor_picture(request: ViewerRequest) -> HttpResponse:
    """The picture that an application reads: what is offered to be set up, nothing once it is in use (400)."""
    _secret, address = own.begin_second_factor(by=request.viewer)
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@GET_OR_POST
@never_cache
def my_recovery_codes(request: ViewerRequest) -> HttpResponse:
    """Fresh recovery codes, for a code of the second factor."""
    form = CodeForm(sent(request))
    if request.method == "POST":
        codes = tried(form, lambda: own.renew_recovery_codes(by=request.viewer, code=form.cleaned_data["code"]))
        if codes is not None:
            return _codes(request, codes, _("Mã dự phòng mới"))
    return _form(
        request, form, _("Lập mã dự phòng mới"), reverse("my_recovery_codes"), _("Các mã cũ sẽ thôi dùng được.")
    )


@GET_OR_POST
@never_cache
def my_second_factor_end(request: ViewerRequest) -> HttpResponse:
    """Back to the password alone, for a code of the second factor."""
    form = CodeForm(sent(request))
    if request.method == "POST" and tried(form, lambda: _end_factor(request, form)):
        messages.success(request, _("Đã tắt xác thực hai bước."), extra_tags="good")
        return redirect("my_account")
    return _form(request, form, _("Tắt xác thực hai bước"), reverse("my_second_factor_end"))


def _end_factor(request: ViewerRequest, form: CodeForm) -> bool:
    own.end_second_factor(by=request.viewer, code=form.cleaned_data["code"])
    return True


@require_POST
def my_session_end(request: ViewerRequest, seat: int) -> HttpResponse:
    """End one session."""
    own.end_session(by=request.viewer, seat_id=seat)
    messages.success(request, _("Đã đăng xuất khỏi nơi đó."), extra_tags="good")
    return redirect("my_account")


@require_POST
def my_sessions_end(request: ViewerRequest) -> HttpResponse:
    """End all sessions but this one."""
    count = own.end_other_sessions(request, by=request.viewer)
    said = ngettext("Đã đăng xuất khỏi %(count)s nơi khác.", "Đã đăng xuất khỏi %(count)s nơi khác.", count)
    messages.success(request, said % {"count": count}, extra_tags="good")
    return redirect("my_account")


def _codes(request: HttpRequest, codes: list[str], title: str) -> HttpResponse:
    """Recovery codes, this once."""
    return render(request, "recovery_codes.html", {"title": title, "codes": codes, "on_href": reverse("my_account")})


def _form(request: HttpRequest, form: forms.Form, title: str, send_href: str, lead: str = "") -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": {"text": _("Tài khoản của tôi"), "href": reverse("my_account")},
        "form": form,
        "send_href": send_href,
        "send_text": title,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
