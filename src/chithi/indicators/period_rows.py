"""The stored rows of periods: which there are, made on first use, and those inside another one.

A page asks for the same few of them again and again; `know` reads them together, and a request that only reads
(`chithi.db.remembered`) asks for none of them twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from chithi.core.periods import Period
from chithi.db.kept import Kept
from chithi.db.remembered import is_reading, remembered
from chithi.indicators.models import PeriodRow

Days = tuple[date, date]
_OF_CODE = Kept(lambda code: PeriodRow.objects.filter(code=code))


@dataclass
class _Known:
    """Rows by code, None where there is none of that code; all rows inside the spans asked for so far."""

    rows: dict[str, PeriodRow | None] = field(default_factory=dict)
    inside: dict[Days, dict[int, str]] = field(default_factory=dict)

    def take(self, row: PeriodRow) -> None:
        self.rows[row.code] = row
        for (first, last), found in self.inside.items():
            if first <= row.first and row.last <= last:
                found[row.pk] = row.code


def _known() -> _Known:
    return remembered("period rows", _Known)


def know(periods: Iterable[Period], within: Iterable[Period] = ()) -> None:
    """Read the rows of these periods, and all rows inside those of `within`, together: one query while `reading` (what
    is known already is not asked for), none else."""
    if is_reading():
        _read(_known(), [period.code for period in periods], [(period.first, period.last) for period in within])


def _read(known: _Known, codes: Collection[str], spans: Collection[Days]) -> None:
    new = [code for code in codes if code not in known.rows]
    wide = [span for span in spans if span not in known.inside]
    if not new and not wide:
        return
    asked = Q(code__in=new)
    for first, last in wide:
        asked |= Q(first__gte=first, last__lte=last)
    known.rows.update(dict.fromkeys(new))
    known.inside.update({span: {} for span in wide})
    for row in PeriodRow.objects.filter(asked):
        known.take(row)


def rows_of(periods: Iterable[Period]) -> dict[str, PeriodRow]:
    """Those rows that there are, by code. At most one query."""
    known, codes = _known(), [period.code for period in periods]
    _read(known, codes, ())
    return {code: row for code in codes if (row := known.rows[code]) is not None}


def row_of(period: Period) -> PeriodRow | None:
    """The row of a period; None where nothing was ever said of it. At most one query."""
    return rows_of([period]).get(period.code)


def period_row(period: Period) -> PeriodRow:
    """The stored row of a period, made on first use."""
    known = _known()
    row = known.rows.get(period.code) or next(iter(_OF_CODE.objects(period.code)), None)
    if row is None:
        given = {"first": period.first, "last": period.last}
        row, _ = PeriodRow.objects.get_or_create(code=period.code, defaults=given)
    known.take(row)
    return row


def codes_within(row: PeriodRow) -> dict[int, str]:
    """Codes by id of the period and of all shorter ones inside it. At most one query."""
    known, days = _known(), (row.first, row.last)
    _read(known, (), [days])
    return known.inside[days]
