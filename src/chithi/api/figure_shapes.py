"""What a stated figure looks like on its way in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import Field

from chithi.api.shapes import Asked, Exact, Line, PeriodCode, Shape, StrictId, Version, as_written, exact
from chithi.core.numbers import from_fixed
from chithi.indicators.choice import Said as SaidFact

if TYPE_CHECKING:
    from chithi.indicators.models import Figure as FigureRow


class Statement(Asked):
    """What is stated of one unit, measure and period. It replaces the figure named in `replaces`."""

    unit_id: StrictId
    """The unit it speaks for."""
    measure_id: StrictId
    """The measure (an indicator's numerator or denominator in the catalogue)."""
    period: PeriodCode
    """The period."""
    member_id: StrictId | None = None
    """The part of the measure's breakdown; null for the whole."""
    covers: Literal["own", "subtree"] = "own"
    """The unit's own work, or a statement about everything below it (which never adds to totals)."""
    role: Literal["level", "target"] = "level"
    """What there is, or what there should be."""
    value: Exact
    """The value, as a string of plain digits."""
    value_max: Exact | None = None
    """The upper end of a range."""
    bound: Literal["", "at_least", "at_most", "about"] = ""
    """How firm the value is."""
    total: Exact | None = None
    """The base stated with it, a whole number."""
    replaces: StrictId | None = None
    """The id of the live figure that the caller saw in this place; null where there was none."""
    why: Line = ""
    """Why it is replaced."""


class Withdrawal(Asked):
    """Taking a figure back."""

    version: Version
    """The version of the figure that the caller saw."""
    why: Line = ""
    """Why."""


class SourceChoice(Asked):
    """Which source speaks for a unit about a measure."""

    first: Literal["recorded", "entered", "narrative"]
    """The source that goes first; the others stay visible and stand in where it is silent."""


class Figure(Shape):
    """One statement. Never changed: it is replaced or withdrawn, and stays readable."""

    id: int
    """Lasting id, for `replaces`."""
    key: UUID
    """The key its maker gave it."""
    version: int
    """Counts writes; sent back when withdrawing."""
    unit_id: int
    """The unit it speaks for."""
    measure_id: int
    """The measure."""
    member_id: int | None
    """The part of its breakdown."""
    source: str
    """entered or narrative."""
    covers: str
    """own, subtree or part (an example)."""
    role: str
    """level, target or change."""
    about: str
    """Whom an example is about."""
    against: str
    """What a change is measured against, in words."""
    value: Exact | None
    """The value."""
    value_max: Exact | None
    """The upper end of a range."""
    bound: str
    """Empty, at_least, at_most or about."""
    total: Exact | None
    """The base stated with it."""
    percent: Exact | None
    """The share stated with it, as written."""
    state: str
    """live, replaced or withdrawn."""
    replaces: int | None
    """The figure that this one replaced."""
    why: str
    """Why it was replaced or withdrawn."""
    at: datetime
    """When it was stated."""
    ended_at: datetime | None
    """When it was replaced or withdrawn."""


def figure(row: FigureRow, scale: int) -> Figure:
    """A stored figure as it travels; `scale` is its measure's."""
    return Figure(
        **{name: getattr(row, name) for name in _AS_STORED},
        value=_fixed(row.value, scale),
        value_max=_fixed(row.value_max, scale),
        total=_fixed(row.stated_total, 0),
        percent=None if row.stated_share is None else as_written(from_fixed(row.stated_share, row.share_decimals)),
        replaces=row.replaces_id,
    )


_AS_STORED = (
    "id", "key", "version", "unit_id", "measure_id", "member_id", "source", "covers", "role", "about", "against",
    "bound", "state", "why", "at", "ended_at",
)  # fmt: skip


def _fixed(value: int | None, scale: int) -> str | None:
    return None if value is None else exact(from_fixed(value, scale))


class Said(Shape):
    """A live statement that stands beside the computed total, or an example."""

    figure_id: int
    """The figure."""
    source: str
    """entered or narrative."""
    covers: str
    """subtree or part."""
    role: str
    """level, target or change."""
    about: str
    """Whom an example is about."""
    value: Exact | None
    """The value."""
    value_max: Exact | None
    """The upper end of a range."""
    bound: str
    """Empty, at_least, at_most or about."""
    percent: Exact | None
    """The share as written."""
    adopted: bool
    """Taken on as a marked balance for silent units below."""


def said(fact: SaidFact, scale: int) -> Said:
    """A statement as it travels."""
    return Said(
        figure_id=fact.figure_id,
        source=fact.source,
        covers=fact.covers,
        role=fact.role,
        about=fact.about,
        value=_fixed(fact.value, scale),
        value_max=_fixed(fact.value_max, scale),
        bound=fact.bound,
        percent=as_written(fact.share),
        adopted=fact.adopted,
    )


class Quoted(Shape):
    """The sentence a figure came from: before, marked and after together are verbatim text."""

    document_id: int
    """The document."""
    span_id: int
    """The place in it."""
    title: str
    """The document's title."""
    before: str
    """The sentence up to the figure."""
    marked: str
    """The figure as written."""
    after: str
    """The rest of the sentence."""


class Stated(Shape):
    """A figure of the unit's history: who stated it, who ended it, and its sentence."""

    figure: Figure
    """The figure."""
    by: str
    """Who stated it."""
    ended_by: str
    """Who replaced or withdrew it."""
    sentence: Quoted | None = Field(description="The sentence it came from, where it came from a document.")
