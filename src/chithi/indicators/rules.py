"""Which figure speaks, what may be entered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Refused
from chithi.core.periods import STANDARD, Period, cover

RECORDED, ENTERED, NARRATIVE = "recorded", "entered", "narrative"
ORDER = (RECORDED, ENTERED, NARRATIVE)


LARGEST = 10**15
"""The largest single figure, in fixed-scale units: a million tỷ đồng. Nine thousand of them still add up exactly."""


@dataclass(frozen=True)
class Statement:
    """What one source says of a unit's own work: a fixed-scale integer, how firmly ("", at_least, at_most, about), up
    to what, and whether the unit has thereby spoken (a count of unconfirmed records has a value but has not)."""

    value: int
    source: str
    bound: str = ""
    value_max: int | None = None
    spoken: bool = True

    @property
    def inexact(self) -> bool:
        return bool(self.bound) or self.value_max is not None

    @property
    def at_least(self) -> bool:
        """Whether it is a lower bound and nothing else."""
        return self.bound == "at_least" and self.value_max is None


def joint_bound(bounds: Iterable[str]) -> str:
    """How firm a sum is: as firm as its parts where they agree, else only about."""
    kinds = {bound for bound in bounds if bound}
    return kinds.pop() if len(kinds) == 1 else "about" if kinds else ""


def together(one: Statement, other: Statement) -> Statement:
    """Two statements of one source about two parts of the same, as one."""
    ranged = one.value_max is not None or other.value_max is not None
    most = [said.value if said.value_max is None else said.value_max for said in (one, other)]
    return Statement(
        one.value + other.value,
        one.source,
        joint_bound((one.bound, other.bound)),
        sum(most) if ranged else None,
        one.spoken and other.spoken,
    )


def in_use(since: date | None, until: date | None, first: date, last: date) -> bool:
    """Whether something used from `since` to the day before `until` (None: always) is used within [first, last]."""
    return (since is None or since <= last) and (until is None or until > first)


def speaking(statements: Mapping[str, Statement], first: str) -> Statement | None:
    """The statement that speaks for a unit: the policy's source, else the others in their fixed order.

    A statement that has spoken goes before one that has not, so that figures entered by hand stand in for records
    nobody keeps yet; a unit's records that exist unconfirmed still go before silence.
    """
    order = (first, *(source for source in ORDER if source != first))
    present = [statements[source] for source in order if source in statements]
    return next((s for s in present if s.spoken), present[0] if present else None)


def added_up(outer: Period, pieces: Mapping[Period, Statement], source: str) -> Statement | None:
    """A flow over `outer` from statements about shorter periods nested in it; spoken only if they leave no gap."""
    found = cover(outer, list(pieces))
    if not found.periods:
        return None
    parts = [pieces[period] for period in found.periods]
    return Statement(
        value=sum(part.value for part in parts),
        source=source,
        bound=joint_bound([*(part.bound for part in parts), *(["at_least"] if found.missing else [])]),
        spoken=not found.missing,
    )


def why_not_period(period: Period, today: date) -> Refused | None:
    """Nothing can be said of a period that has not begun."""
    if period.first > today:
        return Refused("indicators.period_ahead", field="period", first=period.first)
    return None


def why_not_kind(period: Period, kinds: Collection[str]) -> Refused | None:
    """A measure that is asked for in some kinds of period only is not entered for another standard one; none: any."""
    if kinds and period.kind in STANDARD and period.kind.value not in kinds:
        return Refused("indicators.wrong_period_kind", field="period")
    return None


def why_not_there(opened_on: date, closed_on: date | None, period: Period) -> Refused | None:
    """A unit speaks only of days on which it existed."""
    if opened_on > period.last or (closed_on is not None and closed_on <= period.first):
        return Refused("indicators.unit_not_there", field="period", first=period.first, last=period.last)
    return None


def why_not_value(
    value: int | None, value_max: int | None, total: int | None, *, moves: bool = False
) -> Refused | None:
    """No negative counts (a change, which `moves`, may fall), no range upside down, nothing beyond exact storage."""
    given = [n for n in (value, value_max, total) if n is not None]
    if any(n < 0 for n in ([] if total is None else [total]) + ([] if moves else given)):
        return Refused("indicators.negative", field="value")
    if any(abs(n) > LARGEST for n in given):
        return Refused("numbers.too_large", field="value")
    if value_max is not None and (value is None or value_max < value):
        return Refused("indicators.range_upside_down", field="value_max")
    return None


def why_not_parts(whole: int | None, parts: list[int]) -> Refused | None:
    """Parts of a breakdown part the whole: together they cannot be more than it. In the measure's fixed scale."""
    if whole is not None and sum(parts) > whole:
        return Refused("indicators.parts_exceed")
    return None
