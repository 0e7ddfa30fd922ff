"""Reorganisation plans: drafted from a sheet, tried, applied in one transaction, undone as new events.

A plan happens under one unit; it may touch that unit and what stands below it, within its doer's reach. Trying it
(`preview`) does everything that applying does and then rolls it back, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db import transaction

from chithi.core.errors import Absent, Refused
from chithi.db.locks import only_one
from chithi.db.models import Guarded
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import history, places, rules
from chithi.org.history import Change
from chithi.org.kinds import PlanState, StepKind, TreeEventKind, UnitKind
from chithi.org.models import Membership, Reorganisation, ReorganisationStep, TreeEvent, Unit, valid_on
from chithi.org.plan_rows import Problem, Step, read_rows
from chithi.org.plan_steps import Carrier
from chithi.text.vietnamese import clean

_WHY = "what a plan touches, under a unit found in reach"
DERIVED = frozenset(
    {
        *("org.unitstate", "org.treeevent", "org.closing", "org.transfer"),
        *("org.reorganisation", "org.reorganisationstep"),
        *("journal.entry", "freshness.mark", "indicators.totals"),
    }
)
"""Rows about a unit that are not records of its own: the tree itself, plans, the journal, what is computed."""


@dataclass(frozen=True)
class Preview:
    """What a plan would do. Units by code, in the order of the plan.

    `people`: members in the units it touches and below them. `records`: rows that belong to units it closes (roles,
    figures, posts … by model, dated ones only while they hold); they stay where they are and are read by the heir.
    `recounted`: units whose totals are computed anew from the day on. Empty `problems` mean that it can be applied.
    """

    problems: tuple[Problem, ...]
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    people: int = 0
    records: Mapping[str, int] | None = None
    recounted: int = 0

    def count(self, model: str) -> int:
        return (self.records or {}).get(model, 0)

    @property
    def roles(self) -> int:
        """Roles that end with the units they are held in."""
        return self.count("access.rolegrant")

    @property
    def figures(self) -> int:
        return self.count("indicators.figure")


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
    *, by: Viewer, unit_id: int, title: str, on: date, steps: Iterable[Step], document: str = ""
) -> Reorganisation:
    """Keep a plan made of rows already understood."""
    if not Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    if problem := rules.why_not_on(on, by.today):
        raise problem
    plan = Reorganisation.objects.create(
        unit_id=unit_id, title=clean(title)[:200], on=on, document=clean(document)[:200], by_id=by.user_id
    )
    ReorganisationStep.objects.bulk_create(
        (_stored(plan, order, step) for order, step in enumerate(steps, 1)), batch_size=500
    )
    record("org.plan_drafted", by=by, unit_id=unit_id, about=plan)
    return plan


def preview(*, by: Viewer, plan_id: int) -> Preview:
    """Try a plan: carry it out, look, and roll it back."""
    with only_one("tree"):
        plan = _plan(by, plan_id, PlanState.DRAFT)
        before = places.tree_on(plan.on - timedelta(days=1))
        change, problems = _carried_out(by, plan)
        found = _looked_at(plan, change, problems, before)
        transaction.set_rollback(True)
    return found


def apply(*, by: Viewer, plan_id: int) -> Reorganisation:
    """Carry a plan out, all of it or nothing; refuses one with problems (`preview` names them)."""
    with only_one("tree"):
        plan = _plan(by, plan_id, PlanState.DRAFT)
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


def steps_of(plan: Reorganisation) -> list[Step]:
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
        for row in rows
    ]


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
    carrier = Carrier(change, plan.pk, plan.unit_id, steps_of(plan))
    carrier.carry_out()
    try:
        history.sound(change)
    except Refused as wrong:
        carrier.problems.append(Problem(wrong.code, facts=wrong.facts))
    return change, carrier.problems


def _looked_at(plan: Reorganisation, change: Change, problems: list[Problem], before: places.Tree) -> Preview:
    places.forget_since(change.on)
    after = places.tree_on(change.on)
    events = TreeEvent.objects.everywhere(because=_WHY).filter(pk__in=change.made).order_by("pk")
    done = list(events.values_list("kind", "unit_id"))

    def those(*kinds: TreeEventKind) -> list[int]:
        return list(dict.fromkeys(unit for kind, unit in done if kind in kinds))

    ended = those(TreeEventKind.CLOSE, TreeEventKind.MERGE, TreeEventKind.SPLIT)
    codes = dict(Unit.objects.everywhere(because=_WHY).filter(pk__in=change.touched).values_list("pk", "code"))

    def named(units: Iterable[int]) -> tuple[str, ...]:
        return tuple(codes[unit] for unit in units)

    return Preview(
        problems=tuple(problems),
        opened=named(those(TreeEventKind.OPEN)),
        closed=named(ended),
        moved=named(those(TreeEventKind.MOVE)),
        changed=named(those(TreeEventKind.RENAME, TreeEventKind.CHANGE_KIND)),
        people=_people(before, {unit for _, unit in done}, plan.on),
        records=records_of(ended, plan.on),
        recounted=_recounted(after, change.touched),
    )


def _people(tree: places.Tree, units: set[int], on: date) -> int:
    """Members in these units and below them, on the tree of the day before."""
    inside = set(units)
    for unit in units:
        at = tree.find(unit)
        if at is not None:
            inside |= set(tree.shape.unit_ids[tree.shape.subtree(at)].tolist())
    members = Membership.objects.everywhere(because=_WHY).filter(valid_on(on), unit_id__in=inside)
    return members.values("person_id").distinct().count()


def _recounted(tree: places.Tree, touched: set[int]) -> int:
    """Units with others below them that lie on the way up from something touched."""
    found: set[int] = set()
    for unit in touched:
        at = tree.find(unit)
        if at is not None:
            found |= {at, *tree.shape.ancestors(at)}
    return sum(1 for at in found if tree.shape.child_count[at])


def records_of(unit_ids: Iterable[int], on: date) -> dict[str, int]:
    """How many rows of each kind belong to units: every guarded table with a column for its unit is asked."""
    units = list(unit_ids)
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        names = {f.name for f in model._meta.get_fields()}
        if not issubclass(model, Guarded) or label in DERIVED or "unit" not in names:
            continue
        rows = model.objects.everywhere(because=_WHY).filter(**{"unit__in": units})
        if count := (rows.filter(valid_on(on)) if {"since", "until"} <= names else rows).count():
            found[label] = count
    return found


def _stored(plan: Reorganisation, order: int, step: Step) -> ReorganisationStep:
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
