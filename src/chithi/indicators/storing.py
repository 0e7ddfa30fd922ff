"""Storing what was added up: short transactions, each in its turn, the last of which takes the marks away.

Rows are gathered and written together, so that carrying up a few saves is one transaction; a whole nation's are
written in portions, between which those who save get their chance. What is written before the last portion is
already right; should it be the last that is written, the marks stay and ask for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from chithi.freshness.models import Mark
from chithi.freshness.turns import take_turn_after
from chithi.indicators.models import PeriodRow, Totals
from chithi.rollup.packing import pack
from chithi.rollup.totals import Row

_WHY = "the drainer serves every unit"
_PORTION = 2_000
_ASKED_AT_ONCE = 10_000  # SQLite takes 32.766 values in a statement


class Storing:
    """Totals of one run on their way into the database. `turn`: the one noted before anything was read."""

    def __init__(self, turn: int) -> None:
        self.rows = 0
        self._turn = turn
        self._waiting: list[Totals] = []
        self._dropped: list[tuple[int, list[int]]] = []

    def add(self, period: PeriodRow, rows: dict[int, Row]) -> None:
        """Totals of a period by unit; written at once where there are many."""
        now = timezone.now()
        for unit, row in rows.items():
            self._waiting.append(Totals(unit_id=unit, period_id=period.pk, packed=pack(row), at=now))
            if len(self._waiting) >= _PORTION:
                self._write()
        self.rows += len(rows)

    def drop(self, period: PeriodRow, unit_ids: Collection[int]) -> None:
        """These units have no total in this period any more."""
        if unit_ids:
            self._dropped.append((period.pk, list(unit_ids)))

    def finish(self, marks: Iterable[Mark] = ()) -> None:
        """Write the rest and, in the same transaction, take away the marks that asked for it."""
        self._write([mark.pk for mark in marks])

    def flush(self) -> None:
        """Write what waits; for whoever is about to read it."""
        self._write()

    def _take_turn(self) -> int:
        return take_turn_after(self._turn)

    def _write(self, marks: list[int] | None = None) -> None:
        if not (self._waiting or self._dropped or marks):
            return
        with transaction.atomic():
            turn = self._take_turn()
            for period_id, unit_ids in self._dropped:
                for some in _portions(unit_ids):
                    gone = Totals.objects.everywhere(because=_WHY).filter(period_id=period_id, unit_id__in=some)
                    gone.delete()
            _upsert(self._waiting)
            if marks:
                Mark.objects.everywhere(because=_WHY).filter(pk__in=marks).delete()
        self._turn, self._waiting, self._dropped = turn, [], []


def _upsert(rows: list[Totals]) -> None:
    Totals.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["unit", "period"],
        update_fields=["packed", "at"],
    )


def _portions(unit_ids: list[int]) -> Iterable[list[int]]:
    return (unit_ids[at : at + _ASKED_AT_ONCE] for at in range(0, len(unit_ids), _ASKED_AT_ONCE))
