"""Writing many people, posts and units in one act: the same rules and marks as one by one, one line in the journal.

The rules are those of `chithi.org.people_rules` and `chithi.org.rules`, asked for every row (`why_not_member`,
`why_not_employed`, `why_not_post`); the reach is compared once more for all units before anything is written.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.pouring import pour
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.org import people_rules as rules
from chithi.org.bulk_reading import Held, Span, pieces, units_of_people
from chithi.org.models import Employment, Exemption, Membership, Person, Post, Unit
from chithi.org.people_rules import Stay
from chithi.org.spelling_rules import spellings_of_person
from chithi.org.spellings import PersonSpelling
from chithi.text.vietnamese import fold

_WHY = "compared with the doer's reach here"


@dataclass(frozen=True)
class Joining:
    """A membership to begin."""

    unit_id: int
    since: date
    probationary: bool = False


@dataclass(frozen=True)
class Exempting:
    """An exemption to begin."""

    unit_id: int
    since: date
    until: date | None
    reason: str


@dataclass(frozen=True)
class Employing:
    """An employment to begin."""

    unit_id: int
    kind: str
    since: date


@dataclass(frozen=True)
class Posting:
    """A post to be taken, perhaps left already."""

    unit_id: int
    title: str
    is_key_leader: bool
    is_head: bool
    since: date
    until: date | None


Beginning = Joining | Exempting | Employing | Posting


@dataclass
class Load:
    """What is to be written. `people` are new ones by a number of the caller's own, `begin` holds rows of new people
    (negative: minus that number, less one) and of known ones (their id)."""

    people: list[tuple[str, int | None]] = field(default_factory=list)
    begin: list[tuple[int, Beginning]] = field(default_factory=list)
    ends: list[tuple[type[Exemption] | type[Post], Held, date]] = field(default_factory=list)
    probation: list[tuple[Held, bool]] = field(default_factory=list)
    spelt: list[tuple[str, list[tuple[str, int]]]] = field(default_factory=list)

    def newcomer(self, name: str, birth_year: int | None) -> int:
        """A new person; the number by which `begin` refers to them."""
        self.people.append((name, birth_year))
        return -len(self.people)

    def prepare(self) -> None:
        """Work out beforehand, without any lock, by which strings the new people are found."""
        for name, _ in self.people[len(self.spelt) :]:
            self.spelt.append((fold(name)[:120], [(one.text, one.at) for one in sorted(spellings_of_person(name))]))


@contextmanager
def alone() -> Iterator[None]:
    """The transaction of an import: nobody else changes the tree or people meanwhile."""
    with only_one("tree"), only_one("people"):
        yield


def why_not_open(spans: list[Span], day: date, *, cell: bool = False) -> Refused | None:
    """A row of a person begins where the unit is open on the day, and a cell then where that is asked for."""
    span = next((one for one in spans if one.since <= day and (one.until is None or one.until > day)), None)
    if span is None:
        return Refused("org.not_open_then", field="since", day=day)
    if cell and not span.is_cell:
        return Refused("org.not_a_cell", field="unit")
    return None


def why_not_begin(held: list[Held], unit_id: int, since: date, until: date | None, today: date) -> Refused | None:
    """As `people_rules.why_not_begin`, among the rows of one person."""
    others = [Stay(one.since, one.until) for one in held if one.unit_id == unit_id]
    return rules.why_not_begin(since, until, today, others)


def write(*, by: Viewer, load: Load) -> None:
    """Write it all, and mark every unit concerned from the first day on. Call inside `alone`."""
    _within(by, {row.unit_id for _, row in load.begin} | {held.unit_id for _, held, _ in load.ends})
    first: dict[int, date] = {}
    load.prepare()
    ids = _new_people(load)
    known = {who for who, _ in load.begin if who > 0} | {held.person_id for _, held, _ in load.ends}
    elsewhere = units_of_people(known)
    for who, row in load.begin:
        for unit_id in {row.unit_id, *elsewhere.get(who, ())}:
            first[unit_id] = min(row.since, first.get(unit_id, row.since))
    _begin(load.begin, ids)
    for model, held, on in load.ends:
        _changed(model, held, until=on)
        for unit_id in {held.unit_id, *elsewhere.get(held.person_id, ())}:
            first[unit_id] = min(on, first.get(unit_id, on))
    for held, probationary in load.probation:
        _changed(Membership, held, probationary=probationary)
        first[held.unit_id] = min(held.since, first.get(held.unit_id, held.since))
    days: dict[date, list[int]] = {}
    for unit_id, day in first.items():
        days.setdefault(day, []).append(unit_id)
    for day, units in sorted(days.items()):
        mark(units, first=day)


def _within(by: Viewer, unit_ids: set[int]) -> None:
    """Ring 4 for all of them: every unit lies where the doer keeps the register of people."""
    for some in pieces(sorted(unit_ids)):
        inside = set(
            Unit.objects.visible_to(by.reach(Capability.PEOPLE)).filter(pk__in=some).values_list("pk", flat=True)
        )
        if len(inside) < len(some):
            raise Absent("org.no_unit", unit=min(set(some) - inside))


def _new_people(load: Load) -> range:
    """Store new people with the strings by which they are found; their ids in order."""
    rows = (
        (name, folded, birth_year, uuid.uuid4())
        for (name, birth_year), (folded, _) in zip(load.people, load.spelt, strict=True)
    )
    ids = pour(Person, ("name", "folded", "birth_year", "key"), rows)
    spelt = ((person_id, *one) for person_id, (_, strings) in zip(ids, load.spelt, strict=True) for one in strings)
    pour(PersonSpelling, ("person_id", "text", "at"), spelt)
    return ids


def _begin(begin: list[tuple[int, Beginning]], ids: range) -> None:
    told = [(ids[-who - 1] if who < 0 else who, row) for who, row in begin]
    pour(
        Membership,
        ("person_id", "unit_id", "since", "until", "probationary", "key"),
        (
            (who, row.unit_id, row.since, None, row.probationary, uuid.uuid4())
            for who, row in told
            if isinstance(row, Joining)
        ),
    )
    pour(
        Exemption,
        ("person_id", "unit_id", "since", "until", "reason", "key"),
        (
            (who, row.unit_id, row.since, row.until, row.reason, uuid.uuid4())
            for who, row in told
            if isinstance(row, Exempting)
        ),
    )
    pour(
        Employment,
        ("person_id", "unit_id", "kind", "since", "until", "key"),
        (
            (who, row.unit_id, row.kind, row.since, None, uuid.uuid4())
            for who, row in told
            if isinstance(row, Employing)
        ),
    )
    pour(
        Post,
        ("person_id", "unit_id", "title", "is_key_leader", "is_head", "since", "until", "key"),
        (
            (who, row.unit_id, row.title, row.is_key_leader, row.is_head, row.since, row.until, uuid.uuid4())
            for who, row in told
            if isinstance(row, Posting)
        ),
    )


def _changed(model: type[Exemption] | type[Post] | type[Membership], held: Held, **values: date | bool) -> None:
    """Change a row as it was seen; raises `Stale` where somebody changed it since."""
    rows = model.objects.everywhere(because=_WHY).filter(pk=held.id, version=held.version)
    if not rows.update(version=held.version + 1, **values):
        raise Stale("db.stale")
