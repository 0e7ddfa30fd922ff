"""Reading many units and people at once, for imports and exports: a few queries for each 500 units, never one a row.

The caller names a unit inside the reach of one capability; everything read lies in that unit and below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from chithi.core.errors import Absent
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Employment, Exemption, Membership, Person, Post, Unit, UnitState
from chithi.org.places import reach_tree

AT_ONCE = 500
_WHY = "the rows of people already found in reach, wherever they are"
KNOWN = ("pk", "key", "name", "birth_year", "forgotten_on")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """A state of a unit, as far as dated rows of people ask: open on these days, and whether it is a cell."""

    since: date
    until: date | None
    is_cell: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A dated row of a person. `what`: the title of a post, the kind of an employment, else "" ."""

    id: int
    person_id: int
    unit_id: int
    since: date
    until: date | None
    version: int
    what: str = ""
    first: bool = False
    second: bool = False

    def current(self, day: date) -> bool:
        return self.until is None or self.until > day


@dataclass(frozen=True, slots=True)
class Known:
    """A person; `like` is the name as it is compared: one form, small letters. Nothing begins for the forgotten."""

    id: int
    key: UUID
    name: str
    birth_year: int | None
    forgotten_on: date | None = None

    @property
    def like(self) -> str:
        return like(self.name)


@dataclass
class People:
    """People of some units with their rows in these units, by person."""

    people: dict[int, Known] = field(default_factory=dict)
    memberships: dict[int, list[Held]] = field(default_factory=dict)
    exemptions: dict[int, list[Held]] = field(default_factory=dict)
    employments: dict[int, list[Held]] = field(default_factory=dict)
    posts: dict[int, list[Held]] = field(default_factory=dict)


def like(name: str) -> str:
    """A name as it is compared; it has been cleaned before, when it was read or stored."""
    return name.strip().casefold()


def pieces(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The values in lists of at most so many."""
    left = iter(values)
    while piece := list(islice(left, size)):
        yield piece


def narrowed(by: Viewer, capability: Capability, unit_id: int) -> Reach:
    """The unit with what is below it, where it lies in the reach of a capability; `Absent` else. Three queries."""
    if not Unit.objects.visible_to(by.reach(capability)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    return reach_tree(by.today).reach_of([unit_id])


def units_by_code(within: Reach) -> dict[str, int]:
    """Ids by code in small letters. One query."""
    return {code.casefold(): pk for pk, code in Unit.objects.visible_to(within).values_list("pk", "code")}


def spans_of(unit_ids: Collection[int]) -> dict[int, list[Span]]:
    """When these units are open, and cells. One query for each 500."""
    found: dict[int, list[Span]] = {}
    for some in pieces(unit_ids):
        states = UnitState.objects.everywhere(because="units already found in reach").filter(unit_id__in=some)
        for unit_id, since, until, is_cell in states.values_list("unit_id", "since", "until", "is_cell"):
            found.setdefault(unit_id, []).append(Span(since, until, is_cell))
    return found


def people_of(unit_ids: Collection[int], *, posts: bool = False) -> People:
    """Everybody who has, or had, a row in one of these units. Four or five queries for each 500 units."""
    found = People()
    for some in pieces(sorted(unit_ids)):
        _gather(found.memberships, Membership, some, "probationary")
        _gather(found.exemptions, Exemption, some)
        _gather(found.employments, Employment, some, what="kind")
        if posts:
            _gather(found.posts, Post, some, "is_key_leader", "is_head", what="title")
    wanted = {*found.memberships, *found.exemptions, *found.employments, *found.posts}
    _know(found, wanted)
    return found


def people_by_key(within: Reach, keys: Collection[UUID]) -> dict[UUID, Known]:
    """Those people with these identities who lie in reach. One query for each 500."""
    found: dict[UUID, Known] = {}
    for some in pieces(keys):
        rows = Person.objects.visible_to(within).filter(key__in=some)
        for row in rows.values_list(*KNOWN):
            found[row[1]] = Known(*row)
    return found


def units_of_people(person_ids: Collection[int]) -> dict[int, set[int]]:
    """All units that each of these people has rows in, wherever they are. Three queries for each 500."""
    found: dict[int, set[int]] = {}
    for some in pieces(person_ids):
        for model in (Membership, Post, Employment):
            rows = model.objects.everywhere(because=_WHY).filter(person_id__in=some)
            for person_id, unit_id in rows.values_list("person_id", "unit_id"):
                found.setdefault(person_id, set()).add(unit_id)
    return found


def members_now(person_ids: Collection[int], day: date) -> set[int]:
    """Those of these people who are members of some cell on a day or later. One query for each 500."""
    found: set[int] = set()
    for some in pieces(person_ids):
        rows = Membership.objects.everywhere(because=_WHY).filter(person_id__in=some)
        found.update(pk for pk, until in rows.values_list("person_id", "until") if until is None or until > day)
    return found


def _gather(
    into: dict[int, list[Held]],
    model: type[Membership] | type[Exemption] | type[Employment] | type[Post],
    unit_ids: list[int],
    *flags: str,
    what: str = "",
) -> None:
    columns = ["pk", "person_id", "unit_id", "since", "until", "version"]
    rows = model.objects.everywhere(because="units already found in reach").filter(unit_id__in=unit_ids)
    for row in rows.order_by("pk").values_list(*columns, *([what] if what else []), *flags).iterator(2_000):
        said, marks = (row[6], row[7:]) if what else ("", row[6:])
        first, second = (*map(bool, marks), False, False)[:2]
        pk, person_id, unit_id, since, until, version = row[:6]
        held = Held(pk, person_id, unit_id, since, until, version, str(said), first, second)
        into.setdefault(person_id, []).append(held)


def _know(found: People, person_ids: Collection[int]) -> None:
    for some in pieces(sorted(person_ids)):
        rows = Person.objects.everywhere(because=_WHY).filter(pk__in=some)
        for row in rows.values_list(*KNOWN):
            found.people[row[0]] = Known(*row)
