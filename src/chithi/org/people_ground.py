"""What every act upon people does: one at a time, unit and row within reach, dates checked, journalled and marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org import people_rules as rules
from chithi.org.models import Employment, Exemption, Handover, Membership, Person, Post, Unit, UnitState, valid_on
from chithi.org.people_rules import Stay
from chithi.org.spelling import respell_people
from chithi.text.vietnamese import clean, fold

Dated = Membership | Exemption | Post | Employment
M = TypeVar("M", Membership, Exemption, Post, Employment, Unit, Person, Handover)
R = TypeVar("R", Membership, Exemption, Post, Employment)
_WHY = "the rows of a person already found in reach, wherever they are"


@dataclass(frozen=True)
class NewPerson:
    """Somebody not yet known; they come into the records with their first membership, post or employment."""

    name: str
    birth_year: int | None = None


@contextmanager
def act() -> Iterator[None]:
    """One such act at a time, so that no two begin overlapping rows."""
    with only_one("people"):
        yield


def within(model: type[M], by: Viewer) -> ScopedQuerySet[M]:
    """Rows whose unit lies where the doer keeps the register of people."""
    return model.objects.visible_to(by.reach(Capability.PEOPLE))


def unit_within(by: Viewer, unit_id: int, day: date, *, cell: bool = False) -> None:
    """The unit lies in the doer's reach and is open on the day; with `cell` it is one then."""
    if not within(Unit, by).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    unit_open(unit_id, day, cell=cell)


def unit_open(unit_id: int, day: date, *, cell: bool = False) -> None:
    """The unit is open on the day; with `cell` it is one then."""
    state = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id=unit_id).first()
    if state is None:
        raise Refused("org.not_open_then", field="since", unit=unit_id, day=day)
    if cell and not state.is_cell:
        raise Refused("org.not_a_cell", field="unit", unit=unit_id)


def person_within(by: Viewer, person: int | NewPerson) -> int:
    """Somebody in the reach of the doer, or somebody new who is written down here."""
    if isinstance(person, int):
        known = within(Person, by).filter(pk=person).first()
        if known is None:
            raise Absent("org.no_person", person=person)
        if known.forgotten_on is not None:
            raise Refused("org.person_forgotten", field="person", day=known.forgotten_on)
        return person
    name = clean(person.name).strip()[:120]
    if problem := rules.why_not_person(name, person.birth_year, by.today):
        raise problem
    made = Person.objects.create(name=name, folded=fold(name)[:120], birth_year=person.birth_year)
    respell_people([made.pk])
    return made.pk


def seen(model: type[R], by: Viewer, row_id: int, seen_version: int) -> R:
    """The row as the doer saw it; `Absent` out of reach, `Stale` where somebody changed it since."""
    row = within(model, by).filter(pk=row_id).first()
    if row is None:
        raise Absent("org.no_such_row", row=row_id)
    if row.version != seen_version:
        raise Stale("db.stale")
    return row


def may_begin(model: type[R], by: Viewer, since: date, until: date | None, *, but: int = 0, **same: object) -> None:
    """The days are usable, and the person has no row of the same kind (other than `but`) there over any of them."""
    held = model.objects.everywhere(because=_WHY).filter(**same).exclude(pk=but).values_list("since", "until")
    if problem := rules.why_not_begin(since, until, by.today, [Stay(*days) for days in held]):
        raise problem


def end(row: R, verb: str, by: Viewer, on: date) -> R:
    """The row holds no longer from the day on; journalled and marked."""
    if problem := rules.why_not_end(Stay(row.since, row.until), on, by.today):
        raise problem
    row.until = on
    row.save(update_fields=["until"])
    note(verb, by, row, on)
    return row


def note(verb: str, by: Viewer, row: Dated, day: date, **facts: Any) -> None:
    """Write the journal, without a name, and mark every unit the person belongs to."""
    record(verb, by=by, unit_id=row.unit_id, about=row, on=day.isoformat(), **facts)
    units = {row.unit_id}
    for model in (Membership, Post, Employment):
        rows = model.objects.everywhere(because=_WHY).filter(person_id=row.person_id)
        units.update(rows.values_list("unit_id", flat=True))
    mark(units, first=day)
