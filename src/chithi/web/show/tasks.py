"""Tasks as pages show them: words and shapes of states, lines of the list, the facts and the history of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.following.kinds import Age, Event, State
from chithi.org.queries import UnitCard
from chithi.tasks.kinds import Act, Dated
from chithi.tasks.overview import carried_on
from chithi.tasks.queries import Owner, TaskLine, TaskPage
from chithi.tasks.rules import dated
from chithi.web.show.directives import size_words
from chithi.web.show.moments import day_of
from chithi.web.templatetags.chithi_format import day, number

if TYPE_CHECKING:
    from datetime import date

    from chithi.db.viewer import Viewer
    from chithi.following.evidence import Shown
    from chithi.tasks.models import Explanation

SHAPES: dict[State, str] = {
    State.NOT_JUDGED: "none",
    State.ON_TRACK: "good",
    State.AT_RISK: "risk",
    State.LIKELY_MISSED: "late",
    State.OVERDUE: "late",
    State.DONE: "done",
    State.DONE_LATE: "belated",
    State.SUSPENDED: "paused",
    State.CANCELLED: "paused",
}
WORDS: dict[State, Any] = {
    State.NOT_JUDGED: gettext_lazy("Chưa đánh giá"),
    State.ON_TRACK: gettext_lazy("Đúng tiến độ"),
    State.AT_RISK: gettext_lazy("Có nguy cơ"),
    State.LIKELY_MISSED: gettext_lazy("Khó kịp hạn"),
    State.OVERDUE: gettext_lazy("Quá hạn"),
    State.DONE: gettext_lazy("Xong đúng hạn"),
    State.DONE_LATE: gettext_lazy("Xong muộn"),
    State.SUSPENDED: gettext_lazy("Tạm dừng"),
    State.CANCELLED: gettext_lazy("Đã hủy"),
}
AGES: dict[Age, Any] = {
    Age.NEW: gettext_lazy("Quá hạn đến 30 ngày"),
    Age.OVER_30: gettext_lazy("Quá hạn 31–90 ngày"),
    Age.OVER_90: gettext_lazy("Quá hạn 91–180 ngày"),
    Age.OVER_180: gettext_lazy("Quá hạn trên 180 ngày"),
}
BUTTONS: tuple[tuple[Act, str, Any], ...] = (
    (Act.JUDGE_WHY, "task_judge_why", gettext_lazy("Kết luận giải trình")),
    (Act.DECIDE_DAY, "task_decide_day", gettext_lazy("Xét đề nghị đổi hạn")),
    (Act.ANSWER_WHY, "task_answer_why", gettext_lazy("Gửi giải trình")),
    (Act.ACCEPT, "task_accept", gettext_lazy("Nghiệm thu")),
    (Act.RESUME, "task_resume", gettext_lazy("Cho làm tiếp")),
    (Act.REPORT, "task_report", gettext_lazy("Ghi tiến độ")),
    (Act.FINISH, "task_finish", gettext_lazy("Báo hoàn thành")),
    (Act.REOPEN, "task_reopen", gettext_lazy("Trả lại làm tiếp")),
    (Act.PUT_BACK, "task_put_back", gettext_lazy("Khôi phục")),
    (Act.STEP, "task_step", gettext_lazy("Thêm bước")),
    (Act.ASK_DAY, "task_ask_day", gettext_lazy("Xin đổi hạn")),
    (Act.SET_DAY, "task_set_day", gettext_lazy("Đổi hạn")),
    (Act.ASK_WHY, "task_ask_why", gettext_lazy("Yêu cầu giải trình")),
    (Act.CHANGE, "task_change", gettext_lazy("Sửa nội dung")),
    (Act.SUSPEND, "task_suspend", gettext_lazy("Tạm dừng")),
    (Act.CANCEL, "task_cancel", gettext_lazy("Hủy nhiệm vụ")),
)
"""Acts in the order in which a page offers them: what somebody waits for, the work itself, what is seldom done."""
SELDOM = frozenset({Act.STEP, Act.ASK_DAY, Act.SET_DAY, Act.ASK_WHY, Act.CHANGE, Act.SUSPEND, Act.CANCEL})
BACK = frozenset({Act.REOPEN, Act.PUT_BACK})
EVENTS: dict[str, Any] = {
    Event.FINISHED: gettext_lazy("Báo hoàn thành"),
    Event.REOPENED: gettext_lazy("Trả lại làm tiếp"),
    Event.CANCELLED: gettext_lazy("Hủy nhiệm vụ"),
    Event.PUT_BACK: gettext_lazy("Khôi phục nhiệm vụ"),
}
"""What was done with a word of progress; any other only reports."""


def state_word(state: State, late: int) -> str:
    """The state in words, with the days where it is late."""
    if late and state is State.OVERDUE:
        return _("Quá hạn %(days)s ngày") % {"days": number(late)}
    if late and state is State.DONE_LATE:
        return _("Xong muộn %(days)s ngày") % {"days": number(late)}
    return str(WORDS[state])


def owner_words(owner: Owner) -> str:
    """Name and post; whoever lies outside the reach is not named."""
    name = owner.name or _("ngoài phạm vi được xem")
    if owner.post and owner.ended:
        return _("%(post)s (đã thôi giữ chức): %(name)s") % {"post": owner.post, "name": name}
    return f"{owner.post} – {name}" if owner.post else name


def task_row(line: TaskLine, *, may_report: bool) -> dict[str, Any]:
    """A row of the list (components/listing.html)."""
    unit = line.unit.short_name if line.unit else _("ngoài phạm vi được xem")
    note = ""
    if line.finished_on is not None and not line.accepted:
        note = _("chờ nghiệm thu, báo xong sau hạn") if line.dated is Dated.INTO_TIME else _("chờ nghiệm thu")
    running = line.finished_on is None and line.state is not State.CANCELLED
    act = {"text": _("Ghi tiến độ"), "href": reverse("task_report", args=[line.id]), "fields": []}
    return {
        "text": line.title,
        "href": reverse("task", args=[line.id]),
        "note": note,
        "cells": [
            {"text": unit},
            {"text": owner_words(line.owner)},
            {"text": day(line.due_on)},
            {"text": "" if line.share is None else f"{line.share}%", "amount": True},
            {"status": SHAPES[line.state], "word": state_word(line.state, line.late)},
        ],
        "acts": [act] if may_report and running else [],
    }


def facts(page: TaskPage) -> list[dict[str, Any]]:
    """What is said of a task, a name and its text each."""
    task, line = page.task, page.line
    rows: list[tuple[str, Any, str]] = [
        (_("Đơn vị thực hiện"), _unit(page.known.get(task.unit_id)), _unit_href(page.known.get(task.unit_id))),
        (_("Người chịu trách nhiệm"), owner_words(line.owner), ""),
        (_("Đơn vị giao"), page.above.get(task.assigned_by_id, ""), ""),
        (_("Hạn"), day(task.due_on), ""),
        (_("Bắt đầu"), day(task.since), ""),
        (_("Sản phẩm"), task.product or _("chưa ghi"), ""),
        (
            _("Theo văn bản"),
            " · ".join(part for part in (page.directive, task.clause) if part),
            reverse("directive", args=[task.directive_id]) if page.directive else "",
        ),
        (_("Phối hợp"), _who_helps(page), ""),
        (
            _("Nối tiếp nhiệm vụ"),
            page.parent.title if page.parent else "",
            reverse("task", args=[page.parent.pk]) if page.parent else "",
        ),
        (_("Trọng số"), number(task.weight) if task.weight != 1 else "", ""),
        (_("Báo tiến độ"), _("ít nhất %(days)s ngày một lần") % {"days": number(task.update_every)}, ""),
        (_("Đã hủy"), _ended(task.cancelled_on, task.cancel_reason), ""),
        (_("Hoàn thành"), _ended(task.finished_on, page.people.get(task.finished_by_id or 0, "")), ""),
        (_("Ngày báo"), " ".join(dated_words(page)), ""),
        (_("Nghiệm thu"), _ended(task.accepted_on, page.people.get(task.accepted_by_id or 0, "")), ""),
    ]
    return [{"name": name, "text": text, "href": href} for name, text, href in rows if text]


def dated_words(page: TaskPage) -> list[str]:
    """Where an end was told later than it is said to have come: both days, and whether that makes late work on time."""
    task = page.task
    how = dated(task.finished_on, task.told_on, task.due_on)
    if how is None or task.told_on is None:
        return []
    days = {"on": day(task.finished_on), "told": day(task.told_on)}
    said = [_("Ghi là xong ngày %(on)s, đến ngày %(told)s mới báo.") % days]
    if how is Dated.INTO_TIME:
        late = _("Ngày xong trong hạn nhưng ngày báo đã quá hạn %(days)s ngày: cần xem minh chứng.")
        said.append(late % {"days": number((task.told_on - task.due_on).days)})
    return said


def _who_helps(page: TaskPage) -> str:
    """Units by name, posts and people as owners are told, with their unit where it is another."""
    parts = [_unit(page.known.get(one)) for one in page.helpers]
    for one in page.helping:
        said = owner_words(Owner(one.name, one.post, one.ended))
        unit = page.known.get(one.unit_id)
        parts.append(f"{said} ({unit.short_name})" if unit and one.unit_id != page.task.unit_id else said)
    return "; ".join(parts)


def carried_line(line: TaskLine) -> dict[str, str]:
    """A task that carries another on: who, what, how it stands."""
    unit = line.unit.short_name if line.unit else _("ngoài phạm vi được xem")
    return {
        "unit": unit,
        "text": line.title,
        "href": reverse("task", args=[line.id]),
        "status": SHAPES[line.state],
        "word": state_word(line.state, line.late),
    }


def carried_told(viewer: Viewer, page: TaskPage) -> dict[str, str]:
    """How many of the tasks that carry one on are done, and where they are listed."""
    counts = carried_on(viewer, page.task.pk, viewer.today)
    done = counts.states[State.DONE] + counts.states[State.DONE_LATE]
    told = _("%(done)s / %(total)s việc ở cấp dưới đã xong")
    return {
        "text": told % {"done": number(done), "total": number(counts.total)},
        "href": f"{reverse('tasks')}?tiep={page.task.pk}",
    }


def buttons(page: TaskPage, open_acts: Iterable[Act]) -> list[dict[str, Any]]:
    """What the viewer may do, the one thing to do first; nothing seldom and no way back is that one."""
    allowed = set(open_acts)
    if Act.SET_DAY in allowed:  # who may give another day need not ask for it
        allowed.discard(Act.ASK_DAY)
    found = [(act, route, text) for act, route, text in BUTTONS if act in allowed]
    return [
        {
            "text": text,
            "href": reverse(route, args=[page.task.pk]),
            "main": at == 0 and act not in SELDOM | BACK,
            "seldom": act in SELDOM,
        }
        for at, (act, route, text) in enumerate(found)
    ]


def steps(page: TaskPage, today: date, *, may_do: bool) -> list[dict[str, Any]]:
    """The roadmap: title, day, shape, and the version to send where the viewer may finish a step."""
    rows = []
    for step in page.steps:
        done = step.done_on is not None
        shape = ("done" if step.done_on <= step.due_on else "belated") if step.done_on else "none"
        if not done and step.due_on < today:
            shape = "late"
        words = {"none": _("chưa tới hạn"), "late": _("quá hạn"), "done": _("xong"), "belated": _("xong muộn")}
        rows.append(
            {
                "title": step.title,
                "due": day(step.due_on),
                "status": shape,
                "word": words[shape],
                "href": reverse("task_step_done", args=[step.pk]) if may_do and not done else "",
                "version": step.version,
            }
        )
    return rows


def history(page: TaskPage) -> list[dict[str, Any]]:
    """Everything that was said and decided, newest first: {on, title, text, more, files}."""
    people = page.people
    rows: list[tuple[date, int, str, str, str]] = []
    for word in page.progress:
        share = "" if word.share is None else f"{word.share}%"
        said_on = day_of(word.at)
        late = word.event == Event.FINISHED and said_on > word.on
        later = _("báo ngày %(day)s") % {"day": day(said_on)} if late else ""
        done = str(EVENTS.get(word.event, _("Tiến độ")))
        title = " · ".join(part for part in (done, share, people.get(word.by_id or 0, ""), later) if part)
        rows.append((word.on, word.pk, title, word.note, word.evidence))
    for asked in page.days:
        moved = {"old": day(asked.old), "new": day(asked.new)}
        title = {
            None: _("Xin đổi hạn từ %(old)s sang %(new)s, chờ quyết định"),
            True: _("Đổi hạn từ %(old)s sang %(new)s"),
            False: _("Không đồng ý đổi hạn từ %(old)s sang %(new)s"),
        }[asked.agreed] % moved
        names = (people.get(asked.asked_by_id or 0), people.get(asked.decided_by_id or 0))
        who = " → ".join(dict.fromkeys(name for name in names if name))
        rows.append(
            (day_of(asked.asked_at), asked.pk, f"{title} · {who}" if who else title, asked.reason, asked.answer)
        )
    for rest in page.rests:
        ends = _("đến trước %(day)s") % {"day": day(rest.until)} if rest.until else _("đến khi cho làm tiếp")
        title = _("Tạm dừng từ %(day)s") % {"day": day(rest.since)}
        rows.append((rest.since, rest.pk, f"{title}, {ends} · {people.get(rest.by_id or 0, '')}", rest.reason, ""))
    for why in page.explanations:
        rows.append((why.asked_on, why.pk, *_explained(why, people)))
    for told in page.escalations:
        unit = page.above.get(told.unit_id, "")
        rows.append((told.on, told.pk, _("Báo lên %(unit)s vì quá hạn") % {"unit": unit}, "", ""))
    lines: list[dict[str, Any]] = [
        {"on": on, "pk": pk, "title": title, "text": text, "more": more, "files": []}
        for on, pk, title, text, more in rows
    ]
    for word, row in zip(page.progress, lines, strict=False):
        row["files"] = [_file(one) for one in page.evidence.get(word.pk, ())]
    return sorted(lines, key=lambda row: (row["on"], row["pk"]), reverse=True)


def _file(one: Shown) -> dict[str, str]:
    """A file beside a word: its name and how large it is; no link where what it held is no longer kept."""
    if one.gone:
        return {"text": one.name, "note": _("hết hạn lưu"), "href": ""}
    return {"text": one.name, "note": size_words(one.size), "href": reverse("task_evidence", args=[one.id])}


def _explained(why: Explanation, people: dict[int, str]) -> tuple[str, str, str]:
    title = _("Yêu cầu giải trình, hạn %(day)s") % {"day": day(why.due_on)}
    by = people.get(why.asked_by_id or 0) or _("tự động khi quá hạn")
    said = f"{people.get(why.answered_by_id or 0, '')}: {why.answer}".strip(": ") if why.answer else ""
    judged = {None: "", True: _("Giải trình đạt."), False: _("Giải trình chưa đạt.")}[why.enough]
    return f"{title} · {by}", " ".join(part for part in (why.question, said) if part), f"{judged} {why.verdict}".strip()


def _ended(on: date | None, more: str) -> str:
    return "" if on is None else " · ".join(part for part in (day(on), more) if part)


def _unit(card: UnitCard | None) -> str:
    return card.name if card else _("ngoài phạm vi được xem")


def _unit_href(card: UnitCard | None) -> str:
    return reverse("unit", args=[card.id]) if card else ""
