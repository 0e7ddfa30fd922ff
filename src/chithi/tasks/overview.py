"""Counting tasks for leaders: by state and unit below, by document, by month, overdue ones by age.

Each count is one over `queries.found` with the filter that its list uses, so that both are always equal. A picture of
the whole is three statements that group in the database, whatever the number of units and tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce

from chithi.db.columns import Table, whole_numbers
from chithi.db.viewer import Viewer
from chithi.following.kinds import Age, State
from chithi.following.states import STANDS, stand_on
from chithi.org.places import reach_tree
from chithi.org.queries import UnitCard, cards
from chithi.tasks.directing import named
from chithi.tasks.queries import Wanted, found, top_units

K = TypeVar("K")


@dataclass
class Counts:
    """How many tasks stand how; of the overdue ones, for how long."""

    states: dict[State, int] = field(default_factory=lambda: defaultdict(int))
    ages: dict[Age, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.states.values())

    def add(self, stand: int, many: int) -> None:
        """So many more that stand like `STANDS[stand]`."""
        state, band = STANDS[stand]
        self.states[state] += many
        if band is not None:
            self.ages[band] += many


@dataclass(frozen=True)
class UnitCounts:
    """The tasks of a unit and all below it, or (`alone`) of the unit at the top itself."""

    unit: UnitCard
    counts: Counts
    alone: bool = False


@dataclass(frozen=True)
class Picture:
    """What a leader sees at once. `months` by the first day of the month, `directives` by id (0: under none)."""

    whole: Counts
    units: tuple[UnitCounts, ...]
    months: dict[date, Counts]
    directives: dict[int, Counts]
    called: dict[int, str]


def picture(viewer: Viewer, wanted: Wanted, today: date) -> Picture:
    """Every count for a filter that names neither state nor age. About fifteen queries, three of them over tasks."""
    directives = by_directive(viewer, wanted, today)
    months = by_month(viewer, wanted, today)
    return Picture(
        whole=added(months.values()),
        units=by_unit(viewer, wanted, today),
        months=months,
        directives=directives,
        called=named(viewer, directives),
    )


def by_unit(viewer: Viewer, wanted: Wanted, today: date) -> tuple[UnitCounts, ...]:
    """The unit at the top alone, then each one directly below it with its subtree; where no unit is named and the reach
    begins at several, those. Units without a task are left out. About five queries."""
    grouped = (
        found(viewer, wanted, today)
        .annotate(stand=stand_on(today))
        .values("unit_id", "stand")
        .annotate(many=Count("pk"))
        .values_list("unit_id", "stand", "many")
        .order_by()
    )
    rows = whole_numbers(grouped, 3)
    tops = [wanted.unit] if wanted.unit else top_units(viewer, today)
    tree = reach_tree(today)
    shape = tree.shape
    positions = tree.find_all([int(one) for one in np.unique(rows[:, 0])])
    at = np.array([positions.get(int(one), -1) for one in rows[:, 0]], dtype=np.int64)
    parts: list[tuple[int, int, int, bool]] = []
    if len(tops) == 1 and (top := tree.find(tops[0])) is not None:
        parts.append((tops[0], top, top + 1, True))
        parts += [(int(shape.unit_ids[c]), int(c), int(shape.hi[c]), False) for c in shape.children(top)]
    else:
        stood = ((one, tree.find(one)) for one in tops)
        parts = [(one, top, int(shape.hi[top]), False) for one, top in stood if top is not None]
    summed = {part: _between(rows, at, part[1], part[2]) for part in parts}
    known = cards(viewer, {part[0] for part in parts}, today)
    return tuple(
        UnitCounts(known[part[0]], counts, part[3])
        for part, counts in summed.items()
        if part[0] in known and counts.total
    )


def by_directive(viewer: Viewer, wanted: Wanted, today: date) -> dict[int, Counts]:
    """By the document that tasks stand under; 0 for none."""
    grouped = (
        found(viewer, wanted, today)
        .annotate(under=Coalesce(F("directive_id"), Value(0)), stand=stand_on(today))
        .values("under", "stand")
        .annotate(many=Count("pk"))
        .values_list("under", "stand", "many")
        .order_by()
    )
    return _summed((int(under), int(stand), int(many)) for under, stand, many in whole_numbers(grouped, 3))


def by_month(viewer: Viewer, wanted: Wanted, today: date) -> dict[date, Counts]:
    """By the month in which tasks are due, in order."""
    grouped = (
        found(viewer, wanted, today)
        .annotate(stand=stand_on(today))
        .values("due_on", "stand")
        .annotate(many=Count("pk"))
        .values_list("due_on", "stand", "many")
        .order_by()
    )
    found_on = ((due.replace(day=1), stand, many) for due, stand, many in grouped)
    return dict(sorted(_summed(found_on).items()))


def by_day(viewer: Viewer, wanted: Wanted, today: date) -> dict[date, Counts]:
    """By the very day, for a calendar; the filter names a month."""
    grouped = (
        found(viewer, wanted, today)
        .annotate(stand=stand_on(today))
        .values("due_on", "stand")
        .annotate(many=Count("pk"))
        .values_list("due_on", "stand", "many")
        .order_by()
    )
    return _summed(grouped)


def added(parts: Iterable[Counts]) -> Counts:
    """All of them together."""
    whole = Counts()
    for part in parts:
        for state, many in part.states.items():
            whole.states[state] += many
        for band, many in part.ages.items():
            whole.ages[band] += many
    return whole


def _between(rows: Table, at: Table, low: int, high: int) -> Counts:
    """The rows of units that stand at positions [low, high)."""
    inside = rows[(at >= low) & (at < high)]
    counts = Counts()
    for stand, many in enumerate(np.bincount(inside[:, 1], weights=inside[:, 2], minlength=len(STANDS))):
        if many:
            counts.add(stand, int(many))
    return counts


def _summed(rows: Iterable[tuple[K, int, int]]) -> dict[K, Counts]:
    found_in: dict[K, Counts] = {}
    for key, stand, many in rows:
        found_in.setdefault(key, Counts()).add(stand, many)
    return found_in
