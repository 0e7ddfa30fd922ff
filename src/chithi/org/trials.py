"""Trying a plan once and keeping what it would do; having a large one applied or undone. The worker does all three.

A trial does everything that applying does and takes it back, which for a whole province takes seconds: no page does
that while it is looked at. What was worked out is kept with what it was worked out for, and is shown as no longer true
where the plan, the tree or the asker's reach is another by now. Applying looks at everything again, whatever a trial
said. The work is asked for with `chithi.jobs`, under the row and its version: who asks anew ends what was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.db.models.functions import Length
from django.utils import timezone

from chithi.core.errors import Refused, Stale
from chithi.db.copies import on_a_copy
from chithi.db.viewer import Capability, Viewer
from chithi.jobs.actions import ask
from chithi.jobs.running import Asked, Deed, Write
from chithi.journal.actions import record
from chithi.org.kinds import PlanState, TrialState
from chithi.org.models import PlanTrial, Reorganisation, ReorganisationStep, TreeEvent
from chithi.org.places import tree_on
from chithi.org.plan_preview import Preview
from chithi.org.plan_queries import open_work, plan_found
from chithi.org.plan_rows import Problem
from chithi.org.plans import apply, preview
from chithi.org.trial_form import as_kept, facts_kept, facts_of, from_kept, problem_kept, problem_of
from chithi.org.undoing import undo, why_not_from, why_not_undo
from chithi.text.vietnamese import clean

MOST_REASONS = 200
SMALL = 300
"""Characters of codes in a plan that is tried and applied while its asker waits: some twenty-five units."""
SMALL_TREE = 100
"""So many units below the plan's own: there any plan is a small one."""
DEED = "org.plan"
LONG = timedelta(minutes=15)
"""Longer than the plan of a nation takes; a worker that died on the same machine is known at once all the same."""
HERE_FIRST = timedelta(minutes=1)
"""So long a small plan is left to whoever asked; should they die over it, the worker does it."""
_WHY = "the trials of a plan found in reach"
_WAITS = "the worker serves every plan"
Doer = Callable[[int], Viewer]
"""Whoever asked, by the id of the account, with the reach they have now; 0 is the installation's operator."""


@dataclass(frozen=True)
class Tried:
    """A trial, or what was asked for instead, as its asker sees it.

    `fresh`: neither plan nor tree nor reach changed since it was asked for.

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
    undo_on: date | None = None
    document: str = ""
    reasons: tuple[Problem, ...] = ()


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
        seen=from_kept(row.found) if row.found and row.undo_on is None else None,
        counts=row.found.get("counts", {}),
        work=work,
        problem=Refused(row.problem["code"], **facts_of(row.problem["facts"])) if row.problem else None,
        undo_on=row.undo_on,
        document=row.document,
        reasons=tuple(problem_of(kept) for kept in row.found.get("reasons", ())),
    )


def try_out(*, by: Viewer, plan_id: int) -> TrialState:
    """Ask for a trial of a draft. A small plan is tried at once, another one by the worker."""
    plan = _draft(by, plan_id)
    small = _is_small(plan)
    trial = _ask(_row(by, plan), plan, by, "org.plan_tried", here=small)
    if small:
        try:
            _work(trial, by)()
        except Refused as problem:
            _end(trial, problem)
    return TrialState(trial.state)


def keep(*, by: Viewer, plan: Reorganisation, seen: Preview) -> None:
    """Keep what an act on one unit would do, tried just now as a plan."""
    row = _row(by, plan)
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
    row = _row(by, plan)
    row.applying = True
    return TrialState(_ask(row, plan, by, "org.plan_apply_asked").state)


def undo_or_ask(*, by: Viewer, plan_id: int, on: date, document: str = "") -> TrialState:
    """Undo a small plan now (as `chithi.org.undoing.undo`); have a large one undone by the worker.

    A day that cannot be is refused at once; every other reason is kept in the row, as `Tried.reasons`.
    """
    plan = plan_found(by, plan_id)
    if problem := why_not_from(plan, on):
        raise problem
    if _is_small(plan):
        undo(by=by, plan_id=plan_id, on=on, document=document)
        return TrialState.DONE
    row = _row(by, plan)
    row.undo_on, row.document = on, clean(document).strip()[:200]
    return TrialState(_ask(row, plan, by, "org.plan_undo_asked").state)


def is_small_plan(viewer: Viewer, plan_id: int) -> bool:
    """Whether a plan in reach is tried, applied and undone while one waits."""
    return _is_small(plan_found(viewer, plan_id))


def deed(doer: Doer) -> Deed:
    """What the worker does with a row; what somebody may do is what they may do then."""
    return Deed(DEED, partial(_begin, doer), awaited=True, told=_told, lease=LONG)


def _begin(doer: Doer, asked: Asked) -> Write | None:
    """None where its asker has asked anew meanwhile."""
    row = _waiting(asked)
    return _work(row, doer(row.by_id)) if row is not None else None


def _told(asked: Asked, problem: Refused | None) -> None:
    row = _waiting(asked)
    if row is not None:
        _end(row, problem or Refused("org.trial_failed"))


def _waiting(asked: Asked) -> PlanTrial | None:
    rows = PlanTrial.objects.everywhere(because=_WAITS).filter(pk=asked.facts["trial"], state=TrialState.WAITING)
    return rows.filter(version=asked.facts["version"]).first()


def _work(row: PlanTrial, by: Viewer) -> Write:
    """What a row waits for: read and tried here, written down or carried out by what is answered."""
    plan = plan_found(by, row.plan_id)
    if row.undo_on is not None:
        on, reasons = row.undo_on, why_not_undo(by=by, plan_id=plan.pk, on=row.undo_on)
        if reasons:
            row.found = {"reasons": [problem_kept(one) for one in reasons[:MOST_REASONS]]}
            return partial(_end, row, Refused("org.built_on_since", count=len(reasons)))
        return partial(_done, row, partial(undo, by=by, plan_id=plan.pk, on=on, document=row.document))
    if row.applying:
        return partial(_done, row, partial(apply, by=by, plan_id=plan.pk, seen_version=row.plan_version))
    row.plan_version, row.tree, row.reach = _for_what(by, plan)
    with on_a_copy():
        _tell(row, by, plan, preview(by=by, plan_id=plan.pk))
    return partial(_end, row)


def _done(row: PlanTrial, act: Callable[[], object]) -> None:
    act()
    _end(row)


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
def _ask(row: PlanTrial, plan: Reorganisation, by: Viewer, verb: str, *, here: bool = False) -> PlanTrial:
    row.save()
    facts = {"trial": row.pk, "version": row.version}
    ask(DEED, f"{row.pk}:{row.version}", facts, due_at=row.asked_at + HERE_FIRST if here else None)
    record(verb, by=by, unit_id=row.unit_id, about=plan)
    return row


def _row(by: Viewer, plan: Reorganisation) -> PlanTrial:
    """The asker's row for a plan, made anew or emptied; not saved."""
    row = _trials(plan).filter(by_id=by.user_id or 0).first() or PlanTrial(plan=plan, by_id=by.user_id or 0)
    row.unit_id, row.state, row.applying = plan.unit_id, TrialState.WAITING.value, False
    row.undo_on, row.document = None, ""
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
