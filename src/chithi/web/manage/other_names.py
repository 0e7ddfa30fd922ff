"""Other names by which units are to be found: typed in, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chithi.db.viewer import Capability
from chithi.org.other_names import add_other_name, drop_other_name, other_names
from chithi.org.queries import cards
from chithi.web.manage.desk import PAGE, listing, nothing, pager, tried, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.middleware import ViewerRequest
from chithi.web.undo import offer
from chithi.web.whole import page_number, whole


class OtherNameForm(UnitForm):
    """A unit and what else it is called."""

    unit = UnitField(label=gettext_lazy("Đơn vị"), may=Capability.TREE)
    text = forms.CharField(max_length=80, label=gettext_lazy("Tên gọi khác"))


class _Version(forms.Form):
    version = version_field()


@require_http_methods(["GET", "POST"])
def other_names_page(request: ViewerRequest) -> HttpResponse:
    """The other names in reach, with a form for one more."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    form = OtherNameForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if request.method == "POST":

        def add() -> Any:
            return add_other_name(by=viewer, unit_id=form.cleaned_data["unit"], text=form.cleaned_data["text"])

        made = tried(form, add)
        if made is not None:
            facts = {"id": made.pk, "version": made.version}
            return offer(request, _("Đã thêm tên gọi khác."), "name_added", facts, back=reverse("other_names"))
    page, unit_id = page_number(request.GET.get("trang")), whole(request.GET.get("don-vi"))
    found, total = other_names(viewer, page, PAGE, unit_id)
    units = cards(viewer, {one.unit_id for one in found}, viewer.today)
    rows = [
        {
            "text": one.text,
            "href": "",
            "note": "",
            "cells": [{"text": units[one.unit_id].name, "href": reverse("unit", args=[one.unit_id])}],
            "acts": [
                {
                    "text": _("Bỏ"),
                    "href": reverse("other_name_drop", args=[one.id]),
                    "fields": [{"name": "version", "value": one.version}],
                }
            ],
        }
        for one in found
        if one.unit_id in units
    ]
    context = {
        "title": _("Tên gọi khác của đơn vị"),
        "lead": _("Tên cũ, mã, chữ đầu của tên và các từ viết tắt thường dùng đã tìm được sẵn; chỉ thêm tên riêng."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "form": form,
        "send_href": request.path,
        "notes": [_("Tên viết tắt, tên quen gọi; để tìm ra đơn vị, không in trong báo cáo.")],
        "listing": listing(
            _("Tên gọi khác"),
            [_("Tên gọi khác"), _("Đơn vị"), ""],
            rows,
            pager=pager(request, page, total),
            **nothing(request, _("Chưa có tên gọi khác nào. Thêm ở trên tên viết tắt, tên quen gọi của đơn vị.")),
        ),
    }
    return render(request, "manage/other_names.html", context, status=400 if form.errors else 200)


@require_POST
def other_name_drop(request: ViewerRequest, name: int) -> HttpResponse:
    """Take one away."""
    request.viewer.require_anywhere(Capability.TREE)
    seen = _Version(request.POST)
    version = seen.cleaned_data["version"] if seen.is_valid() else -1
    gone = drop_other_name(by=request.viewer, other_name_id=name, seen_version=version)
    facts = {"unit": gone.unit_id, "text": gone.text}
    said = _("Đã bỏ tên gọi khác “%(name)s”.") % {"name": gone.text}
    return offer(request, said, "name_dropped", facts, back=reverse("other_names"))
