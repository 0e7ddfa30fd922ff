"""Units, people and posts within a reach as they were on a day, one row after another: what an export writes.

Read in pieces of 500 units in the order of the tree, a few queries each, so that memory holds one piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chithi.db.reach import Reach
from chithi.org.bulk_reading import Known, pieces
from chithi.org.models import Employment, Exemption, Membership, Person, Post, Unit, UnitState, valid_on
from chithi.org.places import tree_on

_WHY = "rows of units already found in reach"


@dataclass(frozen=True)
class UnitRow:
    """A unit on a day; the code above it is left out where that lies outside the reach."""

    code: str
    name: str
    short_name: str
    kind: str
    is_cell: bool
    is_grassroots: bool
    parent_code: str
    opened_on: date


@dataclass(frozen=True)
class PersonRow:
    """A membership with the exemption of its cell and an employment, or an employment alone."""

    key: UUID
    name: str
    birth_year: int | None
    cell: str = ""
    since: date | None = None
    probationary: bool = False
    exempt_since: date | None = None
    exempt_until: date | None = None
    exempt_reason: str = ""
    agency: str = ""
    employment: str = ""
    employed_since: date | None = None


@dataclass(frozen=True)
class PostRow:
    """A post with the cell, else the agency, of whoever holds it."""

    key: UUID
    name: str
    birth_year: int | None
    home: str
    unit: str
    title: str
    is_key_leader: bool
    is_head: bool
    since: date
    until: date | None


def _units(within: Reach, day: date) -> tuple[list[int], dict[int, str]]:
    """Units of the reach that were there on the day, in the order of the tree; codes of all in reach."""
    codes = dict(Unit.objects.visible_to(within).values_list("pk", "code"))
    shape = tree_on(day).shape
    ids = (int(unit) for unit, there in zip(shape.unit_ids, shape.present, strict=True) if there)
    return [unit for unit in ids if unit in codes], codes


def unit_rows(within: Reach, day: date) -> Iterator[UnitRow]:
    """Those above before those below."""
    ids, codes = _units(within, day)
    for some in pieces(ids):
        states = {
            state.unit_id: state
            for state in UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=some)
        }
        opened = dict(Unit.objects.everywhere(because=_WHY).filter(pk__in=some).values_list("pk", "opened_on"))
        for unit_id in some:
            state = states.get(unit_id)
            if state is not None:
                names = state.name, state.short_name, state.kind, state.is_cell, state.is_grassroots
                yield UnitRow(codes[unit_id], *names, codes.get(state.parent_id or 0, ""), opened[unit_id])


def people_rows(within: Reach, day: date) -> Iterator[PersonRow]:
    """Members by cell and name, then whoever only works in an agency."""
    ids, codes = _units(within, day)
    told: set[int] = set()
    told_jobs: set[int] = set()
    for some in pieces(ids):
        members = list(Membership.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=some))
        known = _known({one.person_id for one in members})
        exempt = {
            (one.person_id, one.unit_id): one
            for one in Exemption.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=some)
        }
        working = _working(within, day, set(known) - told)
        place = {unit_id: at for at, unit_id in enumerate(some)}
        members.sort(key=lambda one: (place[one.unit_id], known[one.person_id].name, one.person_id))
        for one in members:
            job = working.pop(one.person_id, None)
            told.add(one.person_id)
            told_jobs.update([job.pk] if job else [])
            yield _person(known[one.person_id], codes, one, exempt.get((one.person_id, one.unit_id)), job)
    yield from _others(ids, codes, day, told_jobs)


def _others(ids: list[int], codes: dict[int, str], day: date, told: set[int]) -> Iterator[PersonRow]:
    """Employments that stand beside no membership; `told` are those that do."""
    for some in pieces(ids):
        jobs = list(Employment.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=some))
        known = _known({one.person_id for one in jobs})
        place = {unit_id: at for at, unit_id in enumerate(some)}
        for one in sorted(jobs, key=lambda job: (place[job.unit_id], known[job.person_id].name, job.person_id)):
            if one.pk not in told:
                yield _person(known[one.person_id], codes, None, None, one)


def _working(within: Reach, day: date, person_ids: set[int]) -> dict[int, Employment]:
    """Where these people work within the reach, the place they came to first."""
    found: dict[int, Employment] = {}
    for some in pieces(sorted(person_ids)):
        jobs = Employment.objects.visible_to(within).filter(valid_on(day), person_id__in=some)
        for one in jobs.order_by("-since", "-pk"):
            found[one.person_id] = one
    return found


def _known(person_ids: set[int]) -> dict[int, Known]:
    found: dict[int, Known] = {}
    for some in pieces(sorted(person_ids)):
        rows = Person.objects.everywhere(because=_WHY).filter(pk__in=some)
        for row in rows.values_list("pk", "key", "name", "birth_year"):
            found[row[0]] = Known(*row)
    return found


def _person(
    known: Known, codes: dict[int, str], member: Membership | None, exempt: Exemption | None, job: Employment | None
) -> PersonRow:
    return PersonRow(
        key=known.key,
        name=known.name,
        birth_year=known.birth_year,
        cell=codes[member.unit_id] if member else "",
        since=member.since if member else None,
        probationary=member.probationary if member else False,
        exempt_since=exempt.since if exempt else None,
        exempt_until=exempt.until if exempt else None,
        exempt_reason=exempt.reason if exempt else "",
        agency=codes[job.unit_id] if job else "",
        employment=job.kind if job else "",
        employed_since=job.since if job else None,
    )


def post_rows(within: Reach, day: date) -> Iterator[PostRow]:
    """Posts by unit, key leaders first."""
    ids, codes = _units(within, day)
    for some in pieces(ids):
        posts = list(Post.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=some))
        known = _known({post.person_id for post in posts})
        homes = _homes(within, day, set(known))
        place = {unit_id: at for at, unit_id in enumerate(some)}
        for post in sorted(posts, key=lambda one: (place[one.unit_id], not one.is_head, not one.is_key_leader, one.pk)):
            person = known[post.person_id]
            yield PostRow(
                key=person.key,
                name=person.name,
                birth_year=person.birth_year,
                home=codes.get(homes.get(person.id, 0), ""),
                unit=codes[post.unit_id],
                title=post.title,
                is_key_leader=post.is_key_leader,
                is_head=post.is_head,
                since=post.since,
                until=post.until,
            )


def _homes(within: Reach, day: date, person_ids: set[int]) -> dict[int, int]:
    """The cell of each of these people within the reach, else where they work."""
    found = {person_id: job.unit_id for person_id, job in _working(within, day, person_ids).items()}
    for some in pieces(sorted(person_ids)):
        rows = Membership.objects.visible_to(within).filter(valid_on(day), person_id__in=some).order_by("-since", "-pk")
        found.update(rows.values_list("person_id", "unit_id"))
    return found
