"""How the installation is: the store, what waits to be added up, the worker, the room left."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import django
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chithi.access.queries import how_many_accounts
from chithi.db.health import StoreFacts, store_facts
from chithi.db.viewer import Capability
from chithi.freshness.queries import Waiting, last_beat, waiting
from chithi.jobs.queries import Standing, standing
from chithi.web.manage.desk import listing
from chithi.web.manage.work_later import is_late, standing_words
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import day, number

SLOW = timedelta(minutes=1)
"""Totals are there within a second (SPINE 10); a mark older than this says that nobody is adding up."""
QUIET = timedelta(minutes=2)
LITTLE_ROOM = 2 * 1024**3
HARDLY_ANY_ROOM = 512 * 1024**2


@require_safe
def health(request: ViewerRequest) -> HttpResponse:
    """One line a part, its state first."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    now, store = timezone.now(), store_facts()
    rows = [
        _adding_up(waiting(), now),
        _worker(last_beat("worker"), now),
        _background(standing()),
        _store(store),
        _tables(store),
        _room(store),
        _accounts(),
        _row("none", _("Phiên bản"), f"chithi {version('chithi')} · Django {django.get_version()}", ""),
    ]
    context = {
        "title": _("Tình trạng máy chủ"),
        "lead": _("Xem lúc %(when)s. Tải lại trang để xem mới.") % {"when": _when(now)},
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "listing": listing(_("Tình trạng máy chủ"), [_("Phần"), _("Tình trạng"), _("Cụ thể")], rows, none=""),
    }
    return render(request, "manage/list.html", context)


def _row(status: str, name: str, told: str, word: str) -> dict[str, Any]:
    state = {"status": status, "word": word} if word else {"text": ""}
    return {"text": name, "href": "", "note": "", "cells": [state, {"text": told}]}


def _adding_up(found: Waiting, now: datetime) -> dict[str, Any]:
    name = _("Cộng số lên cấp trên")
    if not found.marks or found.oldest is None:
        return _row("good", name, _("Không có thay đổi nào đang chờ cộng."), _("Tốt"))
    told = ngettext(
        "%(count)s thay đổi đang chờ, cũ nhất từ %(when)s",
        "%(count)s thay đổi đang chờ, cũ nhất từ %(when)s",
        found.marks,
    ) % {"count": number(found.marks), "when": _when(found.oldest)}
    late = now - found.oldest > SLOW
    return _row("late" if late else "good", name, told, _("Chậm") if late else _("Tốt"))


def _worker(beat: datetime | None, now: datetime) -> dict[str, Any]:
    name = _("Máy cộng số chạy nền")
    if beat is None:
        return _row("late", name, _("Chưa chạy lần nào. Hãy khởi động bằng chithi serve."), _("Không chạy"))
    silent = now - beat > QUIET
    return _row(
        "late" if silent else "good",
        name,
        _("Lần cuối làm việc lúc %(when)s") % {"when": _when(beat)},
        _("Không chạy") if silent else _("Đang chạy"),
    )


def _background(found: Standing) -> dict[str, Any]:
    name = _("Việc chạy nền")
    status, word = ("risk", _("Có việc hỏng")) if found.failed else ("good", _("Tốt"))
    if is_late(found):
        status, word = "late", _("Chậm")
    return _row(status, name, standing_words(found), word) | {"href": reverse("background")}


def _store(store: StoreFacts) -> dict[str, Any]:
    return _row("good", _("Kho dữ liệu"), f"{store.engine} {store.version} · {size_text(store.size)}", _("Tốt"))


def _tables(store: StoreFacts) -> dict[str, Any]:
    name = _("Bảng dữ liệu")
    if not store.pending:
        return _row("good", name, _("Đúng với phiên bản đang chạy."), _("Tốt"))
    told = _("Còn phải nâng cấp: %(names)s") % {"names": ", ".join(store.pending[:5])}
    return _row("late", name, told, _("Cần nâng cấp"))


def _room(store: StoreFacts) -> dict[str, Any]:
    status, word = "good", _("Tốt")
    if store.free < LITTLE_ROOM:
        status, word = "risk", _("Sắp hết")
    if store.free < HARDLY_ANY_ROOM:
        status, word = "late", _("Gần hết")
    return _row(status, _("Chỗ trống trên đĩa"), size_text(store.free), word)


def _accounts() -> dict[str, Any]:
    opened, of_all = how_many_accounts()
    told = _("%(open)s đang mở trên %(all)s") % {"open": number(opened), "all": number(of_all)}
    return _row("none", _("Tài khoản"), told, "")


def size_text(size: int) -> str:
    """Bytes as people say them: 312 MB, 41,3 GB."""
    if size < 1024**3:
        return f"{number(round(size / 1024**2))} MB"
    return f"{number(Decimal(size * 10 // 1024**3) / 10)} GB"


def _when(at: datetime) -> str:
    moment = localtime(at)
    return f"{day(moment.date())} {moment:%H:%M}"
