"""Reading the register of people: who belongs to a unit in which way, and the life of one person in dates.

Only for those who keep the register (`Capability.PEOPLE`) and only inside their reach: of a person's rows elsewhere no
more is told than that there are some.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Employment, Exemption, Membership, Person, Post, Unit, valid_on
from chithi.org.people_ground import Dated
from chithi.org.queries import MOST_ID, UnitCard, cards, reach_below
from chithi.text.vietnamese import fold

PAGE = 50
_WHY = "people whose rows were just found in the reach of the register"


class Sort(StrEnum):
    """In which way somebody belongs to a unit, as the list can be narrowed to. Codes of the page's address."""

    ALL = ""
    MEMBERS = "dang-vien"
    PROBATIONARY = "du-bi"
    EXEMPT = "mien"
    OFFICIALS = "can-bo"
    OUTSIDE = "ngoai-dang"
    LEADERS = "chu-chot"
    HOLDERS = "chuc-vu"


@dataclass(frozen=True)
class Asked:
    """Whose people: of one unit, of everything below it too, or of the whole reach; narrowed by sort and name."""

    unit_id: int | None = None
    below: bool = True
    sort: Sort = Sort.ALL
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Entry:
    """One row of somebody: `what` is membership, exemption, post or employment; `unit` None if it cannot be shown."""

    what: str
    row: Dated
    unit: UnitCard | None


@dataclass(frozen=True)
class Listed:
    """A person with what they are today within the reach."""

    id: int
    name: str
    birth_year: int | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Roster:
    """One page of the list and how many there are in all."""

    people: tuple[Listed, ...]
    total: int


@dataclass(frozen=True)
class Life:
    """A person's rows in reach, newest first; `more` tells that there are others out of reach."""

    person: Person
    entries: tuple[Entry, ...]
    more: bool


def roster(viewer: Viewer, asked: Asked) -> Roster:
    """People by name, a page at a time. About ten queries, whatever the number of people."""
    scope, named = _Scope(viewer, asked), Q()
    for word in fold(asked.words).split()[:6]:
        named &= Q(folded__contains=word)
    people = Person.objects.everywhere(because=_WHY).filter(named)
    total = people.filter(scope.condition()).count() if named else scope.count()
    start = (asked.page - 1) * PAGE
    shown = list(people.filter(scope.condition()).order_by("folded", "pk")[start : start + PAGE])
    by_person: dict[int, list[Entry]] = {}
    for entry in _entries(viewer, viewer.reach(Capability.PEOPLE), [p.pk for p in shown], viewer.today):
        by_person.setdefault(entry.row.person_id, []).append(entry)
    return Roster(tuple(Listed(p.pk, p.name, p.birth_year, tuple(by_person.get(p.pk, ()))) for p in shown), total)


def _each(rows: ScopedQuerySet[Any]) -> Q:
    """People of these rows: asked of one person after another, of those with a fitting name, until a page is full.

    Said twice, because PostgreSQL would turn an equality alone into a table of everybody's rows, made for each page.
    """
    return Q(Exists(rows.filter(person_id=OuterRef("pk"), person_id__gte=OuterRef("pk"))))


KEPT: dict[Sort, tuple[type[Any], dict[str, object]]] = {
    Sort.MEMBERS: (Membership, {}),
    Sort.PROBATIONARY: (Membership, {"probationary": True}),
    Sort.EXEMPT: (Exemption, {}),
    Sort.OFFICIALS: (Employment, {}),
    Sort.OUTSIDE: (Employment, {}),
    Sort.LEADERS: (Post, {"is_key_leader": True}),
    Sort.HOLDERS: (Post, {}),
}
"""The rows that a sort of people is told by."""


class _Scope:
    """The rows of one list: by which models, in which units, on which day."""

    def __init__(self, viewer: Viewer, asked: Asked) -> None:
        self.day, self.sort = viewer.today, asked.sort
        self.reach = viewer.reach(Capability.PEOPLE)
        self.unit_id = None
        if asked.unit_id is not None and asked.below:
            self.reach = reach_below(viewer, asked.unit_id, Capability.PEOPLE)
        elif asked.unit_id is not None:
            self.unit_id = asked.unit_id

    def rows(self, model: type[Any], **extra: object) -> ScopedQuerySet[Any]:
        """Such rows that hold today."""
        found: ScopedQuerySet[Any] = model.objects.visible_to(self.reach).filter(valid_on(self.day), **extra)
        return found if self.unit_id is None else found.filter(unit_id=self.unit_id)

    def count(self) -> int:
        """How many people are meant, whatever they are called: the rows are gone through once, people not at all."""
        if self.sort is Sort.OUTSIDE:
            return Person.objects.everywhere(because=_WHY).filter(self.condition()).count()
        first, *others = [rows.order_by().values("person_id") for rows in self._meant()]
        return first.union(*others).count() if others else first.distinct().count()

    def _meant(self) -> list[ScopedQuerySet[Any]]:
        """The rows that make somebody one of the list."""
        if self.sort in KEPT:
            model, extra = KEPT[self.sort]
            return [self.rows(model, **extra)]
        return [self.rows(Membership), self.rows(Post), self.rows(Employment)]

    def condition(self) -> Q:
        """Who is meant."""
        members = Membership.objects.everywhere(because="whether somebody is a member, wherever").filter(
            valid_on(self.day)
        )
        meant = Q()
        for rows in self._meant():
            meant |= _each(rows)
        return meant & ~_each(members) if self.sort is Sort.OUTSIDE else meant


def life(viewer: Viewer, person_id: int) -> Life:
    """Everything about one person in reach; `Absent` for somebody with no row there. About ten queries."""
    person = one_person(viewer, person_id)
    entries = _entries(viewer, viewer.reach(Capability.PEOPLE), [person_id], None)
    everything = sum(
        model.objects.everywhere(because="whether a person has rows out of reach; no more is told")
        .filter(person_id=person_id)
        .count()
        for model in MODELS.values()
    )
    newest = sorted(entries, key=lambda entry: (entry.row.since, entry.row.pk), reverse=True)
    return Life(person, tuple(newest), more=everything > len(entries))


def one_person(viewer: Viewer, person_id: int) -> Person:
    """Somebody in the reach of the register; `Absent` else. One query."""
    people = Person.objects.visible_to(viewer.reach(Capability.PEOPLE))
    found = people.filter(pk=person_id).first() if 0 < person_id <= MOST_ID else None
    if found is None:
        raise Absent("org.no_person", person=person_id)
    return found


def one_entry(viewer: Viewer, what: str, row_id: int) -> Entry:
    """A dated row in the reach of the register, by its kind; `Absent` else."""
    model = MODELS.get(what)
    found = None
    if model is not None and 0 < row_id <= MOST_ID:
        found = model.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(pk=row_id).first()
    if found is None:
        raise Absent("org.no_such_row", row=row_id)
    return Entry(what, found, cards(viewer, [found.unit_id], viewer.today).get(found.unit_id))


def namesakes(viewer: Viewer, name: str, birth_year: int | None, most: int = 5) -> list[Listed]:
    """People in reach of the same name (tone marks and all) who may be the same: no other year of birth is known."""
    found = Person.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(folded=fold(name)[:120])
    if birth_year is not None:
        found = found.filter(Q(birth_year=birth_year) | Q(birth_year__isnull=True))
    same = [person for person in found.order_by("pk")[: most * 4] if person.name.lower() == name.lower()][:most]
    entries = _entries(viewer, viewer.reach(Capability.PEOPLE), [p.pk for p in same], None)
    return [Listed(p.pk, p.name, p.birth_year, tuple(e for e in entries if e.row.person_id == p.pk)) for p in same]


def posts_of(viewer: Viewer, asked: Asked) -> tuple[list[tuple[Post, UnitCard | None, str]], int]:
    """Posts held today in a unit (and below it), heads first, with unit and holder, and how many. A few queries."""
    reach = viewer.reach(Capability.PEOPLE)
    rows = Post.objects.visible_to(reach).filter(valid_on(viewer.today))
    if asked.unit_id is not None and asked.below:
        rows = rows.filter(
            pk__in=Post.objects.visible_to(reach_below(viewer, asked.unit_id, Capability.PEOPLE)).values("pk")
        )
    elif asked.unit_id is not None:
        rows = rows.filter(unit_id=asked.unit_id)
    total = rows.count()
    start = (asked.page - 1) * PAGE
    shown = list(rows.order_by("unit_id", "-is_head", "-is_key_leader", "since", "pk")[start : start + PAGE])
    known = cards(viewer, {post.unit_id for post in shown}, viewer.today)
    people = person_names({post.person_id for post in shown}, because="who holds posts just found in reach")
    return [(post, known.get(post.unit_id), people.get(post.person_id, "–")) for post in shown], total


def person_names(person_ids: Collection[int], *, because: str) -> dict[int, str]:
    """Names of people whose rows the caller has found in reach, for the reason given. One query."""
    found = Person.objects.everywhere(because=because).filter(pk__in=list(person_ids))
    return dict(found.values_list("pk", "name"))


MODELS: dict[str, type[Any]] = {
    "membership": Membership,
    "exemption": Exemption,
    "post": Post,
    "employment": Employment,
}


def _entries(viewer: Viewer, reach: Reach, person_ids: list[int], day: date | None) -> list[Entry]:
    """Rows of these people inside a reach, of a day or of all days: one query a kind, two for the units."""
    found: list[tuple[str, Dated]] = []
    for what, model in MODELS.items():
        rows: ScopedQuerySet[Any] = model.objects.visible_to(reach).filter(person_id__in=person_ids)
        if day is not None:
            rows = rows.filter(valid_on(day))
        found += ((what, row) for row in rows.order_by("since", "pk"))
    known = cards(viewer, _units(row for _, row in found), day or viewer.today)
    return [Entry(what, row, known.get(row.unit_id)) for what, row in found]


def _units(rows: Iterable[Dated]) -> set[int]:
    return {row.unit_id for row in rows}


def unit_of_register(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer keeps the register of this unit. One query."""
    return Unit.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(pk=unit_id).exists()
