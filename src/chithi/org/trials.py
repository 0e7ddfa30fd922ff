"""Trying a plan once and keeping what it would do; having a large one applied. The worker does both.

A trial does everything that applying does and takes it back, which for a whole province takes seconds and holds the
tree: no page does that while it is looked at. What was worked out is kept with what it was worked out for, and is
shown as no longer true where the plan, the tree or the asker's reach is another by now. Applying looks at everything
again, whatever a trial said.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Max, Sum
from django.db.models.functions import Length
from django.utils import timezone

from chithi.core.errors import Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.kinds import PlanState, TrialState
from chithi.org.models import PlanTrial, Reorganisation, ReorganisationStep, TreeEvent
from chithi.org.places import tree_on
from chithi.org.plan_preview import Preview
from chithi.org.plan_queries import open_work, plan_found
from chithi.org.plans import apply, preview
from chithi.org.trial_form import as_kept, facts_kept, facts_of, from_kept

SMALL = 300
"""Characters of codes in a plan that is tried and applied while its asker waits: some twenty-five units."""
SMALL_TREE = 100
"""So many units below the plan's own: there any plan is a small one."""
log = logging.getLogger("chithi.worker")
_WHY = "the trials of a plan found in reach"
_WAITS = "the worker serves every plan"
Doer = Callable[[int], Viewer]
"""Whoever asked, by the id of the account, with the reach they have now; 0 is the installation's operator."""


@dataclass(frozen=True)
class Tried:
    """A trial as its asker sees it. `fresh`: neither plan nor tree nor reach changed since it was asked for.

    `seen` (of many changes only the first; `counts` says how many there are by kind) and `work` (what is open in units
    that close, as (sort, count), and in how many of them it was looked for) are there
    once it is done, `problem` where it was refused.
    """

    state: TrialState
    applying: bool
    fresh: bool
    at: datetime
    version: int
    seen: Preview | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    work: tuple[list[tuple[str, int]], int] = ([], 0)
    problem: Refused | None = None


def tried(viewer: Viewer, plan_id: int) -> Tried | None:
    """What is kept of the viewer's own trial of a plan in reach; None where they never tried it. Four queries."""
    plan = plan_found(viewer, plan_id)
    row = _trials(plan).filter(by_id=viewer.user_id or 0).first()
    if row is None:
        return None
    work = ([(code, count) for code, count in row.work.get("found", [])], row.work.get("looked", 0))
    return Tried(
        state=TrialState(row.state),
        applying=row.applying,
        fresh=_for_what(viewer, plan) == (row.plan_version, row.tree, row.reach),
        at=row.done_at or row.asked_at,
        version=plan.version,
        seen=from_kept(row.found) if row.found else None,
        counts=row.found.get("counts", {}),
        work=work,
        problem=Refused(row.problem["code"], **facts_of(row.problem["facts"])) if row.problem else None,
    )


def try_out(*, by: Viewer, plan_id: int) -> TrialState:
    """Ask for a trial of a draft. A small plan is tried at once, another one by the worker."""
    plan = _draft(by, plan_id)
    row = _ask(by, plan, applying=False)
    if _is_small(plan):
        _do(row, lambda: by)
    return TrialState(row.state)


def keep(*, by: Viewer, plan: Reorganisation, seen: Preview) -> None:
    """Keep what an act on one unit would do, tried just now as a plan."""
    row = _row(by, plan, applying=False)
    _tell(row, by, plan, seen)
    _end(row)


def apply_or_ask(*, by: Viewer, plan_id: int, seen_version: int) -> TrialState:
    """Apply a small draft now (as `chithi.org.plans.apply`); have a large one applied by the worker, as it is now."""
    plan = _draft(by, plan_id)
    if _is_small(plan):
        apply(by=by, plan_id=plan_id, seen_version=seen_version)
        return TrialState.DONE
    if plan.version != seen_version:
        raise Stale("db.stale")
    _ask(by, plan, applying=True)
    return TrialState.WAITING


def run_one(doer: Doer) -> int:
    """Do the trial, or apply the plan, that waits longest; how many (0 or 1). A chore of the worker.

    What somebody may do is what they may do now. A database that is busy leaves it for the next round.
    """
    row = PlanTrial.objects.everywhere(because=_WAITS).filter(state=TrialState.WAITING).order_by("asked_at").first()
    if row is None:
        return 0
    with suppress(Stale):  # its asker has asked anew meanwhile
        try:
            _do(row, lambda: doer(row.by_id))
        except DatabaseError:
            raise
        except Exception:
            log.exception("the trial of a plan broke off")
            _end(row, Refused("org.trial_failed"))
    return 1


def _do(row: PlanTrial, doer: Callable[[], Viewer]) -> None:
    """What a row waits for; a refusal is kept in it."""
    problem = None
    try:
        by = doer()
        plan = plan_found(by, row.plan_id)
        if row.applying:
            apply(by=by, plan_id=plan.pk, seen_version=row.plan_version)
        else:
            row.plan_version, row.tree, row.reach = _for_what(by, plan)
            _tell(row, by, plan, preview(by=by, plan_id=plan.pk))
    except Refused as refused:
        problem = refused
    _end(row, problem)


def _tell(row: PlanTrial, by: Viewer, plan: Reorganisation, seen: Preview) -> None:
    found, looked = open_work(by, seen.closing, min(plan.on - timedelta(days=1), by.today))
    row.found, row.work = as_kept(seen), {"found": found, "looked": looked}


def _end(row: PlanTrial, problem: Refused | None = None) -> None:
    """Write down what came of it; where its asker has asked anew meanwhile, the newer one stands (`Stale`)."""
    if problem is not None:
        row.problem = {"code": problem.code, "facts": facts_kept(problem.facts)}
    row.state, row.done_at = (TrialState.REFUSED if problem else TrialState.DONE).value, timezone.now()
    row.save()


@transaction.atomic
def _ask(by: Viewer, plan: Reorganisation, *, applying: bool) -> PlanTrial:
    row = _row(by, plan, applying=applying)
    row.save()
    verb = "org.plan_apply_asked" if applying else "org.plan_tried"
    record(verb, by=by, unit_id=plan.unit_id, about=plan)
    return row


def _row(by: Viewer, plan: Reorganisation, *, applying: bool) -> PlanTrial:
    """The asker's row for a plan, made anew or emptied; not saved."""
    row = _trials(plan).filter(by_id=by.user_id or 0).first() or PlanTrial(plan=plan, by_id=by.user_id or 0)
    row.unit_id, row.state, row.applying = plan.unit_id, TrialState.WAITING.value, applying
    row.plan_version, row.tree, row.reach = _for_what(by, plan)
    row.found, row.work, row.problem = {}, {}, {}
    row.asked_at, row.done_at = timezone.now(), None
    return row


def _trials(plan: Reorganisation) -> Any:
    return PlanTrial.objects.everywhere(because=_WHY).filter(plan_id=plan.pk)


def _draft(by: Viewer, plan_id: int) -> Reorganisation:
    plan = plan_found(by, plan_id)
    if plan.state != PlanState.DRAFT:
        raise Refused("org.plan_not_draft", state=plan.state)
    return plan


def _is_small(plan: Reorganisation) -> bool:
    """Whether it takes no longer than a page may. One that abolishes a kind of unit names none of those it closes."""
    tree = tree_on(plan.on)
    at = tree.find(plan.unit_id)
    if at is not None and int(tree.shape.hi[at]) - at <= SMALL_TREE:
        return True
    steps = ReorganisationStep.objects.everywhere(because=_WHY).filter(plan_id=plan.pk)
    letters = steps.aggregate(letters=Sum(Length("codes") + Length("people")))["letters"] or 0
    return letters <= SMALL and not steps.filter(what="abolish").exists()


def _for_what(viewer: Viewer, plan: Reorganisation) -> tuple[int, int, str]:
    """Version of the plan, newest event of the tree, and which units the viewer may change, as a digest."""
    newest = TreeEvent.objects.everywhere(because="which form of the tree something was worked out for")
    reach, units = viewer.reach(Capability.TREE), tree_on(viewer.today).shape.unit_ids
    digest = sha256()
    for lo, hi in reach.intervals:
        digest.update(units[lo:hi].tobytes())
    return plan.version, newest.aggregate(newest=Max("pk"))["newest"] or 0, digest.hexdigest()
