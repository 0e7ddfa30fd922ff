"""How many shortcomings stand at once: `rules.remedy` as conditions of the database; a test holds both to be equal."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from chithi.duties.kinds import Remedy
from chithi.duties.models import Recurrence
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Task

_WHY = "the tasks by which shortcomings are remedied, inside whatever scope is set on those"


def remedied_on(day: date) -> Q:
    """The condition of shortcomings whose tasks were all accepted by a day, one at least since they last recurred."""
    waiting = Q(accepted_on__isnull=True) | Q(accepted_on__gt=day)
    wanted = Task.objects.everywhere(because=_WHY).filter(
        Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day),
        origin_kind=Origin.SHORTCOMING.value, origin_id=OuterRef("pk"), since__lte=day,
    )  # fmt: skip
    before = Recurrence.objects.everywhere(because=_WHY).filter(
        shortcoming_id=OuterRef("origin_id"), after_id__gte=OuterRef("pk"), on__lte=day
    )
    return Q(Exists(wanted.filter(accepted_on__lte=day).exclude(Exists(before)))) & ~Q(Exists(wanted.filter(waiting)))


def stands(state: Remedy, day: date) -> Q:
    """The condition of shortcomings that stand so on a day."""
    if state is Remedy.WITHDRAWN:
        return Q(withdrawn_on__isnull=False)
    kept = Q(withdrawn_on__isnull=True)
    if state is Remedy.REMEDIED:
        return kept & remedied_on(day)
    again = Q(Exists(Recurrence.objects.everywhere(because=_WHY).filter(shortcoming_id=OuterRef("pk"), on__lte=day)))
    left = kept & ~remedied_on(day)
    if state is Remedy.REOPENED:
        return left & again
    given = Task.objects.everywhere(because=_WHY).filter(
        Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day),
        origin_kind=Origin.SHORTCOMING.value, origin_id=OuterRef("pk"), since__lte=day,
    )  # fmt: skip
    return left & ~again & (Q(Exists(given)) if state is Remedy.BEING_REMEDIED else ~Q(Exists(given)))
