"""Opening and changing many units in one act: the rules of `chithi.org.rules`, events for each, few queries for all.

Opening is done for all units together; a change of a unit that is there already goes through the acts of
`chithi.org.actions`, grouped by day and document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chithi.core.errors import Absent, Refused
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.org import history, places, rules
from chithi.org.actions import became, names_of, renamed
from chithi.org.bulk_reading import pieces
from chithi.org.kinds import TreeEventKind, UnitKind
from chithi.org.models import Closing, TreeEvent, Unit, UnitState
from chithi.org.spelling import respell_units

_WHY = "compared with the doer's reach here"
BATCH = 1_000


@dataclass(frozen=True)
class Standing:
    """A unit as it stands: its newest state and what the rules ask."""

    id: int
    code: str
    opened_on: date
    closed_on: date | None
    rules: rules.Standing
    parent_id: int | None
    kind: str
    is_cell: bool
    is_grassroots: bool
    name: str
    short_name: str


@dataclass(frozen=True)
class Opening:
    """A unit to be opened, under a unit that is there or, by code, under one opened before it."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    is_cell: bool
    is_grassroots: bool
    parent: int | str
    on: date
    document: str


@dataclass(frozen=True)
class Change:
    """What is to become of a unit from a day on; None leaves it as it is. `row` is the caller's own number."""

    row: int
    unit_id: int
    on: date
    document: str
    names: tuple[str, str] | None = None
    parent: int | str | None = None
    properties: tuple[tuple[str, object], ...] = ()


def standings(within: Reach) -> dict[str, Standing]:
    """Every unit in reach by its code in small letters. Three queries."""
    newest: dict[int, UnitState] = {}
    for state in UnitState.objects.visible_to(within).order_by("unit_id", "since").iterator(2_000):
        newest[state.unit_id] = state
    again: dict[int, date] = {}
    for unit_id, until in (
        Closing.objects.visible_to(within).filter(until__isnull=False).values_list("unit_id", "until")
    ):
        if until is not None:
            again[unit_id] = max(until, again.get(unit_id, until))
    found: dict[str, Standing] = {}
    for unit in Unit.objects.visible_to(within).iterator(2_000):
        state = newest[unit.pk]
        begun = max(unit.opened_on, again.get(unit.pk, unit.opened_on))
        found[unit.code.casefold()] = Standing(
            unit.pk,
            unit.code,
            unit.opened_on,
            unit.closed_on,
            rules.Standing(unit.pk, begun, unit.closed_on, state.since),
            *(state.parent_id, state.kind, state.is_cell, state.is_grassroots, state.name, state.short_name),
        )
    return found


def taken(codes: Collection[str]) -> set[str]:
    """Those of the codes (in small letters) that some unit has, wherever it is. One query for each 500."""
    found: set[str] = set()
    for some in pieces(sorted({form for code in codes for form in (code, code.upper(), code.lower())})):
        there = Unit.objects.everywhere(because="a code is unique over the whole tree").filter(code__in=some)
        found.update(code.casefold() for code in there.values_list("code", flat=True))
    return found


def open_units(*, by: Viewer, openings: list[Opening]) -> dict[str, int]:
    """Open them all; ids by code in small letters. Parents stand before what is below them. Call under the lock."""
    parents = {opening.parent for opening in openings if isinstance(opening.parent, int)}
    for some in pieces(sorted(parents)):
        inside = Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk__in=some).values_list("pk", flat=True)
        if lacking := set(some) - set(inside):
            raise Absent("org.no_unit", unit=min(lacking))
    units = Unit.objects.bulk_create((Unit(code=one.code, opened_on=one.on) for one in openings), batch_size=BATCH)
    ids = {unit.code.casefold(): unit.pk for unit in units}
    events = TreeEvent.objects.bulk_create(
        (
            TreeEvent(
                unit_id=ids[one.code.casefold()],
                kind=TreeEventKind.OPEN.value,
                on=one.on,
                document=one.document[:200],
                by_id=by.user_id,
            )
            for one in openings
        ),
        batch_size=BATCH,
    )
    UnitState.objects.bulk_create(
        (_state(one, ids, event) for one, event in zip(openings, events, strict=True)), batch_size=BATCH
    )
    _afterwards(openings, ids)
    return ids


def _state(one: Opening, ids: dict[str, int], event: TreeEvent) -> UnitState:
    return UnitState(
        unit_id=ids[one.code.casefold()],
        since=one.on,
        parent_id=_parent(one.parent, ids),
        kind=one.kind.value,
        is_cell=one.is_cell,
        is_grassroots=one.is_grassroots,
        event=event,
        **names_of(one.name, one.short_name),
    )


def _afterwards(openings: list[Opening], ids: dict[str, int]) -> None:
    """Forget the editions that are wrong now, mark units and those above them, keep them findable."""
    if not openings:
        return
    places.forget_since(min(one.on for one in openings))
    days: dict[date, set[int]] = {}
    for one in openings:
        days.setdefault(one.on, set()).update({ids[one.code.casefold()], _parent(one.parent, ids)})
    for day, unit_ids in sorted(days.items()):
        mark(unit_ids, first=day)
    respell_units(list(ids.values()))


def _parent(parent: int | str, ids: dict[str, int]) -> int:
    return parent if isinstance(parent, int) else ids[parent.casefold()]


def change_units(*, by: Viewer, changes: Iterable[Change], new: dict[str, int]) -> list[tuple[int, Refused]]:
    """Carry changes out by the ordinary acts, day after day; the refusals by row. Call under the lock."""
    refused: list[tuple[int, Refused]] = []
    groups: dict[tuple[date, str], list[Change]] = {}
    for one in sorted(changes, key=lambda change: (change.on, change.row)):
        groups.setdefault((one.on, one.document), []).append(one)
    for (on, document), some in groups.items():
        try:
            act = history.begin(by, on, document)
        except Refused as problem:
            refused += [(one.row, problem) for one in some]
            continue
        if act.within is not None:
            act.within |= set(new.values())
        for one in some:
            try:
                with transaction.atomic():
                    _changed(act, one, new)
            except Refused as problem:
                refused.append((one.row, problem))
        history.finish(act)
    return refused


def _changed(act: history.Change, one: Change, new: dict[str, int]) -> None:
    unit = history.unit_of(act, one.unit_id)
    if one.names is not None:
        renamed(act, unit, *one.names)
    if one.properties:
        became(act, unit, **dict(one.properties))
    if one.parent is not None:
        history.put_under(act, unit, history.unit_of(act, _parent(one.parent, new)))
