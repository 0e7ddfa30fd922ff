"""What is done to a task: one form an act, all drawn alike; who may is decided by the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chithi.db.viewer import Viewer
from chithi.tasks import actions, decisions
from chithi.tasks.actions import Word
from chithi.tasks.decisions import Rest
from chithi.tasks.kinds import Act
from chithi.tasks.queries import TaskPage, one_task
from chithi.web.back import back
from chithi.web.manage.desk import sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.tasks import dated_words
from chithi.web.templatetags.chithi_format import day
from chithi.web.undo import offer
from chithi.web.views import tasks_forms as asked
from chithi.web.views.tasks_files import files_of
from chithi.web.whole import whole

READS = ["GET", "HEAD", "POST"]
Data = dict[str, Any]


@dataclass(frozen=True)
class Doing:
    """An act as its page draws it. `do` is given the viewer, the task's id and what was said.

    `undo`: how it is taken back (`chithi.web.undo_ways`), and the facts for that out of what `do` answered.
    """

    title: Any
    send: Any
    done: Any
    form: type[forms.Form]
    do: Callable[[Viewer, int, Data], Any]
    lead: Any = ""
    undo: tuple[str, Callable[[Any], Mapping[str, Any]]] | None = None


def _finish(viewer: Viewer, task: int, data: Data) -> object:
    word = Word(data["on"] or viewer.today, None, data["note"], data["evidence"], files_of(data["attached"]))
    return actions.finish(by=viewer, task_id=task, seen_version=data["version"], word=word)


def _report(viewer: Viewer, task: int, data: Data) -> object:
    word = Word(data["on"], data["share"], data["note"], data["evidence"], files_of(data["attached"]))
    return actions.report(by=viewer, task_id=task, word=word, key=data["key"])


def _suspend(viewer: Viewer, task: int, data: Data) -> object:
    rest = Rest(data["since"], data["until"], data["reason"])
    return decisions.suspend(by=viewer, task_id=task, seen_version=data["version"], rest=rest)


def _decide_day(viewer: Viewer, task: int, data: Data) -> object:
    return decisions.decide_day(
        by=viewer, task_id=task, seen_version=data["version"], agreed=data["agreed"], answer=data["answer"]
    )


def _judge(viewer: Viewer, task: int, data: Data) -> object:
    return decisions.judge_why(
        by=viewer, task_id=task, seen_version=data["version"], enough=data["agreed"], verdict=data["answer"]
    )


def _seen(act: Callable[..., object], *names: str) -> Callable[[Viewer, int, Data], object]:
    """An action that takes the version and these fields of its form by their names."""

    def do(viewer: Viewer, task: int, data: Data) -> object:
        return act(by=viewer, task_id=task, seen_version=data["version"], **{name: data[name] for name in names})

    return do


DOINGS: dict[Act, Doing] = {
    Act.REPORT: Doing(
        gettext_lazy("Ghi tiến độ"), gettext_lazy("Ghi tiến độ"), gettext_lazy("Đã ghi tiến độ."),
        asked.ProgressForm, _report, gettext_lazy("Ghi phần trăm, vài lời, hoặc gửi ảnh, tệp."),
    ),
    Act.FINISH: Doing(
        gettext_lazy("Báo hoàn thành"), gettext_lazy("Báo hoàn thành"),
        gettext_lazy("Đã báo hoàn thành. Đơn vị giao sẽ nghiệm thu."), asked.FinishForm, _finish,
    ),
    Act.ACCEPT: Doing(
        gettext_lazy("Nghiệm thu"), gettext_lazy("Nghiệm thu"), gettext_lazy("Đã nghiệm thu."),
        asked.VersionForm, _seen(decisions.accept), gettext_lazy("Xác nhận việc đã xong và đạt yêu cầu."),
    ),
    Act.REOPEN: Doing(
        gettext_lazy("Trả lại làm tiếp"), gettext_lazy("Trả lại"), gettext_lazy("Đã trả lại để làm tiếp."),
        asked.ReasonForm, _seen(decisions.reopen, "reason"),
        gettext_lazy("Nhiệm vụ chưa đạt, cần làm tiếp. Những gì đã báo vẫn còn trong lịch sử."),
    ),
    Act.CANCEL: Doing(
        gettext_lazy("Hủy nhiệm vụ"), gettext_lazy("Hủy nhiệm vụ"), gettext_lazy("Đã hủy nhiệm vụ."),
        asked.ReasonForm, _seen(decisions.cancel, "reason"),
        gettext_lazy("Hủy nhầm thì khôi phục được; lý do còn trong lịch sử."),
    ),
    Act.PUT_BACK: Doing(
        gettext_lazy("Khôi phục nhiệm vụ"), gettext_lazy("Khôi phục"), gettext_lazy("Đã khôi phục nhiệm vụ."),
        asked.ReasonForm, _seen(decisions.put_back, "reason"),
        gettext_lazy("Nhiệm vụ lại như trước khi hủy, hạn không đổi; hạn đã qua thì thành quá hạn."),
    ),
    Act.SUSPEND: Doing(
        gettext_lazy("Tạm dừng"), gettext_lazy("Tạm dừng"), gettext_lazy("Đã tạm dừng nhiệm vụ."),
        asked.RestForm, _suspend, gettext_lazy("Hạn không đổi; muốn đổi hạn thì dùng “Đổi hạn” hoặc “Xin đổi hạn”."),
    ),
    Act.RESUME: Doing(
        gettext_lazy("Cho làm tiếp"), gettext_lazy("Cho làm tiếp"), gettext_lazy("Nhiệm vụ được làm tiếp từ hôm nay."),
        asked.VersionForm, _seen(decisions.resume),
    ),
    Act.ASK_DAY: Doing(
        gettext_lazy("Xin đổi hạn"), gettext_lazy("Gửi đề nghị"),
        gettext_lazy("Đã gửi đề nghị. Hạn cũ còn hiệu lực đến khi đơn vị giao đồng ý."),
        asked.NewDayForm, _seen(decisions.ask_day, "new", "reason"),
    ),
    Act.DECIDE_DAY: Doing(
        gettext_lazy("Xét đề nghị đổi hạn"), gettext_lazy("Quyết định"), gettext_lazy("Đã quyết định về hạn."),
        asked.VerdictForm, _decide_day,
    ),
    Act.SET_DAY: Doing(
        gettext_lazy("Đổi hạn"), gettext_lazy("Đổi hạn"), gettext_lazy("Đã đổi hạn."),
        asked.NewDayForm, _seen(decisions.set_day, "new", "reason"),
        gettext_lazy("Người thực hiện thấy hạn mới trong “Việc của tôi”; hạn cũ và lý do còn trong lịch sử."),
        ("task_day_set", lambda given: {"task": given.task_id, "version": given.task.version}),
    ),
    Act.ASK_WHY: Doing(
        gettext_lazy("Yêu cầu giải trình"), gettext_lazy("Gửi yêu cầu"), gettext_lazy("Đã yêu cầu giải trình."),
        asked.QuestionForm, _seen(decisions.ask_why, "question", "due_on"),
    ),
    Act.ANSWER_WHY: Doing(
        gettext_lazy("Gửi giải trình"), gettext_lazy("Gửi giải trình"), gettext_lazy("Đã gửi giải trình."),
        asked.AnswerForm, _seen(decisions.answer_why, "answer"),
    ),
    Act.JUDGE_WHY: Doing(
        gettext_lazy("Kết luận giải trình"), gettext_lazy("Kết luận"), gettext_lazy("Đã kết luận về giải trình."),
        asked.VerdictForm, _judge,
    ),
    Act.STEP: Doing(
        gettext_lazy("Thêm bước"), gettext_lazy("Thêm bước"), gettext_lazy("Đã thêm bước."), asked.StepForm,
        lambda viewer, task, data: actions.add_step(
            by=viewer, task_id=task, title=data["title"], due_on=data["due_on"]
        ),
    ),
}  # fmt: skip


WORDS: dict[Act, str] = {
    Act.REPORT: "tien-do",
    Act.STEP: "buoc",
    Act.FINISH: "xong",
    Act.ACCEPT: "nghiem-thu",
    Act.REOPEN: "lam-tiep",
    Act.CANCEL: "huy",
    Act.PUT_BACK: "khoi-phuc",
    Act.SUSPEND: "tam-dung",
    Act.RESUME: "tiep-tuc",
    Act.ASK_DAY: "doi-han",
    Act.DECIDE_DAY: "quyet-han",
    Act.SET_DAY: "han-moi",
    Act.ASK_WHY: "yeu-cau-giai-trinh",
    Act.ANSWER_WHY: "giai-trinh",
    Act.JUDGE_WHY: "ket-luan",
}
"""The last word of each act's address; its route is `task_` and the act."""


@require_http_methods(READS)
def task_act(request: ViewerRequest, task: int, act: Act) -> HttpResponse:
    """The form of an act; POST does it. A list that sends everything an act needs is answered with the list."""
    viewer, doing = request.viewer, DOINGS[act]
    if request.method != "POST":
        decisions.may_do(by=viewer, task_id=task, act=act)
    page = one_task(viewer, task)
    form = doing.form(sent(request), request.FILES or None, initial=_initial(viewer, page, act))
    done = tried(form, lambda: doing.do(viewer, task, form.cleaned_data)) if request.method == "POST" else None
    if done is not None and doing.undo is not None:
        way, facts_of = doing.undo
        return offer(request, str(doing.done), way, facts_of(done), back=_onward(request, task))
    if done is not None:
        messages.success(request, str(doing.done), extra_tags="good")
        return redirect(_onward(request, task))
    context = {
        "title": doing.title,
        "lead": doing.lead,
        "up": {"text": page.task.title, "href": reverse("task", args=[task])},
        "form": form,
        "said": _said(page, act),
        "send_href": reverse(f"task_{act.value}", args=[task]),
        "send_text": doing.send,
        "files": form.is_multipart(),
    }
    return render(request, "task_act.html", context, status=400 if form.errors else 200)


@require_POST
def task_step_done(request: ViewerRequest, step: int) -> HttpResponse:
    """A step is done today."""
    version = whole(request.POST.get("version")) or 0
    task = actions.finish_step(by=request.viewer, step_id=step, seen_version=version)
    messages.success(request, _("Đã xong một bước."), extra_tags="good")
    return redirect("task", task.pk)


def _onward(request: ViewerRequest, task: int) -> str:
    """Back to the list that sent it in one step, else to the task."""
    came_from = back(request, "tasks")
    lists = (reverse("tasks"), reverse("work"))
    path = came_from.split("?")[0]
    return came_from if path.endswith(lists) else reverse("task", args=[task])


def _initial(viewer: Viewer, page: TaskPage, act: Act) -> Data:
    """What each form begins with; the version is that of what is decided."""
    task, version = page.task, page.task.version
    if act in (Act.ANSWER_WHY, Act.JUDGE_WHY):
        version = next((one.version for one in page.explanations if one.enough is not True), 0)
    if act is Act.DECIDE_DAY:
        version = next((one.version for one in page.days if one.agreed is None), 0)
    return {
        "version": version,
        "on": viewer.today,
        "share": task.share,
        "since": viewer.today,
        "due_on": task.due_on if act is Act.STEP else viewer.today + timedelta(days=5),
        "new": task.due_on,
        "key": uuid4(),
    }


def _said(page: TaskPage, act: Act) -> list[str]:
    """What the decision is about, in words."""
    if act in (Act.ACCEPT, Act.REOPEN):
        return dated_words(page)
    if act is Act.PUT_BACK and page.task.cancelled_on is not None:
        on, reason = day(page.task.cancelled_on), page.task.cancel_reason
        return [_("Đã hủy ngày %(on)s: %(reason)s") % {"on": on, "reason": reason}]
    if act is Act.DECIDE_DAY:
        waiting = [one for one in page.days if one.agreed is None]
        moved = _("Xin đổi hạn từ %(old)s sang %(new)s: %(reason)s")
        return [moved % {"old": day(one.old), "new": day(one.new), "reason": one.reason} for one in waiting]
    if act in (Act.ANSWER_WHY, Act.JUDGE_WHY):
        why = next((one for one in page.explanations if one.enough is not True), None)
        if why is None:
            return []
        question = why.question or _("Nhiệm vụ đã quá hạn %(day)s.") % {"day": day(why.missed)}
        sent_back = _("Chưa đạt: %(why)s") % {"why": why.verdict} if why.verdict else ""
        answer = _("Giải trình: %(answer)s") % {"answer": why.answer} if why.answer else ""
        return [said for said in (question, answer, sent_back) if said]
    return []
