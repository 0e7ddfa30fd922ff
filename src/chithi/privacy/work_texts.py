"""Names in what is said of work: of tasks, plans, duties, calendars; and in the files that show what was done.

Two ways lead to a text. What belongs to somebody's own tasks (they own them or help, in person or by a post they held)
is reworded wherever it lies. All else is reworded in the units where they ever were, and with the tasks that an heir
took over from there, unless somebody else of exactly the same name was there too: then nobody can know whom it means,
and it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.models import Guarded
from chithi.dossiers.models import Section, Tick
from chithi.duties.models import DutyAnswer, DutyReport, Recurrence, Shortcoming
from chithi.files.actions import forget_unused
from chithi.files.models import Content
from chithi.following.kinds import Followed
from chithi.following.models import Evidence, Progress
from chithi.org.models import Person, Post
from chithi.privacy.ended import DATED, in_parts
from chithi.privacy.renaming import Renamed, reworded
from chithi.privacy.rules import without_name
from chithi.routine.models import Line
from chithi.tasks.models import DeadlineChange, Explanation, Helper, Holding, PlanLine, Step, Suspension, Task
from chithi.text.vietnamese import fold
from chithi.work.models import Notice

_WHY = "the name of somebody who is forgotten goes wherever the records hold it"
SAID: dict[type[Guarded], tuple[str, ...]] = {
    Task: ("title", "product", "clause", "cancel_reason"),
    PlanLine: ("title", "product", "clause", "reason"),
    Step: ("title",),
    DeadlineChange: ("reason", "answer"),
    Suspension: ("reason",),
    Explanation: ("question", "answer", "verdict"),
    Progress: ("note", "evidence"),
    Evidence: ("name",),
    DutyReport: ("returned_why",),
    DutyAnswer: ("note", "evidence"),
    Shortcoming: ("source", "wording", "cause", "withdrawn_why"),
    Recurrence: ("reason",),
    Line: ("title", "content", "product"),
    Tick: ("note",),
    Section: ("name",),
    Notice: ("what_vi", "what_en"),
}
"""Tables with words of people about work, and the columns that hold them."""
_OF_A_TASK: dict[type[Guarded], str] = {
    Task: "pk", PlanLine: "task_id", Step: "task_id", DeadlineChange: "task_id", Suspension: "task_id",
    Explanation: "task_id", Progress: "about_id",
}  # fmt: skip
"""The column that names the task; evidence follows its word."""

Meant = Mapping[int, Sequence[Renamed]]
"""Whom a name means, by unit or by task."""


def forget_in_work(gone: Sequence[Renamed], today: date) -> None:
    """Their names in all of `SAID`; files that hold one lose what they hold. Inside the transaction of forgetting."""
    in_units = _by_unit(gone)
    in_tasks = _by_task(gone, in_units)
    for model, columns in SAID.items():
        for row, people in _rows(model, in_units, in_tasks):
            if isinstance(row, Evidence):
                _file(row, people, today)
            reworded(row, columns, people)


def withhold_files(evidence_ids: Collection[int], today: date) -> int:
    """What these files hold is no longer kept; that there was one stays, and who sent it when. How many."""
    for some in in_parts(sorted(evidence_ids)):
        rows = Evidence.objects.everywhere(because=_WHY).filter(pk__in=some, content_id__isnull=False)
        contents = list(rows.values_list("content_id", flat=True))
        rows.update(content_id=None, withheld_on=today, version=F("version") + 1)
        forget_unused(one for one in contents if one is not None)
    return len(evidence_ids)


def _rows(model: type[Any], in_units: Meant, in_tasks: Meant) -> Iterator[tuple[Any, Sequence[Renamed]]]:
    """Rows in which a name may stand, with those whom it means there; each once."""
    seen: set[int] = set()
    own = _OF_A_TASK.get(model)
    for some in in_parts(sorted(in_tasks)) if own else ():
        kept = model.objects.everywhere(because=_WHY).filter(**{f"{own}__in": some})
        for row in kept.filter(kind=Followed.TASK) if model is Progress else kept:
            people = [*in_tasks[getattr(row, own or "pk")], *in_units.get(row.unit_id, ())]
            seen.add(row.pk)
            yield row, list(dict.fromkeys(people))
    if model is Evidence:
        yield from _files(in_tasks, in_units, seen)
    for some in in_parts(sorted(in_units)):
        for row in model.objects.everywhere(because=_WHY).filter(unit_id__in=some):
            if row.pk not in seen:
                yield row, in_units[row.unit_id]


def _files(in_tasks: Meant, in_units: Meant, seen: set[int]) -> Iterator[tuple[Any, Sequence[Renamed]]]:
    for some in in_parts(sorted(in_tasks)):
        words = Progress.objects.everywhere(because=_WHY).filter(kind=Followed.TASK, about_id__in=some)
        about = dict(words.values_list("pk", "about_id"))
        for part in in_parts(sorted(about)):
            for row in Evidence.objects.everywhere(because=_WHY).filter(progress_id__in=part):
                seen.add(row.pk)
                yield row, [*in_tasks[about[row.progress_id]], *in_units.get(row.unit_id, ())]


def _file(row: Evidence, people: Sequence[Renamed], today: date) -> None:
    """A file in whose text a name stands cannot be reworded: what it holds goes."""
    if row.content_id is None:
        return
    text = Content.objects.values_list("text", flat=True).get(pk=row.content_id)
    if any(without_name(text, one.name, one.instead) != text for one in people):
        withhold_files([row.pk], today)
        row.content_id, row.withheld_on = None, today
        row.version += 1


def _by_task(gone: Sequence[Renamed], in_units: Meant) -> dict[int, list[Renamed]]:
    """By task, those whose own it is or was: owners and helpers, in person or by a post; and whom a name means in the
    units that held it before an heir took it over."""
    people = {one.id: one for one in gone}
    posts = dict(Post.objects.everywhere(because=_WHY).filter(person_id__in=people).values_list("pk", "person_id"))
    found: dict[int, list[Renamed]] = {}
    for rows, task, person, post in (
        (_all(Task), "pk", "owner_person_id", "owner_post_id"),
        (_all(Helper), "task_id", "person_id", "post_id"),
    ):
        own = rows.filter(Q(**{f"{person}__in": list(people)}) | Q(**{f"{post}__in": list(posts)}))
        for task_id, person_id, post_id in own.values_list(task, person, post):
            found.setdefault(task_id, []).append(people[person_id or posts[post_id]])
    for some in in_parts(sorted(in_units)):
        passed_on = _all(Holding).filter(unit_id__in=some, until__isnull=False)
        for task_id, unit_id in passed_on.values_list("task_id", "unit_id"):
            found.setdefault(task_id, []).extend(in_units[unit_id])
    return found


def _by_unit(gone: Sequence[Renamed]) -> dict[int, list[Renamed]]:
    """By unit, those who ever were there and whose name nobody else bears who ever was."""
    places = _places([one.id for one in gone])
    names = {fold(one.name) for one in gone}
    others = dict(
        Person.objects.everywhere(because=_WHY)
        .filter(folded__in=names, forgotten_on__isnull=True)
        .exclude(pk__in=[one.id for one in gone])
        .values_list("pk", "folded")
    )
    taken = {(unit, others[person]) for person, units in _places(list(others)).items() for unit in units}
    found: dict[int, list[Renamed]] = {}
    for one in gone:
        for unit in places.get(one.id, ()):
            if (unit, fold(one.name)) not in taken:
                found.setdefault(unit, []).append(one)
    return found


def _places(person_ids: Sequence[int]) -> dict[int, set[int]]:
    """All units in which each ever was."""
    found: dict[int, set[int]] = {}
    for some in in_parts(sorted(person_ids)):
        for model in DATED:
            rows = model.objects.everywhere(because=_WHY).filter(person_id__in=some)
            for person, unit in rows.values_list("person_id", "unit_id"):
                found.setdefault(person, set()).add(unit)
    return found


def _all(model: type[Guarded]) -> ScopedQuerySet[Any]:
    return model.objects.everywhere(because=_WHY)
