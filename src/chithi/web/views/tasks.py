"""Tasks: the list with its filters, one task, a new one, another wording, hints while writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import in_reach, one_unit
from chithi.tasks.actions import assign, change
from chithi.tasks.decisions import acts_open, may_do
from chithi.tasks.directing import named
from chithi.tasks.handing import under_way
from chithi.tasks.heading import directs, headed, require_directing
from chithi.tasks.helping import HelperLine
from chithi.tasks.hints import hints
from chithi.tasks.kinds import Act
from chithi.tasks.queries import MOST_CARRIED, TaskPage, Wanted, one_task, tasks
from chithi.web.chosen import keep_unit, unit_of
from chithi.web.manage.desk import PAGE, listing, nothing, pager, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show.handing import under_way_told
from chithi.web.show.shortcomings import origin_of
from chithi.web.show.tasks import (
    SHAPES,
    buttons,
    carried_line,
    carried_told,
    facts,
    history,
    owner_words,
    state_word,
    steps,
    task_row,
)
from chithi.web.show.tasks_address import wanted_of
from chithi.web.show.tasks_hints import hint_words
from chithi.web.templatetags.chithi_format import day
from chithi.web.views.tasks_forms import TaskFilter, TaskForm, WhoseForm
from chithi.web.views.tasks_helpers import typed_helpers
from chithi.web.whole import page_number, whole

READS = ["GET", "HEAD", "POST"]


@require_safe
def tasks_page(request: ViewerRequest) -> HttpResponse:
    """Tasks in reach by due day, with what the filter names."""
    viewer = request.viewer
    wanted, narrowing = _filtered(request)
    page = page_number(request.GET.get("trang"))
    found, total = tasks(viewer, wanted, viewer.today, page=page, size=PAGE)
    may_enter = viewer.may_anywhere(Capability.ENTER)
    may_give = may_enter or bool(headed(viewer))
    words = (_("Việc"), _("Đơn vị"), _("Người chịu trách nhiệm"), _("Hạn"), _("Đã làm"), _("Trạng thái"))
    heads: list[str | dict[str, Any]] = list(words)
    actions = [{"text": _("Tổng hợp"), "href": reverse("tasks_overview"), "main": False}]
    begin = _("Giao nhiệm vụ") if may_give else ""
    actions += [{"text": begin, "href": reverse("task_new"), "main": True}] if may_give else []
    context = {
        "title": _("Nhiệm vụ"),
        "lead": _lead(request, wanted),
        "actions": actions,
        "filter": narrowing,
        "listing": listing(
            _("Nhiệm vụ"), heads, [task_row(line, may_report=may_enter or wanted.mine) for line in found],
            pager=pager(request, page, total),
            **nothing(request, _("Chưa có nhiệm vụ nào."), reverse("task_new"), begin),
        ),
    }  # fmt: skip
    return render(request, "tasks.html", context, status=400 if "ma" in narrowing.errors else 200)


def _filtered(request: ViewerRequest) -> tuple[Wanted, TaskFilter]:
    """What the address names, and the form that shows it. A unit typed there goes before one named by its id."""
    viewer, wanted, shown = request.viewer, wanted_of(request.GET), request.GET.copy()
    if "ma" in shown:
        typed = TaskFilter(shown, viewer=viewer, wanted=replace(wanted, unit=0))
        unit = None if typed.errors.get("ma") else typed.cleaned_data["ma"]
        wanted = replace(wanted, unit=unit or 0)
    elif wanted.unit:
        shown["ma"] = one_unit(viewer, wanted.unit, viewer.today).code
    if not wanted.unit:
        wanted = replace(wanted, alone=False)
    return wanted, TaskFilter(shown, viewer=viewer, wanted=wanted)


def _lead(request: ViewerRequest, wanted: Wanted) -> str:
    """What the hidden parts of the filter mean, in words."""
    viewer, parts = request.viewer, []
    if wanted.unit:
        unit = one_unit(viewer, wanted.unit, viewer.today).name
        parts.append(_("chỉ riêng %(unit)s") % {"unit": unit} if wanted.alone else unit)
    if wanted.told:
        above = one_unit(viewer, wanted.told, viewer.today).name
        parts.append(_("quá hạn lâu, đã báo lên %(unit)s") % {"unit": above})
    if wanted.day:
        parts.append(_("hạn ngày %(day)s") % {"day": day(wanted.day)})
    if wanted.directive:
        parts.append(named(viewer, [wanted.directive]).get(wanted.directive, _("văn bản ngoài phạm vi được xem")))
    if wanted.month:
        parts.append(_("hạn trong tháng %(month)s") % {"month": f"{wanted.month:%m/%Y}"})
    if wanted.parent:
        parts.append(_("làm tiếp: %(task)s") % {"task": one_task(viewer, wanted.parent).task.title})
    return " · ".join(parts) or _("Ai làm việc gì, bao giờ xong; màu tính theo số liệu và ngày, không ai tự chọn.")


@require_safe
def task_page(request: ViewerRequest, task: int) -> HttpResponse:
    """One task: facts, steps, what was said and decided, what the viewer may do."""
    viewer = request.viewer
    page = one_task(viewer, task)
    allowed = acts_open(viewer, page.task)
    said = hints(page.task.title, page.task.product, page.task.since, page.task.due_on)
    may_give = viewer.may_anywhere(Capability.ENTER) or bool(headed(viewer))
    context = {
        "page": page,
        "status": {"status": SHAPES[page.line.state], "word": state_word(page.line.state, page.line.late)},
        "facts": [*facts(page), *origin_of(viewer, page.task)],
        "buttons": buttons(page, allowed),
        "steps": steps(page, viewer.today, may_do=Act.STEP in allowed),
        "history": history(page),
        "carried": [carried_line(one) for one in page.carried],
        "carried_told": carried_told(viewer, page) if page.carried else None,
        "carried_first": _("Tới hạn sớm nhất:") if len(page.carried) == MOST_CARRIED else "",
        "hand_href": _hand_href(viewer, page) if _goes_on(page) else "",
        "handing": under_way_told(task, under_way(task), may_act=in_reach(viewer, page.task.unit_id, Capability.ENTER)),
        "carry_href": f"{reverse('task_new')}?tu={task}" if may_give and _goes_on(page) else "",
        "hints": [hint_words(one) for one in said] if Act.CHANGE in allowed else [],
    }
    return render(request, "task.html", context)


def _goes_on(page: TaskPage) -> bool:
    """Whether units below can carry it on: it runs, and its unit has some."""
    task, unit = page.task, page.known.get(page.task.unit_id)
    return task.finished_on is None and task.cancelled_on is None and unit is not None and unit.child_count > 0


def _hand_href(viewer: Viewer, page: TaskPage) -> str:
    """Where a task of a unit that the viewer enters for is handed down."""
    if not in_reach(viewer, page.task.unit_id, Capability.ENTER):
        return ""
    return reverse("task_hand_down", args=[page.task.pk])


@require_http_methods(READS)
def task_new(request: ViewerRequest) -> HttpResponse:
    """A task for a unit the viewer enters for; `tu` names the task it carries on."""
    viewer = request.viewer
    require_directing(viewer)
    whose = WhoseForm({"ma": request.GET["ma"]}, viewer=viewer) if request.GET.get("ma") else None
    unit_id = _unit_asked(request, whose)
    unit = one_unit(viewer, unit_id, viewer.today)
    initial = {"since": viewer.today, "weight": 1, "update_every": 30, "key": uuid4(), **_carried(request)}
    form = TaskForm(sent(request), viewer=viewer, unit_id=unit_id, initial=initial)
    if request.method == "POST":
        made = tried(
            form,
            lambda: assign(by=viewer, unit_id=unit_id, said=form.said(), key=form.cleaned_data["key"]),
        )
        if made is not None:
            messages.success(request, _("Đã giao nhiệm vụ."), extra_tags="good")
            return redirect("task", made.pk)
    context = {
        "title": _("Giao nhiệm vụ cho %(unit)s") % {"unit": unit.name},
        "lead": _("Một người, một việc, một thời hạn."),
        "up": {"text": _("Nhiệm vụ"), "href": reverse("tasks")},
        "form": form, "send_href": f"{reverse('task_new')}?don_vi={unit_id}", "send_text": _("Giao nhiệm vụ"),
        "whose": whose if whose and whose.errors else WhoseForm(initial={"ma": unit.code}, viewer=viewer),
        "carried": initial.get("parent", ""), "choose_href": reverse("task_new"),
    }  # fmt: skip
    wrong = form.errors or (whose and whose.errors)
    return render(request, "task_form.html", context, status=400 if wrong else 200)


def _unit_asked(request: ViewerRequest, whose: WhoseForm | None) -> int:
    """The unit named by code or name, by id, else the one chosen last; it must lie where the viewer enters."""
    viewer, unit_id = request.viewer, whole(request.GET.get("don_vi"))
    if whose is not None and whose.is_valid():
        unit_id = whose.cleaned_data["ma"]
    if unit_id is None:
        kept = unit_of(request)
        unit_id = kept if directs(viewer, kept) else viewer.home_unit_id or 0
    if not directs(viewer, unit_id):
        raise Absent("org.no_unit", unit=unit_id)
    keep_unit(request, unit_id)
    return unit_id


def _carried(request: ViewerRequest) -> dict[str, Any]:
    """What a task that carries on another begins with."""
    above = whole(request.GET.get("tu"))
    if above is None:
        return {}
    page = one_task(request.viewer, above)
    task = page.task
    return {
        "parent": task.pk, "title": task.title, "product": task.product, "clause": task.clause,
        "due_on": task.due_on, "directive": task.directive_id,
    }  # fmt: skip


@require_http_methods(READS)
def task_change(request: ViewerRequest, task: int) -> HttpResponse:
    """Another wording, owner, helpers; the days stay."""
    viewer = request.viewer
    may_do(by=viewer, task_id=task, act=Act.CHANGE)
    page = one_task(viewer, task)
    kept = page.task
    owner = f"p{kept.owner_post_id}" if kept.owner_post_id else f"m{kept.owner_person_id}"
    initial = {
        "title": kept.title, "product": kept.product, "owner": owner, "owner_words": owner_words(page.line.owner),
        "since": kept.since, "due_on": kept.due_on, "directive": kept.directive_id, "directive_words": page.directive,
        "clause": kept.clause, "helpers": typed_helpers(_helping(page), page.known),
        "weight": kept.weight, "update_every": kept.update_every,
        "for_below": kept.for_below, "parent": kept.parent_id, "version": kept.version,
    }  # fmt: skip
    form = TaskForm(sent(request), viewer=viewer, unit_id=kept.unit_id, initial=initial)
    for name in ("since", "due_on"):
        form.fields[name].disabled = True
    if request.method == "POST":
        done = tried(
            form,
            lambda: change(by=viewer, task_id=task, seen_version=form.cleaned_data["version"] or 0, said=form.said()),
        )
        if done is not None:
            messages.success(request, _("Đã lưu nội dung nhiệm vụ."), extra_tags="good")
            return redirect("task", task)
    context = {
        "title": _("Sửa nội dung nhiệm vụ"),
        "lead": _("Muốn đổi hạn thì dùng “Đổi hạn” hoặc “Xin đổi hạn”, để còn lịch sử."),
        "up": {"text": kept.title, "href": reverse("task", args=[task])},
        "form": form, "send_href": reverse("task_change", args=[task]), "send_text": _("Lưu nội dung"),
    }  # fmt: skip
    return render(request, "task_form.html", context, status=400 if form.errors else 200)


def _helping(page: TaskPage) -> list[HelperLine]:
    return [*(HelperLine(f"u{one}", one) for one in page.helpers), *page.helping]


@require_POST
def task_hints(request: ViewerRequest) -> HttpResponse:
    """What the writer may want to put right, beside the form while they type."""
    days = [_typed_day(request.POST.get(name, "")) for name in ("since", "due_on")]
    title, product = request.POST.get("title", "")[:400], request.POST.get("product", "")[:400]
    owner = bool(request.POST.get("owner"))
    found = hints(title, product, days[0], days[1], owner=owner) if title.strip() else ()
    return render(request, "components/task_hints.html", {"hints": [hint_words(one) for one in found]})


def _typed_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
