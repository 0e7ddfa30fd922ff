"""The rivals of `chithi bench rollup`: each level's rows grouped by parent and added to it, deepest level first.

Written plainly, as somebody would who knows the tool. All answer (columns, 4, units) of int64.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from chithi.rollup import Column
from chithi.rollup.shape import Positions

Cells = npt.NDArray[np.int64]
PARTS = ("value", "given", "spoke", "expected")


@dataclass(frozen=True)
class Level:
    """The units of one depth and the parent of each, siblings beside each other."""

    units: Positions
    parents: Positions


@dataclass(frozen=True)
class Input:
    """The tree, deepest level first, and the columns in the order of the answer."""

    units: int
    levels: tuple[Level, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Rival:
    """A tool, the package it comes in, and the arithmetic written in it."""

    name: str
    package: str
    add_up: Callable[[Input], Cells]


def spread(given: Input) -> Cells:
    """The input as a dense array, units last."""
    cells = np.zeros((len(given.columns), len(PARTS), given.units), np.int64)
    for at, column in enumerate(given.columns):
        cells[at, 0, column.positions] = column.values
        cells[at, 1, column.positions] = 1
        cells[at, 2, column.spoke] = 1
        cells[at, 3, column.expected] = 1
    return cells


def numpy_levels(given: Input) -> Cells:
    """All columns of a level at once, children beside each other added by `reduceat`."""
    cells = spread(given)
    for level in given.levels:
        starts = np.flatnonzero(np.diff(level.parents, prepend=-1))
        cells[:, :, level.parents[starts]] += np.add.reduceat(cells[:, :, level.units], starts, axis=2)
    return cells


def _wide(given: Input) -> tuple[Cells, Cells]:
    """(answer to be filled, the same memory as units x all columns and parts)."""
    rows = np.ascontiguousarray(spread(given).reshape(-1, given.units).T)
    return rows.T.reshape(len(given.columns), len(PARTS), given.units), rows


def pandas_levels(given: Input) -> Cells:
    pandas: Any = import_module("pandas")
    answer, rows = _wide(given)
    for level in given.levels:
        added = pandas.DataFrame(rows[level.units]).groupby(level.parents, sort=False).sum()
        rows[added.index.to_numpy()] += added.to_numpy()
    return answer


def polars_levels(given: Input) -> Cells:
    polars: Any = import_module("polars")
    answer, rows = _wide(given)
    for level in given.levels:
        frame = polars.DataFrame(rows[level.units]).with_columns(parent=polars.Series(level.parents))
        added = frame.group_by("parent").sum()
        rows[added["parent"].to_numpy()] += added.drop("parent").to_numpy()
    return answer


def duckdb_levels(given: Input) -> Cells:
    """One table of long rows, one INSERT a level."""
    duckdb: Any = import_module("duckdb")
    cells = spread(given)
    columns, parts, units = np.nonzero(cells)
    values = cells[columns, parts, units]
    above = np.full(given.units, -1, np.int32)
    depth = np.zeros(given.units, np.int16)
    for number, level in enumerate(given.levels):
        above[level.units] = level.parents
        depth[level.units] = len(given.levels) - number
    rows = {"col": columns * len(PARTS) + parts, "unit": units, "value": values}
    tree = {"unit": np.arange(given.units), "above": above, "depth": depth}
    with duckdb.connect() as database:
        database.execute("CREATE TABLE tree AS SELECT * FROM tree")
        database.execute("CREATE TABLE cell AS SELECT r.*, t.depth FROM rows r JOIN tree t USING (unit)")
        for at in range(len(given.levels), 0, -1):
            database.execute(
                "INSERT INTO cell SELECT col, t.above, sum(value)::BIGINT, ? - 1 FROM cell c JOIN tree t USING (unit) "
                "WHERE c.depth = ? GROUP BY col, t.above",
                [at, at],
            )
        found = database.execute(
            "SELECT col, unit, sum(value)::BIGINT AS value FROM cell GROUP BY col, unit"
        ).fetchnumpy()
    del rows, tree
    answer = np.zeros((len(given.columns) * len(PARTS), given.units), np.int64)
    answer[found["col"], found["unit"]] = found["value"]
    return answer.reshape(cells.shape)


RIVALS = (
    Rival("numpy level by level", "numpy", numpy_levels),
    Rival("pandas level by level", "pandas", pandas_levels),
    Rival("polars level by level", "polars", polars_levels),
    Rival("duckdb level by level", "duckdb", duckdb_levels),
)
