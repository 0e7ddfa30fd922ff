"""Undoing an applied plan as new events: from a day on, every unit is again what it was before the plan.

Nothing is deleted. What the plan opened closes into the level above it; what it closed is opened again; the days
between keep the tree they had. Refused where something was built on the plan since, with every reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chithi.core.errors import Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Viewer
from chithi.journal.actions import record
from chithi.org import history, places
from chithi.org.history import Change
from chithi.org.kinds import PlanState, TreeEventKind
from chithi.org.models import Closing, Membership, Reorganisation, Transfer, TreeEvent, Unit, UnitState, valid_on
from chithi.org.plan_preview import records_of
from chithi.org.plan_rows import Problem
from chithi.org.plan_steps import belonging, gone_over
from chithi.org.plans import begun, plan_in_reach

_WHY = "what a plan touched, under a unit found in reach"
MAY_STAY = frozenset(
    {
        *("access.rolegrant", "reporting.report", "org.membership", "org.groupmember", "org.unitlink"),
        *("registry.office", "registry.term"),
        *("tasks.task", "tasks.helper", "tasks.step", "tasks.deadlinechange", "tasks.suspension", "tasks.explanation"),
        *("tasks.escalation", "following.progress", "following.evidence", "tasks.holding", "tasks.planline"),
        *("directives.directive", "directives.directivelink", "directives.attachment", "directives.recipient"),
        *("directives.soughtwords", "directives.descent", "registry.issued", "registry.series"),
        *("dossiers.section", "dossiers.seat"),
    }
)
"""Records of an opened unit that do not stand in the way as such: roles end with it, and so do its places in groups and
its ties; a made report and a document that went out stay what they are, memberships are looked at one by one. Open
tasks and helper sections go back to whom they came from, or on to the heir."""


def why_not_undo(*, by: Viewer, plan_id: int, on: date) -> tuple[Problem, ...]:
    """Every reason why a plan cannot be undone on a day; empty where it can."""
    plan = _applied(by, plan_id, on)
    return tuple(_Past(plan).reasons(on))


def undo(*, by: Viewer, plan_id: int, on: date, document: str = "") -> Reorganisation:
    """Give the tree back its form from a day on, in one transaction."""
    with only_one("tree"):
        plan = _applied(by, plan_id, on)
        past = _Past(plan)
        reasons = list(past.reasons(on))
        if reasons:
            raise Refused("org.built_on_since", count=len(reasons))
        change = begun(by, plan, on, document)
        _give_back(change, past)
        history.sound(change)
        history.finish(change)
        plan.state, plan.undone_on, plan.undone_document = PlanState.UNDONE, on, change.document
        plan.save(update_fields=["state", "undone_on", "undone_document"])
        record("org.plan_undone", by=by, unit_id=plan.unit_id, about=plan, events=len(change.made))
        return plan


def why_not_from(plan: Reorganisation, on: date) -> Refused | None:
    """Whether a plan can be undone from a day at all, as far as the plan itself says."""
    if plan.state != PlanState.APPLIED:
        return Refused("org.plan_not_applied", state=plan.state)
    if on < plan.on:
        return Refused("org.before_last_change", field="on", day=on, last_change=plan.on)
    return None


def _applied(by: Viewer, plan_id: int, on: date) -> Reorganisation:
    plan = plan_in_reach(by, plan_id)
    if problem := why_not_from(plan, on):
        raise problem
    return plan


class _Past:
    """The units a plan touched: what each was on the day before, and which of them it opened or closed."""

    def __init__(self, plan: Reorganisation) -> None:
        self.plan = plan
        events = TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan.pk)
        self.ids = sorted(set(events.values_list("unit_id", flat=True)))
        self.units = {u.pk: u for u in Unit.objects.everywhere(because=_WHY).filter(pk__in=self.ids)}
        eve = plan.on - timedelta(days=1)
        states = UnitState.objects.everywhere(because=_WHY).filter(unit_id__in=self.ids)
        self.was = {state.unit_id: state for state in states.filter(valid_on(eve))}
        self.opened = [u for u in self.ids if u not in self.was]
        closings = Closing.objects.everywhere(because=_WHY).filter(event_id__in=events.values("pk"))
        self.closed = sorted(closings.values_list("unit_id", flat=True))
        self.tree = places.tree_on(eve)

    def reasons(self, on: date) -> Iterator[Problem]:
        yield from self._changed_since()
        yield from self._under_the_opened()
        yield from self._records(on)
        yield from self._parents_gone()
        yield from self._cells_gone(on)

    def _changed_since(self) -> Iterator[Problem]:
        events = TreeEvent.objects.everywhere(because=_WHY).filter(unit_id__in=self.ids).order_by("pk")
        newest = {event.unit_id: event for event in events}
        for unit_id, event in newest.items():
            if event.plan_id != self.plan.pk:
                yield Problem("undo.changed_since", facts={"said": self.units[unit_id].code, "day": event.on})

    def _under_the_opened(self) -> Iterator[Problem]:
        """Units that came under an opened one, or closed into it, by another hand."""
        states = UnitState.objects.everywhere(because=_WHY).filter(parent_id__in=self.opened, until__isnull=True)
        came = states.exclude(unit_id__in=self.ids).values_list("unit_id", "parent_id")
        for unit_id, parent_id in came:
            facts = {"said": _code(unit_id), "parent": self.units[parent_id].code}
            yield Problem("undo.came_under", facts=facts)
        closings = Closing.objects.everywhere(because=_WHY).filter(heir_id__in=self.opened, until__isnull=True)
        for unit_id, heir_id in closings.exclude(unit_id__in=self.ids).values_list("unit_id", "heir_id"):
            yield Problem("undo.closed_into", facts={"said": _code(unit_id), "heir": self.units[heir_id].code})

    def _records(self, on: date) -> Iterator[Problem]:
        moved = Transfer.objects.everywhere(because=_WHY).filter(plan_id=self.plan.pk).values("joined_id")
        for unit_id in self.opened:
            found = {label: n for label, n in records_of([unit_id], on).items() if label not in MAY_STAY}
            own = Membership.objects.everywhere(because=_WHY).filter(unit_id=unit_id).exclude(pk__in=moved)
            if members := own.filter(valid_on(on)).count():
                found["org.membership"] = members
            for label, count in sorted(found.items()):
                yield Problem("undo.records", facts={"said": self.units[unit_id].code, "count": count, "what": label})

    def _parents_gone(self) -> Iterator[Problem]:
        parents = {state.parent_id for state in self.was.values() if state.parent_id} - set(self.closed)
        gone = set(
            Unit.objects.everywhere(because=_WHY)
            .filter(pk__in=parents, closed_on__isnull=False)
            .values_list("pk", flat=True)
        )
        for unit_id, state in self.was.items():
            if state.parent_id in gone:
                yield Problem("undo.parent_gone", facts={"said": self.units[unit_id].code})

    def _cells_gone(self, on: date) -> Iterator[Problem]:
        """Cells whose members would go back and that have closed since by another hand."""
        back = {left.unit_id for left, _ in _to_send_back(self.plan.pk, on)} - set(self.closed)
        units = Unit.objects.everywhere(because=_WHY).filter(pk__in=back, closed_on__isnull=False).order_by("pk")
        for unit in units:
            yield Problem("undo.changed_since", facts={"said": unit.code, "day": unit.closed_on})


def _give_back(change: Change, past: _Past) -> None:
    """Open again from the top down, restore what was moved or renamed, send members back, close what was opened."""
    for unit_id in sorted(past.closed, key=past.tree.position):
        history.reopen(change, history.unit_of(change, unit_id), past.was[unit_id])
    for unit_id in sorted(set(past.was) - set(past.closed)):
        then, now = history.kept(past.was[unit_id]), history.kept(history.state_on(unit_id, change.on))
        if then != now:
            history.succeed(change, history.unit_of(change, unit_id), TreeEventKind.RESTORE, **then)
    _send_back(change, past.plan.pk)
    depth = {unit_id: len(history.above(unit_id, change.on)) for unit_id in past.opened}
    for unit_id in sorted(past.opened, key=lambda one: (-depth[one], one)):
        parent_id = history.state_on(unit_id, change.on).parent_id
        if parent_id is None:
            raise Refused("org.root_cannot_close", unit=unit_id)
        history.end(change, history.unit_of(change, unit_id), parent_id, TreeEventKind.CLOSE)


def _send_back(change: Change, plan_id: int) -> None:
    """Members whom the plan put into another cell and who are still there go back; who has left since, has left."""
    with only_one("people"):
        going = _to_send_back(plan_id, change.on)
        change.touched |= belonging(joined for _, joined in going)
        for left, joined in going:
            gone_over(change, joined, left.unit_id)


def _to_send_back(plan_id: int, on: date) -> list[tuple[Membership, Membership]]:
    """The membership from before the plan and the one that it began last, where the latter holds on the day.

    Two queries for each few hundred members.
    """
    rows = Transfer.objects.everywhere(because=_WHY).filter(plan_id=plan_id).order_by("-pk")
    before = dict(rows.values_list("joined_id", "left_id"))
    known = Membership.objects.everywhere(because=_WHY).in_bulk({*before, *before.values()})
    found = []
    for joined_id in before:
        left_id = before[joined_id]
        while left_id in before:  # the plan moved somebody twice
            left_id = before[left_id]
        joined = known[joined_id]
        if joined.until is None or joined.until > on:
            found.append((known[left_id], joined))
    return found


def _code(unit_id: int) -> str:
    return str(Unit.objects.everywhere(because=_WHY).filter(pk=unit_id).values_list("code", flat=True).first())
