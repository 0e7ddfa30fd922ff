"""Hand-overs of posts: making the form, signing it, withdrawing it, letting the roles follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.handed import move_roles
from chithi.access.own import confirm_password
from chithi.access.queries import account_of_person, open_account_id
from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability, Viewer
from chithi.org import handover as acts
from chithi.org.agreement_queries import HandoverCard, handovers, one_handover
from chithi.org.handover import NewHandover
from chithi.org.handover_rules import Side
from chithi.org.pending import in_unit
from chithi.org.people_queries import one_entry, one_person
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import blame, listing, pager, tried, version_field
from chithi.web.manage.people_forms import WhomForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import handovers as show_form
from chithi.web.show import people as show
from chithi.web.templatetags.chithi_format import day
from chithi.web.whole import page_number, whole


class PrepareForm(WhomForm):
    """To whom, from what day, with which accounts the two sides sign, what is handed over besides."""

    suggested = (
        "on",
        "giver_account",
    )
    on = DayField(label=gettext_lazy("Từ ngày"))
    giver_account = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Tài khoản người giao"),
        help_text=gettext_lazy("Để trống nếu không có tài khoản; khi đó ký trên giấy."),
    )
    taker_account = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Tài khoản người nhận"),
        help_text=gettext_lazy("Để trống nếu không có tài khoản; khi đó ký trên giấy."),
    )
    lines = forms.CharField(
        max_length=acts.LONGEST,
        required=False,
        label=gettext_lazy("Bàn giao thêm"),
        help_text=gettext_lazy("Con dấu, sổ sách, hồ sơ và thứ khác, mỗi thứ một dòng."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = version_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].label = _("Người nhận")


@require_http_methods(["GET", "POST"])
def handover_prepare(request: ViewerRequest, post: int) -> HttpResponse:
    """Make the form for a post that somebody holds."""
    viewer = request.viewer
    entry = one_entry(viewer, "post", post)
    row: Any = entry.row
    giver = one_person(viewer, row.person_id)
    initial = {"version": row.version, "on": viewer.today, "giver_account": account_of_person(giver.pk)}
    form = PrepareForm(request.POST or None, viewer=viewer, initial=initial)
    if request.method == "POST":
        made = tried(form, lambda: acts.prepare(by=viewer, post_id=post, **_understood(form)))
        if made is not None:
            messages.success(request, _("Đã lập biên bản; chờ hai bên ký."), extra_tags="good")
            return redirect("handover", handover=made.pk)
    context = {
        "title": _("Bàn giao: %(title)s") % {"title": row.title},
        "lead": _("%(name)s giao, %(unit)s") % {"name": giver.name, "unit": show.place(entry)},
        "up": {"text": giver.name, "href": reverse("person", args=[giver.pk])},
        "form": form,
        "send_href": request.get_full_path(),
        "send_text": _("Lập biên bản bàn giao"),
        "send_note": _("Chức vụ chỉ đổi người khi cả hai bên đã ký."),
        "files": False,
        "pending": show.pending_lines((one.code, one.count) for one in in_unit(row.unit_id, viewer.today)),
    }
    return render(request, "manage/handover_prepare.html", context, status=400 if form.errors else 200)


def _understood(form: PrepareForm) -> dict[str, Any]:
    """What the form says, its accounts found; `org.no_such_account` beside the field of one that is not open."""
    said, taker = form.cleaned_data, form.whom()
    if not said["taker_account"] and isinstance(taker, int):
        said["taker_account"] = account_of_person(taker)
    accounts = {}
    for name in ("giver_account", "taker_account"):
        accounts[name] = open_account_id(said[name]) if said[name] else None
        if said[name] and accounts[name] is None:
            raise Refused("org.no_such_account", field=name, username=said[name])
    new = NewHandover(
        taker=taker,
        on=said["on"],
        giver_user_id=accounts["giver_account"],
        taker_user_id=accounts["taker_account"],
        lines=said["lines"],
    )
    return {"seen_version": said["version"], "form": new}


@require_safe
def handovers_page(request: ViewerRequest) -> HttpResponse:
    """Hand-overs that wait, for the register's keeper, for whoever signs them or gives roles; or (`?xong=1`) others."""
    page, done = page_number(request.GET.get("trang")), request.GET.get("xong") == "1"
    found, total = handovers(request.viewer, done=done, page=page)
    other = _("Xem biên bản đang chờ") if done else _("Xem biên bản đã xong")
    keeps = request.viewer.may_anywhere(Capability.PEOPLE)
    context = {
        "title": _("Bàn giao chức vụ"),
        "lead": _("Biên bản đã xong hoặc đã rút") if done else _("Biên bản đang chờ ký hoặc chờ chuyển vai trò"),
        "up": {"text": _("Quản trị"), "href": reverse("manage")} if _manages(request.viewer) else None,
        "actions": [{"text": other, "href": reverse("handovers") + ("" if done else "?xong=1"), "main": False}],
        "filter": None,
        "listing": listing(
            _("Bàn giao chức vụ"),
            [_("Chức vụ"), _("Đơn vị"), _("Người giao"), _("Người nhận"), _("Từ ngày"), _("Kết quả")],
            [_row(card) for card in found],
            none=_("Chưa có biên bản nào xong hoặc đã rút.")
            if done
            else _("Không có biên bản nào đang chờ. Muốn bàn giao, tìm chức vụ rồi chọn Bàn giao."),
            none_href="" if done or not keeps else reverse("posts"),
            none_action=_("Xem danh sách chức vụ"),
            pager=pager(request, page, total),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context)


def _manages(viewer: Viewer) -> bool:
    from chithi.web.manage.sections import offered

    return bool(offered(viewer))


def _row(card: HandoverCard) -> dict[str, Any]:
    status, word = show.handover_status(card.handover.state, card.handover.roles)
    return {
        "text": card.title,
        "href": reverse("handover", args=[card.handover.pk]),
        "note": "",
        "cells": [
            {"text": card.unit},
            {"text": card.giver},
            {"text": card.taker},
            {"text": day(card.handover.on)},
            {"status": status, "word": word},
        ],
        "acts": [],
    }


class SignForm(forms.Form):
    """A signature: the own password, or where the signed paper lies."""

    password = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Mật khẩu của đồng chí"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    paper = forms.CharField(max_length=200, required=False, label=gettext_lazy("Bản giấy đã ký lưu ở đâu"))


@require_safe
def handover(request: ViewerRequest, handover: int) -> HttpResponse:
    """One form, to be read, signed or printed."""
    return _page(request, one_handover(request.viewer, handover), SignForm())


def _page(request: ViewerRequest, card: HandoverCard, form: forms.Form, side: str = "") -> HttpResponse:
    context = show_form.shown(request.viewer, card)
    for signature in context["sides"]:
        signature["form"] = form if signature["side"] == side else SignForm(auto_id=f"id_{signature['side']}_%s")
    status = 400 if form.errors else 200
    return render(request, "manage/handover.html", context | {"form": form}, status=status)


@require_POST
def handover_sign(request: ViewerRequest, handover: int, side: str) -> HttpResponse:
    """One side signs: with the own account after the password, or on paper as the register's keeper notes."""
    card = one_handover(request.viewer, handover)
    if side not in set(Side):
        raise Absent("org.no_such_row", row=side)
    form = SignForm(request.POST, auto_id=f"id_{side}_%s")

    def sign() -> Any:
        account = acts.form_of(card.handover).accounts[Side(side)]
        if account is not None and account == request.viewer.user_id:
            confirm_password(request, by=request.viewer, typed=form.cleaned_data["password"], field="password")
        return acts.sign(
            by=request.viewer,
            handover_id=handover,
            seen_version=whole(request.POST.get("version", "")) or 0,
            side=Side(side),
            paper=form.cleaned_data["paper"],
        )

    if tried(form, sign) is None:
        return _page(request, card, form, side)
    messages.success(request, _("Đã ký."), extra_tags="good")
    return redirect("handover", handover=handover)


@require_POST
def handover_withdraw(request: ViewerRequest, handover: int) -> HttpResponse:
    """Take the form back before the second signature."""
    return _do(request, handover, acts.withdraw, _("Đã rút biên bản."))


@require_POST
def handover_roles(request: ViewerRequest, handover: int) -> HttpResponse:
    """Let the roles follow, where the hand-over asked for it."""
    return _do(request, handover, move_roles, _("Đã chuyển vai trò."))


def _do(request: ViewerRequest, handover: int, do: Callable[..., Any], words: str) -> HttpResponse:
    card = one_handover(request.viewer, handover)
    form = SignForm(request.POST)
    form.is_valid()
    try:
        do(by=request.viewer, handover_id=handover, seen_version=whole(request.POST.get("version", "")) or 0)
    except Refused as problem:
        if isinstance(problem, Absent):
            raise
        blame(form, problem)
        return _page(request, card, form)
    messages.success(request, words, extra_tags="good")
    return redirect("handover", handover=handover)
