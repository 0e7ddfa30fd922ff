"""The catalogue: what each indicator means, over what it is measured, what its measures are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ninja import Router

from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Exact, Id, Shape, exact
from chithi.core.numbers import from_fixed
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.own import Book, open_book
from chithi.indicators.trace import meaning_of

if TYPE_CHECKING:
    from chithi.indicators.models import Measure as MeasureRow

router = Router()


class Part(Shape):
    """One part of a breakdown."""

    id: int
    """Lasting id: `member_id` elsewhere."""
    code: str
    """Lasting code."""
    name_vi: str
    """Vietnamese name."""
    name_en: str
    """English name."""


class Measure(Shape):
    """What is counted."""

    id: int
    """Lasting id."""
    code: str
    """Lasting code."""
    name_vi: str
    """Vietnamese name."""
    name_en: str
    """English name."""
    noun_vi: str
    """What one of them is called, in Vietnamese."""
    noun_en: str
    """What several of them are called, in English."""
    noun_en_one: str
    """What one of them is called, in English."""
    period_kinds: str
    """Kinds of period units enter it for, with commas between; empty: any."""
    counting: str
    """flow (events in the period), stock (at its end) or distinct (subjects counted once)."""
    scale: int
    """Most decimals a value of it may have."""
    expected: str
    """Which units must speak: cells, grassroots, districts or nobody."""
    roll_up: str
    """sum, or none where units' values cannot be added."""
    recorded: bool
    """Counted from records (which can be listed), not stated."""
    members: list[Part]
    """The parts it is broken down into; empty where there is no breakdown."""


class Indicator(Shape):
    """An indicator with the definition in force."""

    id: int
    """Lasting id, never reused."""
    code: str
    """Lasting code."""
    group: str
    """The section of the catalogue."""
    version: int
    """Number of the definition in force."""
    since: date | None
    """The first day of which its formula, direction and target hold; null: from the beginning."""
    retired_on: date | None
    """The day from which it is no longer used."""
    name_vi: str
    """Vietnamese name."""
    name_en: str
    """English name."""
    kind: str
    """count, share, money, area, length …"""
    direction: str
    """up, down or none: which way is better."""
    target: Exact | None
    """What is aimed at: percent for shares, units for counts."""
    decimals: int
    """Decimals shown of a share."""
    legal_basis: str
    """The tag of the document it rests on."""
    numerator: Measure
    """What is counted."""
    denominator: Measure | None
    """Over what; null for a measure alone."""


class Catalogue(Shape):
    """All indicators in use, in their order."""

    items: list[Indicator]
    """The indicators."""


@router.get("/indicators", response=answers(Catalogue))
def catalogue(request: ApiRequest) -> Catalogue:
    """Every indicator with its definition in force."""
    book = open_book(summed_only=False)
    return Catalogue(items=[shown(meaning, book) for meaning in meanings()])


@router.get("/indicators/{indicator_id}", response=answers(Indicator))
def indicator(request: ApiRequest, indicator_id: Id) -> Indicator:
    """One indicator with its definition in force."""
    return shown(meaning_of(indicator_id), open_book(summed_only=False))


def shown(meaning: Meaning, book: Book) -> Indicator:
    """An indicator as it travels."""
    defined = meaning.definition
    scale = 2 if defined.kind == "share" else meaning.numerator.scale
    return Indicator(
        id=meaning.indicator.pk,
        code=meaning.code,
        group=meaning.indicator.group,
        version=defined.number,
        since=defined.since,
        retired_on=meaning.indicator.retired_on,
        name_vi=defined.name_vi,
        name_en=defined.name_en,
        kind=defined.kind,
        direction=defined.direction,
        target=None if defined.target is None else exact(from_fixed(defined.target, scale)),
        decimals=defined.decimals,
        legal_basis=defined.legal_basis,
        numerator=_measure(meaning.numerator, book),
        denominator=_measure(meaning.denominator, book) if meaning.denominator else None,
    )


def _measure(measure: MeasureRow, book: Book) -> Measure:
    members = book.members.get(measure.breakdown_id or 0, [])
    return Measure(
        **{name: getattr(measure, name) for name in Measure.model_fields if name != "members"},
        members=[Part.model_validate(member) for member in members],
    )
