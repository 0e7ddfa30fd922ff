"""The records office of a unit: how its documents look, terms of its committee, where numbers begin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import UnitCard
from chithi.registry import actions, queries
from chithi.registry.kinds import DocumentKind, Side
from chithi.registry.letterheads import set_letterhead
from chithi.registry.queries import SET, Letterhead, letterhead, signers, unit_of_office
from chithi.registry.rules import side_of
from chithi.reporting.letterheads import Framed, framed, framed_as
from chithi.web.manage.desk import listing, nothing, pager, sent, tried
from chithi.web.manage.offices_forms import FirstNumberForm, LetterheadForm, OfficeFilter, TermForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import offices as show
from chithi.web.show.letterheads import frame_shown
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.whole import page_number

READS = ["GET", "HEAD", "POST"]


@require_safe
def offices(request: ViewerRequest) -> HttpResponse:
    """Units that have set something, and the way to any other unit's letterhead."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.REPORT)
    form = OfficeFilter(request.GET if "don-vi" in request.GET else None, viewer=viewer)
    if form.is_bound and form.is_valid():
        return redirect("office", form.cleaned_data["unit"])
    page = page_number(request.GET.get("trang"))
    found, total = queries.offices(viewer, page=page)
    home = viewer.home_unit_id
    context = {
        "title": _("Thể thức văn bản"),
        "lead": _("Tên cơ quan, ký hiệu, người ký, nơi nhận in trên văn bản của đơn vị; nhiệm kỳ và số văn bản."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [{"text": _("Đơn vị của tôi"), "href": reverse("office", args=[home]), "main": True}]
        if home and queries.viewer_reports(viewer, home)
        else [],
        "filter": form,
        "listing": listing(
            _("Đơn vị đã đặt thể thức riêng"),
            [_("Đơn vị"), _("Mã")],
            [
                {
                    "text": card.name,
                    "href": reverse("office", args=[card.id]),
                    "note": "",
                    "cells": [{"text": card.code}],
                }
                for card in found
            ],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Chưa đơn vị nào đặt riêng; văn bản in theo loại và tên của đơn vị. Gõ một đơn vị ở trên để đặt."),
            ),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def office(request: ViewerRequest, unit: int) -> HttpResponse:
    """The letterhead of a unit, its terms and numbers."""
    viewer = request.viewer
    card = unit_of_office(viewer, unit)
    stored, version = letterhead(viewer, unit, Capability.REPORT)
    initial = {**{name: getattr(stored, name) for name in SET}, "version": version}
    bare = framed_as(viewer, card, Letterhead(side=stored.side), about=viewer.today, dated=viewer.today)
    form = LetterheadForm(
        sent(request), initial=initial, known=signers(viewer, unit, viewer.today), usual=_usual(card, bare)
    )

    def do() -> bool:
        set_letterhead(by=viewer, unit_id=unit, said=form.said(), seen_version=form.cleaned_data["version"])
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã lưu thể thức văn bản; báo cáo lập từ nay in theo đó."), extra_tags="good")
        return redirect("office", unit)
    context = {
        "title": _("Thể thức văn bản: %(unit)s") % {"unit": card.short_name},
        "lead": _("Ô nào để trống thì in theo loại, tên và sổ chức vụ của đơn vị."),
        "up": {"text": _("Thể thức văn bản"), "href": reverse("offices")},
        "form": form,
        "send_href": reverse("office", args=[unit]),
        "send_text": _("Lưu thể thức"),
        "now": frame_shown(framed(viewer, card, about=viewer.today, dated=viewer.today)),
        "terms": _terms(viewer, unit),
        "numbers": _numbers(viewer, unit),
        "term_href": reverse("office_term_new", args=[unit]),
        "first_href": reverse("office_first", args=[unit]),
        "register_href": f"{reverse('outgoing')}?don-vi={card.code}",
    }
    return render(request, "manage/office.html", context, status=400 if form.errors else 200)


def _usual(card: UnitCard, bare: Framed) -> dict[str, str]:
    """What is printed where a field stays empty."""
    signatory = bare.signatory
    return {
        "side": side_of(card.kind, card.name).value,
        "issuer": bare.header.issuer,
        "parent": bare.header.parent,
        "symbol": bare.header.issuer_symbol,
        "place": bare.header.place,
        "body": signatory.body,
        "post": signatory.post,
        "head": signatory.post,
        "recipients": "; ".join(bare.recipients),
    }


def _terms(viewer: Viewer, unit_id: int) -> dict[str, Any]:
    rows = [
        {
            "text": term.name,
            "href": "",
            "note": "",
            "cells": [{"text": day(term.since)}, {"text": day(term.until) if term.until else "–"}],
            "acts": [{"text": _("Sửa"), "href": reverse("office_term", args=[term.pk])}],
        }
        for term in queries.terms(viewer, unit_id)
    ]
    return listing(
        _("Nhiệm kỳ"),
        [_("Nhiệm kỳ"), _("Từ ngày"), _("Đến trước ngày"), ""],
        rows,
        none=_(
            "Chưa ghi nhiệm kỳ nào. Văn bản của Đảng đánh số liên tục theo nhiệm kỳ, nên cần ghi trước khi ban hành."
        ),
    )


def _numbers(viewer: Viewer, unit_id: int) -> dict[str, Any]:
    rows = [
        {
            "text": show.kind_word(one.kind),
            "href": "",
            "note": "",
            "cells": [
                {"text": one.term.name if one.term else _("năm %(year)s") % {"year": one.year}},
                {"text": number(one.first)},
                {"text": number(one.last) if one.last else "–"},
            ],
        }
        for one in queries.numbers(viewer, unit_id)
    ]
    return listing(
        _("Số văn bản"),
        [_("Loại văn bản"), _("Nhiệm kỳ, năm"), _("Bắt đầu từ"), _("Đã cấp đến")],
        rows,
        none=_("Chưa cấp số nào; mỗi loại văn bản bắt đầu từ 01. Sổ đang dùng dở thì ghi số bắt đầu."),
    )


@require_http_methods(READS)
def office_term_new(request: ViewerRequest, unit: int) -> HttpResponse:
    """A term of the committee is written down."""
    viewer = request.viewer
    card = unit_of_office(viewer, unit)
    form = TermForm(sent(request))

    def do() -> bool:
        said = form.cleaned_data
        actions.set_term(by=viewer, unit_id=unit, name=said["name"], since=said["since"], until=said["until"])
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã ghi nhiệm kỳ."), extra_tags="good")
        return redirect("office", unit)
    return _form(request, _("Ghi nhiệm kỳ"), card, form, reverse("office_term_new", args=[unit]), _("Ghi nhiệm kỳ"))


@require_http_methods(READS)
def office_term(request: ViewerRequest, term: int) -> HttpResponse:
    """Name or days of a term are changed."""
    viewer = request.viewer
    row = queries.one_term(viewer, term)
    card = unit_of_office(viewer, row.unit_id)
    initial = {"name": row.name, "since": row.since, "until": row.until, "version": row.version}
    form = TermForm(sent(request), initial=initial)

    def do() -> bool:
        said = form.cleaned_data
        actions.change_term(
            by=viewer,
            term_id=term,
            seen_version=said["version"] or 0,
            name=said["name"],
            since=said["since"],
            until=said["until"],
        )
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã sửa nhiệm kỳ."), extra_tags="good")
        return redirect("office", row.unit_id)
    return _form(request, _("Sửa nhiệm kỳ"), card, form, reverse("office_term", args=[term]), _("Lưu nhiệm kỳ"))


@require_http_methods(READS)
def office_first(request: ViewerRequest, unit: int) -> HttpResponse:
    """Where the numbers of a kind begin, for an office that gave some on paper."""
    viewer = request.viewer
    card = unit_of_office(viewer, unit)
    form = FirstNumberForm(sent(request), initial={"kind": DocumentKind.REPORT.value, "on": viewer.today})
    stored, _version = letterhead(viewer, unit, Capability.REPORT)
    side = Side(stored.side) if stored.side else side_of(card.kind, card.name)

    def do() -> bool:
        said = form.cleaned_data
        actions.set_first_number(
            by=viewer, unit_id=unit, kind=DocumentKind(said["kind"]), side=side, on=said["on"], first=said["first"]
        )
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã đặt số bắt đầu."), extra_tags="good")
        return redirect("office", unit)
    return _form(request, _("Đặt số bắt đầu"), card, form, reverse("office_first", args=[unit]), _("Đặt số"))


def _form(
    request: ViewerRequest, title: str, card: UnitCard, form: Any, send_href: str, send_text: str
) -> HttpResponse:
    context = {
        "title": title,
        "lead": card.name,
        "up": {"text": card.short_name, "href": reverse("office", args=[card.id])},
        "form": form,
        "send_href": send_href,
        "send_text": send_text,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
