"""Base models: every row has a client-made identity and a version compared on each write."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any, ClassVar, Self

from django.db import models, transaction

from chithi.core.errors import Absent, Stale
from chithi.db import kept_writes
from chithi.db.guard import OpenManager, ScopedManager
from chithi.db.kept import Kept
from chithi.db.reach import Reach


class Open(models.Model):
    """A row that belongs to no unit: definitions, periods, accounts. Joins into guarded tables are refused."""

    objects: ClassVar[OpenManager[Self]] = OpenManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class Guarded(models.Model):
    """A row that belongs to a unit and is read only within a reach.

    `key` is made by whoever creates the row, so a device that sends twice is recognised (unique).
    `version` counts writes: saving a row that somebody else changed since it was read raises `Stale` and
    writes nothing. `unit_column` names the column that says whose row it is.
    """

    unit_column = "unit_id"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, **options: Any) -> None:
        """Write this version's successor; raises `Stale` where the stored version is another."""
        if self._state.adding:
            super().save(**{**options, "force_insert": True})
            return
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "version"}
        self.version += 1
        try:
            with transaction.atomic():
                super().save(**options)
        except BaseException:
            self.version -= 1
            raise

    def amend(self, **values: Any) -> None:
        """Write these columns alone, the version compared; raises `Stale` and writes nothing where it is another.

        For use inside a transaction, which goes on after `Stale`: one statement, where `save` needs a savepoint.
        """
        columns: dict[str, Any] = {name: self._meta.get_field(name) for name in values}
        self._write_over([(columns[name], value) for name, value in values.items()], self.version + 1)
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1

    def must_lie_inside(self, reach: Reach) -> None:
        """Ring 4: after saving, the row must still lie inside the reach; else `Absent`, and the transaction goes back.

        One query. Call inside the transaction of the save.
        """
        if not _inside(type(self)).rows(reach, self.pk):
            raise Absent("org.no_unit", unit=getattr(self, self.unit_column))

    @classmethod
    def reach_condition(cls, reach: Reach) -> models.Q:
        """The filter for rows inside the reach, as one subquery over the edition's places."""
        from chithi.org.places import ids_within

        return models.Q(**{f"{cls.unit_column}__in": ids_within(reach)})

    def _do_insert(self, manager, using, fields, returning_fields, raw):  # type: ignore[no-untyped-def]
        """Django's hook for the INSERT of save(): with kept words."""
        stored = None if raw else kept_writes.insert(self, fields, returning_fields)
        return super()._do_insert(manager, using, fields, returning_fields, raw) if stored is None else stored  # type: ignore[misc]

    def _do_update(  # type: ignore[no-untyped-def,override]
        self, base_qs, using, pk_val, values, update_fields, forced_update
    ) -> bool:
        """Django's hook for the UPDATE of save(): here the version is compared."""
        self._write_over([(field, value) for field, _, value in values], self.version)
        return True

    def _write_over(self, values: list[tuple[models.Field[Any, Any], Any]], version: int) -> None:
        """Change the stored row into this version if it is the one before; else `Stale`.

        Written past the guard on purpose: it names one row by its primary key and version.
        """
        counted: Any = self._meta.get_field("version")
        by_column = {field.column: (field, value) for field, value in values} | {"version": (counted, version)}
        columns = list(by_column.values())
        done = kept_writes.update(type(self), self.pk, version - 1, columns)
        if done is None:
            same = type(self)._base_manager.filter(pk=self.pk, version=version - 1)
            done = bool(same._update([(field, None, value) for field, value in columns]))  # type: ignore[attr-defined]
        if not done:
            raise Stale("db.stale", kind=self._meta.model_name)


@cache
def _inside(model: type[Guarded]) -> Kept[Any]:
    """Whether a row of this model, by its id, lies inside a reach."""
    return Kept(lambda reach, pk: model.objects.visible_to(reach).filter(pk=pk).values_list("pk"))
