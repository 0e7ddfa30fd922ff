"""Storing one row, with words that are kept: the other half of `chithi.db.kept`.

To put an INSERT or UPDATE together costs Django several times what the database takes to carry it out. Their words
depend on the model and the columns alone; values go through their fields as ever. What is no plain value (an
expression) is left to Django: None tells the caller so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, models

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
_NOT_PLAIN = object()


def insert(row: models.Model, fields: Sequence[Field], returning: Sequence[Field]) -> list[tuple[Any, ...]] | None:
    """Store a new row; gives what the columns of `returning` hold then, as `Model._do_insert` does. One statement."""
    if [field.attname for field in returning] != ["id"]:
        return None
    values = [_stored(field, field.pre_save(row, add=True)) for field in fields]
    if any(value is _NOT_PLAIN for value in values):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_inserting(type(row), tuple(field.column for field in fields)), values)
        return [cursor.fetchone()]


def update(model: type[models.Model], pk: int, version: int, values: Iterable[tuple[Field, Any]]) -> bool | None:
    """Change columns of the row with this id, if it has this version: whether it had. One statement."""
    given = [(field, _stored(field, value)) for field, value in values]
    if any(value is _NOT_PLAIN for _field, value in given):
        return None
    with connection.cursor() as cursor:
        words = _updating(model, tuple(field.column for field, _value in given))
        cursor.execute(words, [*(value for _field, value in given), pk, version])
        return bool(cursor.rowcount)


def _stored(field: Field, value: Any) -> Any:
    if hasattr(value, "resolve_expression") or hasattr(field, "get_placeholder"):
        return _NOT_PLAIN
    return field.get_db_prep_save(value, connection)


@cache
def _inserting(model: type[models.Model], columns: tuple[str, ...]) -> str:
    name = connection.ops.quote_name
    named, given = ", ".join(map(name, columns)), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {name(model._meta.db_table)} ({named}) VALUES ({given}) RETURNING {name('id')}"  # noqa: S608 -- own words


@cache
def _updating(model: type[models.Model], columns: tuple[str, ...]) -> str:
    name = connection.ops.quote_name
    changed = ", ".join(f"{name(column)} = %s" for column in columns)
    where = f"{name('id')} = %s AND {name('version')} = %s"
    return f"UPDATE {name(model._meta.db_table)} SET {changed} WHERE {where}"  # noqa: S608 -- own words
