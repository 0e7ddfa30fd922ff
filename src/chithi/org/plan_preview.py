"""What a plan would do, gathered from a trial before it is rolled back.

Every change in order, whom it concerns, what the heirs take over, how much is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Count

from chithi.db.models import Guarded
from chithi.org import places
from chithi.org.history import Change
from chithi.org.kinds import TreeEventKind
from chithi.org.models import Closing, Membership, TreeEvent, Unit, UnitState, valid_on
from chithi.org.plan_rows import Problem

_WHY = "what a plan touches, under a unit found in reach"
DERIVED = frozenset(
    {
        *("org.unitstate", "org.treeevent", "org.closing", "org.transfer"),
        *("org.reorganisation", "org.reorganisationstep", "org.plantrial", "org.unitspelling"),
        *("journal.entry", "freshness.mark", "indicators.totals"),
        *("org.unitspelling", "org.othername"),
    }
)
"""Rows about a unit that are not records of its own: the tree itself, plans, the journal, what is computed."""
ENDINGS = frozenset({TreeEventKind.CLOSE, TreeEventKind.MERGE, TreeEventKind.SPLIT})


@dataclass(frozen=True)
class Named:
    """A unit by its code and the name it has on the day."""

    code: str
    name: str


@dataclass(frozen=True)
class Seen:
    """What a unit is on a day."""

    name: str
    kind: str
    is_cell: bool
    is_grassroots: bool
    parent: Named | None


@dataclass(frozen=True)
class Happening:
    """One change of one unit: what it was on the day before (None: it was not) and is from the day on.

    For one that closes: its heir, and how many rows of each kind belong to it, which the heir reads from then on.
    """

    kind: TreeEventKind
    unit_id: int
    code: str
    before: Seen | None
    after: Seen | None
    heir: Named | None = None
    records: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        known = self.after or self.before
        return known.name if known else self.code


@dataclass(frozen=True)
class Preview:
    """What a plan would do. Units by code, in the order of the plan.

    `people`: members in the units it touches and below them. `records`: rows that belong to units it closes (roles,
    figures, posts … by model, dated ones only while they hold); they stay where they are and are read by the heir.
    `closing`: ids of the units that close. `recounted`: units whose totals are computed anew from the day on. Empty
    `problems` mean that it can be applied.
    """

    problems: tuple[Problem, ...]
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    people: int = 0
    records: Mapping[str, int] | None = None
    recounted: int = 0
    happenings: tuple[Happening, ...] = ()
    closing: tuple[int, ...] = ()

    def count(self, model: str) -> int:
        return (self.records or {}).get(model, 0)

    @property
    def roles(self) -> int:
        """Roles that end with the units they are held in."""
        return self.count("access.rolegrant")

    @property
    def figures(self) -> int:
        return self.count("indicators.figure")


def looked_at(on: date, change: Change, problems: Sequence[Problem], before: places.Tree) -> Preview:
    """What an act has done so far. About twenty queries, and two for every table of records."""
    places.forget_since(change.on)
    after = places.tree_on(change.on)
    done = _events(change.made)

    def those(*kinds: TreeEventKind) -> list[int]:
        return list(dict.fromkeys(unit for kind, unit in done if kind in kinds))

    ended = those(*ENDINGS)
    owned = records_by_unit(ended, on)
    happenings = _happenings(done, on, owned)
    codes = {one.unit_id: one.code for one in happenings}

    def named(units: Iterable[int]) -> tuple[str, ...]:
        return tuple(codes[unit] for unit in units)

    return Preview(
        problems=tuple(problems),
        opened=named(those(TreeEventKind.OPEN)),
        closed=named(ended),
        moved=named(those(TreeEventKind.MOVE)),
        changed=named(those(TreeEventKind.RENAME, TreeEventKind.CHANGE_KIND)),
        people=_people(before, {unit for _, unit in done}, on),
        records=_summed(owned),
        recounted=_recounted(after, change.touched),
        happenings=happenings,
        closing=tuple(ended),
    )


def happenings_of(plan_id: int, on: date) -> tuple[Happening, ...]:
    """What an applied plan did, in order. The plan was found in reach before."""
    events = TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan_id, on=on).order_by("pk")
    done = [(TreeEventKind(kind), unit) for kind, unit in events.values_list("kind", "unit_id")]
    return _happenings(done, on, {})


def _events(made: Iterable[int]) -> list[tuple[TreeEventKind, int]]:
    """Kind and unit of these events, in the order in which they were made."""
    events = TreeEvent.objects.everywhere(because=_WHY).filter(pk__in=sorted(made)).order_by("pk")
    return [(TreeEventKind(kind), unit) for kind, unit in events.values_list("kind", "unit_id")]


def _happenings(
    done: list[tuple[TreeEventKind, int]], on: date, owned: Mapping[int, Mapping[str, int]]
) -> tuple[Happening, ...]:
    units = {unit for _, unit in done}
    were, are = _states(units, on - timedelta(days=1)), _states(units, on)
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id__in=units, since=on)
    heirs = dict(closings.order_by("pk").values_list("unit_id", "heir_id"))
    others = {state.parent_id for states in (were, are) for state in states.values() if state.parent_id}
    codes = dict(
        Unit.objects.everywhere(because=_WHY)
        .filter(pk__in=units | others | set(heirs.values()))
        .values_list("pk", "code")
    )
    old, new = _names(others, on - timedelta(days=1)), _names(others | set(heirs.values()), on)

    def seen(state: UnitState | None, names: Mapping[int, str]) -> Seen | None:
        if state is None:
            return None
        above = state.parent_id
        parent = Named(codes[above], names.get(above) or old.get(above, "")) if above else None
        return Seen(state.name, state.kind, state.is_cell, state.is_grassroots, parent)

    return tuple(
        Happening(
            kind=kind,
            unit_id=unit,
            code=codes[unit],
            before=seen(were.get(unit), old),
            after=seen(are.get(unit), new),
            heir=Named(codes[heirs[unit]], new.get(heirs[unit], "")) if kind in ENDINGS and unit in heirs else None,
            records=owned.get(unit, {}) if kind in ENDINGS else {},
        )
        for kind, unit in done
    )


def _states(units: Iterable[int], day: date) -> dict[int, UnitState]:
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id__in=list(units))
    return {state.unit_id: state for state in states}


def _names(units: Iterable[int], day: date) -> dict[int, str]:
    return {unit: state.name for unit, state in _states(units, day).items()}


def _people(tree: places.Tree, units: set[int], on: date) -> int:
    """Members in these units and below them, on the tree of the day before."""
    inside = set(units)
    for unit in units:
        at = tree.find(unit)
        if at is not None:
            inside |= set(tree.shape.unit_ids[tree.shape.subtree(at)].tolist())
    members = Membership.objects.everywhere(because=_WHY).filter(valid_on(on), unit_id__in=inside)
    return members.values("person_id").distinct().count()


def _recounted(tree: places.Tree, touched: set[int]) -> int:
    """Units with others below them that lie on the way up from something touched."""
    found: set[int] = set()
    for unit in touched:
        at = tree.find(unit)
        if at is not None:
            found |= {at, *tree.shape.ancestors(at)}
    return sum(1 for at in found if tree.shape.child_count[at])


def records_of(unit_ids: Iterable[int], on: date) -> dict[str, int]:
    """How many rows of each kind belong to units on a day."""
    return _summed(records_by_unit(unit_ids, on))


def records_by_unit(unit_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """How many rows of each kind belong to each unit: every guarded table with a column for its unit is asked once."""
    units = list(unit_ids)
    column = [Guarded.unit_column]
    found: dict[int, dict[str, int]] = {}
    for model in record_kinds() if units else ():
        rows = model.objects.everywhere(because=_WHY).filter(**{"unit__in": units})
        names = {f.name for f in model._meta.get_fields()}
        dated = rows.filter(valid_on(on)) if {"since", "until"} <= names else rows
        for counted in dated.order_by().values(*column).annotate(count=Count("pk")):
            found.setdefault(counted["unit_id"], {})[model._meta.label_lower] = counted["count"]
    return found


def record_kinds() -> list[type[Guarded]]:
    """The tables whose rows belong to a unit as records of its own."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Guarded)
        and model._meta.label_lower not in DERIVED
        and "unit" in {f.name for f in model._meta.get_fields()}
    ]


def _summed(owned: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for label in sorted({label for counts in owned.values() for label in counts}):
        found[label] = sum(counts.get(label, 0) for counts in owned.values())
    return found
