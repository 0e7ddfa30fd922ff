"""The rows that units' own statements are made of, read for several periods together.

A page compares a period with that of last year; so everything here is asked once for both. A period's own part is
picked afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from chithi.db.among import among
from chithi.db.counted import Counted, counts_by_unit
from chithi.db.guard import ScopedQuerySet
from chithi.db.kept import Kept
from chithi.db.measures import Recorded
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.models import Confirmation, Figure, Measure, PeriodRow, SourcePolicy
from chithi.indicators.period_rows import codes_within
from chithi.indicators.registry import BY_CODE
from chithi.org.models import UnitState

M = TypeVar("M", bound=models.Model)
_WHY = "the roll-up reads every unit and writes one total per unit"

FigureFacts = tuple[int, int, int | None, int, str, int | None, str, int | None]
"""unit, measure, member, period, source, value, bound, value_max."""


@dataclass(frozen=True)
class RecordsCounted:
    """The records of one measure in one period by unit: all, then those of each part in the order of its declaration.

    `keeping` are the units that keep such records at all; None where every unit does.
    """

    counts: dict[int, tuple[int, ...]]
    keeping: frozenset[int] | None = None


class Ground:
    """What some units (None: all) said and recorded about some measures in some periods. Five queries at most."""

    def __init__(
        self, measures: Collection[Measure], rows: Sequence[PeriodRow], unit_ids: Collection[int] | None
    ) -> None:
        self._unit_ids, self._days = unit_ids, {row.pk: row.last for row in rows}
        self.codes = {row.pk: codes_within(row) for row in rows}
        recorded = [measure for measure in measures if measure.recorded]
        self._figures = self._read_figures(measures)
        self._confirmed = self._read_confirmed() if recorded else set()
        self._records = _read_records(recorded, rows, unit_ids)
        self._policies = self._read_policies()

    def figures(self, row: PeriodRow) -> list[FigureFacts]:
        """Live figures of the units about their own work, of a period and of the shorter ones inside it."""
        codes = self.codes[row.pk]
        return [figure for figure in self._figures if figure[3] in codes]

    def confirmed(self, row: PeriodRow) -> set[int]:
        """The units that confirmed their records of a period."""
        return {unit for unit, period_id in self._confirmed if period_id == row.pk}

    def records(self, measure: Measure, row: PeriodRow) -> RecordsCounted:
        return self._records[measure.id, row.pk]

    def policies(self, row: PeriodRow) -> dict[tuple[int, int | None], str]:
        """The source that goes first by unit and measure (None: any), as it was laid down on a period's last day."""
        day = self._days[row.pk]
        return {
            (unit, measure): first
            for unit, measure, first, since, until in self._policies
            if since <= day and (until is None or until > day)
        }

    def _read_figures(self, measures: Collection[Measure]) -> list[FigureFacts]:
        figures = Figure.objects.everywhere(because=_WHY).filter(
            state=FigureState.LIVE,
            covers=Covers.OWN,
            role=FigureRole.LEVEL,
            value__isnull=False,
            measure_id__in=[measure.id for measure in measures],
            period_id__in=list({period for codes in self.codes.values() for period in codes}),
        )
        return list(
            _narrowed(figures, self._unit_ids).values_list(
                "unit_id", "measure_id", "member_id", "period_id", "source", "value", "bound", "value_max"
            )
        )

    def _read_confirmed(self) -> set[tuple[int, int]]:
        return set(_ask(_CONFIRMED, list(self._days), self._unit_ids))

    def _read_policies(self) -> list[tuple[int, int | None, str, date, date | None]]:
        days = self._days.values()
        return policies_held(min(days), max(days), self._unit_ids)


def _ask(kept: Kept[Any], *values: Any) -> list[Any]:
    """Ask of some units, or of all where the last value is None."""
    return kept.rows(*(values if values[-1] is not None else values[:-1]))


def _narrowed(rows: ScopedQuerySet[M], unit_ids: Collection[int] | None) -> ScopedQuerySet[M]:
    return rows if unit_ids is None else rows.filter(unit_id__in=among(unit_ids))


def _held_within(first: date, last: date) -> Q:
    """What holds on one of these days, or between them."""
    return Q(since__lte=last) & (Q(until__isnull=True) | Q(until__gt=first))


def _confirmations(period_ids: Collection[int], unit_ids: Collection[int] | None = None) -> models.QuerySet[Any, Any]:
    found = Confirmation.objects.everywhere(because=_WHY).filter(period_id__in=among(period_ids))
    return _narrowed(found, unit_ids).values_list("unit_id", "period_id")


def _policies(first: date, last: date, unit_ids: Collection[int] | None = None) -> models.QuerySet[Any, Any]:
    found = SourcePolicy.objects.everywhere(because=_WHY).filter(_held_within(first, last)).order_by("pk")
    return _narrowed(found, unit_ids).values_list("unit_id", "measure_id", "first", "since", "until")


def _states(first: date, last: date, unit_ids: Collection[int] | None = None) -> models.QuerySet[Any, Any]:
    found = UnitState.objects.everywhere(because=_WHY).filter(_held_within(first, last))
    return _narrowed(found, unit_ids).values_list("since", "until", "unit_id", "is_cell", "is_grassroots", "kind")


_CONFIRMED, _POLICIES, _STATES = Kept(_confirmations), Kept(_policies), Kept(_states)


def policies_held(
    first: date, last: date, unit_ids: Collection[int] | None
) -> list[tuple[int, int | None, str, date, date | None]]:
    """Which source goes first: unit, measure (None: any), source, since, until; between two days. One query."""
    return list(_ask(_POLICIES, first, last, unit_ids))


def states_on(
    days: Collection[date], unit_ids: Collection[int] | None
) -> dict[date, list[tuple[int, bool, bool, str]]]:
    """What units were on each day: unit, is it a cell, a grassroots organisation, its kind. One query."""
    rows = _ask(_STATES, min(days), max(days), unit_ids)
    return {day: [row[2:] for row in rows if row[0] <= day and (row[1] is None or row[1] > day)] for day in set(days)}


def _rows(declared: Recorded) -> Any:
    def scoped(first: date, last: date) -> ScopedQuerySet[Any]:
        return declared.rows(first, last).everywhere(because=_WHY)

    return scoped


def _kept(declared: Recorded) -> Any:
    def scoped(first: date, last: date) -> ScopedQuerySet[Any]:
        assert declared.kept is not None  # noqa: S101 -- asked only of measures that not every unit keeps
        return declared.kept(first, last).everywhere(because=_WHY)

    return scoped


@cache
def _question(code: str, kept: bool) -> Counted | None:
    """What is counted of a measure, or (`kept`) which units keep such records; None where every unit does."""
    declared = BY_CODE[code]
    if kept:
        return Counted(_kept(declared), declared.unit) if declared.kept else None
    return Counted(_rows(declared), declared.unit, tuple(condition for _code, condition in declared.members))


def _read_records(
    measures: Sequence[Measure], rows: Sequence[PeriodRow], unit_ids: Collection[int] | None
) -> dict[tuple[int, int], RecordsCounted]:
    """The records of all measures in all periods, by measure and period. One query."""
    questions = [(measure, row, kept) for measure in measures for row in rows for kept in (False, True)]
    questions = [one for one in questions if _question(one[0].code, one[2]) is not None]
    found = [(_question(measure.code, kept), (row.first, row.last)) for measure, row, kept in questions]
    asked = [(counted, days) for counted, days in found if counted is not None]
    answers = counts_by_unit(asked, unit_ids)
    keeping = {
        (measure.id, row.pk): frozenset(answer)
        for (measure, row, kept), answer in zip(questions, answers, strict=True)
        if kept
    }
    return {
        (measure.id, row.pk): RecordsCounted(answer, keeping.get((measure.id, row.pk)))
        for (measure, row, kept), answer in zip(questions, answers, strict=True)
        if not kept
    }
