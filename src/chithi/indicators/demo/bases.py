"""What the records of each invented organisation count at the end of a period, by the measures themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from chithi.core.periods import Period
from chithi.indicators.demo.values import COMMUNE, OFFICE, OWN_CELL, Base, officials_of
from chithi.indicators.registry import BY_CODE
from chithi.org.demo import Built
from chithi.org.demo.streams import spread
from chithi.org.kinds import UnitKind

_WHY = "invented figures must fit everybody's records"


@dataclass(frozen=True)
class Organisation:
    """A grassroots organisation: its code, its sort, and how many officials outside the Party it has."""

    code: str
    sort: str
    officials: int


def organisations(built: Built, seed: int, officials: int | None = None) -> list[Organisation]:
    """All of the tree, in the order of the plan; `officials` of them in all are outside the Party, where given."""
    found = []
    for unit in built.plan.units.values():
        if unit.is_grassroots and unit.closed is None:
            villages = built.plan.below(unit.code, UnitKind.VILLAGE)
            sort = OWN_CELL if unit.is_cell else COMMUNE if villages else OFFICE
            found.append(Organisation(unit.code, sort, officials_of(seed, unit.code, sort)))
    if officials is None:
        return found
    shares = spread(officials, [one.officials for one in found])
    return [replace(one, officials=share) for one, share in zip(found, shares, strict=True)]


def leaders_above(built: Built, unit: str, period: Period) -> tuple[int, int]:
    """Key leaders whose home is this unit itself, no grassroots organisation: (members, others)."""
    return (
        _counted(built, "org.key_leaders", period, "member")[unit],
        _counted(built, "org.key_leaders", period, "other")[unit],
    )


def bases_on(built: Built, found: list[Organisation], period: Period) -> dict[str, Base]:
    """The bases at the end of a period by code; one query for each of five counts."""
    members = _counted(built, "org.members_on_duty", period)
    cells = _counted(built, "org.cells", period)
    key_members = _counted(built, "org.key_leaders", period, "member")
    key_others = _counted(built, "org.key_leaders", period, "other")
    villages = _counted(built, "org.villages", period)
    return {
        one.code: Base(
            sort=one.sort,
            members=members[one.code],
            cells=cells[one.code],
            key_members=key_members[one.code],
            key_others=key_others[one.code],
            villages=villages[one.code],
            officials=one.officials,
        )
        for one in found
    }


def _counted(built: Built, measure: str, period: Period, member: str = "") -> Counter[str]:
    """Counts of a recorded measure by the code of the grassroots organisation that a unit is or stands under.

    Units above grassroots level count under their own code.
    """
    declared = BY_CODE[measure]
    condition = dict(declared.members)[member](period.last) if member else Q()
    rows = declared.rows(period.first, period.last).everywhere(because=_WHY).filter(condition)
    codes = {number: code for code, number in built.ids.items()}
    found: Counter[str] = Counter()
    counted = rows.values_list(declared.unit).annotate(n=Count("pk")).order_by().values_list(declared.unit, "n")
    for unit_id, count in counted:
        unit = built.plan.units[codes[unit_id]]
        above = built.plan.units.get(unit.parent or "")
        if not unit.is_grassroots and above is not None and above.is_grassroots:
            unit = above
        found[unit.code] += count
    return found
