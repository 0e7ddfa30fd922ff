"""Which number stands for an indicator of a unit and period, and what share it makes. Pure.

The computed total speaks as soon as one unit below has spoken; a subtree statement stands beside it with the
difference. Where nobody below has spoken (nothing given, or records nobody has confirmed), the statement speaks. It
brings its own base or share; it is never set over somebody else's denominator.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from chithi.core.numbers import from_fixed, implied_total, rounded
from chithi.core.numbers import percent as share_of


@dataclass(frozen=True)
class Said:
    """One live figure as read: integers in the measure's scale, `share` as written in percent."""

    figure_id: int
    source: str
    covers: str
    value: int | None
    value_max: int | None = None
    bound: str = ""
    stated_total: int | None = None
    share: Decimal | None = None
    about: str = ""
    span_id: int | None = None
    role: str = "level"
    against: str = ""
    noun: str = ""
    adopted: bool = False


@dataclass(frozen=True)
class Count:
    """What was computed for a measure: own work plus everything below.

    `given` is how many units' figures are in it (0: missing); `spoke` of `expected` units have spoken. `bound`,
    `value_max` and `source` are known where a single unit's own statement is all there is.
    """

    value: int = 0
    given: int = 0
    spoke: int = 0
    expected: int = 0
    inherited: int = 0
    bounds: int = 0
    balance: int = 0
    at_least: int = 0
    bound: str = ""
    value_max: int | None = None
    source: str = ""

    @property
    def missing(self) -> bool:
        return self.given == 0 and self.balance == 0

    @property
    def joint_bound(self) -> str:
        """How firm a sum is: a lower bound where every inexact part of it is one, else only about."""
        if not self.bounds:
            return ""
        return "at_least" if self.at_least == self.bounds else "about"


NOTHING = Count()
"""Of what nobody said or counted anything, nor had to: one for all."""
SUMMED = ("value", "given", "spoke", "expected", "inherited", "bounds", "balance", "at_least")
"""The parts of a count that add up."""


@dataclass(frozen=True)
class Side:
    """Numerator or denominator: what was computed, and what the unit itself stated about its subtree.

    `shorter` holds its statements about shorter periods inside the one asked for, by period code, oldest first.
    """

    scale: int
    computed: Count = field(default_factory=Count)
    source: str = ""
    statements: tuple[Said, ...] = ()
    parts: tuple[Said, ...] = ()
    shorter: tuple[tuple[str, Said], ...] = ()

    @property
    def statement(self) -> Said | None:
        """The subtree statement that would speak: one with a value before one with a share only."""
        firm = [said for said in self.statements if said.role == "level"]
        return next((said for said in firm if said.value is not None), firm[0] if firm else None)


@dataclass(frozen=True)
class Chosen:
    """The number that stands, exact. `percent_stated` says that the share is the source's own.

    `period_code` is set where the number speaks of a shorter period inside the one asked for ("năm 2012" in a report
    on two years), `noun` where a text counts something worded differently from the measure.
    `implied` is the range of bases that a stated count and share would imply: shown, never stored.
    """

    value: Decimal | None = None
    value_max: Decimal | None = None
    bound: str = ""
    total: Decimal | None = None
    percent: Decimal | None = None
    percent_stated: bool = False
    source: str = ""
    covers: str = "subtree"
    spoke: int | None = None
    expected: int | None = None
    figure_id: int | None = None
    difference: Decimal | None = None
    period_code: str = ""
    noun: str = ""
    implied: tuple[int, int] | None = None

    @property
    def missing(self) -> bool:
        return self.value is None and self.percent is None


def choose(numerator: Side, denominator: Side | None, decimals: int, is_leaf: bool) -> Chosen:
    """The number that stands for an indicator, from its sides; the newest of a shorter period where nothing else is."""
    count = numerator.computed
    statement = numerator.statement
    if not count.missing and (count.spoke or not count.expected or statement is None):
        return _computed(numerator, denominator, decimals, is_leaf, statement)
    if statement is not None:
        return stated(numerator.scale, statement, count)
    if numerator.shorter:
        code, said = numerator.shorter[-1]
        return replace(stated(numerator.scale, said, count), period_code=code)
    return Chosen(spoke=count.spoke, expected=count.expected)


def _computed(
    numerator: Side, denominator: Side | None, decimals: int, is_leaf: bool, statement: Said | None
) -> Chosen:
    count = numerator.computed
    value = from_fixed(count.value, numerator.scale)
    total = _base(denominator)
    return Chosen(
        value=value,
        value_max=None if count.value_max is None else from_fixed(count.value_max, numerator.scale),
        bound=count.bound if is_leaf else count.joint_bound,
        total=total,
        percent=share_of(value, total, decimals) if total is not None else None,
        source=count.source or numerator.source,
        covers="own" if is_leaf else "subtree",
        spoke=count.spoke,
        expected=count.expected,
        difference=_difference(numerator.scale, statement, count),
    )


def _difference(scale: int, statement: Said | None, count: Count) -> Decimal | None:
    if statement is None or statement.value is None or count.missing:
        return None
    return from_fixed(statement.value - count.value, scale)


def _base(denominator: Side | None) -> Decimal | None:
    if denominator is None:
        return None
    if not denominator.computed.missing:
        return from_fixed(denominator.computed.value, denominator.scale)
    return None


def stated(scale: int, said: Said, count: Count) -> Chosen:
    """The number that a statement makes by itself."""
    value = None if said.value is None else from_fixed(said.value, scale)
    total = None if said.stated_total is None else from_fixed(said.stated_total, 0)
    percent, as_written = said.share, said.share is not None
    if percent is None and value is not None and total is not None:
        percent = share_of(value, total, 1)
    return Chosen(
        value=value,
        value_max=None if said.value_max is None else from_fixed(said.value_max, scale),
        bound=said.bound,
        total=total,
        percent=percent,
        percent_stated=as_written,
        source=said.source,
        covers=said.covers,
        spoke=count.spoke,
        expected=count.expected,
        figure_id=said.figure_id,
        difference=_difference(scale, said, count),
        noun=said.noun,
        implied=implied_base(value, total, percent),
    )


def implied_base(value: Decimal | None, total: Decimal | None, percent: Decimal | None) -> tuple[int, int] | None:
    """The whole bases that a stated count and share imply, where the base itself is not stated."""
    if value is None or total is not None or percent is None or percent == 0 or value != value.to_integral_value():
        return None
    return implied_total(int(value), percent)


@dataclass(frozen=True)
class Change:
    """How a number moved against another period: in points of percent for shares, in units else."""

    amount: Decimal
    in_points: bool


def change(now: Chosen, then: Chosen | None) -> Change | None:
    """None where either is missing or they are of different sorts."""
    if then is None:
        return None
    if now.percent is not None and then.percent is not None:
        return Change(now.percent - then.percent, True)
    if now.value is not None and then.value is not None:
        return Change(now.value - then.value, False)
    return None


def against(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """The column "%" of official tables: this period over the same period last year, one decimal."""
    if now is None or then is None or then == 0:
        return None
    return rounded(Fraction(now) * 100 / Fraction(then), 1)
