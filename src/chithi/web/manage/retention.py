"""How long personal data is kept: rules, what they reach today, applying them, what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Refused
from chithi.db.viewer import Capability
from chithi.org.queries import cards
from chithi.privacy.actions import apply_rules, set_rule
from chithi.privacy.kinds import LONGEST, SHIPPED, Kept
from chithi.privacy.queries import RuleNow, done, preview, rules_now
from chithi.web.manage.desk import PAGE, listing, pager, tried
from chithi.web.manage.retention_words import effect_of, name_of, time_of
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.whole import page_number

AT_ONCE = 1000
"""Rows of a kind that one press of the button deals with: a page must answer."""


class RuleForm(forms.Form):
    """How long a kind is kept."""

    months = forms.IntegerField(required=False, label=gettext_lazy("Giữ bao nhiêu tháng"))
    automatic = forms.BooleanField(required=False, label=gettext_lazy("Mỗi đêm tự làm với những gì đến hạn"))
    basis = forms.CharField(max_length=300, required=False, label=gettext_lazy("Căn cứ (văn bản, điều khoản)"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53)

    def __init__(self, *args: Any, kind: Kept, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["months"].help_text = _("Từ %(low)s đến %(high)s; 12 tháng là một năm. Để trống: giữ mãi.") % {
            "low": number(SHIPPED[kind].floor),
            "high": number(LONGEST),
        }


class SureForm(forms.Form):
    """The second confirmation of something that cannot be undone."""

    sure = forms.BooleanField(required=False, label=gettext_lazy("Tôi hiểu: việc này không khôi phục được"))


@require_safe
def retention(request: ViewerRequest) -> HttpResponse:
    """The rule of each kind."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    rows = [_rule_row(rule) for rule in rules_now().values()]
    heads: list[str | dict[str, Any]] = [_("Dữ liệu"), _("Giữ"), _("Cách làm"), _("Căn cứ"), ""]
    context = {
        "title": _("Lưu giữ dữ liệu cá nhân"),
        "lead": _("Hết thời hạn thì thay hoặc xóa, không khôi phục được; mọi con số, danh sách và báo cáo giữ nguyên."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Yêu cầu của một người"), "href": reverse("retention_people"), "main": False},
            {"text": _("Việc đã làm"), "href": reverse("retention_done"), "main": False},
        ],
        "listing": listing(_("Thời hạn"), heads, rows, none=""),
        "notes": [
            _("Tên người nằm trong lời văn của văn bản đã tiếp nhận thì không tự tìm ra được; xem theo từng người.")
        ],
    }
    return render(request, "manage/list.html", context)


def _rule_row(rule: RuleNow) -> dict[str, Any]:
    here = {"kind": rule.kind.value}
    acts = [{"text": _("Sửa"), "href": reverse("retention_rule", kwargs=here), "fields": []}]
    if rule.months is not None:
        acts.insert(0, {"text": _("Xem đến hạn"), "href": reverse("retention_due", kwargs=here), "fields": []})
    return {
        "text": name_of(rule.kind),
        "href": "",
        "note": effect_of(rule.kind),
        "cells": [
            {"text": time_of(rule.months)},
            {"text": _("mỗi đêm") if rule.automatic and rule.months else _("khi có người làm")},
            {"text": rule.basis or "–"},
        ],
        "acts": acts,
    }


def _kind(text: str) -> Kept:
    try:
        return Kept(text)
    except ValueError as unknown:
        raise Http404 from unknown


@require_http_methods(["GET", "POST"])
def retention_rule(request: ViewerRequest, kind: str) -> HttpResponse:
    """Change the rule of a kind."""
    request.viewer.require_everywhere(Capability.SYSTEM)
    which = _kind(kind)
    now = rules_now()[which]
    initial = {"months": now.months, "automatic": now.automatic, "basis": now.basis, "seen": now.id}
    form = RuleForm(request.POST if request.method == "POST" else None, kind=which, initial=initial)
    if request.method == "POST":

        def keep() -> bool:
            said = form.cleaned_data
            set_rule(
                by=request.viewer,
                kind=which,
                months=said["months"],
                automatic=said["automatic"],
                basis=said["basis"],
                seen_rule=said["seen"],
            )
            return True

        if tried(form, keep):
            messages.success(request, _("Đã lưu thời hạn: %(kind)s.") % {"kind": name_of(which)}, extra_tags="good")
            return redirect("retention")
    context = {
        "title": name_of(which),
        "lead": effect_of(which),
        "up": {"text": _("Lưu giữ dữ liệu cá nhân"), "href": reverse("retention")},
        "form": form,
        "send_href": request.path,
        "send_text": _("Lưu thời hạn"),
        "send_note": _("Sửa lần cuối: %(who)s, %(when)s.")
        % {"who": now.by or "–", "when": day(localtime(now.at).date())}
        if now.at
        else "",
        "files": False,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def retention_due(request: ViewerRequest, kind: str) -> HttpResponse:
    """What a rule reaches today, by unit; dealt with here after a second confirmation."""
    viewer = request.viewer
    viewer.require_everywhere(Capability.SYSTEM)
    which = _kind(kind)
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = tried(form, lambda: _applied(request, which, bool(form.cleaned_data["sure"])))
        if made is not None:
            return redirect(request.path)
    counts = preview(viewer, which)
    page = page_number(request.GET.get("trang"))
    order = sorted(counts, key=lambda unit: (-counts[unit], unit))
    units = cards(viewer, order[(page - 1) * PAGE : page * PAGE], viewer.today)
    rows = [
        {
            "text": units[unit].name,
            "href": reverse("unit", args=[unit]),
            "note": units[unit].code,
            "cells": [{"text": number(counts[unit]), "amount": True}],
        }
        for unit in order[(page - 1) * PAGE : page * PAGE]
        if unit in units
    ]
    amount = {"text": _("Đến hạn"), "href": "", "sorted": "", "figure": True, "hint": ""}
    table = listing(
        _("Đến hạn theo đơn vị"),
        [_("Đơn vị cuối cùng"), amount],
        rows,
        none=_("Hôm nay không có gì đến hạn nên không phải làm gì."),
        none_href=reverse("retention"),
        none_action=_("Xem các thời hạn"),
        pager=pager(request, page, len(order)),
    )
    total = sum(counts.values())
    context = {
        "title": _("Đến hạn: %(kind)s") % {"kind": name_of(which)},
        "lead": effect_of(which),
        "up": {"text": _("Lưu giữ dữ liệu cá nhân"), "href": reverse("retention")},
        "told": ngettext("Có %(count)s mục đến hạn.", "Có %(count)s mục đến hạn.", total) % {"count": number(total)},
        "listing": table,
        "form": form,
        "any": total > 0,
        "cut": _("Mỗi lần làm %(most)s mục; còn lại thì bấm tiếp.") % {"most": number(AT_ONCE)}
        if total > AT_ONCE
        else "",
    }
    return render(request, "manage/retention_due.html", context, status=400 if form.errors else 200)


def _applied(request: ViewerRequest, kind: Kept, sure: bool) -> bool:
    if not sure:
        raise Refused("privacy.not_sure", field="sure")
    count = apply_rules(by=request.viewer, kinds=[kind], most=AT_ONCE).get(kind, 0)
    words = ngettext("Đã làm xong %(count)s mục.", "Đã làm xong %(count)s mục.", count) % {"count": number(count)}
    messages.success(request, words, extra_tags="good")
    return True


@require_safe
def retention_done(request: ViewerRequest) -> HttpResponse:
    """What was done, newest first."""
    page = page_number(request.GET.get("trang"))
    found, total = done(request.viewer, page, PAGE)
    rows = [
        {
            "text": day(one.day),
            "href": "",
            "note": localtime(one.at).strftime("%H:%M"),
            "cells": [
                {"text": one.by or _("tự làm mỗi đêm")},
                {"text": _("theo yêu cầu của một người") if one.single else _("theo thời hạn")},
                {"text": ", ".join(f"{name_of(Kept(kind))}: {number(count)}" for kind, count in one.counts.items())},
            ],
        }
        for one in found
    ]
    table = listing(
        _("Việc đã làm"),
        [_("Ngày"), _("Ai làm"), _("Vì sao"), _("Bao nhiêu")],
        rows,
        none=_("Chưa làm lần nào. Mỗi lần xóa hoặc thay dữ liệu đến hạn, việc ấy được ghi ở đây."),
        none_href=reverse("retention"),
        none_action=_("Xem các thời hạn"),
        pager=pager(request, page, total),
    )
    context = {
        "title": _("Việc đã làm với dữ liệu cá nhân"),
        "lead": _("Nhật ký của từng đơn vị ghi thời hạn đã dùng, số mục và mã kiểm chứng, không ghi tên."),
        "up": {"text": _("Lưu giữ dữ liệu cá nhân"), "href": reverse("retention")},
        "listing": table,
    }
    return render(request, "manage/list.html", context)
