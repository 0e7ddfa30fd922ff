"""What `chithi bench freshness` compares the drainer with: two other ways to keep a root's total fresh.

Recomputing above every save in the request that saved: the same reckoning as the drainer's, without its lock and turn.
Counting up: a table of every unit's ancestors, and one UPDATE of as many totals as a unit has ancestors, in the
transaction of the save; the value alone, neither who has spoken nor bounds nor balances.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import connection, transaction

from chithi.core.periods import parse
from chithi.freshness.models import Mark
from chithi.indicators.drain import carry_up
from chithi.indicators.models import PeriodRow
from chithi.indicators.storing import Storing
from chithi.rollup.shape import NO_PARENT, Shape

ABOVE, SUMS = "bench_above", "bench_sum"
_BATCH = 20_000


class _NoTurn(Storing):
    """Writes whatever was reckoned, whoever stored meanwhile."""

    def _take_turn(self) -> int:
        return 0


def recompute_without_lock(unit: int, measure: int, period: str) -> None:
    """The totals of the units above, of the one period."""
    row = PeriodRow.objects.get(code=parse(period).code)
    storing = _NoTurn(0)
    carry_up(storing, [row], [Mark(unit_id=unit, measure_id=measure, first=row.first, last=row.last)])
    storing.finish()


def count_up(unit: int, measure: int, rose: int) -> None:
    """Add to the sums of the unit and of all above it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {SUMS} SET value = value + %s WHERE measure = %s AND "  # noqa: S608 -- our own tables
            f"unit IN (SELECT ancestor FROM {ABOVE} WHERE unit = %s)",
            [rose, measure, unit],
        )


def lay_out(shape: Shape, measures: list[int]) -> None:
    """The rival's tables: sums of 0 for every unit and measure."""
    with transaction.atomic(), connection.cursor() as cursor:
        tear_down()
        cursor.execute(f"CREATE TABLE {ABOVE} (unit BIGINT, ancestor BIGINT, PRIMARY KEY (unit, ancestor))")
        cursor.execute(f"CREATE TABLE {SUMS} (unit BIGINT, measure BIGINT, value BIGINT, PRIMARY KEY (unit, measure))")
        at = above = np.arange(len(shape))
        while len(at):
            _insert(cursor, ABOVE, "%s, %s", shape.unit_ids[at], shape.unit_ids[above])
            higher = shape.parent[above]
            at, above = at[higher != NO_PARENT], higher[higher != NO_PARENT]
        for measure in measures:
            same = np.full(len(shape), measure)
            _insert(cursor, SUMS, "%s, %s, 0", shape.unit_ids, same)
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {ABOVE}")
            cursor.execute(f"ANALYZE {SUMS}")


def tear_down() -> None:
    with connection.cursor() as cursor:
        for table in (ABOVE, SUMS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def counted_up(root: int) -> dict[int, int]:
    """The root's sums by measure."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT measure, value FROM {SUMS} WHERE unit = %s", [root])  # noqa: S608 -- our own table
        return dict(cursor.fetchall())


def _insert(cursor: Any, table: str, values: str, *columns: Any) -> None:
    statement = f"INSERT INTO {table} VALUES ({values})"  # noqa: S608 -- our own tables
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    for at in range(0, len(rows), _BATCH):
        cursor.executemany(statement, rows[at : at + _BATCH])
