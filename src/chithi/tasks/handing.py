"""A task handed down: one of each unit below, in one transaction, owned by the post that leads the unit.

Doing it twice does it once: a unit that carries the task on already is passed by, and an act's tasks bear keys that
follow from the act and the unit. More than `AT_ONCE` units are left to the worker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Q

from chithi.access.viewers import doer
from chithi.core.errors import Absent, Refused
from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.following.rules import month_number, turns, why_not_dates
from chithi.freshness.actions import mark
from chithi.jobs.actions import ask
from chithi.jobs.kinds import OPEN
from chithi.jobs.models import Job
from chithi.jobs.running import Asked, Deed, Write
from chithi.journal.actions import record, record_all
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import Post, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import in_reach
from chithi.tasks.ground import readable_task
from chithi.tasks.kinds import Passed
from chithi.tasks.models import Holding, Task
from chithi.tasks.plan_rules import EVERY, leads
from chithi.text.vietnamese import fold

AT_ONCE = 200
"""So many units are done while one waits; more are left to the worker."""
NEXT = "next"
KINDS: dict[str, Q] = {
    NEXT: Q(),
    Expected.GRASSROOTS.value: Q(is_grassroots=True),
    Expected.CELLS.value: Q(is_cell=True),
    Expected.DISTRICTS.value: Q(kind=UnitKind.DISTRICT.value),
    Expected.MASS_ORGANISATIONS.value: Q(kind=UnitKind.MASS_ORGANISATION.value),
}
"""To whom: `NEXT` all directly below, else all below of a kind."""
_WHY = "units below one that the doer enters for, and what they carry on already"


@dataclass(frozen=True)
class To:
    """To whom: all of a kind (`KINDS`), or these `units` where any are named."""

    kind: str = ""
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """Who would be given the task, as (unit, post), and who would not, and why; both in the order of the tree."""

    task: Task
    ready: tuple[tuple[int, int], ...]
    passed: tuple[tuple[int, Passed], ...]


@dataclass(frozen=True)
class Handed:
    """What became of it: how many units have the task now, or `later` how many the worker will give it to."""

    now: int = 0
    later: int = 0


def task_to_hand(viewer: Viewer, task_id: int) -> Task:
    """A running task of a unit that the viewer enters for; `Absent` or `Refused` else."""
    task = readable_task(viewer, task_id)
    if not in_reach(viewer, task.unit_id, Capability.ENTER):
        raise Absent("tasks.no_task", task=task_id)
    if task.cancelled_on is not None:
        raise Refused("tasks.cancelled", day=task.cancelled_on)
    if task.finished_on is not None:
        raise Refused("tasks.finished", day=task.finished_on)
    return task


def prepared(viewer: Viewer, task_id: int, to: To) -> Prepared:
    """Who would be given a task. About eight queries, however many units."""
    task = task_to_hand(viewer, task_id)
    units = _units(viewer, task, to)
    heads = _heads(units, viewer.today)
    have = set(_below(task).filter(unit_id__in=among(units)).values_list("unit_id", flat=True))
    ready = tuple((unit, heads[unit]) for unit in units if unit in heads and unit not in have)
    why = ((unit, Passed.HAS_IT if unit in have else Passed.NO_HEAD) for unit in units)
    return Prepared(task, ready, tuple(pair for pair in why if pair[0] in have or pair[0] not in heads))


@transaction.atomic
def hand_down(*, by: Viewer, task_id: int, to: To, due_on: date, key: UUID) -> Handed:
    """Give the units below a task each: at once, or (more than `AT_ONCE`) by the worker. The same key is one act."""
    plan = prepared(by, task_id, to)
    if problem := why_not_dates(by.today, due_on):
        raise problem
    if due_on > plan.task.due_on:
        raise Refused("tasks.later_than_above", field="due_on", day=plan.task.due_on)
    if len(plan.ready) > AT_ONCE:
        facts = {"task": task_id, "user": by.user_id or 0, "kind": to.kind, "units": list(to.units)}
        ask(HAND_DOWN.name, f"{task_id}:{key}", {**facts, "due": due_on.isoformat(), "key": str(key)})
        return Handed(later=len(plan.ready))
    done = len(_of_act(plan.task, key))
    if not plan.ready and not done:
        raise Refused("tasks.nobody_below")
    return Handed(now=done + _give(by, plan, due_on, key))


@transaction.atomic
def take_back(*, by: Viewer, task_id: int, key: UUID) -> int:
    """Cancel what an act handed down and nobody has touched since; how many those were."""
    task = task_to_hand(by, task_id)
    ids = [one.pk for one in _of_act(task, key) if one.version == 1 and one.finished_on is None]
    rows = _tasks().filter(pk__in=among(ids))
    rows.update(cancelled_on=by.today, cancel_reason="Giao nhầm, đã thu lại", version=F("version") + 1)
    record_all("tasks.cancelled", ((one.unit_id, one) for one in _tasks().filter(pk__in=among(ids))), by=by)
    mark(set(_tasks().filter(pk__in=among(ids)).values_list("unit_id", flat=True)), first=by.today)
    return len(ids)


def _hand_down_later(asked: Asked) -> Write | None:
    facts = asked.facts
    by = doer(facts["user"], "work that was asked for in the interface")
    to, key = To(facts["kind"], tuple(facts["units"])), UUID(facts["key"])
    plan = prepared(by, facts["task"], to)
    due_on = date.fromisoformat(facts["due"])
    return lambda: _give(by, plan, due_on, key)


HAND_DOWN = Deed("tasks.hand_down", _hand_down_later, awaited=True)


def is_handing(task_id: int) -> bool:
    """Whether the worker still has to hand a task down. One query."""
    return Job.objects.filter(deed=HAND_DOWN.name, key__startswith=f"{task_id}:", state__in=OPEN).exists()


def _give(by: Viewer, plan: Prepared, due_on: date, key: UUID) -> int:
    """Store the tasks of those who have none yet: a few statements."""
    with only_one("tasks:handing"):
        units = [unit for unit, _post in plan.ready]
        have = set(_below(plan.task).filter(unit_id__in=among(units)).values_list("unit_id", flat=True))
        rows = [_row(by, plan.task, unit, post, due_on, key) for unit, post in plan.ready if unit not in have]
        if rows:
            Task.objects.bulk_create(rows, batch_size=500)
            Holding.objects.bulk_create(
                (Holding(unit_id=one.unit_id, task_id=one.pk, since=one.since) for one in rows), batch_size=500
            )
            record("tasks.handed_down", by=by, unit_id=plan.task.unit_id, about=plan.task, count=len(rows))
            record_all("tasks.received", ((one.unit_id, one) for one in rows), by=by)
            mark({one.unit_id for one in rows}, first=rows[0].since)
    return len(rows)


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


def _units(viewer: Viewer, task: Task, to: To) -> list[int]:
    """Units open today that stand below the task's, in the order of the tree."""
    if not to.units and to.kind not in KINDS:
        return []
    tree = reach_tree(viewer.today)
    at = tree.find(task.unit_id)
    if at is None:
        return []
    shape = tree.shape
    low, high = at + 1, int(shape.hi[at])
    if to.units:
        places = sorted(place for unit in to.units if (place := tree.find(unit)) is not None and low <= place < high)
        if len(places) < len(set(to.units)):
            raise Absent("org.no_unit", field="units")
    elif to.kind == NEXT:
        places = [int(one) for one in shape.children(at)]
    else:
        states = UnitState.objects.visible_to(tree.reach_of([task.unit_id])).filter(valid_on(viewer.today))
        found = tree.find_all(states.filter(KINDS[to.kind]).values_list("unit_id", flat=True))
        places = sorted(place for place in found.values() if low <= place < high)
    return [int(shape.unit_ids[place]) for place in places if shape.present[place]]


def _heads(units: Collection[int], day: date) -> dict[int, int]:
    """Of these units, the post that leads each: the head, else whoever is secretary (`plan_rules.leads`)."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=among(units))
    found: dict[int, int] = {}
    rows: Iterable[tuple[int, int, bool, str]] = posts.order_by("-is_head", "pk").values_list(
        "unit_id", "pk", "is_head", "title"
    )
    for unit, post, is_head, title in rows:
        if leads(is_head, fold(title)):
            found.setdefault(unit, post)
    return found


def _tasks() -> ScopedQuerySet[Task]:
    return Task.objects.everywhere(because=_WHY)


def _below(task: Task) -> ScopedQuerySet[Task]:
    return _tasks().filter(parent_id=task.pk, cancelled_on__isnull=True)


def _of_act(task: Task, key: UUID) -> list[Task]:
    """What an act has stored: its tasks bear keys that follow from it."""
    return [one for one in _below(task) if one.key == uuid5(key, str(one.unit_id))]
