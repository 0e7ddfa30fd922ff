"""Queries that refuse to run until somebody has said whose eyes they are for.

One choke point: SQL compilation. A query on a guarded model compiles only after `visible_to(reach)` or
`everywhere(because=…)`; `git grep because=` is the audit of the latter. Joins into a guarded table are
refused wherever they are asked for (`values("person__name")`, `select_related`, `F()`, a filter used as an
oracle): people and units are resolved by a second query scoped on its own.
"""

from __future__ import annotations

from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import sql
from django.db.models.sql.datastructures import Join

from chithi.db.reach import Reach

M = TypeVar("M", bound=models.Model)


class UnscopedQuery(RuntimeError):  # noqa: N818 -- it names what was wrong: a query without a scope
    """A programmer's mistake: a guarded table was about to be read without saying for whom."""


class NoGuardedJoins(sql.Query):
    """A query that may not join into a guarded table, whatever its own table is.

    Looked at when the FROM clause is written: by then the compiler has added the joins of `select_related`
    and ordering, and has trimmed those it did not need (`filter(unit_id=…)`).
    """

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = super().get_compiler(using, connection, elide_empty)
        write_from = compiler.get_from_clause

        def checked() -> Any:
            refuse_guarded_joins(compiler.query)
            return write_from()

        compiler.get_from_clause = checked
        return compiler


class GuardedQuery(NoGuardedJoins):
    """A query on a guarded table: compiles only once it carries a scope note."""

    scope_note: str | None = None

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:
        if self.scope_note is None:
            raise UnscopedQuery(f"{_name(self)}: say visible_to(reach) or everywhere(because=…)")
        return super().get_compiler(using, connection, elide_empty)


def refuse_guarded_joins(query: sql.Query) -> None:
    """Raise where the query still joins a guarded table."""
    guarded = _guarded_tables()
    for alias, table in query.alias_map.items():
        if isinstance(table, Join) and table.table_name in guarded and query.alias_refcount.get(alias):
            raise UnscopedQuery(f"{_name(query)} joins into guarded {table.table_name}")


class OpenQuerySet(models.QuerySet[M]):
    """Rows that hold nobody's affairs (periods, definitions); still no way around into guarded tables."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or NoGuardedJoins(model), using, hints)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows that belong to a unit; see the module's docstring."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def visible_to(self, reach: Reach) -> Self:
        """Only rows whose unit lies inside the reach. No query of its own; one indexed subquery."""
        scoped: Self = self._chain()  # type: ignore[attr-defined]  # Django's own, missing from its stubs
        if reach.is_empty:
            return scoped.none()
        if not reach.is_everything:
            scoped = scoped.filter(self.model.reach_condition(reach))  # type: ignore[attr-defined]
        scoped.query.scope_note = "reach"  # type: ignore[attr-defined]  # a GuardedQuery
        return scoped

    def everywhere(self, *, because: str) -> Self:
        """All rows, for work that belongs to nobody's page; the reason is found by `git grep because=`."""
        scoped: Self = self._chain()  # type: ignore[attr-defined]  # Django's own, missing from its stubs
        scoped.query.scope_note = because  # type: ignore[attr-defined]  # a GuardedQuery
        return scoped

    def none(self) -> Self:
        empty = super().none()
        empty.query.scope_note = "none"  # type: ignore[attr-defined]
        return empty

    def _guard(self) -> None:
        if getattr(self.query, "scope_note", None) is None:
            raise UnscopedQuery(f"{self.model.__name__}: write without a scope")
        refuse_guarded_joins(self.query)

    def _need_same(self, other: Any) -> None:
        if self.query.scope_note is None or getattr(other.query, "scope_note", None) is None:  # type: ignore[attr-defined]
            raise UnscopedQuery(f"{self.model.__name__}: combining a scoped with an unscoped query")

    def __or__(self, other: Any) -> Self:
        self._need_same(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Self:
        self._need_same(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Self:
        self._need_same(other)
        return super().__xor__(other)

    def union(self, *others: Any, all: bool = False) -> Self:
        for other in others:
            self._need_same(other)
        return super().union(*others, all=all)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnscopedQuery(f"{self.model.__name__}.raw")

    def update(self, **values: Any) -> int:
        self._guard()
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class ScopedManager(models.Manager[M]):
    """The only manager of a guarded model."""

    use_in_migrations = False

    def get_queryset(self) -> ScopedQuerySet[M]:
        return ScopedQuerySet(self.model, using=self._db)

    def filter(self, *args: Any, **kwargs: Any) -> ScopedQuerySet[M]:
        return self.get_queryset().filter(*args, **kwargs)

    def visible_to(self, reach: Reach) -> ScopedQuerySet[M]:
        return self.get_queryset().visible_to(reach)

    def everywhere(self, *, because: str) -> ScopedQuerySet[M]:
        return self.get_queryset().everywhere(because=because)


class OpenManager(models.Manager[M]):
    """The manager of a model that is not guarded."""

    use_in_migrations = False

    def get_queryset(self) -> OpenQuerySet[M]:
        return OpenQuerySet(self.model, using=self._db)


def _name(query: sql.Query) -> str:
    return query.model.__name__ if query.model else "query"


_tables: set[str] = set()


def _guarded_tables() -> set[str]:
    if not _tables:
        from django.apps import apps

        from chithi.db.models import Guarded

        _tables.update(m._meta.db_table for m in apps.get_models() if issubclass(m, Guarded))
    return _tables
