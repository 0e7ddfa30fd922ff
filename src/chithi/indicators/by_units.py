"""Indicators of a whole branch at once: a row for every unit below one, a cell for every indicator.

The same numbers as `queries.contributions` gives level by level, read together: stored totals of the units that have
others below them, own figures of those that have none. What units state about their subtrees is left aside, so that
the rows below a unit are what its number is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from chithi.core.numbers import from_fixed
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.choice import Count
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Measure, PeriodRow, Totals
from chithi.indicators.own import Book, Key, expected_units, own_chosen
from chithi.indicators.period_rows import period_row
from chithi.indicators.placed import Asked, placed
from chithi.indicators.queries import unit_in_reach
from chithi.indicators.rules import Statement
from chithi.indicators.sides import book_of, ensure_totals
from chithi.org.places import Tree, tree_on, units_within
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

MOST_UNITS = 8_000
"""Rows of one table; a larger branch is told down to the last level that still fits."""
_WHY = "the unit above was found in reach"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one unit counted for an indicator; `total` its base. None is missing, never zero."""

    value: Decimal | None
    value_max: Decimal | None = None
    bound: str = ""
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; `depth` 0 is the one asked about, `inside` how many rows below it follow, the closest first.

    `named` False: it belongs to the number but lies outside the viewer's reach today; nothing below it is told.
    """

    unit_id: int
    depth: int
    inside: int
    present: bool
    named: bool
    cells: tuple[Tally | None, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Rows in the order of the tree; `cut` where deeper levels were left out because there are too many units."""

    meanings: tuple[Meaning, ...]
    rows: tuple[UnitRow, ...]
    cut: bool


def by_units(
    viewer: Viewer, unit_id: int, period: Period, wanted: Sequence[Meaning], *, most: int = MOST_UNITS
) -> UnitTable:
    """The table of a unit and period. About 25 queries, whatever the number of units.

    On the tree of the period's end; a unit that did not exist then stands on today's with what its predecessors did.
    """
    unit_in_reach(viewer, unit_id)
    row = period_row(period)
    ensure_totals([row])
    then = tree_on(period.last)
    tree = then if then.find(unit_id) is not None else tree_on(viewer.today)
    at = tree.find(unit_id)
    if at is None:
        return UnitTable(tuple(wanted), (), False)
    places, cut = _places(tree, at, most)
    seen = _seen(viewer, tree, places)
    kept = _without_hidden(tree, places, seen)
    units = [int(tree.shape.unit_ids[place]) for place in kept]
    book = book_of(list(wanted))
    columns = _keys(wanted)
    if tree.id == then.id:
        counts = _counts(book, row, tree, kept, columns)
    else:
        found = placed(book, [Asked(row, then, unit) for unit in units], tree)
        counts = {unit: [one.get(key, Count()) for key in columns] for unit, one in zip(units, found, strict=True)}
    depths = _depths(tree, kept)
    inside = np.searchsorted(kept, tree.shape.hi[kept]) - np.arange(1, len(kept) + 1)
    rows = []
    for number, (place, unit) in enumerate(zip(kept, units, strict=True)):
        present = bool(tree.shape.present[place])
        cells = _cells(wanted, counts[unit])
        rows.append(UnitRow(unit, depths[number], int(inside[number]), present, place in seen, cells))
    return UnitTable(tuple(wanted), _telling(rows), cut)


def _telling(rows: list[UnitRow]) -> tuple[UnitRow, ...]:
    """Without closed units that nobody gave a number for."""
    silent = {
        number
        for number, row in enumerate(rows)
        if not row.present and all(not cell or cell.value is None for cell in row.cells)
    }
    kept = [number for number in range(len(rows)) if number not in silent]
    ends = np.searchsorted(kept, [number + rows[number].inside + 1 for number in kept])
    return tuple(replace(rows[number], inside=int(ends[at]) - at - 1) for at, number in enumerate(kept))


def _places(tree: Tree, at: int, most: int) -> tuple[list[int], bool]:
    """Positions of the unit and those below it, down to the deepest level that fits; at least those directly below."""
    inside = range(at, int(tree.shape.hi[at]))
    if len(inside) <= most:
        return list(inside), False
    depths = _depths(tree, list(inside))
    by_depth = np.cumsum(np.bincount(depths))
    deepest = max(1, int(np.searchsorted(by_depth, most, side="right")) - 1)
    return [place for place, depth in zip(inside, depths, strict=True) if depth <= deepest], True


def _depths(tree: Tree, places: list[int]) -> list[int]:
    """Levels below the first of the places; each stands after the one above it."""
    depth = {places[0]: 0}
    for place in places[1:]:
        depth[place] = depth[int(tree.shape.parent[place])] + 1
    return list(depth.values())


def _seen(viewer: Viewer, tree: Tree, places: list[int]) -> set[int]:
    """The places whose units may be named: all of them, or what today's reach still covers."""
    reach = viewer.reach(Capability.READ)
    if reach.edition_id == tree.id:
        return {place for place in places if reach.covers(place)}
    named = set(units_within(reach).values_list("unit_id", flat=True))
    return {place for place in places if int(tree.shape.unit_ids[place]) in named}


def _without_hidden(tree: Tree, places: list[int], seen: set[int]) -> list[int]:
    """The places without whatever stands below one that may not be named."""
    kept: list[int] = []
    until = 0
    for place in places:
        if place < until:
            continue
        kept.append(place)
        if place not in seen:
            until = int(tree.shape.hi[place])
    return kept


def _keys(wanted: Sequence[Meaning]) -> list[Key]:
    """The columns to read: for each indicator what it counts, then its base where it has one."""
    measures = [m for meaning in wanted for m in (meaning.numerator, meaning.denominator) if m is not None]
    return [(measure.id, 0) for measure in measures]


def _counts(
    book: Book, row: PeriodRow, tree: Tree, places: list[int], columns: list[Key]
) -> dict[int, list[Count | Statement | None]]:
    """What each unit counted, by column: totals where they are stored, own figures of the others.

    None: neither asked nor given.
    """
    units = [int(tree.shape.unit_ids[place]) for place in places]
    stored = Totals.objects.everywhere(because=_WHY).filter(period_id=row.pk, unit_id__in=units)
    numbers = [key_of(*key) for key in columns]
    found: dict[int, list[Count | Statement | None]] = {}
    for unit, packed in stored.values_list("unit_id", "packed"):
        totals = unpack(bytes(packed))
        found[unit] = [Count(**totals.cell(number)._asdict()) for number in numbers]
    alone = [unit for unit in units if unit not in found]
    own = own_chosen(book, row, alone) if alone else {}
    asked = expected_units(book, row, alone) if alone else {}
    said = [(own.get(key, {}), asked.get(book.measures[key[0]].expected, set())) for key in columns]
    for unit in alone:
        found[unit] = [given.get(unit) or (_SILENT if unit in must else None) for given, must in said]
    return found


def _cells(wanted: Sequence[Meaning], counts: Sequence[Count | Statement | None]) -> tuple[Tally | None, ...]:
    cells: list[Tally | None] = []
    at = 0
    for meaning in wanted:
        told = _tally(meaning.numerator, counts[at])
        at += 1
        if meaning.denominator is not None:
            base = _tally(meaning.denominator, counts[at])
            at += 1
            if told is not None and base is not None:
                told = Tally(told.value, told.value_max, told.bound, base.value)
        cells.append(told)
    return tuple(cells)


def _tally(measure: Measure, count: Count | Statement | None) -> Tally | None:
    """A value where one was given; a missing one where it was asked for; None else."""
    if count is None:
        return None
    if isinstance(count, Statement):
        if not count.value and not count.spoken:
            return _MISSING
        bound, most = count.bound, count.value_max
    else:
        if count.missing:
            return _MISSING if count.expected else None
        bound, most = count.joint_bound or count.bound, count.value_max
    top = None if most is None else from_fixed(most, measure.scale)
    return Tally(from_fixed(count.value, measure.scale), top, bound)


_SILENT = Count(expected=1)
_MISSING = Tally(None)
