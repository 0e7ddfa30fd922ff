"""Whether a subtree holds other units than it did: the arrays say what sets of units say."""

from __future__ import annotations

import gc

from hypothesis import given
from hypothesis import strategies as st

from chithi.rollup import moves as kept
from chithi.rollup.build import build
from chithi.rollup.moves import moves
from chithi.rollup.shape import NO_PARENT, Shape

UNITS = 14


@st.composite
def trees(draw: st.DrawFn) -> Shape:
    """A forest of some of the units 1 … 14, in any order."""
    units = draw(st.lists(st.integers(1, UNITS), min_size=1, unique=True))
    parents = [draw(st.sampled_from([NO_PARENT, *units[:at]])) for at in range(len(units))]
    return build(units, parents)


def inside(tree: Shape, unit: int) -> set[int]:
    at = tree.found([unit]).get(unit)
    return set() if at is None else set(tree.unit_ids[tree.subtree(at)].tolist())


def part(tree: Shape, unit: int) -> slice:
    at = tree.found([unit]).get(unit)
    return slice(0, 0) if at is None else tree.subtree(at)


@given(trees(), trees())
def test_a_subtree_differs_where_units_of_then_came_or_went(then: Shape, now: Shape) -> None:
    known_then = set(then.unit_ids.tolist())
    for unit in set(now.unit_ids.tolist()):
        came = inside(now, unit) & known_then != inside(then, unit)
        assert moves(then, now).differ(part(then, unit), part(now, unit)) == came


def test_it_is_worked_out_once_and_goes_with_the_trees() -> None:
    then, now = build([1, 2], [NO_PARENT, 1]), build([1, 2, 3], [NO_PARENT, 1, 1])
    gc.collect()
    before = len(kept._known)
    assert moves(then, now) is moves(then, now)
    assert len(kept._known) == before + 1
    del now
    gc.collect()
    assert len(kept._known) == before
