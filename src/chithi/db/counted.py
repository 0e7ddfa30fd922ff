"""Counting several kinds of rows by unit in one statement, each over its own span of days.

The words of each question are kept (`chithi.db.kept`); what is asked together differs from page to page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Count, F

from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.kept import Kept

_MOST_TOGETHER = 100

Days = tuple[date, date]


@dataclass(frozen=True)
class Counted:
    """What to count: `rows(first, last)`, scoped, by the column `unit`; all of them, and those of each part."""

    rows: Callable[[date, date], ScopedQuerySet[Any]]
    unit: str
    parts: tuple[Callable[[date], models.Q], ...] = ()


_kept: dict[tuple[Counted, bool], Kept[Any]] = {}


def counts_by_unit(
    asked: Sequence[tuple[Counted, Days]], unit_ids: Collection[int] | None
) -> list[dict[int, tuple[int, ...]]]:
    """For each question: by unit, how many rows there are, and how many of each part; units without rows are left out.

    `unit_ids` None means all units. One query for a hundred questions.
    """
    found: list[dict[int, tuple[int, ...]]] = [{} for _ in asked]
    width = max((len(counted.parts) + 1 for counted, _days in asked), default=0)
    for start in range(0, len(asked), _MOST_TOGETHER):
        statements, values = [], []
        for at, (counted, days) in enumerate(asked[start : start + _MOST_TOGETHER], start):
            words, given = _question(counted, everybody=unit_ids is None).compiled(
                *days, *(() if unit_ids is None else (unit_ids,))
            )
            if words is not None:
                shown = ", ".join(f"c{n}" if n <= len(counted.parts) else "0" for n in range(width))
                statements.append(f"SELECT {at}, u, {shown} FROM ({words.sql}) AS q{at}")  # noqa: S608 -- own words
                values += given
        if statements:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(statements), values)
                for at, unit, *numbers in cursor.fetchall():
                    found[at][unit] = tuple(numbers[: len(asked[at][0].parts) + 1])
    return found


def _question(counted: Counted, *, everybody: bool) -> Kept[Any]:
    """The query of one question, by first and last day and, but for everybody, unit ids; its words are kept."""
    if (counted, everybody) not in _kept:
        _kept[counted, everybody] = Kept(lambda *given: _query(counted, *given))
    return _kept[counted, everybody]


def _query(
    counted: Counted, first: date, last: date, unit_ids: Collection[int] | None = None
) -> models.QuerySet[Any, Any]:
    rows = counted.rows(first, last)
    if unit_ids is not None:
        rows = rows.filter(**{f"{counted.unit}__in": among(unit_ids)})
    parts = {f"c{n}": Count("pk", filter=part(last)) for n, part in enumerate(counted.parts, 1)}
    grouped = rows.order_by().values(u=F(counted.unit)).annotate(c0=Count("pk"), **parts)
    found: models.QuerySet[Any, Any] = grouped.values_list("u", "c0", *parts)
    return found
