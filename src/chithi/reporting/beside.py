"""Columns of named groups beside a report's own numbers: read within the reader's reach, frozen with the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chithi.core.errors import Refused
from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.indicators.choice import Chosen
from chithi.indicators.grouped import group_address, group_lines
from chithi.indicators.queries import Line as ReadLine
from chithi.org.groups_queries import one_group
from chithi.reporting.content import Beside, Column, Line

MOST_COLUMNS = 4
"""More do not fit beside the own ones on a landscape page."""


def with_columns(
    viewer: Viewer, lines: Sequence[Line], group_ids: Sequence[int], period: Period, base: str
) -> tuple[tuple[Line, ...], tuple[Column, ...]]:
    """The lines with each group's number beside those of the report's own period, and the columns they stand in.

    A group the viewer may not see is `Absent`. About 25 queries a group.
    """
    wanted = list(dict.fromkeys(group_ids))
    if len(wanted) > MOST_COLUMNS:
        raise Refused("reporting.too_many_groups", field="nhom", most=MOST_COLUMNS)
    columns: list[Column] = []
    beside: dict[str, list[Beside]] = {line.code: [] for line in lines}
    for group_id in wanted:
        found = group_lines(viewer, group_id, period, trend=0)
        name = one_group(viewer, group_id, period.last).name
        columns.append(Column(group_id, name, found.members.seen, found.members.whole))
        numbers = {read.meaning.code: read for read in found.lines}
        for code, cells in beside.items():
            cells.append(_cell(group_id, numbers.get(code), period, base))
    return tuple(_placed(line, beside[line.code], period) for line in lines), tuple(columns)


def _placed(line: Line, cells: list[Beside], period: Period) -> Line:
    """Norms and lines about shorter periods have no group's number beside them."""
    own = not line.is_target and line.period_code == period.code
    return replace(line, beside=tuple(cells) if own else tuple(Beside(cell.group) for cell in cells))


def _cell(group_id: int, read: ReadLine | None, period: Period, base: str) -> Beside:
    if read is None or read.chosen.missing:
        return Beside(group_id)
    chosen: Chosen = read.chosen
    return Beside(
        group=group_id,
        value=_plain(chosen.value),
        total=_plain(chosen.total),
        percent=chosen.percent,
        inexact=bool(chosen.bound),
        spoke=chosen.spoke,
        expected=chosen.expected,
        address=group_address(read.meaning.indicator.pk, group_id, period, base),
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without idle zeros: 5200.00 is printed 5.200."""
    if value is None:
        return None
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
