"""The work on imports: checked or applied by whichever worker holds it (`chithi.jobs`), told to whoever brought it.

Applying happens in one transaction under the locks of tree and people, which also says that it has happened: so it
happens once, whatever else goes wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from chithi.access.models import User
from chithi.access.viewers import system_viewer, today, viewer_for
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.imports import rules
from chithi.imports.kinds import NEEDS, WAITING, ImportKind, ImportState
from chithi.imports.models import Import, ImportFile
from chithi.imports.outcome import Outcome
from chithi.imports.people import PeoplePlan
from chithi.imports.posts import PostsPlan
from chithi.imports.rows import MOST_KEPT, Problem, Reading, data_rows, problem_of, read_rows
from chithi.imports.units import UnitsPlan
from chithi.jobs.running import Asked, Between, Deed, Write, run_some
from chithi.journal.actions import record
from chithi.journal.models import Entry
from chithi.org import bulk
from chithi.org.bulk_reading import narrowed
from chithi.sheets import read

_WHY = "the worker serves every import"
LATELY = 10_000
_BREATH = 0.5  # seconds between two notes of progress
Plan = UnitsPlan | PeoplePlan | PostsPlan


class Dropped(Exception):  # noqa: N818 -- it says what became of it
    """Somebody cancelled the import."""


@dataclass
class Hand:
    """An import in hand. `hold` is that of the work (`chithi.jobs.running.Asked`)."""

    id: int
    hold: Callable[[], object]
    quiet: bool = False
    last: float = 0.0

    def waits(self) -> Any:
        return Import.objects.everywhere(because=_WHY).filter(pk=self.id, state__in=WAITING)

    def progress(self, done: int, total: int | None = None) -> None:
        """Note how far it is; raises `Dropped` where nobody waits for it any more."""
        now = time.monotonic()
        if self.quiet or (now - self.last < _BREATH and total is None):
            return
        self.last = now
        said = {"done": done} if total is None else {"done": done, "total": total}
        if not self.waits().update(**said):
            raise Dropped
        self.hold()


def see_through(import_id: int, holder: str, between: Between = lambda: None) -> Import:
    """Bring one import to its next rest here, or wait for the worker that has it in hand; the import at rest."""
    rows = Import.objects.everywhere(because="an import that the caller has brought").filter(pk=import_id)
    keys = (rules.check_key(import_id), rules.apply_key(import_id))
    while (batch := rows.get()).state in WAITING:
        if not run_some([SHEET], holder, 1, between, keys):
            time.sleep(_BREATH)
    return batch


def _begin(asked: Asked) -> Write | None:
    """Read and compare; what is then written down or applied. None where nobody waits for it any more."""
    hand = Hand(asked.facts["import"], asked.hold)
    batch = hand.waits().first()
    if batch is None:
        return None
    applying = batch.state == ImportState.APPLYING
    if not applying:
        hand.waits().update(state=ImportState.CHECKING.value, version=F("version") + 1)
    try:
        by = _doer(batch)
        reading = _read(hand, batch)
        return _apply(hand, batch, by, reading) if applying else _check(hand, batch, by, reading)
    except Dropped:
        return None


def _told(asked: Asked, problem: Refused | None) -> None:
    """It ends with what went wrong; whatever is no refusal is a fault of ours."""
    hand = Hand(asked.facts["import"], asked.hold)
    _settle(hand, ImportState.REFUSED, Outcome(problems=[problem_of(0, "", problem or Refused("imports.failed"))]))


SHEET = Deed(rules.SHEET, _begin, awaited=True, told=_told)


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


def _check(hand: Hand, batch: Import, by: Viewer, reading: Reading) -> Write:
    read_so_far = len(reading.rows)
    plan = plan_of(batch, by, reading, lambda done: hand.progress(read_so_far + done))
    outcome = plan.compare()
    outcome.problems += reading.problems
    return partial(_settle, hand, ImportState.REFUSED if outcome.problems else ImportState.CHECKED, outcome)


def _apply(hand: Hand, batch: Import, by: Viewer, reading: Reading) -> Write:
    """Compare once more; what is answered writes, all of it or nothing.

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

    def write() -> None:
        hand.quiet = True  # from here on everything is one transaction
        with bulk.alone():
            _write(hand, batch, by, reading, ready if _tide() == tide else None)

    return write


def _write(hand: Hand, batch: Import, by: Viewer, reading: Reading, ready: Plan | None) -> None:
    """Carry out what was compared, `ready` where that still holds."""
    plan = ready if ready is not None else plan_of(batch, by, reading, hand.progress)
    outcome = ready.outcome if ready is not None else plan.compare()
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
    """Write down what came of it, in the transaction that says that the work is done."""
    ends = state in (ImportState.REFUSED, ImportState.APPLIED)
    problems = sorted(outcome.problems, key=lambda problem: problem.row)
    hand.waits().update(
        state=state.value,
        counts=outcome.counts,
        problems=[asdict(problem) for problem in problems[:MOST_KEPT]],
        problem_count=len(problems),
        alike=outcome.alike[:MOST_KEPT],
        finished_at=timezone.now() if ends else None,
        version=F("version") + 1,
    )
