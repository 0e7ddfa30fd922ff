"""Packed rows: what goes in comes out; what is damaged is refused."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.core.numbers import INT64_MAX
from chithi.rollup import Row, pack, unpack
from chithi.rollup.packing import unpack_many
from chithi.rollup.totals import Cell, Part

wide = st.integers(-INT64_MAX - 1, INT64_MAX)
narrow = st.integers(0, 2**32 - 1)
cells = st.builds(Cell, wide, narrow, narrow, narrow, wide, narrow, wide, narrow)


def row_of(columns: dict[int, Cell]) -> Row:
    keys = sorted(columns)
    table = np.array([columns[key] for key in keys], dtype=np.int64).reshape(len(keys), len(Part))
    return Row(np.array(keys, dtype=np.int64), np.ascontiguousarray(table.T))


rows = st.dictionaries(st.integers(0, INT64_MAX), cells, max_size=8)


@given(rows)
def test_a_row_survives_its_bytes(columns: dict[int, Cell]) -> None:
    row = row_of(columns)
    again = unpack(pack(row))
    assert again.keys.tolist() == sorted(columns)
    assert {key: again.cell(key) for key in columns} == columns
    assert pack(again) == pack(row)
    assert len(pack(row)) == 16 + 52 * len(columns)


few = st.dictionaries(st.integers(0, 5), cells, max_size=6)


@given(st.lists(few, max_size=6), st.sets(st.integers(0, 5), max_size=4))
def test_many_rows_at_once_are_what_each_is_alone(many: list[dict[int, Cell]], wanted: set[int]) -> None:
    found = unpack_many([pack(row_of(columns)) for columns in many], wanted)
    assert found.shape == (len(wanted), len(Part), len(many))
    for at, columns in enumerate(many):
        for place, key in enumerate(sorted(wanted)):
            assert Cell(*found[place, :, at].tolist()) == columns.get(key, Cell())


def test_one_damaged_row_among_many_is_noticed() -> None:
    sound = pack(row_of({1: Cell(value=3)}))
    with pytest.raises(Refused, match=r"rollup\.damaged"):
        unpack_many([sound, sound[:-1] + b"\1"], [1])


@given(rows, st.data())
def test_one_changed_bit_is_noticed(columns: dict[int, Cell], data: st.DataObject) -> None:
    packed = bytearray(pack(row_of(columns)))
    at = data.draw(st.integers(0, len(packed) * 8 - 1))
    packed[at // 8] ^= 1 << at % 8
    with pytest.raises(Refused) as refusal:
        unpack(bytes(packed))
    assert refusal.value.code == "rollup.damaged"


@given(rows, st.data())
def test_a_row_cut_short_or_lengthened_is_noticed(columns: dict[int, Cell], data: st.DataObject) -> None:
    packed = pack(row_of(columns))
    for broken in (packed[: data.draw(st.integers(0, len(packed) - 1))], packed + b"\0"):
        with pytest.raises(Refused, match=r"rollup\.damaged"):
            unpack(broken)


@given(st.binary(max_size=200))
def test_foreign_bytes_are_no_row(foreign: bytes) -> None:
    with pytest.raises(Refused, match=r"rollup\.damaged"):
        unpack(foreign)


def test_columns_out_of_order_are_no_row() -> None:
    twice = Row(np.array([5, 5], dtype=np.int64), np.zeros((len(Part), 2), np.int64))
    with pytest.raises(Refused, match=r"rollup\.damaged"):
        unpack(pack(twice))


def test_a_column_the_row_lacks_is_empty() -> None:
    row = row_of({3: Cell(value=1, given=1)})
    assert (row.cell(2), row.cell(3), row.cell(4)) == (Cell(), Cell(value=1, given=1), Cell())


def test_a_row_written_before_lower_bounds_were_told_apart_is_still_read() -> None:
    """Version 1: the same without the last narrow part."""
    cell = Cell(value=5, given=1, spoke=1, expected=2, inherited=0, bounds=1, balance=0)
    body = b"".join(
        (np.array([7, 5, 0, 0], "<i8").tobytes(), np.array([cell.spoke, cell.expected, 1, 1], "<u4").tobytes())
    )
    old = struct.pack("<4sHHII", b"CTRW", 1, 0, 1, zlib.crc32(body)) + body
    assert unpack(old).cell(7) == cell
