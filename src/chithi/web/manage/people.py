"""The register of people: the list of a unit, the page of a person."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.org.people_queries import Asked, Entry, Life, Listed, Sort, life, roster
from chithi.web.manage.desk import ends_today, listing, nothing, pager
from chithi.web.manage.people_forms import RosterFilter
from chithi.web.middleware import ViewerRequest
from chithi.web.show import people as show
from chithi.web.whole import page_number


@require_safe
def people(request: ViewerRequest) -> HttpResponse:
    """People of a unit and below it by name, narrowed by sort."""
    request.viewer.require_anywhere(Capability.PEOPLE)
    form = RosterFilter(request.GET, viewer=request.viewer)
    asked = asked_for(form, request)
    found = roster(request.viewer, asked) if form.is_valid() else None
    rows = [_row(person) for person in found.people] if found else []
    code = str(request.GET.get("don-vi", ""))[:120]
    context = {
        "title": _("Người trong đơn vị"),
        "lead": _("Đảng viên, cán bộ, công chức, viên chức và người giữ chức vụ, tính đến hôm nay."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": text, "href": _with_unit(reverse("person_add", args=[slug]), code), "main": slug == "dang-vien"}
            for slug, text in (
                ("dang-vien", _("Thêm đảng viên")),
                ("lam-viec", _("Thêm cán bộ, công chức")),
                ("chuc-vu", _("Giao chức vụ")),
            )
        ],
        "filter": form,
        "listing": listing(
            _("Người trong đơn vị"),
            [_("Họ tên"), _("Đang là"), _("Ở đơn vị")],
            rows,
            pager=pager(request, asked.page, found.total) if found else None,
            **nothing(
                request,
                _("Chưa có ai trong phạm vi được giữ danh sách. Thêm từng người, hoặc nhập cả danh sách."),
                reverse("imports"),
                _("Nhập bằng bảng tính"),
            ),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context, status=200 if form.is_valid() else 400)


def asked_for(form: RosterFilter, request: ViewerRequest) -> Asked:
    """What the filter asks, as far as it can be understood."""
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return Asked(
        unit_id=said.get("unit"),
        below=not said.get("alone"),
        sort=Sort(said.get("sort") or ""),
        words=said.get("words") or "",
        page=page_number(request.GET.get("trang")),
    )


def _with_unit(href: str, code: str) -> str:
    return f"{href}?{urlencode({'don-vi': code})}" if code else href


def _row(person: Listed) -> dict[str, Any]:
    said = "; ".join(dict.fromkeys(show.said(entry) for entry in person.entries))
    where = "; ".join(dict.fromkeys(show.place(entry) for entry in person.entries))
    return {
        "text": person.name,
        "href": reverse("person", args=[person.id]),
        "note": show.born(person.birth_year),
        "cells": [{"text": said}, {"text": where}],
        "acts": [],
    }


@require_safe
def person(request: ViewerRequest, person: int) -> HttpResponse:
    """One person: what they are and were, in dates, as far as it lies in reach."""
    found = life(request.viewer, person)
    context = {
        "title": found.person.name,
        "lead": show.born(found.person.birth_year),
        "up": {"text": _("Người trong đơn vị"), "href": reverse("people")},
        "actions": [] if found.person.forgotten_on else _actions(person),
        "filter": None,
        "listing": listing(
            _("Quá trình"),
            [_("Là"), _("Ở đơn vị"), _("Thời gian"), _("Ghi chú"), ""],
            [_entry_row(found, entry, request.viewer.today) for entry in found.entries],
            none=_("Chưa có gì trong phạm vi được giữ danh sách."),
            pager=None,
        ),
        "notes": [_("Người này còn có mục ở đơn vị ngoài phạm vi được giao.")] if found.more else [],
    }
    return render(request, "manage/list.html", context)


def _actions(person: int) -> list[dict[str, Any]]:
    more = urlencode({"nguoi": person})
    texts = (("dang-vien", _("Vào chi bộ")), ("chuc-vu", _("Giao chức vụ")), ("lam-viec", _("Ghi nơi làm việc")))
    adding = [
        {"text": text, "href": f"{reverse('person_add', args=[slug])}?{more}", "main": False} for slug, text in texts
    ]
    return [{"text": _("Sửa họ tên"), "href": reverse("person_correct", args=[person]), "main": False}, *adding]


def _entry_row(found: Life, entry: Entry, today: date) -> dict[str, Any]:
    row: Any = entry.row
    return {
        "text": show.said(entry),
        "href": "",
        "note": "",
        "cells": [
            {"text": show.place(entry), "href": reverse("unit", args=[entry.unit.id]) if entry.unit else ""},
            {"text": show.span(row.since, row.until)},
            {"text": _note(entry)},
        ],
        "acts": [] if found.person.forgotten_on else _acts(found, entry, today),
    }


def _note(entry: Entry) -> str:
    row: Any = entry.row
    if entry.what == "exemption":
        return str(row.reason)
    if entry.what == "employment":
        return _("Người đứng đầu cơ quan nhận xét")
    return ""


def _acts(found: Life, entry: Entry, today: date) -> list[dict[str, Any]]:
    """What may be done with a row that still holds."""
    if entry.row.until is not None:
        return []
    end = reverse("person_end", args=[show.SLUG_OF[entry.what], entry.row.pk])
    if entry.what == "exemption":
        return ends_today(_("Thôi miễn"), end, entry.row.version, today)
    if entry.what == "employment":
        return [{"text": _("Thôi làm việc"), "href": end}]
    if entry.what == "post":
        return [
            {"text": _("Bàn giao"), "href": reverse("handover_prepare", args=[entry.row.pk])},
            {"text": _("Thôi giữ"), "href": end},
        ]
    exempt = any(one.what == "exemption" and one.row.until is None for one in found.entries)
    return [
        {"text": _("Chuyển sinh hoạt"), "href": reverse("transfer_propose", args=[entry.row.pk])},
        *([] if exempt else [{"text": _("Cho miễn"), "href": reverse("person_exempt", args=[entry.row.pk])}]),
        {"text": _("Ra khỏi chi bộ"), "href": end},
    ]
