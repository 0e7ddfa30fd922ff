"""Counting several kinds of rows by unit in one statement, each over its own span of days.

Putting a counting query together costs more than running it. So its words are kept in this process: they are compiled
once with days and units that stand for any others, and asked again with those that are meant. A query that does more
with its days than to compare with them cannot be kept so, and is compiled each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Count, F

from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet

_ANY_FIRST, _ANY_LAST, _ANY_UNIT = date(3917, 2, 3), date(3929, 4, 5), 3931
_TELLING = ("3917", "3929", "3931")
"""What betrays that a value was reckoned from one of those, and is not one of them."""
_MOST_TOGETHER, _MOST_KEPT = 100, 500

Days = tuple[date, date]


@dataclass(frozen=True)
class Counted:
    """What to count: `rows(first, last)`, scoped, by the column `unit`; all of them, and those of each part."""

    rows: Callable[[date, date], ScopedQuerySet[Any]]
    unit: str
    parts: tuple[Callable[[date], models.Q], ...] = ()


@dataclass(frozen=True)
class _Words:
    """A compiled query; `slots` says of each of its values whether it is a day, the units, or always the same."""

    sql: str
    slots: tuple[tuple[str, Any], ...]

    def values(self, days: Days, units: Any) -> list[Any]:
        given = {"first": _stored(days[0]), "last": _stored(days[1]), "units": units}
        return [given.get(what, same) for what, same in self.slots]


_words: dict[Hashable, _Words | None] = {}


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
            compiled = _compiled(counted, days, unit_ids)
            if compiled is not None:
                shown = ", ".join(f"c{n}" if n <= len(counted.parts) else "0" for n in range(width))
                statements.append(f"SELECT {at}, u, {shown} FROM ({compiled[0]}) AS q{at}")  # noqa: S608 -- own words
                values += compiled[1]
        if statements:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(statements), values)
                for at, unit, *numbers in cursor.fetchall():
                    found[at][unit] = tuple(numbers[: len(asked[at][0].parts) + 1])
    return found


def _compiled(counted: Counted, days: Days, unit_ids: Collection[int] | None) -> tuple[str, list[Any]] | None:
    """Words and values of one question; None where it can have no answer."""
    key = (connection.vendor, counted, unit_ids is None)
    if key not in _words:
        if len(_words) >= _MOST_KEPT:
            _words.clear()
        _words[key] = _learnt(counted, everybody=unit_ids is None)
    words = _words[key]
    if words is not None:
        return words.sql, words.values(days, None if unit_ids is None else _units(unit_ids))
    try:
        sql, values = _query(counted, days, unit_ids).query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, list(values)


def _query(counted: Counted, days: Days, unit_ids: Collection[int] | None) -> models.QuerySet[Any, Any]:
    rows = counted.rows(*days)
    if unit_ids is not None:
        rows = rows.filter(**{f"{counted.unit}__in": among(unit_ids)})
    parts = {f"c{n}": Count("pk", filter=part(days[1])) for n, part in enumerate(counted.parts, 1)}
    grouped = rows.order_by().values(u=F(counted.unit)).annotate(c0=Count("pk"), **parts)
    found: models.QuerySet[Any, Any] = grouped.values_list("u", "c0", *parts)
    return found


def _learnt(counted: Counted, *, everybody: bool) -> _Words | None:
    """The words of a question for any days and units; None where they cannot be told apart from its other values."""
    try:
        query = _query(counted, (_ANY_FIRST, _ANY_LAST), None if everybody else [_ANY_UNIT])
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return None
    known = {"first": _stored(_ANY_FIRST), "last": _stored(_ANY_LAST), "units": _units([_ANY_UNIT])}
    slots = []
    for value in values:
        what = next((name for name, stands in known.items() if value == stands and type(value) is type(stands)), "")
        if not what and any(year in str(value) for year in _TELLING):
            return None
        slots.append((what, None if what else value))
    return None if any(year in sql for year in _TELLING) else _Words(sql, tuple(slots))


def _stored(day: date) -> Any:
    """A day as this database takes it."""
    return connection.ops.adapt_datefield_value(day)


def _units(unit_ids: Collection[int]) -> Any:
    """The one value that `among` makes of units."""
    return list(unit_ids) if connection.vendor == "postgresql" else json.dumps(list(unit_ids))
