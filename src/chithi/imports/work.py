"""The work on imports: one at a time, checked or applied by whichever worker holds it, taken up again if that one dies.

A worker holds an import for `LEASE`, longer while it goes on; one whose process is gone from this machine holds
nothing. Applying happens in one transaction under the locks of tree and people, which also says that it has happened:
so it happens once, whatever else goes wrong.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from chithi.access.models import User
from chithi.access.viewers import system_viewer, today, viewer_for
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.imports.kinds import NEEDS, WAITING, ImportKind, ImportState
from chithi.imports.models import Import, ImportFile
from chithi.imports.outcome import Outcome
from chithi.imports.people import PeoplePlan
from chithi.imports.posts import PostsPlan
from chithi.imports.rows import MOST_KEPT, Problem, Reading, data_rows, problem_of, read_rows
from chithi.imports.units import UnitsPlan
from chithi.jobs.holders import is_gone
from chithi.journal.actions import record
from chithi.journal.models import Entry
from chithi.org import bulk
from chithi.org.bulk_reading import narrowed
from chithi.sheets import read

LEASE = timedelta(seconds=60)
log = logging.getLogger("chithi.worker")
_WHY = "the worker serves every import"
LATELY = 10_000
_BREATH = 0.5  # seconds between two notes of progress
Plan = UnitsPlan | PeoplePlan | PostsPlan


class Dropped(Exception):  # noqa: N818 -- it says what became of it
    """Somebody cancelled the import, or another worker has taken it up."""


@dataclass
class Hand:
    """A worker's hold on an import. `between` is called now and then, outside any transaction of ours."""

    id: int
    holder: str
    between: Callable[[], object]
    quiet: bool = False
    last: float = 0.0

    def held(self) -> Any:
        return Import.objects.everywhere(because=_WHY).filter(pk=self.id, held_by=self.holder, state__in=WAITING)

    def progress(self, done: int, total: int | None = None) -> None:
        """Note how far it is and hold it longer; raises `Dropped` where it is no longer ours."""
        now = time.monotonic()
        if self.quiet or (now - self.last < _BREATH and total is None):
            return
        self.last = now
        said: dict[str, object] = {"done": done, "held_until": timezone.now() + LEASE}
        if total is not None:
            said["total"] = total
        if not self.held().update(**said):
            raise Dropped
        self.between()


def run_one(holder: str, between: Callable[[], object] = lambda: None) -> int:
    """Take up one import that waits, if there is any, and bring it to its next rest; how many (0 or 1)."""
    waiting = Import.objects.everywhere(because=_WHY).filter(state__in=WAITING)
    waiting = waiting.defer("problems", "alike").order_by("pk")
    for batch in waiting[:20]:
        if _take(batch, holder):
            with suppress(Dropped):
                run(Hand(batch.pk, holder, between))
            return 1
    return 0


def see_through(import_id: int, holder: str, between: Callable[[], object] = lambda: None) -> Import:
    """Bring one import to its next rest here, or wait for the worker that has it in hand; the import at rest."""
    rows = Import.objects.everywhere(because="an import that the caller has brought").filter(pk=import_id)
    while (batch := rows.get()).state in WAITING:
        if not _take(batch, holder):
            time.sleep(_BREATH)
            continue
        with suppress(Dropped):
            run(Hand(import_id, holder, between))
    return batch


def _take(batch: Import, holder: str) -> bool:
    """Hold an import that nobody holds; one statement decides between two workers."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    if batch.held_by and is_gone(batch.held_by):
        free |= Q(held_by=batch.held_by)
    rows = Import.objects.everywhere(because=_WHY).filter(free, pk=batch.pk, state=batch.state)
    return bool(rows.filter(held_by=batch.held_by).update(held_by=holder, held_until=now + LEASE))


def run(hand: Hand) -> None:
    """Check or apply the import in hand."""
    batch = hand.held().get()
    applying = batch.state == ImportState.APPLYING
    if not applying:
        hand.held().update(state=ImportState.CHECKING.value, version=F("version") + 1)
    try:
        by = _doer(batch)
        reading = _read(hand, batch)
        if applying:
            _apply(hand, batch, by, reading)
        else:
            _check(hand, batch, by, reading)
    except (Dropped, DatabaseError):  # a database that is busy or gone: tried again later
        raise
    except Exception as problem:
        if not isinstance(problem, Refused):
            log.exception("an import broke off")
            problem = Refused("imports.failed")
        _settle(hand, ImportState.REFUSED, Outcome(problems=[problem_of(0, "", problem)]))


def _doer(batch: Import) -> Viewer:
    """Whoever brought it, with the reach they have now."""
    if batch.by_id is None:
        return system_viewer(today(), because="the operator imports a sheet by command")
    user = User.objects.filter(pk=batch.by_id, is_active=True).first()
    if user is None:
        raise Refused("access.not_allowed")
    return viewer_for(user, today())


def _read(hand: Hand, batch: Import) -> Reading:
    """Parse the file apart and understand its rows."""
    stored = ImportFile.objects.everywhere(because=_WHY).filter(batch_id=batch.pk).first()
    if stored is None:
        raise Refused("imports.file_gone")
    hand.progress(0, 0)
    sheets = read(bytes(stored.data), batch.filename)
    rows = data_rows([(sheet.name, sheet.rows) for sheet in sheets])
    hand.progress(0, 2 * len(rows))
    return read_rows(ImportKind(batch.kind), rows, pause=hand.progress)


def plan_of(batch: Import, by: Viewer, reading: Reading, pause: Callable[[int], None]) -> Plan:
    """The rows against what is stored, within the unit of the import."""
    kind = ImportKind(batch.kind)
    within = narrowed(by, NEEDS[kind], batch.unit_id)
    if kind is ImportKind.UNITS:
        return UnitsPlan(within, by, reading, pause=pause)
    if kind is ImportKind.POSTS:
        return PostsPlan(within, by.today, reading, pause=pause)
    return PeoplePlan(within, by.today, reading, pause=pause)


def _check(hand: Hand, batch: Import, by: Viewer, reading: Reading) -> None:
    read_so_far = len(reading.rows)
    plan = plan_of(batch, by, reading, lambda done: hand.progress(read_so_far + done))
    outcome = plan.compare()
    outcome.problems += reading.problems
    _settle(hand, ImportState.REFUSED if outcome.problems else ImportState.CHECKED, outcome)


def _apply(hand: Hand, batch: Import, by: Viewer, reading: Reading) -> None:
    """Compare once more and write, all of it or nothing.

    People are compared before the locks are taken, so that nobody else waits for it, and again only where somebody
    changed the tree or people in between.
    """
    read_so_far, tide = len(reading.rows), _tide()
    ready: Plan | None = None
    if batch.kind != ImportKind.UNITS:
        ready = plan_of(batch, by, reading, lambda done: hand.progress(read_so_far + done))
        ready.compare()
        if not isinstance(ready, UnitsPlan):
            ready.load.prepare()
    hand.progress(0, 0)
    hand.quiet = True  # from here on everything is one transaction
    with bulk.alone():
        if not hand.held().filter(state=ImportState.APPLYING).exists():
            raise Dropped
        if ready is not None and _tide() == tide:
            plan, outcome = ready, ready.outcome
        else:
            plan = plan_of(batch, by, reading, hand.progress)
            outcome = plan.compare()
        outcome.problems += reading.problems
        if outcome.problems:
            outcome.problems.insert(0, Problem(0, "", "imports.changed_meanwhile"))
            _settle(hand, ImportState.REFUSED, outcome)
            return
        if isinstance(plan, UnitsPlan):
            plan.carry_out()
            if outcome.problems:
                raise Refused("imports.changed_meanwhile")
        else:
            bulk.write(by=by, load=plan.load)
        _settle(hand, ImportState.APPLIED, outcome)
        counts = {name: count for name, count in outcome.counts.items() if name != "alike"}
        record("imports.applied", by=by, unit_id=batch.unit_id, about=batch, kind=batch.kind, **counts)


def _tide() -> tuple[int, int]:
    """Another one after each deed upon the tree or people: every such deed writes the journal in its transaction.

    The newest entry and how many there are among the last ones: two deeds may end in another order than they began.
    """
    deeds = Entry.objects.everywhere(because=_WHY)
    newest = deeds.aggregate(newest=Max("pk"))["newest"] or 0
    others = Q()
    for topic in ("indicators", "narrative", "reporting", "access"):
        others |= Q(verb__startswith=f"{topic}.")
    lately = deeds.filter(pk__gt=newest - LATELY).exclude(others).aggregate(newest=Max("pk"), count=Count("pk"))
    return lately["newest"] or 0, lately["count"]


def _settle(hand: Hand, state: ImportState, outcome: Outcome) -> None:
    """Write down what came of it; raises `Dropped` where the import is no longer ours."""
    ends = state in (ImportState.REFUSED, ImportState.APPLIED)
    problems = sorted(outcome.problems, key=lambda problem: problem.row)
    changed = hand.held().update(
        state=state.value,
        counts=outcome.counts,
        problems=[asdict(problem) for problem in problems[:MOST_KEPT]],
        problem_count=len(problems),
        alike=outcome.alike[:MOST_KEPT],
        held_by="",
        held_until=None,
        finished_at=timezone.now() if ends else None,
        version=F("version") + 1,
    )
    if not changed:
        raise Dropped
