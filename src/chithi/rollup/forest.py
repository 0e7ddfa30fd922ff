"""The part of a tree that one computation walks: chosen positions laid out level after level.

The whole tree and the few units touched by a save are both a forest, so both go through the same
arithmetic and give the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from chithi.rollup.shape import Flags, Positions, Shape

Slots = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Step:
    """One level handing its figures up: `level` is its slice, `starts` where (within it) each family
    begins, `parents` the slot of each family's parent, one level up."""

    level: slice
    starts: Slots
    parents: Slots


@dataclass(frozen=True, eq=False)
class Forest:
    """`nodes`: positions, level after level; a slot is a place in it. `steps`: deepest level first.

    `counted`: slots whose own figures enter here (the others bring a stored total).
    """

    nodes: Positions
    present: Flags
    counted: Flags
    steps: tuple[Step, ...]
    slot_of: Slots  # position -> slot, -1 outside the forest
    own_slot_of: Slots  # the same, -1 also where the unit brings a stored total

    def slots(self, positions: Positions) -> tuple[Slots, Flags]:
        """Slots of the positions whose own figures count here, and which positions those are."""
        slots = self.own_slot_of[positions]
        counts = slots >= 0
        return slots[counts], counts


def whole(shape: Shape) -> Forest:
    """Every unit, every own figure counted."""
    return _laid_out(shape, shape.by_depth, np.ones(len(shape), np.bool_))


def around(shape: Shape, touched: Positions) -> Forest:
    """The touched units (closed upward) and their children; children with a subtree bring stored totals."""
    is_touched = np.zeros(len(shape), np.bool_)
    is_touched[touched] = True
    chosen = is_touched.copy()
    chosen[shape.children_of(touched)] = True
    nodes = np.flatnonzero(chosen).astype(np.int32)
    nodes = nodes[np.argsort(shape.depth[nodes], kind="stable")]
    return _laid_out(shape, nodes, is_touched[nodes] | (shape.child_count[nodes] == 0))


def _laid_out(shape: Shape, nodes: Positions, counted: Flags) -> Forest:
    slot_of = np.full(len(shape), -1, np.int64)
    slot_of[nodes] = np.arange(len(nodes))
    own_slot_of = np.full(len(shape), -1, np.int64)
    own_slot_of[nodes[counted]] = np.flatnonzero(counted)
    sizes = np.bincount(shape.depth[nodes]) if len(nodes) else np.zeros(0, np.int64)
    ends = np.cumsum(sizes).tolist()
    steps: list[Step] = []
    for lo, hi in pairwise(ends):
        families = shape.parent[nodes[lo:hi]]
        starts = np.flatnonzero(np.diff(families, prepend=-2))
        steps.append(Step(slice(lo, hi), starts, slot_of[families[starts]]))
    return Forest(nodes, shape.present[nodes], counted, tuple(reversed(steps)), slot_of, own_slot_of)
