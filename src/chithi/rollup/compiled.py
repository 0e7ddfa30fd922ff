"""The compiled kernel: totals of a whole large tree in machine code, columns shared out over the cores.

Importing the compiler costs a process one to two seconds and 100 MiB, compiling another (its work is kept in its cache
where one can be written). So it is never loaded at start, but when a process has spent about as long on large sums in
the plain way: a process that adds up little never pays, one that adds up much pays at most double. The plain kernel
(`kernel`) is the meaning: this one gives the same bits, and leaves to it every column that is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TypeAlias

import numpy as np

from chithi.core.numbers import INT64_MAX
from chithi.rollup import passes
from chithi.rollup.columns import Adopted, Column
from chithi.rollup.shape import Flags, Ids, Positions, Shape

Pass: TypeAlias = Callable[..., int]

SMALL = 100_000
"""Cells (units x columns) of a sum that the plain kernel does in a few milliseconds."""

WORTH_LOADING = 25_000_000
"""Cells that the plain kernel adds up in about the time of loading this one."""

A_SHARE = 1_000_000
"""Cells from which another core is worth a thread."""

MOST_WORKERS = 8


@dataclass(frozen=True)
class Passes:
    """`passes` in machine code."""

    take_own: Pass
    take_said: Pass
    hand_up: Pass


@cache
def compiled() -> Passes | None:
    """The compiled passes; None where the compiler is switched off (NUMBA_DISABLE_JIT)."""
    import numba
    from numba import types
    from numba.core import config

    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # set while it is imported
        return None

    def given(kind: types.Type) -> types.Array:
        return types.Array(kind, 1, "C", readonly=True)

    at, whole, flag, count = given(types.int32), given(types.int64), given(types.boolean), types.int64
    marks, cells = types.uint8[::1], types.int64[:, ::1]

    def made(work: Pass, *takes: types.Type) -> Pass:
        signature = types.int64(*takes)
        try:
            return numba.njit(signature, nogil=True, cache=True)(work)
        except RuntimeError:  # nowhere to keep it
            return numba.njit(signature, nogil=True)(work)

    return Passes(
        made(passes.take_own, at, flag, at, whole, flag, flag, count, marks, cells),
        made(passes.take_said, at, flag, at, at, marks, cells),
        made(passes.hand_up, at, at, flag, at, whole, flag, flag, marks, cells),
    )


_plainly = [0]  # cells of large sums this process has added up in the plain way so far


def worth(cells: int) -> Passes | None:
    """The compiled passes for a sum of so many cells where they pay, else None: use the plain kernel."""
    if cells <= SMALL:
        return None
    if not compiled.cache_info().currsize:
        _plainly[0] += cells
        if _plainly[0] <= WORTH_LOADING:
            return None
    return compiled()


@dataclass(frozen=True, eq=False)
class Ways:
    """Where figures go in a tree. `into`: position -> the place in `inner` where its own figures count, -1 for roots
    without children; `above`: place in `inner` -> that of the parent, -1 for roots."""

    into: Positions
    inner: Positions
    above: Positions
    present: Flags

    @classmethod
    def of(cls, shape: Shape) -> Ways:
        place = np.full(len(shape) + 1, -1, np.int32)  # the last entry answers for "no parent"
        place[shape.inner] = np.arange(len(shape.inner), dtype=np.int32)
        of_parent = place[shape.parent]  # NO_PARENT is -1
        into = np.where(shape.child_count > 0, place[:-1], of_parent)
        return cls(into, shape.inner, of_parent[shape.inner], shape.present)


def fill(shape: Shape, columns: Sequence[Column], cells: passes.Cells, machine: Passes) -> list[int]:
    """Totals of each column into `cells` (columns, 8, units with children); the places of those to be refused.

    Memory beside the result: one byte a unit and core.
    """
    ways = Ways.of(shape)
    worth_it = 1 + len(shape) * len(columns) // A_SHARE
    workers = max(1, min(len(os.sched_getaffinity(0)), MOST_WORKERS, len(columns), worth_it))

    def share(first: int) -> list[int]:
        marks = np.empty(len(shape), np.uint8)
        return [
            place
            for place in range(first, len(columns), workers)
            if not _filled(machine, ways, columns[place], marks, cells[place])
        ]

    if workers == 1:
        return share(0)
    with ThreadPoolExecutor(workers) as pool:
        return sorted(chain.from_iterable(pool.map(share, range(workers))))


def _filled(machine: Passes, ways: Ways, column: Column, marks: passes.Marks, cells: passes.Cells) -> bool:
    marks.fill(0)
    cells.fill(0)
    adopted = _Placed.of(ways, column.adopted)
    if adopted is None:
        return False
    own = (np.ascontiguousarray(part) for part in (column.positions, column.values, column.inexact, column.at_least))
    expected, spoke = np.ascontiguousarray(column.expected), np.ascontiguousarray(column.spoke)
    return not (
        machine.take_own(ways.into, ways.present, *own, adopted.magnitude, marks, cells)
        or machine.take_said(ways.into, ways.present, expected, spoke, marks, cells)
        or machine.hand_up(ways.inner, ways.above, ways.present, *adopted.arrays, marks, cells)
    )


@dataclass(frozen=True, eq=False)
class _Placed:
    """Adopted statements of units with children, by place in `inner`, ascending."""

    arrays: tuple[Positions, Ids, Flags, Flags]
    magnitude: int

    @classmethod
    def of(cls, ways: Ways, adopted: Adopted) -> _Placed | None:
        """None where the plain kernel has something to refuse."""
        if not len(adopted.positions):
            return _NOTHING
        order = np.argsort(adopted.positions, kind="stable")
        positions = adopted.positions[order]
        if positions[0] < 0 or positions[-1] >= len(ways.into) or (np.diff(positions) == 0).any():
            return None
        magnitude = sum(map(abs, adopted.statements.tolist()))
        if magnitude > INT64_MAX:
            return None
        places = np.searchsorted(ways.inner, positions)
        held = places < len(ways.inner)
        held[held] = ways.inner[places[held]] == positions[held]
        kept = order[held]
        arrays = (
            places[held].astype(np.int32),
            adopted.statements[kept],
            adopted.inexact[kept],
            adopted.at_least[kept],
        )
        return cls(arrays, magnitude)


_NOTHING = _Placed((np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.bool_), np.zeros(0, np.bool_)), 0)
