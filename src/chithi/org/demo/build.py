"""Storing an invented tree and its people in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar
from uuid import UUID

from chithi.core.errors import Refused
from chithi.db.models import Guarded
from chithi.db.pouring import pour
from chithi.org.demo.balance import balance
from chithi.org.demo.beside import store_beside
from chithi.org.demo.leaders import Leaders, PlannedPost
from chithi.org.demo.officials import store_officials
from chithi.org.demo.people import (
    PeoplePlan,
    PlannedExemption,
    PlannedPerson,
    admissions,
    first_members,
    ordinary_events,
)
from chithi.org.demo.plan import VILLAGE, PlannedUnit, TreePlan
from chithi.org.demo.sizes import TreeSize
from chithi.org.demo.streams import key
from chithi.org.demo.tree import plan_tree
from chithi.org.kinds import LinkKind, TreeEventKind
from chithi.org.models import Closing, Exemption, Membership, Person, Post, TreeEvent, Unit, UnitLink, UnitState
from chithi.org.places import forget_since
from chithi.org.spelling import respell_all
from chithi.text.vietnamese import clean, fold

M = TypeVar("M", bound=Guarded)
BATCH = 1000


@dataclass(frozen=True)
class Home:
    """A unit where an account of the demo is at home, and who leads the cell among them."""

    unit_id: int
    secretary: str = ""


@dataclass(frozen=True)
class Built:
    """What now stands in the database: the plan and the ids of its units by code."""

    plan: TreePlan
    ids: dict[str, int]
    posts: tuple[PlannedPost, ...]
    people: int
    memberships: int

    def homes(self) -> dict[str, Home]:
        """Where the demo's accounts are at home: the province, its first district, that one's first village cell."""
        district = self.plan.code_of(self.plan.size.districts[0])
        own = (u.code for u in self.plan.units.values() if u.cell_sort == VILLAGE and u.code.startswith(f"{district}-"))
        cell = next(own)
        return {
            "province": Home(self.ids[self.plan.size.code]),
            "district": Home(self.ids[district]),
            "cell": Home(self.ids[cell], self.secretary_of(cell)),
        }

    def secretary_of(self, cell: str) -> str:
        """The name of whoever leads a cell now."""
        return next(p.person.name for p in self.posts if p.unit == cell and p.is_head and p.until is None)


def build(size: TreeSize, seed: int) -> Built:
    """Store a tree with everybody in it; refuses a database that has units already (`demo.not_empty`)."""
    if Unit.objects.everywhere(because="is there any unit at all").exists():
        raise Refused("demo.not_empty")
    plan = plan_tree(size, seed)
    people, posts = plan_people(plan, seed)
    ids = _store_units(plan, seed)
    _store_links(plan, ids, seed)
    store_beside(plan, ids, seed)
    persons = _store_people(people, seed)
    memberships = _store_memberships(people, persons, ids)
    _store_posts(posts, persons, ids, seed)
    outsiders = store_officials(people, persons, ids)
    respell_all()
    return Built(plan, ids, tuple(posts), len(persons) + outsiders, memberships)


def plan_people(plan: TreePlan, seed: int) -> tuple[PeoplePlan, list[PlannedPost]]:
    """Members and posts of the whole tree. Pure."""
    people = PeoplePlan(plan, seed)
    posts: list[PlannedPost] = []
    for district in plan.size.districts:
        before = len(people.people)
        first_members(people, district)
        admissions(people, district)
        posts += Leaders(people, district).choose()
        ordinary_events(people, district, people.people[before:])
    balance(people)
    return people, posts


def _stored(rows: Iterable[M], model: type[M]) -> list[M]:
    return model.objects.bulk_create(rows, batch_size=BATCH)


def _store_units(plan: TreePlan, seed: int) -> dict[str, int]:
    units = list(plan.units.values())
    rows = _stored((Unit(code=u.code, opened_on=u.opened, key=key(seed, "unit", u.code)) for u in units), Unit)
    ids = {row.code: row.pk for row in rows}
    ended = [row for row, unit in zip(rows, units, strict=True) if unit.closed]
    for row in ended:
        unit = plan.units[row.code]
        row.closed_on, row.heir_id = unit.closed, ids[unit.heir or ""]
    if ended:
        Unit.objects.everywhere(because="the units just stored").bulk_update(ended, ["closed_on", "heir"])
    opening = _store_events(units, ids, seed)
    _stored((_closing(u.code, u.heir or "", u.closed, ids, seed) for u in units if u.closed), Closing)
    _stored((_state(u, ids, opening[u.code], seed) for u in units), UnitState)
    forget_since(min(unit.opened for unit in units))
    return ids


def _store_events(units: list[PlannedUnit], ids: dict[str, int], seed: int) -> dict[str, int]:
    """One event for each opening and each closing; returns the ids of the openings by unit code."""
    dated = [(u, TreeEventKind.OPEN, u.opened, "" if u.closed else u.document) for u in units]
    dated += [(u, u.ending, u.closed, u.document) for u in units if u.ending and u.closed]
    events = [
        TreeEvent(unit_id=ids[u.code], kind=kind, on=on, document=document, key=key(seed, "event", u.code, kind))
        for u, kind, on, document in dated
    ]
    stored = _stored(events, TreeEvent)
    everything = TreeEvent.objects.everywhere(because="the events just stored")
    for day in sorted({event.on for event in events}):
        everything.filter(on=day).update(at=datetime.combine(day, time(2), UTC))
    return {u.code: event.pk for (u, *_), event in zip(dated[: len(units)], stored, strict=False)}


def _closing(code: str, heir: str, on: date, ids: dict[str, int], seed: int) -> Closing:
    return Closing(unit_id=ids[code], heir_id=ids[heir], since=on, key=key(seed, "closing", code))


def _state(unit: PlannedUnit, ids: dict[str, int], event: int, seed: int) -> UnitState:
    name, short = clean(unit.name), clean(unit.short_name)
    return UnitState(
        unit_id=ids[unit.code],
        since=unit.opened,
        until=unit.closed,
        parent_id=ids[unit.parent] if unit.parent else None,
        kind=unit.kind,
        is_cell=unit.is_cell,
        is_grassroots=unit.is_grassroots,
        name=name,
        short_name=short,
        folded=fold(f"{name} {short}")[:300],
        order=unit.order,
        event_id=event,
        key=key(seed, "state", unit.code),
    )


def _store_links(plan: TreePlan, ids: dict[str, int], seed: int) -> None:
    _stored(
        (
            UnitLink(
                unit_id=ids[link.village],
                other_id=ids[link.cell],
                kind=LinkKind.VILLAGE_CELL,
                since=link.since,
                key=key(seed, "link", link.village),
            )
            for link in plan.links
        ),
        UnitLink,
    )


def _store_people(plan: PeoplePlan, seed: int) -> dict[str, int]:
    rows = (
        (clean(person.name), fold(person.name), person.birth_year, key(seed, "person", person.ref))
        for person in plan.people
    )
    ids = pour(Person, ("name", "folded", "birth_year", "key"), rows)
    return {person.ref: number for person, number in zip(plan.people, ids, strict=True)}


def _store_memberships(plan: PeoplePlan, persons: dict[str, int], ids: dict[str, int]) -> int:
    rows = (row for person in plan.people for row in _memberships(person, persons[person.ref], ids, plan.seed))
    stored = pour(Membership, ("person_id", "unit_id", "since", "until", "probationary", "key"), rows)
    exempt = (
        (persons[e.person.ref], ids[e.cell], e.since, e.until, e.reason, _exemption_key(plan.seed, e))
        for e in plan.exemptions
    )
    pour(Exemption, ("person_id", "unit_id", "since", "until", "reason", "key"), exempt)
    return len(stored)


def _exemption_key(seed: int, exemption: PlannedExemption) -> UUID:
    return key(seed, "exemption", exemption.person.ref, exemption.since, exemption.reason)


def _memberships(
    person: PlannedPerson, person_id: int, ids: dict[str, int], seed: int
) -> Iterable[tuple[int, int, date, date | None, bool, UUID]]:
    stays = [*person.stays, *([person.second] if person.second else [])]
    for number, stay in enumerate(stays):
        identity = key(seed, "membership", person.ref, number)
        yield person_id, ids[stay.cell], stay.since, stay.until, stay.probationary, identity


def _store_posts(posts: list[PlannedPost], persons: dict[str, int], ids: dict[str, int], seed: int) -> None:
    columns = ("person_id", "unit_id", "title", "is_key_leader", "is_head", "since", "until", "key")
    rows = (
        (
            persons[post.person.ref],
            ids[post.unit],
            post.title,
            post.is_key_leader,
            post.is_head,
            post.since,
            post.until,
            key(seed, "post", post.unit, post.title, post.person.ref, post.since),
        )
        for post in posts
    )
    pour(Post, columns, rows)
