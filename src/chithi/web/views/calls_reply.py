"""Requests by letter, seen by whoever is asked: the answer on one page, kept or sent; sending it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chithi.calls import actions, answering, passing, queries
from chithi.calls.kinds import Asks
from chithi.calls.passing import Below
from chithi.calls.queries import Lines
from chithi.db.viewer import Capability
from chithi.org.queries import in_reach, one_unit
from chithi.web.manage.desk import sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import calls as show
from chithi.web.show.directives import MARKS
from chithi.web.templatetags.chithi_format import day
from chithi.web.views.calls_forms import AnswerForm, PassForm, WhyForm

if TYPE_CHECKING:
    from chithi.calls.models import Call, Reply

READS = ["GET", "HEAD", "POST"]


@require_http_methods(READS)
def reply(request: ViewerRequest, reply: int) -> HttpResponse:
    """The answer of one unit: a form for whoever enters there while it is open, else what was said."""
    viewer = request.viewer
    may = Capability.ENTER if request.method == "POST" else Capability.READ
    kept = queries.one_reply(viewer, reply, may)
    found = queries.one_call(viewer, kept.call_id)
    outline = queries.lines(found)
    writes = in_reach(viewer, kept.unit_id, Capability.ENTER)
    is_open = writes and kept.done_on is None and found.withdrawn_on is None
    below = passing.gathered(viewer, kept) if writes else None
    form = AnswerForm(sent(request), outline=outline, below=below, initial=_begun(request, kept, found, outline))
    if request.method == "POST":
        act, done = _asked_to_do(request)

        def do() -> Any:
            return act(by=viewer, reply_id=reply, seen_version=form.cleaned_data["version"], said=form.said())

        if tried(form, do) is not None:
            messages.success(request, done, extra_tags="good")
            return redirect("reply", reply)
    return _page(request, kept, found, outline, form if is_open or form.errors else None, below)


def _asked_to_do(request: ViewerRequest) -> tuple[Callable[..., Any], str]:
    """Which of the three buttons of an answer was pressed: the act, and what is said once it is done."""
    match request.POST.get("lam"):
        case "gui":
            return answering.submit, _("Đã gửi trả lời.")
        case "gop":
            return passing.compose, _("Đã gộp trả lời của các đơn vị bên dưới, chưa gửi. Xem lại rồi gửi.")
        case _:
            return answering.keep, _("Đã lưu, chưa gửi.")


def _begun(request: ViewerRequest, kept: Reply, found: Call, outline: Lines) -> dict[str, Any]:
    """What is kept; for figures of indicators what the unit has stated already."""
    answers = queries.answers_of([kept])
    known = answering.known_number(request.viewer, kept, found, outline)
    begun: dict[str, Any] = {"version": kept.version}
    for question in outline.questions:
        row = answers.get((kept.pk, question.pk))
        if question.asks == Asks.WORDS:
            begun[f"line_{question.pk}"] = row.text if row else ""
        else:
            value = row.number if row and row.number is not None else known.get(question.pk)
            begun[f"line_{question.pk}"] = "" if value is None else show.typed(value)
    return begun


def _page(
    request: ViewerRequest, kept: Reply, found: Call, outline: Lines, form: AnswerForm | None, below: Below | None
) -> HttpResponse:
    viewer = request.viewer
    shown = kept.done_on is not None or in_reach(viewer, kept.unit_id, Capability.ENTER)
    told = queries.answers_of([kept]) if shown else {}
    may_return = kept.done_on is not None and found.withdrawn_on is None
    back = may_return and in_reach(viewer, found.unit_id, Capability.ENTER)
    how = queries.how_of(kept, found, viewer.today)
    unit = one_unit(viewer, kept.unit_id, viewer.today)
    may_pass = form is not None and below is None and unit.child_count and viewer.today < found.due_on
    context = {
        "title": found.title,
        "up": {"text": _("Yêu cầu báo cáo"), "href": reverse("call", args=[found.pk])},
        "unit": unit.name,
        "asker": queries.askers([found], viewer.today).get(found.unit_id, ""),
        "due": day(found.due_on),
        "status": {"status": MARKS[how], "word": show.standing_word(how)},
        "content": found.content,
        "withdrawn": day(found.withdrawn_on) if found.withdrawn_on else "",
        "back_why": kept.back_why if kept.back_on and kept.done_on is None else "",
        "form": form,
        "send_href": reverse("reply", args=[kept.pk]),
        "answers": show.answers(outline, kept.pk, told) if form is None and shown else [],
        "waits": form is None and not shown,
        "back_href": reverse("reply_back", args=[kept.pk]) if back else "",
        "pass_href": reverse("reply_pass", args=[kept.pk]) if may_pass else "",
        "below": show.below(below),
    }
    return render(request, "reply.html", context, status=400 if form is not None and form.errors else 200)


@require_http_methods(READS)
def reply_pass(request: ViewerRequest, reply: int) -> HttpResponse:
    """Ask the units below the same, by an earlier day: a draft of it."""
    viewer = request.viewer
    kept = queries.one_reply(viewer, reply, Capability.ENTER)
    found = queries.one_call(viewer, kept.call_id)
    half = viewer.today + (found.due_on - viewer.today) / 2
    form = PassForm(sent(request), initial={"due_on": half, "key": uuid4()})

    def do() -> Any:
        data = form.cleaned_data
        return passing.pass_on(by=viewer, reply_id=reply, due_on=data["due_on"], key=data["key"])

    if request.method == "POST":
        made = tried(form, do)
        if made is not None:
            said = _("Đã soạn yêu cầu chuyển xuống. Xem lại đề cương rồi chọn nơi gửi.")
            messages.success(request, said, extra_tags="good")
            return redirect("call", made.pk)
    context = {
        "title": _("Chuyển yêu cầu xuống bên dưới"),
        "lead": _("Các đơn vị bên dưới trả lời cùng đề cương; đơn vị gộp lại rồi trả lời trước %(day)s.")
        % {"day": day(found.due_on)},
        "up": {"text": found.title, "href": reverse("reply", args=[reply])},
        "form": form,
        "send_href": reverse("reply_pass", args=[reply]),
        "send_text": _("Soạn yêu cầu"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_http_methods(READS)
def reply_back(request: ViewerRequest, reply: int) -> HttpResponse:
    """Send an answer back, with a reason."""
    viewer = request.viewer
    kept = queries.one_reply(viewer, reply)
    found = queries.one_to_write(viewer, kept.call_id)
    form = WhyForm(sent(request), initial={"version": kept.version})

    def do() -> Any:
        data = form.cleaned_data
        return actions.send_back(by=viewer, reply_id=reply, seen_version=data["version"], why=data["why"])

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã trả lại; đơn vị thấy lý do trong Việc của tôi."), extra_tags="good")
        return redirect("call", found.pk)
    context = {
        "title": _("Trả lại để làm lại"),
        "lead": one_unit(viewer, kept.unit_id, viewer.today).name,
        "up": {"text": found.title, "href": reverse("reply", args=[reply])},
        "form": form,
        "send_href": reverse("reply_back", args=[reply]),
        "send_text": _("Trả lại"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
