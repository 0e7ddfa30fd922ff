"""Making a year out of a calendar's lines: tasks and reminders, each once; saying that a reminder is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.queries import MOST_ID
from chithi.routine.kinds import Makes, Standing
from chithi.routine.models import Line, Turn
from chithi.routine.queries import Planned, must_read, planned, posts_in
from chithi.routine.rules import why_not_year
from chithi.tasks.actions import Said, assign
from chithi.tasks.directing import named


@dataclass(frozen=True)
class Made:
    """How much a making added."""

    tasks: int
    reminders: int


def make(*, by: Viewer, unit_id: int, year: int, wanted: Collection[str], post: int | None = None) -> Made:
    """Make what is ticked (`Planned.code`) and not there yet, all or nothing; repeating it adds nothing.

    `post` owns the tasks whose line names nobody. Days that have passed are not made any more.
    """
    must_read(by, unit_id, Capability.ENTER)
    if problem := why_not_year(year, by.today):
        raise problem
    with only_one(f"routine:{unit_id}"):
        chosen = [one for one in planned(by, unit_id, year) if one.code in set(wanted)]
        if not chosen:
            raise Refused("routine.nothing_chosen")
        ready = [one for one in chosen if one.standing in (Standing.READY, Standing.NOBODY)]
        _must_be_owned(by, unit_id, ready, post)
        readable = named(by, [one.line.directive_id for one in ready if one.line.directive_id])
        tasks = sum(_made(by, one, post, set(readable)) for one in ready)
        counts = {"year": year, "tasks": tasks, "reminders": len(ready) - tasks}
        record("routine.year_made", by=by, unit_id=unit_id, about=None, **(counts | by.acting_from(unit_id)))
        return Made(tasks, len(ready) - tasks)


def _must_be_owned(by: Viewer, unit_id: int, ready: list[Planned], post: int | None) -> None:
    if not any(one.standing is Standing.NOBODY for one in ready):
        return
    if post is None:
        raise Refused("routine.no_owner", field="post")
    if post not in dict(posts_in(by, unit_id)):
        raise Refused("routine.owner_elsewhere", field="post")


def _made(by: Viewer, one: Planned, post: int | None, readable: set[int]) -> bool:
    """One turn; whether it became a task. A directive that may not be read any more is left out."""
    line, task = one.line, None
    if line.makes == Makes.TASK:
        said = Said(
            title=line.title, since=one.since, due_on=one.due_on, product=line.product,
            post=post if one.standing is Standing.NOBODY else line.owner_post_id,
            directive=line.directive_id if line.directive_id in readable else None,
        )  # fmt: skip
        key = uuid5(line.key, one.slot)
        task = assign(by=by, unit_id=line.unit_id, said=said, assigned_by=line.unit_id, key=key)
    turn = Turn.objects.create(
        unit_id=line.unit_id, line=line, slot=one.slot, due_on=one.due_on, task=task, by_id=by.user_id
    )
    turn.must_lie_inside(by.reach(Capability.ENTER))
    return task is not None


@transaction.atomic
def finish_reminder(*, by: Viewer, turn_id: int, seen_version: int) -> Turn:
    """A reminder was heard: it is done today."""
    turn = _reminder(by, turn_id, seen_version)
    if turn.done_on is not None:
        raise Refused("routine.done_already", day=turn.done_on)
    turn.done_on = by.today
    turn.save()
    record("routine.reminder_done", by=by, unit_id=turn.unit_id, about=turn, **by.acting_from(turn.unit_id))
    return turn


@transaction.atomic
def reopen_reminder(*, by: Viewer, turn_id: int, seen_version: int) -> Turn:
    """A reminder that was said to be done is not."""
    turn = _reminder(by, turn_id, seen_version)
    turn.done_on = None
    turn.save()
    record("routine.reminder_reopened", by=by, unit_id=turn.unit_id, about=turn, **by.acting_from(turn.unit_id))
    return turn


def _reminder(by: Viewer, turn_id: int, seen_version: int) -> Turn:
    rows = Turn.objects.visible_to(by.reach(Capability.ENTER)).filter(task_id__isnull=True)
    turn = rows.filter(pk=turn_id).first() if 0 < turn_id <= MOST_ID else None
    if turn is None:
        raise Absent("routine.no_line", turn=turn_id)
    if turn.version != seen_version:
        raise Stale("db.stale", kind="turn")
    return turn


def titles(viewer: Viewer, turns: Collection[Turn]) -> dict[int, Line]:
    """The lines of these turns that lie in reach, by id. One query."""
    rows = Line.objects.visible_to(viewer.reach(Capability.READ)).filter(pk__in={turn.line_id for turn in turns})
    return {row.pk: row for row in rows}
