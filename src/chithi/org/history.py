"""Adding to a unit's history: dated states, closings, events. The ground under every change of the tree.

A `Change` is one act, or one plan carried out: a day, a document, the units its doer reaches. What it touched is
forgotten and marked once, at its end (`finish`). Several changes of one unit on its day become one state; the list
of events keeps each.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.journal.actions import record, record_all
from chithi.org import places, rules
from chithi.org.kinds import PlanState, TreeEventKind
from chithi.org.memory import Memory
from chithi.org.models import Closing, Reorganisation, TreeEvent, Unit, UnitState, valid_on
from chithi.org.spelling import respell_units
from chithi.org.succession import hand_back, hand_over
from chithi.text.vietnamese import clean

_WHY = "the history of a unit already found in reach"
KEPT = ("parent_id", "kind", "is_cell", "is_grassroots", "name", "short_name", "folded", "order")


@dataclass
class Change:
    """One act on the tree. `within` holds the units the doer may change (None: all); `made` the events so far.

    The reach is read out at the beginning, because the act itself forgets the edition that the reach speaks of.
    """

    by: Viewer
    on: date
    document: str
    plan_id: int | None
    within: set[int] | None
    made: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    memory: Memory = field(default_factory=Memory)


def begin(by: Viewer, on: date, document: str, plan_id: int | None = None) -> Change:
    """Begin an act; refuses a day that no change may have. Call under the lock `tree`."""
    if problem := rules.why_not_on(on, by.today):
        raise problem
    reach = by.reach(Capability.TREE)
    within = None if reach.is_everything else set(places.units_within(reach))
    return Change(by, on, clean(document)[:200], plan_id, within)


def finish(change: Change) -> None:
    """Forget the editions that the act made wrong, mark every unit whose totals it changed, keep them findable."""
    if change.touched:
        places.forget_since(change.on)
        respell_units(change.touched)
        mark(change.touched, first=change.on)


def unit_of(change: Change, unit_id: int) -> Unit:
    """A unit the doer may change; `Absent` else."""
    if unit_id not in change.memory.units:
        look_ahead(change, [unit_id])
    unit = change.memory.units.get(unit_id)
    if unit is None or (change.within is not None and unit_id not in change.within):
        raise Absent("org.no_unit", unit=unit_id)
    return unit


def standing_of(change: Change, unit: Unit) -> rules.Standing:
    """The unit as the rules see it."""
    change.memory.units[unit.pk] = unit
    if unit.pk not in change.memory.standings:
        look_ahead(change, [unit.pk])
    return change.memory.standings[unit.pk]


def look_ahead(change: Change, unit_ids: Collection[int]) -> None:
    """Read what the rules will ask about these units, all at once. Five queries, fewer where much is known."""
    memory = change.memory
    units = Unit.objects.everywhere(because="compared with the doer's reach where they are used")
    missing = [unit_id for unit_id in unit_ids if unit_id not in memory.units]
    memory.units |= {unit.pk: unit for unit in units.filter(pk__in=missing)} if missing else {}
    wanted = [one for one in unit_ids if one in memory.units and one not in memory.standings]
    newest: dict[int, UnitState] = {}
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id__in=wanted).order_by("since")
    for state in states if wanted else ():
        newest[state.unit_id] = state
        if state.since <= change.on and (state.until is None or state.until > change.on):
            memory.states[state.unit_id] = state
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id__in=wanted, until__isnull=False)
    begun: dict[int, list[date]] = {}
    for unit_id, until in closings.values_list("unit_id", "until") if wanted else ():
        begun.setdefault(unit_id, []).append(until or date.min)
    own = _own_events(change, {state.event_id for state in newest.values() if state.event_id})
    for unit_id in wanted:
        unit, last = memory.units[unit_id], newest.get(unit_id)
        memory.standings[unit_id] = rules.Standing(
            unit_id=unit_id,
            opened_on=max([unit.opened_on, *begun.get(unit_id, [])]),
            closed_on=unit.closed_on,
            last_change=last.since if last else unit.opened_on,
            same_hand=last is not None and last.event_id in own,
        )


def _own_events(change: Change, event_ids: set[int]) -> set[int]:
    """Those of the events that this very act made, or its plan, or a plan of its day that never held."""
    others = event_ids - change.made
    if not others:
        return event_ids
    events = TreeEvent.objects.everywhere(because=_WHY).filter(pk__in=others, plan_id__isnull=False)
    by_plan = {pk: plan for pk, plan in events.values_list("pk", "plan_id") if plan}
    mine = {plan for plan in set(by_plan.values()) if plan == change.plan_id or _never_held(plan, change.on)}
    return (event_ids & change.made) | {pk for pk, plan in by_plan.items() if plan in mine}


def _never_held(plan_id: int, on: date) -> bool:
    """Whether a plan of this very day was undone on it: it held on no day, so that another may take its place."""
    plans = Reorganisation.objects.everywhere(because=_WHY).filter(pk=plan_id, state=PlanState.UNDONE)
    return plans.filter(on=on, undone_on=on).exists()


def may_open_again(change: Change, unit: Unit) -> bool:
    """Whether a code may be opened again, which then names the same unit: it closed when the plan that opened it was
    undone. So a corrected plan keeps the codes of the one it replaces. One query."""
    if unit.closed_on is None or (change.within is not None and unit.pk not in change.within):
        return False
    events = TreeEvent.objects.everywhere(because=_WHY)
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id=unit.pk, until__isnull=True)
    by_plan = events.filter(pk__in=closings.values("event_id"), plan_id__isnull=False).values("plan_id")
    plans = Reorganisation.objects.everywhere(because=_WHY).filter(state=PlanState.UNDONE)
    return plans.filter(pk__in=by_plan).exists()


def open_again(change: Change, unit: Unit, **state: object) -> None:
    """Open a unit whose opening had been undone, as something new. A stay without days leaves its place to this one."""
    closing = Closing.objects.everywhere(because=_WHY).get(unit_id=unit.pk, until__isnull=True)
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id=unit.pk)
    unlived = states.filter(since=change.on, until=change.on).first()
    if change.on < closing.since or (change.on == closing.since and unlived is None):
        raise Refused("org.before_last_change", field="on", day=change.on, last_change=closing.since)
    event = note(change, TreeEventKind.OPEN, unit.pk)
    change.memory.changed(unit.pk)
    change.memory.units[unit.pk] = unit
    row = unlived or UnitState(unit=unit, since=change.on)
    for name, value in {"until": None, "event": event, **state}.items():
        setattr(row, name, value)
    row.save()
    change.touched.add(closing.heir_id)
    _end_closing(change, unit, closing)


def state_on(unit_id: int, on: date) -> UnitState:
    """What a unit was on a day; refuses one that was not open then."""
    state = UnitState.objects.everywhere(because=_WHY).filter(valid_on(on), unit_id=unit_id).first()
    if state is None:
        raise Refused("org.not_open_then", field="on", unit=unit_id, day=on)
    return state


def children_on(unit_id: int, on: date) -> list[int]:
    """Units directly below on a day; refuses where one is already known to come later."""
    states = UnitState.objects.everywhere(because=_WHY).filter(parent_id=unit_id)
    later = states.filter(since__gt=on).order_by("since").first()
    if later is not None:
        raise Refused("org.before_last_change", field="on", day=on, last_change=later.since)
    return list(states.filter(valid_on(on)).order_by("order", "pk").values_list("unit_id", flat=True))


def above(unit_id: int, day: date) -> list[int]:
    """From the unit's parent up to the root on a day. One query a level."""
    found: list[int] = []
    at: int | None = unit_id
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day))
    while at is not None:
        at = states.filter(unit_id=at).values_list("parent_id", flat=True).first()
        if at in found:
            raise Refused("org.cyclic_move", field="parent", unit=unit_id, parent=at)
        if at is not None:
            found.append(at)
    return found


def standing_below(change: Change, unit_id: int, kind: str) -> dict[int, list[int]]:
    """Units of a kind that stand below a unit on the day, with their way up to the root."""
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(change.on), kind=kind)
    ways = {one: above(one, change.on) for one in states.values_list("unit_id", flat=True)}
    return {one: way for one, way in ways.items() if unit_id in way}


def days_from(change: Change) -> list[date]:
    """The act's day, and those after it on which a change is already laid down."""
    if change.memory.later is None:
        states = UnitState.objects.everywhere(because=_WHY).filter(since__gt=change.on)
        change.memory.later = sorted(set(states.values_list("since", flat=True)))
    return [change.on, *change.memory.later]


def note(change: Change, kind: TreeEventKind, unit_id: int, **facts: object) -> TreeEvent:
    """Write an event and its line in the journal."""
    event = TreeEvent.objects.create(
        unit_id=unit_id,
        kind=kind,
        on=change.on,
        document=change.document,
        plan_id=change.plan_id,
        by_id=change.by.user_id,
    )
    change.made.add(event.pk)
    change.touched.add(unit_id)
    verb = "opened" if kind is TreeEventKind.OPEN else kind.value
    record(f"org.{verb}", by=change.by, unit_id=unit_id, about=event, **facts)
    return event


def succeed(change: Change, unit: Unit, how: TreeEventKind, /, **changes: object) -> None:
    """End the unit's state on the day and begin one that differs by `changes`; on one day they become one."""
    if problem := rules.why_not_change(standing_of(change, unit), change.on, change.by.today):
        raise problem
    old = change.memory.states.get(unit.pk) or state_on(unit.pk, change.on)
    event = note(change, how, unit.pk)
    change.memory.changed(unit.pk)
    change.touched |= {p for p in (old.parent_id, changes.get("parent_id")) if isinstance(p, int)}
    if old.since == change.on:
        for name, value in changes.items():
            setattr(old, name, value)
        old.event = event
        old.save()
        return
    old.until = change.on
    old.save(update_fields=["until"])
    UnitState.objects.create(unit=unit, since=change.on, event=event, **{**kept(old), **changes})


def sound(change: Change) -> None:
    """Build the tree of the day and of every later one; refuses a ring, or a unit left under one that is closed."""
    for day in days_from(change):
        shape = places.build_edition(day)
        lost = shape.present & (shape.parent >= 0) & ~shape.present[shape.parent]
        if lost.any():
            raise Refused("org.parent_not_open", field="parent", unit=int(shape.unit_ids[lost][0]), day=day)


def kept(state: UnitState) -> dict[str, object]:
    """What a later state takes over from this one where nothing changes."""
    return {name: getattr(state, name) for name in KEPT}


def put_under(change: Change, unit: Unit, parent: Unit, kind: TreeEventKind = TreeEventKind.MOVE) -> None:
    """Put a unit with all below it under another one, on the day and every later one without going round."""
    over = {ancestor for day in days_from(change) for ancestor in change.memory.way(parent.pk, day, above)}
    if problem := rules.why_not_move(standing_of(change, unit), standing_of(change, parent), over, change.on):
        raise problem
    succeed(change, unit, kind, parent_id=parent.pk)


def put_all_under(change: Change, unit_ids: list[int], parent: Unit) -> None:
    """Put many units under another one, as `put_under` does one by one: the same rows, written together.

    Where a province is put in order some thousand cells go over to new communes.
    """
    look_ahead(change, unit_ids)
    over = {ancestor for day in days_from(change) for ancestor in change.memory.way(parent.pk, day, above)}
    units = [unit_of(change, unit_id) for unit_id in unit_ids]
    for unit in units:
        if problem := rules.why_not_move(standing_of(change, unit), standing_of(change, parent), over, change.on):
            raise problem
        if problem := rules.why_not_change(standing_of(change, unit), change.on, change.by.today):
            raise problem
    states = [change.memory.states.get(unit.pk) or state_on(unit.pk, change.on) for unit in units]
    if any(state.since == change.on for state in states):  # begun by this act, or by a plan of this day: made one
        for unit in units:
            put_under(change, unit, parent)
        return
    events = note_all(change, TreeEventKind.MOVE, unit_ids)
    for unit, old in zip(units, states, strict=True):
        change.memory.changed(unit.pk)
        change.touched |= {one for one in (old.parent_id, parent.pk) if one}
    rows = UnitState.objects.everywhere(because=_WHY).filter(pk__in=[old.pk for old in states])
    rows.update(until=change.on, version=F("version") + 1)
    UnitState.objects.bulk_create(
        (
            UnitState(unit=unit, since=change.on, event=event, **{**kept(old), "parent_id": parent.pk})
            for unit, old, event in zip(units, states, events, strict=True)
        ),
        batch_size=300,
    )


def note_all(change: Change, kind: TreeEventKind, unit_ids: list[int]) -> list[TreeEvent]:
    """As `note` for many units, written together; the events in the units' order."""
    made = [
        TreeEvent(
            unit_id=unit_id,
            kind=kind,
            on=change.on,
            document=change.document,
            plan_id=change.plan_id,
            by_id=change.by.user_id,
        )
        for unit_id in unit_ids
    ]
    events = TreeEvent.objects.bulk_create(made, batch_size=300)
    change.made |= {event.pk for event in events}
    change.touched |= set(unit_ids)
    record_all(f"org.{kind.value}", [(event.unit_id, event) for event in events], by=change.by)
    return events


def end(change: Change, unit: Unit, heir_id: int, kind: TreeEventKind) -> None:
    """Close a unit that nothing stands below any more. A state begun on the same day never held and goes."""
    state = state_on(unit.pk, change.on)
    event = note(change, kind, unit.pk, heir=heir_id)
    change.memory.changed(unit.pk)
    if state.parent_id is not None:
        change.touched.add(state.parent_id)
    change.touched.add(heir_id)
    earlier = UnitState.objects.everywhere(because=_WHY).filter(unit_id=unit.pk, until=change.on)
    if state.since == change.on and earlier.exists():
        state.delete()
    else:
        state.until = change.on
        state.save(update_fields=["until"])
    Closing.objects.create(unit=unit, heir_id=heir_id, since=change.on, event=event)
    unit.closed_on, unit.heir_id = change.on, heir_id
    unit.save(update_fields=["closed_on", "heir"])
    hand_over(unit.pk, heir_id, change.on)


def reopen(change: Change, unit: Unit, was: UnitState) -> None:
    """End a closing: the unit is again what `was` says, from the day on."""
    closing = Closing.objects.everywhere(because=_WHY).get(unit_id=unit.pk, until__isnull=True)
    heir_id = closing.heir_id
    event = note(change, TreeEventKind.REOPEN, unit.pk, heir=heir_id)
    change.memory.changed(unit.pk)
    UnitState.objects.create(unit=unit, since=change.on, event=event, **kept(was))
    change.touched |= {heir_id, *([was.parent_id] if was.parent_id else [])}
    _end_closing(change, unit, closing)


def _end_closing(change: Change, unit: Unit, closing: Closing) -> None:
    closing.until = change.on
    closing.save(update_fields=["until"])
    unit.closed_on, unit.heir = None, None
    unit.save(update_fields=["closed_on", "heir"])
    hand_back(closing.heir_id, unit.pk, change.on)
