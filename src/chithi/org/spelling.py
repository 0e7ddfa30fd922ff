"""Keeping the strings by which units and people are found.

One mechanism: all rows of a unit or person are written anew from what is stored of it, inside the transaction of the
act that changed a name, under that act's lock. `respell_all` does it for everything, after bulk loading and by command;
`amiss` names what differs from that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, starmap
from typing import NamedTuple, TypeVar

from chithi.db.locks import only_one
from chithi.db.pouring import pour
from chithi.org.models import Person, Unit, UnitState
from chithi.org.spelling_rules import LEVELS, Spelling, spellings_of_person, spellings_of_unit
from chithi.org.spellings import OtherName, PersonSpelling, UnitSpelling

_WHY = "the strings by which units and people are found, written from their names"
NO_END = date.max
Row = TypeVar("Row", "UnitRow", "PersonRow")
BATCH, AT_ONCE = 2000, 500


class UnitRow(NamedTuple):
    """The columns of a `UnitSpelling`."""

    unit_id: int
    text: str
    how: int
    at: int
    until: date
    level: int


class PersonRow(NamedTuple):
    """The columns of a `PersonSpelling`."""

    person_id: int
    text: str
    at: int


def respell_units(unit_ids: Collection[int]) -> None:
    """Write the strings of these units anew. Call inside the act that changed a name, code or other name of theirs."""
    for some in _some(sorted(set(unit_ids))):
        UnitSpelling.objects.everywhere(because=_WHY).filter(unit_id__in=some).delete()
        rows = (UnitSpelling(**row._asdict()) for row in _of_units(some))
        UnitSpelling.objects.bulk_create(rows, batch_size=BATCH)


def respell_people(person_ids: Collection[int]) -> None:
    """Write the strings of these people anew; whoever was forgotten (`Person.forgotten_on`) has none."""
    for some in _some(sorted(set(person_ids))):
        PersonSpelling.objects.everywhere(because=_WHY).filter(person_id__in=some).delete()
        rows = (PersonSpelling(**row._asdict()) for row in _of_people(some))
        PersonSpelling.objects.bulk_create(rows, batch_size=BATCH)


def respell_all(report: Callable[[str, int], None] | None = None) -> tuple[int, int]:
    """Write all strings anew, in one transaction; returns how many units and people there are."""
    with only_one("tree"), only_one("people"):
        units = _all(Unit)
        UnitSpelling.objects.everywhere(because=_WHY).delete()
        pour(UnitSpelling, UnitRow._fields, _in_turn("units", units, _of_units, report))
        people = _all(Person)
        PersonSpelling.objects.everywhere(because=_WHY).delete()
        pour(PersonSpelling, PersonRow._fields, _in_turn("people", people, _of_people, report))
    return len(units), len(people)


def _in_turn(
    what: str,
    ids: Sequence[int],
    spell: Callable[[Collection[int]], Iterator[Row]],
    report: Callable[[str, int], None] | None,
) -> Iterator[Row]:
    """The rows of all of them, some at a time."""
    for some in _some(ids):
        yield from spell(some)
        if report:
            report(what, len(some))


def never_spelt() -> bool:
    """Whether there are units and no strings at all: an installation from before there were any."""
    if UnitSpelling.objects.everywhere(because=_WHY).exists():
        return False
    return Unit.objects.everywhere(because=_WHY).exists()


def amiss() -> tuple[list[int], list[int]]:
    """Units and people whose stored strings are not those of their names; both empty where all is well."""
    units, people = [], []
    for some in _some(_all(Unit)):
        rows = UnitSpelling.objects.everywhere(because=_WHY).filter(unit_id__in=some)
        there = set(rows.values_list("unit_id", "text", "how", "at", "until", "level"))
        due = {(r.unit_id, r.text, r.how, r.at, r.until, r.level) for r in _of_units(some)}
        units += sorted({row[0] for row in there ^ due})
    for some in _some(_all(Person)):
        told = PersonSpelling.objects.everywhere(because=_WHY).filter(person_id__in=some)
        kept = set(told.values_list("person_id", "text", "at"))
        people += sorted({row[0] for row in kept ^ {(r.person_id, r.text, r.at) for r in _of_people(some)}})
    return units, people


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _all(model: type[Unit] | type[Person]) -> list[int]:
    return list(model.objects.everywhere(because=_WHY).order_by("pk").values_list("pk", flat=True))


def _of_units(unit_ids: Collection[int]) -> Iterator[UnitRow]:
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id__in=unit_ids).order_by("unit_id", "since", "pk")
    codes = dict(Unit.objects.everywhere(because=_WHY).filter(pk__in=unit_ids).values_list("pk", "code"))
    given: dict[int, list[str]] = {}
    for unit_id, text in (
        OtherName.objects.everywhere(because=_WHY).filter(unit_id__in=unit_ids).values_list("unit_id", "text")
    ):
        given.setdefault(unit_id, []).append(text)
    columns = ("unit_id", "name", "short_name", "since", "until", "kind")
    for unit_id, told in groupby(starmap(_State, states.values_list(*columns)), key=lambda state: state.unit_id):
        yield from _of_unit(list(told), [codes[unit_id], *given.get(unit_id, ())])


class _State(NamedTuple):
    """What a unit was called over an interval, as `UnitState` keeps it."""

    unit_id: int
    name: str
    short_name: str
    since: date
    until: date | None
    kind: str


def _of_unit(states: list[_State], given: Iterable[str]) -> Iterator[UnitRow]:
    """Rows of one unit: of a string that two names share, the one that holds longest."""
    newest = states[-1]
    found: dict[Spelling, date] = {}
    for state in states:
        until = state.until or NO_END
        if until == state.since and state is not newest:
            continue
        extra = given if state is newest else ()
        for one in spellings_of_unit((state.name, state.short_name), extra):
            found[one] = max(until, found.get(one, until))
    level = LEVELS.get(newest.kind, max(LEVELS.values()))
    for one, until in sorted(found.items()):
        yield UnitRow(newest.unit_id, one.text, one.how, one.at, until, level)


def _of_people(person_ids: Collection[int]) -> Iterator[PersonRow]:
    known = Person.objects.everywhere(because=_WHY).filter(pk__in=person_ids, forgotten_on__isnull=True)
    for person_id, name in known.order_by("pk").values_list("pk", "name"):
        for one in sorted(spellings_of_person(name)):
            yield PersonRow(person_id, one.text, one.at)
