"""What tasks yield to count. Every declaration is found by `chithi.indicators.registry`.

Counted are the days a unit held a task (`Holding`), so that a figure of the time before a merger stays where it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Counting, Recorded
from chithi.org.models import valid_on
from chithi.tasks.models import Holding, Suspension, Task

_WHY = "which tasks are held, inside whatever scope is set on the holdings"


def _tasks() -> ScopedQuerySet[Any]:
    return Task.objects.everywhere(because=_WHY).filter(pk=OuterRef("task_id"))


def _open_on(day: date) -> Q:
    """Begun, neither finished nor cancelled by the end of the day."""
    return (
        Q(since__lte=day)
        & (Q(finished_on__isnull=True) | Q(finished_on__gt=day))
        & (Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day))
    )


def _in_force(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Tasks that run at the end of the span, those at rest too."""
    return Holding.objects.filter(valid_on(last), Exists(_tasks().filter(_open_on(last))))


def _overdue(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Of those, the ones whose day had passed and that were not at rest."""
    resting = Suspension.objects.everywhere(because=_WHY).filter(valid_on(last), task_id=OuterRef("task_id"))
    late = _tasks().filter(_open_on(last), due_on__lt=last)
    return Holding.objects.filter(valid_on(last), Exists(late), ~Exists(resting))


def _done(first: date, last: date) -> ScopedQuerySet[Any]:
    """Tasks finished in the span, with the unit that held them then."""
    return _finished(first, last, Q())


def _done_on_time(first: date, last: date) -> ScopedQuerySet[Any]:
    return _finished(first, last, Q(finished_on__lte=F("due_on")))


def _done_late(first: date, last: date) -> ScopedQuerySet[Any]:
    return _finished(first, last, Q(finished_on__gt=F("due_on")))


def _finished(first: date, last: date, how: Q) -> ScopedQuerySet[Any]:
    tasks = _tasks().filter(how, finished_on__gte=first, finished_on__lte=last)
    held_to_the_end = Q(until__isnull=True) | Exists(_tasks().filter(finished_on__lt=OuterRef("until")))
    return Holding.objects.filter(held_to_the_end, Exists(tasks.filter(finished_on__gte=OuterRef("since"))))


def _keeping(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Units that had ever been given a task."""
    return Holding.objects.filter(since__lte=last)


MEASURES = tuple(
    Recorded(code, counting, rows, shows="task", kept=_keeping)
    for code, counting, rows in (
        ("tasks.in_force", Counting.STOCK, _in_force),
        ("tasks.overdue", Counting.STOCK, _overdue),
        ("tasks.done", Counting.FLOW, _done),
        ("tasks.done_on_time", Counting.FLOW, _done_on_time),
        ("tasks.done_late", Counting.FLOW, _done_late),
    )
)
