"""What of a unit's tasks is open, for the hand-over of its posts (`chithi.org.pending`)."""

from __future__ import annotations

from datetime import date

from chithi.org.pending import Pending
from chithi.tasks.models import Explanation, Task

_WHY = "counts of what is open, for somebody who keeps the register of people there"


def of_unit(unit_id: int, day: date) -> list[Pending]:
    """Open tasks, those of them that are overdue, explanations nobody gave. Three queries."""
    tasks = Task.objects.everywhere(because=_WHY).filter(
        unit_id=unit_id, finished_on__isnull=True, cancelled_on__isnull=True
    )
    asked = Explanation.objects.everywhere(because=_WHY).filter(unit_id=unit_id, answered_on__isnull=True)
    return [
        Pending("tasks", tasks.count()),
        Pending("tasks_overdue", tasks.filter(due_on__lt=day).count()),
        Pending("explanations", asked.exclude(enough=True).count()),
    ]
