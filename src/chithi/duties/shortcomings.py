"""Shortcomings of units: written down, remedied by tasks, found again, withdrawn where written by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.duties import rules
from chithi.duties.kinds import SHORT, Found, Remedy
from chithi.duties.models import DutyAnswer, DutyReport, Recurrence, Shortcoming
from chithi.duties.reading import shortcoming_within
from chithi.duties.rules import Given
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.models import Closing, Unit, valid_on
from chithi.org.queries import MOST_ID, in_reach
from chithi.tasks.actions import Said as TaskSaid
from chithi.tasks.actions import assign
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Task
from chithi.tasks.origins import From, given_for
from chithi.text.vietnamese import clean

_OF = "what belongs to a shortcoming found in reach"


@dataclass(frozen=True)
class Worded:
    """What is said of a shortcoming; `source` names the session or the conclusion."""

    wording: str
    found: Found
    found_on: date
    source: str = ""
    cause: str = ""


@transaction.atomic
def register(
    *, by: Viewer, unit_id: int, said: Worded, answer_id: int | None = None, key: UUID | None = None
) -> Shortcoming:
    """Write down a shortcoming of a unit in the ENTER reach; `answer_id`: the answer about a duty it came out of."""
    if not in_reach(by, unit_id, Capability.ENTER):
        raise Absent("org.no_unit", field="unit", unit=unit_id)
    if key is not None:
        sent = Shortcoming.objects.visible_to(by.reach(Capability.ENTER)).filter(key=key).first()
        if sent is not None:
            return sent
    if answer_id is not None:
        answer_short(by, unit_id, answer_id)
    row = Shortcoming(unit_id=unit_id, answer_id=answer_id, by_id=by.user_id)
    if key is not None:
        row.key = key
    _word(row, said, by.today)
    _store(row)
    row.must_lie_inside(by.reach(Capability.ENTER))
    _note("shortcomings.registered", by, row)
    return row


@transaction.atomic
def change(*, by: Viewer, shortcoming_id: int, seen_version: int, said: Worded) -> Shortcoming:
    """Word it anew, as long as nobody was given a task out of it."""
    row = _to_write(by, shortcoming_id, seen_version)
    if given_for(Origin.SHORTCOMING, [row.pk]):
        raise Refused("shortcomings.has_tasks")
    before = row.found_on
    _word(row, said, by.today)
    row.save()
    _note("shortcomings.changed", by, row, first=before)
    return row


@transaction.atomic
def withdraw(*, by: Viewer, shortcoming_id: int, seen_version: int, reason: str) -> Shortcoming:
    """It was written down by mistake; no task may be out for it."""
    row = _to_write(by, shortcoming_id, seen_version)
    if any(task.cancelled_on is None for task in given_for(Origin.SHORTCOMING, [row.pk]).get(row.pk, ())):
        raise Refused("shortcomings.has_tasks")
    row.withdrawn_on, row.withdrawn_why = by.today, _said(reason, 300)
    row.save()
    _note("shortcomings.withdrawn", by, row)
    return row


@transaction.atomic
def put_back(*, by: Viewer, shortcoming_id: int, seen_version: int) -> Shortcoming:
    """The opposite of withdrawing."""
    row = shortcoming_within(by, shortcoming_id, Capability.ENTER)
    if row.version != seen_version:
        raise Stale("db.stale", kind="shortcoming")
    row.withdrawn_on, row.withdrawn_why = None, ""
    _store(row)
    _note("shortcomings.put_back", by, row)
    return row


@transaction.atomic
def found_again(*, by: Viewer, shortcoming_id: int, seen_version: int, on: date, reason: str) -> Recurrence:
    """What was remedied was found again: it needs another task. Said by the unit, or by a level above."""
    row = _to_write(by, shortcoming_id, seen_version)
    if standing(row, by.today) is not Remedy.REMEDIED:
        raise Refused("shortcomings.not_remedied")
    if on > by.today or on < row.found_on:
        raise Refused("shortcomings.found_again_when", field="on", low=row.found_on, high=by.today)
    newest = Task.objects.everywhere(because=_OF).filter(origin_kind=Origin.SHORTCOMING.value, origin_id=row.pk)
    after = newest.aggregate(most=Max("pk"))["most"] or 0
    made = Recurrence.objects.create(
        unit_id=row.unit_id, shortcoming=row, on=on, reason=_said(reason, 500), after_id=after, by_id=by.user_id
    )
    row.save()
    _note("shortcomings.found_again", by, row, first=on)
    return made


@transaction.atomic
def give_task(*, by: Viewer, shortcoming_id: int, said: TaskSaid, key: UUID | None = None) -> Task:
    """Give a task out of a shortcoming to the unit whose it is; to its heir where it closed."""
    row = shortcoming_within(by, shortcoming_id, Capability.ENTER)
    unit_id = holder(row.unit_id, by.today)
    sent = Task.objects.everywhere(because=_OF).filter(key=key).exists() if key is not None else False
    if not sent and (problem := rules.why_not_task(standing(row, by.today), said.since, by.today)):
        raise problem
    task = assign(by=by, unit_id=unit_id, said=said, key=key, origin=From(Origin.SHORTCOMING, row.pk))
    if not sent:
        _note("shortcomings.task_given", by, row, first=said.since)
    return task


def standing(row: Shortcoming, today: date) -> Remedy:
    """How one shortcoming stands. Two queries."""
    again = Recurrence.objects.everywhere(because=_OF).filter(shortcoming_id=row.pk)
    tasks = given_for(Origin.SHORTCOMING, [row.pk]).get(row.pk, [])
    given = [Given(task.pk, task.accepted_on, task.cancelled_on) for task in tasks]
    return rules.remedy(given, list(again.values_list("after_id", flat=True)), row.withdrawn_on is not None, today)


def holder(unit_id: int, today: date) -> int:
    """The unit itself, or the one that is its heir today."""
    seen: set[int] = set()
    closings = Closing.objects.everywhere(because="whose a shortcoming found in reach is today")
    while unit_id not in seen:
        seen.add(unit_id)
        heir = closings.filter(valid_on(today), unit_id=unit_id).values_list("heir_id", flat=True).first()
        unit_id = heir or unit_id
    return unit_id


def answer_short(by: Viewer, unit_id: int, answer_id: int) -> DutyAnswer:
    """A submitted answer of a unit that says a duty was done partly or not; `Absent` else."""
    rows = DutyAnswer.objects.visible_to(by.reach(Capability.ENTER)).filter(
        unit_id=unit_id, answer__in=[one.value for one in SHORT]
    )
    found = rows.filter(pk=answer_id if 0 < answer_id <= MOST_ID else 0).first()
    if found is None:
        raise Absent("duties.no_answer")
    reports = DutyReport.objects.everywhere(because=_OF)
    if not reports.filter(pk=found.report_id, submitted_on__isnull=False).exists():
        raise Absent("duties.no_answer")
    return found


def _to_write(by: Viewer, shortcoming_id: int, seen_version: int) -> Shortcoming:
    row = shortcoming_within(by, shortcoming_id, Capability.ENTER)
    if row.version != seen_version:
        raise Stale("db.stale", kind="shortcoming")
    if row.withdrawn_on is not None:
        raise Refused("shortcomings.withdrawn")
    return row


def _word(row: Shortcoming, said: Worded, today: date) -> None:
    wording = clean(said.wording).strip()[:500]
    if problem := rules.why_not_shortcoming(wording, said.found_on, today):
        raise problem
    opened = Unit.objects.everywhere(because="a unit just found in reach").get(pk=row.unit_id).opened_on
    if said.found_on < opened:
        raise Refused("shortcomings.before_the_unit", field="found_on", day=opened)
    row.wording, row.found, row.found_on = wording, said.found.value, said.found_on
    row.source, row.cause = clean(said.source).strip()[:300], clean(said.cause).strip()[:500]


def _store(row: Shortcoming) -> None:
    """Save it; one answer leads to one shortcoming at a time."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise Refused("shortcomings.there_already") from problem


def _said(text: str, most: int) -> str:
    said = clean(text).strip()[:most]
    if not said:
        raise Refused("duties.no_reason", field="reason")
    return said


def _note(verb: str, by: Viewer, row: Shortcoming, *, first: date | None = None) -> None:
    record(verb, by=by, unit_id=row.unit_id, about=row, **by.acting_from(row.unit_id))
    mark({row.unit_id}, first=row.found_on if first is None else min(first, row.found_on))
