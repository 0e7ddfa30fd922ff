"""The arithmetic of SPINE 5: total(unit) = own(unit) + the children's totals, level by level, deepest first.

What a closed predecessor (present False) did counts at its heir and is marked inherited; it is never
expected to speak. An adopted subtree statement adds max(0, statement - what was computed without it) as a
long as an expected unit below has not spoken, else nothing; that balance flows upward like an own figure.
Sums are exact: a column whose figures together could pass int64 is refused (`rollup.too_large`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused
from chithi.core.numbers import INT64_MAX
from chithi.rollup import compiled
from chithi.rollup.columns import Adopted, Column, Own
from chithi.rollup.forest import Forest, Slots, around, whole
from chithi.rollup.shape import NO_PARENT, Flags, Ids, Positions, Shape
from chithi.rollup.totals import Part, Totals

Cells = npt.NDArray[np.int64]

_EMPTY = Column.of()


def totals(shape: Shape, own: Own, keys: Collection[int] | None = None) -> Totals:
    """Totals of every unit that has children, for the columns `keys` (all of `own` by default).

    Time grows with units x columns. Memory beside the result: one byte a unit and core where the compiled kernel
    does it (large trees of many columns), else one column of the whole tree. The bits are the same.
    """
    wanted = _sorted_keys(own if keys is None else keys)
    columns = [own.get(key, _EMPTY) for key in wanted.tolist()]
    machine = compiled.worth(len(shape) * len(columns))
    if machine is None:
        return Totals(shape.inner, wanted, plain(shape, columns))
    cells = np.empty((len(columns), len(Part), len(shape.inner)), np.int64)
    for place in compiled.fill(shape, columns, cells, machine):
        cells[place] = plain(shape, [columns[place]])[0]  # refuses, and says why
    return Totals(shape.inner, wanted, cells)


def plain(shape: Shape, columns: Sequence[Column]) -> Cells:
    """Totals of every unit that has children, level by level: (columns, 8, units with children)."""
    cells = np.empty((len(columns), len(Part), len(shape.inner)), np.int64)
    if len(shape.inner):
        forest = whole(shape)
        at = forest.slot_of[shape.inner]
        for place, column in enumerate(columns):
            cells[place] = _computed(shape, forest, column, None)[:, at]
    return cells


def touched(shape: Shape, positions: npt.ArrayLike) -> Positions:
    """Units whose totals change when own figures at `positions` do: those with children among the
    positions themselves, and all ancestors. Ascending."""
    at = np.unique(np.asarray(positions, dtype=np.int32))
    _refuse_outside(shape, at)
    found = np.zeros(len(shape), np.bool_)
    found[at[shape.child_count[at] > 0]] = True
    at = np.unique(shape.parent[at])
    while len(at := at[at != NO_PARENT]):
        at = at[~found[at]]
        found[at] = True
        at = np.unique(shape.parent[at])
    return np.flatnonzero(found).astype(np.int32)


def recompute(
    shape: Shape,
    stored: Totals,
    own: Own,
    positions: npt.ArrayLike,
    keys: Collection[int] | None = None,
) -> Totals:
    """Totals of `touched(shape, positions)` alone, bit for bit what `totals` gives for them.

    `stored` must hold every child with children that is not itself touched (else `rollup.row_missing`
    naming the unit); `own` the own figures of the touched units and of their childless children, others
    are ignored. `keys` are the columns wanted, by default all that `own` or `stored` knows.
    """
    above = touched(shape, positions)
    wanted = _sorted_keys(set(own) | set(stored.keys.tolist()) if keys is None else keys)
    cells = np.empty((len(wanted), len(Part), len(above)), np.int64)
    if len(above):
        forest = around(shape, above)
        at = forest.slot_of[above]
        brought = _Brought.of(shape, forest, stored)
        for place, key in enumerate(wanted.tolist()):
            cells[place] = _computed(shape, forest, own.get(key, _EMPTY), brought.cells(key))[:, at]
    return Totals(above, wanted, cells)


def _sorted_keys(keys: Collection[int]) -> Ids:
    return np.unique(np.fromiter(keys, np.int64, len(keys)))


@dataclass(frozen=True, eq=False)
class _Brought:
    """Stored totals that enter a forest from outside: at `slots`, taken from `places` of `stored`."""

    stored: Totals
    slots: Slots
    places: Slots

    @classmethod
    def of(cls, shape: Shape, forest: Forest, stored: Totals) -> _Brought:
        slots = np.flatnonzero(~forest.counted)
        wanted = forest.nodes[slots]
        places = np.searchsorted(stored.positions, wanted)
        known = places < len(stored.positions)
        known[known] = stored.positions[places[known]] == wanted[known]
        if not known.all():
            position = int(wanted[~known][0])
            raise Refused("rollup.row_missing", unit=int(shape.unit_ids[position]), position=position)
        return cls(stored, slots, places)

    def cells(self, key: int) -> tuple[Slots, Cells]:
        place = self.stored.index.get(key)
        if place is None:
            return self.slots, np.zeros((len(Part), len(self.slots)), np.int64)
        return self.slots, self.stored.cells[place][:, self.places]


def _computed(shape: Shape, forest: Forest, column: Column, brought: tuple[Slots, Cells] | None) -> Cells:
    """One column over a forest: (8, slots)."""
    cells = np.zeros((len(Part), len(forest.nodes)), np.int64)
    if brought is not None:
        slots, stored = brought
        cells[:, slots] = stored
    _seed(shape, forest, column, cells)
    adoption = _Adoption.of(shape, forest, column.adopted, cells)
    _refuse_too_large(cells[Part.VALUE], adoption.statements)
    used = [row for row in cells if row.any()] if not len(adoption.slots) else list(cells)
    for step in forest.steps:
        for row in used:
            row[step.parents] += np.add.reduceat(row[step.level], step.starts)
        if len(adoption.slots):
            adoption.settle(step.parents, cells)
    return cells


def _seed(shape: Shape, forest: Forest, column: Column, cells: Cells) -> None:
    """Each unit's own figures, before anything is added up."""
    _refuse_outside(shape, column.positions, column.spoke, column.expected)
    _refuse_twice(shape, column.positions)
    slots, counts = forest.slots(column.positions)
    values = column.values[counts]
    cells[Part.VALUE, slots] = values
    cells[Part.GIVEN, slots] = 1
    cells[Part.INHERITED, slots] = np.where(forest.present[slots], 0, values)
    cells[Part.BOUNDS, slots] = column.inexact[counts]
    cells[Part.AT_LEAST, slots] = column.at_least[counts] & column.inexact[counts]
    slots, _ = forest.slots(column.expected)
    cells[Part.EXPECTED, slots] = forest.present[slots]
    slots, _ = forest.slots(column.spoke)
    cells[Part.SPOKE, slots] = cells[Part.EXPECTED, slots]


@dataclass(frozen=True, eq=False)
class _Adoption:
    """Adopted statements of a forest by slot, with how many of the unit itself are silent (0 or 1)."""

    slots: Slots
    statements: Ids
    inexact: Flags
    at_least: Flags
    silent_self: Ids
    inherited: Flags

    @classmethod
    def of(cls, shape: Shape, forest: Forest, adopted: Adopted, cells: Cells) -> _Adoption:
        _refuse_outside(shape, adopted.positions)
        _refuse_twice(shape, adopted.positions)
        slots, counts = forest.slots(adopted.positions)
        return cls(
            slots=slots,
            statements=adopted.statements[counts],
            inexact=adopted.inexact[counts],
            at_least=adopted.at_least[counts] & adopted.inexact[counts],
            silent_self=cells[Part.EXPECTED, slots] - cells[Part.SPOKE, slots],
            inherited=~forest.present[slots],
        )

    def settle(self, parents: Slots, cells: Cells) -> None:
        """Give each adopted statement among `parents` (just added up) its balance."""
        mine = np.isin(self.slots, parents)
        slots = self.slots[mine]
        silent = cells[Part.EXPECTED, slots] - cells[Part.SPOKE, slots] > self.silent_self[mine]
        lacking = np.maximum(self.statements[mine] - cells[Part.VALUE, slots], 0)
        balance = np.where(silent, lacking, 0)
        cells[Part.VALUE, slots] += balance
        cells[Part.BALANCE, slots] += balance
        cells[Part.INHERITED, slots] += np.where(self.inherited[mine], balance, 0)
        cells[Part.BOUNDS, slots] += (balance > 0) & self.inexact[mine]
        cells[Part.AT_LEAST, slots] += (balance > 0) & self.at_least[mine]


def _refuse_outside(shape: Shape, *lists: Positions) -> None:
    for positions in lists:
        if len(positions) and not 0 <= int(positions.min()) <= int(positions.max()) < len(shape):
            raise Refused("rollup.outside", units=len(shape))


def _refuse_twice(shape: Shape, positions: Positions) -> None:
    if (np.diff(positions) > 0).all():
        return
    ordered = np.sort(positions)
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(again):
        raise Refused("rollup.duplicate", unit=int(shape.unit_ids[ordered[again[0]]]))


def _refuse_too_large(*parts: Ids) -> None:
    """No sum or difference over any subset can pass int64 if the magnitudes together do not."""
    if sum(_most(part) * len(part) for part in parts) <= INT64_MAX:
        return
    magnitude = sum(_exact_sum(part[part > 0]) - _exact_sum(part[part < 0]) for part in parts)
    if magnitude > INT64_MAX:
        raise Refused("rollup.too_large")


def _most(values: Ids) -> int:
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def _exact_sum(values: Ids) -> int:
    """The sum as a Python integer, by halves that cannot overflow for fewer than 2**31 values."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())
