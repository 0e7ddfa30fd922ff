"""`chithi bench rollup`: adding up a tree, ours against the same arithmetic written level by level in other tools.

Identical input for all: for each column the units' own values, who spoke and who is expected to. Asked of all:
value, units given, spoken and expected for every unit that has children; the answers must be equal to the last
integer. The floor is reading the bytes of the input once. The compiled kernel is loaded beforehand, as in a process
that has been at work; what loading took is among the details, as are seconds of processor, which a busy machine
leaves alone. Growth is measured up to ten nations, ours and the floor alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from chithi.bench.measured import Case, Cost, Measured, best_costs, peak_mib, versions_of
from chithi.bench.rollup_rivals import RIVALS, Cells, Input, Level
from chithi.rollup import Column, Shape, build, key_of, totals
from chithi.rollup.compiled import compiled
from chithi.rollup.totals import Part

SEED = 2016
NATION, ALONE = "nation-month", "alone"
ASKED = (Part.VALUE, Part.GIVEN, Part.SPOKE, Part.EXPECTED)
RUNS = 3


@dataclass(frozen=True)
class Size:
    """`widths`: how many units below each unit of a level, from the root down; the leaves give figures."""

    case: str
    widths: tuple[int, ...]
    columns: int
    rivals: bool = True


SMALL = (Size("district-month", (43, 6), 20),)
SIZES = (
    Size("province-year", (8, 25, 24), 240),
    Size(NATION, (34, 8, 30, 31), 20),
    *(Size(f"{nations} nations", (nations, 34, 8, 30, 31), 20, rivals=False) for nations in (2, 5, 10)),
)


def run(small: bool) -> Measured:
    """One case a size; a rival that is not installed is named as left out."""
    versions, missing = versions_of(("numpy", *(rival.package for rival in RIVALS)))
    measured = Measured("rollup", versions, left_out=missing)
    loading_s = 0.0 if small else _loaded()
    for size in SMALL if small else SIZES:
        measured.cases.append(_case(size, set(missing), loading_s))
    return replace(measured, cases=[_with_ratios(case, measured.cases) for case in measured.cases])


def _with_ratios(case: Case, cases: list[Case]) -> Case:
    """The processor's ratios beside the seconds: to the best level-wise rival, to the floor, to one nation."""
    cost = {name.removeprefix("processor_s "): s for name, s in case.details.items() if name.startswith("processor_s ")}
    level_wise = [cost[rival.name] for rival in RIVALS if rival.level_wise and rival.name in cost]
    ratios = {"processor ours / floor": cost["ours"] / cost["floor"]}
    if level_wise:
        ratios["processor best level-wise rival / ours"] = min(level_wise) / cost["ours"]
    one = next((other for other in cases if other.case == NATION), None)
    if one is None or case.checked != ALONE:
        return replace(case, details=case.details | ratios)
    growth = cost["ours"] / one.details["processor_s ours"]
    told = f"alone; {growth:.1f} times the processor of one nation"
    return replace(case, details=case.details | ratios | {"processor / one nation": growth}, checked=told)


def _loaded() -> float:
    """Load the compiled kernel; seconds of processor."""
    began = time.process_time()
    compiled()
    return time.process_time() - began


def _case(size: Size, missing: set[str], loading_s: float) -> Case:
    shape = tree_of(size.widths)
    own = figures_of(shape, size.columns)
    ours, result = best_costs(RUNS, lambda: totals(shape, own))
    answer = result.cells[:, list(ASKED), :]
    floor, _ = best_costs(RUNS, lambda: read_once(own))
    costs = {"ours": ours, "floor": floor}
    if size.rivals:
        costs |= _rivals(shape, own, answer, missing)
    rivals = {name: cost.wall_s for name, cost in costs.items() if name not in ("ours", "floor")}
    return Case(
        case=size.case,
        size=f"{len(shape)} units x {size.columns} columns",
        ours_s=ours.wall_s,
        rivals=rivals,
        floor_s=floor.wall_s,
        peak_mib=peak_mib(lambda: totals(shape, own)),
        checked="value, given, spoken and expected of every unit with children equal in all" if rivals else ALONE,
        details={f"processor_s {name}": cost.cpu_s for name, cost in costs.items()} | {"loading_s": loading_s},
    )


def _rivals(shape: Shape, own: dict[int, Column], answer: Cells, missing: set[str]) -> dict[str, Cost]:
    given = as_input(shape, own)
    costs = {}
    for rival in RIVALS:
        if rival.package in missing:
            continue
        costs[rival.name], theirs = best_costs(RUNS, _asking(rival.add_up, given))
        theirs = theirs[:, list(ASKED), :] if rival.of_inner else theirs[:, :, shape.inner]
        if not np.array_equal(theirs, answer):
            raise ValueError(f"{rival.name} gives another answer than ours")
    return costs


def _asking(add_up: Callable[[Input], Cells], given: Input) -> Callable[[], Cells]:
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
    return Input(shape, len(shape), tuple(levels), tuple(own[key] for key in sorted(own)))


def read_once(own: dict[int, Column]) -> int:
    """Touch every byte of the input."""
    return sum(
        int(array.sum())
        for column in own.values()
        for array in (column.positions, column.values, column.spoke, column.expected)
    )
