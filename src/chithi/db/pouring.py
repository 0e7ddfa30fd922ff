"""Writing many rows at once, past the cost of a model object for each: one prepared statement, a million tuples.

Rows get their ids here, so that what refers to them can be written without reading them back. Call under the lock of
whatever writes such rows. Nothing is journalled, nothing marked, no version compared: that is the caller's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import count, islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models

from chithi.db.models import Guarded

_BATCH = 2000
_WHY = "the highest id so far"


def pour(
    model: type[Guarded], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], *, at: datetime | None = None
) -> range:
    """Store rows given as tuples of `columns` (names of fields or their `_id`); returns their ids, in order.

    Columns not named hold the field's default. `at` fills a column that would hold the hour of writing.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = [field for name, field in fields.items() if name not in columns and not field.primary_key]
    constants = tuple(_constant(field, at) for field in rest)
    newest = model.objects.everywhere(because=_WHY).aggregate(newest=models.Max("pk"))["newest"] or 0
    numbers = count(newest + 1)
    to_store = [_converter(fields[name]) for name in columns]
    full = (
        (next(numbers), *(convert(value) for convert, value in zip(to_store, row, strict=True)), *constants)
        for row in rows
    )
    _write(model, ["id", *columns, *(field.attname for field in rest)], full)
    ids = range(newest + 1, next(numbers))
    if ids:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
    if len(ids) >= _BATCH:
        _let_it_look_again(model)
    return ids


def _let_it_look_again(model: type[Guarded]) -> None:
    """After a flood PostgreSQL plans as if the table were empty until it has looked at it: minutes for milliseconds.

    Seen: one count of members at their homes, in the transaction that poured a province, ran for four minutes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _constant(field: models.Field[Any, Any], at: datetime | None) -> object:
    """What a column not named holds in every row, as the database takes it."""
    written = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    value = field.get_db_prep_save(at if written else field.get_default(), connection)
    return str(value) if isinstance(value, str) else value


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of this field goes into the database in use."""
    if connection.vendor == "sqlite" and isinstance(field, models.UUIDField):
        return _hex
    if connection.vendor == "sqlite" and isinstance(field, models.DateField):
        return _text
    return _same


def _hex(value: UUID) -> str:
    return value.hex


def _text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _same(value: Any) -> Any:
    return value


def _write(model: type[Guarded], columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    table, named = connection.ops.quote_name(model._meta.db_table), ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        copying = f"COPY {table} ({named}) FROM STDIN"
        insert = f"INSERT INTO {table} ({named}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 -- names of our own tables
        while batch := list(islice(rows, _BATCH)):  # made first: the rows may come from queries of their own
            if connection.vendor == "sqlite":
                cursor.executemany(insert, batch)
                continue
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for row in batch:
                    copy.write_row(row)
