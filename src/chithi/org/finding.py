"""Finding units and people as one types: without marks, by abbreviation, by an old name, within reach.

The kept strings (`chithi.org.spellings`) that answer come by one of two ways (`chithi.org.finding_ways`). First what is
called exactly so, then where a word begins so, then where all words occur; what is past (old names, closed units) after
what is present; equals in the order of the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding_ways import Kept, answers_of
from chithi.org.models import Employment, Membership, Person, Post, UnitState, valid_on
from chithi.org.places import tree_on
from chithi.org.spelling_rules import MOST_WORDS, answers, readings, words_of
from chithi.org.spellings import PersonSpelling, UnitSpelling

MOST = 400
"""Rows of one kind of answer that are looked at; beyond that, of what stands highest, the first by name."""
MOST_PLACED = 200
"""People whose places are looked up to put equals in the order of the tree."""
NOWHERE = 2**31
"""The position of what stands nowhere in today's tree."""


@dataclass(frozen=True)
class OldName:
    """A name that a unit bears no longer, or not yet; `until` None where no end is known."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class FoundUnit:
    """A unit that answers, and the other name it was found by, where it is not called so today."""

    id: int
    old: OldName | None


@dataclass(frozen=True)
class FoundPerson:
    """A person who answers, with what tells namesakes apart: year of birth, where they are or were (ids of units)."""

    id: int
    name: str
    birth_year: int | None
    unit_ids: tuple[int, ...]
    title: str


def find(viewer: Viewer, asked: str, most: int, may: Capability = Capability.READ) -> list[FoundUnit]:
    """Units that answer, best first, at most `most`. Four queries for a part of the tree; for all of it a few more."""
    wanted = readings(asked)
    if not wanted:
        return []
    reach = viewer.reach(may)
    rows = UnitSpelling.objects.visible_to(reach)
    kept = Kept(rows, reach, "unit_id", ("-until", "how", "level"), max(MOST, most), dated=True)
    best: dict[int, tuple[bool, int]] = {}
    for unit_id, found, until in answers_of(kept, wanted, most):
        best[unit_id] = min(best.get(unit_id, (True, 9)), (until <= viewer.today, int(found)))
    if not best:
        return []
    tree = tree_on(viewer.today)
    placed = {unit_id: tree.find(unit_id) for unit_id in best}
    order = sorted(best, key=lambda one: (*best[one], _position(placed[one]), one))[:most]
    return _named(reach, order, wanted, viewer.today)


def _position(at: int | None) -> int:
    return NOWHERE if at is None else at


def _named(reach: Reach, unit_ids: list[int], wanted: Sequence[Sequence[str]], today: date) -> list[FoundUnit]:
    """With the name that answered, where today's does not. One query."""
    states: dict[int, list[UnitState]] = {}
    for state in UnitState.objects.visible_to(reach).filter(unit_id__in=unit_ids).order_by("-since"):
        states.setdefault(state.unit_id, []).append(state)
    return [FoundUnit(unit_id, _old(states.get(unit_id, []), wanted, today)) for unit_id in unit_ids]


def _old(states: list[UnitState], wanted: Sequence[Sequence[str]], today: date) -> OldName | None:
    """Of states, newest first: the other name that answers, over all the days it was borne without a break."""
    if not states:
        return None
    shown = next((state for state in states if state.since <= today), states[-1])
    other = [s for s in states if s.name != shown.name and answers(words_of(f"{s.name} {s.short_name}"), wanted)]
    if not other or answers(words_of(f"{shown.name} {shown.short_name}"), wanted):
        return None
    name, until, since = other[0].name, other[0].until, other[0].since
    for state in states:
        if state.name == name and state.until == since:
            since = state.since
    return OldName(name, since, until)


def find_people(viewer: Viewer, asked: str, most: int) -> list[FoundPerson]:
    """People who answer, best first, for those who may see their records or keep their register; nobody for others.

    Six queries for a part of the tree; for all of it a few more.
    """
    words = words_of(asked)[:MOST_WORDS]
    reach = people_reach(viewer)
    if not words or reach.is_empty:
        return []
    kept = Kept(PersonSpelling.objects.visible_to(reach), reach, "person_id", (), MOST, dated=False)
    best: dict[int, int] = {}
    for person_id, found, _until in answers_of(kept, [words], most):
        best[person_id] = min(best.get(person_id, 9), int(found))
    if not best:
        return []
    looked_at = sorted(best, key=lambda one: (best[one], one))[: max(most, MOST_PLACED)]
    return _people(viewer, reach, {one: best[one] for one in looked_at})[:most]


def people_reach(viewer: Viewer) -> Reach:
    """Where the viewer may know who people are: by their records or as the keeper of their register."""
    held = [viewer.reach(may) for may in (Capability.RECORDS, Capability.PEOPLE)]
    usable = [reach for reach in held if not reach.is_empty]
    if not usable:
        return held[0]
    return Reach.of(usable[0].edition_id, usable[0].size, [span for reach in usable for span in reach.intervals])


def _people(viewer: Viewer, reach: Reach, best: dict[int, int]) -> list[FoundPerson]:
    """Names and places of those found, in order: how well, then the order of the tree, then the name."""
    people = {p.pk: p for p in Person.objects.visible_to(reach).filter(pk__in=list(best))}
    units: dict[int, dict[int, None]] = {}
    titles: dict[int, str] = {}
    for model in (Membership, Post, Employment):
        held = model.objects.visible_to(reach).filter(person_id__in=list(people))
        now = held.filter(valid_on(viewer.today)).order_by("since", "pk")
        for row in now:
            units.setdefault(row.person_id, {}).setdefault(row.unit_id)
            if isinstance(row, Post):
                titles.setdefault(row.person_id, row.title)
    tree = tree_on(viewer.today)

    def rank(person_id: int) -> tuple[int, int, str, int]:
        at = min((_position(tree.find(unit)) for unit in units.get(person_id, ())), default=NOWHERE)
        return best[person_id], at, people[person_id].folded, person_id

    return [
        FoundPerson(pk, people[pk].name, people[pk].birth_year, tuple(units.get(pk, ())), titles.get(pk, ""))
        for pk in sorted(people, key=rank)
    ]
