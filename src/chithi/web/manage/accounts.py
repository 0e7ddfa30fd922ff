"""Accounts: the list with its filters, one account, who is locked out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chithi.access.sessions import Seat, of_account
from chithi.access.sheets import HeldRole, Row, Sheet, Wanted, locked_accounts, locked_strangers, one_account
from chithi.access.sheets import page_of_accounts as page_of
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.org.queries import reach_below
from chithi.web.manage.accounts_acts import AT_ONCE
from chithi.web.manage.accounts_forms import AccountFilter
from chithi.web.manage.desk import PAGE, ends_today, listing, nothing, pager
from chithi.web.middleware import ViewerRequest
from chithi.web.show.moments import when
from chithi.web.show.roles import role_word
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number

SHOWN = 3
"""Roles told of an account in the list."""


@require_safe
def accounts(request: ViewerRequest) -> HttpResponse:
    """Accounts within reach by user name."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ACCOUNTS)
    form = AccountFilter(request.GET, viewer=viewer)
    page = page_number(request.GET.get("trang"))
    found: list[Row] = []
    total = 0
    if form.is_valid():
        given = form.cleaned_data
        below = reach_below(viewer, given["unit"], Capability.ACCOUNTS) if given["unit"] else None
        wanted = Wanted(given["q"], below, given["role"], given["state"])
        found, total = page_of(viewer, wanted, page=page, size=PAGE)
    context = {
        "title": _("Tài khoản"),
        "lead": _("Ai vào được, giữ vai trò gì, ở đâu."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Ai đang bị khóa đăng nhập"), "href": reverse("accounts_locked"), "main": False},
            {"text": _("Mở tài khoản"), "href": reverse("account_open"), "main": True},
        ],
        "filter": form,
        "listing": listing(
            _("Tài khoản"),
            [_("Người"), _("Tên đăng nhập"), _("Vai trò"), _("Trạng thái")],
            [_row(row) for row in found],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Chưa có tài khoản nào trong phạm vi được giao. Hãy mở cho người cần dùng."),
                reverse("account_open"),
                _("Mở tài khoản"),
            ),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context, status=400 if form.errors else 200)


def _row(row: Row) -> dict[str, Any]:
    told = [f"{role_word(one.role, one.names)} · {one.unit}" for one in row.roles[:SHOWN]]
    if len(row.roles) > SHOWN:
        more = len(row.roles) - SHOWN
        told.append(ngettext("và %(count)s vai trò nữa", "và %(count)s vai trò nữa", more) % {"count": more})
    return {
        "text": row.name,
        "href": reverse("account", args=[row.id]),
        "note": "",
        "cells": [{"text": row.username}, {"text": "; ".join(told) or "–"}, {"text": state_word(row)}],
    }


def state_word(row: Row) -> str:
    """How an account stands."""
    if not row.is_open:
        return _("đã đóng")
    if row.locked:
        return _("đang bị khóa đăng nhập")
    return _("đang mở, hai bước") if row.second_factor else _("đang mở")


@require_safe
def account(request: ViewerRequest, account: int) -> HttpResponse:
    """One account: what it holds, where it is signed in, and what may be done for it."""
    sheet = one_account(request.viewer, account)
    row = sheet.row
    reason = sentence(sheet.why_not.code, sheet.why_not.facts, language()) if sheet.why_not else ""
    context = {
        "title": row.name,
        "up": {"text": _("Tài khoản"), "href": reverse("accounts")},
        "facts": _facts(sheet),
        "roles": _roles(request, sheet),
        "sessions": [_seat(seat) for seat in of_account(row.id) if seat.live],
        "may": sheet.why_not is None,
        "reason": reason,
        "give_href": reverse("account_give", args=[row.id]) if row.is_open and not sheet.is_self else "",
        "acts": _acts(sheet),
    }
    return render(request, "manage/account.html", context)


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    factor = _("chưa bật")
    if sheet.row.second_factor:
        left = sheet.recovery_left
        factor = ngettext("đang bật, còn %(left)s mã dự phòng", "đang bật, còn %(left)s mã dự phòng", left)
        factor %= {"left": left}
    return [
        (_("Tên đăng nhập"), sheet.row.username),
        (_("Trạng thái"), state_word(sheet.row)),
        (_("Mở từ ngày"), day(sheet.opened_on)),
        (_("Đăng nhập gần nhất"), when(sheet.last_in) if sheet.last_in else _("chưa lần nào")),
        (_("Xác thực hai bước"), factor),
        (_("Là của"), sheet.person[1] if sheet.person else _("chưa ghi")),
        (_("Ngôn ngữ"), dict(settings.LANGUAGES).get(sheet.language, "")),
    ]


def _roles(request: ViewerRequest, sheet: Sheet) -> dict[str, Any]:
    today = request.viewer.today
    words = {"held": _("đang giữ"), "later": _("sắp giữ"), "past": _("đã thôi")}
    rows = [
        {
            "text": role_word(one.role, one.names),
            "href": "",
            "note": "",
            "cells": [
                {"text": one.unit, "href": reverse("unit", args=[one.unit_id])},
                {"text": _days(one)},
                {"text": words[one.stands(today)]},
            ],
            "acts": _ends(one, today) if one.may_end else [],
        }
        for one in sorted(sheet.row.roles, key=lambda one: one.stands(today) == "past")
    ]
    heads: list[str | dict[str, Any]] = [_("Vai trò"), _("Đơn vị"), _("Thời gian"), _("Trạng thái"), ""]
    none = _("Chưa giữ vai trò nào trong phạm vi được giao. Giao vai trò thì người ấy mới xem, mới ghi được.")
    return listing(_("Vai trò"), heads, rows, none=none)


def _ends(one: HeldRole, today: date) -> list[dict[str, Any]]:
    return ends_today(_("Thôi giao"), reverse("grant_end", args=[one.grant_id]), one.version, today, field="until")


def _days(one: HeldRole) -> str:
    if one.until is None:
        return _("từ %(since)s") % {"since": day(one.since)}
    return _("từ %(since)s đến trước %(until)s") % {"since": day(one.since), "until": day(one.until)}


def _seat(seat: Seat) -> dict[str, str]:
    return {"device": seat.device or _("Thiết bị không rõ"), "seen": when(seat.last_seen)}


def _acts(sheet: Sheet) -> list[dict[str, Any]]:
    """What may be done, in the order in which it is wanted most; with fields where it is done at once."""
    if sheet.why_not is not None:
        return []
    if not sheet.row.is_open:
        offered = [("mo-lai", _("Mở lại tài khoản"))]
    else:
        offered = [
            ("ma", _("Cấp mã dùng một lần")),
            ("sua", _("Sửa tên, ngôn ngữ")),
            ("nguoi", _("Ghi tài khoản là của ai")),
        ]
        offered += [("mo-khoa", _("Mở khóa đăng nhập"))] if sheet.row.locked or sheet.row.second_factor else []
        offered += [("bo-hai-buoc", _("Bỏ xác thực hai bước"))] if sheet.row.second_factor else []
        offered += [("ket-thuc-phien", _("Đăng xuất khỏi mọi nơi")), ("dong", _("Đóng tài khoản"))]
    about = sheet.row.id
    pages = {"sua": reverse("account_change", args=[about]), "nguoi": reverse("account_person", args=[about])}
    seen = [{"name": "version", "value": sheet.version}]
    return [
        {
            "text": text,
            "href": pages.get(act) or reverse("account_act", args=[about, act]),
            "fields": seen if act in AT_ONCE else [],
        }
        for act, text in offered
    ]


@require_safe
def accounts_locked(request: ViewerRequest) -> HttpResponse:
    """Who must wait after too many wrong tries; tried names that are nobody's for whoever reaches everything."""
    found = locked_accounts(request.viewer)
    rows = [
        {
            "text": row.name,
            "href": reverse("account", args=[row.id]),
            "note": "",
            "cells": [{"text": row.username}, {"text": when(until)}],
            "acts": [
                {
                    "text": _("Mở khóa đăng nhập"),
                    "href": reverse("account_act", args=[row.id, "mo-khoa"]),
                    "fields": [{"name": "version", "value": 0}],
                }
            ],
        }
        for row, until in found
    ]
    strangers = locked_strangers(request.viewer)
    context = {
        "title": _("Đang bị khóa đăng nhập"),
        "lead": _("Gõ sai nhiều lần thì phải đợi; khóa tự mở khi hết giờ."),
        "up": {"text": _("Tài khoản"), "href": reverse("accounts")},
        "actions": [],
        "filter": None,
        "listing": listing(
            _("Đang bị khóa đăng nhập"),
            [_("Người"), _("Tên đăng nhập"), _("Đến lúc"), ""],
            rows,
            none=_("Không ai đang bị khóa. Ai gõ sai nhiều lần thì hiện ở đây."),
            none_href=reverse("accounts"),
            none_action=_("Về danh sách tài khoản"),
        ),
        "notes": [_("Tên bị thử sai nhiều lần mà không là của ai: %(names)s.") % {"names": ", ".join(strangers)}]
        if strangers
        else [],
    }
    return render(request, "manage/list.html", context)
