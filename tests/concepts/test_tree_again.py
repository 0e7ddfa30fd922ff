"""A plan that was undone is corrected and applied again: its codes name the same units."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Refused
from chithi.indicators.verify import verify
from chithi.org.models import Reorganisation, Unit, UnitState
from chithi.org.plans import apply, draft_steps, preview, steps_of
from chithi.org.undoing import undo
from tests.concepts.test_tree_plans import DAY, LATER, drafted, lived_in, tree
from tests.worlds import World

pytestmark = pytest.mark.django_db
_WHY = "a test looks at the tree"
MUCH_LATER = date(2026, 10, 1)


def again(world: World, plan_id: int, on: date) -> int:
    plan = Reorganisation.objects.everywhere(because=_WHY).get(pk=plan_id)
    return draft_steps(by=world.viewer("an"), unit_id=plan.unit_id, title="Lại", on=on, steps=steps_of(plan)).pk


def x1() -> Unit:
    return Unit.objects.everywhere(because=_WHY).get(code="X1")


@pytest.mark.parametrize(("undone", "next_on"), [(DAY, DAY), (DAY, LATER), (LATER, MUCH_LATER)])
def test_an_undone_plan_is_applied_again_with_its_codes_and_undone_again(
    world: World, undone: date, next_on: date
) -> None:
    lived_in(world)
    an, first = world.viewer("an"), drafted(world)
    old = tree(date(2026, 6, 30))
    apply(by=an, plan_id=first)
    new, unit = tree(DAY), x1().pk
    undo(by=an, plan_id=first, on=undone)
    second = again(world, first, next_on)
    assert preview(by=world.viewer("an"), plan_id=second).problems == ()
    apply(by=world.viewer("an"), plan_id=second)
    assert tree(next_on) == new
    assert x1().pk == unit
    if next_on != undone:
        assert tree(undone)["X1"] == ("T", False)
    undo(by=world.viewer("an"), plan_id=second, on=next_on)
    now = tree(date(2026, 11, 21))
    assert now.pop("X1") == ("T", False)
    assert now == old
    assert verify().ok


def test_a_code_that_lived_is_not_opened_again_on_the_very_day_of_its_undoing(world: World) -> None:
    an, plan = world.viewer("an"), drafted(world)
    apply(by=an, plan_id=plan)
    undo(by=an, plan_id=plan, on=LATER)
    problems = preview(by=world.viewer("an"), plan_id=again(world, plan, LATER)).problems
    assert "org.before_last_change" in {problem.code for problem in problems}


def test_the_code_of_a_unit_that_closed_otherwise_stays_taken(world: World) -> None:
    from chithi.org.actions import NewUnit, merge, open_unit
    from chithi.org.kinds import UnitKind

    an = world.viewer("an")
    merge(by=an, unit_ids=[world.unit("A2")], heir_id=world.unit("A1"), on=DAY)
    new = NewUnit("A2", "Đảng bộ xã An Hai", "An Hai", UnitKind.GRASSROOTS)
    an = world.viewer("an")
    with pytest.raises(Refused) as refused:
        open_unit(by=an, new=new, parent_id=world.unit("A"), on=LATER)
    assert refused.value.code == "org.code_taken"
    assert UnitState.objects.everywhere(because=_WHY).filter(unit_id=world.unit("A2")).count() == 1
