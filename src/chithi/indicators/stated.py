"""Small reads that doors need around figures: which are live, what was confirmed, which periods are in use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from chithi.core.errors import Refused
from chithi.core.periods import CONVENTIONS, Kind, Period, parse
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.remembered import remembered
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.kinds import Covers, FigureRole, FigureState, Source
from chithi.indicators.meanings import every_member
from chithi.indicators.models import Confirmation, Figure, Member, PeriodRow
from chithi.indicators.period_rows import row_of
from chithi.indicators.rules import in_use


def breakdown_members(period: Period | None = None) -> list[Member]:
    """All members of all breakdowns, in their order; with a period those in use in it. One query."""
    return [m for m in every_member() if period is None or in_use(m.since, m.until, period.first, period.last)]


def live_entered(viewer: Viewer, unit_id: int, period: Period) -> dict[tuple[int, int], Figure]:
    """The unit's own entered figures of a period by measure id and part of its breakdown (0: the whole)."""
    row = row_of(period)
    if row is None:
        return {}
    found = Figure.objects.visible_to(viewer.reach(Capability.READ)).filter(
        unit_id=unit_id,
        period=row,
        source=Source.ENTERED,
        covers=Covers.OWN,
        role=FigureRole.LEVEL,
        state=FigureState.LIVE,
    )
    return {(figure.measure_id, figure.member_id or 0): figure for figure in found}


def confirmation_of(viewer: Viewer, unit_id: int, period: Period) -> Confirmation | None:
    """That a unit confirmed its records of a period; None where it has not. At most two queries."""
    reach = viewer.reach(Capability.READ)
    return remembered(("confirmation", reach, unit_id, period.code), lambda: _confirmation(reach, unit_id, period))


def _confirmation(reach: Reach, unit_id: int, period: Period) -> Confirmation | None:
    row = row_of(period)
    return None if row is None else Confirmation.objects.visible_to(reach).filter(unit_id=unit_id, period=row).first()


def confirmed_at(viewer: Viewer, unit_id: int, period: Period) -> datetime | None:
    """When the unit confirmed its records of a period; None where it has not."""
    found = confirmation_of(viewer, unit_id, period)
    return found.at if found else None


EARLIEST_YEAR, MOST_RANGES = 2000, 20


def looked_at(period: Period, today: date) -> Period:
    """The period, if it is a standard one of plausible years or somebody has used it; else `periods.not_in_use`.

    Anybody may look at standard periods, but looking must not make the database keep arbitrary ones.
    """
    if period.kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR):
        usual = period.profile in {convention.profile for convention in CONVENTIONS}
        usable = usual and period.first.year + 1 >= EARLIEST_YEAR and period.first <= today
    else:
        usable = is_in_use(period)
    if not usable and not is_in_use(period):
        raise Refused("periods.not_in_use", period=period.code)
    return period


def is_in_use(period: Period) -> bool:
    """Whether anything was ever stated or computed for exactly this period."""
    return row_of(period) is not None


def ranges_in_use(most: int = MOST_RANGES) -> list[Period]:
    """Ranges of days somebody has used, newest end first."""
    return [parse(code) for (code,) in _RANGES.rows()[:most]]


def _ranges() -> models.QuerySet[PeriodRow, tuple[str]]:
    return PeriodRow.objects.filter(code__contains="..").order_by("-last").values_list("code")[:MOST_RANGES]


_RANGES = Kept(_ranges)


def figures_of_spans(viewer: Viewer, span_ids: Iterable[int]) -> dict[int, tuple[Figure, Period]]:
    """The live figure made of each span, with its period, by span id. Two queries."""
    figures = list(
        Figure.objects.visible_to(viewer.reach(Capability.READ)).filter(
            span_id__in=list(span_ids), state=FigureState.LIVE
        )
    )
    codes = dict(PeriodRow.objects.filter(pk__in={f.period_id for f in figures}).values_list("pk", "code"))
    return {figure.span_id: (figure, parse(codes[figure.period_id])) for figure in figures if figure.span_id}
