"""Which periods of somebody's own units wait to be filled in and confirmed."""

from __future__ import annotations

from datetime import date, timedelta

from chithi.core.due import DueItem, Said
from chithi.core.periods import Kind, Level, Period, due, parse
from chithi.db.remembered import remembered
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.models import Confirmation, PeriodRow
from chithi.indicators.pending import CONFIRMED, LOOKED_BACK
from chithi.org.held import units_held
from chithi.org.kinds import UnitKind
from chithi.org.models import Unit
from chithi.org.queries import cards

LEVELS = {
    UnitKind.CELL: Level.CELL,
    UnitKind.SUB_COMMITTEE: Level.SUBCOMMITTEE,
    UnitKind.GRASSROOTS: Level.GRASSROOTS,
    UnitKind.DISTRICT: Level.DISTRICT,
    UnitKind.BLOC: Level.DISTRICT,
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.CENTRE: Level.CENTRE,
}
_CONFIRM = Said("Ghi và xác nhận số liệu: {period}", "Fill in and confirm the figures: {period}")
_ACT = Said("Mở bảng ghi số", "Open the form")


def ended_lately(day: date, back: timedelta, kinds: frozenset[Kind] = CONFIRMED) -> list[tuple[int, Period]]:
    """Periods in use that ended in so many days before one, at most those looked back, oldest first, each with its
    row's id. One query; once in an answer."""
    found = remembered(("periods ended", day), lambda: _ended(day))
    return [(row_id, period) for row_id, period in found if period.last >= day - back and period.kind in kinds]


def _ended(day: date) -> list[tuple[int, Period]]:
    rows = PeriodRow.objects.filter(last__lt=day, last__gte=day - LOOKED_BACK).order_by("last", "code")
    return [(row.pk, parse(row.code)) for row in rows]


def due_of(kind: str, period: Period) -> date | None:
    """The day by which a unit of this kind reports on a period; None where the regime names no day for it."""
    level = LEVELS.get(UnitKind(kind))
    return None if level is None else due(period, level)


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """Periods of the cells and grassroots organisations held that nobody has confirmed, of the last thirteen months.

    Of the levels above nobody waits for a confirmation: what they tell is added up. Five queries.
    """
    units = units_held(viewer, Capability.CONFIRM)
    units = [unit for unit in units if unit in set(units_held(viewer, Capability.ENTER))]
    periods = ended_lately(today, LOOKED_BACK) if units else []
    if not periods:
        return []
    reach = viewer.reach(Capability.CONFIRM)
    said = Confirmation.objects.visible_to(reach).filter(unit_id__in=units, period_id__in=[row for row, _ in periods])
    confirmed = set(said.values_list("unit_id", "period_id"))
    opened = dict(Unit.objects.visible_to(reach).filter(pk__in=units).values_list("pk", "opened_on"))
    known = cards(viewer, units, today)
    kinds = {unit: card.kind for unit, card in known.items() if card.is_cell or card.is_grassroots}
    return [
        _item(unit, period, due_of(kinds[unit], period))
        for unit in units
        for row, period in periods
        if unit in kinds and (unit, row) not in confirmed and period.last >= opened[unit]
    ]


def _item(unit: int, period: Period, on: date | None) -> DueItem:
    return DueItem(
        kind="indicators.confirm",
        about=f"{unit}@{period.code}",
        unit_id=unit,
        what=with_period(_CONFIRM, period),
        due_on=on,
        route="entry",
        args=(unit, period.code),
        act=_ACT,
    )


def with_period(words: Said, period: Period) -> Said:
    """The words with the period's own name in each language."""
    return Said(words.vi.format(period=period.label("vi")), words.en.format(period=period.label("en")))
