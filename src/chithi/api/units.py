"""Units: one, those below it, those found by name."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Router
from pydantic import AfterValidator, Field, StringConstraints

from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Id, PageQuery, Shape, cut
from chithi.org.queries import UnitCard, below, find_units, one_unit

router = Router()

EARLIEST = date(1945, 1, 1)
FIND_MOST = 1000


def _plausible(day: date) -> date:
    if not EARLIEST <= day <= date(2100, 12, 31):
        raise ValueError("the day must lie between 1945 and 2100")
    return day


Day = Annotated[date, AfterValidator(_plausible)]


class Unit(Shape):
    """An organisation, named as on the day asked about (the last name it had where it was closed before)."""

    id: int
    """Lasting id."""
    code: str
    """Lasting code, given once."""
    name: str
    """Its full name."""
    short_name: str
    """The name in lists."""
    kind: str
    """centre, province, district, bloc, grassroots, sub_committee, cell, agency, mass_organisation or village."""
    is_cell: bool
    """Counts among the cells."""
    is_grassroots: bool
    """Counts among the grassroots organisations; a unit may be both."""
    closed_on: date | None
    """The day it was closed; its heir carries on its figures."""
    heir_id: int | None
    """Who carries on."""
    child_count: int
    """How many units stand directly below it."""


class Units(Shape):
    """One page of units."""

    items: list[Unit]
    """The units of this page."""
    page: int
    """Number of this page."""
    more: bool
    """Whether another page follows."""


def shown(card: UnitCard) -> Unit:
    """A unit as it travels."""
    return Unit.model_validate(card)


@router.get("/units", response=answers(Units))
def find(
    request: ApiRequest,
    paging: PageQuery,
    q: Annotated[str, StringConstraints(min_length=1, max_length=100)],
) -> Units:
    """Units by name or code, tone marks or not.

    Open units first. At most a thousand are looked at; ask more precisely where more could match.
    """
    rows, more = cut(find_units(request.auth, q, FIND_MOST), paging)
    return Units(items=[shown(row) for row in rows], page=paging.page, more=more)


@router.get("/units/{unit_id}", response=answers(Unit))
def unit(request: ApiRequest, unit_id: Id, day: Day | None = None) -> Unit:
    """One unit, named as on a day (today)."""
    return shown(one_unit(request.auth, unit_id, day or request.auth.today))


@router.get("/units/{unit_id}/below", response=answers(Units))
def units_below(
    request: ApiRequest,
    unit_id: Id,
    paging: PageQuery,
    day: Day | None = None,
    closed_too: Annotated[bool, Field(description="Closed predecessors as well.")] = False,
) -> Units:
    """The units directly below one, in their order, on the tree of a day (today)."""
    on = day or request.auth.today
    one_unit(request.auth, unit_id, on)
    rows, more = cut(below(request.auth, unit_id, on, closed_too=closed_too), paging)
    return Units(items=[shown(row) for row in rows], page=paging.page, more=more)
