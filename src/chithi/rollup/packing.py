"""The bytes that one unit's totals for one period are stored as.

    header   magic "CTRW", version, spare, number of columns, crc32 of what follows (little-endian)
    body     keys int64[], value int64[], inherited int64[], balance int64[],
             spoke, expected, bounds, given, at_least uint32[]

52 bytes a column and 16 for the row. The same row always gives the same bytes. Rows written before the last of these
parts was known (version 1) are read without it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused
from chithi.rollup.totals import Part, Row

_HEADER = struct.Struct("<4sHHII")
_MAGIC, _VERSION, _BEFORE = b"CTRW", 2, 1
_WIDE = (Part.VALUE, Part.INHERITED, Part.BALANCE)
_NARROW = (Part.SPOKE, Part.EXPECTED, Part.BOUNDS, Part.GIVEN, Part.AT_LEAST)


def pack(row: Row) -> bytes:
    body = b"".join(
        (
            row.keys.astype("<i8").tobytes(),
            *(row.cells[part].astype("<i8").tobytes() for part in _WIDE),
            *(row.cells[part].astype("<u4").tobytes() for part in _NARROW),
        )
    )
    return _HEADER.pack(_MAGIC, _VERSION, 0, len(row.keys), zlib.crc32(body)) + body


def unpack(data: bytes) -> Row:
    """The inverse of `pack`; refuses anything else with `rollup.damaged` and a reason."""
    version, columns, body = _checked(data)
    narrow_parts = _NARROW if version == _VERSION else _NARROW[:-1]
    wide = np.frombuffer(body, "<i8", columns * (1 + len(_WIDE))).reshape(1 + len(_WIDE), columns)
    narrow = np.frombuffer(body, "<u4", offset=wide.nbytes).reshape(len(narrow_parts), columns)
    cells = np.zeros((len(Part), columns), np.int64)
    cells[list(_WIDE)] = wide[1:]
    cells[list(narrow_parts)] = narrow
    keys = wide[0].astype(np.int64)
    if (np.diff(keys) <= 0).any():
        raise _damaged("columns out of order")
    return Row(keys, cells)


def unpack_many(rows: Sequence[bytes], wanted: Collection[int]) -> npt.NDArray[np.int64]:
    """The columns `wanted`, ascending, of many rows: (columns, 8, rows), zeros where a row has none.

    Refuses like `unpack`. Rows with the same columns, which most are, are read together.
    """
    keys = np.unique(np.fromiter(wanted, np.int64, len(wanted)))
    cells = np.zeros((len(keys), len(Part), len(rows)), np.int64)
    alike: dict[tuple[int, int, bytes], list[int]] = {}
    bodies = []
    for at, data in enumerate(rows):
        version, columns, body = _checked(data)
        alike.setdefault((version, columns, body[: 8 * columns]), []).append(at)
        bodies.append(body)
    for (version, columns, names), places in alike.items():
        if not columns:
            continue
        theirs = np.frombuffer(names, "<i8")
        if (np.diff(theirs) <= 0).any():
            raise _damaged("columns out of order")
        narrow_parts = _NARROW if version == _VERSION else _NARROW[:-1]
        known = np.flatnonzero(np.isin(theirs, keys))
        into = np.searchsorted(keys, theirs[known])
        both = np.frombuffer(b"".join(bodies[at] for at in places), np.uint8).reshape(len(places), -1)
        wide = np.ascontiguousarray(both[:, 8 * columns : 8 * columns * (1 + len(_WIDE))]).view("<i8")
        narrow = np.ascontiguousarray(both[:, 8 * columns * (1 + len(_WIDE)) :]).view("<u4")
        for parts, found in ((_WIDE, wide), (narrow_parts, narrow)):
            by_part = found.reshape(len(places), len(parts), columns)[:, :, known]
            cells[into[:, None, None], np.array(parts)[:, None], np.array(places)] = by_part.transpose(2, 1, 0)
    return cells


def _checked(data: bytes) -> tuple[int, int, bytes]:
    """(version, number of columns, body) of a row that is whole."""
    if len(data) < _HEADER.size:
        raise _damaged("too short")
    magic, version, spare, columns, crc = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    if magic != _MAGIC or spare:
        raise _damaged("not a row of totals")
    if version not in (_VERSION, _BEFORE):
        raise _damaged("unknown version")
    narrow_parts = len(_NARROW) if version == _VERSION else len(_NARROW) - 1
    if len(body) != columns * (8 * (1 + len(_WIDE)) + 4 * narrow_parts) or zlib.crc32(body) != crc:
        raise _damaged("content")
    return version, columns, body


def _damaged(reason: str) -> Refused:
    return Refused("rollup.damaged", what="row", reason=reason)
