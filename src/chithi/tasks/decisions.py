"""What the assigning side decides about a task, and what is asked of it: days, rests, explanations, the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from chithi.core.errors import Refused, Stale
from chithi.db.viewer import Viewer
from chithi.following.kinds import Event, Followed
from chithi.following.models import Progress
from chithi.following.rules import rests_ahead, why_not_dates
from chithi.tasks import rules
from chithi.tasks.ground import (
    allowed,
    must_be_open,
    note,
    open_explanation,
    party_of,
    readable_task,
    say,
    standing_of,
    to_do,
)
from chithi.tasks.kinds import Act
from chithi.tasks.models import DeadlineChange, Explanation, Suspension, Task
from chithi.text.vietnamese import clean

_OF = "what belongs to a task found in reach"


@dataclass(frozen=True)
class Rest:
    """A suspension to be: from a day on, until another that no longer counts (None: until it goes on)."""

    since: date
    until: date | None
    reason: str


@transaction.atomic
def accept(*, by: Viewer, task_id: int, seen_version: int) -> Task:
    """Find what was reported as finished good: by somebody else than the owner and than whoever reported it."""
    task = to_do(by, task_id, Act.ACCEPT, seen_version)
    task.accepted_on, task.accepted_by_id = by.today, by.user_id
    task.save()
    note("tasks.accepted", by, task, first=by.today if task.origin_id else None)
    return task


@transaction.atomic
def reopen(*, by: Viewer, task_id: int, seen_version: int, reason: str) -> Task:
    """Give a finished task back: it is open again, and what was reported stays in its history."""
    task = to_do(by, task_id, Act.REOPEN, seen_version)
    why, before = _reason(reason), task.finished_on
    task.finished_on = task.finished_by_id = task.told_on = task.accepted_on = task.accepted_by_id = None
    if task.share == 100:
        task.share = None
    task.save()
    say(task, Event.REOPENED, why, on=by.today, by_id=by.user_id)
    note("tasks.reopened", by, task, first=before)
    return task


@transaction.atomic
def cancel(*, by: Viewer, task_id: int, seen_version: int, reason: str) -> Task:
    """The work is not wanted any more, from today on."""
    task = to_do(by, task_id, Act.CANCEL, seen_version)
    task.cancelled_on, task.cancel_reason = by.today, _reason(reason)
    task.save()
    say(task, Event.CANCELLED, task.cancel_reason, on=by.today, by_id=by.user_id)
    note("tasks.cancelled", by, task, first=by.today)
    return task


@transaction.atomic
def put_back(*, by: Viewer, task_id: int, seen_version: int, reason: str) -> Task:
    """A cancelled task is wanted after all: it stands as if it had not been cancelled, on the day it had.

    Both reasons stay among its words. `Refused` where its unit closed meanwhile: it passed to no heir.
    """
    task = to_do(by, task_id, Act.PUT_BACK, seen_version)
    must_be_open(task.unit_id, by.today)
    why, before = _reason(reason), task.cancelled_on or by.today
    said = Progress.objects.everywhere(because=_OF).filter(kind=Followed.TASK, about_id=task.pk, on=before)
    if not said.filter(event=Event.CANCELLED).exists():  # taken back by the worker, or before such words were kept
        say(task, Event.CANCELLED, task.cancel_reason, on=before, by_id=None)
    task.cancelled_on, task.cancel_reason = None, ""
    task.save()
    say(task, Event.PUT_BACK, why, on=by.today, by_id=by.user_id)
    note("tasks.put_back", by, task, first=before)
    return task


@transaction.atomic
def ask_day(*, by: Viewer, task_id: int, seen_version: int, new: date, reason: str) -> DeadlineChange:
    """The doing side asks for another day."""
    task = to_do(by, task_id, Act.ASK_DAY, seen_version)
    return _asked_day(by, task, new, reason)


@transaction.atomic
def set_day(*, by: Viewer, task_id: int, seen_version: int, new: date, reason: str) -> DeadlineChange:
    """The assigning side gives another day unasked; kept as a change asked for and agreed at once."""
    task = to_do(by, task_id, Act.SET_DAY, seen_version)
    asked = _asked_day(by, task, new, reason)
    _decided(by, asked, task, True, "")
    return asked


@transaction.atomic
def take_day_back(*, by: Viewer, task_id: int, seen_version: int) -> Task:
    """The opposite of `set_day`, by whoever did it: the day is as before and nothing of the change stays."""
    task = to_do(by, task_id, Act.SET_DAY, seen_version)
    given = DeadlineChange.objects.everywhere(because=_OF).filter(task_id=task.pk).order_by("-pk").first()
    own = given is not None and by.user_id is not None and given.asked_by_id == given.decided_by_id == by.user_id
    if given is None or not own or given.new != task.due_on:
        raise Stale("db.stale", kind="deadlinechange")
    task.due_on = given.old
    task.save()
    first = min(given.old, given.new)
    given.delete()
    note("tasks.day_taken_back", by, task, first=first, old=given.old.isoformat(), new=given.new.isoformat())
    return task


@transaction.atomic
def decide_day(*, by: Viewer, task_id: int, seen_version: int, agreed: bool, answer: str = "") -> Task:
    """Agree to the day that was asked for, or not; where not, a reason is due. `seen_version` is the asking's."""
    task = to_do(by, task_id, Act.DECIDE_DAY, None)
    asked = DeadlineChange.objects.everywhere(because=_OF).filter(task_id=task_id, agreed__isnull=True).get()
    if asked.version != seen_version:
        raise Stale("db.stale", kind="deadlinechange")
    said = clean(answer).strip()[:500]
    if not agreed and not said:
        raise Refused("tasks.no_reason", field="answer")
    _decided(by, asked, task, agreed, said)
    return task


@transaction.atomic
def suspend(*, by: Viewer, task_id: int, seen_version: int, rest: Rest) -> Suspension:
    """The work rests; its day stays, unless it is changed as well."""
    task = to_do(by, task_id, Act.SUSPEND, seen_version)
    why = clean(rest.reason).strip()[:500]
    if problem := rules.why_not_rest(rest.since, rest.until, by.today, why):
        raise problem
    made = Suspension.objects.create(
        unit_id=task.unit_id, task=task, since=rest.since, until=rest.until, reason=why, by_id=by.user_id
    )
    task.suspended_from, task.suspended_until = rest.since, rest.until
    task.save()
    note("tasks.suspended", by, task, first=rest.since, on=rest.since.isoformat())
    return made


@transaction.atomic
def resume(*, by: Viewer, task_id: int, seen_version: int) -> Task:
    """The work goes on from today; a rest that has not begun is called off."""
    task = to_do(by, task_id, Act.RESUME, seen_version)
    rows = Suspension.objects.everywhere(because=_OF).filter(task_id=task.pk)
    for row in rows:
        if row.until is None or row.until > by.today:
            row.until = max(by.today, row.since)
            row.save(update_fields=["until"])
    if rests_ahead(task.facts(), by.today):
        task.suspended_from = task.suspended_until = None
    else:
        task.suspended_until = by.today
    task.save()
    note("tasks.resumed", by, task, first=by.today)
    return task


@transaction.atomic
def ask_why(*, by: Viewer, task_id: int, seen_version: int, question: str, due_on: date) -> Explanation:
    """Ask the doing side for an explanation by a day from today on."""
    task = to_do(by, task_id, Act.ASK_WHY, seen_version)
    if problem := why_not_dates(by.today, due_on):
        raise problem
    asked = Explanation.objects.create(
        unit_id=task.unit_id,
        task=task,
        question=_reason(question, "question"),
        asked_on=by.today,
        asked_by_id=by.user_id,
        due_on=due_on,
    )
    note("tasks.why_asked", by, task, due=due_on.isoformat())
    return asked


@transaction.atomic
def answer_why(*, by: Viewer, task_id: int, seen_version: int, answer: str) -> Explanation:
    """Explain. What was not good enough, or nobody has judged yet, may be said anew; `seen_version` is the asking's."""
    asked = _explained(by, task_id, Act.ANSWER_WHY, seen_version)
    said = clean(answer).strip()[:2000]
    if not said:
        raise Refused("tasks.no_answer", field="answer")
    asked.answer, asked.answered_on, asked.answered_by_id = said, by.today, by.user_id
    asked.enough, asked.judged_on, asked.judged_by_id = None, None, None
    asked.save()
    note("tasks.why_answered", by, Task.objects.everywhere(because=_OF).get(pk=task_id))
    return asked


@transaction.atomic
def judge_why(*, by: Viewer, task_id: int, seen_version: int, enough: bool, verdict: str = "") -> Explanation:
    """Say whether an explanation is good enough; where not, it is asked for again, and why."""
    asked = _explained(by, task_id, Act.JUDGE_WHY, seen_version)
    said = clean(verdict).strip()[:500]
    if not enough and not said:
        raise Refused("tasks.no_reason", field="verdict")
    asked.enough, asked.verdict, asked.judged_on, asked.judged_by_id = enough, said, by.today, by.user_id
    if not enough:
        asked.answered_on = None
    asked.save()
    note("tasks.why_judged", by, Task.objects.everywhere(because=_OF).get(pk=task_id), enough=enough)
    return asked


def _asked_day(by: Viewer, task: Task, new: date, reason: str) -> DeadlineChange:
    why = clean(reason).strip()[:500]
    if problem := rules.why_not_new_day(task.due_on, new, task.since, why):
        raise problem
    asked = DeadlineChange.objects.create(
        unit_id=task.unit_id, task=task, old=task.due_on, new=new, reason=why, asked_by_id=by.user_id
    )
    note("tasks.day_asked", by, task, old=task.due_on.isoformat(), new=new.isoformat())
    return asked


def _decided(by: Viewer, asked: DeadlineChange, task: Task, agreed: bool, answer: str) -> None:
    asked.agreed, asked.answer = agreed, answer
    asked.decided_by_id, asked.decided_at = by.user_id, timezone.now()
    asked.save()
    if not agreed:
        note("tasks.day_refused", by, task)
        return
    first = min(task.due_on, asked.new)
    task.due_on = asked.new
    task.save()
    note("tasks.day_changed", by, task, first=first, old=asked.old.isoformat(), new=asked.new.isoformat())


def _explained(by: Viewer, task_id: int, act: Act, seen_version: int) -> Explanation:
    task = to_do(by, task_id, act, None)
    asked = open_explanation(task.pk)
    if asked is None or asked.version != seen_version:
        raise Stale("db.stale", kind="explanation")
    return asked


def _reason(text: str, field: str = "reason") -> str:
    said = clean(text).strip()[:500]
    if not said:
        raise Refused("tasks.no_reason", field=field)
    return said


def may_do(*, by: Viewer, task_id: int, act: Act) -> Task:
    """Whether somebody may begin an act: the task; else `Absent` or `Refused`, as the act itself would answer."""
    return allowed(by, readable_task(by, task_id), act)


def acts_open(viewer: Viewer, task: Task) -> frozenset[Act]:
    """What the viewer may do to a task now. Six queries at most."""
    party, standing = party_of(viewer, task), standing_of(task, viewer.today)
    return frozenset(act for act in Act if rules.why_not(act, party, standing) is None)
