"""Indicators: the list, one with its versions and use, defining and changing it beside a trial, retiring it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Refused
from chithi.core.periods import Period, parse
from chithi.db.viewer import Capability
from chithi.indicators.defining import all_problems, cleaned, define, redefine, retire
from chithi.indicators.defining_rules import Draft
from chithi.indicators.definitions import Listed, Opened, draft_of, listed, opened
from chithi.indicators.stated import looked_at
from chithi.indicators.trying import try_out
from chithi.org.queries import one_unit
from chithi.text.vietnamese import fold
from chithi.web.chosen import offered, period_of, unit_of
from chithi.web.manage import indicators_page
from chithi.web.manage.desk import PAGE, blame, listing, nothing, pager, tried
from chithi.web.manage.indicators_forms import FilterForm, IndicatorForm, RetireForm, TrialForm, initial_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show import definitions as show
from chithi.web.show.kinds import group_word
from chithi.web.show.trace import in_sentence
from chithi.web.templatetags.chithi_format import language, number
from chithi.web.whole import page_number

if TYPE_CHECKING:
    from chithi.indicators.models import Indicator

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_safe
def indicators(request: ViewerRequest) -> HttpResponse:
    """All indicators by group, with who has spoken in the chosen period."""
    request.viewer.require_everywhere(Capability.DEFINE)
    period, form = period_of(request), FilterForm(request.GET)
    found = _filtered(listed(request.viewer, period), form)
    page = page_number(request.GET.get("trang"))
    rows = [_row(row) for row in found[(page - 1) * PAGE : page * PAGE]]
    heads: list[str | dict[str, Any]] = [
        _("Chỉ tiêu"),
        _("Nhóm"),
        _("Trên tổng số"),
        {"text": _("Đơn vị đã có số"), "href": "", "sorted": "", "figure": True, "hint": period.label(language())},
    ]
    context = {
        "title": _title(),
        "lead": _("Số đã có tính cho %(period)s.") % {"period": in_sentence(period.label(language()))},
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [
            {"text": _("Cách chia"), "href": reverse("breakdowns"), "main": False},
            {"text": _("Đặt chỉ tiêu mới"), "href": reverse("indicator_define"), "main": True},
        ],
        "filter": form,
        "listing": listing(
            _title(),
            heads,
            rows,
            pager=pager(request, page, len(found)),
            **nothing(request, _("Chưa có chỉ tiêu nào."), reverse("indicator_define"), _("Đặt chỉ tiêu mới")),
        ),
    }
    return render(request, "manage/list.html", context)


def _title() -> str:
    return _("Chỉ tiêu và cách tính")


def _filtered(rows: list[Listed], form: FilterForm) -> list[Listed]:
    if not form.is_valid():
        return rows
    said = form.cleaned_data
    words = fold(said["q"])
    return [
        row
        for row in rows
        if (
            not words
            or words in fold(f"{row.meaning.name('vi')} {row.meaning.name('en')} {row.meaning.indicator.words}")
        )
        and said["nhom"] in ("", row.meaning.indicator.group)
        and said["tinh_trang"] in ("", row.state)
    ]


def _row(row: Listed) -> dict[str, Any]:
    spoke = "–" if row.spoke is None or not row.expected else f"{number(row.spoke)}/{number(row.expected)}"
    state = show.state_word(row.state).lower() if row.state != "in_use" else ""
    return {
        "text": row.meaning.name(language()),
        "href": reverse("indicator", args=[row.meaning.indicator.pk]),
        "note": " · ".join(word for word in (show.origin_word(row.origin), state) if word),
        "cells": [
            {"text": group_word(row.meaning.indicator.group)},
            {"text": show.measure_name(row.meaning.denominator) if row.meaning.denominator else ""},
            {"text": spoke, "amount": True},
        ],
    }


@require_safe
def indicator(request: ViewerRequest, indicator_id: int) -> HttpResponse:
    """One indicator: what it means, its versions, where it is used."""
    found = opened(request.viewer, indicator_id)
    return render(request, "manage/indicator.html", indicators_page.shown(request, found))


@GET_OR_POST
def indicator_define(request: ViewerRequest) -> HttpResponse:
    """A new indicator."""
    request.viewer.require_everywhere(Capability.DEFINE)
    initial = initial_of(Draft(name_vi="", group="study"), None)
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and request.POST.get("do") != "try" and not _wrong(request, form, None):
        made = tried(form, lambda: define(by=request.viewer, draft=form.draft()))
        if made is not None:
            return _back(request, made, _("Đã đặt chỉ tiêu; đơn vị ghi số được ngay."))
    return _form_page(request, form, None)


@GET_OR_POST
def indicator_change(request: ViewerRequest, indicator_id: int) -> HttpResponse:
    """A new version of an indicator."""
    found = opened(request.viewer, indicator_id)
    form = IndicatorForm(
        request.POST if request.method == "POST" else None, initial=initial_of(draft_of(found), found.seen)
    )
    if request.method == "POST" and request.POST.get("do") != "try" and not _wrong(request, form, indicator_id):
        seen = form.cleaned_data["version"] or 0
        made = tried(
            form,
            lambda: redefine(by=request.viewer, indicator_id=indicator_id, draft=form.draft(), seen=seen),
        )
        if made is not None:
            return _back(request, found.meaning.indicator, _("Đã lưu bản mới; bản cũ vẫn giữ."))
    return _form_page(request, form, found)


@GET_OR_POST
def indicator_retire(request: ViewerRequest, indicator_id: int) -> HttpResponse:
    """The day from which an indicator is no longer used."""
    found = opened(request.viewer, indicator_id)
    initial = {"on": found.meaning.indicator.retired_on or request.viewer.today, "version": found.seen}
    form = RetireForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: retire(
                by=request.viewer,
                indicator_id=indicator_id,
                on=form.cleaned_data["on"],
                seen=form.cleaned_data["version"],
            ),
        )
        if made is not None:
            said = _("Đã ghi ngày ngừng dùng.") if made.retired_on else _("Chỉ tiêu được dùng tiếp.")
            return _back(request, made, said)
    context = {
        "title": _("Ngừng dùng chỉ tiêu"),
        "lead": found.meaning.name(language()),
        "up": {"text": found.meaning.name(language()), "href": reverse("indicator", args=[indicator_id])},
        "form": form,
        "send_href": reverse("indicator_retire", args=[indicator_id]),
        "send_text": _("Lưu"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _wrong(request: ViewerRequest, form: IndicatorForm, indicator_id: int | None) -> bool:
    """Whether something is wrong; every problem is then said beside its field."""
    if form.is_valid():
        for problem in list(all_problems(cleaned(form.draft()), request.viewer.today, indicator_id)):
            blame(form, problem)
    return bool(form.errors)


def _back(request: ViewerRequest, made: Indicator, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return redirect("indicator", made.pk)


def _form_page(request: ViewerRequest, form: IndicatorForm, found: Opened | None) -> HttpResponse:
    """The form beside its trial; with HX-Request a trial alone."""
    trying = request.method == "POST" and request.POST.get("do") == "try"
    chooser = _chooser(request, trying=trying)
    trial = _trial(request, form, chooser, found) if trying else None
    if trying and request.headers.get("HX-Request"):
        return render(request, "manage/trial.html", {"trial": trial})
    indicator_id = found.meaning.indicator.pk if found else 0
    send = reverse("indicator_change", args=[indicator_id]) if found else reverse("indicator_define")
    up = reverse("indicator", args=[indicator_id]) if found else reverse("indicators")
    context = {
        "title": _("Sửa chỉ tiêu") if found else _("Đặt chỉ tiêu mới"),
        "lead": found.meaning.name(language()) if found else "",
        "up": {"text": found.meaning.name(language()) if found else _title(), "href": up},
        "form": form,
        "parts": indicators_page.parts(form, changing=found is not None),
        "chooser": chooser,
        "trial": trial,
        "send_href": send,
        "send_text": _("Lưu bản mới") if found else _("Đặt chỉ tiêu"),
    }
    status = 400 if form.errors and not trying else 200
    return render(request, "manage/indicator_form.html", context, status=status)


def _chooser(request: ViewerRequest, *, trying: bool) -> TrialForm:
    chosen = period_of(request)
    periods = [(p.code, p.label(language())) for _group, some in offered(request.viewer.today, chosen) for p in some]
    kept = [] if chosen.code in dict(periods) else [(chosen.code, chosen.label(language()))]
    unit = one_unit(request.viewer, unit_of(request), request.viewer.today)
    return TrialForm(
        request.POST if trying else None,
        viewer=request.viewer,
        periods=[*kept, *periods],
        initial={"thu_don_vi": unit.code, "thu_ky": chosen.code},
    )


def _trial(request: ViewerRequest, form: IndicatorForm, chooser: TrialForm, found: Opened | None) -> dict[str, Any]:
    """What the draft says of the chosen unit and period; what keeps it from saying anything."""
    if not (form.is_valid() & chooser.is_valid()):
        wrong = [f"{one[name].label}: {said[0]}" for one in (form, chooser) for name, said in one.errors.items()]
        return {"where": "", "number": "", "problems": wrong}
    unit_id = chooser.cleaned_data["thu_don_vi"] or unit_of(request)
    period = _period(request, chooser.cleaned_data["thu_ky"])
    indicator_id = found.meaning.indicator.pk if found else None
    trial = try_out(request.viewer, form.draft(), unit_id, period, indicator_id)
    unit = one_unit(request.viewer, unit_id, period.last)
    return show.trial_shown(trial, unit.short_name, period.label(language()))


def _period(request: ViewerRequest, code: str) -> Period:
    try:
        return looked_at(parse(code), request.viewer.today) if code else period_of(request)
    except Refused:
        return period_of(request)
