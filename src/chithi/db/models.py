"""Base models: every row has a client-made identity and a version compared on each write."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.db import models, transaction

from chithi.core.errors import Absent, Stale
from chithi.db.guard import OpenManager, ScopedManager
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

    def must_lie_inside(self, reach: Reach) -> None:
        """Ring 4: after saving, the row must still lie inside the reach; else `Absent`, and the transaction goes back.

        One query. Call inside the transaction of the save.
        """
        if not type(self).objects.visible_to(reach).filter(pk=self.pk).exists():
            raise Absent("org.no_unit", unit=getattr(self, self.unit_column))

    @classmethod
    def reach_condition(cls, reach: Reach) -> models.Q:
        """The filter for rows inside the reach, as one subquery over the edition's places."""
        from chithi.org.places import ids_within

        return models.Q(**{f"{cls.unit_column}__in": ids_within(reach)})

    def _do_update(  # type: ignore[no-untyped-def,override]
        self, base_qs, using, pk_val, values, update_fields, forced_update
    ) -> bool:
        """Django's hook for the UPDATE of save(): here the version is compared.

        `_update` writes past the guard on purpose: it names one row by its primary key and version.
        """
        filtered = base_qs.filter(pk=pk_val, version=self.version - 1)
        if not filtered._update(values):
            raise Stale("db.stale", kind=self._meta.model_name)
        return True
