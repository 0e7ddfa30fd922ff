"""Keeping ties beside the tree: the list, a new one, ending one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Refused
from chithi.db.viewer import Capability
from chithi.org.kinds import LinkKind
from chithi.org.links import tie, untie
from chithi.org.links_queries import LinkCard, kept_link, kept_links
from chithi.web.manage.desk import PAGE, ends_today, listing, nothing, pager, sent, tried
from chithi.web.manage.groups_forms import EndForm
from chithi.web.manage.links_forms import LinkFilter, LinkForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.beside import link_way
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.undo_ways import day_fact
from chithi.web.whole import page_number

READS = ["GET", "HEAD", "POST"]


@require_safe
def manage_links(request: ViewerRequest) -> HttpResponse:
    """The ties of the units the viewer keeps, those that hold first."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    kind = request.GET.get("loai", "") if request.GET.get("loai") in set(LinkKind) else ""
    page = page_number(request.GET.get("trang"))
    found, total = kept_links(viewer, kind=kind, start=(page - 1) * PAGE, most=PAGE)
    context = {
        "title": _("Gắn đơn vị"),
        "lead": _("Cơ quan, đoàn thể với tổ chức đảng của mình; đoàn thể với cấp ủy; thôn, bản với chi bộ riêng."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [{"text": _("Gắn hai đơn vị"), "href": reverse("manage_link_new"), "main": True}],
        "filter": LinkFilter(request.GET),
        "listing": listing(
            _("Đơn vị được gắn"),
            [_("Đơn vị"), _("Cách gắn"), _("Với"), _("Bắt đầu"), _("Kết thúc"), ""],
            [_listed(link, viewer.today) for link in found],
            pager=pager(request, page, total),
            **nothing(
                request, _("Chưa gắn đơn vị nào. Gắn cơ quan với tổ chức đảng của mình, thôn với chi bộ riêng."),
                reverse("manage_link_new"), _("Gắn hai đơn vị"),
            ),
        ),
    }  # fmt: skip
    return render(request, "manage/list.html", context)


def _listed(link: LinkCard, today: date) -> dict[str, Any]:
    other, until = link.other, link.until
    return {
        "text": link.unit.short_name,
        "href": reverse("unit", args=[link.unit.id]),
        "note": _("đơn vị đã kết thúc") if link.passed_on else "",
        "cells": [
            {"text": link_way(link.kind)},
            {"text": other.short_name, "href": reverse("unit", args=[other.id])}
            if other
            else {"text": _("ngoài phạm vi được xem")},
            {"text": _("từ %(day)s") % {"day": day(link.since)}},
            {"text": _("đến trước %(day)s") % {"day": day(until)} if until else ""},
        ],
        "acts": []
        if until
        else ends_today(_("Thôi gắn"), reverse("manage_link_end", args=[link.id]), link.version, today),
    }


@require_http_methods(READS)
def manage_link_new(request: ViewerRequest) -> HttpResponse:
    """Two units are tied."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    form = LinkForm(sent(request), viewer=viewer, initial={"since": viewer.today})

    def do() -> Any:
        data = form.cleaned_data
        kind, since = LinkKind(data["kind"]), data["since"]
        return tie(by=viewer, unit_id=data["unit"], other_id=data["other"], kind=kind, since=since)

    made = tried(form, do) if request.method == "POST" else None
    if made is not None:
        facts = {"id": made.pk, "version": made.version, "since": day_fact(made.since)}
        said = _("Đã gắn hai đơn vị; trang của cả hai đều ghi điều này.")
        return offer(request, said, "link_made", facts, back=reverse("manage_links"))
    context = {
        "title": _("Gắn hai đơn vị"),
        "lead": "",
        "up": {"text": _("Gắn đơn vị"), "href": reverse("manage_links")},
        "form": form, "send_href": reverse("manage_link_new"), "send_text": _("Gắn"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def manage_link_end(request: ViewerRequest, link: int) -> HttpResponse:
    """A tie ends on a day."""
    viewer = request.viewer
    card = kept_link(viewer, link)
    if card.until is not None:
        raise Refused("links.ended_already", day=card.until)
    form = EndForm(sent(request), initial={"on": viewer.today, "version": card.version})

    def do() -> Any:
        seen, on = form.cleaned_data["version"], form.cleaned_data["on"]
        return untie(by=viewer, link_id=link, seen_version=seen, on=on)

    done = tried(form, do) if request.method == "POST" else None
    if done is not None:
        said = _("Đã thôi gắn hai đơn vị từ %(day)s.") % {"day": day(done.until)}
        facts = {"id": done.pk, "version": done.version}
        return offer(request, said, "link_ended", facts, back=reverse("manage_links"))
    other = card.other.short_name if card.other else _("ngoài phạm vi được xem")
    context = {
        "title": _("Thôi gắn hai đơn vị"),
        "lead": f"{card.unit.short_name} – {other} · {link_way(card.kind)}",
        "up": {"text": _("Gắn đơn vị"), "href": reverse("manage_links")},
        "form": form, "send_href": reverse("manage_link_end", args=[link]), "send_text": _("Thôi gắn"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
