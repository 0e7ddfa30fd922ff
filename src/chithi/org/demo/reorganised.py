"""The invented province after 1 July 2025: no districts, about four communes in one, agencies with their heirs.

The rows of the plan are made by pure rules from the planned tree, as a clerk would type them; they are then drafted and
applied like any other plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.journal.models import Entry
from chithi.org.demo.plan import PlannedUnit, TreePlan
from chithi.org.demo.sizes import DistrictSize, TreeSize
from chithi.org.demo.streams import key
from chithi.org.demo.tree import plan_tree
from chithi.org.kinds import StepKind, UnitKind
from chithi.org.models import (
    Closing,
    GroupMember,
    Reorganisation,
    ReorganisationStep,
    TreeEvent,
    Unit,
    UnitLink,
    UnitState,
)
from chithi.org.plan_rows import Step
from chithi.org.plans import apply, draft_steps
from chithi.text.vietnamese import fold

ON = date(2025, 7, 1)
DOCUMENT = "Nghị quyết số 31-NQ/TU"
TITLE = "Kết thúc cấp huyện, sắp xếp cấp xã"
TOGETHER = 4
"""So many communes become one, as in most places in 2025."""
ONE_STAYS_OF = 16
"""Of so many communes of a district one stays as it is: 128 of 3.321 did in the whole country."""
_WHY = "the reorganisation of the demo, just stored"


def reorganise(*, by: Viewer, size: TreeSize, seed: int) -> Reorganisation:
    """Draft and apply the plan on the province that `build` stored from this size and seed."""
    found = Unit.objects.everywhere(because=_WHY).filter(code=size.code).first()
    if found is None:
        raise Refused("org.no_unit", unit=size.code)
    newest = {model: _newest(model) for model in _STORED}
    plan = draft_steps(
        by=by,
        unit_id=found.pk,
        title=TITLE,
        on=ON,
        steps=reorganisation_steps(plan_tree(size, seed)),
        document=DOCUMENT,
    )
    apply(by=by, plan_id=plan.pk)
    for model, before in newest.items():
        _settle(model, before, seed)
    return plan


def reorganisation_steps(plan: TreePlan) -> list[Step]:
    """The rows of the plan; rows count from 2, as in a sheet with heads. Pure."""
    rows = [step for at, district in enumerate(plan.size.districts) for step in _district(plan, district, at)]
    rows.append(Step(0, StepKind.ABOLISH, kind=UnitKind.DISTRICT, heir_code=plan.size.code))
    return [Step(**{**vars(step), "row": number}) for number, step in enumerate(rows, 2)]


def groups_of(count: int) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    """Which of so many communes become one, and which stay: by their number in the district."""
    stay = count // ONE_STAYS_OF
    joined = list(range(count - stay))
    groups = [tuple(joined[at : at + TOGETHER]) for at in range(0, len(joined), TOGETHER)]
    alone = groups.pop() if groups and len(groups[-1]) == 1 else ()
    return groups, (*alone, *range(count - stay, count))


def _district(plan: TreePlan, district: DistrictSize, at: int) -> Iterator[Step]:
    """One district: its communes join, its offices go up or into the new communes in turn. A bloc stays."""
    if district.kind != UnitKind.DISTRICT:
        return
    below = [unit for unit in plan.below(plan.code_of(district)) if unit.closed is None]
    communes, others = below[: district.communes], below[district.communes :]
    groups, staying = groups_of(len(communes))
    heirs = []
    for number, group in enumerate(groups, 1):
        heirs.append(f"{plan.size.code}-X{at + 1}{number:02d}")
        yield from _join(plan, [communes[one] for one in group], heirs[-1])
    if staying:
        yield Step(0, StepKind.MOVE, tuple(communes[one].code for one in staying), parent_code=plan.size.code)
    ending = [unit for unit in others if _ends(unit)] if heirs else []
    for turn, unit in enumerate(ending):
        yield Step(0, StepKind.CLOSE, (unit.code,), heir_code=heirs[turn % len(heirs)])
    going = tuple(unit.code for unit in others if unit not in ending)
    if going:
        yield Step(0, StepKind.MOVE, going, parent_code=plan.size.code)


def _join(plan: TreePlan, communes: list[PlannedUnit], code: str) -> Iterator[Step]:
    """A new commune, named after the first of those that become it."""
    first = communes[0]
    yield Step(
        0,
        StepKind.OPEN,
        (code,),
        name=first.name,
        short_name=first.short_name,
        kind=UnitKind.GRASSROOTS,
        is_grassroots=True,
        parent_code=plan.size.code,
    )
    yield Step(0, StepKind.MERGE, tuple(unit.code for unit in communes), heir_code=code)


def _ends(unit: PlannedUnit) -> bool:
    """Offices of the district itself end with it; courts, banks, schools and hospitals go on under the province."""
    return "co quan" in fold(unit.name) or "tram khuyen nong" in fold(unit.name)


_STORED = (
    *(Unit, TreeEvent, UnitState, Closing, Reorganisation, ReorganisationStep, Entry),
    *(GroupMember, UnitLink),
)


def _newest(model: type) -> int:
    rows = model.objects.everywhere(because=_WHY).order_by("-pk")  # type: ignore[attr-defined]  # all of them guarded
    return int(rows.values_list("pk", flat=True).first() or 0)


def _settle(model: type, before: int, seed: int) -> None:
    """Identities from the seed and the plan's own day, so that a second run stores the same rows."""
    rows = model.objects.everywhere(because=_WHY)  # type: ignore[attr-defined]  # all of them guarded
    new = list(rows.filter(pk__gt=before).order_by("pk"))
    names = {field.name for field in model._meta.fields}  # type: ignore[attr-defined]
    for number, row in enumerate(new):
        row.key = key(seed, f"reorganised.{model.__name__}", number)
        if "at" in names:
            row.at = datetime.combine(ON, time(2), UTC)
    rows.bulk_update(new, ["key", *({"at"} & names)], batch_size=300)
