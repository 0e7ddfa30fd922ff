"""Reorganisation plans: drafted from a sheet, tried, applied in one transaction, undone as new events.

A plan happens under one unit; it may touch that unit and what stands below it, within its doer's reach. Trying it
(`preview`) does everything that applying does and then rolls it back, so that the two cannot differ. What a trial shows
is gathered in `chithi.org.plan_preview`; mending a draft is in `chithi.org.plan_drafts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import history, places, rules
from chithi.org.history import Change
from chithi.org.kinds import PlanState, StepKind, UnitKind
from chithi.org.models import Reorganisation, ReorganisationStep, Unit
from chithi.org.plan_preview import Preview, looked_at
from chithi.org.plan_rows import Problem, Row, Step, Unread, read_row, read_rows
from chithi.org.plan_steps import Carrier
from chithi.text.vietnamese import clean

_WHY = "what a plan touches, under a unit found in reach"
MOST_TYPED = 20_000
"""Characters kept of a cell that was not understood."""


def draft(
    *, by: Viewer, unit_id: int, title: str, on: date, rows: Sequence[Sequence[str]], document: str = ""
) -> Reorganisation:
    """Keep a plan read from a sheet. Nothing of the tree changes. Refuses a sheet with problems (`read_rows`)."""
    sheet = read_rows(rows)
    if sheet.problems:
        raise _refused(sheet.problems)
    return draft_steps(by=by, unit_id=unit_id, title=title, on=on, steps=sheet.steps, document=document)


@transaction.atomic
def draft_steps(
    *, by: Viewer, unit_id: int, title: str, on: date, steps: Iterable[Row], document: str = ""
) -> Reorganisation:
    """Keep a plan made of rows already read; those that were not understood are kept to be mended."""
    if not Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    if problem := rules.why_not_on(on, by.today):
        raise problem
    plan = Reorganisation.objects.create(
        unit_id=unit_id, title=clean(title)[:200], on=on, document=clean(document)[:200], by_id=by.user_id
    )
    store_rows(plan, steps)
    record("org.plan_drafted", by=by, unit_id=unit_id, about=plan)
    return plan


def preview(*, by: Viewer, plan_id: int) -> Preview:
    """Try a plan: carry it out, look, and roll it back."""
    with only_one("tree"):
        plan = _plan(by, plan_id, PlanState.DRAFT)
        before = places.tree_on(plan.on - timedelta(days=1))
        change, problems = _carried_out(by, plan)
        found = looked_at(plan.on, change, problems, before)
        transaction.set_rollback(True)
    places.forget_read()
    return found


def apply(*, by: Viewer, plan_id: int, seen_version: int | None = None) -> Reorganisation:
    """Carry a plan out, all of it or nothing; refuses one with problems (`preview` names them).

    `seen_version` is that of the plan as it was looked at; `Stale` where it was mended since.
    """
    with only_one("tree"):
        plan = _plan(by, plan_id, PlanState.DRAFT)
        if seen_version is not None and plan.version != seen_version:
            raise Stale("db.stale")
        change, problems = _carried_out(by, plan)
        if problems:
            raise _refused(problems)
        history.finish(change)
        plan.state = PlanState.APPLIED
        plan.save(update_fields=["state"])
        record("org.plan_applied", by=by, unit_id=plan.unit_id, about=plan, events=len(change.made))
        return plan


def plan_in_reach(by: Viewer, plan_id: int) -> Reorganisation:
    """A plan whose unit the viewer may change; `Absent` else."""
    plan = Reorganisation.objects.visible_to(by.reach(Capability.TREE)).filter(pk=plan_id).first()
    if plan is None:
        raise Absent("org.no_plan", plan=plan_id)
    return plan


def rows_of(plan: Reorganisation) -> list[Row]:
    """The rows of a plan, in order."""
    rows = ReorganisationStep.objects.everywhere(because=_WHY).filter(plan_id=plan.pk).order_by("order")
    return [
        Step(
            row=row.row,
            what=StepKind(row.what),
            codes=tuple(row.codes.splitlines()),
            name=row.name,
            short_name=row.short_name,
            kind=UnitKind(row.kind) if row.kind else None,
            is_cell=row.is_cell,
            is_grassroots=row.is_grassroots,
            parent_code=row.parent_code,
            heir_code=row.heir_code,
            people=tuple(row.people.splitlines()),
        )
        if row.what
        else Unread(row.row, row.cells)
        for row in rows
    ]


def steps_of(plan: Reorganisation) -> list[Step]:
    """The rows that were understood."""
    return [row for row in rows_of(plan) if isinstance(row, Step)]


def store_rows(plan: Reorganisation, rows: Iterable[Row]) -> None:
    """Write the rows of a new or emptied plan. Call inside the transaction of the act."""
    stored = (_stored(plan, order, row) for order, row in enumerate(rows, 1))
    ReorganisationStep.objects.bulk_create(stored, batch_size=500)


def begun(by: Viewer, plan: Reorganisation, on: date, document: str) -> Change:
    """Begin an act that reaches no further than the plan's unit and what stands below it."""
    change = history.begin(by, on, document, plan.pk)
    inside: set[int] = set()
    for tree in (places.tree_on(by.today), places.tree_on(plan.on), places.tree_on(on)):
        at = tree.find(plan.unit_id)
        if at is not None:
            inside |= set(tree.shape.unit_ids[tree.shape.subtree(at)].tolist())
    change.within = inside if change.within is None else change.within & inside
    return change


def _plan(by: Viewer, plan_id: int, state: PlanState) -> Reorganisation:
    plan = plan_in_reach(by, plan_id)
    if plan.state != state:
        raise Refused("org.plan_not_draft", state=plan.state)
    return plan


def _carried_out(by: Viewer, plan: Reorganisation) -> tuple[Change, list[Problem]]:
    change = begun(by, plan, plan.on, plan.document)
    rows = rows_of(plan)
    carrier = Carrier(change, plan.pk, plan.unit_id, (row for row in rows if isinstance(row, Step)))
    for row in rows:
        if isinstance(row, Unread):
            carrier.problems += read_row(row.row, row.cells)[1]
            carrier.failed |= {code.strip() for code in row.cells.get("codes", "").split(";")} - {""}
    carrier.carry_out()
    carrier.problems.sort(key=lambda problem: problem.row)
    try:
        history.sound(change)
    except Refused as wrong:
        carrier.problems.append(Problem(wrong.code, facts=wrong.facts))
    return change, carrier.problems


def _stored(plan: Reorganisation, order: int, step: Row) -> ReorganisationStep:
    if isinstance(step, Unread):
        cells = {column: said[:MOST_TYPED] for column, said in step.cells.items()}
        return ReorganisationStep(unit_id=plan.unit_id, plan=plan, order=order, row=step.row, cells=cells)
    return ReorganisationStep(
        unit_id=plan.unit_id,
        plan=plan,
        order=order,
        row=step.row,
        what=step.what,
        codes="\n".join(step.codes),
        name=step.name,
        short_name=step.short_name,
        kind=step.kind or "",
        is_cell=step.is_cell,
        is_grassroots=step.is_grassroots,
        parent_code=step.parent_code,
        heir_code=step.heir_code,
        people="\n".join(step.people),
    )


def _refused(problems: Sequence[Problem]) -> Refused:
    return Refused("org.plan_has_problems", count=len(problems), row=problems[0].row)
