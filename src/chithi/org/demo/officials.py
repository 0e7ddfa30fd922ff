"""Invented officials: who works in the grassroots organisations of the first district, members and not.

Only there: registers of officials are kept where somebody began one, and the other districts enter counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from chithi.org.demo import words
from chithi.org.demo.people import PeoplePlan
from chithi.org.demo.plan import PlannedUnit
from chithi.org.demo.sizes import ENDS
from chithi.org.demo.streams import Stream, key
from chithi.org.kinds import EmploymentKind, UnitKind
from chithi.org.models import Employment, Person
from chithi.text.vietnamese import clean, fold

KEPT_SINCE = date(2012, 1, 1)
KINDS = (EmploymentKind.CIVIL_SERVANT, EmploymentKind.PUBLIC_EMPLOYEE, EmploymentKind.OFFICIAL)


def store_officials(people: PeoplePlan, persons: Mapping[str, int], ids: Mapping[str, int]) -> int:
    """Store them, with the people among them who are not members; returns how many people are new."""
    plan = people.tree
    first = plan.size.districts[0]
    units = [unit for unit in plan.below(plan.code_of(first), UnitKind.GRASSROOTS) if unit.closed is None]
    rows = [row for unit in units for row in _of_unit(people, unit, persons, ids)]
    Employment.objects.bulk_create(rows, batch_size=1000)
    return len({row.person_id for row in rows} - set(persons.values()))


def _of_unit(
    people: PeoplePlan, unit: PlannedUnit, persons: Mapping[str, int], ids: Mapping[str, int]
) -> Iterator[Employment]:
    """Four to nine who are not members, and some of the members of the unit's first cell."""
    stream = Stream(people.seed, "org.officials", unit.code)
    outsiders = Person.objects.bulk_create(
        _outsider(stream, key(people.seed, "person", f"{unit.code}/official/{number}"))
        for number in range(stream.between(4, 9))
    )
    cells = people.tree.cells_of(unit)
    members = [person for person in people.rosters[cells[0].code] if person.cell_on(ENDS)] if cells else []
    insiders = [persons[person.ref] for person in stream.some(members, stream.between(1, 4))]
    for number, person_id in enumerate([*(one.pk for one in outsiders), *insiders]):
        yield Employment(
            person_id=person_id,
            unit_id=ids[unit.code],
            kind=stream.pick(KINDS),
            since=max(unit.opened, stream.day(KEPT_SINCE, date(2022, 12, 31))),
            key=key(people.seed, "employment", unit.code, number),
        )


def _outsider(stream: Stream, given: UUID) -> Person:
    name = clean(words.person_name(stream))
    return Person(name=name, folded=fold(name), birth_year=stream.between(1965, 1998), key=given)
