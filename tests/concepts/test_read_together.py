"""What is read at once for thousands says the same as what is read one by one: columns, kinds by place, documents."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from chithi.db.columns import DayNumber, whole_numbers
from chithi.directives.actions import draft, enter
from chithi.directives.reading import all_readable, readable
from chithi.directives.rules import Written, is_asked
from chithi.org.kinds import Expected, UnitKind
from chithi.org.kinds_by_place import kinds_by_place
from chithi.org.models import UnitState, valid_on
from chithi.org.places import forget_since, tree_on
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
_WHY = "a test compares what is read together with what is read one by one"


def states() -> list[UnitState]:
    return list(UnitState.objects.everywhere(because=_WHY).filter(valid_on(TODAY)))


def test_columns_hold_ids_flags_and_days_as_rows_do(world: World) -> None:
    rows = UnitState.objects.everywhere(because=_WHY).values_list("unit_id", "is_cell", DayNumber("since"))
    found = {tuple(row) for row in whole_numbers(rows, 3).tolist()}
    told = UnitState.objects.everywhere(because=_WHY)
    assert found == {(one.unit_id, int(one.is_cell), one.since.toordinal()) for one in told}
    assert whole_numbers(rows.filter(since__gt=date(2900, 1, 1)), 3).shape == (0, 3)
    assert whole_numbers(rows.none(), 3).shape == (0, 3)


def test_kinds_by_place_are_those_of_the_units_and_are_read_once(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    tree = tree_on(TODAY)
    kinds = kinds_by_place(tree)
    for expected in (Expected.CELLS, Expected.GRASSROOTS, Expected.DISTRICTS, Expected.MASS_ORGANISATIONS):
        asked = {one.unit_id for one in states() if is_asked(expected, one.is_cell, one.is_grassroots, one.kind)}
        assert set(tree.shape.unit_ids[kinds.those(expected)].tolist()) == asked
    assert not kinds.those(Expected.NOBODY).any()
    with django_assert_num_queries(0):
        assert kinds_by_place(tree) is kinds


def test_a_change_of_kind_is_seen_in_the_tree_that_follows(world: World) -> None:
    before = kinds_by_place(tree_on(TODAY))
    state = next(one for one in states() if one.is_cell and one.kind == UnitKind.CELL)
    UnitState.objects.everywhere(because=_WHY).filter(pk=state.pk).update(is_cell=False)
    forget_since(date(2020, 1, 1))
    after = tree_on(TODAY)
    assert before.those(Expected.CELLS).sum() == kinds_by_place(after).those(Expected.CELLS).sum() + 1
    assert not kinds_by_place(after).those(Expected.CELLS)[after.position(state.unit_id)]


@pytest.mark.parametrize("who", ["lan", "hoa", "minh", "dung", "chau", "an"])
def test_a_list_of_documents_holds_exactly_those_that_may_be_read(world: World, who: str) -> None:
    chau = world.viewer("chau")
    for code in ("T", "A", "A1", "A11", "A12", "B1"):
        unit = world.unit(code)
        for at, to in enumerate(((), (world.unit("A11"),))):
            written = Written("plan", f"Kế hoạch {code}", "", f"{at}-{code}", date(2026, 9, 1), recipients=to)
            enter(by=chau, unit_id=unit, written=written)
        draft(by=chau, unit_id=unit, written=Written("plan", f"Dự thảo {code}"))
    viewer = world.viewer(who)
    ids = set(readable(viewer).values_list("pk", flat=True))
    assert set(all_readable(viewer).values_list("pk", flat=True)) == ids
    assert all_readable(viewer).count() == len(ids)
    assert ids or who == "an"
