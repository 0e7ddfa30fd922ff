"""Tasks: those in reach, one, giving one, reporting on it, deciding about it; the same acts as on the pages."""

from __future__ import annotations

from typing import Annotated

from ninja import Router, Status
from pydantic import Field

from chithi.api import task_shapes as shapes
from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Id, PageQuery
from chithi.api.task_shapes import (
    Finished,
    NewDay,
    NewTask,
    OpenedTask,
    Progress,
    Reasoned,
    Seen,
    States,
    Tasks,
    TaskWord,
)
from chithi.db.viewer import Viewer
from chithi.org.queries import one_unit
from chithi.tasks import actions, decisions, queries
from chithi.tasks.ground import task_of_key
from chithi.tasks.queries import Wanted, one_task

router = Router()


@router.get("/tasks", response=answers(Tasks))
def tasks(
    request: ApiRequest,
    paging: PageQuery,
    unit_id: Id | None = None,
    state: States | None = None,
    mine: bool = False,
    q: Annotated[str, Field(max_length=100)] = "",
) -> Tasks:
    """Tasks in reach, open ones by the day they are due: all, those of a unit and all below it, or one's own.

    `q` are words of what is to be done, without tone marks.
    """
    viewer = request.auth
    if unit_id is not None:
        one_unit(viewer, unit_id, viewer.today)
    wanted = Wanted(unit=unit_id or 0, state=state or "", mine=mine, text=q)
    found, total = queries.tasks(viewer, wanted, viewer.today, page=paging.page, size=paging.size)
    return Tasks(items=[shapes.task(line) for line in found], page=paging.page, total=total)


@router.get("/tasks/{task_id}", response=answers(OpenedTask))
def task(request: ApiRequest, task_id: Id) -> OpenedTask:
    """One task and what was said of it."""
    return _opened(request.auth, task_id)


@router.post("/tasks", response=answers(OpenedTask, 200, 201))
def give_task(request: ApiRequest, said: NewTask) -> Status[OpenedTask]:
    """Give a unit a task. The same key is the same task: sent again it answers what was made first (200)."""
    sent_before = task_of_key(request.auth, said.key) is not None
    made = actions.assign(
        by=request.auth, unit_id=said.unit_id, said=shapes.said(said), assigned_by=said.assigned_by, key=said.key
    )
    return Status(200 if sent_before else 201, _opened(request.auth, made.pk))


@router.post("/tasks/{task_id}/progress", response=answers(Progress, 201))
def report_progress(request: ApiRequest, task_id: Id, said: TaskWord) -> Status[Progress]:
    """Say how far a task is, as whoever does it. The same key is the same word."""
    made = actions.report(by=request.auth, task_id=task_id, word=shapes.word(said), key=said.key)
    page = one_task(request.auth, task_id)
    return Status(201, shapes.progress(made, [file.name for file in page.evidence.get(made.pk, ())]))


@router.post("/tasks/{task_id}/finish", response=answers(OpenedTask))
def finish_task(request: ApiRequest, task_id: Id, said: Finished) -> OpenedTask:
    """Report the work as done. The unit that gave it accepts that."""
    actions.finish(by=request.auth, task_id=task_id, seen_version=said.version, word=shapes.word(said))
    return _opened(request.auth, task_id)


@router.post("/tasks/{task_id}/accept", response=answers(OpenedTask))
def accept_task(request: ApiRequest, task_id: Id, said: Seen) -> OpenedTask:
    """Find what was reported as done good, as the unit that gave the task."""
    decisions.accept(by=request.auth, task_id=task_id, seen_version=said.version)
    return _opened(request.auth, task_id)


@router.post("/tasks/{task_id}/cancel", response=answers(OpenedTask))
def cancel_task(request: ApiRequest, task_id: Id, said: Reasoned) -> OpenedTask:
    """The work is not wanted any more, from today on."""
    decisions.cancel(by=request.auth, task_id=task_id, seen_version=said.version, reason=said.reason)
    return _opened(request.auth, task_id)


@router.post("/tasks/{task_id}/put-back", response=answers(OpenedTask))
def put_task_back(request: ApiRequest, task_id: Id, said: Reasoned) -> OpenedTask:
    """A cancelled task is wanted after all; it is due on the day it was."""
    decisions.put_back(by=request.auth, task_id=task_id, seen_version=said.version, reason=said.reason)
    return _opened(request.auth, task_id)


@router.post("/tasks/{task_id}/new-day", response=answers(OpenedTask))
def move_task(request: ApiRequest, task_id: Id, said: NewDay) -> OpenedTask:
    """Give another day, as the unit that gave the task; the day before and the reason stay in its history."""
    decisions.set_day(by=request.auth, task_id=task_id, seen_version=said.version, new=said.due_on, reason=said.reason)
    return _opened(request.auth, task_id)


def _opened(viewer: Viewer, task_id: int) -> OpenedTask:
    return shapes.opened_task(one_task(viewer, task_id))
