"""Reading units and people, within reach: names on a day, the way up, what stands below."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from chithi.core.errors import Absent
from chithi.db.among import among
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.remembered import is_reading, remembered
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding import find
from chithi.org.models import Membership, Person, Post, Unit, UnitState, valid_on
from chithi.org.places import Tree, reach_tree, tree_on

MOST_ID = 2**63 - 1
"""The largest id a column holds; a larger one in an address is no unit's."""


@dataclass(frozen=True)
class UnitCard:
    """A unit as it is shown: its names on the day asked about, or the last ones it had."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    is_cell: bool
    is_grassroots: bool
    closed_on: date | None
    heir_id: int | None
    child_count: int = 0


@dataclass
class _Known:
    """What was read of units in one reach: (code, closed_on, heir_id) by id, None where a unit lies outside; their
    states in their order as (since, name, short_name, kind, is_cell, is_grassroots)."""

    units: dict[int, tuple[str, date | None, int | None] | None] = field(default_factory=dict)
    states: dict[int, list[tuple[date, str, str, str, bool, bool]]] = field(default_factory=dict)


def _known(reach: Reach) -> _Known:
    return remembered(("units", reach), _Known)


def one_unit(viewer: Viewer, unit_id: int, day: date) -> UnitCard:
    """A unit in the reach of the viewer; `Absent` else. Two queries."""
    found = cards(viewer, _with_those_above(viewer, unit_id), day)
    if unit_id not in found:
        raise Absent("org.no_unit", unit=unit_id)
    return found[unit_id]


def in_reach(viewer: Viewer, unit_id: int, capability: Capability = Capability.READ) -> bool:
    """Whether the viewer may read this unit, or do to it what the capability says. One query."""
    known = _known(reach := viewer.reach(capability))
    _read_units(known, reach, _with_those_above(viewer, unit_id))
    return known.units.get(unit_id) is not None


def _with_those_above(viewer: Viewer, unit_id: int) -> list[int]:
    """The unit and, where a page will soon ask for the way to it, those above it today."""
    if not is_reading() or not 0 < unit_id <= MOST_ID:
        return [unit_id]
    tree = tree_on(viewer.today)
    at = tree.find(unit_id)
    return [unit_id] if at is None else [unit_id, *(int(tree.shape.unit_ids[p]) for p in tree.shape.ancestors(at))]


def _read_units(known: _Known, reach: Reach, unit_ids: Iterable[int]) -> None:
    """Know of these units whether they lie in reach. At most one query."""
    new = [int(unit_id) for unit_id in unit_ids if 0 < unit_id <= MOST_ID and unit_id not in known.units]
    if new:
        known.units.update(dict.fromkeys(new))
        known.units.update({row[0]: row[1:] for row in _units(reach, new)})


def _units(reach: Reach, unit_ids: list[int]) -> Iterable[tuple[int, str, date | None, int | None]]:
    """Those of the units that lie in reach: id, code, closed_on, heir_id. One query.

    The words of the query are kept for a few numbers of ids; the last id stands for those there are too few of. SQLite
    must see that they are few to begin with them.
    """
    if len(unit_ids) > _FEW:
        return _facts_of(reach, *unit_ids)
    return _FACTS.rows(reach, *unit_ids, *[unit_ids[-1]] * (-len(unit_ids) % 4))


def _facts_of(reach: Reach, *unit_ids: int) -> models.QuerySet[Unit, tuple[int, str, date | None, int | None]]:
    found = Unit.objects.visible_to(reach).filter(pk__in=unit_ids)
    return found.values_list("pk", "code", "closed_on", "heir_id")


_FACTS = Kept(_facts_of)
_FEW = 60


def _read_states(known: _Known, unit_ids: Iterable[int]) -> None:
    """Know the states of these units, which lie in reach. At most one query."""
    new = [unit_id for unit_id in unit_ids if unit_id not in known.states]
    if not new:
        return
    known.states.update({unit_id: [] for unit_id in new})
    for row in _STATES.rows(new):
        known.states[row[0]].append(row[1:])


def _states_of(unit_ids: Collection[int]) -> models.QuerySet[UnitState, tuple[Any, ...]]:
    states = UnitState.objects.everywhere(because="the units were found in reach just before")
    return (
        states.filter(unit_id__in=among(unit_ids))
        .order_by("since")
        .values_list("unit_id", "since", "name", "short_name", "kind", "is_cell", "is_grassroots")
    )


_STATES = Kept(_states_of)


def reach_below(viewer: Viewer, unit_id: int, capability: Capability) -> Reach:
    """A unit in the reach of a capability with all that stands below it today; `Absent` else. Two or three queries."""
    reach = viewer.reach(capability)
    if not 0 < unit_id <= MOST_ID or not Unit.objects.visible_to(reach).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    return reach_tree(viewer.today).reach_of([unit_id])


def unit_by_code(viewer: Viewer, code: str) -> int:
    """The id of the unit with this code (letters of any case), or with this id as digits."""
    units = Unit.objects.visible_to(viewer.reach(Capability.READ))
    found = units.filter(code__iexact=code.strip()).first() if code.isprintable() else None
    if found is None and code.isascii() and code.isdigit() and len(code) < 12:
        found = units.filter(pk=int(code)).first()
    if found is None:
        raise Absent("org.no_unit", unit=code)
    return found.pk


def cards(viewer: Viewer, unit_ids: Collection[int], day: date) -> dict[int, UnitCard]:
    """Those of the units that lie in reach, by id. Two queries; fewer where an answer has read some of them already."""
    known = _known(reach := viewer.reach(Capability.READ))
    _read_units(known, reach, unit_ids)
    visible = {unit_id: facts for unit_id in unit_ids if (facts := known.units.get(unit_id)) is not None}
    _read_states(known, visible)
    tree = tree_on(day)
    found = {}
    for unit_id, (code, closed_on, heir_id) in visible.items():
        states = known.states[unit_id]
        if states:
            then = [state for state in states if state[0] <= day]
            _since, name, short_name, kind, is_cell, is_grassroots = then[-1] if then else states[0]
            children = _child_count(tree, unit_id)
            found[unit_id] = UnitCard(
                unit_id, code, name, short_name, kind, is_cell, is_grassroots, closed_on, heir_id, children
            )
    return found


def _child_count(tree: Tree, unit_id: int) -> int:
    at = tree.find(unit_id)
    return 0 if at is None else int(tree.shape.child_count[at])


def way_up(viewer: Viewer, unit_id: int, day: date) -> list[UnitCard]:
    """From the highest unit in reach down to this one, on the tree of a day."""
    tree = tree_on(day)
    at = tree.find(unit_id)
    if at is None:
        return [one_unit(viewer, unit_id, day)]
    ids = [int(tree.shape.unit_ids[p]) for p in reversed(tree.shape.ancestors(at))] + [unit_id]
    known = cards(viewer, ids, day)
    return [known[i] for i in ids if i in known]


def name_above(viewer: Viewer, unit_id: int, day: date) -> str:
    """The name of the unit directly above one in reach, on the tree of a day; "" for the highest. The name only.

    It may lie outside the reach: whoever prints a unit's letterhead prints the level above it.
    """
    if not in_reach(viewer, unit_id):
        raise Absent("org.no_unit", unit=unit_id)
    tree = tree_on(day)
    at = tree.find(unit_id)
    higher = [] if at is None else list(tree.shape.ancestors(at))
    if not higher:
        return ""
    states = UnitState.objects.everywhere(because="a letterhead names the level above")
    named = states.filter(unit_id=int(tree.shape.unit_ids[higher[0]]), since__lte=day).order_by("-since")
    return named.values_list("name", flat=True).first() or ""


def below(viewer: Viewer, unit_id: int, day: date, *, closed_too: bool = False) -> list[UnitCard]:
    """Units directly below, in order, those in reach only."""
    tree = tree_on(day)
    at = tree.find(unit_id)
    if at is None:
        return []
    children = tree.shape.children(at)
    ids = [int(tree.shape.unit_ids[c]) for c in children if closed_too or tree.shape.present[c]]
    known = cards(viewer, ids, day)
    return [known[i] for i in ids if i in known]


def places(viewer: Viewer, unit_ids: Collection[int], day: date) -> dict[int, str]:
    """The short name of the unit directly above each, on the tree of a day, where it lies in reach. Three queries.

    It tells units of one name apart: there is a first cell in nearly every village.
    """
    tree = tree_on(day)
    above: dict[int, int] = {}
    for unit_id in unit_ids:
        at = tree.find(unit_id)
        higher = [] if at is None else list(tree.shape.ancestors(at))
        if higher:
            above[unit_id] = int(tree.shape.unit_ids[higher[0]])
    known = cards(viewer, set(above.values()), day)
    return {unit_id: known[parent].short_name for unit_id, parent in above.items() if parent in known}


def leaders(viewer: Viewer, unit_id: int, day: date) -> list[tuple[str, str]]:
    """Heads of a unit on a day as (name, title), by a second scoped query for the people."""
    posts = _HEADS.rows(viewer.reach(Capability.READ), unit_id, day)
    people = names(viewer, [person for person, _ in posts], Capability.READ)
    return [(people[person], title) for person, title in posts if person in people]


def _heads_of(reach: Reach, unit_id: int, day: date) -> models.QuerySet[Post, tuple[int, str]]:
    heads = Post.objects.visible_to(reach).filter(valid_on(day), unit_id=unit_id, is_head=True)
    return heads.order_by("since").values_list("person_id", "title")


_HEADS = Kept(_heads_of)


def names(viewer: Viewer, person_ids: Collection[int], capability: Capability) -> dict[int, str]:
    """Names of those people who lie in the reach of a capability."""
    reach, ids = viewer.reach(capability), list(person_ids)
    if reach.is_everything or reach.is_empty:
        people = Person.objects.visible_to(reach).filter(pk__in=ids)
    else:
        asked = Person.objects.everywhere(because="the filter is the reach, asked about these people alone")
        people = asked.filter(Person.reach_condition(reach, among=ids), pk__in=ids)
    return dict(people.values_list("pk", "name"))


def member_count(viewer: Viewer, unit_id: int, day: date) -> int:
    """Memberships of a unit on a day, counted directly; used where a whole measure would be too much."""
    return Membership.objects.visible_to(viewer.reach(Capability.READ)).filter(valid_on(day), unit_id=unit_id).count()


def find_units(viewer: Viewer, asked: str, most: int = 51) -> list[UnitCard]:
    """Units in reach that answer to what was asked (`chithi.org.finding`), best first."""
    found = [unit.id for unit in find(viewer, asked, most)]
    known = cards(viewer, found, viewer.today)
    return [known[unit_id] for unit_id in found if unit_id in known]
