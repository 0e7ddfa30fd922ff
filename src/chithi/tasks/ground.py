"""What every act upon tasks begins and ends with: the task found within reach, whose it is to do, journal and marks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.following.kinds import Event, Followed
from chithi.following.models import Progress
from chithi.following.rules import is_suspended, rests_ahead
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.queries import MOST_ID
from chithi.tasks.heading import directs
from chithi.tasks.helping import helped_by_units, helped_in_person, person_and_posts
from chithi.tasks.kinds import Act
from chithi.tasks.models import DeadlineChange, Explanation, Holding, Task
from chithi.tasks.rules import Party, Standing, why_not

_WHY = "a task that somebody owns or helps with, wherever it lies"
_OF = "what belongs to a task found in reach"


def held_by(viewer: Viewer) -> Q | None:
    """The condition of tasks whose owner the viewer is, by a post held today or in person; None for nobody."""
    person, posts = person_and_posts(viewer)
    return None if person is None else Q(owner_person_id=person) | Q(owner_post_id__in=posts)


def readable_task(viewer: Viewer, task_id: int) -> Task:
    """A task in reading reach, one's own, one that a unit in reach or the viewer helps with; `Absent` else.

    Up to eight queries.
    """
    if not 0 < task_id <= MOST_ID:
        raise Absent("tasks.no_task", task=task_id)
    found = Task.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=task_id).first()
    if found is not None:
        return found
    mine = held_by(viewer)
    helped = (helped_by_units(viewer, Capability.READ), helped_in_person(viewer))
    condition = mine if mine is not None else Q(pk__in=[])
    if any(rows.filter(task_id=task_id).exists() for rows in helped):
        condition |= Q(pk=task_id)
    found = Task.objects.everywhere(because=_WHY).filter(condition, pk=task_id).first()
    if found is None:
        raise Absent("tasks.no_task", task=task_id)
    return found


def task_of_key(viewer: Viewer, key: UUID) -> Task | None:
    """The task that was sent with a key, None where there is none; `Absent` where it may not be seen."""
    sent = Task.objects.everywhere(because=_WHY).filter(key=key).first()
    return None if sent is None else readable_task(viewer, sent.pk)


def party_of(viewer: Viewer, task: Task) -> Party:
    """What the viewer is to a task. Four queries; a few more where they neither enter nor confirm for the giver."""
    mine = held_by(viewer)
    owns = mine is not None and Task.objects.everywhere(because=_WHY).filter(mine, pk=task.pk).exists()
    sides = {task.unit_id, task.assigned_by_id}
    enters = _inside(viewer, sides, Capability.ENTER)
    confirms = _inside(viewer, sides, Capability.CONFIRM)
    given = task.assigned_by_id
    heads = not {given} <= enters & confirms and directs(viewer, given)
    return Party(
        does=owns or task.unit_id in enters,
        words=given in enters or heads,
        decides=(given in confirms or heads) and not owns,
        is_owner=owns,
        user_id=viewer.user_id,
    )


def standing_of(task: Task, today: date) -> Standing:
    """How far a task has come. Two queries."""
    asked = DeadlineChange.objects.everywhere(because=_OF).filter(task_id=task.pk, agreed__isnull=True)
    why = open_explanation(task.pk)
    return Standing(
        finished_on=task.finished_on,
        finished_by_id=task.finished_by_id,
        accepted_on=task.accepted_on,
        cancelled_on=task.cancelled_on,
        suspended=is_suspended(task.facts(), today) or rests_ahead(task.facts(), today),
        asked_day=asked.exists(),
        explained=None if why is None else why.answered_on is not None,
    )


def open_explanation(task_id: int) -> Explanation | None:
    """The explanation that was asked for and not yet found good enough. One query."""
    rows = Explanation.objects.everywhere(because=_OF).filter(task_id=task_id)
    return rows.exclude(enough=True).order_by("-pk").first() or None


def to_do(by: Viewer, task_id: int, act: Act, seen_version: int | None) -> Task:
    """The task for an act, once it is the doer's to do and there is something to do; held to the transaction's end.

    `Absent` for whoever has nothing to do with it, `Stale` where it changed since it was seen, `Refused` else. What
    points to the task (a task put below it) may be written meanwhile: its id stays.
    """
    readable_task(by, task_id)
    held = Task.objects.everywhere(because=_OF).select_for_update(no_key=True).get(pk=task_id)
    return allowed(by, held, act, seen_version)


def allowed(by: Viewer, task: Task, act: Act, seen_version: int | None = None) -> Task:
    """The same for a task in hand, which nobody is kept from changing meanwhile."""
    task_id = task.pk
    party = party_of(by, task)
    if not party.is_any:
        raise Absent("tasks.no_task", task=task_id)
    if seen_version is not None and task.version != seen_version:
        raise Stale("db.stale", kind="task")
    if problem := why_not(act, party, standing_of(task, by.today)):
        raise problem
    return task


def say(task: Task, event: Event, reason: str, *, on: date, by_id: int | None) -> None:
    """Keep among the words on a task what was done with it on a day, and why."""
    Progress.objects.create(
        unit_id=task.unit_id, kind=Followed.TASK, about_id=task.pk, event=event.value, on=on, note=reason,
        by_id=by_id,
    )  # fmt: skip


def must_be_open(unit_id: int, day: date) -> None:
    """Whether a unit found in reach can have a task from a day on."""
    unit = Unit.objects.everywhere(because="a unit just found in reach").get(pk=unit_id)
    if unit.closed_on is not None:
        raise Refused("org.already_closed", field="unit", unit=unit.code, day=unit.closed_on)
    states = UnitState.objects.everywhere(because="a unit just found in reach")
    if not states.filter(valid_on(day), unit_id=unit_id).exists():
        raise Refused("org.not_open_then", field="unit", unit=unit.code, day=day)


def note(verb: str, by: Viewer | None, task: Task, *, first: date | None = None, **facts: Any) -> None:
    """Write the journal, without words or names, and mark every unit that held the task from a day on."""
    behalf = by.acting_from(task.unit_id) if by is not None else {}
    record(verb, by=by, unit_id=task.unit_id, about=task, **behalf, **facts)
    if first is not None:
        held = Holding.objects.everywhere(because=_OF).filter(task_id=task.pk)
        mark({task.unit_id, *held.values_list("unit_id", flat=True)}, first=first)


def _inside(viewer: Viewer, unit_ids: set[int], capability: Capability) -> set[int]:
    units = Unit.objects.visible_to(viewer.reach(capability)).filter(pk__in=unit_ids)
    return set(units.values_list("pk", flat=True))
