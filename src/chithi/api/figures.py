"""Figures: stating one, replacing it, withdrawing it, by the key that the caller made; which of them speaks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Router, Status

from chithi.api.authentication import ApiRequest
from chithi.api.figure_shapes import Figure, SourceChoice, Statement, Withdrawal, figure
from chithi.api.problems import answers
from chithi.api.shapes import Id
from chithi.core.errors import Absent, Refused
from chithi.core.numbers import to_fixed
from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, adopt, choose_source, end_adoption, withdraw
from chithi.indicators.by_key import entered_by_key, figure_by_key, state_once
from chithi.indicators.kinds import Covers, FigureRole, Source
from chithi.indicators.own import Book, open_book
from chithi.indicators.stated import looked_at

if TYPE_CHECKING:
    from chithi.indicators.models import Measure

router = Router()


@router.get("/figures/{key}", response=answers(Figure))
def one_figure(request: ApiRequest, key: UUID) -> Figure:
    """A figure by the key its maker gave it."""
    found = figure_by_key(request.auth, key)
    return figure(found, _measure(found.measure_id)[0].scale)


@router.put("/figures/{key}", response=answers(Figure, 200, 201))
def state_figure(request: ApiRequest, key: UUID, said: Statement) -> Status[Figure]:
    """State a figure, or replace the one that was seen.

    The key is a UUID made by the caller. Sending the same again gives the same figure (200 instead of 201); the same
    key with other contents is a conflict. Where somebody else has stated this place meanwhile, the answer is 409 and
    nothing is written: read the trace and name in `replaces` what you then see.
    """
    measure, book = _measure(said.measure_id)
    if said.member_id is not None and (measure.id, said.member_id) not in book.columns(measure):
        raise Refused("indicators.no_breakdown", field="member_id")
    period = looked_at(parse(said.period), request.auth.today)
    slot = Slot(said.unit_id, measure.id, period, said.member_id, Covers(said.covers))
    stated, made = state_once(
        by=request.auth, key=key, slot=slot, saying=_saying(said, measure.scale), seen=said.replaces, why=said.why
    )
    return Status(201 if made else 200, figure(stated, measure.scale))


def _measure(measure_id: int) -> tuple[Measure, Book]:
    book = open_book({measure_id}, summed_only=False)
    if measure_id not in book.measures:
        raise Absent("indicators.no_measure", measure=measure_id)
    return book.measures[measure_id], book


def _saying(said: Statement, scale: int) -> Saying:
    return Saying(
        value=_fixed(said.value, scale, "value"),
        value_max=_fixed(said.value_max, scale, "value_max"),
        bound=said.bound,
        stated_total=_fixed(said.total, 0, "total"),
        role=FigureRole(said.role),
    )


def _fixed(text: str | None, scale: int, field: str) -> int | None:
    try:
        return None if text is None else to_fixed(Decimal(text), scale)
    except Refused as problem:
        problem.field = field
        raise


@router.post("/figures/{key}/withdraw", response=answers(Figure))
def withdraw_figure(request: ApiRequest, key: UUID, said: Withdrawal) -> Figure:
    """Take an entered figure back; it stays readable.

    A figure read out of a document is taken back by reopening its place there.
    """
    found = entered_by_key(request.auth, key)
    withdraw(by=request.auth, figure_id=found.pk, seen_version=said.version, why=said.why)
    return one_figure(request, key)


@router.post("/adoptions/{figure_id}", response=answers(None, 204))
def adopt_statement(request: ApiRequest, figure_id: Id) -> Status[None]:
    """Let a statement about a whole subtree stand in for the silent units below.

    It is a marked balance that shrinks as they speak; nothing of what they state is changed.
    """
    adopt(by=request.auth, figure_id=figure_id)
    return Status(204, None)


@router.delete("/adoptions/{figure_id}", response=answers(None, 204))
def end_adopted(request: ApiRequest, figure_id: Id) -> Status[None]:
    """Stop counting a statement for the silent units; that it once was counted stays known."""
    end_adoption(by=request.auth, figure_id=figure_id)
    return Status(204, None)


@router.put("/units/{unit_id}/sources/{measure_id}", response=answers(None, 204))
def speak_by(request: ApiRequest, unit_id: Id, measure_id: Id, said: SourceChoice) -> Status[None]:
    """Say which source speaks for a unit about a measure, over its whole life."""
    choose_source(by=request.auth, unit_id=unit_id, measure_id=measure_id, first=Source(said.first))
    return Status(204, None)
