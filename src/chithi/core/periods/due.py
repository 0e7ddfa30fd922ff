"""When the report on a period is due at each level.

Nghị định 09/2019/NĐ-CP, as a pattern: a report is due no sooner than one day after the cut-off, and where
it passes through several levels the regime states a deadline for each. The days below are shipped
defaults, not law: a regime of one's own is another tuple of rules, handed to `due` as `rules`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chithi.core.errors import Refused
from chithi.core.periods.windows import Kind, Period

SOONEST = 1
"""Days after the window's last day before which no report may be due (the pattern of NĐ 09/2019)."""


class Level(StrEnum):
    """Steps a report climbs, lowest first. A unit that is both cell and grassroots reports as grassroots."""

    CELL = "cell"
    SUBCOMMITTEE = "subcommittee"
    GRASSROOTS = "grassroots"
    DISTRICT = "district"
    PROVINCE = "province"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class DueRule:
    """Days after the window's last day by which a level has reported, per kind of period, and why."""

    level: Level
    days: Mapping[Kind, int]
    basis: str
    tag: str  # one of the four tags of RULES: LEGAL_MANDATORY, OFFICIAL_GUIDANCE, LOCAL_…


def _rule(level: Level, month: int, quarter: int, longer: int) -> DueRule:
    days = dict.fromkeys(Kind, longer) | {Kind.MONTH: month, Kind.QUARTER: quarter}
    return DueRule(level, days, "Mặc định theo cách của NĐ 09/2019/NĐ-CP", "LOCAL_POLICY_PROPOSAL")


DUE_DAYS: tuple[DueRule, ...] = (
    _rule(Level.CELL, 2, 3, 5),
    _rule(Level.SUBCOMMITTEE, 3, 5, 7),
    _rule(Level.GRASSROOTS, 4, 7, 10),
    _rule(Level.DISTRICT, 7, 10, 15),
    _rule(Level.PROVINCE, 10, 15, 20),
    _rule(Level.CENTRE, 15, 20, 30),
)
"""The shipped regime: each level has at least a day after the level below it."""


def due(period: Period, level: str, rules: Sequence[DueRule] = DUE_DAYS) -> date:
    """The last day on which `level` reports in time on `period`; never sooner than the day after cut-off.

    Refuses a level the regime does not name (`periods.unknown_level`).
    """
    for rule in rules:
        if rule.level == level:
            return period.last + timedelta(days=max(SOONEST, rule.days[period.kind]))
    raise Refused("periods.unknown_level", level=level)
