"""What the units of an edition are, as flags by place: who is a cell, who a grassroots organisation, a district's body.

No unit changes over the days of an edition, so this is read once for a shape that is in hand and goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from django.db.models import Case, IntegerField, Value, When

from chithi.db.columns import whole_numbers
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import UnitState, valid_on
from chithi.org.places import Tree
from chithi.rollup.shape import Flags, Shape

_WHY = "what kinds the units of an edition are; who asks picks those of a branch found in reach"
_DISTRICT, _MASS_ORGANISATION = 1, 2


@dataclass(frozen=True, eq=False)
class Kinds:
    """Units of each kind that may be asked for something (`chithi.org.kinds.Expected`)."""

    flags: dict[str, Flags]

    def those(self, expected: str) -> Flags:
        """By place, whether the unit there is of a kind. Not to be changed."""
        return self.flags[expected]


_read: WeakKeyDictionary[Shape, Kinds] = WeakKeyDictionary()


def kinds_by_place(tree: Tree) -> Kinds:
    """The kinds of all units of an edition. One query the first time, none afterwards."""
    found = _read.get(tree.shape)
    if found is None:
        found = _read[tree.shape] = _kinds(tree)
    return found


def _kinds(tree: Tree) -> Kinds:
    kind = Case(
        When(kind=UnitKind.DISTRICT, then=Value(_DISTRICT)),
        When(kind=UnitKind.MASS_ORGANISATION, then=Value(_MASS_ORGANISATION)),
        default=Value(0),
        output_field=IntegerField(),
    )
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(tree.since))
    rows = whole_numbers(states.values_list("unit_id", "is_cell", "is_grassroots", kind), 4)
    at = tree.shape.places(rows[:, 0])
    rows, at = rows[at >= 0], at[at >= 0]
    where = {
        Expected.CELLS: rows[:, 1] == 1,
        Expected.GRASSROOTS: rows[:, 2] == 1,
        Expected.DISTRICTS: rows[:, 3] == _DISTRICT,
        Expected.MASS_ORGANISATIONS: rows[:, 3] == _MASS_ORGANISATION,
        Expected.NOBODY: np.zeros(len(rows), np.bool_),
    }
    found = {}
    for expected, holds in where.items():
        flags = np.zeros(len(tree.shape), np.bool_)
        flags[at[holds]] = True
        flags.setflags(write=False)
        found[expected.value] = flags
    return Kinds(found)
