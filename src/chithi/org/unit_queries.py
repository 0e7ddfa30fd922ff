"""Reading units for whoever keeps the tree (`Capability.TREE`): lists below a unit, a unit's whole history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.kinds import TreeEventKind
from chithi.org.models import Closing, Membership, Post, Reorganisation, TreeEvent, Unit, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import MOST_ID, UnitCard, cards, reach_below
from chithi.text.vietnamese import fold

_WHY = "the history of a unit found in reach"
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Wanted:
    """Which units: below `top`, directly or (`deep`) on every level, on `day`, open then or closed by then."""

    top: int
    day: date
    deep: bool = False
    state: str = OPEN
    kind: str = ""
    name: str = ""


@dataclass(frozen=True)
class Stage:
    """What a unit was over an interval of days."""

    since: date
    until: date | None
    name: str
    kind: str
    is_cell: bool
    is_grassroots: bool
    parent_id: int | None


@dataclass(frozen=True)
class TreeDeed:
    """One event of a unit: what, when, by which document, who wrote it down and by which plan (None: by none, or by one
    outside the reach)."""

    kind: TreeEventKind
    on: date
    document: str
    by_id: int | None
    at: datetime
    plan_id: int | None


@dataclass(frozen=True)
class UnitStory:
    """A unit through time. `known` holds every unit named, in the viewer's reach; `took_over`: (unit, day) closed into
    it; `closings`: (heir, since, until) of its own."""

    unit: UnitCard
    opened_on: date
    stages: tuple[Stage, ...]
    deeds: tuple[TreeDeed, ...]
    closings: tuple[tuple[int, date, date | None], ...]
    took_over: tuple[tuple[int, date], ...]
    known: dict[int, UnitCard]
    members: int
    posts: int


def tops(viewer: Viewer) -> list[UnitCard]:
    """The highest units whose tree the viewer keeps. A few queries."""
    ids = reach_tree(viewer.today).tops_of(viewer.reach(Capability.TREE))
    known = cards(viewer, ids, viewer.today)
    return [known[unit] for unit in ids if unit in known]


def units_below(viewer: Viewer, wanted: Wanted, *, page: int, size: int) -> tuple[list[UnitCard], int]:
    """One page of units by name, and how many there are. About eight queries, whatever stands below."""
    reach = reach_below(viewer, wanted.top, Capability.TREE)
    states = UnitState.objects.visible_to(reach).exclude(unit_id=wanted.top)
    if wanted.state == CLOSED:
        shut = Closing.objects.visible_to(reach).filter(valid_on(wanted.day))
        if not wanted.deep:
            shut = shut.filter(heir_id=wanted.top)
        states = states.filter(unit_id__in=shut.values("unit_id"), until__lte=wanted.day)
    else:
        states = states.filter(valid_on(wanted.day))
        states = states if wanted.deep else states.filter(parent_id=wanted.top)
    if wanted.kind:
        states = states.filter(kind=wanted.kind)
    if asked := fold(wanted.name.replace("\x00", "")).strip():
        states = states.filter(folded__contains=asked)
    start = (page - 1) * size
    if wanted.state == CLOSED:
        units = Unit.objects.visible_to(reach).filter(pk__in=states.values("unit_id")).order_by("code")
        shown, total = [unit.pk for unit in units[start : start + size]], units.order_by().count()
    else:
        ids = states.order_by("folded", "unit_id").values_list("unit_id", flat=True)
        shown, total = list(ids[start : start + size]), ids.order_by().count()
    known = cards(viewer, shown, wanted.day)
    return [known[unit] for unit in shown if unit in known], total


def unit_to_change(viewer: Viewer, unit_id: int, day: date) -> UnitCard:
    """A unit whose tree the viewer keeps; `Absent` else. Three queries."""
    reach = viewer.reach(Capability.TREE)
    known = cards(viewer, [unit_id], day)
    if unit_id not in known or not Unit.objects.visible_to(reach).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    return known[unit_id]


def story(viewer: Viewer, unit_id: int) -> UnitStory:
    """Everything that happened to a unit whose tree the viewer keeps. About ten queries."""
    reach = viewer.reach(Capability.TREE)
    unit = Unit.objects.visible_to(reach).filter(pk=unit_id).first() if 0 < unit_id <= MOST_ID else None
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    states = list(UnitState.objects.visible_to(reach).filter(unit_id=unit_id).order_by("since"))
    events = list(TreeEvent.objects.visible_to(reach).filter(unit_id=unit_id).order_by("on", "pk"))
    found = Reorganisation.objects.visible_to(reach).filter(pk__in={e.plan_id for e in events if e.plan_id})
    plans = set(found.values_list("pk", flat=True))
    closings = tuple(
        Closing.objects.visible_to(reach)
        .filter(unit_id=unit_id)
        .order_by("since", "pk")
        .values_list("heir_id", "since", "until")
    )
    into = Closing.objects.everywhere(because=_WHY).filter(heir_id=unit_id, until__isnull=True)
    took_over = tuple(into.order_by("since", "unit_id").values_list("unit_id", "since"))
    day = viewer.today
    ids = {unit_id, *(s.parent_id for s in states if s.parent_id), *(heir for heir, _, _ in closings)}
    known = cards(viewer, ids | {one for one, _ in took_over}, day)
    return UnitStory(
        unit=known[unit_id],
        opened_on=unit.opened_on,
        stages=tuple(
            Stage(s.since, s.until, s.name, s.kind, s.is_cell, s.is_grassroots, s.parent_id)
            for s in states
            if s.until is None or s.until > s.since
        ),
        deeds=tuple(
            TreeDeed(TreeEventKind(e.kind), e.on, e.document, e.by_id, e.at, e.plan_id if e.plan_id in plans else None)
            for e in events
        ),
        closings=closings,
        took_over=took_over,
        known=known,
        members=Membership.objects.visible_to(reach).filter(valid_on(day), unit_id=unit_id).count(),
        posts=Post.objects.visible_to(reach).filter(valid_on(day), unit_id=unit_id).count(),
    )


def kinds_below(viewer: Viewer, unit_id: int, day: date) -> dict[str, int]:
    """How many open units of each kind stand below one whose tree the viewer keeps. Three queries."""
    reach = reach_below(viewer, unit_id, Capability.TREE)
    states = UnitState.objects.visible_to(reach).filter(valid_on(day)).exclude(unit_id=unit_id)
    counted = states.order_by("kind").values("kind").annotate(count=Count("pk"))
    return {row["kind"]: row["count"] for row in counted}


def parent_of(viewer: Viewer, unit_id: int) -> int | None:
    """The unit above one in reach, as its newest state says, be it of a day to come; None: it is the top."""
    states = UnitState.objects.visible_to(viewer.reach(Capability.TREE)).filter(unit_id=unit_id).order_by("-since")
    return states.values_list("parent_id", flat=True).first()
