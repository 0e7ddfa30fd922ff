"""What a number looks like on its way out: what stands, over what, who spoke, what it is made of."""

from __future__ import annotations

from chithi.api.figure_shapes import Said, Stated
from chithi.api.shapes import Exact, Shape, as_written, exact
from chithi.api.units import Unit
from chithi.indicators.choice import Chosen


class Number(Shape):
    """The number that stands. Missing is not zero: where nothing was given, `value` and `percent` are both null."""

    value: Exact | None
    """The count or amount."""
    value_max: Exact | None
    """The upper end, where the source gave a range."""
    bound: str
    """Empty, or at_least, at_most, about."""
    total: Exact | None
    """The base it is a share of."""
    percent: Exact | None
    """The share, rounded for display as the indicator says, or as the source wrote it."""
    percent_stated: bool
    """The share is the source's own, not computed."""
    source: str
    """recorded, entered or narrative; empty where nothing was given."""
    covers: str
    """own or subtree."""
    spoke: int | None
    """How many of the expected units have spoken."""
    expected: int | None
    """How many units must speak."""
    difference: Exact | None
    """What the unit's own statement about its subtree says above the computed total."""
    period: str | None
    """Set where the number speaks of a shorter period inside the one asked for."""
    implied_total: list[int] | None
    """The smallest and largest whole base that a stated count and share imply; never stored."""
    figure_id: int | None
    """Set where the number is one statement's, not a computed total."""


def number(chosen: Chosen) -> Number:
    """A chosen number as it travels."""
    return Number(
        value=exact(chosen.value),
        value_max=exact(chosen.value_max),
        bound=chosen.bound,
        total=exact(chosen.total),
        percent=as_written(chosen.percent),
        percent_stated=chosen.percent_stated,
        source=chosen.source,
        covers=chosen.covers,
        spoke=chosen.spoke,
        expected=chosen.expected,
        difference=exact(chosen.difference),
        period=chosen.period_code or None,
        implied_total=list(chosen.implied) if chosen.implied else None,
        figure_id=chosen.figure_id,
    )


class MemberNumber(Shape):
    """One part of a breakdown."""

    member_id: int
    """Which part."""
    number: Number
    """Its number."""


class NumberLine(Shape):
    """One indicator of a unit and period."""

    indicator_id: int
    """Lasting id of the indicator."""
    indicator: str
    """Lasting code of the indicator."""
    name: str
    """Its name in the caller's language."""
    number: Number
    """What stands."""
    before: Number | None
    """The same period of last year; null where there is none."""
    members: list[MemberNumber]
    """The parts of its breakdown that have something."""
    trace: str
    """The address that opens this number."""


class NumberLines(Shape):
    """All indicators of a unit and period."""

    unit_id: int
    """The unit."""
    period: str
    """The period's lasting code."""
    recomputing: bool
    """Something saved below is not in these numbers yet."""
    items: list[NumberLine]
    """One line an indicator, in the catalogue's order."""


class Below(Shape):
    """What one unit directly below gave."""

    unit: Unit | None
    """The unit; null where it lies outside the caller's reach today."""
    present: bool
    """False: a predecessor that has closed since; its work is inherited."""
    number: Number
    """Its number."""
    given: bool
    """Anything was given at all."""


class Own(Shape):
    """What one source says of the unit's own work."""

    source: str
    """recorded, entered or narrative."""
    value: Exact
    """The value."""
    spoken: bool
    """The unit has thereby spoken (unconfirmed records have not)."""
    speaks: bool
    """This source speaks for the unit."""


class OpenedNumber(Shape):
    """Everything under one number."""

    line: NumberLine
    """The number itself."""
    unit: Unit
    """The unit, named as at the period's end."""
    period: str
    """The period's lasting code."""
    recomputing: bool
    """Something saved below is not in these numbers yet."""
    numerator: Exact | None
    """The computed count: own work and everything below; null where nothing was given."""
    denominator: Exact | None
    """The computed base; null where there is none or nothing was given."""
    inherited: Exact | None
    """How much of it closed predecessors did."""
    adopted: Exact | None
    """How much of it was taken on for silent units."""
    below: list[Below]
    """The units directly below, on the tree as it stood at the period's end."""
    own: list[Own]
    """What each source says of the unit's own work."""
    statements: list[Said]
    """Live statements about the whole subtree, and examples; they never add to the total."""
    history: list[Stated]
    """What the unit stated for the period, replaced and withdrawn figures too, newest first (at most 100)."""
    may_open_records: bool
    """The records under the unit's own count may be listed by this caller."""


class Record(Shape):
    """One record behind a count."""

    label: str
    """Who or what it is."""
    unit_id: int | None
    """Set where the record is a unit."""


class Records(Shape):
    """The list behind a count."""

    total: int
    """How many records there are: exactly as many as the count says."""
    items: list[Record]
    """One page of them."""
    page: int
    """Number of this page."""
    more: bool
    """Whether another page follows."""
