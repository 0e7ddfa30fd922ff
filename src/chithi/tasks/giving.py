"""Storing a task of each unit below one, owned by the post that leads the unit; cancelling them again.

Doing it twice does it once: a unit that carries the task on already is passed by, and an act's tasks bear keys that
follow from the act and the unit. The act itself: `chithi.tasks.handing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db.models import F

from chithi.core.errors import Absent, Refused
from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.following.rules import month_number, turns, why_not_dates
from chithi.freshness.actions import mark
from chithi.journal.actions import record, record_all
from chithi.org.queries import in_reach
from chithi.tasks.ground import readable_task
from chithi.tasks.kinds import Passed
from chithi.tasks.models import Holding, Task
from chithi.tasks.plan_rules import EVERY
from chithi.tasks.receivers import To, heads_of, units_below
from chithi.text.vietnamese import fold

GIVING = "tasks:giving"
"""The lock under which units are given what stands below another task, so that none is given it twice."""
TAKEN_BACK = "Giao nhầm, đã thu lại"
_WHY = "what units below one that the doer enters for carry on already"


@dataclass(frozen=True)
class Prepared:
    """Who would be given the task, as (unit, post), and who would not, and why; both in the order of the tree."""

    task: Task
    ready: tuple[tuple[int, int], ...]
    passed: tuple[tuple[int, Passed], ...]


@dataclass(frozen=True)
class TakenBack:
    """How many tasks were taken back, and how many stay because somebody has begun."""

    now: int
    stay: int


def task_to_hand(viewer: Viewer, task_id: int) -> Task:
    """A running task of a unit that the viewer enters for; `Absent` or `Refused` else."""
    task = task_of_giver(viewer, task_id)
    if task.cancelled_on is not None:
        raise Refused("tasks.cancelled", day=task.cancelled_on)
    if task.finished_on is not None:
        raise Refused("tasks.finished", day=task.finished_on)
    return task


def task_of_giver(viewer: Viewer, task_id: int) -> Task:
    """A task of a unit that the viewer enters for, running or not; `Absent` else."""
    task = readable_task(viewer, task_id)
    if not in_reach(viewer, task.unit_id, Capability.ENTER):
        raise Absent("tasks.no_task", task=task_id)
    return task


def prepared(viewer: Viewer, task_id: int, to: To) -> Prepared:
    """Who would be given a task. About eight queries, however many units."""
    task = task_to_hand(viewer, task_id)
    units = units_below(viewer, task.unit_id, to)
    heads = heads_of(viewer, units)
    have = set(_below(task).filter(cancelled_on__isnull=True).values_list("unit_id", flat=True))
    ready = tuple((unit, heads[unit]) for unit in units if unit in heads and unit not in have)
    why = ((unit, Passed.HAS_IT if unit in have else Passed.NO_HEAD) for unit in units)
    return Prepared(task, ready, tuple(pair for pair in why if pair[0] in have or pair[0] not in heads))


def must_fit(by: Viewer, task: Task, due_on: date) -> None:
    """Raises `Refused` where tasks handed down cannot be due on a day."""
    if problem := why_not_dates(by.today, due_on):
        raise problem
    if due_on > task.due_on:
        raise Refused("tasks.later_than_above", field="due_on", day=task.due_on)


def give(by: Viewer, plan: Prepared, due_on: date, key: UUID) -> int:
    """Store the tasks of those who have none yet; how many units have one out of this act now. A few statements."""
    with only_one(GIVING):
        known = list(_below(plan.task).values_list("unit_id", "key", "cancelled_on"))
        have = {unit for unit, _key, cancelled_on in known if cancelled_on is None}
        sent = {one for _unit, one, _cancelled_on in known}
        rows = [
            _row(by, plan.task, unit, post, due_on, key)
            for unit, post in plan.ready
            if unit not in have and uuid5(key, str(unit)) not in sent
        ]
        if rows:
            Task.objects.bulk_create(rows, batch_size=500)
            Holding.objects.bulk_create(
                (Holding(unit_id=one.unit_id, task_id=one.pk, since=one.since) for one in rows), batch_size=500
            )
            record("tasks.handed_down", by=by, unit_id=plan.task.unit_id, about=plan.task, count=len(rows))
            record_all("tasks.received", ((one.unit_id, one) for one in rows), by=by)
            mark({one.unit_id for one in rows}, first=rows[0].since)
        return len(_of_act(plan.task, key))


def take_back_now(by: Viewer, task: Task, key: UUID) -> TakenBack:
    """Cancel what an act handed down and nobody has touched or handed on since."""
    with only_one(GIVING):
        given = _of_act(task, key)
        handed_on = _handed_on(pk for pk, _version, _finished_on in given)
        free = [pk for pk, version, on in given if version == 1 and on is None and pk not in handed_on]
        rows = _tasks().filter(pk__in=among(free))
        done = rows.filter(version=1).update(cancelled_on=by.today, cancel_reason=TAKEN_BACK, version=F("version") + 1)
        cancelled = list(rows.filter(cancelled_on__isnull=False))
        record_all("tasks.cancelled", ((one.unit_id, one) for one in cancelled), by=by)
        mark({one.unit_id for one in cancelled}, first=by.today)
        return TakenBack(done, len(given) - done)


def _row(by: Viewer, above: Task, unit: int, post: int, due_on: date, key: UUID) -> Task:
    """The task of one unit. It runs from today (where the worker comes after the day, from it) and is judged above."""
    row = Task(
        key=uuid5(key, str(unit)), unit_id=unit, assigned_by_id=above.unit_id, title=above.title,
        folded=fold(above.title)[:300], product=above.product, directive_id=above.directive_id, clause=above.clause,
        owner_post_id=post, parent_id=above.pk, weight=above.weight, since=min(by.today, due_on), due_on=due_on,
        update_every=EVERY, by_id=by.user_id,
    )  # fmt: skip
    row.risk_on, row.miss_on = turns(row.facts())
    row.due_month = month_number(due_on)
    return row


def _tasks() -> ScopedQuerySet[Task]:
    return Task.objects.everywhere(because=_WHY)


def _below(task: Task) -> ScopedQuerySet[Task]:
    return _tasks().filter(parent_id=task.pk)


def _handed_on(task_ids: Iterable[int]) -> set[int | None]:
    """Those of these tasks that another one carries on."""
    rows = _tasks().filter(parent_id__in=among(task_ids), cancelled_on__isnull=True)
    return set(rows.values_list("parent_id", flat=True))


def _of_act(task: Task, key: UUID) -> list[tuple[int, int, date | None]]:
    """What an act has stored and is not cancelled, as (id, version, finished on): its keys follow from the act."""
    rows = _below(task).filter(cancelled_on__isnull=True).order_by("pk")
    known = rows.values_list("pk", "version", "finished_on", "key", "unit_id")
    return [(pk, version, on) for pk, version, on, own, unit in known if own == uuid5(key, str(unit))]
