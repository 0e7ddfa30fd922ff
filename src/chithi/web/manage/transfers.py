"""Members who go over to another cell: the proposal, what waits for an answer, the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.org import transfers as acts
from chithi.org.agreement_queries import ProposalCard, address_of, one_proposal, proposals
from chithi.org.kinds import ProposalState
from chithi.org.pending import of_the_member
from chithi.org.people_queries import one_entry, one_person, unit_of_register
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import blame, listing, optional, pager, tried, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show import people as show
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number, whole


class CellField(UnitField):
    """A cell of the own register by code or name, else any cell by its code: a transfer is addressed so."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            if not value or self.viewer is None:
                raise
        try:
            return acts.receiving_cell(str(value), self.viewer.today)
        except Refused as problem:
            raise forms.ValidationError(sentence(problem.code, problem.facts, language())) from None


class ProposeForm(UnitForm):
    """Where to, from which day, why. `sure` is asked where the cell lies beyond the own register."""

    suggested = ("on",)
    to = CellField(
        may=Capability.PEOPLE,
        label=gettext_lazy("Chi bộ nhận"),
        help_text=gettext_lazy("Chi bộ ở nơi khác: ghi mã của chi bộ đó."),
    )
    on = DayField(label=gettext_lazy("Từ ngày"))
    note = optional(forms.CharField(max_length=300, required=False, label=gettext_lazy("Lý do, giấy giới thiệu số")))
    sure = forms.BooleanField(required=False, label=gettext_lazy("Đúng nơi nhận này"))
    version = version_field()


@require_http_methods(["GET", "POST"])
def transfer_propose(request: ViewerRequest, membership: int) -> HttpResponse:
    """Let a member go over, at once or by a proposal to the other side."""
    viewer = request.viewer
    entry = one_entry(viewer, "membership", membership)
    whose = one_person(viewer, entry.row.person_id)
    initial = {"version": entry.row.version, "on": viewer.today}
    form = ProposeForm(request.POST or None, viewer=viewer, initial=initial)
    if request.method == "POST" and form.is_valid() and _sure(request, form):

        def propose() -> Any:
            said = form.cleaned_data
            return acts.propose(
                by=viewer,
                membership_id=membership,
                seen_version=said["version"],
                to_unit_id=said["to"],
                on=said["on"],
                note_text=said["note"],
            )

        made = tried(form, propose)
        if made is not None:
            return _proposed(request, made)
    if not form.is_bound or not form.has_error("sure"):
        del form.fields["sure"]
    lead = f"{show.said(entry)} · {show.place(entry)} · {show.span(entry.row.since, entry.row.until)}"
    context = {
        "title": _("Chuyển sinh hoạt: %(name)s") % {"name": whose.name},
        "lead": lead,
        "up": {"text": whose.name, "href": reverse("person", args=[whose.pk])},
        "form": form,
        "send_href": request.get_full_path(),
        "send_text": _("Chuyển sinh hoạt"),
        "send_note": _("Nơi nhận ở ngoài phạm vi thì phải đồng ý trước."),
        "files": False,
        "pending": show.pending_lines((one.code, one.count) for one in of_the_member(membership, viewer.today)),
    }
    return render(request, "manage/transfer_propose.html", context, status=400 if form.errors else 200)


def _sure(request: ViewerRequest, form: ProposeForm) -> bool:
    """Beyond the own register the name of the cell is shown first, so that a mistyped code sends nobody's name away."""
    to = form.cleaned_data["to"]
    if unit_of_register(request.viewer, to) or form.cleaned_data["sure"]:
        return True
    words = _("Nơi nhận là %(cell)s. Đánh dấu nếu đúng, rồi gửi lại.")
    form.add_error("sure", words % {"cell": address_of(to, request.viewer.today)})
    return False


def _proposed(request: ViewerRequest, made: Any) -> HttpResponse:
    if hasattr(made, "to_unit_id"):
        messages.success(request, _("Đã gửi đề nghị; chờ nơi nhận trả lời."), extra_tags="good")
        return redirect("transfer", proposal=made.pk)
    words = _("Đã chuyển, từ ngày %(day)s.") % {"day": day(made.since)}
    messages.success(request, words, extra_tags="good")
    return redirect("person", person=made.person_id)


@require_safe
def transfers(request: ViewerRequest) -> HttpResponse:
    """Proposals of either side that wait, or (`?xong=1`) those answered."""
    request.viewer.require_anywhere(Capability.PEOPLE)
    page, done = page_number(request.GET.get("trang")), request.GET.get("xong") == "1"
    found, total = proposals(request.viewer, waiting=not done, page=page)
    other = _("Xem đề nghị đang chờ") if done else _("Xem đề nghị đã trả lời")
    other_href = reverse("transfers") + ("" if done else "?xong=1")
    context = {
        "title": _("Chuyển sinh hoạt đảng"),
        "lead": _("Đề nghị đã trả lời") if done else _("Đề nghị đang chờ nơi nhận trả lời"),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "actions": [{"text": other, "href": other_href, "main": False}],
        "filter": None,
        "listing": listing(
            _("Chuyển sinh hoạt đảng"),
            [_("Đảng viên"), _("Từ chi bộ"), _("Đến chi bộ"), _("Từ ngày"), _("Kết quả")],
            [_row(card) for card in found],
            none=_("Chưa có đề nghị nào được trả lời.")
            if done
            else _("Không có đề nghị nào đang chờ. Muốn chuyển ai, mở trang của người ấy rồi chọn Chuyển sinh hoạt."),
            none_href=other_href if done else reverse("people"),
            none_action=other if done else _("Tìm người cần chuyển"),
            pager=pager(request, page, total),
        ),
        "notes": [],
    }
    return render(request, "manage/list.html", context)


def _row(card: ProposalCard) -> dict[str, Any]:
    status, word = show.proposal_status(card.proposal.state)
    if card.to_answer:
        word = _("Chờ đồng chí trả lời")
    return {
        "text": card.person,
        "href": reverse("transfer", args=[card.proposal.pk]),
        "note": show.born(card.birth_year),
        "cells": [
            {"text": card.left},
            {"text": card.to},
            {"text": day(card.proposal.on)},
            {"status": status, "word": word},
        ],
        "acts": [],
    }


@require_safe
def transfer(request: ViewerRequest, proposal: int) -> HttpResponse:
    """One proposal, with what the viewer's side may do."""
    return _page(request, one_proposal(request.viewer, proposal), AnswerForm())


class AnswerForm(forms.Form):
    """Why a member is not taken in."""

    why = forms.CharField(max_length=300, required=False, label=gettext_lazy("Lý do không nhận"))


def _page(request: ViewerRequest, card: ProposalCard, form: forms.Form) -> HttpResponse:
    status, word = show.proposal_status(card.proposal.state)
    waiting = card.proposal.state == ProposalState.PROPOSED
    context = {
        "card": card,
        "born": show.born(card.birth_year),
        "status": {"status": status, "word": word},
        "pending": show.pending_lines(
            (one.code, one.count) for one in of_the_member(card.proposal.membership_id, request.viewer.today)
        )
        if waiting
        else [],
        "form": form,
        "up": {"text": _("Chuyển sinh hoạt đảng"), "href": reverse("transfers")},
        "accept_href": reverse("transfer_accept", args=[card.proposal.pk]) if card.to_answer else "",
        "refuse_href": reverse("transfer_refuse", args=[card.proposal.pk]) if card.to_answer else "",
        "withdraw_href": reverse("transfer_withdraw", args=[card.proposal.pk]) if waiting and card.mine else "",
    }
    return render(request, "manage/transfer.html", context, status=400 if form.errors else 200)


@require_POST
def transfer_accept(request: ViewerRequest, proposal: int) -> HttpResponse:
    """The receiving side takes the member in."""
    return _answer(request, proposal, acts.accept, _("Đã nhận đảng viên."))


@require_POST
def transfer_refuse(request: ViewerRequest, proposal: int) -> HttpResponse:
    """The receiving side does not, and says why."""
    return _answer(request, proposal, acts.refuse, _("Đã trả lời không nhận."), why=request.POST.get("why", ""))


@require_POST
def transfer_withdraw(request: ViewerRequest, proposal: int) -> HttpResponse:
    """The proposing side takes it back."""
    return _answer(request, proposal, acts.withdraw, _("Đã rút đề nghị."))


def _answer(request: ViewerRequest, proposal: int, do: Callable[..., Any], words: str, **more: str) -> HttpResponse:
    card = one_proposal(request.viewer, proposal)
    form = AnswerForm(request.POST)
    form.is_valid()
    try:
        seen = whole(request.POST.get("version", "")) or 0
        do(by=request.viewer, proposal_id=proposal, seen_version=seen, **more)
    except Refused as problem:
        blame(form, problem)
        return _page(request, card, form)
    messages.success(request, words, extra_tags="good")
    return redirect("transfers")
