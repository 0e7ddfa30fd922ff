"""What is done for accounts: open, rename, give and end roles, let in, close.

What can be taken back is done at once and offered to be undone (`chithi.web.undo`); what cannot is asked once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chithi.access import keeping
from chithi.access.keeping import Ended, Giving, Opening
from chithi.access.sheets import Sheet, one_account, one_grant
from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding import FoundPerson, find_people
from chithi.org.queries import cards
from chithi.web.manage.accounts_forms import (
    ActForm,
    ChangeForm,
    EndForm,
    FindForm,
    GiveForm,
    OpenForm,
    PersonForm,
)
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.roles import role_word
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.undo_ways import day_fact, ended_fact

MOST_PEOPLE = 20
GET_OR_POST = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Act:
    """One thing to do for an account: its title, what to know before, what is said after; a code is shown instead.

    `undo` gives of what `do` returned the way of `chithi.web.undo_ways` and its facts; None where nothing leads back.
    """

    title: object
    text: object
    done: object
    do: Callable[[Viewer, int, int], Any]
    shows_code: bool = False
    undo: Callable[[Any], tuple[str, dict[str, Any]]] | None = None


def _closed(done: tuple[Any, list[Ended]]) -> tuple[str, dict[str, Any]]:
    user, ended = done
    facts = {"id": user.pk, "version": user.version, "ended": [ended_fact(one) for one in ended]}
    return "account_closed", facts


def _reopened(user: Any) -> tuple[str, dict[str, Any]]:
    return "account_reopened", {"id": user.pk, "version": user.version}


ACTS: dict[str, Act] = {
    "ma": Act(
        gettext_lazy("Cấp mã dùng một lần"),
        gettext_lazy("Mã hiện một lần trên trang sau, dùng được một lần trong 24 giờ. Mã cấp trước đó thôi dùng được."),
        "",
        lambda by, account, _version: keeping.new_code(by=by, user_id=account),
        shows_code=True,
    ),
    "dong": Act(
        gettext_lazy("Đóng tài khoản"),
        gettext_lazy(
            "Các vai trò thôi từ hôm nay, người ấy bị đăng xuất ngay ở mọi nơi. Việc đã làm vẫn mang tên người ấy."
        ),
        gettext_lazy("Đã đóng tài khoản; các vai trò đã thôi, mọi nơi đã bị đăng xuất."),
        lambda by, account, version: keeping.close(by=by, user_id=account, seen_version=version),
        undo=_closed,
    ),
    "mo-lai": Act(
        gettext_lazy("Mở lại tài khoản"),
        gettext_lazy("Tài khoản mở lại chưa có vai trò và mật khẩu: sau đó hãy giao vai trò và cấp mã dùng một lần."),
        gettext_lazy("Đã mở lại tài khoản. Hãy giao vai trò và cấp mã dùng một lần."),
        lambda by, account, version: keeping.reopen(by=by, user_id=account, seen_version=version),
        undo=_reopened,
    ),
    "bo-hai-buoc": Act(
        gettext_lazy("Bỏ xác thực hai bước"),
        gettext_lazy(
            "Chỉ làm khi chính người ấy báo mất điện thoại: từ đó chỉ cần mật khẩu. "
            "Người ấy phải đăng nhập lại ở mọi nơi."
        ),
        gettext_lazy("Đã bỏ xác thực hai bước của tài khoản."),
        lambda by, account, _version: keeping.reset_second_factor(by=by, user_id=account),
    ),
    "ket-thuc-phien": Act(
        gettext_lazy("Đăng xuất khỏi mọi nơi"),
        gettext_lazy("Người ấy phải đăng nhập lại ở mọi thiết bị. Nội dung chưa lưu trên các thiết bị đó có thể mất."),
        gettext_lazy("Đã đăng xuất tài khoản này khỏi mọi nơi."),
        lambda by, account, _version: keeping.end_sessions(by=by, user_id=account),
    ),
    "mo-khoa": Act(
        gettext_lazy("Mở khóa đăng nhập"),
        gettext_lazy("Người ấy được thử lại ngay. Hãy hỏi trước xem có đúng chính người ấy gõ sai không."),
        gettext_lazy("Đã mở khóa đăng nhập; gõ sai nhiều lần thì lại khóa."),
        lambda by, account, _version: keeping.unlock(by=by, user_id=account),
    ),
}
AT_ONCE = frozenset({"dong", "mo-lai", "mo-khoa"})
"""What the page of an account does with one press: each can be taken back, or undoes itself (a lock closes again)."""


@GET_OR_POST
@never_cache
def account_open(request: ViewerRequest) -> HttpResponse:
    """A new account; its one-time code is shown once."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ACCOUNTS)
    form = OpenForm(sent(request), viewer=viewer)
    if request.method == "POST":
        opened = tried(form, lambda: keeping.open_for(by=viewer, opening=_opening(form)))
        if opened is not None:
            user, code = opened
            return _code(request, one_account(viewer, user.pk), code, _("Đã mở tài khoản"))
    up = {"text": _("Tài khoản"), "href": reverse("accounts")}
    lead = _("Chỉ mở cho người cần dùng. Người không có tài khoản vẫn được ghi số liệu thay.")
    return _page(request, form, _("Mở tài khoản"), lead, up, reverse("account_open"), _("Mở tài khoản"))


def _opening(form: Form) -> Opening:
    given = form.cleaned_data
    return Opening(given["username"], given["name"], given["language"], _giving(form))


def _giving(form: Form) -> Giving:
    given = form.cleaned_data
    return Giving(given["role"], given["unit"], given["since"], given["until"])


@GET_OR_POST
def account_change(request: ViewerRequest, account: int) -> HttpResponse:
    """Name and language of somebody else's account."""
    sheet = _kept(request, account)
    initial = {"name": sheet.row.name, "language": sheet.language, "version": sheet.version}
    form = ChangeForm(sent(request), initial=initial)
    if request.method == "POST":
        done = tried(
            form,
            lambda: keeping.rename(
                by=request.viewer,
                user_id=account,
                name=form.cleaned_data["name"],
                language=form.cleaned_data["language"],
                seen_version=form.cleaned_data["version"],
            ),
        )
        if done is not None:
            return _back(request, account, _("Đã sửa tài khoản."))
    return _page(request, form, _("Sửa tài khoản"), "", _up(sheet), reverse("account_change", args=[account]), _("Lưu"))


@GET_OR_POST
def account_person(request: ViewerRequest, account: int) -> HttpResponse:
    """Whose account it is: people in reach by name, one to choose."""
    sheet = _kept(request, account)
    form = PersonForm(request.POST) if request.method == "POST" else None
    if form is not None:
        done = tried(
            form,
            lambda: keeping.link_person(
                by=request.viewer,
                user_id=account,
                person_id=form.cleaned_data["person"],
                seen_version=form.cleaned_data["version"],
            ),
        )
        if done is not None:
            facts = {"id": account, "version": done.version, "person": sheet.person[0] if sheet.person else None}
            said = _("Đã ghi tài khoản là của ai.") if done.person_id else _("Tài khoản không gắn với ai nữa.")
            if sheet.person_unseen:
                return _back(request, account, said)
            return offer(request, said, "person_linked", facts, back=reverse("account", args=[account]))
    asked = FindForm(request.GET if "q" in request.GET else {"q": sheet.row.name})
    found = find_people(request.viewer, asked.cleaned_data["q"], MOST_PEOPLE) if asked.is_valid() else []
    context = {
        "title": _("Tài khoản của ai"),
        "lead": sheet.row.name,
        "up": _up(sheet),
        "actions": [],
        "filter": asked,
        "form": form,
        "listing": _people(request, sheet, found),
        "notes": [_("Nhờ vậy khi bàn giao chức vụ, vai trò đi theo đúng tài khoản.")],
    }
    wrong = (form is not None and form.errors) or asked.errors
    return render(request, "manage/account_person.html", context, status=400 if wrong else 200)


def _people(request: ViewerRequest, sheet: Sheet, found: list[FoundPerson]) -> dict[str, Any]:
    units = cards(request.viewer, {unit for person in found for unit in person.unit_ids}, request.viewer.today)
    send = reverse("account_person", args=[sheet.row.id])
    rows = [
        {
            "text": person.name,
            "href": "",
            "note": str(person.birth_year or ""),
            "cells": [
                {"text": person.title},
                {"text": "; ".join(units[unit].short_name for unit in person.unit_ids if unit in units)},
            ],
            "acts": [_choose(_("Chọn"), send, sheet, str(person.id))],
        }
        for person in found
    ]
    if sheet.person is not None:
        ends = _choose(_("Thôi gắn"), send, sheet, "")
        rows.insert(0, {"text": sheet.person[1], "href": "", "note": _("đang gắn"), "cells": [{}, {}], "acts": [ends]})
    heads: list[str | dict[str, Any]] = [_("Người"), _("Chức vụ"), _("Đơn vị")]
    return listing(
        _("Người"), heads, rows, none=_("Không tìm thấy ai mang tên này trong phạm vi được giao. Hãy gõ họ tên khác.")
    )


def _choose(text: str, send: str, sheet: Sheet, person: str) -> dict[str, Any]:
    fields = [{"name": "person", "value": person}, {"name": "version", "value": sheet.version}]
    return {"text": text, "href": send, "fields": fields}


@GET_OR_POST
def account_give(request: ViewerRequest, account: int) -> HttpResponse:
    """One role more for an account."""
    sheet = one_account(request.viewer, account)
    form = GiveForm(sent(request), viewer=request.viewer)
    if request.method == "POST":
        given = tried(form, lambda: keeping.give_role(by=request.viewer, user_id=account, giving=_giving(form)))
        if given is not None:
            facts = {"id": given.pk, "version": given.version, "since": day_fact(given.since)}
            return offer(request, _("Đã giao vai trò."), "role_given", facts, back=reverse("account", args=[account]))
    send = reverse("account_give", args=[account])
    return _page(request, form, _("Giao vai trò"), sheet.row.name, _up(sheet), send, _("Giao vai trò"))


@GET_OR_POST
def grant_end(request: ViewerRequest, grant: int) -> HttpResponse:
    """The end of a role."""
    account, held = one_grant(request.viewer, grant)
    form = EndForm(sent(request), initial={"until": request.viewer.today, "version": held.version})
    if request.method == "POST":
        done = tried(
            form,
            lambda: keeping.end_role(
                by=request.viewer,
                grant_id=grant,
                until=form.cleaned_data["until"],
                seen_version=form.cleaned_data["version"],
            ),
        )
        if done is not None:
            facts = ended_fact(Ended(done.pk, done.version, held.until))
            said = _("Đã thôi giao vai trò từ %(day)s.") % {"day": day(done.until)}
            return offer(request, said, "role_ended", facts, back=reverse("account", args=[account]))
    sheet = one_account(request.viewer, account)
    lead = f"{sheet.row.name}: {role_word(held.role, held.names)} · {held.unit}"
    return _page(
        request, form, _("Thôi giao vai trò"), lead, _up(sheet), reverse("grant_end", args=[grant]), _("Thôi giao")
    )


@GET_OR_POST
@never_cache
def account_act(request: ViewerRequest, account: int, act: str) -> HttpResponse:
    """Ask once more where nothing leads back, then do; a one-time code is shown this once."""
    what = ACTS.get(act)
    if what is None:
        raise Absent("access.no_account", username="")
    sheet = _kept(request, account)
    form = ActForm(sent(request), initial={"version": sheet.version})
    if request.method == "POST":
        done = tried(form, lambda: (what.do(request.viewer, account, form.cleaned_data["version"]),))
        if done is not None and what.shows_code:
            return _code(request, sheet, str(done[0]), str(what.title))
        if done is not None and what.undo is not None:
            way, facts = what.undo(done[0])
            return offer(request, str(what.done), way, facts, back=reverse("account", args=[account]))
        if done is not None:
            return _back(request, account, str(what.done))
    send = reverse("account_act", args=[account, act])
    title = f"{what.title}: {sheet.row.name}"
    return _page(request, form, title, str(what.text), _up(sheet), send, str(what.title))


def _kept(request: ViewerRequest, account: int) -> Sheet:
    """The sheet of an account that may be looked after; refused else, before anything is shown."""
    keeping.kept_by(request.viewer, account)
    return one_account(request.viewer, account)


def _up(sheet: Sheet) -> dict[str, str]:
    return {"text": sheet.row.name, "href": reverse("account", args=[sheet.row.id])}


def _back(request: ViewerRequest, account: int, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return redirect("account", account)


def _code(request: ViewerRequest, sheet: Sheet, code: str, title: str) -> HttpResponse:
    context = {"title": title, "code": code, "name": sheet.row.name, "username": sheet.row.username, "up": _up(sheet)}
    return render(request, "manage/account_code.html", context)


def _page(
    request: ViewerRequest, form: Form, title: str, lead: str, up: dict[str, str], send_href: str, send_text: str
) -> HttpResponse:
    context = {"title": title, "lead": lead, "up": up, "form": form, "send_href": send_href, "send_text": send_text}
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
