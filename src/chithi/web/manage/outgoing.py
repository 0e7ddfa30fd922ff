"""The register of documents that went out: looked through, downloaded; a document is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability, Viewer
from chithi.directives.queries import is_issued, of_issued
from chithi.org.queries import UnitCard, cards
from chithi.registry.actions import withdraw
from chithi.registry.kinds import DocumentKind
from chithi.registry.queries import Sought, one_issued, register, whole_register
from chithi.reporting.formats import sign_alone
from chithi.reporting.pdf import can_make, pdf_of
from chithi.reporting.queries import report_by_code
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.web.manage.desk import listing, nothing, pager, sent, tried
from chithi.web.manage.exports import attached
from chithi.web.manage.offices_forms import OutgoingFilter, WithdrawForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import offices as show
from chithi.web.show.word_file import pdf_file, word_file
from chithi.web.templatetags.chithi_format import day
from chithi.web.whole import page_number

READS = ["GET", "HEAD", "POST"]


@require_safe
def outgoing(request: ViewerRequest) -> HttpResponse:
    """The register, newest first."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.REPORT)
    form = OutgoingFilter(request.GET, viewer=viewer)
    page = page_number(request.GET.get("trang"))
    found, total = register(viewer, _sought(form, page)) if form.is_valid() else ([], 0)
    units = cards(viewer, {row.unit_id for row in found}, viewer.today)
    pdf = can_make()
    context = {
        "title": _("Sổ đăng ký văn bản đi"),
        "lead": _("Văn bản đã ban hành, theo số. Văn bản thu hồi vẫn giữ số trong sổ."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Tải bảng tính"), "href": _file(request, "xlsx"), "main": False},
            {"text": _("Tải CSV"), "href": _file(request, "csv"), "main": False},
        ]
        if found
        else [],
        "filter": form,
        "listing": listing(
            _("Văn bản đi"),
            [_("Số, ký hiệu"), _("Ngày"), _("Trích yếu"), _("Đơn vị"), _("Nơi nhận"), ""],
            [_row(row, units, pdf=pdf) for row in found],
            pager=pager(request, page, total),
            **nothing(request, _("Chưa có văn bản nào. Mở báo cáo của đơn vị rồi chọn Ban hành ở báo cáo đã lập.")),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context, status=200 if form.is_valid() else 400)


def _sought(form: OutgoingFilter, page: int = 1) -> Sought:
    said = form.cleaned_data
    return Sought(said["unit"], said["kind"], said["since"], said["until"], said["words"], page)


def _row(row: Any, units: Mapping[int, UnitCard], *, pdf: bool) -> dict[str, Any]:
    unit = units.get(row.unit_id)
    acts = [{"text": _("Word"), "href": reverse("outgoing_document", args=[row.pk])}]
    if row.source and pdf:
        acts.append({"text": _("PDF"), "href": reverse("outgoing_pdf", args=[row.pk])})
    if row.withdrawn_on is None:
        acts.append({"text": _("Thu hồi"), "href": reverse("outgoing_withdraw", args=[row.pk])})
    gone = _("đã thu hồi ngày %(day)s: %(why)s") % {"day": day(row.withdrawn_on), "why": row.withdrawn_why or "–"}
    return {
        "text": sign_alone(row.sign),
        "href": reverse("code", args=[row.source]) if row.source else "",
        "note": gone if row.withdrawn_on else "",
        "cells": [
            {"text": day(row.dated)},
            {"text": row.summary},
            {"text": unit.short_name if unit else "–"},
            {"text": "; ".join(row.recipients.splitlines()) or "–"},
        ],
        "acts": acts,
    }


def _file(request: ViewerRequest, ending: str) -> str:
    query = {name: request.GET[name] for name in OutgoingFilter.NAMES.values() if request.GET.get(name)}
    address = reverse("outgoing_file", args=[ending])
    return f"{address}?{urlencode(query)}" if query else address


@require_safe
def outgoing_file(request: ViewerRequest, ending: str) -> HttpResponseBase:
    """The register as a workbook or separated values, in the order of its numbers; filtered as the page is."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.REPORT)
    if ending not in ("xlsx", "csv"):
        raise Absent("registry.no_document")
    form = OutgoingFilter(request.GET, viewer=viewer)
    if not form.is_valid():
        raise Absent("registry.no_document")
    columns = [
        Column(_("Số"), 8, Kind.NUMBER),
        Column(_("Số, ký hiệu"), 20),
        Column(_("Loại văn bản"), 18),
        Column(_("Ngày"), 12, Kind.DATE),
        Column(_("Trích yếu"), 60),
        Column(_("Người ký"), 32),
        Column(_("Nơi nhận"), 40),
        Column(_("Đơn vị"), 30),
        Column(_("Thu hồi ngày"), 14, Kind.DATE),
        Column(_("Lý do thu hồi"), 30),
    ]
    table = Table(_("Văn bản đi"), columns, list(_cells(viewer, _sought(form))), wrap=True)
    return attached([table], f"van-ban-di-{viewer.today.isoformat()}", ending)


def _cells(viewer: Viewer, sought: Sought) -> Iterable[list[Cell]]:
    rows = whole_register(viewer, sought)
    units = cards(viewer, {row.unit_id for row in rows}, viewer.today)
    for row in rows:
        unit = units.get(row.unit_id)
        yield [
            row.number,
            row.sign,
            show.kind_word(DocumentKind(row.kind)),
            row.dated,
            row.summary,
            row.signed_as,
            "; ".join(row.recipients.splitlines()),
            unit.name if unit else "",
            row.withdrawn_on,
            row.withdrawn_why,
        ]


@require_safe
def outgoing_document(request: ViewerRequest, issued: int) -> HttpResponse:
    """The Word file as it went out."""
    row = one_issued(request.viewer, issued)
    if not row.file:  # a document of a directive without a Word file of its own
        return redirect("directive", of_issued(request.viewer, issued))
    return word_file(bytes(row.file), _name(row))


@require_safe
def outgoing_pdf(request: ViewerRequest, issued: int) -> HttpResponse:
    """The same as PDF: the first one made of that Word file, kept beside the report it belongs to."""
    row = one_issued(request.viewer, issued)
    report = report_by_code(request.viewer, row.source)
    return pdf_file(pdf_of(request.viewer, report, bytes(row.file)), _name(row))


def _name(row: Any) -> str:
    return f"{row.kind}-{row.number:02d}-{row.dated.isoformat()}"


@require_http_methods(READS)
def outgoing_withdraw(request: ViewerRequest, issued: int) -> HttpResponse:
    """A document is taken back; its number stays used."""
    viewer = request.viewer
    row = one_issued(viewer, issued)
    if row.withdrawn_on is not None:
        raise Refused("registry.withdrawn_already", day=row.withdrawn_on)
    if not row.source and is_issued(viewer, issued):  # there it leaves the cascade as well
        return redirect("directive_withdraw", of_issued(viewer, issued))
    sign = sign_alone(row.sign)
    form = WithdrawForm(sent(request), initial={"on": viewer.today, "version": row.version})

    def do() -> bool:
        said = form.cleaned_data
        withdraw(by=viewer, issued_id=issued, seen_version=said["version"], on=said["on"], why=said["why"])
        return True

    if request.method == "POST" and tried(form, do):
        said = _("Đã thu hồi văn bản số %(sign)s; số này không cấp lại.") % {"sign": sign}
        messages.success(request, said, extra_tags="good")
        return redirect("outgoing")
    context = {
        "title": _("Thu hồi văn bản số %(sign)s") % {"sign": sign},
        "lead": _("Văn bản vẫn đứng trong sổ, số không cấp lại. Báo cáo có thể ban hành lại với số mới."),
        "up": {"text": _("Sổ đăng ký văn bản đi"), "href": reverse("outgoing")},
        "form": form,
        "send_href": reverse("outgoing_withdraw", args=[issued]),
        "send_text": _("Thu hồi"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
