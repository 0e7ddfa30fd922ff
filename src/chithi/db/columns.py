"""Reading very many rows as arrays of whole numbers, past the cost of a Python object for each column of each row.

The query is an ordinary one and keeps its scope; only its rows are taken from the database as they come: SQLite writes
each column as one text (a quarter of the time of its rows one by one), PostgreSQL gives rows.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection, models

_AT_ONCE = 50_000
Table = npt.NDArray[np.int64]


class DayNumber(models.Func):
    """A column of days as `date.toordinal` counts them, for `values_list` of what is read as whole numbers."""

    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(JULIANDAY(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s - DATE '0001-01-01' + 1)", **more)


def whole_numbers(query: models.QuerySet[Any, Any], columns: int) -> Table:
    """The rows of a `values_list` query of whole numbers or yes and no, none of them null: (rows, columns), in no
    order."""
    try:
        statement, values = query.order_by().query.sql_with_params()
    except EmptyResultSet:
        return np.zeros((0, columns), np.int64)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _as_texts(cursor, statement, values, columns)
        return _as_rows(cursor, statement, values, columns)


def _as_texts(cursor: Any, statement: str, values: tuple[Any, ...], columns: int) -> Table:
    names = [f"c{at}" for at in range(columns)]
    told = ", ".join(f"GROUP_CONCAT({name})" for name in names)
    whole = f"WITH told({', '.join(names)}) AS ({statement}) SELECT {told} FROM told"  # noqa: S608 -- a query's own words
    cursor.execute(whole, values)
    texts = cursor.fetchone()
    if texts[0] is None:
        return np.zeros((0, columns), np.int64)
    return np.column_stack([np.fromstring(str(text), np.int64, sep=",") for text in texts])


def _as_rows(cursor: Any, statement: str, values: tuple[Any, ...], columns: int) -> Table:
    cursor.execute(statement, values)
    found = []
    while rows := cursor.fetchmany(_AT_ONCE):
        flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * columns)
        found.append(flat.reshape(len(rows), columns))
    return np.concatenate(found) if found else np.zeros((0, columns), np.int64)
