"""What the machine does about overdue tasks each day: asks for explanations, brings them before the levels above.

Both may run any number of times a day, in any number of processes: rows that are unique in the database say what was
done for which missed day, nothing is remembered elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.following.kinds import State
from chithi.following.states import state_on
from chithi.journal.actions import record_all
from chithi.org.places import tree_on
from chithi.tasks.models import Escalation, Explanation, Task
from chithi.tasks.rules import ESCALATED_AFTER, EXPLAIN_WITHIN

_WHY = "every overdue task of the installation, looked at by the machine each day"
_AT_ONCE = 500


def ask_explanations(today: date) -> int:
    """Ask about every task that is overdue and was not asked about for the day it missed; returns how many.

    One that is being asked about already, by somebody or for a day missed before, is not asked about twice.
    """
    asked = Explanation.objects.everywhere(because=_WHY).filter(task_id=OuterRef("pk"))
    waiting = asked.filter(enough__isnull=True) | asked.filter(enough=False)
    tasks = _overdue(today).filter(~Exists(asked.filter(missed=OuterRef("due_on"))), ~Exists(waiting))
    made = 0
    for some in _portions(tasks):
        rows = [
            Explanation(unit_id=unit, task_id=task, missed=due, asked_on=today, due_on=today + _DAYS)
            for task, unit, due in some
        ]
        made += _stored(Explanation, rows, "tasks.why_asked")
    return made


def escalate(today: date) -> int:
    """Bring tasks that are overdue for long before the levels above, each level once a missed day; returns how many."""
    tree = tree_on(today)
    made = 0
    for level, after in enumerate(ESCALATED_AFTER, start=1):
        told = Escalation.objects.everywhere(because=_WHY).filter(task_id=OuterRef("pk"), level=level)
        tasks = _overdue(today).filter(
            ~Exists(told.filter(missed=OuterRef("due_on"))), due_on__lt=today - timedelta(days=after)
        )
        for some in _portions(tasks):
            rows = []
            for task, unit, due in some:
                at = tree.find(unit)
                above = [] if at is None else list(tree.shape.ancestors(at))
                if len(above) >= level:
                    upper = int(tree.shape.unit_ids[above[level - 1]])
                    rows.append(Escalation(unit_id=upper, task_id=task, level=level, missed=due, on=today))
            made += _stored(Escalation, rows, "tasks.escalated")
    return made


_DAYS = timedelta(days=EXPLAIN_WITHIN)


def _overdue(today: date) -> ScopedQuerySet[Any]:
    tasks = Task.objects.everywhere(because=_WHY).filter(due_on__lt=today)
    return tasks.alias(stands=state_on(today)).filter(stands=State.OVERDUE)


def _portions(tasks: ScopedQuerySet[Any]) -> Iterator[list[tuple[int, int, date]]]:
    """As (task, unit, day missed), so many at once."""
    found = list(tasks.order_by("pk").values_list("pk", "unit_id", "due_on"))
    return (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))


def _stored(model: type[Any], rows: Sequence[Any], verb: str) -> int:
    """Store those rows that nobody stored meanwhile, with a line each in the journal; how many they were."""
    if not rows:
        return 0
    with transaction.atomic():
        model.objects.bulk_create(rows, ignore_conflicts=True)
        stored = model.objects.everywhere(because=_WHY).filter(key__in=[row.key for row in rows])
        done = dict(stored.values_list("task_id", "pk"))
        tasks = Task.objects.everywhere(because=_WHY).filter(pk__in=among(done))
        record_all(verb, ((task.unit_id, task) for task in tasks), by=None)
    return len(done)
