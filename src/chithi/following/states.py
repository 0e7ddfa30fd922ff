"""The state of many rows at once: `rules.state` as an expression of the database; a test holds both to be equal."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When

from chithi.following.kinds import Age, State
from chithi.following.rules import AGES


def state_on(today: date) -> Case:
    """For `annotate`: the state of each `FollowedRow` on a day; compares stored days with it and nothing else."""
    return Case(*(When(condition, then=Value(state.value)) for state, condition in _conditions(today)),
                default=Value(State.ON_TRACK.value), output_field=CharField())  # fmt: skip


STANDS: tuple[tuple[State, Age | None], ...] = (
    *((state, None) for state in State if state is not State.OVERDUE),
    *((State.OVERDUE, band) for band in Age),
)
"""Every way to stand, overdue ones told apart by band; `stand_on` answers the place in this row."""


def stand_on(today: date) -> Case:
    """For `annotate`, where very many rows are counted at once: how each stands as a whole number, see `STANDS`."""
    place = {stand: at for at, stand in enumerate(STANDS)}
    bands = [
        When(due_on__lt=today - timedelta(days=days), then=Value(place[State.OVERDUE, band])) for days, band in AGES
    ]
    overdue = Case(*bands, default=Value(place[State.OVERDUE, Age.NEW]), output_field=IntegerField())
    ways = [
        When(condition, then=overdue if state is State.OVERDUE else Value(place[state, None]))
        for state, condition in _conditions(today)
    ]
    return Case(*ways, default=Value(place[State.ON_TRACK, None]), output_field=IntegerField())


def overdue_as(today: date, band: Age) -> Q:
    """The condition of a band of overdue rows."""
    bounds = {found: days for days, found in AGES}
    above = [days for days, _found in AGES if days > bounds.get(band, 0)]
    condition = Q(due_on__lt=today - timedelta(days=bounds.get(band, 0)))
    return condition & Q(due_on__gte=today - timedelta(days=min(above))) if above else condition


def _conditions(today: date) -> list[tuple[State, Q]]:
    suspended = Q(suspended_from__lte=today) & (Q(suspended_until__isnull=True) | Q(suspended_until__gt=today))
    return [
        (State.CANCELLED, Q(cancelled_on__lte=today)),
        (State.DONE, Q(finished_on__lte=today) & Q(finished_on__lte=F("due_on"))),
        (State.DONE_LATE, Q(finished_on__lte=today)),
        (State.SUSPENDED, suspended),
        (State.OVERDUE, Q(due_on__lt=today)),
        (State.NOT_JUDGED, Q(since__gt=today)),
        (State.LIKELY_MISSED, Q(miss_on__lte=today)),
        (State.AT_RISK, Q(risk_on__lte=today)),
        (State.NOT_JUDGED, Q(updated_on__isnull=True)),
    ]
