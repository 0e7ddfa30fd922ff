"""Giving tasks, wording them anew, reporting on them, finishing them. What is decided about them: `tasks.decisions`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.files.checks import Brought
from chithi.following.evidence import put_to
from chithi.following.kinds import Event, Followed
from chithi.following.models import Progress
from chithi.following.rules import why_not_past, why_not_word
from chithi.org.models import Membership, Post, valid_on
from chithi.org.places import reach_tree
from chithi.tasks import rules
from chithi.tasks.directing import directive_for
from chithi.tasks.ground import must_be_open, note, readable_task, to_do
from chithi.tasks.heading import directing, directs
from chithi.tasks.helping import Helping, set_helpers
from chithi.tasks.kinds import Act
from chithi.tasks.models import Holding, Step, Task
from chithi.tasks.origins import From
from chithi.text.vietnamese import clean, fold

_OF = "what belongs to a task found in reach"
_OWNER = "whether somebody named as owner belongs to the unit, found in reach"


@dataclass(frozen=True)
class Said:
    """What is said of a task. Exactly one of `post` (lasting: it follows a hand-over) and `person` owns it.

    `helpers` are ids of units, `helping_posts` and `helping_people` those of posts and people.
    """

    title: str
    since: date
    due_on: date
    post: int | None = None
    person: int | None = None
    product: str = ""
    directive: int | None = None
    clause: str = ""
    parent: int | None = None
    helpers: tuple[int, ...] = ()
    weight: int = 1
    update_every: int = 30
    for_below: bool = False
    helping_posts: tuple[int, ...] = ()
    helping_people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Word:
    """One word on progress: a share in whole percent, words, where the evidence is, files that show it.

    At least a share, words or a file.
    """

    on: date
    share: int | None = None
    note: str = ""
    evidence: str = ""
    files: tuple[Brought, ...] = ()


@transaction.atomic
def assign(
    *,
    by: Viewer,
    unit_id: int,
    said: Said,
    assigned_by: int | None = None,
    key: UUID | None = None,
    origin: From | None = None,
) -> Task:
    """Give a task to a unit for which the doer enters, or which they head or stand above as the head.

    A second sending with the same key answers the first's task.

    `assigned_by` is the giving unit, above or the same; None: the doer's own where it lies above, else the unit itself.
    """
    if not directs(by, unit_id):
        raise Absent("org.no_unit", field="unit", unit=unit_id)
    if key is not None and (sent := Task.objects.everywhere(because=_OF).filter(key=key).first()) is not None:
        return readable_task(by, sent.pk)
    must_be_open(unit_id, by.today)
    return begin(by=by, unit_id=unit_id, giver=_giver(by, unit_id, assigned_by), said=said, key=key, origin=origin)


def begin(
    *,
    by: Viewer,
    unit_id: int,
    giver: int,
    said: Said,
    above: int | None = None,
    key: UUID | None = None,
    origin: From | None = None,
) -> Task:
    """Store a task where the caller has found that the doer may. `above`: a task found by the caller to carry on."""
    task = Task(unit_id=unit_id, assigned_by_id=giver, since=said.since, due_on=said.due_on, by_id=by.user_id)
    if key is not None:
        task.key = key
    if origin is not None:
        task.origin_kind, task.origin_id = origin.kind.value, origin.id
    _word(by, task, said)
    task.parent_id = task.parent_id if above is None else above
    task.save()
    task.must_lie_inside(directing(by, Capability.ENTER))
    Holding.objects.create(unit_id=unit_id, task=task, since=said.since)
    set_helpers(by, task, Helping(said.helpers, said.helping_posts, said.helping_people))
    note("tasks.assigned", by, task, first=said.since, due=said.due_on.isoformat(), giver=giver)
    return task


@transaction.atomic
def change(*, by: Viewer, task_id: int, seen_version: int, said: Said) -> Task:
    """Word a task anew. Its beginning and its day stay: another day is asked for and decided (`tasks.decisions`)."""
    task = to_do(by, task_id, Act.CHANGE, seen_version)
    _word(by, task, said)
    task.save()
    set_helpers(by, task, Helping(said.helpers, said.helping_posts, said.helping_people))
    note("tasks.changed", by, task)
    return task


@transaction.atomic
def report(*, by: Viewer, task_id: int, word: Word, key: UUID | None = None) -> Progress:
    """Say how far it is. The same key is the same word."""
    if key is not None:
        sent = Progress.objects.everywhere(because=_OF).filter(key=key, kind=Followed.TASK, about_id=task_id).first()
        if sent is not None:
            readable_task(by, task_id)
            return sent
    task = to_do(by, task_id, Act.REPORT, None)
    said = _heard(by, task, word, key)
    note("tasks.reported", by, task, share="" if word.share is None else word.share)
    return said


@transaction.atomic
def finish(*, by: Viewer, task_id: int, seen_version: int, word: Word) -> Task:
    """The work is done as of a day, told today; what shows it is a last word of progress, of 100 percent."""
    task = to_do(by, task_id, Act.FINISH, seen_version)
    task.finished_on, task.finished_by_id, task.told_on = word.on, by.user_id, by.today
    _heard(by, task, replace(word, share=100), None, Event.FINISHED)
    note("tasks.finished", by, task, first=word.on, on=word.on.isoformat())
    return task


@transaction.atomic
def add_step(*, by: Viewer, task_id: int, title: str, due_on: date) -> Step:
    """One more step of the roadmap, due while the task runs."""
    task = to_do(by, task_id, Act.STEP, None)
    named = clean(title).strip()[:200]
    if not named:
        raise Refused("tasks.no_title", field="title")
    if not task.since <= due_on <= task.due_on:
        raise Refused("tasks.step_outside", field="due_on", since=task.since, due=task.due_on)
    if Step.objects.everywhere(because=_OF).filter(task_id=task.pk).count() >= rules.MOST_STEPS:
        raise Refused("tasks.too_many_steps", most=rules.MOST_STEPS)
    step = Step.objects.create(unit_id=task.unit_id, task=task, title=named, due_on=due_on)
    _next_step(task)
    note("tasks.step_added", by, task, due=due_on.isoformat())
    return step


@transaction.atomic
def finish_step(*, by: Viewer, step_id: int, seen_version: int) -> Task:
    """A step is done today; done already, it stays as it was."""
    step = Step.objects.everywhere(because=_OF).filter(pk=step_id).first()
    if step is None:
        raise Absent("tasks.no_task", step=step_id)
    task = to_do(by, step.task_id, Act.STEP, None)
    if step.version != seen_version:
        raise Stale("db.stale", kind="step")
    if step.done_on is None:
        step.done_on = by.today
        step.save(update_fields=["done_on"])
        _next_step(task)
        note("tasks.step_done", by, task)
    return task


def _heard(by: Viewer, task: Task, word: Word, key: UUID | None, event: Event | None = None) -> Progress:
    """Add a word and keep what the state follows from: the newest day, the share that was said last."""
    said = clean(word.note).strip()[:1000]
    problem = why_not_word(word.share, said, files=len(word.files)) or why_not_past(word.on, task.since, by.today)
    if problem:
        raise problem
    progress = Progress(
        unit_id=task.unit_id, kind=Followed.TASK, about_id=task.pk, event=event.value if event else "", on=word.on,
        share=word.share, note=said, evidence=clean(word.evidence).strip()[:500], by_id=by.user_id,
    )  # fmt: skip
    if key is not None:
        progress.key = key
    progress.save()
    put_to(progress, word.files)
    if task.updated_on is None or word.on >= task.updated_on:
        task.updated_on = word.on
        task.share = task.share if word.share is None else word.share
    task.save()
    return progress


def _next_step(task: Task) -> None:
    steps = Step.objects.everywhere(because=_OF).filter(task_id=task.pk, done_on__isnull=True)
    task.next_step_on = steps.order_by("due_on").values_list("due_on", flat=True).first()
    task.save(update_fields=["next_step_on"])


def _word(by: Viewer, task: Task, said: Said) -> None:
    title = clean(said.title).strip()[:300]
    owners = (said.post is not None) + (said.person is not None)
    problem = rules.why_not_worded(title, owners, task.since, task.due_on, said.weight, said.update_every)
    if problem:
        raise problem
    _must_belong(by, task, said)
    task.title, task.folded = title, fold(title)[:300]
    task.product, task.clause = clean(said.product).strip()[:300], clean(said.clause).strip()[:120]
    task.owner_post_id, task.owner_person_id = said.post, said.person
    task.weight, task.update_every, task.for_below = said.weight, said.update_every, said.for_below
    if said.directive != task.directive_id:
        task.directive_id = None if said.directive is None else directive_for(by, said.directive)
    if said.parent != task.parent_id:
        task.parent_id = None if said.parent is None else _parent(by, task, said.parent)


def _must_belong(by: Viewer, task: Task, said: Said) -> None:
    """The owner holds a post in the unit, or is a member of it; one who owns the task already may stay."""
    if said.post is not None:
        posts = Post.objects.everywhere(because=_OWNER).filter(pk=said.post, unit_id=task.unit_id)
        if said.post != task.owner_post_id and not posts.filter(valid_on(by.today)).exists():
            raise Refused("tasks.owner_elsewhere", field="owner")
    elif said.person is not None and said.person != task.owner_person_id:
        people = Membership.objects.visible_to(by.reach(Capability.RECORDS)).filter(valid_on(by.today))
        if not people.filter(person_id=said.person, unit_id=task.unit_id).exists():
            raise Refused("tasks.owner_elsewhere", field="owner")


def _parent(by: Viewer, task: Task, parent_id: int) -> int:
    """A task the doer may read; never the task itself or one carried on from it.

    No other task is put below one until the transaction ends: two at once could close a circle.
    """
    if task.pk is None:  # nothing is carried on from a new one
        return readable_task(by, parent_id).pk
    with only_one("tasks:parents"):
        above = readable_task(by, parent_id)
        seen = {task.pk}
        at: Task | None = above
        while at is not None:
            if at.pk in seen:
                raise Refused("tasks.parent_circle", field="parent")
            seen.add(at.pk)
            at = Task.objects.everywhere(because=_OF).filter(pk=at.parent_id).first() if at.parent_id else None
        return above.pk


def _giver(by: Viewer, unit_id: int, asked: int | None) -> int:
    """The unit that gives the task: above the other or the same, where the doer enters."""
    giver = asked if asked is not None else by.home_unit_id
    if giver is None or giver == unit_id:
        return unit_id
    above = reach_tree(by.today).holds(giver, unit_id) and directs(by, giver)
    if not above and asked is not None:
        raise Absent("org.no_unit", field="assigned_by", unit=asked)
    return giver if above else unit_id
