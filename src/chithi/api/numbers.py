"""Numbers: the lines of a unit and period, the trace under one of them, the records under a count."""

from __future__ import annotations

from typing import Annotated

from django.utils import translation
from ninja import Router
from pydantic import Field

from chithi.api import figure_shapes
from chithi.api.authentication import ApiRequest
from chithi.api.number_shapes import Below, MemberNumber, NumberLine, NumberLines, OpenedNumber, Own, Record, Records
from chithi.api.number_shapes import number as shown
from chithi.api.problems import answers
from chithi.api.shapes import MOST, Id, PeriodCode, exact
from chithi.api.units import shown as unit_shown
from chithi.core.numbers import from_fixed
from chithi.core.periods import Period, parse
from chithi.db.viewer import Viewer
from chithi.indicators import trace as traces
from chithi.indicators.queries import Line, lines
from chithi.indicators.stated import looked_at
from chithi.indicators.trace import Stated, Trace

router = Router()


def period_in_use(viewer: Viewer, code: str) -> Period:
    """The period a code names, if it is a standard one or somebody has used it (as on the pages)."""
    return looked_at(parse(code), viewer.today)


@router.get("/units/{unit_id}/numbers/{period}", response=answers(NumberLines))
def unit_numbers(request: ApiRequest, unit_id: Id, period: PeriodCode) -> NumberLines:
    """Every indicator of a unit and period, with the same period of last year."""
    asked = period_in_use(request.auth, period)
    found = lines(request.auth, unit_id, asked, trend=0)
    return NumberLines(
        unit_id=unit_id,
        period=asked.code,
        recomputing=found.recomputing,
        items=[_line(line, unit_id, asked) for line in found.lines],
    )


def _line(line: Line, unit_id: int, period: Period) -> NumberLine:
    return NumberLine(
        indicator_id=line.meaning.indicator.pk,
        indicator=line.meaning.code,
        name=line.meaning.name(translation.get_language() or "vi"),
        number=shown(line.chosen),
        before=shown(line.before) if line.before is not None else None,
        members=[MemberNumber(member_id=member, number=shown(chosen)) for member, _, chosen in line.members],
        trace=f"/api/numbers/{line.meaning.indicator.pk}/{unit_id}/{period.code}",
    )


@router.get("/numbers/{indicator_id}/{unit_id}/{period}", response=answers(OpenedNumber))
def trace(request: ApiRequest, indicator_id: Id, unit_id: Id, period: PeriodCode) -> OpenedNumber:
    """Open one number.

    What it is made of: numerator and denominator, the units directly below, the unit's own work by source, what the
    unit stated (with the sentence it came from) and what was replaced or withdrawn. Units below that have left the
    caller's reach keep their numbers and lose their names.
    """
    asked = period_in_use(request.auth, period)
    return _opened(traces.trace(request.auth, indicator_id, unit_id, asked))


def _opened(found: Trace) -> OpenedNumber:
    line, scale = found.line, found.line.numerator.scale
    return OpenedNumber(
        line=_line(line, found.unit.id, found.period),
        unit=unit_shown(found.unit),
        period=found.period.code,
        recomputing=found.recomputing,
        numerator=_count(line.numerator.computed.value, line.numerator.computed.missing, scale),
        denominator=None
        if line.denominator is None
        else _count(line.denominator.computed.value, line.denominator.computed.missing, line.denominator.scale),
        inherited=_count(line.numerator.computed.inherited, line.numerator.computed.missing, scale),
        adopted=_count(line.numerator.computed.balance, line.numerator.computed.missing, scale),
        below=[
            Below(
                unit=unit_shown(card) if card else None,
                present=given.present,
                number=shown(given.chosen),
                given=given.numerator.given > 0,
            )
            for given, card in found.below
        ],
        own=[
            Own(
                source=source,
                value=exact(from_fixed(said.value, scale)) or "0",
                spoken=said.spoken,
                speaks=source == found.speaks,
            )
            for source, said in found.own.items()
        ],
        statements=[figure_shapes.said(said, scale) for said in (*line.numerator.statements, *line.numerator.parts)],
        history=[_stated(stated, scale) for stated in found.stated],
        may_open_records=found.may_open_records and line.meaning.numerator.recorded,
    )


def _count(value: int, missing: bool, scale: int) -> str | None:
    return None if missing else exact(from_fixed(value, scale))


def _stated(stated: Stated, scale: int) -> figure_shapes.Stated:
    quote = stated.quote
    return figure_shapes.Stated(
        figure=figure_shapes.figure(stated.figure, scale),
        by=stated.by,
        ended_by=stated.ended_by,
        sentence=figure_shapes.Quoted.model_validate(quote) if quote else None,
    )


@router.get("/records/{measure_id}/{unit_id}/{period}", response=answers(Records))
def records(
    request: ApiRequest,
    measure_id: Id,
    unit_id: Id,
    period: PeriodCode,
    member_id: Annotated[int, Field(ge=0, le=MOST)] = 0,
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
) -> Records:
    """The records under a unit's own count, those and no others, 200 a page.

    Needs the right to open records over the unit; whoever may see a total need not have it.
    """
    asked = period_in_use(request.auth, period)
    found = traces.records(request.auth, measure_id, unit_id, asked, member_id=member_id, page=page)
    return Records(
        total=found.total,
        items=[Record(label=record.label, unit_id=record.unit_id) for record in found.shown],
        page=page,
        more=found.total > page * traces.RECORDS_SHOWN,
    )
