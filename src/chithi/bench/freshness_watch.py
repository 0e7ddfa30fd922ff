"""The reader of `chithi bench freshness`: what somebody who looks at the root sees, and since when.

One look is one SELECT, hence one moment of the database: the root's total as it is stored, and the units whose marks
still wait. A save is seen in the first look that began after its commit and finds no mark of its unit. That the total
then really holds it is checked in every look: no less than all saves without a mark, no more than all that have begun.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from chithi.bench.freshness_saves import Save
from chithi.freshness.models import Mark
from chithi.indicators.models import Totals
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

EVERY = 0.02  # seconds between two looks
Sums = dict[int, int]  # the root's value by measure


@dataclass(frozen=True)
class Look:
    """What the root showed between two moments of the steady clock."""

    began: float
    ended: float
    sums: Sums
    waiting: frozenset[int]


class Watch:
    """Looks at one stored total of the root, by the id of its row."""

    def __init__(self, totals_id: int, measures: Sequence[int]) -> None:
        self.totals_id, self.measures = totals_id, measures
        self.looks: list[Look] = []
        self._packed, self._sums = b"", dict[int, int]()

    def look(self) -> Look:
        began = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT NULL, unit_id FROM {Mark._meta.db_table} UNION ALL "  # noqa: S608 -- our own tables
                f"SELECT packed, NULL FROM {Totals._meta.db_table} WHERE id = %s",
                [self.totals_id],
            )
            rows = cursor.fetchall()
        ended = time.monotonic()
        packed = next(bytes(found) for found, _unit in rows if found is not None)
        if packed != self._packed:
            row = unpack(packed)
            self._packed, self._sums = packed, {measure: row.cell(key_of(measure)).value for measure in self.measures}
        found = Look(began, ended, self._sums, frozenset(unit for _packed, unit in rows if unit is not None))
        self.looks.append(found)
        return found

    def look_until(self, moment: float) -> None:
        """Again and again until then."""
        while time.monotonic() < moment:
            self.look()
            time.sleep(EVERY)

    def look_until_still(self, patience_s: float) -> None:
        """Again and again until no mark waits."""
        end = time.monotonic() + patience_s
        while self.look().waiting:
            if time.monotonic() > end:
                raise TimeoutError("marks wait, and nobody takes them")
            time.sleep(EVERY)

    @property
    def stored(self) -> int:
        """How often another total stood there than at the look before."""
        return sum(before.sums != after.sums for before, after in zip(self.looks, self.looks[1:], strict=False))


def seen_after(looks: Sequence[Look], saves: Sequence[Save]) -> list[float]:
    """For each save the moment by which a reader of the root saw it; looks are in order of time."""
    found = []
    at = 0
    for save in sorted(saves, key=lambda one: one.done):
        while looks[at].began < save.done:
            at += 1
        look = next(look for look in looks[at:] if save.unit not in look.waiting)
        found.append(look.ended)
    return found


def check(looks: Sequence[Look], saves: Sequence[Save], before: Sums) -> None:
    """Every look shows what it must; raises ValueError with the first that does not."""
    units, rose = np.array([save.unit for save in saves]), np.array([save.rose for save in saves])
    due, done = np.array([save.due for save in saves]), np.array([save.done for save in saves])
    measures = np.array([save.measure for save in saves])
    for look in looks:
        here = (done < look.began) & ~np.isin(units, list(look.waiting))
        for measure, start in before.items():
            must = int(rose[here & (measures == measure)].sum())
            may = int(rose[(due <= look.ended) & (measures == measure)].sum())
            if not must <= look.sums[measure] - start <= may:
                raise ValueError(f"measure {measure}: the root shows {look.sums[measure] - start}, not {must} to {may}")
