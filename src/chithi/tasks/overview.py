"""Counting tasks for leaders: by state and unit below, by document, by month, overdue ones by age.

Each count is one over `queries.found` with the filter that its list uses, so that both are always equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce

from chithi.db.columns import whole_numbers
from chithi.db.viewer import Viewer
from chithi.following.kinds import Age, State
from chithi.following.rules import month_of
from chithi.following.states import STANDS, stand_on
from chithi.org.places import reach_tree
from chithi.org.queries import UnitCard, cards
from chithi.tasks.directing import named, topmost
from chithi.tasks.queries import Wanted, found, top_units

K = TypeVar("K")
Numbers = npt.NDArray[np.int64]


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
    """What a leader sees at once. `months` by the first day of the month; `directives` by the id of the topmost
    document that the tasks' own carry out (0: under none): one that carries out two counts in both."""

    whole: Counts
    units: tuple[UnitCounts, ...]
    months: dict[date, Counts]
    directives: dict[int, Counts]
    called: dict[int, str]


def picture(viewer: Viewer, wanted: Wanted, today: date) -> Picture:
    """Every count for a filter that names neither state nor age. About fifteen queries, one of them over tasks.

    That one reads four whole numbers of each task out of one index; the counting is done on arrays.
    """
    rows = whole_numbers(
        found(viewer, wanted, today)
        .annotate(under=Coalesce(F("directive_id"), Value(0)), stand=stand_on(today))
        .values_list("unit_id", "under", "due_month", "stand")
        .order_by(),
        4,
    )
    directives = _by_topmost(viewer, _by(rows[:, 1], rows[:, 3]))
    months = {month_of(number): counts for number, counts in sorted(_by(rows[:, 2], rows[:, 3]).items())}
    return Picture(
        whole=added(months.values()),
        units=_by_unit(viewer, wanted, today, rows[:, 0], rows[:, 3]),
        months=months,
        directives=directives,
        called=named(viewer, directives),
    )


def _by_unit(viewer: Viewer, wanted: Wanted, today: date, units: Numbers, stands: Numbers) -> tuple[UnitCounts, ...]:
    """The unit at the top alone, then each one directly below it with its subtree; where no unit is named and the reach
    begins at several, those. Units without a task are left out. Three queries."""
    tops = [wanted.unit] if wanted.unit else top_units(viewer, today)
    tree = reach_tree(today)
    shape = tree.shape
    known_units, place_of = np.unique(units, return_inverse=True)
    found_at = tree.find_all(known_units.tolist())
    at = np.array([found_at.get(one, -1) for one in known_units.tolist()], dtype=np.int64)[place_of]
    if len(tops) == 1 and (top := tree.find(tops[0])) is not None:
        parts = [(tops[0], top, top + 1, True)]
        parts += [(int(shape.unit_ids[c]), int(c), int(shape.hi[c]), False) for c in shape.children(top)]
    else:
        stood = ((one, tree.find(one)) for one in tops)
        parts = [(one, top, int(shape.hi[top]), False) for one, top in stood if top is not None]
    summed = _between(at, stands, [(low, high) for _unit, low, high, _alone in parts])
    known = cards(viewer, {part[0] for part in parts}, today)
    return tuple(
        UnitCounts(known[unit], counts, alone)
        for (unit, _low, _high, alone), counts in zip(parts, summed, strict=True)
        if unit in known and counts.total
    )


def _by_topmost(viewer: Viewer, found: dict[int, Counts]) -> dict[int, Counts]:
    """Counts by document put together under the topmost ones, as the filter of the list understands a document."""
    tops = topmost(viewer, found)
    under: dict[int, list[Counts]] = {}
    for one, counts in found.items():
        for top in tops.get(one, (one,)):
            under.setdefault(top, []).append(counts)
    return {top: added(parts) for top, parts in sorted(under.items())}


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


def carried_on(viewer: Viewer, task_id: int, today: date) -> Counts:
    """The tasks in reach that carry one on directly, as the list of them counts. One query."""
    rows = found(viewer, Wanted(parent=task_id), today).annotate(stand=stand_on(today))
    counts = Counts()
    for stand, many in rows.values("stand").annotate(many=Count("pk")).values_list("stand", "many").order_by():
        counts.add(stand, many)
    return counts


def added(parts: Iterable[Counts]) -> Counts:
    """All of them together."""
    whole = Counts()
    for part in parts:
        for state, many in part.states.items():
            whole.states[state] += many
        for band, many in part.ages.items():
            whole.ages[band] += many
    return whole


def _between(at: Numbers, stands: Numbers, spans: Sequence[tuple[int, int]]) -> list[Counts]:
    """The tasks of units at positions [low, high), for disjoint ascending spans."""
    if not spans:
        return []
    lows = np.array([low for low, _high in spans], dtype=np.int64)
    highs = np.array([high for _low, high in spans], dtype=np.int64)
    span = np.searchsorted(lows, at, side="right") - 1
    inside = (span >= 0) & (at < highs[span])
    counted = _by(span[inside], stands[inside])
    return [counted.get(place, Counts()) for place in range(len(spans))]


def _by(keys: Numbers, stands: Numbers) -> dict[int, Counts]:
    """Counts by key."""
    many_ways = len(STANDS)
    pairs, many = np.unique(keys * many_ways + stands, return_counts=True)
    return _summed(
        (int(pair) // many_ways, int(pair) % many_ways, int(count)) for pair, count in zip(pairs, many, strict=True)
    )


def _summed(rows: Iterable[tuple[K, int, int]]) -> dict[K, Counts]:
    found_in: dict[K, Counts] = {}
    for key, stand, many in rows:
        found_in.setdefault(key, Counts()).add(stand, many)
    return found_in
