"""Who joins, leaves, goes over, is exempt, takes and leaves a post: each one act in one transaction.

Whoever does it keeps the register of people (`Capability.PEOPLE`) in the unit concerned, in both where somebody goes
over. Each act is journalled without names, and marks every unit the person belongs to from the day on: the home rule
of the distinct counts (`chithi.org.measures`) may move somebody's place when another of their rows begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org import people_rules as rules
from chithi.org.models import Exemption, Membership, Person, Post, Unit, UnitState, valid_on
from chithi.org.people_rules import Stay
from chithi.text.vietnamese import clean, fold

M = TypeVar("M", Membership, Exemption, Post, Unit)
R = TypeVar("R", Membership, Exemption, Post)
_WHY = "the rows of a person already found in reach, wherever they are"


@dataclass(frozen=True)
class NewPerson:
    """Somebody not yet known; they come into the records with their first membership or post."""

    name: str
    birth_year: int | None = None


@dataclass(frozen=True)
class NewPost:
    """A post to be taken; the two properties belong to it for as long as it is held."""

    title: str
    is_key_leader: bool = False
    is_head: bool = False


def join(*, by: Viewer, person: int | NewPerson, unit_id: int, since: date, probationary: bool = False) -> Membership:
    """Somebody becomes a member of a cell from a day on."""
    with _act():
        _unit(by, unit_id, since, cell=True)
        person_id = _person(by, person)
        _may_begin(Membership, by, since, None, person_id=person_id, unit_id=unit_id)
        made = Membership.objects.create(person_id=person_id, unit_id=unit_id, since=since, probationary=probationary)
        _note("org.joined", by, made, since)
        return made


def leave(*, by: Viewer, membership_id: int, seen_version: int, on: date) -> None:
    """A membership ends; the day itself no longer counts."""
    with _act():
        _end(_seen(Membership, by, membership_id, seen_version), "org.left", by, on)


def transfer(*, by: Viewer, membership_id: int, seen_version: int, unit_id: int, on: date) -> Membership:
    """A member goes over to another cell on a day: one membership ends and another begins."""
    with _act():
        left = _seen(Membership, by, membership_id, seen_version)
        _unit(by, unit_id, on, cell=True)
        _end(left, "org.left", by, on)
        _may_begin(Membership, by, on, None, person_id=left.person_id, unit_id=unit_id)
        joined = Membership.objects.create(
            person_id=left.person_id, unit_id=unit_id, since=on, probationary=left.probationary
        )
        _note("org.joined", by, joined, on, left=left.unit_id)
        return joined


def exempt(
    *, by: Viewer, person_id: int, unit_id: int, since: date, until: date | None = None, reason: str = ""
) -> Exemption:
    """A cell exempts one of its members from work and meetings; they leave the denominators for those days."""
    with _act():
        _unit(by, unit_id, since, cell=True)
        _person(by, person_id)
        own = Membership.objects.everywhere(because=_WHY).filter(valid_on(since), person_id=person_id)
        if not own.filter(unit_id=unit_id).exists():
            raise Refused("org.not_a_member_then", field="since", day=since)
        _may_begin(Exemption, by, since, until, person_id=person_id, unit_id=unit_id)
        made = Exemption.objects.create(
            person_id=person_id, unit_id=unit_id, since=since, until=until, reason=clean(reason)[:120]
        )
        _note("org.exempted", by, made, since)
        return made


def end_exemption(*, by: Viewer, exemption_id: int, seen_version: int, on: date) -> None:
    """An exemption ends; from the day on the member counts again."""
    with _act():
        _end(_seen(Exemption, by, exemption_id, seen_version), "org.exemption_ended", by, on)


def take_post(*, by: Viewer, person: int | NewPerson, unit_id: int, post: NewPost, since: date) -> Post:
    """Somebody takes a post in a unit."""
    with _act():
        _unit(by, unit_id, since)
        title = clean(post.title).strip()[:120]
        if not title:
            raise Refused("org.no_title", field="title")
        person_id = _person(by, person)
        _may_begin(Post, by, since, None, person_id=person_id, unit_id=unit_id, title=title)
        made = Post.objects.create(
            person_id=person_id,
            unit_id=unit_id,
            title=title,
            is_key_leader=post.is_key_leader,
            is_head=post.is_head,
            since=since,
        )
        _note("org.post_taken", by, made, since)
        return made


def leave_post(*, by: Viewer, post_id: int, seen_version: int, on: date) -> None:
    """A post is held no longer."""
    with _act():
        _end(_seen(Post, by, post_id, seen_version), "org.post_left", by, on)


@contextmanager
def _act() -> Iterator[None]:
    """One such act at a time, so that no two begin overlapping rows."""
    with only_one("people"):
        yield


def _within(model: type[M], by: Viewer) -> ScopedQuerySet[M]:
    """Rows whose unit lies where the doer keeps the register of people."""
    return model.objects.visible_to(by.reach(Capability.PEOPLE))


def _unit(by: Viewer, unit_id: int, day: date, *, cell: bool = False) -> None:
    """The unit lies in the doer's reach and is open on the day; with `cell` it is one then."""
    if not _within(Unit, by).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    state = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id=unit_id).first()
    if state is None:
        raise Refused("org.not_open_then", field="since", unit=unit_id, day=day)
    if cell and not state.is_cell:
        raise Refused("org.not_a_cell", field="unit", unit=unit_id)


def _person(by: Viewer, person: int | NewPerson) -> int:
    """Somebody in the reach of the doer, or somebody new who is written down here."""
    if isinstance(person, int):
        if not Person.objects.visible_to(by.reach(Capability.PEOPLE)).filter(pk=person).exists():
            raise Absent("org.no_person", person=person)
        return person
    name = clean(person.name).strip()[:120]
    if problem := rules.why_not_person(name, person.birth_year, by.today):
        raise problem
    return Person.objects.create(name=name, folded=fold(name)[:120], birth_year=person.birth_year).pk


def _seen(model: type[R], by: Viewer, row_id: int, seen_version: int) -> R:
    """The row as the doer saw it; `Absent` out of reach, `Stale` where somebody changed it since."""
    row = _within(model, by).filter(pk=row_id).first()
    if row is None:
        raise Absent("org.no_such_row", row=row_id)
    if row.version != seen_version:
        raise Stale("db.stale")
    return row


def _may_begin(model: type[R], by: Viewer, since: date, until: date | None, **same: object) -> None:
    held = model.objects.everywhere(because=_WHY).filter(**same).values_list("since", "until")
    if problem := rules.why_not_begin(since, until, by.today, [Stay(*days) for days in held]):
        raise problem


def _end(row: Membership | Exemption | Post, verb: str, by: Viewer, on: date) -> None:
    if problem := rules.why_not_end(Stay(row.since, row.until), on, by.today):
        raise problem
    row.until = on
    row.save(update_fields=["until"])
    _note(verb, by, row, on)


def _note(verb: str, by: Viewer, row: Membership | Exemption | Post, day: date, **facts: int) -> None:
    """Write the journal, without a name, and mark every unit the person belongs to."""
    record(verb, by=by, unit_id=row.unit_id, about=row, on=day.isoformat(), **facts)
    units = {row.unit_id}
    for model in (Membership, Post):
        rows = model.objects.everywhere(because=_WHY).filter(person_id=row.person_id)
        units.update(rows.values_list("unit_id", flat=True))
    mark(units, first=day)
