"""`chithi bench rollup`: adding up a tree, ours against the same arithmetic written level by level in other tools.

Identical input for all: for each column the units' own values, who spoke and who is expected to. Asked of all:
value, units given, spoken and expected for every unit that has children; the answers must be equal to the last
integer. The floor is reading the bytes of the input once. Comparing with joins on ancestors would flatter us.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.bench.rollup_rivals import RIVALS, Input, Level
from chithi.rollup import Column, Shape, build, key_of, totals
from chithi.rollup.totals import Part

SEED = 2016
ASKED = (Part.VALUE, Part.GIVEN, Part.SPOKE, Part.EXPECTED)
RUNS = 3


@dataclass(frozen=True)
class Size:
    """`widths`: how many units below each unit of a level, from the root down; the leaves give figures."""

    case: str
    widths: tuple[int, ...]
    columns: int


SMALL = (Size("district-month", (43, 6), 20),)
SIZES = (
    Size("province-year", (8, 25, 24), 240),
    Size("nation-month", (34, 8, 30, 31), 20),
)


def run(small: bool) -> Measured:
    """One case a size; a rival that is not installed is named as left out."""
    versions, missing = versions_of(("numpy", *(rival.package for rival in RIVALS)))
    measured = Measured("rollup", versions, left_out=missing)
    for size in SMALL if small else SIZES:
        measured.cases.append(_case(size, set(missing)))
    return measured


def _case(size: Size, missing: set[str]) -> Case:
    shape = tree_of(size.widths)
    own = figures_of(shape, size.columns)
    given = as_input(shape, own)
    ours_s, ours = best_of(RUNS, lambda: totals(shape, own))
    answer = ours.cells[:, list(ASKED), :]
    rivals = {}
    for rival in RIVALS:
        if rival.package not in missing:
            rivals[rival.name], theirs = best_of(RUNS, _asking(rival.add_up, given))
            if not np.array_equal(theirs[:, :, shape.inner], answer):
                raise ValueError(f"{rival.name} gives another answer than ours")
    floor_s, _ = best_of(RUNS, lambda: read_once(own))
    return Case(
        case=size.case,
        size=f"{len(shape)} units x {size.columns} columns",
        ours_s=ours_s,
        rivals=rivals,
        floor_s=floor_s,
        peak_mib=peak_mib(lambda: totals(shape, own)),
        checked="value, given, spoken and expected of every unit with children equal in all",
    )


def _asking(add_up: Callable[[Input], npt.NDArray[np.int64]], given: Input) -> Callable[[], npt.NDArray[np.int64]]:
    return lambda: add_up(given)


def tree_of(widths: tuple[int, ...]) -> Shape:
    """A regular tree: one root, then so many children each."""
    parents = [np.array([-1])]
    first, count = 0, 1
    for width in widths:
        parents.append(np.repeat(np.arange(first, first + count), width))
        first, count = first + count, count * width
    above = np.concatenate(parents)
    return build(np.arange(len(above)), above)


def figures_of(shape: Shape, columns: int) -> dict[int, Column]:
    """Every leaf is expected to speak; nine of ten do, with values up to 999."""
    random = np.random.default_rng(SEED)
    leaves = np.flatnonzero(shape.child_count == 0).astype(np.int32)
    own = {}
    for number in range(columns):
        spoke = leaves[random.random(len(leaves)) < 0.9]
        values = random.integers(0, 1000, len(spoke))
        own[key_of(number + 1)] = Column.of(spoke, values, spoke=spoke, expected=leaves)
    return own


def as_input(shape: Shape, own: dict[int, Column]) -> Input:
    """What the rivals are given: the same arrays, and the tree as levels from the deepest up."""
    levels = []
    for rows in reversed(shape.levels[1:]):
        children = shape.by_depth[rows]
        levels.append(Level(children, shape.parent[children]))
    return Input(len(shape), tuple(levels), tuple(own[key] for key in sorted(own)))


def read_once(own: dict[int, Column]) -> int:
    """Touch every byte of the input."""
    return sum(
        int(array.sum())
        for column in own.values()
        for array in (column.positions, column.values, column.spoke, column.expected)
    )
