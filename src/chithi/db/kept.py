"""Queries whose words are kept: put together once in a process, asked ever again with other values.

To put a query together costs Django several times what the database takes to answer it, on every page anew. A `Kept`
query is compiled with values that stand for any others, past the guard like every query (`chithi.db.guard`); where each
of them went is noted, and asked is with those that are meant. A query that does more with a value than to compare with
it cannot be kept so: it is put together each time, and answers the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from chithi.db.among import many
from chithi.db.reach import Reach

M = TypeVar("M")
Row = tuple[Any, ...]
_BETRAYED = re.compile(r"3917\d{3}|3917~|\b3[89]\d\d-|^3[89]\d\d$")
"""What tells that a value was reckoned from one of those that stand for others, and is not one of them."""


@dataclass(frozen=True)
class _Words:
    """A compiled query: `slots` says of each of its values which one asked with it is, or (-1) the value itself;
    `converters` turn columns as the database gives them into what Django would give."""

    sql: str
    slots: tuple[tuple[int, Any], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    model: Any
    names: tuple[str, ...]

    def with_values(self, values: list[Any]) -> list[Any]:
        return [same if at < 0 else values[at] for at, same in self.slots]


class Kept(Generic[M]):
    """`build(*values)` gives a scoped query, of rows (`values_list`) or of objects of the model.

    Values are days, whole numbers, texts, collections of whole numbers (for `chithi.db.among.among`) and reaches.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, M]]) -> None:
        self._build = build
        self._words: dict[Hashable, _Words | None] = {}

    def rows(self, *values: Any) -> list[Row]:
        """The answer, as a list of the query would give it. One query."""
        words, given = self.compiled(*values)
        if words is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(words.sql, given)
            rows = cursor.fetchall()
        return [_converted(row, words) for row in rows] if words.converters else list(rows)

    def objects(self, *values: Any) -> list[M]:
        """The answer of a query of objects of a model, without anything joined or annotated. One query."""
        words, _given = self.compiled(*values)
        if words is None or words.model is None:
            return []
        return [words.model.from_db(connection.alias, words.names, row) for row in self.rows(*values)]

    def compiled(self, *values: Any) -> tuple[_Words | None, list[Any]]:
        """The words and their values; no words where there can be no answer."""
        shape = (connection.vendor, *(_shape(value) for value in values))
        if shape not in self._words:
            self._words[shape] = self._learnt(values)
        words = self._words[shape]
        if words is not None:
            return words, words.with_values(_flat(values))
        try:
            fresh, given = _compile(self._build(*values))
        except EmptyResultSet:
            return None, []
        return fresh, given

    def _learnt(self, values: tuple[Any, ...]) -> _Words | None:
        """The words for any values of this shape; None where values cannot be told from one another."""
        stand = tuple(_standing(value, at) for at, value in enumerate(values, 1))
        try:
            words, given = _compile(self._build(*stand))
        except (EmptyResultSet, OverflowError):
            return None
        flat, slots = _flat(stand), []
        for value in given:
            at = next((at for at, one in enumerate(flat) if _is(one, value)), -1)
            if at < 0 and _BETRAYED.search(str(value)):
                return None
            slots.append((at, None if at >= 0 else value))
        return None if _BETRAYED.search(words.sql) else replace(words, slots=tuple(slots))


def _compile(query: models.QuerySet[Any, Any]) -> tuple[_Words, list[Any]]:
    compiler = query.query.get_compiler(connection.alias)
    sql, values = compiler.as_sql()
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = tuple((at, tuple(turns), expression) for at, (turns, expression) in found.items())
    names = tuple(getattr(getattr(column[0], "target", None), "attname", "") for column in compiler.select)
    return _Words(sql, (), converters, query.model, names), list(values)


def _converted(row: Row, words: _Words) -> Row:
    columns = list(row)
    for at, turns, expression in words.converters:
        for turn in turns:
            columns[at] = turn(columns[at], expression, connection)
    return tuple(columns)


def _is(stand: Any, value: Any) -> bool:
    """Whether a value of a statement is this stand-in; PostgreSQL is given whole numbers as kinds of `int`."""
    kind = type(stand)
    return (type(value) is kind or (kind is int and isinstance(value, int))) and bool(stand == value)


def _shape(value: Any) -> Hashable:
    """What of a value changes the words of a query."""
    if isinstance(value, Reach):
        return "reach", len(value.intervals), value.is_everything
    return "many" if isinstance(value, Collection) and not isinstance(value, str) else type(value).__name__


def _standing(value: Any, at: int) -> Any:
    """A value of the same shape that stands for any other; `at` tells several apart."""
    if isinstance(value, Reach):
        bounds = [3917_500_000 + at * 10_000 + n for n in range(2 * len(value.intervals))]
        spans = tuple(zip(bounds[::2], bounds[1::2], strict=True))
        return value if value.is_everything else Reach(3917_400_000 + at, spans)
    if isinstance(value, date):
        return date(3917, at, at + 2)
    if isinstance(value, str):
        return f"3917~{at}"
    if isinstance(value, Collection):
        return [3917_200_000 + at]
    if type(value) is not int:
        raise TypeError(f"a kept query is not asked with {type(value).__name__}")
    return 1_391_700_000 + at * 97  # within what a column of whole numbers holds; none is another and one


def _flat(values: tuple[Any, ...]) -> list[Any]:
    """The values as statements take them: days and collections as the database does, a reach as its numbers."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, Reach):  # one that is everything narrows nothing: no number of it is in the statement
            bounds = [bound for span in value.intervals for bound in span]
            found += [] if value.is_everything else [value.edition_id, *bounds]
        elif isinstance(value, date):
            found.append(connection.ops.adapt_datefield_value(value))
        elif isinstance(value, Collection) and not isinstance(value, str):
            found.append(many(value))
        else:
            found.append(value)
    return found
