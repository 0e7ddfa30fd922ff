"""Who has spoken in which period: units down, periods across, for one indicator.

A unit with others below it is told by its stored totals (how many of those that must speak have), one with nothing
below by its own confirmation or figure. Both are the sense of "spoke" that totals carry.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chithi.core.periods import Kind, Period, containing, series
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Confirmation, Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import expected_units
from chithi.indicators.period_rows import know, rows_of
from chithi.indicators.queries import unit_in_reach
from chithi.indicators.sides import book_of, ensure_totals
from chithi.org.kinds import Expected
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.places import Tree, tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

_WHY = "the unit above was found in reach"
MONTHS, OTHERS = 12, 8
MOST_NAMED = 10_000
MOST_SIFTED = 5000
"""Of more units those that lack something are not looked for."""


class Level(StrEnum):
    """Which units stand in the rows: those directly below, all grassroots organisations, all cells."""

    BELOW = "below"
    GRASSROOTS = "grassroots"
    CELLS = "cells"


class State(StrEnum):
    """What is known of a unit in a period."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"
    OPEN = "open"  # the period is not over yet and nobody has spoken
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Told:
    """`spoke` of `expected` units have spoken for one unit's subtree; `expected` None where it was never computed."""

    state: State
    spoke: int = 0
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One unit and its periods."""

    unit_id: int
    is_leaf: bool
    cells: tuple[Told, ...]


@dataclass(frozen=True)
class Completeness:
    """`whole` is the unit itself; `rows` one page of `total` units. `lacking_at`: the period sifted by."""

    periods: tuple[Period, ...]
    whole: Row
    rows: tuple[Row, ...]
    total: int
    lacking_at: Period | None
    can_sift: bool


def columns(period: Period, viewer: Viewer, kind: Kind | None = None) -> tuple[Period, ...]:
    """Twelve months, eight quarters or eight years up to a period's end or today.

    Without a `kind` the shortest for which anybody has confirmed or entered anything. One query while `reading`.
    """
    day = min(period.last, viewer.today)
    kinds = (kind,) if kind else (Kind.MONTH, Kind.QUARTER, Kind.YEAR)
    offered = [series(containing(day, one), MONTHS if one == Kind.MONTH else OTHERS) for one in kinds]
    know(one for found in offered[:-1] for one in found)
    return next((found for found in offered[:-1] if rows_of(found)), offered[-1])


def completeness(
    viewer: Viewer,
    unit_id: int,
    periods: tuple[Period, ...],
    meaning: Meaning,
    level: Level,
    *,
    lacking: bool = False,
    start: int = 0,
    most: int = 50,
) -> Completeness:
    """About a dozen queries whatever stands below; rows in the order of the tree. Columns begin
    with the first period in which anybody has spoken.

    `lacking` keeps those that have not spoken in full in the newest period that is over.
    """
    unit_in_reach(viewer, unit_id)
    tree = tree_on(min(periods[-1].last, viewer.today))
    if tree.find(unit_id) is None:
        tree = tree_on(viewer.today)
    book = _Book(viewer, meaning, periods, tree)
    units = _units(tree, unit_id, level)
    over = [p for p in periods if p.last < viewer.today]
    sift_at = over[-1] if over and len(units) <= MOST_SIFTED else None
    if lacking and sift_at is not None:
        units = [row.unit_id for row in book.rows(units, [sift_at]) if row.cells[0].state in (State.PART, State.NONE)]
    periods = _told_about(periods, book.rows([unit_id], periods)[0])
    page = book.rows([unit_id, *units[start : start + most]], periods)
    return Completeness(
        periods=periods,
        whole=page[0],
        rows=tuple(page[1:]),
        total=len(units),
        lacking_at=sift_at if lacking else None,
        can_sift=sift_at is not None,
    )


def _told_about(periods: tuple[Period, ...], whole: Row) -> tuple[Period, ...]:
    """Without the periods before anybody below the unit spoke; all of them where nobody ever did."""
    first = next((at for at, told in enumerate(whole.cells) if told.spoke), 0)
    return periods[first:]


def may_enter(viewer: Viewer, unit_ids: Collection[int]) -> set[int]:
    """Those of the units for which the viewer may fill in what is missing. One query, none where nowhere."""
    if not viewer.may_anywhere(Capability.ENTER):
        return set()
    units = Unit.objects.visible_to(viewer.reach(Capability.ENTER)).filter(pk__in=list(unit_ids))
    return set(units.values_list("pk", flat=True))


def _units(tree: Tree, unit_id: int, level: Level) -> list[int]:
    """Ids of the units in the rows, in the order of the tree; those no longer there are left out."""
    at, shape = tree.position(unit_id), tree.shape
    if level == Level.BELOW:
        return [int(shape.unit_ids[c]) for c in shape.children(at) if shape.present[c]]
    flag = {"is_cell": True} if level == Level.CELLS else {"is_grassroots": True}
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(tree.since), **flag)
    below = shape.unit_ids[shape.subtree(at)]
    if len(below) <= MOST_NAMED:  # of a nation's branch, not the whole nation
        states = states.filter(unit_id__in=below.tolist())
    places = tree.find_all(list(states.values_list("unit_id", flat=True)))
    inside = sorted(place for place in places.values() if at < place < int(shape.hi[at]) and shape.present[place])
    return [int(shape.unit_ids[place]) for place in inside]


class _Book:
    """What was said about one indicator in some periods."""

    def __init__(self, viewer: Viewer, meaning: Meaning, periods: Sequence[Period], tree: Tree) -> None:
        self.measure: Measure = meaning.numerator
        self.meaning, self.tree, self.today = meaning, tree, viewer.today
        self.known = rows_of([p for p in periods if p.first <= viewer.today])
        ensure_totals(list(self.known.values()))

    def rows(self, units: Sequence[int], periods: Sequence[Period]) -> list[Row]:
        """A row for each unit with a cell for each period."""
        rows = [self.known[p.code] for p in periods if p.code in self.known]
        leaves = self._leaves(units)
        inner = self._totals([u for u in units if u not in leaves], rows)
        spoke, asked = self._own(leaves, rows), self._asked(leaves)
        return [
            Row(
                unit,
                unit in leaves,
                tuple(
                    self._told(p, (int((unit, p.code) in spoke), int(unit in asked)))
                    if unit in leaves
                    else self._told(p, inner.get((unit, p.code)))
                    for p in periods
                ),
            )
            for unit in units
        ]

    def _leaves(self, units: Sequence[int]) -> set[int]:
        """Those of the units with nothing below them."""
        places, below = self.tree.find_all(list(units)), self.tree.shape.child_count
        return {unit for unit in units if unit not in places or not below[places[unit]]}

    def _told(self, period: Period, found: tuple[int, int] | None) -> Told:
        waiting = State.OPEN if period.last >= self.today else State.NONE
        if found is None:
            return Told(waiting)
        spoke, expected = found
        if not expected:
            return Told(State.NOT_ASKED, 0, 0)
        if spoke >= expected:
            return Told(State.WHOLE, spoke, expected)
        return Told(State.PART if spoke else waiting, spoke, expected)

    def _totals(self, units: Sequence[int], rows: Sequence[PeriodRow]) -> dict[tuple[int, str], tuple[int, int]]:
        codes, key = {row.pk: row.code for row in rows}, key_of(self.measure.pk)
        stored = Totals.objects.everywhere(because=_WHY).filter(period_id__in=list(codes), unit_id__in=list(units))
        found = {}
        for unit, period, packed in stored.values_list("unit_id", "period_id", "packed"):
            cell = unpack(bytes(packed)).cell(key)
            found[unit, codes[period]] = (cell.spoke, cell.expected)
        return found

    def _own(self, units: Collection[int], rows: Sequence[PeriodRow]) -> set[tuple[int, str]]:
        """Units with nothing below that confirmed their records, or stated a figure of their own."""
        codes = {row.pk: row.code for row in rows}
        if not units or not codes:
            return set()
        figures = Figure.objects.everywhere(because=_WHY).filter(
            measure_id=self.measure.pk, period_id__in=list(codes), unit_id__in=list(units),
            state=FigureState.LIVE, covers=Covers.OWN, role=FigureRole.LEVEL,
        )  # fmt: skip
        spoken = set(figures.values_list("unit_id", "period_id"))
        if self.measure.recorded:
            confirmed = Confirmation.objects.everywhere(because=_WHY).filter(
                period_id__in=list(codes), unit_id__in=list(units)
            )
            spoken |= set(confirmed.values_list("unit_id", "period_id"))
        return {(unit, codes[period]) for unit, period in spoken}

    def _asked(self, units: Collection[int]) -> set[int]:
        """Units with nothing below that must speak about this."""
        if not units or self.measure.expected == Expected.NOBODY or not self.known:
            return set()
        newest = max(self.known.values(), key=lambda row: row.last)
        return expected_units(book_of([self.meaning]), newest, list(units))[self.measure.expected]
