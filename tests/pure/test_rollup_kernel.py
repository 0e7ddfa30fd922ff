"""The kernel against a plain recursion, its laws, and partial recomputation to the same bits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pure.rollup_cases import Case, Said, cases, column
from tests.pure.rollup_trees import Rows

from chithi.core.errors import Refused
from chithi.core.numbers import INT64_MAX
from chithi.rollup import (
    Adopted,
    Column,
    Shape,
    Totals,
    build,
    key_of,
    parts_of,
    totals,
    touched,
)
from chithi.rollup.totals import Cell, Part


def recursed(rows: Rows, of: dict[int, Said]) -> dict[int, Cell]:
    """Every unit's total by plain recursion, as SPINE 5 says it."""
    here = dict(zip(rows[0], rows[2], strict=True))
    family: dict[int, list[int]] = {}
    for unit, above in zip(rows[0], rows[1], strict=True):
        family.setdefault(above, []).append(unit)
    found: dict[int, Cell] = {}

    def visit(unit: int) -> Cell:
        mine, below = of[unit], [visit(child) for child in family.get(unit, [])]
        own = mine.value or 0
        expected = int(mine.expected and here[unit])
        cell = Cell(
            value=own + sum(c.value for c in below),
            given=int(mine.value is not None) + sum(c.given for c in below),
            spoke=int(mine.spoke and expected) + sum(c.spoke for c in below),
            expected=expected + sum(c.expected for c in below),
            inherited=(0 if here[unit] else own) + sum(c.inherited for c in below),
            bounds=int(mine.bound and mine.value is not None) + sum(c.bounds for c in below),
            balance=sum(c.balance for c in below),
            at_least=int(mine.bound and mine.at_least and mine.value is not None) + sum(c.at_least for c in below),
        )
        silent_below = any(c.expected > c.spoke for c in below)
        if mine.statement is not None and silent_below and mine.statement > cell.value:
            lacking = mine.statement - cell.value
            cell = cell._replace(
                value=mine.statement,
                balance=cell.balance + lacking,
                inherited=cell.inherited + (0 if here[unit] else lacking),
                bounds=cell.bounds + mine.statement_bound,
                at_least=cell.at_least + (mine.statement_bound and mine.statement_at_least),
            )
        found[unit] = cell
        return cell

    for root in family.get(-1, []):
        visit(root)
    return found


def as_cells(shape: Shape, result: Totals, key: int) -> dict[int, Cell]:
    return {int(shape.unit_ids[position]): row.cell(key) for position, row in result.rows()}


# --- the arithmetic --------------------------------------------------------------------------------


@settings(max_examples=40)
@given(cases())
def test_totals_are_what_a_plain_recursion_gives(case: Case) -> None:
    result = totals(case.shape, case.own())
    assert result.positions.tolist() == case.shape.inner.tolist()
    inner = set(case.shape.unit_ids[case.shape.inner].tolist())
    for key, of in case.sayings.items():
        expected = {unit: cell for unit, cell in recursed(case.rows, of).items() if unit in inner}
        assert as_cells(case.shape, result, key) == expected


@settings(max_examples=40)
@given(cases())
def test_without_adopted_statements_the_roots_hold_every_own_figure_once(case: Case) -> None:
    for key, of in case.sayings.items():
        plain = {unit: replace(s, statement=None) for unit, s in of.items()}
        own = column(case.shape, plain)
        result = totals(case.shape, {key: own})
        at_roots = sum(
            result.cell(root, key).value
            if case.shape.child_count[root]
            else plain[int(case.shape.unit_ids[root])].value or 0
            for root in case.shape.roots.tolist()
        )
        assert at_roots == sum(s.value or 0 for s in plain.values())


@settings(max_examples=40)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_siblings_changes_no_total(case: Case, random) -> None:  # type: ignore[no-untyped-def]
    units, parents, present, _ = case.rows
    shuffled = Case((units, parents, present, [random.randrange(100) for _ in units]), case.sayings)
    before, after = totals(case.shape, case.own()), totals(shuffled.shape, shuffled.own())
    for key in case.sayings:
        assert as_cells(case.shape, before, key) == as_cells(shuffled.shape, after, key)


@settings(max_examples=40)
@given(cases())
def test_each_column_is_computed_as_if_it_were_alone(case: Case) -> None:
    together = totals(case.shape, case.own())
    for key, one in case.own().items():
        alone = totals(case.shape, {key: one})
        assert np.array_equal(alone.cells[0], together.cells[together.index[key]])


# --- closed predecessors, silence, balances --------------------------------------------------------

DISTRICT, COMMUNE, OLD, CELL = 1, 2, 3, 4
KEY = key_of(7)


def merged() -> Shape:
    """A district; a commune in it; beneath the commune a closed predecessor with a cell of its own."""
    return build([DISTRICT, COMMUNE, OLD, CELL], [-1, DISTRICT, COMMUNE, OLD], [True, True, False, True])


def cell_of(shape: Shape, unit: int, **of: Said) -> Cell:
    sayings = {int(name[1:]): s for name, s in of.items()}
    return totals(shape, {KEY: column(shape, sayings)}).cell(shape.position(unit), KEY)


def test_what_a_closed_predecessor_did_counts_at_its_heir_and_is_marked() -> None:
    said_by = {
        "u2": Said(10, spoke=True, expected=True),
        "u3": Said(5, spoke=True, expected=True),
        "u4": Said(2),
    }
    for unit in (COMMUNE, DISTRICT):
        found = cell_of(merged(), unit, **said_by)
        assert (found.value, found.inherited) == (17, 5)
        assert (found.spoke, found.expected) == (1, 1)  # the closed one is not waited for


def test_nothing_said_is_told_apart_from_a_spoken_zero() -> None:
    assert cell_of(merged(), DISTRICT, u2=Said(expected=True)) == Cell(expected=1)
    assert cell_of(merged(), DISTRICT, u2=Said(0, spoke=True, expected=True)) == Cell(given=1, spoke=1, expected=1)


def test_who_speaks_unasked_is_counted_but_not_among_those_expected() -> None:
    found = cell_of(merged(), DISTRICT, u2=Said(3, spoke=True), u4=Said(4, spoke=True, expected=True))
    assert (found.value, found.given, found.spoke, found.expected) == (7, 2, 1, 1)


def province() -> Shape:
    return build([1, 2, 3, 4, 5], [-1, 1, 1, 2, 2])


def test_an_adopted_statement_fills_up_only_while_somebody_below_is_silent() -> None:
    silent = {"u4": Said(30, spoke=True, expected=True), "u5": Said(expected=True)}
    found = cell_of(province(), 1, u2=Said(statement=50, statement_bound=True), **silent)
    assert (found.value, found.balance, found.bounds, found.given) == (50, 20, 1, 1)
    spoken = silent | {"u5": Said(1, spoke=True, expected=True)}
    found = cell_of(province(), 1, u2=Said(statement=50, statement_bound=True), **spoken)
    assert (found.value, found.balance, found.bounds, found.given) == (31, 0, 0, 2)


def test_an_adopted_statement_smaller_than_what_is_known_takes_nothing_away() -> None:
    found = cell_of(
        province(), 2, u2=Said(statement=20), u4=Said(30, spoke=True, expected=True), u5=Said(expected=True)
    )
    assert (found.value, found.balance) == (30, 0)


def test_a_statement_further_up_fills_up_over_the_balances_below() -> None:
    said_by = {
        "u1": Said(statement=100),
        "u2": Said(statement=50),
        "u3": Said(7, spoke=True, expected=True),
        "u4": Said(30, spoke=True, expected=True),
        "u5": Said(expected=True),
    }
    assert cell_of(province(), 2, **said_by)[::6] == (50, 20)
    assert cell_of(province(), 1, **said_by)[::6] == (100, 63)


def test_a_units_own_silence_is_not_silence_below_it() -> None:
    found = cell_of(province(), 2, u2=Said(expected=True, statement=50), u4=Said(30, spoke=True, expected=True))
    assert (found.value, found.balance, found.spoke, found.expected) == (30, 0, 1, 2)


# --- exactness and refusals ------------------------------------------------------------------------


def test_sums_are_exact_up_to_the_edge_of_int64_and_refused_beyond() -> None:
    pair = build([1, 2, 3], [-1, 1, 1])
    at_edge = totals(pair, {KEY: Column.of([1, 2], [INT64_MAX - 1, 1])})
    assert at_edge.cell(0, KEY).value == INT64_MAX
    for own in (
        Column.of([1, 2], [INT64_MAX, 1]),
        Column.of([1, 2], [-INT64_MAX, -1]),
        Column.of([1], [INT64_MAX], adopted=Adopted.of([0], [1])),
    ):
        with pytest.raises(Refused, match=r"rollup\.too_large"):
            totals(pair, {KEY: own})


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("rollup.not_whole", lambda: Column.of([0], [1.5])),
        ("rollup.too_large", lambda: Column.of([0], [2**64])),
        ("rollup.too_large", lambda: Column.of([0], [2**63])),
        ("rollup.uneven", lambda: Column.of([0], [1, 2])),
        ("rollup.uneven", lambda: Adopted.of([0, 1], [1])),
        ("rollup.key", lambda: key_of(-1)),
        ("rollup.key", lambda: key_of(1, 2**32)),
        ("rollup.duplicate", lambda: totals(province(), {KEY: Column.of([3, 1, 3], [1, 1, 1])})),
        (
            "rollup.duplicate",
            lambda: totals(province(), {KEY: Column.of(adopted=Adopted.of([0, 0], [1, 1]))}),
        ),
        ("rollup.outside", lambda: totals(province(), {KEY: Column.of([5], [1])})),
        ("rollup.outside", lambda: totals(province(), {KEY: Column.of(spoke=[-1])})),
        ("rollup.outside", lambda: touched(province(), [9])),
    ],
)
def test_contributions_that_make_no_sense_are_refused(code: str, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        make()
    assert refusal.value.code == code


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**32 - 1))
def test_a_column_key_names_its_measure_and_member(measure: int, member: int) -> None:
    key = key_of(measure, member)
    assert parts_of(key) == (measure, member)
    assert 0 <= key <= INT64_MAX


# --- a nation --------------------------------------------------------------------------------------


def test_a_nation_of_265000_units_adds_up_in_eight_columns() -> None:
    random = np.random.default_rng(1)
    sizes = [1, 34, 3_321, 52_000, 265_000 - 55_356]
    ids = random.permutation(265_000)
    ends = np.cumsum(sizes)
    parents = np.full(265_000, -1)
    for above, (lo, hi) in zip(range(4), pairwise(ends), strict=True):
        parents[lo:hi] = ids[random.integers(lo - sizes[above], lo, hi - lo)]
    shape = build(ids, parents)
    assert [level.stop - level.start for level in shape.levels] == sizes
    own = {
        key_of(1, member): Column.of(
            np.arange(0, 265_000, member + 1),
            random.integers(0, 10**9, len(range(0, 265_000, member + 1))),
            expected=np.arange(265_000),
        )
        for member in range(8)
    }
    result = totals(shape, own)
    for key, one in own.items():
        top = result.cell(int(shape.roots[0]), key)
        assert (top.value, top.given, top.expected) == (int(one.values.sum()), len(one.values), 265_000)
        dense = np.zeros(265_000 + 1, np.int64)
        dense[one.positions + 1] = one.values
        running = np.cumsum(dense)
        slices = running[shape.hi[shape.inner]] - running[shape.inner]
        assert np.array_equal(result.cells[result.index[key], Part.VALUE], slices)


# --- lower bounds ----------------------------------------------------------------------------------


@settings(max_examples=40)
@given(cases(), st.data())
def test_a_total_of_lower_bounds_and_exact_figures_is_a_lower_bound_of_the_truth(
    case: Case, data: st.DataObject
) -> None:
    """Whatever the units really have, where every inexact figure says "at least", so does the total."""
    for key, of in case.sayings.items():
        for mine in of.values():
            mine.at_least, mine.statement = mine.bound, None
        truth = {
            unit: replace(mine, value=mine.value + data.draw(st.integers(0, 100)))
            if mine.bound and mine.value is not None
            else mine
            for unit, mine in of.items()
        }
        said = as_cells(case.shape, totals(case.shape, {key: column(case.shape, of)}), key)
        real = as_cells(case.shape, totals(case.shape, {key: column(case.shape, truth)}), key)
        for unit, cell in said.items():
            assert cell.at_least == cell.bounds
            assert cell.value <= real[unit].value
            assert cell.bounds or cell.value == real[unit].value


def test_an_upper_bound_among_the_parts_makes_the_total_no_lower_bound() -> None:
    shape = build([1, 2, 3], [-1, 1, 1])
    mixed = Column.of([1, 2], [10, 20], inexact=[True, True], at_least=[True, False])
    cell = totals(shape, {key_of(1): mixed}).cell(0, key_of(1))
    assert (cell.bounds, cell.at_least) == (2, 1)


def test_marking_an_exact_figure_as_a_lower_bound_marks_nothing() -> None:
    shape = build([1, 2], [-1, 1])
    exact = Column.of([1], [10], inexact=[False], at_least=[True])
    cell = totals(shape, {key_of(1): exact}).cell(0, key_of(1))
    assert (cell.bounds, cell.at_least) == (0, 0)
