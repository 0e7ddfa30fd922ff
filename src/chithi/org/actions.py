"""Changes of the tree, each one event with its day and document, in one transaction.

All of them take the lock `tree`, forget the editions they make wrong and mark what must be counted anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Absent, Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org import places, rules
from chithi.org.kinds import TreeEventKind, UnitKind
from chithi.org.models import TreeEvent, Unit, UnitState, valid_on
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


def open_unit(*, by: Viewer, new: NewUnit, parent_id: int | None, on: date, document: str = "") -> Unit:
    """Open a unit under a parent inside the doer's reach (a root only on an empty tree)."""
    with only_one("tree"):
        if problem := rules.why_not_on(on, by.today):
            raise problem
        if parent_id is None:
            if Unit.objects.everywhere(because="is there any unit at all").exists():
                raise Refused("org.root_exists", field="parent")
        else:
            parent = _one(by, parent_id)
            if problem := rules.why_not_under(_standing(parent), on):
                raise problem
        if Unit.objects.everywhere(because="a code is unique over the whole tree").filter(code=new.code).exists():
            raise Refused("org.code_taken", field="code", code=new.code)
        unit = Unit.objects.create(code=new.code, opened_on=on)
        event = _event(TreeEventKind.OPEN, unit, on, document, by)
        name, short = clean(new.name), clean(new.short_name)
        UnitState.objects.create(
            unit=unit,
            since=on,
            parent_id=parent_id,
            kind=new.kind,
            is_cell=new.is_cell,
            is_grassroots=new.is_grassroots,
            name=name,
            short_name=short,
            folded=fold(f"{name} {short}")[:300],
            order=new.order,
            event=event,
        )
        _changed(on, [unit.pk, *([parent_id] if parent_id else [])])
        record("org.opened", by=by, unit_id=unit.pk, about=event)
        return unit


def rename(*, by: Viewer, unit_id: int, name: str, short_name: str, on: date, document: str = "") -> None:
    """Give a unit another name from a day on."""
    with only_one("tree"):
        unit = _one(by, unit_id)
        name, short = clean(name), clean(short_name)
        if not name:
            raise Refused("org.no_name", field="name")
        changes = {"name": name, "short_name": short or name, "folded": fold(f"{name} {short}")[:300]}
        _succeed(by, unit, TreeEventKind.RENAME, on, document, **changes)


def move(*, by: Viewer, unit_id: int, parent_id: int, on: date, document: str = "") -> None:
    """Put a unit with all below it under another one; both must lie in the doer's reach."""
    with only_one("tree"):
        unit, parent = _one(by, unit_id), _one(by, parent_id)
        tree = places.tree_on(on)
        above = {int(tree.shape.unit_ids[at]) for at in tree.shape.ancestors(tree.position(parent_id))}
        if problem := rules.why_not_move(_standing(unit), _standing(parent), above, on):
            raise problem
        _succeed(by, unit, TreeEventKind.MOVE, on, document, parent_id=parent_id)


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
    with only_one("tree"):
        closing = [_one(by, unit_id) for unit_id in dict.fromkeys(unit_ids)]
        heir = _one(by, heir_id)
        if problem := rules.why_not_merge([_standing(unit) for unit in closing], _standing(heir), on):
            raise problem
        tree = places.tree_on(on)
        above_heir = {int(tree.shape.unit_ids[at]) for at in tree.shape.ancestors(tree.position(heir_id))}
        touched = [heir_id]
        for unit in closing:
            if problem := rules.why_not_change(_standing(unit), on, by.today):
                raise problem
            if unit.pk in above_heir:
                _lift(by, unit, above_heir, heir, tree, on, document)
            for child in _children(unit.pk, on):
                if child.unit_id != heir_id:
                    child_unit = _one(by, child.unit_id)
                    _succeed(by, child_unit, TreeEventKind.MOVE, on, document, parent_id=heir_id)
            above = _end_state(unit, on).parent_id
            unit.closed_on, unit.heir = on, heir
            unit.save(update_fields=["closed_on", "heir"])
            event = _event(kind, unit, on, document, by)
            record(f"org.{kind.value}", by=by, unit_id=unit.pk, about=event, heir=heir_id)
            touched += [unit.pk, *([above] if above else [])]
        _changed(on, touched)


def _lift(by: Viewer, unit: Unit, above: set[int], heir: Unit, tree: places.Tree, on: date, document: str) -> None:
    """An heir that stands somewhere below a closing unit is first put where that unit stood."""
    state = _state(unit.pk, on)
    if state.parent_id is None:
        raise Refused("org.root_cannot_close", unit=unit.pk)
    _succeed(by, heir, TreeEventKind.MOVE, on, document, parent_id=state.parent_id)


def _one(by: Viewer, unit_id: int) -> Unit:
    unit = Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    return unit


def _standing(unit: Unit) -> rules.Standing:
    newest = (
        UnitState.objects.everywhere(because="the newest state of a unit already found in reach")
        .filter(unit_id=unit.pk)
        .order_by("-since")
        .first()
    )
    return rules.Standing(
        unit_id=unit.pk,
        opened_on=unit.opened_on,
        closed_on=unit.closed_on,
        last_change=newest.since if newest else unit.opened_on,
    )


def _state(unit_id: int, on: date) -> UnitState:
    state = (
        UnitState.objects.everywhere(because="the state of a unit already found in reach")
        .filter(valid_on(on), unit_id=unit_id)
        .first()
    )
    if state is None:
        raise Refused("org.not_open_then", field="on", unit=unit_id, day=on)
    return state


def _children(unit_id: int, on: date) -> list[UnitState]:
    return list(
        UnitState.objects.everywhere(because="what stands below a unit already found in reach").filter(
            valid_on(on), parent_id=unit_id
        )
    )


def _succeed(by: Viewer, unit: Unit, kind: TreeEventKind, on: date, document: str, **changes: object) -> None:
    """End the unit's state on a day and begin one that differs by `changes`."""
    if problem := rules.why_not_change(_standing(unit), on, by.today):
        raise problem
    old = _state(unit.pk, on)
    event = _event(kind, unit, on, document, by)
    _end_state(unit, on)
    UnitState.objects.create(
        unit=unit,
        since=on,
        event=event,
        **{
            "parent_id": old.parent_id,
            "kind": old.kind,
            "is_cell": old.is_cell,
            "is_grassroots": old.is_grassroots,
            "name": old.name,
            "short_name": old.short_name,
            "folded": old.folded,
            "order": old.order,
            **changes,
        },
    )
    parents = {old.parent_id, changes.get("parent_id", old.parent_id)} - {None}
    _changed(on, [unit.pk, *(int(str(p)) for p in parents)])
    record(f"org.{kind.value}", by=by, unit_id=unit.pk, about=event)


def _end_state(unit: Unit, on: date) -> UnitState:
    state = _state(unit.pk, on)
    state.until = on
    state.save(update_fields=["until"])
    return state


def _event(kind: TreeEventKind, unit: Unit, on: date, document: str, by: Viewer) -> TreeEvent:
    return TreeEvent.objects.create(unit=unit, kind=kind, on=on, document=clean(document)[:200], by_id=by.user_id)


def _changed(on: date, unit_ids: list[int]) -> None:
    places.forget_since(on)
    mark(unit_ids, first=on)
