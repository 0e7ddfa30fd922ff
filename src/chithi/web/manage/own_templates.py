"""Templates an office writes in Word: the list, the fields to write with, uploading, versions, trying them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.queries import account_names
from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import cards
from chithi.reporting.own_templates import actions, queries
from chithi.reporting.own_templates.package import MOST_BYTES
from chithi.reporting.own_templates.queries import TemplateCard, VersionCard
from chithi.reporting.own_templates.starter import starter
from chithi.web.manage.desk import PAGE, listing, pager, tried
from chithi.web.manage.own_templates_forms import NewTemplateForm, NewVersionForm, TemplateNameForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.moments import day_of
from chithi.web.show.own_templates import field_rows, field_words
from chithi.web.show.word_file import word_file
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.undo import offer
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_safe
def own_templates(request: ViewerRequest) -> HttpResponse:
    """The templates of the units whose reports the viewer makes."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.REPORT)
    page = page_number(request.GET.get("trang"))
    found, total = queries.kept_templates(viewer, start=(page - 1) * PAGE, most=PAGE)
    units = cards(viewer, {one.unit_id for one in found}, viewer.today)
    rows = [
        {
            "text": one.name,
            "href": reverse("own_template", args=[one.id]),
            "note": _("đã thôi dùng") if one.retired_on else "",
            "cells": [
                {"text": units[one.unit_id].short_name if one.unit_id in units else "–"},
                {"text": number(one.newest)},
            ],
        }
        for one in found
    ]
    context = {
        "title": _("Mẫu báo cáo riêng"),
        "lead": _(
            "Soạn mẫu bằng Word, đánh dấu chỗ cần điền, rồi đưa lên. Đơn vị và cấp dưới chọn mẫu khi lập báo cáo."
        ),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Đưa mẫu lên"), "href": reverse("own_template_new"), "main": True},
            {"text": _("Xem các trường"), "href": reverse("own_template_fields"), "main": False},
            {"text": _("Tải mẫu khởi đầu"), "href": reverse("own_template_starter"), "main": False},
        ],
        "listing": listing(
            _("Mẫu báo cáo riêng"),
            [_("Mẫu"), _("Đơn vị"), _("Bản đang dùng")],
            rows,
            none=_("Chưa có mẫu nào. Báo cáo đang lập theo mẫu quy định."),
            none_href=reverse("own_template_new"),
            none_action=_("Đưa mẫu đầu tiên lên"),
            pager=pager(request, page, total),
        ),
    }
    return render(request, "manage/list.html", context)


@require_safe
def own_template_fields(request: ViewerRequest) -> HttpResponse:
    """Every field, list and condition a template may use."""
    request.viewer.require_anywhere(Capability.REPORT)
    context = {
        "up": {"text": _("Mẫu báo cáo riêng"), "href": reverse("own_templates")},
        "starter_href": reverse("own_template_starter"),
        **field_rows(),
    }
    return render(request, "manage/own_template_fields.html", context)


@require_safe
def own_template_starter(request: ViewerRequest) -> HttpResponse:
    """A template to begin with."""
    request.viewer.require_anywhere(Capability.REPORT)
    return word_file(starter(request.viewer.today), "mau-khoi-dau")


@require_http_methods(READS)
def own_template_new(request: ViewerRequest) -> HttpResponse:
    """Upload a new template."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.REPORT)
    if request.method == "POST":
        form = NewTemplateForm(request.POST, request.FILES, viewer=viewer)
        made = tried(form, lambda: _add(viewer, form))
        if made is not None:
            messages.success(request, _("Đã lưu mẫu. Hãy tải bản điền thử về xem."), extra_tags="good")
            return redirect("own_template", template=made)
    else:
        form = NewTemplateForm(viewer=viewer, initial={"unit": _home(viewer)})
    context = {
        "title": _("Đưa mẫu lên"),
        "lead": _("Mẫu được điền thử bằng số liệu ví dụ. Chỗ nào sai sẽ được chỉ ra, chưa lưu gì."),
        "form": form,
        "send_href": reverse("own_template_new"),
    }
    return _form(request, context, {"text": _("Mẫu báo cáo riêng"), "href": reverse("own_templates")})


def _add(viewer: Viewer, form: NewTemplateForm) -> int:
    said = form.cleaned_data
    return actions.add_template(
        by=viewer, unit_id=said["unit"], name=said["name"], filename=said["file"].name or "",
        data=said["file"].read(MOST_BYTES + 1),
    ).pk  # fmt: skip


def _home(viewer: Viewer) -> str:
    """The code of the viewer's own unit, to begin with."""
    known = cards(viewer, [viewer.home_unit_id], viewer.today) if viewer.home_unit_id else {}
    return next((card.code for card in known.values()), "")


def _form(request: ViewerRequest, context: dict[str, Any], up: dict[str, str]) -> HttpResponse:
    whole_context = {"files": True, "send_text": _("Kiểm tra và lưu"), "up": up, **context}
    return render(request, "manage/form.html", whole_context, status=400 if context["form"].errors else 200)


@require_safe
def own_template(request: ViewerRequest, template: int) -> HttpResponse:
    """One template: its versions, and what may be done."""
    viewer = request.viewer
    card = queries.one_template(viewer, template)
    versions = queries.versions_of(viewer, template)
    names = account_names(one.by_id for one in versions)
    unit = cards(viewer, [card.unit_id], viewer.today).get(card.unit_id)
    here = [template]
    context = {
        "title": card.name,
        "lead": _("Mẫu của %(unit)s; đơn vị này và cấp dưới chọn được khi lập báo cáo.")
        % {"unit": unit.name if unit else "–"},
        "up": {"text": _("Mẫu báo cáo riêng"), "href": reverse("own_templates")},
        "actions": _acts(card),
        "template": card,
        "offer_href": reverse("own_template_offer", args=here),
        "fields": [field_words(key) for key in versions[0].fields],
        "listing": listing(
            _("Các bản"),
            [_("Bản"), _("Tệp"), _("Ngày"), _("Người đưa lên")],
            [_version(card, one, names) for one in versions],
            none="",
        ),
    }
    return render(request, "manage/own_template.html", context)


def _acts(card: TemplateCard) -> list[dict[str, Any]]:
    trial = {"text": _("Tải bản điền thử"), "href": reverse("own_template_trial", args=[card.id]), "main": False}
    rename = {"text": _("Đổi tên"), "href": reverse("own_template_name", args=[card.id]), "main": False}
    if card.retired_on:
        return [trial, rename]
    renew = {"text": _("Đưa bản mới lên"), "href": reverse("own_template_renew", args=[card.id]), "main": True}
    return [renew, trial, rename]


def _version(card: TemplateCard, one: VersionCard, names: dict[int, str]) -> dict[str, Any]:
    return {
        "text": _("Bản %(number)s") % {"number": one.number},
        "href": reverse("own_template_file", args=[card.id, one.number]),
        "note": _("đang dùng") if one.number == card.newest and not card.retired_on else "",
        "cells": [
            {"text": one.filename or "–"},
            {"text": day(day_of(one.at))},
            {"text": names.get(one.by_id or 0, _("Người vận hành"))},
        ],
    }


@require_http_methods(READS)
def own_template_renew(request: ViewerRequest, template: int) -> HttpResponse:
    """Upload a newer file."""
    viewer = request.viewer
    card = queries.one_template(viewer, template)
    if request.method == "POST":
        form = NewVersionForm(request.POST, request.FILES)
    else:
        form = NewVersionForm(initial={"version": card.version})

    def do() -> bool:
        said = form.cleaned_data
        actions.add_version(
            by=viewer, template_id=template, seen_version=said["version"] or 0, filename=said["file"].name or "",
            data=said["file"].read(MOST_BYTES + 1),
        )  # fmt: skip
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã lưu bản mới. Báo cáo đã lập trước đây không thay đổi."), extra_tags="good")
        return redirect("own_template", template=template)
    context = {
        "title": _("Đưa bản mới lên"),
        "lead": card.name,
        "form": form,
        "send_href": reverse("own_template_renew", args=[template]),
    }
    return _form(request, context, {"text": card.name, "href": reverse("own_template", args=[template])})


@require_http_methods(READS)
def own_template_name(request: ViewerRequest, template: int) -> HttpResponse:
    """Give it another name."""
    viewer = request.viewer
    card = queries.one_template(viewer, template)
    sent = request.POST if request.method == "POST" else None
    form = TemplateNameForm(sent, initial={"name": card.name, "version": card.version})

    def do() -> bool:
        said = form.cleaned_data
        actions.rename_template(by=viewer, template_id=template, seen_version=said["version"] or 0, name=said["name"])
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã đổi tên mẫu."), extra_tags="good")
        return redirect("own_template", template=template)
    context = {
        "title": _("Đổi tên mẫu"), "lead": "", "form": form, "files": False, "send_text": _("Đổi tên"),
        "send_href": reverse("own_template_name", args=[template]),
    }  # fmt: skip
    return _form(request, context, {"text": card.name, "href": reverse("own_template", args=[template])})


@require_POST
def own_template_offer(request: ViewerRequest, template: int) -> HttpResponse:
    """Stop offering it (`dung=0`), or offer it again (`dung=1`)."""
    offered = request.POST.get("dung") == "1"
    seen = whole(request.POST.get("version", "")) or 0
    done = actions.offer_template(by=request.viewer, template_id=template, seen_version=seen, offered=offered)
    if offered:
        messages.success(request, _("Mẫu lại được chọn khi lập báo cáo."), extra_tags="good")
        return redirect("own_template", template=template)
    said = _("Đã thôi dùng mẫu; báo cáo đã lập vẫn còn nguyên.")
    facts = {"id": template, "version": done.version}
    return offer(request, said, "template_retired", facts, back=reverse("own_template", args=[template]))


@require_safe
def own_template_file(request: ViewerRequest, template: int, number: int) -> HttpResponse:
    """A version as it was uploaded."""
    return word_file(queries.file_of_version(request.viewer, template, number), f"mau-{template}-ban-{number}")


@require_safe
def own_template_trial(request: ViewerRequest, template: int) -> HttpResponse:
    """The newest version filled with an invented report."""
    card = queries.one_template(request.viewer, template)
    data = queries.file_of_version(request.viewer, template, card.newest)
    return word_file(actions.try_template(data, request.viewer.today).file, f"dien-thu-{template}")
