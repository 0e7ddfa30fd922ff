"""The days on which open work turns colour are stored beside it: do they still follow from facts and thresholds?

They are reckoned on each save (`chithi.following.models.FollowedRow`); after a threshold of `chithi.following.rules`
was changed, or rows were written past `save`, they are reckoned anew here, some hundreds at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chithi.db.among import among
from chithi.following.rules import month_number, turns
from chithi.tasks.models import Task

_WHY = "the turning days of every task of the installation are compared with its facts"
_AT_ONCE = 500
Days = tuple[date | None, date | None, int]
"""At risk from, likely missed from, the month of the due day as a number."""


@dataclass(frozen=True)
class Amiss:
    """A task whose stored days are not those that follow from its facts."""

    id: int
    stored: Days
    found: Days


def amiss() -> Iterator[Amiss]:
    """All tasks that differ. Reads through all, two thousand at once."""
    for task in Task.objects.everywhere(because=_WHY).order_by("pk").iterator(chunk_size=2_000):
        stored, found = (task.risk_on, task.miss_on, task.due_month), _reckoned(task)
        if stored != found:
            yield Amiss(task.pk, stored, found)


def repair(some: Iterable[Amiss]) -> int:
    """Store what follows from the facts as they are now; how many. Nobody's form is out of date by it."""
    ids = [one.id for one in some]
    for at in range(0, len(ids), _AT_ONCE):
        rows = list(Task.objects.everywhere(because=_WHY).filter(pk__in=among(ids[at : at + _AT_ONCE])))
        for task in rows:
            task.risk_on, task.miss_on, task.due_month = _reckoned(task)
        Task.objects.everywhere(because=_WHY).bulk_update(rows, ["risk_on", "miss_on", "due_month"])
    return len(ids)


def told(days: Days) -> str:
    """As one line says them."""
    risk, miss, month = days
    return f"risk {risk or '-'}, miss {miss or '-'}, month {month}"


def _reckoned(task: Task) -> Days:
    risk, miss = turns(task.facts())
    return risk, miss, month_number(task.due_on)
