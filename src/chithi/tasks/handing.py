"""A task handed down to the units below, and taken back: at once, or, for more than `AT_ONCE` units, by the worker.

What the worker has in hand, or failed at, is told on the task's page and in My work of whoever asked: what was asked
for is kept as its work (`chithi.jobs`), until it is done, asked for again or let be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from chithi.access.viewers import doer
from chithi.core.errors import Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Viewer
from chithi.jobs.actions import ask
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.running import Asked, Deed, Write
from chithi.tasks.giving import GIVING, TakenBack, give, must_fit, prepared, take_back_now, task_of_giver, task_to_hand
from chithi.tasks.receivers import To

AT_ONCE = 200
"""So many units are done while one waits; more are left to the worker."""


@dataclass(frozen=True)
class Handed:
    """What became of it: how many units have the task now, or `later` how many the worker will give it to."""

    now: int = 0
    later: int = 0


@dataclass(frozen=True)
class UnderWay:
    """What the worker was asked last to do with a task: hand it down, or (`back`) take that back.

    `count`: to how many units. `problem`: why the last try failed, a code; `again_at`: when it is tried next;
    `failed`: it is given up.
    """

    back: bool
    count: int
    failed: bool
    problem: str
    again_at: datetime


@transaction.atomic
def hand_down(*, by: Viewer, task_id: int, to: To, due_on: date, key: UUID) -> Handed:
    """Give the units below a task each: at once, or by the worker. The same key is one act."""
    plan = prepared(by, task_id, to)
    must_fit(by, plan.task, due_on)
    if _jobs(task_id).filter(deed=TAKE_BACK.name, key=_key(task_id, key)).exists():
        raise Refused("tasks.handed_back")
    _let_be(task_id)
    if len(plan.ready) > AT_ONCE:
        facts = {"kind": to.kind, "units": list(to.units), "due": due_on.isoformat(), "count": len(plan.ready)}
        _ask(HAND_DOWN, by, task_id, key, facts)
        return Handed(later=len(plan.ready))
    done = give(by, plan, due_on, key)
    if not done:
        raise Refused("tasks.handed_back" if plan.ready else "tasks.nobody_below")
    return Handed(now=done)


@transaction.atomic
def take_back(*, by: Viewer, task_id: int, key: UUID) -> TakenBack | None:
    """Cancel what an act handed down and nobody has begun since; None where the worker does so, as it handed down."""
    task = task_to_hand(by, task_id)
    if not _jobs(task_id).filter(deed=HAND_DOWN.name, key=_key(task_id, key)).exists():
        return take_back_now(by, task, key)
    _let_be(task_id)
    _ask(TAKE_BACK, by, task_id, key, {})
    return None


@transaction.atomic
def try_again(*, by: Viewer, task_id: int) -> None:
    """Have the worker do once more what it gave up, for whoever asks now."""
    task_to_hand(by, task_id)
    failed = _jobs(task_id).filter(state=JobState.FAILED).order_by("-pk").first()
    if failed is None:
        raise Refused("jobs.not_failed")
    _let_be(task_id)
    facts = {name: value for name, value in failed.facts.items() if name not in ("task", "user", "key")}
    _ask(_DEEDS[failed.deed], by, task_id, UUID(failed.facts["key"]), facts)


@transaction.atomic
def let_be(*, by: Viewer, task_id: int) -> None:
    """Say no more of what the worker gave up; what was not handed down stays so."""
    task_of_giver(by, task_id)
    _let_be(task_id)


def under_way(task_id: int) -> UnderWay | None:
    """What the worker still has to do with a task found in sight, or gave up; None for nothing. One query."""
    job = _jobs(task_id).exclude(state=JobState.DONE).order_by("-pk").first()
    if job is None:
        return None
    return UnderWay(
        back=job.deed == TAKE_BACK.name,
        count=job.facts.get("count", 0),
        failed=job.state == JobState.FAILED,
        problem=job.problem,
        again_at=job.due_at,
    )


def given_up(user_id: int) -> list[int]:
    """The tasks that the worker gave up handing down, or taking back, for an account. One query."""
    rows = Job.objects.filter(deed__in=list(_DEEDS), state=JobState.FAILED, facts__user=user_id)
    return list(dict.fromkeys(row.facts["task"] for row in rows.order_by("pk")))


def _hand_down_later(asked: Asked) -> Write:
    by, key, facts = _doer(asked), UUID(asked.facts["key"]), asked.facts
    to, due_on = To(facts["kind"], tuple(facts["units"])), date.fromisoformat(facts["due"])
    plan = prepared(by, facts["task"], to)

    def write() -> None:
        with only_one(GIVING):
            if not Job.objects.filter(deed=TAKE_BACK.name, key=asked.key).exists():  # taken back before it began
                give(by, plan, due_on, key)

    return write


def _take_back_later(asked: Asked) -> Write:
    by, key = _doer(asked), UUID(asked.facts["key"])
    task = task_to_hand(by, asked.facts["task"])
    return lambda: take_back_now(by, task, key)


def _doer(asked: Asked) -> Viewer:
    return doer(asked.facts["user"], "work that was asked for in the interface")


HAND_DOWN = Deed("tasks.hand_down", _hand_down_later, awaited=True)
TAKE_BACK = Deed("tasks.take_back", _take_back_later, awaited=True)
_DEEDS = {deed.name: deed for deed in (HAND_DOWN, TAKE_BACK)}


def _ask(deed: Deed, by: Viewer, task_id: int, key: UUID, facts: dict[str, Any]) -> None:
    ask(deed.name, _key(task_id, key), {**facts, "task": task_id, "user": by.user_id or 0, "key": str(key)})


def _key(task_id: int, key: UUID) -> str:
    return f"{task_id}:{key}"


def _jobs(task_id: int) -> QuerySet[Job]:
    return Job.objects.filter(deed__in=list(_DEEDS), key__startswith=f"{task_id}:")


def _let_be(task_id: int) -> None:
    _jobs(task_id).filter(state=JobState.FAILED).delete()
