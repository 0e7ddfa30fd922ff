"""Which reports of somebody's own units are still to be made, or made and not yet issued."""

from __future__ import annotations

from datetime import date, timedelta

from chithi.core.due import DueItem, Said
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.due import due_of, ended_lately, with_period
from chithi.org.held import units_held
from chithi.org.queries import cards
from chithi.registry.queries import issued_of
from chithi.reporting.models import Report

LOOKED_BACK = timedelta(days=100)
"""A report nobody has made for longer than this is not going to be made."""
_MAKE = Said("Soạn báo cáo: {period}", "Prepare the report: {period}")
_ISSUE = Said("Ban hành báo cáo đã lập: {period}", "Issue the report: {period}")
_OPEN = Said("Mở bản nháp", "Open the draft")
_SEND = Said("Ban hành", "Issue")


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """One line for each unit held and period that ended lately, for those who also enter its figures: whoever only
    reads reports leaves the writing to them. Seven queries."""
    entering = set(units_held(viewer, Capability.ENTER))
    units = [unit for unit in units_held(viewer, Capability.REPORT) if unit in entering]
    periods = [period for _row, period in ended_lately(today, LOOKED_BACK)] if units else []
    if not periods:
        return []
    rows = Report.objects.visible_to(viewer.reach(Capability.REPORT)).filter(
        unit_id__in=units, period_code__in=[period.code for period in periods]
    )
    made = {(unit, period): code for unit, period, code in rows.order_by("at", "pk").values_list(*_COLUMNS)}
    issued = {row.source for row in issued_of(viewer, list(made.values()))} if made else set()
    kinds = {unit: card.kind for unit, card in cards(viewer, units, today).items()}
    return [
        _item(unit, period, made.get((unit, period.code)), due_of(kinds[unit], period))
        for unit in units
        for period in periods
        if unit in kinds and made.get((unit, period.code)) not in issued
    ]


_COLUMNS = ("unit_id", "period_code", "code")


def _item(unit: int, period: Period, code: str | None, on: date | None) -> DueItem:
    about = f"{unit}@{period.code}"
    if code is None:
        words = with_period(_MAKE, period)
        return DueItem("reporting.make", about, unit, words, on, "report", (unit, period.code), _OPEN)
    return DueItem("reporting.issue", about, unit, with_period(_ISSUE, period), on, "report_issue", (code,), _SEND)
