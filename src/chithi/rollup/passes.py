"""The three passes of the compiled kernel over one column, as plain loops (`compiled` turns them into machine code).

A childless unit's figures go straight to its parent, so that only units with children need cells: two passes over what
the units gave, one over the units with children from the last to the first. Positions are pre-order, so every child
stands after its parent and has its own total by the time it hands it up. Loops and element access only: what is
written here has to mean the same to Python and to the compiler.

Each pass answers 0, or 1 where the column must be refused: the plain kernel then finds out why and says so.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chithi.core.numbers import INT64_MAX
from chithi.rollup.shape import Flags, Ids, Positions

Cells: TypeAlias = npt.NDArray[np.int64]
Marks: TypeAlias = npt.NDArray[np.uint8]

# what one unit was seen to do in this column
GAVE, ASKED, SPOKE_UP = 1, 2, 4
# rows of a cell array; plain integers, as the compiler knows no enum (`Part`)
VALUE, GIVEN, SPOKE, EXPECTED, INHERITED, BOUNDS, BALANCE, AT_LEAST = range(8)


def take_own(
    into: Positions,
    present: Flags,
    positions: Positions,
    values: Ids,
    inexact: Flags,
    at_least: Flags,
    magnitude: int,
    marks: Marks,
    cells: Cells,
) -> int:
    """Own figures into `cells` (8, units with children). `into`: where each unit's figures count, -1 nowhere.

    `magnitude`: that of the column's statements; 1 where it passes int64 together with the values', where a
    position is not in the tree or a unit gives two figures.
    """
    units = len(into)
    for at in range(len(positions)):
        unit, value = positions[at], values[at]
        if unit < 0 or unit >= units or marks[unit] & GAVE or value < -INT64_MAX:
            return 1
        marks[unit] |= GAVE
        if abs(value) > INT64_MAX - magnitude:
            return 1
        magnitude += abs(value)
        slot = into[unit]
        if slot >= 0:
            cells[VALUE, slot] += value
            cells[GIVEN, slot] += 1
            if not present[unit]:
                cells[INHERITED, slot] += value
            if inexact[at]:
                cells[BOUNDS, slot] += 1
                cells[AT_LEAST, slot] += at_least[at]
    return 0


def take_said(
    into: Positions, present: Flags, expected: Positions, spoke: Positions, marks: Marks, cells: Cells
) -> int:
    """Who is expected and, of these, who spoke; a unit named twice counts once. 1 where one is not in the tree."""
    units = len(into)
    for at in range(len(expected)):
        unit = expected[at]
        if unit < 0 or unit >= units:
            return 1
        new = present[unit] and not marks[unit] & ASKED
        marks[unit] |= ASKED * new
        cells[EXPECTED, into[unit]] += new and into[unit] >= 0
    for at in range(len(spoke)):
        unit = spoke[at]
        if unit < 0 or unit >= units:
            return 1
        new = marks[unit] & (ASKED | SPOKE_UP) == ASKED
        marks[unit] |= SPOKE_UP * new
        cells[SPOKE, into[unit]] += new and into[unit] >= 0
    return 0


def hand_up(
    inner: Positions,
    above: Positions,
    present: Flags,
    adopted: Positions,
    statements: Ids,
    inexact: Flags,
    at_least: Flags,
    marks: Marks,
    cells: Cells,
) -> int:
    """Every unit with children adds its total to its parent's, the last first; `above`: the parent's place in `inner`.

    `adopted`: places in `inner`, ascending, of units with a statement to fill up to.
    """
    left = len(adopted) - 1
    for slot in range(len(inner) - 1, -1, -1):
        if left >= 0 and adopted[left] == slot:
            unit = inner[slot]
            silent_self = 1 if marks[unit] & (ASKED | SPOKE_UP) == ASKED else 0
            lacking = statements[left] - cells[VALUE, slot]
            if lacking > 0 and cells[EXPECTED, slot] - cells[SPOKE, slot] > silent_self:
                cells[VALUE, slot] += lacking
                cells[BALANCE, slot] += lacking
                if not present[unit]:
                    cells[INHERITED, slot] += lacking
                if inexact[left]:
                    cells[BOUNDS, slot] += 1
                    cells[AT_LEAST, slot] += at_least[left]
            left -= 1
        parent = above[slot]
        if parent >= 0:
            for part in range(len(cells)):
                cells[part, parent] += cells[part, slot]
    return 0
