"""Shapes: an edition of the tree as arrays, from rows in any order, and as bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pure.rollup_trees import Rows, trees

from chithi.core.errors import Refused
from chithi.rollup import Shape, build

ARRAYS = ("unit_ids", "parent", "depth", "hi", "present")


def same(one: Shape, other: Shape) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)


def walked(rows: Rows) -> list[tuple[int, int, int, bool]]:
    """(unit, parent unit, depth, present) in pre-order, by plain recursion."""
    found: list[tuple[int, int, int, bool]] = []

    def visit(parent: int, depth: int) -> None:
        family = sorted((key, unit, here) for unit, above, here, key in zip(*rows, strict=True) if above == parent)
        for _, unit, here in family:
            found.append((unit, parent, depth, here))
            visit(unit, depth + 1)

    visit(-1, 0)
    return found


@settings(max_examples=40)
@given(trees())
def test_a_shape_is_the_tree_in_preorder(rows: Rows) -> None:
    shape = build(*rows)
    units = shape.unit_ids.tolist()
    parents = [-1 if at == -1 else units[at] for at in shape.parent.tolist()]
    told = list(zip(units, parents, shape.depth.tolist(), shape.present.tolist(), strict=True))
    assert told == walked(rows)


@settings(max_examples=40)
@given(trees())
def test_subtrees_ancestors_children_and_levels_agree_with_the_parents(rows: Rows) -> None:
    shape = build(*rows)
    n = len(shape)
    for position in range(n):
        above = shape.ancestors(position)
        assert len(above) == shape.depth[position]
        assert above[:1] == [p for p in (int(shape.parent[position]),) if p != -1]
        below = [p for p in range(n) if p == position or position in shape.ancestors(p)]
        assert list(range(n))[shape.subtree(position)] == below
        assert shape.children(position).tolist() == [p for p in range(n) if shape.parent[p] == position]
        assert shape.position(int(shape.unit_ids[position])) == position
    assert shape.roots.tolist() == [p for p in range(n) if shape.parent[p] == -1]
    assert shape.inner.tolist() == [p for p in range(n) if len(shape.children(p))]
    everyone = np.arange(n, dtype=np.int32)
    assert sorted(shape.children_of(everyone).tolist()) == [p for p in range(n) if shape.parent[p] != -1]
    for depth, level in enumerate(shape.levels):
        assert set(shape.depth[shape.by_depth[level]].tolist()) == {depth}


@settings(max_examples=40)
@given(trees(), st.randoms(use_true_random=False))
def test_the_order_rows_come_in_changes_nothing(rows: Rows, random) -> None:  # type: ignore[no-untyped-def]
    together = list(zip(*rows, strict=True))
    random.shuffle(together)
    again = [list(column) for column in zip(*together, strict=True)] or [[], [], [], []]
    assert same(build(*rows), build(*again))


@settings(max_examples=40)
@given(trees())
def test_a_shape_survives_its_bytes(rows: Rows) -> None:
    shape = build(*rows)
    data = shape.to_bytes()
    assert same(Shape.from_bytes(data), shape)
    assert Shape.from_bytes(data).to_bytes() == data
    assert [getattr(Shape.from_bytes(data), name).dtype for name in ARRAYS] == [
        getattr(shape, name).dtype for name in ARRAYS
    ]


def test_damaged_bytes_are_refused_wherever_the_damage_is() -> None:
    data = build([1, 2, 3, 4], [-1, 1, 1, 2]).to_bytes()
    damaged = [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(len(data)) if at not in (6, 7)]
    for broken in [b"", data[:-1], data + b"\0", *damaged]:
        with pytest.raises(Refused) as refusal:
            Shape.from_bytes(broken)
        assert refusal.value.code == "rollup.damaged"


@pytest.mark.parametrize(
    ("units", "parents", "code", "unit"),
    [
        ([1, 2, 3, 4], [-1, 4, 2, 3], "rollup.cycle", {2, 3, 4}),
        ([1, 2, 3, 4], [-1, 2, 2, 3], "rollup.cycle", {2}),  # 3 and 4 hang under the cycle, 2 is it
        ([5], [5], "rollup.cycle", {5}),
        ([1, 2, 2], [-1, 1, 1], "rollup.duplicate", {2}),
        ([1, 2], [-1, 9], "rollup.no_parent", {2}),
        ([1, 2], [-1, -7], "rollup.no_parent", {2}),
        ([1, -2], [-1, 1], "rollup.no_unit", {-2}),
    ],
)
def test_rows_that_are_no_tree_are_refused_naming_a_unit(
    units: list[int], parents: list[int], code: str, unit: set[int]
) -> None:
    with pytest.raises(Refused) as refusal:
        build(units, parents)
    assert refusal.value.code == code
    assert refusal.value.facts["unit"] in unit


def test_an_endless_chain_and_uneven_rows_are_refused() -> None:
    chain = list(range(1001))
    assert len(build(chain[:1000], [-1, *chain[:999]]).levels) == 1000
    with pytest.raises(Refused, match=r"rollup\.too_deep"):
        build(chain, [-1, *chain[:-1]])
    with pytest.raises(Refused, match=r"rollup\.uneven"):
        build([1, 2], [-1])


def test_a_unit_outside_the_edition_is_refused() -> None:
    shape = build([10, 20], [-1, 10])
    assert shape.positions([20, 10, 20]).tolist() == [1, 0, 1]
    with pytest.raises(Refused) as refusal:
        shape.positions([20, 15, 99])
    assert (refusal.value.code, refusal.value.facts) == ("rollup.no_unit", {"unit": 15})
    with pytest.raises(Refused, match=r"rollup\.no_unit"):
        build([], []).position(1)
