"""Reading very many rows as arrays of whole numbers, past the cost of a Python object for each column of each row.

The query is an ordinary one and keeps its scope; only its rows are taken from the database as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection, models

_AT_ONCE = 50_000
Table = npt.NDArray[np.int64]


def whole_numbers(query: models.QuerySet[Any, Any], columns: int) -> Table:
    """The rows of a `values_list` query of whole numbers or yes and no, none of them null: (rows, columns)."""
    found = [np.array(rows, dtype=np.int64).reshape(len(rows), columns) for rows in _rows(query)]
    return np.concatenate(found) if found else np.zeros((0, columns), np.int64)


def _rows(query: models.QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    try:
        statement, values = query.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
