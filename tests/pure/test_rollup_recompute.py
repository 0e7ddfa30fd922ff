"""Recomputing what a save touched: the same bits as starting over, from the neighbours' rows alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pure.rollup_cases import Case, Sayings, cases, said

from chithi.core.errors import Refused
from chithi.rollup import Column, Row, Totals, build, key_of, recompute, totals, touched
from chithi.rollup.totals import Cell, Part

KEY = key_of(7)


@settings(max_examples=40)
@given(cases(), st.data())
def test_touched_are_the_units_with_children_on_the_way_up(case: Case, data: st.DataObject) -> None:
    changed = data.draw(st.lists(st.sampled_from(range(len(case.shape))))) if len(case.shape) else []
    way_up = {p for at in changed for p in (at, *case.shape.ancestors(at))}
    assert touched(case.shape, changed).tolist() == [p for p in case.shape.inner.tolist() if p in way_up]


@settings(max_examples=100)
@given(cases(), st.data())
def test_recomputing_what_changed_gives_the_same_bits_as_starting_over(case: Case, data: st.DataObject) -> None:
    shape, before = case.shape, case.own()
    stored = totals(shape, before)
    units = case.rows[0]
    changed = data.draw(st.lists(st.sampled_from(units), unique=True)) if units else []
    changes = {key: of | {unit: data.draw(said) for unit in changed} for key, of in case.sayings.items()}
    after = case.own(changes)
    positions = [shape.position(unit) for unit in changed]

    part, full = recompute(shape, stored, near(case, changes, positions), positions), totals(shape, after)
    at = np.isin(full.positions, part.positions)
    assert part.positions.tolist() == touched(shape, positions).tolist()
    assert np.array_equal(part.keys, full.keys)
    assert part.cells.tobytes() == np.ascontiguousarray(full.cells[:, :, at]).tobytes()
    untouched = [place for place, here in enumerate(at) if not here]
    assert np.array_equal(full.cells[:, :, untouched], stored.cells[:, :, untouched])  # nothing else moved


def near(case: Case, sayings: Sayings, positions: list[int]) -> dict[int, Column]:
    """Only the own rows a recomputation is promised to need: the touched units and their children."""
    above = touched(case.shape, positions)
    needed = {*above.tolist(), *case.shape.children_of(above).tolist()}
    keep = {int(case.shape.unit_ids[p]) for p in needed}
    return case.own({key: {u: s for u, s in of.items() if u in keep} for key, of in sayings.items()})


@settings(max_examples=40)
@given(cases(), st.data())
def test_recomputing_from_stored_rows_of_the_neighbours_alone_is_enough(case: Case, data: st.DataObject) -> None:
    shape = case.shape
    positions = data.draw(st.lists(st.sampled_from(range(len(shape))), max_size=3)) if len(shape) else []
    full = totals(shape, case.own())
    above = touched(shape, positions)
    beside = set(shape.children_of(above).tolist()) & set(shape.inner.tolist()) - set(above.tolist())
    stored = Totals.of_rows({p: full.row(p) for p in beside})
    part = recompute(shape, stored, case.own(), positions, keys=list(case.sayings))
    for position, row in part.rows():
        again = full.row(position)
        assert np.array_equal(row.keys, again.keys)
        assert np.array_equal(row.cells, again.cells)


def test_a_recomputation_without_a_neighbours_stored_row_is_refused() -> None:
    shape = build([1, 2, 3, 4, 5], [-1, 1, 1, 2, 3])
    nothing = Totals.of_rows({})
    with pytest.raises(Refused) as refusal:
        recompute(shape, nothing, {KEY: Column.of([2], [1])}, [2])
    assert refusal.value.code == "rollup.row_missing"
    assert refusal.value.facts["unit"] == 3


def test_recomputing_one_column_leaves_the_others_of_a_row_as_they_were() -> None:
    shape, other = build([1, 2, 3, 4, 5], [-1, 1, 1, 2, 2]), key_of(8)
    own = {KEY: Column.of([3], [1]), other: Column.of([4], [2])}
    stored = totals(shape, own)
    changed = {KEY: Column.of([3], [9])}
    part = recompute(shape, stored, changed, [3], keys=[KEY])
    row = stored.row(0).replaced(part.row(0), [KEY])
    assert (row.cell(KEY).value, row.cell(other).value) == (9, 2)
    gone = stored.row(0).replaced(Row(np.zeros(0, np.int64), np.zeros((len(Part), 0), np.int64)), [KEY])
    assert (gone.keys.tolist(), gone.cell(KEY)) == ([other], Cell())
