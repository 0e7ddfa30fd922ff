"""Reading tasks within reach: the list with its filters, one task with everything that belongs to it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from chithi.access.queries import account_names
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Descent
from chithi.following.evidence import Shown, shown_with
from chithi.following.kinds import Age, Followed, State
from chithi.following.models import Progress
from chithi.following.rules import days_late, state
from chithi.following.states import overdue_as, state_on
from chithi.org.models import Membership, Post, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import UnitCard, cards, names, reach_below
from chithi.tasks.directing import named
from chithi.tasks.ground import held_by, readable_task
from chithi.tasks.helping import HelperLine, who_help
from chithi.tasks.kinds import Dated
from chithi.tasks.models import DeadlineChange, Escalation, Explanation, Helper, Step, Suspension, Task
from chithi.tasks.rules import dated
from chithi.text.vietnamese import fold

_OF = "what belongs to a task found in reach"
MOST_OWNERS, MOST_CARRIED = 300, 12
"""So many are named as owners, and of those that carry a task on: the list of tasks has all."""


@dataclass(frozen=True)
class Wanted:
    """Which tasks: of `unit` and all below it (`alone`: of the very unit; 0: the whole reach), and so on.

    `told`: those brought before a unit because they missed the day they are due by now; `day`: due on the very day.
    `state` is a `State` or "" for all but the cancelled; `age` a band of overdue ones; `month` the first day of the
    month in which they are due; `mine` those the viewer owns; `text` words of the title, tone marks left out.
    `directive`: of a document and those that carry it out; `parent`: those that carry a task on directly; `owner` one
    of `owners_in`.
    """

    unit: int = 0
    alone: bool = False
    told: int = 0
    day: date | None = None
    state: str = ""
    age: str = ""
    month: date | None = None
    directive: int = 0
    mine: bool = False
    text: str = ""
    parent: int = 0
    owner: str = ""


@dataclass(frozen=True)
class Owner:
    """Who is responsible: the name where it lies in reach, the post where it is one, whether that post has ended."""

    name: str
    post: str = ""
    ended: bool = False


@dataclass(frozen=True)
class TaskLine:
    """A task as a list shows it. `unit` is None where it lies outside the reach; `dated`: the end was dated back."""

    id: int
    version: int
    title: str
    unit: UnitCard | None
    owner: Owner
    since: date
    due_on: date
    share: int | None
    updated_on: date | None
    finished_on: date | None
    accepted: bool
    state: State
    late: int
    told_on: date | None
    dated: Dated | None


@dataclass(frozen=True)
class TaskPage:
    """One task with all that belongs to it; `known` names units in reach, `above` the giving unit and those it was
    brought before, wherever they are; `people` accounts, `carried` the tasks after it, `evidence` files by word.
    `helpers` are units that help, `helping` posts and people."""

    task: Task
    line: TaskLine
    known: dict[int, UnitCard]
    above: dict[int, str]
    people: dict[int, str]
    directive: str
    parent: Task | None
    carried: tuple[TaskLine, ...]
    helpers: tuple[int, ...]
    helping: tuple[HelperLine, ...]
    steps: tuple[Step, ...]
    progress: tuple[Progress, ...]
    days: tuple[DeadlineChange, ...]
    rests: tuple[Suspension, ...]
    explanations: tuple[Explanation, ...]
    escalations: tuple[Escalation, ...]
    evidence: dict[int, tuple[Shown, ...]]


def found(viewer: Viewer, wanted: Wanted, today: date) -> ScopedQuerySet[Any]:
    """The tasks of a filter, unordered: for the list and for every count over them. Up to four queries."""
    tasks: ScopedQuerySet[Any] = _within(viewer, wanted)
    if wanted.told:
        tasks = tasks.filter(_told(viewer, wanted.told))
    if wanted.day is not None:
        tasks = tasks.filter(due_on=wanted.day)
    if wanted.month is not None:
        tasks = tasks.filter(due_on__gte=wanted.month, due_on__lte=last_of(wanted.month))
    if wanted.directive:
        tasks = tasks.filter(under(wanted.directive))
    if wanted.parent:
        tasks = tasks.filter(parent_id=wanted.parent)
    if wanted.owner:
        column = "owner_post_id" if wanted.owner.startswith("p") else "owner_person_id"
        tasks = tasks.filter(**{column: int(wanted.owner[1:])})
    if words := fold(wanted.text.replace("\x00", "")).strip():
        tasks = tasks.filter(folded__contains=words)
    if wanted.age:
        tasks = tasks.filter(overdue_as(today, Age(wanted.age)))
        tasks = tasks.alias(stands=state_on(today)).filter(stands=State.OVERDUE)
    elif wanted.state:
        tasks = tasks.alias(stands=state_on(today)).filter(stands=wanted.state)
    else:
        tasks = tasks.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=today))
    return tasks


def under(directive_id: int) -> Q:
    """The condition of tasks of a document and of all that carry it out, however many steps below."""
    below = Descent.objects.everywhere(because=_OF).filter(root_id=directive_id)
    return Q(directive_id=directive_id) | Q(directive_id__in=below.values("directive_id"))


def _told(viewer: Viewer, unit_id: int) -> Exists:
    """The condition that a task was brought before a unit in reach for the day that it is due by now."""
    rows = Escalation.objects.visible_to(viewer.reach(Capability.READ)).filter(unit_id=unit_id)
    return Exists(rows.filter(task_id=OuterRef("pk"), missed=OuterRef("due_on")))


def last_of(month: date) -> date:
    """The last day of the month that begins on a day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def tasks(viewer: Viewer, wanted: Wanted, today: date, *, page: int, size: int) -> tuple[list[TaskLine], int]:
    """One page of the list, open ones by due day, then those finished last; and how many. About ten queries."""
    every = found(viewer, wanted, today)
    rows = list(
        every.order_by(F("finished_on").desc(nulls_first=True), "due_on", "pk")[(page - 1) * size : page * size]
    )
    return lines(viewer, rows, today), every.count()


def lines(viewer: Viewer, rows: Collection[Task], today: date) -> list[TaskLine]:
    """Tasks as lists show them, in order. About five queries."""
    known = cards(viewer, {task.unit_id for task in rows}, today)
    owners = _owners(viewer, rows, today)
    return [_line(task, known, owners, today) for task in rows]


def one_task(viewer: Viewer, task_id: int) -> TaskPage:
    """A task and what belongs to it; `Absent` out of sight. About twenty queries."""
    task, today = readable_task(viewer, task_id), viewer.today
    page = _gathered(task) | {"helping": who_help(viewer, task)}
    elsewhere = {one.unit_id for one in (*page["escalations"], *page["helping"])}
    about = {task.unit_id, task.assigned_by_id, *page["helpers"], *elsewhere}
    known = cards(viewer, about, today)
    return TaskPage(
        task=task,
        line=_line(task, known, _owners(viewer, [task], today), today),
        known=known,
        above=_names_above({task.assigned_by_id, *(one.unit_id for one in page["escalations"])}, today),
        people=account_names(_doers(task, page)),
        directive=named(viewer, [task.directive_id or 0]).get(task.directive_id or 0, ""),
        parent=Task.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=task.parent_id or 0).first(),
        carried=tuple(lines(viewer, list(_carried(viewer, task).order_by("due_on", "pk")[:MOST_CARRIED]), today)),
        evidence=shown_with([one.pk for one in page["progress"]]),
        **page,
    )


def owners_in(viewer: Viewer, unit_id: int, today: date) -> list[tuple[str, str]]:
    """Who in a unit may own a task, as (choice, words): "p12" a post held today, "m34" a member. Five queries.

    Members are named to whoever may open the records of people there.
    """
    posts = list(
        Post.objects.visible_to(viewer.reach(Capability.READ))
        .filter(valid_on(today), unit_id=unit_id)
        .order_by("-is_head", "-is_key_leader", "title", "pk")[:MOST_OWNERS]
    )
    held = names(viewer, [post.person_id for post in posts], Capability.READ)
    choices = [(f"p{post.pk}", f"{post.title} – {held.get(post.person_id, '…')}") for post in posts]
    members = Membership.objects.visible_to(viewer.reach(Capability.RECORDS)).filter(valid_on(today), unit_id=unit_id)
    ids = list(members.order_by("pk").values_list("person_id", flat=True)[:MOST_OWNERS])
    people = names(viewer, ids, Capability.RECORDS)
    return choices + sorted(((f"m{one}", people[one]) for one in ids if one in people), key=lambda pair: fold(pair[1]))


def _names_above(unit_ids: Collection[int], today: date) -> dict[int, str]:
    """The names alone of units that gave a task or were told of it. One query."""
    states = UnitState.objects.everywhere(because="a task names the unit that gave it to whoever sees the task")
    rows = states.filter(unit_id__in=unit_ids, since__lte=today).order_by("since")
    return dict(rows.values_list("unit_id", "name"))


def _carried(viewer: Viewer, task: Task) -> ScopedQuerySet[Task]:
    """The tasks in reach that carry this one on and were not cancelled."""
    return Task.objects.visible_to(viewer.reach(Capability.READ)).filter(parent_id=task.pk, cancelled_on__isnull=True)


def _within(viewer: Viewer, wanted: Wanted) -> ScopedQuerySet[Task]:
    if wanted.mine:
        mine = held_by(viewer)
        everything = Task.objects.everywhere(because="a list of those tasks that somebody owns themselves")
        if mine is None:
            return everything.none()
        below = reach_below(viewer, wanted.unit, Capability.READ) if wanted.unit else None
        inside = Q() if below is None else Q(unit_id=wanted.unit) if wanted.alone else Task.reach_condition(below)
        return everything.filter(mine, inside)
    reach = viewer.reach(Capability.READ)
    if not wanted.unit:
        return Task.objects.visible_to(reach)
    below = reach_below(viewer, wanted.unit, Capability.READ)
    if wanted.alone:
        return Task.objects.visible_to(reach).filter(unit_id=wanted.unit)
    return Task.objects.visible_to(below)


def in_sight(viewer: Viewer, task_ids: Collection[int]) -> set[int]:
    """Those of these tasks that lie in reading reach. One query, none for nothing."""
    rows = Task.objects.visible_to(viewer.reach(Capability.READ)).filter(pk__in=task_ids)
    return set(rows.values_list("pk", flat=True)) if task_ids else set()


def titles_of(task_ids: Collection[int]) -> dict[int, str]:
    """The words of tasks whose holdings the caller has found in reach. One query."""
    rows = Task.objects.everywhere(because="tasks behind a count, whose holdings were found in reach")
    return dict(rows.filter(pk__in=task_ids).values_list("pk", "title"))


def top_units(viewer: Viewer, today: date) -> list[int]:
    """The highest units in reading reach, in order of the tree."""
    return reach_tree(today).tops_of(viewer.reach(Capability.READ))


def _line(task: Task, known: dict[int, UnitCard], owners: dict[int, Owner], today: date) -> TaskLine:
    facts = task.facts()
    return TaskLine(
        id=task.pk,
        version=task.version,
        title=task.title,
        unit=known.get(task.unit_id),
        owner=owners[task.pk],
        since=task.since,
        due_on=task.due_on,
        share=task.share,
        updated_on=task.updated_on,
        finished_on=task.finished_on,
        accepted=task.accepted_on is not None,
        state=state(facts, today),
        late=days_late(facts, today),
        told_on=task.told_on,
        dated=dated(task.finished_on, task.told_on, task.due_on),
    )


def _owners(viewer: Viewer, rows: Collection[Task], today: date) -> dict[int, Owner]:
    """By task. A post is named wherever the task is seen; a person where they lie in reach. Three queries."""
    posts = {
        post.pk: post
        for post in Post.objects.everywhere(because="the posts that own tasks found in reach").filter(
            pk__in={task.owner_post_id for task in rows if task.owner_post_id}
        )
    }
    holders = {post.person_id for post in posts.values()}
    people = names(viewer, holders, Capability.READ)
    people |= names(viewer, {t.owner_person_id for t in rows if t.owner_person_id}, Capability.READ)
    result: dict[int, Owner] = {}
    for task in rows:
        post = posts.get(task.owner_post_id or 0)
        if post is None:
            result[task.pk] = Owner(people.get(task.owner_person_id or 0, ""))
        else:
            ended = post.until is not None and post.until <= today
            result[task.pk] = Owner(people.get(post.person_id, ""), post.title, ended)
    return result


def _gathered(task: Task) -> dict[str, tuple]:  # type: ignore[type-arg]  # each of its own kind, as TaskPage says
    def of(model: type) -> ScopedQuerySet:  # type: ignore[type-arg]  # whichever is asked for
        return model.objects.everywhere(because=_OF).filter(task_id=task.pk)  # type: ignore[attr-defined,no-any-return]

    words = Progress.objects.everywhere(because=_OF).filter(kind=Followed.TASK, about_id=task.pk)
    return {
        "helpers": tuple(
            of(Helper)
            .filter(post_id__isnull=True, person_id__isnull=True)
            .order_by("unit_id")
            .values_list("unit_id", flat=True)
        ),
        "steps": tuple(of(Step).order_by("due_on", "pk")),
        "progress": tuple(words.order_by("-on", "-pk")[:100]),
        "days": tuple(of(DeadlineChange).order_by("-pk")[:50]),
        "rests": tuple(of(Suspension).order_by("-pk")[:50]),
        "explanations": tuple(of(Explanation).order_by("-pk")[:50]),
        "escalations": tuple(of(Escalation).order_by("-pk")[:50]),
    }


def _doers(task: Task, page: dict[str, tuple]) -> set[int | None]:  # type: ignore[type-arg]  # as above
    doers: set[int | None] = {task.by_id, task.finished_by_id, task.accepted_by_id}
    doers |= {one.by_id for one in (*page["progress"], *page["rests"])}
    for one in page["days"]:
        doers |= {one.asked_by_id, one.decided_by_id}
    for one in page["explanations"]:
        doers |= {one.asked_by_id, one.answered_by_id, one.judged_by_id}
    return doers


def in_month(wanted: Wanted, month: date) -> Wanted:
    """The same filter for tasks due in one month."""
    return replace(wanted, month=month.replace(day=1))


def due_days(viewer: Viewer, wanted: Wanted, today: date) -> list[TaskLine]:
    """The tasks of a month in the order of their days, for a calendar; at most 500. About ten queries."""
    rows = found(viewer, wanted, today).order_by("due_on", "pk")[:500]
    return lines(viewer, list(rows), today)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    return last_of(month) + timedelta(days=1)
