"""Other names by which a unit is to be found, typed in by whoever looks after it: reads and acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.org.spelling import respell_units
from chithi.org.spelling_rules import words_of
from chithi.org.spellings import OtherName
from chithi.text.vietnamese import clean

MOST = 20
"""Other names of one unit."""


@dataclass(frozen=True)
class Other:
    """One other name of a unit."""

    id: int
    version: int
    unit_id: int
    text: str


def other_names(viewer: Viewer, page: int, size: int, unit_id: int | None = None) -> tuple[list[Other], int]:
    """A page of the other names in reach, newest first, of one unit where it is named, and how many there are."""
    rows = OtherName.objects.visible_to(viewer.reach(Capability.TREE)).order_by("-pk")
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    shown = rows[(page - 1) * size : page * size]
    return [Other(row.pk, row.version, row.unit_id, row.text) for row in shown], rows.count()


def add_other_name(*, by: Viewer, unit_id: int, text: str) -> OtherName:
    """From now on the unit is found by this as well."""
    if not Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", field="unit", unit=unit_id)
    said = clean(text).strip()
    if not words_of(said) or len(said) > 80:
        raise Refused("org.bad_other_name", field="text", longest=80)
    with only_one("tree"):
        rows = OtherName.objects.visible_to(by.reach(Capability.TREE)).filter(unit_id=unit_id)
        if rows.count() >= MOST:
            raise Refused("org.too_many_other_names", field="text", most=MOST)
        try:
            with transaction.atomic():
                made = OtherName.objects.create(unit_id=unit_id, text=said, by_id=by.user_id)
        except IntegrityError as twice:
            raise Refused("org.other_name_twice", field="text") from twice
        respell_units([unit_id])
        record("org.other_name_added", by=by, unit_id=unit_id, about=made)
        return made


def drop_other_name(*, by: Viewer, other_name_id: int, seen_version: int) -> Other:
    """The unit is no longer found by this; returns what was dropped."""
    with only_one("tree"):
        row = OtherName.objects.visible_to(by.reach(Capability.TREE)).filter(pk=min(other_name_id, 2**63 - 1)).first()
        if row is None:
            raise Absent("org.no_such_row", row=other_name_id)
        if row.version != seen_version:
            raise Stale("db.stale")
        record("org.other_name_dropped", by=by, unit_id=row.unit_id, about=row)
        gone = Other(row.pk, row.version, row.unit_id, row.text)
        row.delete()
        respell_units([row.unit_id])
        return gone
