"""Members whom a plan puts into other cells: counted once wherever they belong, sent back only to open cells."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.verify import verify
from chithi.org.models import Membership, valid_on
from chithi.org.plans import apply, preview
from chithi.org.undoing import undo, why_not_undo
from tests.concepts.test_tree_plans import DAY, LATER, SHEET, drafted, row
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db
_WHY = "a test looks at the tree"


def where(person_id: int, day: date = LATER) -> list[int]:
    rows = Membership.objects.everywhere(because=_WHY).filter(valid_on(day), person_id=person_id)
    return sorted(rows.values_list("unit_id", flat=True))


def test_the_cell_where_a_member_now_counts_is_computed_anew(world: World) -> None:
    someone = add_members(world.units["A11"], 3)[0]
    for code in ("A12", "B11"):
        add_members(world.units[code], 3)
    Membership.objects.create(person=someone, unit=world.units["B11"], since=date(2015, 1, 1))
    rebuild(period_row(parse("2026")))
    plan = drafted(world, [SHEET[0], row("chuyển đảng viên", "A11", parent_code="A12", people=someone.name)])
    apply(by=world.viewer("an"), plan_id=plan)
    assert verify().differences == ()
    undo(by=world.viewer("an"), plan_id=plan, on=LATER)
    assert verify().differences == ()


def test_nobody_is_sent_back_to_a_cell_that_has_closed_since(world: World) -> None:
    someone = add_members(world.units["A11"], 2)[0]
    plan = drafted(world, [SHEET[0], row("chuyển đảng viên", "A11", parent_code="A21", people=someone.name)])
    apply(by=world.viewer("an"), plan_id=plan)
    apply(by=world.viewer("an"), plan_id=drafted(world, [SHEET[0], row("sáp nhập", "A11", heir_code="A12")]))
    told = why_not_undo(by=world.viewer("an"), plan_id=plan, on=LATER)
    assert [(one.code, one.facts["said"]) for one in told] == [("undo.changed_since", "A11")]
    with pytest.raises(Refused):
        undo(by=world.viewer("an"), plan_id=plan, on=LATER)
    assert where(someone.pk) == [world.unit("A21")]


@pytest.mark.parametrize("on", [DAY, LATER])
def test_whom_a_plan_moved_twice_goes_back_to_where_they_came_from(world: World, on: date) -> None:
    someone = add_members(world.units["A11"], 1)[0]
    rows = [
        row("chuyển đảng viên", "A11", parent_code="A12", people=someone.name),
        row("chuyển đảng viên", "A12", parent_code="A21", people=someone.name),
    ]
    plan = drafted(world, [SHEET[0], *rows])
    apply(by=world.viewer("an"), plan_id=plan)
    assert where(someone.pk) == [world.unit("A21")]
    undo(by=world.viewer("an"), plan_id=plan, on=on)
    assert where(someone.pk) == [world.unit("A11")]


def test_nobody_is_put_into_a_cell_they_are_in_already(world: World) -> None:
    someone = add_members(world.units["A11"], 1)[0]
    Membership.objects.create(person=someone, unit=world.units["A12"], since=date(2015, 1, 1))
    plan = drafted(world, [SHEET[0], row("chuyển đảng viên", "A11", parent_code="A12", people=someone.name)])
    [problem] = preview(by=world.viewer("an"), plan_id=plan).problems
    assert (problem.row, problem.column, problem.code) == (2, "people", "org.overlaps")
    assert "2015" in problem.said("vi")
