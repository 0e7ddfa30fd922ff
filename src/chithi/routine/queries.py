"""Reading work calendars within reach: the lines of a unit, what falls in a year, what is offered from above."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives.rules import is_asked
from chithi.following.kinds import State
from chithi.following.rules import state
from chithi.org.kinds import UnitKind
from chithi.org.models import Post, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import MOST_ID, in_reach, names
from chithi.routine.kinds import Makes, Standing
from chithi.routine.models import Declined, Line, Turn
from chithi.routine.rules import changed, place, turns
from chithi.tasks.models import Task

MOST = 600
"""Tasks that a page of a year shows; whoever has more opens the list of tasks."""
SAID = ("title", "content", "product", "rhythm", "month", "until_month", "day", "day_off", "span", "makes", "remind")
"""What of a line is taken over from another one, and compared with it."""
_WHY = "lines that a unit above offers to the kind of a unit found in reach"
_OWN = "what was made of the lines of a unit found in reach"
_POSTS = "who holds the posts that the lines of a unit found in reach name"


@dataclass(frozen=True)
class Due:
    """One thing of a year: a task (with its state), a reminder (`done`), or a turn of a line that is not made yet."""

    on: date
    title: str
    kind: str
    id: int
    state: State | None = None
    done: bool = False
    version: int = 0


@dataclass(frozen=True)
class Planned:
    """A turn of a line before the year is made; `standing` says whether it can be, `due_on` its day as it stands."""

    line: Line
    slot: str
    due_on: date
    since: date
    standing: Standing
    owner: str = ""
    task_id: int | None = None

    @property
    def code(self) -> str:
        """What a tick sends: line, a colon, slot."""
        return f"{self.line.pk}:{self.slot}"


@dataclass(frozen=True)
class Offer:
    """A line of a unit above that is offered to a unit. `ours`: the unit's own one taken from it, `fields` what it says
    otherwise since; None: not taken yet."""

    line: Line
    giver: str
    ours: Line | None = None
    fields: tuple[str, ...] = ()


def must_read(viewer: Viewer, unit_id: int, capability: Capability = Capability.READ) -> None:
    """Raises `Absent` where a unit lies out of the reach of a capability."""
    if not in_reach(viewer, unit_id, capability):
        raise Absent("org.no_unit", unit=unit_id)


def lines_of(viewer: Viewer, unit_id: int) -> list[Line]:
    """The lines of a unit in reach, in the order of their days. Two queries."""
    must_read(viewer, unit_id)
    rows = Line.objects.visible_to(viewer.reach(Capability.READ)).filter(unit_id=unit_id, dropped_on__isnull=True)
    return sorted(rows, key=lambda one: (place(one.when()), one.title, one.pk))


def one_line(viewer: Viewer, line_id: int, capability: Capability = Capability.READ) -> Line:
    """A line of a unit in the reach of a capability; `Absent` else. One query."""
    rows = Line.objects.visible_to(viewer.reach(capability))
    found = rows.filter(pk=line_id).first() if 0 < line_id <= MOST_ID else None
    if found is None:
        raise Absent("routine.no_line", line=line_id)
    return found


def planned(viewer: Viewer, unit_id: int, year: int) -> list[Planned]:
    """Every turn of the unit's lines in a year, by day. Five queries."""
    lines = lines_of(viewer, unit_id)
    rows = Turn.objects.everywhere(because=_OWN).filter(unit_id=unit_id, line_id__in=[line.pk for line in lines])
    made = {(row.line_id, row.slot): row for row in rows}
    holders = owners(viewer, lines)
    found = []
    for line in lines:
        for turn in turns(line.when(), year):
            row, owner = made.get((line.pk, turn.slot)), holders.get(line.owner_post_id or 0, "")
            how = _standing(line, turn.due_on, row, owner, viewer.today)
            due, task = (row.due_on, row.task_id) if row else (turn.due_on, None)
            found.append(Planned(line, turn.slot, due, turn.since, how, owner, task))
    return sorted(found, key=lambda one: (one.due_on, one.line.title, one.line.pk))


def _standing(line: Line, due_on: date, made: Turn | None, owner: str, today: date) -> Standing:
    if made is not None:
        return Standing.MADE
    if due_on < today:
        return Standing.OVER
    return Standing.NOBODY if line.makes == Makes.TASK and not owner else Standing.READY


def owners(viewer: Viewer, lines: Iterable[Line]) -> dict[int, str]:
    """The posts that lines name and somebody holds today, as words. Two queries."""
    wanted = {line.owner_post_id for line in lines if line.owner_post_id}
    if not wanted:
        return {}
    posts = list(Post.objects.everywhere(because=_POSTS).filter(valid_on(viewer.today), pk__in=wanted))
    held = names(viewer, [post.person_id for post in posts], Capability.READ)
    return {post.pk: f"{post.title} – {held.get(post.person_id, '…')}" for post in posts}


def posts_in(viewer: Viewer, unit_id: int) -> list[tuple[int, str]]:
    """Posts held today in a unit in reach, heads first, with who holds them. Two queries."""
    rows = Post.objects.visible_to(viewer.reach(Capability.READ)).filter(valid_on(viewer.today), unit_id=unit_id)
    posts = list(rows.order_by("-is_head", "-is_key_leader", "title", "pk")[:MOST])
    held = names(viewer, [post.person_id for post in posts], Capability.READ)
    return [(post.pk, f"{post.title} – {held.get(post.person_id, '…')}") for post in posts]


def year_of(viewer: Viewer, unit_id: int, year: int) -> tuple[list[Due], bool]:
    """All that is due in a unit in a year, by day: its own tasks, reminders, turns not made yet; and whether there are
    more tasks than are shown. Eight queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    coming = [one for one in planned(viewer, unit_id, year) if one.standing in (Standing.READY, Standing.NOBODY)]
    reach = viewer.reach(Capability.READ)
    tasks = Task.objects.visible_to(reach).filter(
        unit_id=unit_id, due_on__gte=first, due_on__lte=last, cancelled_on__isnull=True
    )
    shown = list(tasks.order_by("due_on", "pk")[: MOST + 1])
    reminders = list(
        Turn.objects.visible_to(reach).filter(
            unit_id=unit_id, task_id__isnull=True, due_on__gte=first, due_on__lte=last
        )
    )
    titles = dict(
        Line.objects.everywhere(because=_OWN)
        .filter(pk__in={row.line_id for row in reminders})
        .values_list("pk", "title")
    )
    found = [
        *(Due(one.due_on, one.line.title, "planned", one.line.pk) for one in coming),
        *(Due(t.due_on, t.title, "task", t.pk, state(t.facts(), viewer.today)) for t in shown[:MOST]),
        *(
            Due(row.due_on, titles[row.line_id], "reminder", row.pk, None, row.done_on is not None, row.version)
            for row in reminders
        ),
    ]
    return sorted(found, key=lambda due: (due.on, due.kind, due.title)), len(shown) > MOST


def offers(viewer: Viewer, unit_id: int) -> list[Offer]:
    """What units above offer to a unit in reach: not taken yet, and taken but changed since. Up to seven queries."""
    must_read(viewer, unit_id)
    rows = _offered_to(viewer, [unit_id]).get(unit_id, [])
    if not rows:
        return []
    taken = _taken(viewer, unit_id)
    declined = set(_declined([unit_id]))
    givers = _names({row.unit_id for row in rows}, viewer.today)
    found = []
    for row in rows:
        ours, giver = taken.get(row.pk), givers.get(row.unit_id, "")
        if ours is None:
            if (unit_id, row.pk) not in declined:
                found.append(Offer(row, giver))
        elif ours.origin_version < row.version and (fields := differing(ours, row)):
            found.append(Offer(row, giver, ours, tuple(fields)))
    return sorted(found, key=lambda one: (place(one.line.when()), one.line.title, one.line.pk))


def differing(ours: Line, theirs: Line) -> list[str]:
    """The fields in which a line differs from the one it was taken from."""
    return changed({name: getattr(ours, name) for name in SAID}, {name: getattr(theirs, name) for name in SAID})


def waiting(viewer: Viewer, unit_ids: Collection[int]) -> dict[int, int]:
    """Of these units, how many offered lines each has neither taken nor declined. Up to six queries."""
    rows = _offered_to(viewer, unit_ids)
    if not rows:
        return {}
    own = Line.objects.everywhere(because=_WHY).filter(
        unit_id__in=list(rows), origin_id__isnull=False, dropped_on__isnull=True
    )
    gone = set(own.values_list("unit_id", "origin_id")) | set(_declined(rows))
    counts = {unit: sum((unit, line.pk) not in gone for line in lines) for unit, lines in rows.items()}
    return {unit: count for unit, count in counts.items() if count}


def offered_line(viewer: Viewer, unit_id: int, line_id: int) -> Line | None:
    """The line of a unit above that is offered to a unit; None where it is not."""
    rows = _offered_to(viewer, [unit_id]).get(unit_id, [])
    return next((row for row in rows if row.pk == line_id), None)


def _offered_to(viewer: Viewer, unit_ids: Collection[int]) -> dict[int, list[Line]]:
    """The lines that units above offer to each of these units, by its kind. Two queries."""
    tree = reach_tree(viewer.today)
    above: dict[int, set[int]] = {}
    for unit in unit_ids:
        at = tree.find(unit)
        if at is not None:
            above[unit] = {int(tree.shape.unit_ids[one]) for one in tree.shape.ancestors(at)}
    higher = set().union(*above.values()) if above else set()
    if not higher:
        return {}
    rows = list(
        Line.objects.everywhere(because=_WHY)
        .filter(unit_id__in=higher, dropped_on__isnull=True)
        .exclude(offers_to="")
        .order_by("pk")
    )
    if not rows:
        return {}
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(viewer.today), unit_id__in=list(above))
    found: dict[int, list[Line]] = {}
    for one in states:
        lines = [row for row in rows if row.unit_id in above[one.unit_id] and _is_for(row, one)]
        if lines:
            found[one.unit_id] = lines
    return found


def _is_for(line: Line, unit: UnitState) -> bool:
    kinds = [kind for kind in line.offers_to.split(",") if kind]
    return any(is_asked(kind, unit.is_cell, unit.is_grassroots, UnitKind(unit.kind)) for kind in kinds)


def _taken(viewer: Viewer, unit_id: int) -> dict[int, Line]:
    rows: ScopedQuerySet[Line] = Line.objects.visible_to(viewer.reach(Capability.READ)).filter(
        unit_id=unit_id, origin_id__isnull=False, dropped_on__isnull=True
    )
    return {row.origin_id: row for row in rows if row.origin_id is not None}


def _declined(unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    rows = Declined.objects.everywhere(because=_WHY).filter(unit_id__in=list(unit_ids))
    return list(rows.values_list("unit_id", "line_id"))


def _names(unit_ids: Collection[int], today: date) -> dict[int, str]:
    """Short names of the units that offer: a unit is told who does, whatever it may read otherwise. One query."""
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id__in=unit_ids, since__lte=today)
    return dict(states.order_by("since").values_list("unit_id", "short_name"))
