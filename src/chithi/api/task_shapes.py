"""What tasks and documents of a directive look like on their way in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chithi.api.shapes import Asked, Line, Shape, StrictId, Version, _plain
from chithi.core.errors import Refused
from chithi.directives.queries import Card
from chithi.following.rules import LONGEST_INTERVAL, MOST_WEIGHT
from chithi.tasks.actions import Said, Word
from chithi.tasks.helping import Helping
from chithi.tasks.queries import TaskLine, TaskPage

if TYPE_CHECKING:
    from chithi.following.models import Progress as ProgressRow

Told = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_plain)]
Share = Annotated[int, Field(strict=True, ge=0, le=100)]
States = Literal[
    "not_judged", "on_track", "at_risk", "likely_missed", "overdue", "done", "done_late", "suspended", "cancelled"
]


class Directive(Shape):
    """A document that leads, or carries out another."""

    id: int
    """Lasting id."""
    unit_id: int
    """The unit that issued it, or entered it where it came from outside."""
    kind: str
    """directive, plan, guidance and so on."""
    sign: str
    """Number and symbol as printed; empty for a draft."""
    dated: date | None
    """The day it bears."""
    issuer: str
    """Who issued it, by the name of that day."""
    summary: str
    """What it is about."""
    due_on: date | None
    """By when units below must have issued their own."""
    force: str
    """draft, not_yet, holds, ended, replaced or withdrawn."""


class Directives(Shape):
    """One page of documents."""

    items: list[Directive]
    """The documents of this page."""
    page: int
    """Its number."""
    more: bool
    """Whether another follows."""


class Tied(Shape):
    """Another document that hangs together with one."""

    kind: str
    """What the one that says it is to the other: implements, localises, corrects, replaces or concludes."""
    outward: bool
    """Whether the document asked about says it; else the other does."""
    directive: Directive
    """The other."""


class OpenedDirective(Directive):
    """A document with what hangs together with it."""

    ties: list[Tied]
    """Documents that it points to, or that point to it, within reach; what carries it out is its cascade."""
    files: list[str]
    """Names of its files."""


class Task(Shape):
    """Who does what by when. State follows from data and date."""

    id: int
    """Lasting id."""
    version: int
    """Counts writes; sent back with acts on what was seen."""
    unit_id: int | None
    """The unit whose task it is; null out of reach."""
    title: str
    """What is to be done."""
    owner: str
    """Who is responsible, where they lie in reach."""
    owner_post: str
    """The post by which they are; empty where it is the person."""
    since: date
    """When it begins."""
    due_on: date
    """When it is due."""
    share: int | None
    """How much is done, in whole percent, as said last."""
    updated_on: date | None
    """The day of the last word."""
    finished_on: date | None
    """The day on which it is said to have been finished; states and counts go by it."""
    told_on: date | None
    """The day on which that was said; null where nobody kept it."""
    accepted: bool
    """Whether that was found good."""
    state: str
    """not_judged, on_track, at_risk, likely_missed, overdue, done, done_late, suspended or cancelled."""
    days_late: int
    """By how many days it is late, or was."""


class Tasks(Shape):
    """One page of tasks."""

    items: list[Task]
    """The tasks of this page."""
    page: int
    """Its number."""
    total: int
    """How many there are in all."""


class Progress(Shape):
    """One word on how far a task is."""

    id: int
    """Lasting id."""
    key: UUID
    """The key its maker gave it."""
    event: str
    """What was done with it: finished, reopened, cancelled or put_back; empty where it only reports."""
    on: date
    """The day it speaks of."""
    share: int | None
    """In whole percent."""
    note: str
    """In words."""
    evidence: str
    """Where the evidence is found."""
    files: list[str]
    """Names of the files that came with it."""
    at: datetime
    """When it was said."""


class OpenedTask(Task):
    """A task with what belongs to it."""

    product: str
    """What there is when it is done."""
    assigned_by: str
    """The unit that gave it."""
    directive_id: int | None
    """The document that it stands under."""
    clause: str
    """Where in it."""
    parent_id: int | None
    """The task of the level above that it carries on, where that lies in reach."""
    helpers: list[int]
    """Units in reach that help."""
    helper_posts: list[int]
    """Posts that help, whoever holds them."""
    helper_people: list[int]
    """People in reach that help in person."""
    weight: int
    """How many times an ordinary task it weighs."""
    update_every: int
    """Days within which a word is expected."""
    progress: list[Progress]
    """What was said of it, newest first, at most a hundred words."""


class NewTask(Asked):
    """A task to be given. Exactly one of `post` and `person` owns it."""

    key: UUID
    """Made by the caller; the same key is the same task."""
    unit_id: StrictId
    """The unit whose task it is."""
    assigned_by: StrictId | None = None
    """The unit that gives it, above or the same; null: the caller's own where it lies above."""
    title: Line
    """What is to be done, one piece of work."""
    post: StrictId | None = None
    """The post that owns it: it follows a hand-over."""
    person: StrictId | None = None
    """The member of the unit who owns it."""
    since: date
    """When it begins."""
    due_on: date
    """When it is due."""
    product: Line = ""
    """What there is when it is done."""
    directive_id: StrictId | None = None
    """The document that it stands under."""
    clause: Annotated[str, StringConstraints(max_length=120), AfterValidator(_plain)] = ""
    """Where in it."""
    parent_id: StrictId | None = None
    """The task that it carries on."""
    helpers: Annotated[list[StrictId], Field(max_length=20)] = []
    """Units that help."""
    helper_posts: Annotated[list[StrictId], Field(max_length=20)] = []
    """Posts that help: it follows a hand-over."""
    helper_people: Annotated[list[StrictId], Field(max_length=20)] = []
    """People that help in person: members where the caller reads records of people."""
    weight: Annotated[int, Field(strict=True, ge=1, le=MOST_WEIGHT)] = 1
    """How many times an ordinary task it weighs."""
    update_every: Annotated[int, Field(strict=True, ge=1, le=LONGEST_INTERVAL)] = 30
    """Days within which a word is expected."""


class TaskWord(Asked):
    """A word on how far a task is: a share, words or both."""

    key: UUID
    """Made by the caller; the same key is the same word."""
    on: date
    """The day it speaks of: not before the task began, not after today."""
    share: Share | None = None
    """In whole percent."""
    note: Told = ""
    """In words."""
    evidence: Annotated[str, StringConstraints(max_length=500), AfterValidator(_plain)] = ""
    """Where the evidence is found."""


class Finished(Asked):
    """The work is done."""

    version: Version
    """The version of the task that the caller saw."""
    on: date
    """Since which day."""
    note: Told = ""
    """What came of it."""
    evidence: Annotated[str, StringConstraints(max_length=500), AfterValidator(_plain)] = ""
    """Where the evidence is found."""


class Reasoned(Asked):
    """An act that needs its reason."""

    version: Version
    """The version of the task that the caller saw."""
    reason: Annotated[str, StringConstraints(max_length=500), AfterValidator(_plain)]
    """Why."""


class NewDay(Reasoned):
    """Another day for a task."""

    due_on: date
    """When it is due from now on."""


class Seen(Asked):
    """An act on what was seen."""

    version: Version
    """The version of the task that the caller saw."""


def directive(card: Card) -> Directive:
    """A document as it travels."""
    return Directive(**_of_card(card))


def _of_card(card: Card) -> dict[str, Any]:
    names = ("id", "unit_id", "kind", "sign", "dated", "issuer", "summary", "due_on")
    return {name: getattr(card, name) for name in names} | {"force": card.force.value}


def opened_directive(card: Card, ties: list[Tied], files: list[str]) -> OpenedDirective:
    """With what hangs together with it."""
    return OpenedDirective(**_of_card(card), ties=ties, files=files)


def task(line: TaskLine) -> Task:
    """A task as it travels."""
    return Task(**_of_line(line))


def _of_line(line: TaskLine) -> dict[str, Any]:
    names = ("id", "version", "title", "since", "due_on", "share", "updated_on", "finished_on", "told_on", "accepted")
    return {name: getattr(line, name) for name in names} | {
        "unit_id": line.unit.id if line.unit else None,
        "owner": line.owner.name,
        "owner_post": line.owner.post,
        "state": line.state.value,
        "days_late": line.late,
    }


def opened_task(page: TaskPage) -> OpenedTask:
    """With what belongs to it."""
    row = page.task
    helping = Helping.of(one.choice for one in page.helping if one.post or one.name)
    return OpenedTask(
        **_of_line(page.line),
        product=row.product,
        assigned_by=page.above.get(row.assigned_by_id, ""),
        directive_id=row.directive_id if page.directive else None,
        clause=row.clause,
        parent_id=page.parent.pk if page.parent else None,
        helpers=[one for one in page.helpers if one in page.known],
        helper_posts=list(helping.posts),
        helper_people=list(helping.people),
        weight=row.weight,
        update_every=row.update_every,
        progress=[progress(one, [file.name for file in page.evidence.get(one.pk, ())]) for one in page.progress],
    )


def progress(row: ProgressRow, files: list[str]) -> Progress:
    """A word as it travels."""
    names = ("id", "key", "event", "on", "share", "note", "evidence", "at")
    return Progress(**{name: getattr(row, name) for name in names}, files=files)


def said(asked: NewTask) -> Said:
    """What is asked for, as the action takes it."""
    if not asked.title.strip():
        raise Refused("tasks.no_title", field="title")
    return Said(
        title=asked.title, since=asked.since, due_on=asked.due_on, post=asked.post, person=asked.person,
        product=asked.product, directive=asked.directive_id, clause=asked.clause, parent=asked.parent_id,
        helpers=tuple(asked.helpers),
        helping_posts=tuple(asked.helper_posts), helping_people=tuple(asked.helper_people),
        weight=asked.weight, update_every=asked.update_every,
    )  # fmt: skip


def word(asked: TaskWord | Finished) -> Word:
    """What is reported, as the action takes it."""
    return Word(asked.on, getattr(asked, "share", None), asked.note, asked.evidence)
