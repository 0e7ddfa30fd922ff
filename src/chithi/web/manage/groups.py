"""Keeping named groups: the list, a new one, one with its members, who comes in and who goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Refused
from chithi.db.viewer import Capability
from chithi.org.groups import change_group, end_group, make_group, put_in, take_out
from chithi.org.groups_queries import GroupCard, MemberCard, groups, kept_group, kept_member, members
from chithi.web.chosen import period_of
from chithi.web.manage.desk import PAGE, ends_today, listing, nothing, pager, sent, tried
from chithi.web.manage.groups_forms import EndForm, GroupFilter, MembersForm, NameForm, NewGroupForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.beside import group_kind_word, seen_words
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.undo_ways import day_fact
from chithi.web.whole import page_number

READS = ["GET", "HEAD", "POST"]


@require_safe
def manage_groups(request: ViewerRequest) -> HttpResponse:
    """The groups whose owner the viewer keeps, by name, those that ended last."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    asked, page = request.GET.get("q", "").strip()[:100], page_number(request.GET.get("trang"))
    found, total = groups(viewer, viewer.today, asked=asked, kept_only=True, start=(page - 1) * PAGE, most=PAGE)
    context = {
        "title": _("Nhóm đơn vị"),
        "lead": _("Đơn vị làm điểm, cụm, loại hình. Nhóm dùng để lọc, để xem số chung và làm cột trong báo cáo."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [{"text": _("Lập nhóm"), "href": reverse("manage_group_new"), "main": True}],
        "filter": GroupFilter(request.GET),
        "listing": listing(
            _("Nhóm đơn vị"), [_("Nhóm"), _("Loại"), _("Hôm nay có"), _("Của")], [_listed(group) for group in found],
            pager=pager(request, page, total),
            **nothing(
                request, _("Chưa có nhóm nào. Lập nhóm để xem số chung của các đơn vị làm điểm, cùng cụm."),
                reverse("manage_group_new"), _("Lập nhóm"),
            ),
        ),
    }  # fmt: skip
    return render(request, "manage/list.html", context)


def _listed(group: GroupCard) -> dict[str, Any]:
    return {
        "text": group.name,
        "href": reverse("manage_group", args=[group.id]),
        "note": _("kết thúc từ %(day)s") % {"day": day(group.ended_on)} if group.ended_on else "",
        "cells": [
            {"text": group_kind_word(group.kind)},
            {"text": seen_words(group.seen, group.whole)},
            {"text": group.owner.short_name if group.owner else ""},
        ],
    }


@require_http_methods(READS)
def manage_group_new(request: ViewerRequest) -> HttpResponse:
    """A new group, without units yet."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    form = NewGroupForm(sent(request), viewer=viewer)
    if request.method == "POST":
        made = tried(form, lambda: make_group(by=viewer, unit_id=form.cleaned_data["unit"], said=form.said()))
        if made is not None:
            messages.success(request, _("Đã lập nhóm. Bây giờ hãy đưa đơn vị vào nhóm."), extra_tags="good")
            return redirect("manage_group", made.pk)
    context = {
        "title": _("Lập nhóm"),
        "lead": _("Đơn vị trong nhóm có thể ở nhiều huyện, nhiều tỉnh; số của nhóm là tổng của các đơn vị ấy."),
        "up": {"text": _("Nhóm đơn vị"), "href": reverse("manage_groups")},
        "form": form, "send_href": reverse("manage_group_new"), "send_text": _("Lập nhóm"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def manage_group(request: ViewerRequest, group: int) -> HttpResponse:
    """A group with its members; POST takes units in."""
    viewer = request.viewer
    card = kept_group(viewer, group, viewer.today)
    initial = {"since": period_of(request).first}
    form = MembersForm(sent(request), viewer=viewer, initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: put_in(
                by=viewer, group_id=group, unit_ids=form.cleaned_data["units"], since=form.cleaned_data["since"]
            ),
        )
        if made is not None:
            said = ngettext("Đã đưa %(count)s đơn vị vào nhóm.", "Đã đưa %(count)s đơn vị vào nhóm.", len(made))
            facts = {"members": [[row.pk, row.version] for row in made], "since": day_fact(form.cleaned_data["since"])}
            here = reverse("manage_group", args=[group])
            return offer(request, said % {"count": len(made)}, "members_in", facts, back=here)
    page = page_number(request.GET.get("trang"))
    found, total = members(viewer, group, start=(page - 1) * PAGE, most=PAGE)
    context = {
        "title": card.name,
        "lead": _said(card),
        "up": {"text": _("Nhóm đơn vị"), "href": reverse("manage_groups")},
        "actions": [{"text": _("Xem số liệu"), "href": reverse("group", args=[group]), "main": False}]
        + ([] if card.ended_on else _changes(group)),
        "filter": None,
        "form": None if card.ended_on else form,
        "send_href": reverse("manage_group", args=[group]),
        "listing": listing(
            _("Đơn vị trong nhóm"), [_("Đơn vị"), _("Mã"), _("Bắt đầu"), _("Kết thúc"), ""],
            [_member(member, viewer.today) for member in found],
            none=_("Nhóm chưa có đơn vị nào. Ghi mã các đơn vị vào ô ở trên để đưa vào nhóm."),
            pager=pager(request, page, total),
        ),
    }  # fmt: skip
    return render(request, "manage/group.html", context, status=400 if form.errors else 200)


def _changes(group: int) -> list[dict[str, Any]]:
    return [
        {"text": _("Đổi tên, loại"), "href": reverse("manage_group_name", args=[group]), "main": False},
        {"text": _("Kết thúc nhóm"), "href": reverse("manage_group_end", args=[group]), "main": False},
    ]


def _said(card: GroupCard) -> str:
    parts = [group_kind_word(card.kind), seen_words(card.seen, card.whole)]
    if card.owner:
        parts.append(_("của %(owner)s") % {"owner": card.owner.name})
    if card.ended_on:
        parts.append(_("kết thúc từ %(day)s") % {"day": day(card.ended_on)})
    return " · ".join([*parts, *([card.note] if card.note else [])])


def _member(member: MemberCard, today: date) -> dict[str, Any]:
    ends = ends_today(_("Đưa ra"), reverse("manage_group_member_end", args=[member.id]), member.version, today)
    note = ""
    if member.instead_of:
        note = _("thay cho %(unit)s") % {"unit": member.instead_of.short_name}
    if member.passed_on:
        note = _("đã kết thúc hoạt động")
    return {
        "text": member.unit.name,
        "href": reverse("unit", args=[member.unit.id]),
        "note": note,
        "cells": [
            {"text": member.unit.code},
            {"text": _("từ %(day)s") % {"day": day(member.since)}},
            {"text": _("đến trước %(day)s") % {"day": day(member.until)} if member.until else ""},
        ],
        "acts": [] if member.until else ends,
    }


@require_http_methods(READS)
def manage_group_name(request: ViewerRequest, group: int) -> HttpResponse:
    """Another name, kind or note."""
    viewer = request.viewer
    card = kept_group(viewer, group, viewer.today)
    initial = {"name": card.name, "kind": card.kind, "note": card.note, "version": card.version}
    form = NameForm(sent(request), initial=initial)
    if request.method == "POST":
        seen = form.data.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        done = tried(form, lambda: change_group(by=viewer, group_id=group, seen_version=version, said=form.said()))
        if done is not None:
            messages.success(request, _("Đã lưu tên và loại của nhóm."), extra_tags="good")
            return redirect("manage_group", group)
    context = {
        "title": _("Đổi tên, loại của nhóm"),
        "lead": card.name,
        "up": {"text": card.name, "href": reverse("manage_group", args=[group])},
        "form": form, "send_href": reverse("manage_group_name", args=[group]), "send_text": _("Lưu"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def manage_group_end(request: ViewerRequest, group: int) -> HttpResponse:
    """The group ends on a day, with every place in it."""
    viewer = request.viewer
    card = kept_group(viewer, group, viewer.today)
    form = EndForm(sent(request), initial={"on": viewer.today, "version": card.version})

    def do() -> bool:
        end_group(by=viewer, group_id=group, seen_version=form.cleaned_data["version"], on=form.cleaned_data["on"])
        return True

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Nhóm đã kết thúc. Số của các kỳ trước vẫn xem được."), extra_tags="good")
        return redirect("manage_groups")
    context = {
        "title": _("Kết thúc nhóm"),
        "lead": _("Từ ngày ấy nhóm không còn đơn vị nào. Số của các kỳ trước vẫn xem được, báo cáo đã lập không đổi."),
        "up": {"text": card.name, "href": reverse("manage_group", args=[group])},
        "form": form, "send_href": reverse("manage_group_end", args=[group]), "send_text": _("Kết thúc nhóm"),
    }  # fmt: skip
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def manage_group_member_end(request: ViewerRequest, member: int) -> HttpResponse:
    """A unit leaves the group on a day."""
    viewer = request.viewer
    group, card = kept_member(viewer, member)
    if card.until is not None:
        raise Refused("groups.left_already", day=card.until)
    form = EndForm(sent(request), initial={"on": viewer.today, "version": card.version})

    def do() -> Any:
        seen, on = form.cleaned_data["version"], form.cleaned_data["on"]
        return take_out(by=viewer, member_id=member, seen_version=seen, on=on)

    done = tried(form, do) if request.method == "POST" else None
    if done is not None:
        said = _("Đã đưa %(unit)s ra khỏi nhóm từ %(day)s.") % {"unit": card.unit.short_name, "day": day(done.until)}
        facts = {"id": done.pk, "version": done.version}
        return offer(request, said, "member_out", facts, back=reverse("manage_group", args=[group.id]))
    context = {
        "title": _("Đưa %(unit)s ra khỏi nhóm") % {"unit": card.unit.short_name},
        "lead": _("Kỳ nào kết thúc trước ngày ấy vẫn tính đơn vị này."),
        "up": {"text": group.name, "href": reverse("manage_group", args=[group.id])},
        "form": form,
        "send_href": reverse("manage_group_member_end", args=[member]),
        "send_text": _("Đưa ra khỏi nhóm"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
