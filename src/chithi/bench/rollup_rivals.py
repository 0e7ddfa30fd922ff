"""The rivals of `chithi bench rollup`: each level's rows grouped by parent and added to it, deepest level first.

Written plainly, as somebody would who knows the tool. All answer (columns, 4, units) of int64. Beside them stand
our own plain kernel, which the compiled one has to beat too, and the table of ancestors that SQL is often asked with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from chithi.rollup import Column
from chithi.rollup.kernel import plain
from chithi.rollup.shape import Positions, Shape

Cells = npt.NDArray[np.int64]
PARTS = ("value", "given", "spoke", "expected")


@dataclass(frozen=True)
class Level:
    """The units of one depth and the parent of each, siblings beside each other."""

    units: Positions
    parents: Positions


@dataclass(frozen=True)
class Input:
    """The tree, deepest level first, and the columns in the order of the answer. `shape` is for ours alone."""

    shape: Shape
    units: int
    levels: tuple[Level, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Rival:
    """A tool, the package it comes in, and the arithmetic written in it."""

    name: str
    package: str
    add_up: Callable[[Input], Cells]
    of_inner: bool = False  # answers for units with children only, with further parts
    level_wise: bool = True


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


def plain_kernel(given: Input) -> Cells:
    """Ours without the compiler: level by level, one column at a time, for units with children only."""
    return plain(given.shape, given.columns)


_SUMS = ", ".join(f"sum({part})::BIGINT AS {part}" for part in PARTS)


def duckdb_levels(given: Input) -> Cells:
    """A row holds a unit's four integers of a column; one INSERT a level."""
    rows, tree = _rows(given), _tree(given)
    with import_module("duckdb").connect() as database:
        database.register("rows_given", rows)
        database.register("tree_given", tree)
        database.execute("CREATE TABLE tree AS SELECT * FROM tree_given")
        database.execute("CREATE TABLE cell AS SELECT r.*, t.depth FROM rows_given r JOIN tree t USING (unit)")
        for at in range(len(given.levels), 0, -1):
            database.execute(
                f"INSERT INTO cell SELECT col, t.above, {_SUMS}, ? - 1 FROM cell c JOIN tree t USING (unit) "  # noqa: S608 - constants
                "WHERE c.depth = ? GROUP BY col, t.above",
                [at, at],
            )
        asked = f"SELECT col, unit, {_SUMS} FROM cell GROUP BY col, unit"  # noqa: S608 - constants
        return _answered(given, database.execute(asked))


def duckdb_ancestors(given: Input) -> Cells:
    """One join with a table of every unit's ancestors, itself among them, and one GROUP BY."""
    above = _tree(given)["above"]
    unit = ancestor = np.arange(given.units)
    pairs = []
    while len(unit):
        pairs.append((unit, ancestor))
        higher = above[ancestor]
        unit, ancestor = unit[higher >= 0], higher[higher >= 0]
    closure = {"unit": np.concatenate([u for u, _ in pairs]), "ancestor": np.concatenate([a for _, a in pairs])}
    with import_module("duckdb").connect() as database:
        database.register("rows_given", _rows(given))
        database.register("closure", closure)
        cells = f"SELECT col, ancestor AS unit, {_SUMS} FROM rows_given JOIN closure USING (unit)"  # noqa: S608 - constants
        return _answered(given, database.execute(cells + " GROUP BY col, ancestor"))


def _rows(given: Input) -> dict[str, npt.NDArray[np.int64]]:
    """Rows of units with anything to say in a column."""
    cells = spread(given)
    columns, units = np.nonzero(cells.any(axis=1))
    parts = {part: cells[columns, at, units] for at, part in enumerate(PARTS)}
    return {"col": columns, "unit": units, **parts}


def _tree(given: Input) -> dict[str, npt.NDArray[np.int64]]:
    above, depth = np.full(given.units, -1), np.zeros(given.units, np.int64)
    for number, level in enumerate(given.levels):
        above[level.units] = level.parents
        depth[level.units] = len(given.levels) - number
    return {"unit": np.arange(given.units), "above": above, "depth": depth}


def _answered(given: Input, asked: Any) -> Cells:
    found = asked.fetchnumpy()
    answer = np.zeros((len(given.columns), len(PARTS), given.units), np.int64)
    for at, part in enumerate(PARTS):
        answer[found["col"], at, found["unit"]] = found[part]
    return answer


RIVALS = (
    Rival("plain kernel level by level", "numpy", plain_kernel, of_inner=True),
    Rival("numpy level by level", "numpy", numpy_levels),
    Rival("pandas level by level", "pandas", pandas_levels),
    Rival("polars level by level", "polars", polars_levels),
    Rival("duckdb level by level", "duckdb", duckdb_levels),
    Rival("duckdb ancestor table", "duckdb", duckdb_ancestors, level_wise=False),
)
