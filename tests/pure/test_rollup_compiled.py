"""The compiled kernel: the bits and the refusals of the plain one, loaded only where it pays."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pure.rollup_cases import Case, cases

from chithi.core.errors import Refused
from chithi.core.numbers import INT64_MAX
from chithi.rollup import Adopted, Column, Shape, build, compiled, key_of, totals
from chithi.rollup.kernel import plain
from chithi.rollup.totals import Part

KEY = key_of(7)


@pytest.fixture(scope="module")
def machine() -> compiled.Passes:
    found = compiled.compiled()
    assert found is not None
    return found


@pytest.fixture
def always(machine: compiled.Passes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sum of this test goes through the compiled kernel, on two threads where it has two columns."""
    monkeypatch.setattr(compiled, "SMALL", -1)
    monkeypatch.setattr(compiled, "A_SHARE", 1)


def both(machine: compiled.Passes, shape: Shape, columns: list[Column]) -> tuple[bytes, bytes]:
    """(compiled, plain); memory full of rubbish beforehand must not show."""
    cells = np.full((len(columns), len(Part), len(shape.inner)), -7, np.int64)
    assert compiled.fill(shape, columns, cells, machine) == []
    return cells.tobytes(), plain(shape, columns).tobytes()


# --- the same bits ---------------------------------------------------------------------------------


@settings(max_examples=80)
@given(case=cases())
def test_the_compiled_kernel_gives_the_bits_of_the_plain_one(machine: compiled.Passes, case: Case) -> None:
    ours, meant = both(machine, case.shape, list(case.own().values()))
    assert ours == meant


@settings(max_examples=40)
@given(case=cases(), data=st.data())
def test_lists_with_gaps_in_any_order_and_names_given_twice_change_nothing(
    machine: compiled.Passes, case: Case, data: st.DataObject
) -> None:
    units = st.lists(st.integers(0, max(len(case.shape) - 1, 0)), max_size=40 if len(case.shape) else 0)
    columns = []
    for column in case.own().values():
        wide = np.zeros((len(column.values), 2), np.int64)
        wide[:, 0] = column.values
        columns.append(
            replace(
                column,
                values=wide[:, 0],  # not in one piece
                spoke=np.array(data.draw(units), np.int32),
                expected=np.array(data.draw(units), np.int32),
            )
        )
        columns[-1].expected.flags.writeable = False
    ours, meant = both(machine, case.shape, columns)
    assert ours == meant


def test_a_large_tree_in_many_columns_has_the_same_bits_on_two_threads(machine: compiled.Passes, always: None) -> None:
    random = np.random.default_rng(3)
    n = 1_000
    above = [-1, *(int(random.integers(max(0, at - 100), at)) for at in range(1, n))]
    shape = build(np.arange(n), above, random.random(n) < 0.9)
    columns = [
        Column.of(
            at := np.flatnonzero(random.random(n) < 0.5),
            random.integers(-(10**12), 10**12, len(at)),
            inexact=random.random(len(at)) < 0.2,
            at_least=random.random(len(at)) < 0.5,
            spoke=random.integers(0, n, n // 2),
            expected=random.integers(0, n, n),
            adopted=Adopted.of(
                filled := random.permutation(n)[:100],
                random.integers(0, 10**13, 100),
                inexact=filled % 2 == 0,
                at_least=filled % 3 == 0,
            ),
        )
        for _ in range(8)
    ]
    ours, meant = both(machine, shape, columns)
    assert ours == meant
    assert plain(shape, columns)[:, Part.BALANCE].any()


# --- the same refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("rollup.too_large", Column.of([1, 2], [INT64_MAX, 1])),
        ("rollup.too_large", Column.of([1, 2], [-INT64_MAX, -1])),
        ("rollup.too_large", Column.of([1], [-INT64_MAX - 1])),
        ("rollup.too_large", Column.of([1], [INT64_MAX], adopted=Adopted.of([0], [1]))),
        ("rollup.too_large", Column.of(adopted=Adopted.of([0, 1], [INT64_MAX, 1]))),
        ("rollup.duplicate", Column.of([2, 1, 2], [1, 1, 1])),
        ("rollup.duplicate", Column.of(adopted=Adopted.of([0, 0], [1, 1]))),
        ("rollup.outside", Column.of([3], [1])),
        ("rollup.outside", Column.of([-1], [1])),
        ("rollup.outside", Column.of(spoke=[3])),
        ("rollup.outside", Column.of(expected=[-1])),
        ("rollup.outside", Column.of(adopted=Adopted.of([3], [1]))),
    ],
)
def test_what_the_plain_kernel_refuses_the_compiled_one_refuses_in_its_words(
    always: None, code: str, wrong: Column
) -> None:
    shape = build([1, 2, 3], [-1, 1, 1])
    for refusing in (lambda: plain(shape, [wrong]), lambda: totals(shape, {KEY: Column.of([1], [1]), KEY + 1: wrong})):
        with pytest.raises(Refused) as refusal:
            refusing()
        assert refusal.value.code == code


def test_sums_are_exact_up_to_the_edge_of_int64(always: None) -> None:
    shape = build([1, 2, 3], [-1, 1, 1])
    for sign in (1, -1):
        at_edge = totals(shape, {KEY: Column.of([1, 2], [sign * (INT64_MAX - 1), sign])})
        assert at_edge.cell(0, KEY).value == sign * INT64_MAX
    assert totals(shape, {}).cells.shape == (0, len(Part), 1)
    assert totals(build([], []), {KEY: Column.of()}).cells.shape == (1, len(Part), 0)


# --- loaded only where it pays ---------------------------------------------------------------------


def test_the_compiler_is_not_loaded_until_a_process_has_added_up_much() -> None:
    script = (
        "import sys, numpy as np\n"
        "from chithi.rollup import build, Column, totals, compiled\n"
        "shape = build(np.arange(30_000), np.r_[-1, np.zeros(29_999, int)])\n"
        "one = {key: Column.of([1], [key]) for key in range(1, 5)}\n"
        "compiled.WORTH_LOADING = 200_000\n"
        "loaded = lambda: 'numba' in sys.modules\n"
        "for wanted in ([1], [1, 2, 3, 4], [1, 2, 3, 4], [1]):\n"
        "    top = totals(shape, one, wanted).cell(0, 1)\n"
        "    print(loaded(), top.value, top.given)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["False 1 1", "False 1 1", "True 1 1", "True 1 1"]


def test_where_the_compiler_is_switched_off_sums_are_the_same() -> None:
    script = (
        "from chithi.rollup import build, Column, totals, compiled\n"
        "compiled.SMALL = compiled.WORTH_LOADING = -1\n"
        "print(totals(build([1, 2], [-1, 1]), {1: Column.of([1], [5])}).cell(0, 1).value)\n"
        "print(compiled.compiled() is None)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"NUMBA_DISABLE_JIT": "1"}
    ).stdout
    assert told.split() == ["5", "True"]
