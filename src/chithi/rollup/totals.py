"""What comes out of the kernel: for each unit with children and each column, eight integers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused
from chithi.rollup.shape import Ids, Positions


class Part(IntEnum):
    """The place of each integer in a cell array."""

    VALUE = 0
    GIVEN = 1
    SPOKE = 2
    EXPECTED = 3
    INHERITED = 4
    BOUNDS = 5
    BALANCE = 6
    AT_LEAST = 7


class Cell(NamedTuple):
    """One total. All parts cover the unit itself and everything beneath it.

    `value` own + children's totals + balances; `given` units whose own figure is in it (0: the total is
    missing, not zero, unless a balance was adopted); `spoke` of `expected` units have spoken;
    `inherited` part of the value that closed predecessors did; `bounds` contributions that are not exact;
    `balance` part of the value that comes from adopted subtree statements; `at_least` those of the inexact
    contributions that are lower bounds: where all are, the value itself is one.
    """

    value: int = 0
    given: int = 0
    spoke: int = 0
    expected: int = 0
    inherited: int = 0
    bounds: int = 0
    balance: int = 0
    at_least: int = 0


@dataclass(frozen=True, eq=False)
class Row:
    """All columns of one unit and period: `keys` ascending, `cells` shaped (8, columns), order of `Part`."""

    keys: Ids
    cells: npt.NDArray[np.int64]

    def cell(self, key: int) -> Cell:
        """The total of one column; all zeros (nobody expected, nothing given) where the row has none."""
        return self._by_key.get(key) or Cell()

    @cached_property
    def _by_key(self) -> Mapping[int, Cell]:
        columns = zip(self.keys.tolist(), self.cells.T.tolist(), strict=True)
        return {key: Cell(*parts) for key, parts in columns}

    def replaced(self, newer: Row, keys: Collection[int]) -> Row:
        """This row with the columns `keys` taken from `newer`, gone where `newer` has none."""
        changed = np.fromiter(keys, np.int64, len(keys))
        kept, taken = ~np.isin(self.keys, changed), np.isin(newer.keys, changed)
        merged = np.concatenate([self.keys[kept], newer.keys[taken]])
        cells = np.concatenate([self.cells[:, kept], newer.cells[:, taken]], axis=1)
        order = np.argsort(merged, kind="stable")
        return Row(merged[order], np.ascontiguousarray(cells[:, order]))


@dataclass(frozen=True, eq=False)
class Totals:
    """Totals of many units: `positions` ascending, `keys` ascending, `cells` (columns, 8, positions)."""

    positions: Positions
    keys: Ids
    cells: npt.NDArray[np.int64]

    def row(self, position: int) -> Row:
        """One unit's columns without the empty ones; refuses an absent position (`rollup.row_missing`)."""
        at = int(np.searchsorted(self.positions, position))
        if at == len(self.positions) or self.positions[at] != position:
            raise Refused("rollup.row_missing", position=position)
        cells = self.cells[:, :, at].T
        used = cells.any(axis=0)
        return Row(self.keys[used], np.ascontiguousarray(cells[:, used]))

    def rows(self) -> Iterator[tuple[int, Row]]:
        for position in self.positions.tolist():
            yield position, self.row(position)

    def cell(self, position: int, key: int) -> Cell:
        return self.row(position).cell(key)

    @cached_property
    def index(self) -> Mapping[int, int]:
        """Column key -> its place along the first axis of `cells`."""
        return {key: place for place, key in enumerate(self.keys.tolist())}

    @classmethod
    def of_rows(cls, rows: Mapping[int, Row]) -> Totals:
        """Totals from stored rows, position -> row; a column that a row lacks is empty there."""
        positions = np.array(sorted(rows), dtype=np.int32)
        keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(row.keys for row in rows.values())]))
        cells = np.zeros((len(keys), len(Part), len(positions)), np.int64)
        for at, position in enumerate(positions.tolist()):
            row = rows[position]
            cells[np.searchsorted(keys, row.keys), :, at] = row.cells.T
        return cls(positions, keys, cells)
