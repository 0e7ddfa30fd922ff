"""What `whole` reckons with, read as arrays: of all units of a tree, or of some of them for several periods at once.

Rows of figures are whole numbers: where the unit stands, the column's key, the source as its place in `ORDER`, the
period, the value, how firm it is (0 exact, `AT_LEAST`, `OTHERWISE`), and whether it says up to what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Coalesce

from chithi.db.among import among
from chithi.db.columns import Table, whole_numbers
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.models import Figure, PeriodRow, SourcePolicy
from chithi.indicators.own_ground import policies_held
from chithi.indicators.rules import ORDER
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import UnitState, valid_on
from chithi.org.places import Tree
from chithi.rollup.shape import Ids, Positions

_WHY = "the roll-up reads every unit and writes one total per unit"
AT_LEAST, OTHERWISE = 1, 2
AT, KEY, SOURCE, PERIOD, VALUE, BOUND, RANGED = range(7)
"""Columns of the rows of figures."""
Policies = dict[int, tuple[Positions, Ids]]
"""Units with a policy and which source goes first there, by measure; 0 for those about all measures."""


class Ground(Protocol):
    """What some or all units of a tree said, which source goes first, and who must speak."""

    def told(self, period_ids: Collection[int], measure_ids: Collection[int]) -> Table: ...

    def policies(self, row: PeriodRow) -> Policies: ...

    def expected(self, row: PeriodRow) -> dict[str, Positions]: ...


class AllUnits:
    """Everything of every unit, each read when it is asked for: nothing is held longer than it is needed."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def told(self, period_ids: Collection[int], measure_ids: Collection[int]) -> Table:
        return _told(self._tree, period_ids, measure_ids, None)

    def policies(self, row: PeriodRow) -> Policies:
        rows = SourcePolicy.objects.everywhere(because=_WHY).filter(valid_on(row.last))
        return _by_measure(self._tree, list(rows.values_list("unit_id", "measure_id", "first")))

    def expected(self, row: PeriodRow) -> dict[str, Positions]:
        return expected_places(row, self._tree)


class SomeUnits:
    """Some units and measures in several periods, all of which end on days of one edition. Three queries."""

    def __init__(
        self,
        tree: Tree,
        rows: Sequence[PeriodRow],
        within: Collection[int],
        measures: Collection[int],
        units: list[int],
    ) -> None:
        self._tree = tree
        self._told = _told(tree, within, measures, units)
        self._expected = expected_places(rows[0], tree, units)  # over the days of an edition no unit changes
        self._policies = policies_held(min(row.last for row in rows), max(row.last for row in rows), units)

    def told(self, period_ids: Collection[int], measure_ids: Collection[int]) -> Table:
        rows = self._told
        ours = np.isin(rows[:, PERIOD], list(period_ids)) & np.isin(rows[:, KEY] >> 32, list(measure_ids))
        return rows[ours]

    def policies(self, row: PeriodRow) -> Policies:
        return _by_measure(self._tree, [held[:3] for held in self._policies if _holds(held[3], held[4], row.last)])

    def expected(self, row: PeriodRow) -> dict[str, Positions]:
        return self._expected


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or until > day)


def by_column(rows: Table) -> Iterator[tuple[int, str, Table]]:
    """The rows of each column and source, in order of both."""
    told = rows[:, KEY] * len(ORDER) + rows[:, SOURCE]
    order = np.argsort(told, kind="stable")
    told, rows = told[order], rows[order]
    starts = np.flatnonzero(np.diff(told, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(told)] if len(told) else []):
        yield int(rows[start, KEY]), ORDER[int(rows[start, SOURCE])], rows[start:end]


def _told(
    tree: Tree, period_ids: Collection[int], measure_ids: Collection[int], unit_ids: Collection[int] | None
) -> Table:
    """The live figures of units that stand in the tree about their own work."""
    figures = Figure.objects.everywhere(because=_WHY).filter(
        state=FigureState.LIVE,
        covers=Covers.OWN,
        role=FigureRole.LEVEL,
        value__isnull=False,
        period_id__in=list(period_ids),
        measure_id__in=list(measure_ids),
    )
    if unit_ids is not None:
        figures = figures.filter(unit_id__in=among(unit_ids))
    sources = (When(source=source, then=Value(at)) for at, source in enumerate(ORDER))
    firm = (When(bound="", then=Value(0)), When(bound="at_least", then=Value(AT_LEAST)))
    exact = When(value_max__isnull=True, then=Value(0))
    told = figures.values_list(
        "unit_id",
        "measure_id",
        Coalesce("member_id", Value(0)),
        Case(*sources, default=Value(0), output_field=IntegerField()),
        "period_id",
        "value",
        Case(*firm, default=Value(OTHERWISE), output_field=IntegerField()),
        Case(exact, default=Value(1), output_field=IntegerField()),
    )
    rows = whole_numbers(told, 8)
    at = tree.shape.places(rows[:, 0])
    rows, at = rows[at >= 0], at[at >= 0]
    return np.column_stack((at.astype(np.int64), (rows[:, 1] << 32) | rows[:, 2], rows[:, 3:]))


def _by_measure(tree: Tree, policies: Sequence[tuple[int, int | None, str]]) -> Policies:
    at = tree.shape.places(np.array([unit for unit, _measure, _first in policies], np.int64))
    about = np.array([measure or 0 for _unit, measure, _first in policies], np.int64)
    which = np.array([ORDER.index(first) for _unit, _measure, first in policies], np.int64)
    about, which, at = about[at >= 0], which[at >= 0], at[at >= 0]
    return {measure: (at[about == measure], which[about == measure]) for measure in np.unique(about).tolist()}


def expected_places(row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None = None) -> dict[str, Positions]:
    """Positions of the units that must speak, ascending, by kind of expectation. One query."""
    kind = Case(
        When(kind=UnitKind.DISTRICT, then=Value(1)),
        When(kind=UnitKind.MASS_ORGANISATION, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(row.last))
    if unit_ids is not None:
        states = states.filter(unit_id__in=among(unit_ids))
    rows = whole_numbers(states.values_list("unit_id", "is_cell", "is_grassroots", kind), 4)
    at = tree.shape.places(rows[:, 0])
    rows, at = rows[at >= 0], at[at >= 0]
    where: Mapping[str, npt.NDArray[np.bool_]] = {
        Expected.CELLS: rows[:, 1] == 1,
        Expected.GRASSROOTS: rows[:, 2] == 1,
        Expected.DISTRICTS: rows[:, 3] == 1,
        Expected.MASS_ORGANISATIONS: rows[:, 3] == 2,
    }
    found: dict[str, Positions] = {str(name): np.sort(at[flags]).astype(np.int32) for name, flags in where.items()}
    return found | {str(Expected.NOBODY): np.zeros(0, np.int32)}
