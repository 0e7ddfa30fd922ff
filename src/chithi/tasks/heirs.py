"""What becomes of the tasks of a unit that closes: those that are open pass to its heir, what was done stays.

`Holding` says whose a task was on which days, so that figures of the time before do not move. Undoing the closing
gives back what the heir has not finished.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q

from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.freshness.actions import mark
from chithi.journal.actions import record_all
from chithi.org.models import Closing
from chithi.tasks.models import DeadlineChange, Explanation, Helper, Holding, Step, Task

_WHY = "what belongs to a unit that closes, or opens again, in an act that was allowed"


def heir_takes_over(closed_id: int, heir_id: int, on: date) -> None:
    """Open tasks go over to the heir, and so does giving and helping. A few statements, however many tasks."""
    tasks = _tasks().filter(unit_id=closed_id, finished_on__isnull=True, cancelled_on__isnull=True)
    _pass(list(tasks.values_list("pk", flat=True)), closed_id, heir_id, on)
    given = _tasks().filter(assigned_by_id=closed_id, finished_on__isnull=True, cancelled_on__isnull=True)
    given.update(assigned_by_id=heir_id, version=F("version") + 1)
    whole = Q(post_id__isnull=True, person_id__isnull=True)
    helped = Helper.objects.everywhere(because=_WHY).filter(unit_id=closed_id)
    there = Helper.objects.everywhere(because=_WHY).filter(whole, unit_id=heir_id).values("task_id")
    helped.exclude(whole, task_id__in=there).update(unit_id=heir_id, version=F("version") + 1)


def heir_gives_back(heir_id: int, unit_id: int, on: date) -> None:
    """The closing was undone on a day: the unit has its open tasks again from then on."""
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id=unit_id, heir_id=heir_id, until=on)
    since = closings.order_by("-pk").values_list("since", flat=True).first()
    if since is None:
        return
    left = Holding.objects.everywhere(because=_WHY).filter(unit_id=unit_id, until=since).values("task_id")
    tasks = _tasks().filter(pk__in=left, unit_id=heir_id, finished_on__isnull=True, cancelled_on__isnull=True)
    _pass(list(tasks.values_list("pk", flat=True)), heir_id, unit_id, on)
    taken = _tasks().filter(pk__in=left, assigned_by_id=heir_id, unit_id=unit_id)
    taken.update(assigned_by_id=unit_id, version=F("version") + 1)


def _pass(task_ids: Collection[int], old_id: int, new_id: int, on: date) -> None:
    if not task_ids:
        return
    held = Holding.objects.everywhere(because=_WHY).filter(task_id__in=among(task_ids), until__isnull=True)
    begun = dict(held.values_list("task_id", "since"))
    held.filter(since__gt=on).update(unit_id=new_id, version=F("version") + 1)
    held.filter(unit_id=old_id).update(until=on, version=F("version") + 1)
    Holding.objects.bulk_create(
        Holding(unit_id=new_id, task_id=task, since=on) for task in task_ids if begun.get(task, on) <= on
    )
    _tasks().filter(pk__in=among(task_ids)).update(unit_id=new_id, version=F("version") + 1)
    for model in (Step, DeadlineChange, Explanation):
        rows = model.objects.everywhere(because=_WHY).filter(task_id__in=among(task_ids))
        rows.update(unit_id=new_id, version=F("version") + 1)
    record_all("tasks.passed_on", ((new_id, task) for task in _tasks().filter(pk__in=among(task_ids))), by=None)
    mark({old_id, new_id}, first=on)


def _tasks() -> ScopedQuerySet[Task]:
    return Task.objects.everywhere(because=_WHY)
