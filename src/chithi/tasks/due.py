"""What somebody is to do next about tasks, for My work (`chithi.core.due`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from chithi.core.due import DueItem, OneStep, Said
from chithi.core.numbers import format_date
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.following.kinds import State
from chithi.following.states import state_on
from chithi.tasks.ground import held_by
from chithi.tasks.handing import given_up
from chithi.tasks.heading import directing, headed
from chithi.tasks.helping import helped_by_units, helped_in_person
from chithi.tasks.kinds import Dated
from chithi.tasks.models import DeadlineChange, Explanation, Task
from chithi.tasks.rules import dated

_WHY = "tasks that somebody owns themselves, or that lie in reach of what they do"
MOST = 200
"""Lines of one sort at most: whoever has more opens the list."""
DAYS_TOLD = 3
"""For so many days those who do a task are told of what was decided about its day."""
_OPEN = (State.NOT_JUDGED, State.ON_TRACK, State.AT_RISK, State.LIKELY_MISSED, State.OVERDUE)


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """Tasks to finish, to help with, to accept; days to decide and decided; explanations to give and to judge;
    what the worker gave up handing down. About ten queries.

    Somebody's tasks are those they own; for a unit's account also those of the very unit it holds a role in.
    """
    units = [unit_id for _role, unit_id in viewer.roles]
    mine = held_by(viewer)
    doing = _doing(viewer, units, mine)
    tasks = _open_tasks(doing, today)
    helping = _helped(viewer, units, today, known={task.pk for task in tasks})
    judging = _judging(viewer, units, mine)
    accepting = judging.filter(finished_on__isnull=False, accepted_on__isnull=True, cancelled_on__isnull=True)
    if viewer.user_id is not None:
        accepting = accepting.exclude(finished_by_id=viewer.user_id)
    return [
        *(_finish(task) for task in tasks),
        *(_help(task) for task in helping),
        *(_accept(task) for task in accepting.order_by("finished_on", "pk")[:MOST]),
        *_explain(doing),
        *_told_of_day(doing, viewer, today),
        *_decide(judging),
        *_judge(judging),
        *_handing(viewer),
    ]


def _doing(viewer: Viewer, units: Iterable[int], mine: Q | None) -> ScopedQuerySet[Task]:
    """Tasks whose owner the viewer is, or of the units they hold a role in, where they enter."""
    entered = Q(unit_id__in=list(units)) & Task.reach_condition(viewer.reach(Capability.ENTER))
    condition = entered if viewer.may_anywhere(Capability.ENTER) else Q(pk__in=[])
    if mine is not None:
        condition |= mine
    return Task.objects.everywhere(because=_WHY).filter(condition)


def _judging(viewer: Viewer, units: Iterable[int], mine: Q | None) -> ScopedQuerySet[Task]:
    """Tasks given by the units in which the viewer holds a role, where they confirm, or heads; never one's own."""
    heads = [] if mine is None else headed(viewer)
    if not heads and not viewer.may_anywhere(Capability.CONFIRM):
        return Task.objects.everywhere(because=_WHY).none()
    reach = directing(viewer, Capability.CONFIRM) if heads else viewer.reach(Capability.CONFIRM)
    tasks = Task.objects.visible_to(reach).filter(assigned_by_id__in=[*units, *heads])
    return tasks if mine is None else tasks.exclude(mine)


def _open_tasks(tasks: ScopedQuerySet[Task], today: date) -> list[Task]:
    running = tasks.alias(stands=state_on(today)).filter(stands__in=_OPEN, since__lte=today)
    return list(running.order_by("due_on", "pk")[:MOST])


def _helped(viewer: Viewer, units: Iterable[int], today: date, known: set[int]) -> list[Task]:
    """Tasks with which the units help in which the viewer enters, or they themselves."""
    rows = helped_by_units(viewer, Capability.ENTER).filter(unit_id__in=list(units)).values("task_id")
    own = helped_in_person(viewer).values("task_id")
    helped = Task.objects.everywhere(because=_WHY).filter(Q(pk__in=rows) | Q(pk__in=own))
    return [task for task in _open_tasks(helped, today) if task.pk not in known]


def _finish(task: Task) -> DueItem:
    step = OneStep("task_finish", (task.pk,), Said("Đã xong", "Done"), task.version)
    return _item("tasks.finish", task, task.due_on, ("Làm", "Do"), ("Ghi tiến độ", "Report"), step=step,
                 route="task_report")  # fmt: skip


def _help(task: Task) -> DueItem:
    return _item("tasks.help", task, task.due_on, ("Phối hợp", "Help with"), ("Xem nhiệm vụ", "Open the task"))


def _accept(task: Task) -> DueItem:
    """At once from the list, unless the day that is claimed makes the end on time that was told late: that is read."""
    if dated(task.finished_on, task.told_on, task.due_on) is Dated.INTO_TIME:
        said = ("Nghiệm thu (báo xong sau hạn)", "Accept (reported after the day)")
        return _item("tasks.accept", task, None, said, ("Xem rồi nghiệm thu", "Read and accept"), route="task_accept")
    step = OneStep("task_accept", (task.pk,), Said("Nghiệm thu", "Accept"), task.version)
    return _item("tasks.accept", task, None, ("Nghiệm thu", "Accept"), ("Xem nhiệm vụ", "Open the task"), step=step)


def _explain(doing: ScopedQuerySet[Task]) -> list[DueItem]:
    rows = _asked(doing).filter(answered_on__isnull=True).order_by("due_on", "pk")[:MOST]
    found = {row.task_id: row for row in rows}
    return [
        _item("tasks.explain", task, found[task.pk].due_on, ("Giải trình", "Explain"), ("Gửi giải trình", "Explain"),
              about=found[task.pk].pk, route="task_answer_why")
        for task in _those(found)
    ]  # fmt: skip


def _told_of_day(doing: ScopedQuerySet[Task], viewer: Viewer, today: date) -> list[DueItem]:
    """What others decided about the days of running tasks a few days ago or today; the newest of each task."""
    first = timezone.make_aware(datetime.combine(today - timedelta(days=DAYS_TOLD), time.min))
    running = doing.filter(finished_on__isnull=True, cancelled_on__isnull=True).order_by()
    rows = DeadlineChange.objects.everywhere(because=_WHY).filter(
        task_id__in=running.values("pk"), agreed__isnull=False, decided_at__gte=first
    )
    found = {row.task_id: row for row in rows.exclude(decided_by_id=viewer.user_id or 0).order_by("decided_at", "pk")}
    return [_new_day(task, found[task.pk]) for task in _those(found)[:MOST]]


def _new_day(task: Task, told: DeadlineChange) -> DueItem:
    said = ("Không được đổi hạn", "No other day for")
    if told.agreed:
        said = (f"Hạn mới {format_date(told.new, 'vi')}", f"Now due {format_date(told.new, 'en')}")
    decided = timezone.localdate(told.decided_at)
    seen = ("Xem nhiệm vụ", "Open the task")
    return _item("tasks.new_day", task, decided + timedelta(days=DAYS_TOLD), said, seen, about=told.pk)


def _judge(judging: ScopedQuerySet[Task]) -> list[DueItem]:
    rows = _asked(judging).filter(answered_on__isnull=False, enough__isnull=True).order_by("answered_on", "pk")[:MOST]
    found = {row.task_id: row for row in rows}
    return [
        _item("tasks.judge", task, None, ("Kết luận giải trình", "Judge the explanation of"), ("Kết luận", "Judge"),
              about=found[task.pk].pk, route="task_judge_why")
        for task in _those(found)
    ]  # fmt: skip


def _decide(judging: ScopedQuerySet[Task]) -> list[DueItem]:
    rows = DeadlineChange.objects.everywhere(because=_WHY).filter(
        task_id__in=judging.order_by().values("pk"), agreed__isnull=True
    )
    found = {row.task_id: row for row in rows.order_by("asked_at", "pk")[:MOST]}
    return [
        _item("tasks.decide", task, None, ("Xét đề nghị đổi hạn", "Decide on another day for"),
              ("Xem đề nghị", "Decide"), about=found[task.pk].pk, route="task_decide_day")
        for task in _those(found)
    ]  # fmt: skip


def _handing(viewer: Viewer) -> list[DueItem]:
    """What the worker gave up handing down, or taking back, for the viewer."""
    given = given_up(viewer.user_id) if viewer.user_id is not None else []
    tasks = Task.objects.visible_to(viewer.reach(Capability.ENTER)).filter(pk__in=given) if given else ()
    return [
        _item("tasks.handing", task, None, ("Giao xuống chưa xong", "Not handed down"), ("Xem vì sao", "See why"))
        for task in tasks
    ]


def _asked(tasks: ScopedQuerySet[Task]) -> ScopedQuerySet[Explanation]:
    rows = Explanation.objects.everywhere(because=_WHY).exclude(enough=True)
    return rows.filter(task_id__in=tasks.filter(finished_on__isnull=True, cancelled_on__isnull=True).values("pk"))


def _those(found: dict[int, object] | dict[int, DeadlineChange] | dict[int, Explanation]) -> list[Task]:
    if not found:
        return []
    tasks = {task.pk: task for task in Task.objects.everywhere(because=_WHY).filter(pk__in=list(found))}
    return [tasks[task_id] for task_id in found if task_id in tasks]


def _item(
    kind: str,
    task: Task,
    due_on: date | None,
    verb: tuple[str, str],
    act: tuple[str, str],
    *,
    about: int | None = None,
    route: str = "task",
    step: OneStep | None = None,
) -> DueItem:
    what = Said(f"{verb[0]}: {task.title}", f"{verb[1]}: {task.title}")
    return DueItem(kind, about or task.pk, task.unit_id, what, due_on, route, (task.pk,), Said(*act), step)
