"""Reading reorganisation plans within the reach of `Capability.TREE`: a list, one with its rows, what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.kinds import PlanState, TreeEventKind
from chithi.org.models import Closing, Reorganisation, ReorganisationStep, TreeEvent, Unit
from chithi.org.pending import in_unit
from chithi.org.places import tree_on
from chithi.org.plan_preview import Happening, happenings_of
from chithi.org.plan_rows import Row
from chithi.org.plans import plan_in_reach, rows_of
from chithi.org.queries import MOST_ID, cards, in_reach

_WHY = "what belongs to plans found in reach"
LOOKED_INTO = 100
"""In so many closing units open work is looked for before a plan is applied."""


@dataclass(frozen=True)
class PlanCard:
    """A plan as it is shown. `unit` is the name of the unit under which it happens; `rows` how many rows it has."""

    id: int
    version: int
    title: str
    unit_id: int
    unit: str
    on: date
    document: str
    state: PlanState
    by_id: int | None
    at: datetime
    undone_on: date | None
    undone_document: str
    rows: int


def plans(viewer: Viewer, *, state: str = "", page: int = 1, size: int = 50) -> tuple[list[PlanCard], int]:
    """One page of plans, the newest first, and how many there are. Six queries."""
    found = Reorganisation.objects.visible_to(viewer.reach(Capability.TREE)).order_by("-pk")
    if state:
        found = found.filter(state=state)
    start = (page - 1) * size
    return _cards(viewer, list(found[start : start + size])), found.order_by().count()


def one_plan(viewer: Viewer, plan_id: int) -> PlanCard:
    """A plan in reach; `Absent` else."""
    return _cards(viewer, [plan_found(viewer, plan_id)])[0]


def plan_rows(viewer: Viewer, plan_id: int) -> list[Row]:
    """The rows of a plan in reach, in order; those not understood are among them."""
    return rows_of(plan_found(viewer, plan_id))


def done_by(viewer: Viewer, plan_id: int) -> tuple[Happening, ...]:
    """What a plan in reach did when it was applied, in order."""
    plan = plan_found(viewer, plan_id)
    return happenings_of(plan.pk, plan.on)


def heirs_of(viewer: Viewer, plan_id: int) -> dict[int, int]:
    """Units that a plan in reach closed -> their heirs."""
    plan = plan_found(viewer, plan_id)
    events = TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan.pk, on=plan.on)
    closings = Closing.objects.everywhere(because=_WHY).filter(event_id__in=events.values("pk"), since=plan.on)
    return dict(closings.order_by("unit_id").values_list("unit_id", "heir_id"))


def opened_by(viewer: Viewer, plan_id: int) -> list[int]:
    """Units that a plan in reach opened and that are open today."""
    plan = plan_found(viewer, plan_id)
    events = TreeEvent.objects.everywhere(because=_WHY).filter(plan_id=plan.pk, kind=TreeEventKind.OPEN)
    units = Unit.objects.everywhere(because=_WHY).filter(pk__in=events.values("unit_id"), closed_on__isnull=True)
    return list(units.order_by("pk").values_list("pk", flat=True))


def open_work(viewer: Viewer, unit_ids: Sequence[int], day: date) -> tuple[list[tuple[str, int]], int]:
    """What is open in units whose tree the viewer keeps, as (sort, count), and in how many units it was looked for.

    Each unit costs a few queries, so only the first `LOOKED_INTO` are asked.
    """
    kept = Unit.objects.visible_to(viewer.reach(Capability.TREE)).filter(pk__in=list(unit_ids)[:LOOKED_INTO])
    counted: dict[str, int] = {}
    looked = sorted(kept.values_list("pk", flat=True))
    for unit_id in looked:
        for pending in in_unit(unit_id, day):
            counted[pending.code] = counted.get(pending.code, 0) + pending.count
    return [(code, count) for code, count in counted.items() if count], len(looked)


def shared_top(viewer: Viewer, unit_ids: list[int], on: date) -> int:
    """The lowest unit that holds all of these on a day (today's tree where the day is past); `Absent` if out of reach.

    A plan about them happens under it.
    """
    tree = tree_on(max(on, viewer.today))
    shape = tree.shape
    ways = []
    for unit_id in unit_ids:
        at = tree.position(unit_id)
        ways.append([int(shape.unit_ids[place]) for place in (at, *shape.ancestors(at))])
    shared = next((unit for unit in ways[0] if all(unit in way for way in ways[1:])), None)
    if shared is None or not in_reach(viewer, shared, Capability.TREE):
        raise Absent("org.no_unit", unit=shared)
    return shared


def plan_found(viewer: Viewer, plan_id: int) -> Reorganisation:
    """The plan in reach itself; `Absent` else, also for a number no plan can have."""
    if plan_id > MOST_ID:
        raise Absent("org.no_plan", plan=plan_id)
    return plan_in_reach(viewer, plan_id)


def _cards(viewer: Viewer, found: list[Reorganisation]) -> list[PlanCard]:
    units = cards(viewer, {plan.unit_id for plan in found}, viewer.today)
    steps = ReorganisationStep.objects.everywhere(because=_WHY).filter(plan_id__in=[plan.pk for plan in found])
    counted = {row["plan_id"]: row["count"] for row in steps.values("plan_id").annotate(count=Count("pk"))}
    return [
        PlanCard(
            id=plan.pk,
            version=plan.version,
            title=plan.title,
            unit_id=plan.unit_id,
            unit=units[plan.unit_id].name if plan.unit_id in units else "",
            on=plan.on,
            document=plan.document,
            state=PlanState(plan.state),
            by_id=plan.by_id,
            at=plan.at,
            undone_on=plan.undone_on,
            undone_document=plan.undone_document,
            rows=counted.get(plan.pk, 0),
        )
        for plan in found
    ]
