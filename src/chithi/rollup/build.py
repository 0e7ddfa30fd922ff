"""Making a shape from rows (unit, parent, present, order): vectorised, a nation in a fraction of a second.

Rows come in any order. Refused are a unit given twice (`rollup.duplicate`), a parent that is not among
the units (`rollup.no_parent`), a unit that is its own ancestor (`rollup.cycle`) and more than 1.000
levels (`rollup.too_deep`), each naming a unit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused
from chithi.rollup.shape import NO_PARENT, Flags, Ids, Positions, Shape

MOST_LEVELS = 1000


def build(
    unit_ids: npt.ArrayLike,
    parent_ids: npt.ArrayLike,
    present: npt.ArrayLike | None = None,
    order_keys: npt.ArrayLike | None = None,
) -> Shape:
    """`parent_ids` holds -1 for roots (unit ids are 0 or more); siblings are sorted by order key, then id.

    `present` None means that every unit is; `order_keys` None orders by id alone.
    """
    ids = np.asarray(unit_ids, dtype=np.int64)
    parents = np.asarray(parent_ids, dtype=np.int64)
    here = np.ones(len(ids), np.bool_) if present is None else np.asarray(present, dtype=np.bool_)
    keys = ids if order_keys is None else np.asarray(order_keys)
    if not len(ids) == len(parents) == len(here) == len(keys):
        raise Refused("rollup.uneven", units=len(ids), parents=len(parents))
    parent_row = _parent_rows(ids, parents)
    sorted_rows = np.lexsort((ids, keys, parent_row))  # roots first, then each unit's children together
    levels = _levels(parent_row, sorted_rows)
    reached = sum(len(level) for level in levels)
    if reached < len(ids):
        raise Refused("rollup.cycle", unit=int(ids[_on_a_cycle(parent_row, levels)]))
    size = _subtree_sizes(parent_row, levels)
    at = _preorder(parent_row, levels, size)
    return _arranged(ids, here, parent_row, levels, size, at)


def _parent_rows(ids: Ids, parents: Ids) -> npt.NDArray[np.int64]:
    """The row of each row's parent, -1 for roots."""
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    twice = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(twice):
        raise Refused("rollup.duplicate", unit=int(ordered[twice[0]]))
    if len(ordered) and ordered[0] < 0:
        raise Refused("rollup.no_unit", unit=int(ordered[0]))
    rooted = parents == NO_PARENT
    at = np.minimum(np.searchsorted(ordered, parents), max(len(ids) - 1, 0))
    lost = np.flatnonzero(~rooted & (ordered[at] != parents)) if len(ids) else np.zeros(0, np.int64)
    if len(lost):
        raise Refused("rollup.no_parent", unit=int(ids[lost[0]]), parent=int(parents[lost[0]]))
    return np.where(rooted, NO_PARENT, order[at]) if len(ids) else np.zeros(0, np.int64)


def _levels(parent_row: npt.NDArray[np.int64], sorted_rows: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Rows level after level, each level in its parents' order."""
    counts = np.bincount(parent_row + 1, minlength=len(parent_row) + 1)
    starts = np.cumsum(counts) - counts  # where in sorted_rows the children of row r - 1 begin
    levels: list[npt.NDArray[np.int64]] = []
    level = sorted_rows[: counts[0]] if len(parent_row) else sorted_rows
    while len(level):
        if len(levels) == MOST_LEVELS:
            raise Refused("rollup.too_deep", limit=MOST_LEVELS)
        levels.append(level)
        of_each = counts[level + 1]
        ends = np.cumsum(of_each)
        within = np.arange(int(ends[-1])) - np.repeat(ends - of_each, of_each)
        level = sorted_rows[np.repeat(starts[level + 1], of_each) + within]
    return levels


def _on_a_cycle(parent_row: npt.NDArray[np.int64], levels: list[npt.NDArray[np.int64]]) -> int:
    """A row that is its own ancestor: from any row no root reaches, walking up must come round."""
    unreached = np.ones(len(parent_row), np.bool_)
    for level in levels:
        unreached[level] = False
    at, seen = int(np.flatnonzero(unreached)[0]), set[int]()
    while at not in seen:
        seen.add(at)
        at = int(parent_row[at])
    return at


def _subtree_sizes(parent_row: npt.NDArray[np.int64], levels: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    size = np.ones(len(parent_row), np.int64)
    for level in reversed(levels[1:]):
        parents = parent_row[level]
        starts = np.flatnonzero(np.diff(parents, prepend=-1))
        size[parents[starts]] += np.add.reduceat(size[level], starts)
    return size


def _preorder(
    parent_row: npt.NDArray[np.int64],
    levels: list[npt.NDArray[np.int64]],
    size: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The position of each row: its parent's, one more, and past the subtrees of its elder siblings."""
    at = np.empty(len(parent_row), np.int64)
    for depth, level in enumerate(levels):
        before = np.cumsum(size[level]) - size[level]
        if depth == 0:
            at[level] = before
            continue
        parents = parent_row[level]
        starts = np.flatnonzero(np.diff(parents, prepend=-1))
        family = np.repeat(before[starts], np.diff(starts, append=len(level)))
        at[level] = at[parents] + 1 + before - family
    return at


def _arranged(
    ids: Ids,
    present: Flags,
    parent_row: npt.NDArray[np.int64],
    levels: list[npt.NDArray[np.int64]],
    size: npt.NDArray[np.int64],
    at: npt.NDArray[np.int64],
) -> Shape:
    n = len(ids)
    row_at = np.empty(n, np.int64)
    row_at[at] = np.arange(n)
    depth = np.empty(n, np.int16)
    for number, level in enumerate(levels):
        depth[at[level]] = number
    parent_at: Positions = np.where(parent_row == NO_PARENT, NO_PARENT, at[parent_row]).astype(np.int32)
    return Shape(
        unit_ids=ids[row_at],
        parent=parent_at[row_at],
        depth=depth,
        hi=(np.arange(n) + size[row_at]).astype(np.int32),
        present=present[row_at],
    )
