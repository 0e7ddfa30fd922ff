"""Where else somebody belongs: second organisations of people counted in a unit, and who of it is counted elsewhere.

A person in several organisations counts once, at home (`chithi.org.measures`). Whoever may open the records of a unit
sees who of its people is counted at another one, and where else those counted here belong; other units are named only
within the reach of `Capability.RECORDS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from chithi.core.periods import Period
from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Recorded
from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import UnitCard, cards, names

MOST_TOLD = 100


@dataclass(frozen=True)
class CountedElsewhere:
    """Somebody who belongs to the unit and is counted at `home`; None outside the reach."""

    name: str
    home: UnitCard | None


def other_places(
    viewer: Viewer, declared: Recorded, period: Period, unit_id: int, person_ids: Collection[int]
) -> dict[int, tuple[UnitCard, ...]]:
    """The other units in reach to which people counted in a unit belong, by person. Three queries."""
    if declared.belonging is None or not person_ids:
        return {}
    rows = _within(viewer, declared.belonging(period.first, period.last)).exclude(**{declared.unit: unit_id})
    found: dict[int, list[int]] = defaultdict(list)
    for person, unit in rows.filter(person_id__in=list(person_ids)).values_list("person_id", declared.unit):
        if unit not in found[person]:
            found[person].append(unit)
    known = cards(viewer, {unit for units in found.values() for unit in units}, period.last) if found else {}
    return {person: tuple(known[unit] for unit in units if unit in known) for person, units in found.items()}


def counted_elsewhere(viewer: Viewer, declared: Recorded, period: Period, unit_id: int) -> tuple[CountedElsewhere, ...]:
    """Those who belong to a unit and are counted at another one, at most `MOST_TOLD` of them. Five queries."""
    if declared.belonging is None:
        return ()
    belong = _within(viewer, declared.belonging(period.first, period.last)).filter(**{declared.unit: unit_id})
    counted = _within(viewer, declared.rows(period.first, period.last)).filter(**{declared.unit: unit_id})
    people = belong.exclude(person_id__in=counted.values("person_id")).order_by("person_id")
    ids = list(people.values_list("person_id", flat=True).distinct()[:MOST_TOLD])
    if not ids:
        return ()
    at_home = _within(viewer, declared.rows(period.first, period.last)).filter(person_id__in=ids)
    homes = dict(at_home.values_list("person_id", declared.unit))
    known = cards(viewer, set(homes.values()), period.last)
    told = names(viewer, ids, Capability.RECORDS)
    return tuple(CountedElsewhere(told.get(person, "–"), known.get(homes.get(person, 0))) for person in ids)


def _within(viewer: Viewer, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.visible_to(viewer.reach(Capability.RECORDS))
