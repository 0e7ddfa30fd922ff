"""Writing many rows at once, past the cost of a model object for each: one prepared statement, a million tuples.

`pour` takes rows, `pour_columns` whole columns. Rows get their ids here, so that what refers to them can be written
without reading them back. Call under the lock of whatever writes such rows. Nothing is journalled, nothing marked, no
version compared: that is the caller's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count, islice, repeat
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models

from chithi.db.models import Guarded, Open

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
    newest = _newest(model)
    numbers = count(newest + 1)
    to_store = [_converter(fields[name]) for name in columns]
    full = (
        (next(numbers), *(convert(value) for convert, value in zip(to_store, row, strict=True)), *constants)
        for row in rows
    )
    _write(model, ["id", *columns, *(field.attname for field in rest)], full)
    ids = range(newest + 1, next(numbers))
    _settle(model, ids)
    return ids


def pour_columns(
    model: type[Guarded] | type[Open],
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> range:
    """Store rows given as columns of equal length by name of field; returns their ids, in order.

    `same` holds what is one in every row. The values are plain (whole numbers, words, days, UUIDs, None), no words with
    tabs or line ends in them: about five times as quick as `pour`, because no row is ever touched in Python.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise ValueError(f"columns of {model.__name__} have lengths {sorted(lengths)}")
    newest, (length,) = _newest(model), lengths
    ids = range(newest + 1, newest + 1 + length)
    constants = {name: _converter(fields[name])(value) for name, value in (same or {}).items()}
    for name, field in fields.items():
        if name not in columns and name not in constants and not field.primary_key:
            constants[name] = _constant(field, at)
    converted = [_all_of(fields[name], column) for name, column in columns.items()]
    names = ["id", *columns, *constants]
    _write(model, names, zip(ids, *converted, *map(repeat, constants.values()), strict=False))
    _settle(model, ids)
    return ids


def give_keys(model: type[Guarded], rows: Iterable[tuple[int, UUID]]) -> None:
    """Change the identities of rows given by id, e.g. of what was computed, so that they come from a seed too."""
    field = model._meta.get_field("key")
    convert = _converter(field)
    table, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name("key")
    statement = f"UPDATE {table} SET {column} = %s WHERE id = %s"  # noqa: S608 -- names of our own tables
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(convert(key), pk) for pk, key in rows])


def _all_of(field: models.Field[Any, Any], column: Sequence[Any]) -> Iterable[Any]:
    convert = _converter(field)
    return column if convert is _same else map(convert, column)


def _newest(model: type[Guarded] | type[Open]) -> int:
    rows = model.objects.everywhere(because=_WHY) if issubclass(model, Guarded) else model.objects.all()
    found: int = rows.aggregate(newest=models.Max("pk"))["newest"] or 0
    return found


def _settle(model: type[Guarded] | type[Open], ids: range) -> None:
    """The next id is the one after these, and the database knows how many there are."""
    if ids:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
    if len(ids) >= _BATCH:
        _let_it_look_again(model)


def _let_it_look_again(model: type[Guarded] | type[Open]) -> None:
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


def _write(model: type[Guarded] | type[Open], columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
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
