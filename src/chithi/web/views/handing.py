"""A task handed down to the units below: to whom, who would be passed by and why, then the one act."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from chithi.org.queries import cards, places
from chithi.tasks.giving import Prepared, prepared, task_to_hand
from chithi.tasks.handing import Handed, hand_down, let_be, try_again
from chithi.tasks.kinds import Passed
from chithi.tasks.receivers import NEXT, To
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import number
from chithi.web.undo import offer
from chithi.web.views.plan_lines_forms import HandForm, ToForm

READS = ["GET", "HEAD", "POST"]
SHOWN = 50


@require_http_methods(READS)
def task_hand_down(request: ViewerRequest, task: int) -> HttpResponse:
    """Choose to whom (in the address), look at who would get it, give it to all at once (POST)."""
    viewer = request.viewer
    above = task_to_hand(viewer, task)
    chosen = ToForm({"cho": NEXT, **request.GET.dict()}, viewer=viewer)
    to = To(chosen.cleaned_data["cho"], chosen.cleaned_data["ma"]) if chosen.is_valid() else None
    plan = prepared(viewer, task, to) if to else None
    form = HandForm(sent(request), initial={"due_on": above.due_on, "key": uuid4()})
    if request.method == "POST" and to is not None:
        said = to

        def do() -> Handed:
            data = form.cleaned_data
            return hand_down(by=viewer, task_id=task, to=said, due_on=data["due_on"], key=data["key"])

        done = tried(form, do)
        if done is not None:
            return _done(request, task, done, form.cleaned_data["key"])
    asked = urlencode({name: request.GET[name] for name in ("cho", "ma") if request.GET.get(name)})
    context = {
        "title": _("Giao xuống nhiều đơn vị"),
        "up": {"text": above.title, "href": reverse("task", args=[task])},
        "chosen": chosen,
        "form": form,
        "ready": len(plan.ready) if plan else 0,
        "send_href": request.path + (f"?{asked}" if asked else ""),
        "send_text": _send_text(len(plan.ready)) if plan else "",
        "passed": _passed(request, plan) if plan and plan.passed else None,
        "passed_count": number(len(plan.passed)) if plan else "",
    }
    wrong = form.errors or chosen.errors
    return render(request, "task_hand_down.html", context, status=400 if wrong else 200)


def _send_text(count: int) -> str:
    return ngettext("Giao cho %(count)s đơn vị", "Giao cho %(count)s đơn vị", count) % {"count": number(count)}


def _done(request: ViewerRequest, task: int, done: Handed, key: UUID) -> HttpResponse:
    if done.later:
        said = _("Đang giao cho %(count)s đơn vị, xong trong ít phút.") % {"count": number(done.later)}
    else:
        said = ngettext("Đã giao cho %(count)s đơn vị.", "Đã giao cho %(count)s đơn vị.", done.now)
        said %= {"count": number(done.now)}
    facts = {"task": task, "key": str(key)}
    return offer(request, said, "handed_down", facts, back=reverse("task", args=[task]))


@require_POST
def task_hand_again(request: ViewerRequest, task: int) -> HttpResponse:
    """What the worker gave up is done once more (`lam=lai`), or no longer spoken of."""
    if request.POST.get("lam") == "lai":
        try_again(by=request.viewer, task_id=task)
        messages.success(request, _("Đang làm lại, xong trong ít phút."), extra_tags="good")
    else:
        let_be(by=request.viewer, task_id=task)
        messages.success(request, _("Đã bỏ. Đơn vị nào chưa nhận thì vẫn chưa có việc này."), extra_tags="good")
    return redirect("task", task)


def _passed(request: ViewerRequest, plan: Prepared) -> dict[str, Any]:
    """The first of those who would not be given it."""
    words = {Passed.HAS_IT: _("Đã có việc này"), Passed.NO_HEAD: _("Chưa ghi ai đứng đầu")}
    shown = dict(plan.passed[:SHOWN])
    known = cards(request.viewer, shown, request.viewer.today)
    above = places(request.viewer, shown, request.viewer.today)
    rows = [
        {
            "text": known[unit].short_name,
            "href": reverse("unit", args=[unit]),
            "note": above.get(unit, ""),
            "cells": [{"text": words[why]}],
            "acts": [],
        }
        for unit, why in shown.items()
        if unit in known
    ]
    return listing(_("Các đơn vị không được giao"), [_("Đơn vị"), _("Vì sao")], rows, none="")
