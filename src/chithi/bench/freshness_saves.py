"""One writer of `chithi bench freshness`: a clerk of one province in a process of their own, saving to a timetable.

Every save goes through the action that pages and API use, replaces the figure that stands there and makes it larger.
A save that is late does not put off the ones after it: they are late too, and their waiting counts.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chithi.core.periods import Period
    from chithi.db.viewer import Viewer

Follow = Callable[[int, int, int], None]  # unit, measure, by how much its figure grew
MARKED, AT_ONCE, COUNTED_UP = "marked", "recomputed in the request, no lock", "increments by ancestor table"
"""What follows a save: a mark for the worker (ours), the totals above it reckoned anew by whoever saved, or the
difference added to every unit above it by one statement in the save's own transaction."""


@dataclass(frozen=True)
class Task:
    """What one writer does: replace these figures (unit, measure, figure, value), one every `every_s` seconds."""

    province: int
    period: str
    today: date
    follows: str
    figures: tuple[tuple[int, int, int, int], ...]
    first_s: float
    every_s: float


@dataclass(frozen=True)
class Save:
    """One save. Seconds of the machine's steady clock: when it was due, when it had committed; `rose` is by how much
    the figure grew, 0 where it failed. `took_s` is the action alone, `waited_s` what it waited for the right to write.
    """

    unit: int
    measure: int
    rose: int
    due: float
    done: float
    took_s: float
    waited_s: float
    failed: str = ""


@dataclass(frozen=True)
class Written:
    """All saves of one writer and the processor seconds they took."""

    saves: tuple[Save, ...]
    processor_s: float


def write(task: Task, line: Connection) -> None:
    """The process: get ready, say so, wait for the hour to begin, save to the timetable, send a `Written`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    import django

    django.setup()
    from django.db import connection

    import chithi.indicators.actions  # noqa: F401 -- as in a web process, which loaded what it serves when it began
    from chithi.core.periods import parse

    follow = _FOLLOWING[task.follows](task)
    by, period = clerk_of(task.province, task.today), parse(task.period)
    connection.ensure_connection()
    line.send("ready")
    begin = float(line.recv())
    processor = time.process_time()
    saves = tuple(_save(by, period, task, at, begin, follow) for at in range(len(task.figures)))
    line.send(Written(saves, time.process_time() - processor))
    line.close()


def clerk_of(province: int, today: date) -> Viewer:
    """Somebody who reads and enters figures in one province and nowhere else."""
    from chithi.db.viewer import Capability, Viewer
    from chithi.org.places import reach_tree

    reach = reach_tree(today).reach_of([province])
    held = dict.fromkeys((Capability.READ, Capability.ENTER), reach)
    return Viewer(user_id=None, name="bench", today=today, reaches=MappingProxyType(held))


def _save(by: Viewer, period: Period, task: Task, at: int, begin: float, follow: Follow) -> Save:
    from django.db import transaction

    from chithi.indicators.actions import Saying, Slot, enter

    unit, measure, figure, value = task.figures[at]
    rose = 1 + at % 9
    due = begin + task.first_s + at * task.every_s
    time.sleep(max(0.0, due - time.monotonic()))
    began, failed = time.monotonic(), ""
    with _waiting_for_the_pen() as waited:
        try:
            if task.follows == COUNTED_UP:
                with transaction.atomic():
                    enter(by=by, slot=Slot(unit, measure, period), saying=Saying(value + rose), seen=figure)
                    follow(unit, measure, rose)
            else:
                enter(by=by, slot=Slot(unit, measure, period), saying=Saying(value + rose), seen=figure)
        except Exception as problem:  # counted and shown: a save that fails is no save
            rose, failed = 0, f"{type(problem).__name__}: {problem}"
    took = time.monotonic() - began
    if task.follows == AT_ONCE and not failed:
        follow(unit, measure, rose)
    return Save(unit, measure, rose, due, time.monotonic(), took, sum(waited), failed)


@contextmanager
def _waiting_for_the_pen() -> Iterator[list[float]]:
    """Seconds that `BEGIN IMMEDIATE` took: SQLite admits one writer at a time. Nothing on PostgreSQL."""
    from django.db import connection

    waited: list[float] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN"):
            return execute(sql, params, many, context)
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            waited.append(time.monotonic() - began)

    with connection.execute_wrapper(look):
        yield waited


def _nothing(task: Task) -> Follow:
    return lambda unit, measure, rose: None


def _at_once(task: Task) -> Follow:
    from chithi.bench.freshness_rivals import recompute_without_lock

    return lambda unit, measure, rose: recompute_without_lock(unit, measure, task.period)


def _counted_up(task: Task) -> Follow:
    from chithi.bench.freshness_rivals import count_up

    return count_up


_FOLLOWING = {MARKED: _nothing, AT_ONCE: _at_once, COUNTED_UP: _counted_up}
