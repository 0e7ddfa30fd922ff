"""Changes of the tree, each one act with its day and document, in one transaction.

All of them take the lock `tree`, write events and journal, forget the editions they make wrong and mark what must be
counted anew (`chithi.org.history`). Plans of many changes stand in `chithi.org.plans`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Absent, Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Viewer
from chithi.org import history, rules
from chithi.org.history import Change
from chithi.org.kinds import TreeEventKind, UnitKind
from chithi.org.models import Unit, UnitState
from chithi.text.vietnamese import clean, fold


@dataclass(frozen=True)
class NewUnit:
    """What a unit to be opened is. `code` is lasting and unique."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    is_cell: bool = False
    is_grassroots: bool = False
    order: int = 0


@dataclass(frozen=True)
class Part:
    """What a unit is split into: a new unit beside it, and the units directly below it that go there."""

    new: NewUnit
    children: tuple[int, ...] = ()


@contextmanager
def _act(by: Viewer, on: date, document: str) -> Iterator[Change]:
    with only_one("tree"):
        change = history.begin(by, on, document)
        yield change
        history.finish(change)


def open_unit(*, by: Viewer, new: NewUnit, parent_id: int | None, on: date, document: str = "") -> Unit:
    """Open a unit under a parent inside the doer's reach (a root only on an empty tree)."""
    with _act(by, on, document) as change:
        return opened(change, new, parent_id)


def rename(*, by: Viewer, unit_id: int, name: str, short_name: str, on: date, document: str = "") -> None:
    """Give a unit another name from a day on."""
    with _act(by, on, document) as change:
        renamed(change, history.unit_of(change, unit_id), name, short_name)


def move(*, by: Viewer, unit_id: int, parent_id: int, on: date, document: str = "") -> None:
    """Put a unit with all below it under another one; both must lie in the doer's reach."""
    with _act(by, on, document) as change:
        history.put_under(change, history.unit_of(change, unit_id), history.unit_of(change, parent_id))


def change_kind(
    *,
    by: Viewer,
    unit_id: int,
    kind: UnitKind,
    is_cell: bool,
    is_grassroots: bool,
    on: date,
    document: str = "",
) -> None:
    """Make a unit another kind from a day on, or give it and take from it the properties cell and grassroots."""
    with _act(by, on, document) as change:
        unit = history.unit_of(change, unit_id)
        became(change, unit, kind=kind.value, is_cell=is_cell, is_grassroots=is_grassroots)


def close(*, by: Viewer, unit_id: int, heir_id: int, on: date, document: str = "") -> None:
    """Close a unit; the heir takes over what stands directly below it, its records and its figures."""
    merge(by=by, unit_ids=[unit_id], heir_id=heir_id, on=on, document=document, kind=TreeEventKind.CLOSE)


def merge(
    *,
    by: Viewer,
    unit_ids: list[int],
    heir_id: int,
    on: date,
    document: str = "",
    kind: TreeEventKind = TreeEventKind.MERGE,
) -> None:
    """Close units into one heir on a day. What stood directly below them moves under the heir.

    Nothing recorded about the closed units is touched: their figures, memberships and journal stay theirs,
    and the edition places them beneath the heir.
    """
    with _act(by, on, document) as change:
        closing = [history.unit_of(change, unit_id) for unit_id in dict.fromkeys(unit_ids)]
        merged(change, closing, history.unit_of(change, heir_id), kind)


def split(
    *, by: Viewer, unit_id: int, parts: list[Part], heir_code: str, on: date, document: str = ""
) -> dict[str, Unit]:
    """Close a unit into several new ones beside it; returns these by code.

    Each part takes the children it names; the rest, the unit's own records and its figures follow the one part
    that is the heir. Members of a cell who go to another part than the heir are moved by a plan.
    """
    with _act(by, on, document) as change:
        unit = history.unit_of(change, unit_id)
        if heir_code not in {part.new.code for part in parts}:
            raise Absent("org.no_unit", field="heir", unit=heir_code)
        beside = history.state_on(unit_id, on).parent_id
        if beside is None:
            raise Refused("org.root_cannot_close", unit=unit_id)
        made = {part.new.code: opened(change, part.new, beside) for part in parts}
        for part in parts:
            for child in part.children:
                history.put_under(change, _child(change, child, unit_id), made[part.new.code])
        merged(change, [unit], made[heir_code], TreeEventKind.SPLIT)
        return made


def abolish_level(
    *,
    by: Viewer,
    under_id: int,
    kind: UnitKind,
    on: date,
    document: str = "",
    heirs: Mapping[int, int] | None = None,
    children_to: Mapping[int, int] | None = None,
) -> list[int]:
    """Close all units of a kind below a unit; returns their ids.

    Each closes into the heir named for it, else into the unit above it. What stands below goes to the unit named for
    it in `children_to` (child -> new parent), else to the heir.
    """
    with _act(by, on, document) as change:
        return abolished(change, under_id, kind, heirs or {}, children_to or {})


def opened(change: Change, new: NewUnit, parent_id: int | None) -> Unit:
    """Within an act: open a unit."""
    if parent_id is None:
        if Unit.objects.everywhere(because="is there any unit at all").exists():
            raise Refused("org.root_exists", field="parent")
    else:
        parent = history.unit_of(change, parent_id)
        if problem := rules.why_not_under(history.standing_of(change, parent), change.on):
            raise problem
        change.touched.add(parent_id)
    state = {
        "parent_id": parent_id,
        "kind": new.kind,
        "is_cell": new.is_cell,
        "is_grassroots": new.is_grassroots,
        "order": new.order,
        **names_of(new.name, new.short_name),
    }
    unit = Unit.objects.everywhere(because="a code is unique over the whole tree").filter(code=new.code).first()
    if unit is not None:
        if not history.may_open_again(change, unit):
            raise Refused("org.code_taken", field="code", code=new.code)
        history.open_again(change, unit, **state)
        return unit
    unit = Unit.objects.create(code=new.code, opened_on=change.on)
    event = history.note(change, TreeEventKind.OPEN, unit.pk)
    UnitState.objects.create(unit=unit, since=change.on, event=event, **state)
    if change.within is not None:
        change.within.add(unit.pk)
    return unit


def renamed(change: Change, unit: Unit, name: str, short_name: str) -> None:
    """Within an act: give a unit another name."""
    history.succeed(change, unit, TreeEventKind.RENAME, **names_of(name, short_name))


def became(change: Change, unit: Unit, **properties: object) -> None:
    """Within an act: change `kind`, `is_cell` or `is_grassroots`."""
    history.succeed(change, unit, TreeEventKind.CHANGE_KIND, **properties)


def merged(change: Change, closing: list[Unit], heir: Unit, kind: TreeEventKind) -> None:
    """Within an act: close units into an heir, the lower ones first."""
    standings = [history.standing_of(change, unit) for unit in closing]
    if problem := rules.why_not_merge(standings, history.standing_of(change, heir), change.on):
        raise problem
    for unit in sorted(closing, key=lambda one: (-len(history.above(one.pk, change.on)), one.pk)):
        standing = history.standing_of(change, unit)
        problem = rules.why_not_change(standing, change.on, change.by.today)
        if problem := problem or rules.why_not_end(unit.opened_on, change.on):
            raise problem
        _lift(change, unit, heir)
        history.put_all_under(change, history.children_on(unit.pk, change.on), heir)
        history.end(change, unit, heir.pk, kind)


def _lift(change: Change, unit: Unit, heir: Unit) -> None:
    """An heir that stands somewhere below a closing unit is first put where that unit stood."""
    parent_id = history.state_on(unit.pk, change.on).parent_id
    if unit.pk not in history.above(heir.pk, change.on):
        return
    if parent_id is None:
        raise Refused("org.root_cannot_close", unit=unit.pk)
    history.put_under(change, heir, history.unit_of(change, parent_id))


def abolished(
    change: Change, under_id: int, kind: UnitKind, heirs: Mapping[int, int], children_to: Mapping[int, int]
) -> list[int]:
    """Within an act: close all units of a kind below a unit."""
    top = history.unit_of(change, under_id)
    ways = history.standing_below(change, top.pk, kind.value)
    if not ways:
        raise Refused("org.nothing_to_merge")
    for unit_id in sorted(ways, key=lambda one: (-len(ways[one]), one)):
        for child in set(history.children_on(unit_id, change.on)) & set(children_to):
            history.put_under(change, history.unit_of(change, child), history.unit_of(change, children_to[child]))
        heir = history.unit_of(change, heirs.get(unit_id, ways[unit_id][0]))
        merged(change, [history.unit_of(change, unit_id)], heir, TreeEventKind.CLOSE)
    return list(ways)


def _child(change: Change, child_id: int, unit_id: int) -> Unit:
    """A unit directly below the one that is split; any other is none of its parts' business."""
    child = history.unit_of(change, child_id)
    if history.state_on(child_id, change.on).parent_id != unit_id:
        raise Absent("org.no_unit", unit=child_id)
    return child


def names_of(name: str, short_name: str) -> dict[str, str]:
    """The columns of a name; refuses none at all."""
    whole, short = clean(name), clean(short_name)
    if not whole:
        raise Refused("org.no_name", field="name")
    return {"name": whole[:200], "short_name": (short or whole)[:80], "folded": fold(f"{whole} {short}")[:300]}
