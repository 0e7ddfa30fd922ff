"""Posts held in a unit and below it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.org.people_queries import Asked, posts_of
from chithi.web.manage.desk import listing, nothing, pager
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import people as show
from chithi.web.templatetags.chithi_format import day
from chithi.web.whole import page_number


class PostsFilter(UnitForm):
    """Whose posts to list. In addresses: don-vi, rieng."""

    unit = UnitField(required=False, may=Capability.PEOPLE, label=gettext_lazy("Đơn vị"))
    alone = forms.BooleanField(required=False, label=gettext_lazy("Chỉ riêng đơn vị này"))

    NAMES = {"unit": "don-vi", "alone": "rieng"}

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)


@require_safe
def posts(request: ViewerRequest) -> HttpResponse:
    """Who holds which post today."""
    request.viewer.require_anywhere(Capability.PEOPLE)
    form = PostsFilter(request.GET, viewer=request.viewer)
    page, rows, total = page_number(request.GET.get("trang")), [], 0
    if form.is_valid():
        said = form.cleaned_data
        found, total = posts_of(request.viewer, Asked(said["unit"], not said["alone"], page=page))
        rows = [_row(*one) for one in found]
    code = str(request.GET.get("don-vi", ""))[:120]
    add = reverse("person_add", args=["chuc-vu"]) + (f"?{urlencode({'don-vi': code})}" if code else "")
    context = {
        "title": _("Chức vụ"),
        "lead": _("Ai đang giữ chức vụ nào, tính đến hôm nay."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Giao chức vụ"), "href": add, "main": True},
            {"text": _("Xem các biên bản bàn giao"), "href": reverse("handovers"), "main": False},
        ],
        "filter": form,
        "listing": listing(
            _("Chức vụ"),
            [_("Chức vụ"), _("Người giữ"), _("Đơn vị"), _("Từ ngày"), ""],
            rows,
            pager=pager(request, page, total),
            **nothing(request, _("Chưa ghi ai giữ chức vụ nào. Hãy ghi từ người đứng đầu."), add, _("Giao chức vụ")),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context, status=200 if form.is_valid() else 400)


def _row(post: Any, unit: Any, holder: str) -> dict[str, Any]:
    return {
        "text": show.titled(post.title, head=post.is_head, key=post.is_key_leader),
        "href": "",
        "note": "",
        "cells": [
            {"text": holder, "href": reverse("person", args=[post.person_id])},
            {"text": unit.short_name if unit else "–", "href": reverse("unit", args=[post.unit_id]) if unit else ""},
            {"text": day(post.since)},
        ],
        "acts": [
            {"text": _("Bàn giao"), "href": reverse("handover_prepare", args=[post.pk])},
            {"text": _("Thôi giữ"), "href": reverse("person_end", args=["chuc-vu", post.pk])},
        ]
        if post.until is None
        else [],
    }
