"""An edition of the tree as arrays: one row a unit, in pre-order, so that a subtree is a slice.

A position is a row number, 0 to n-1. A closed predecessor stands under its heir with `present` False and
its own former subtree beneath it, so that what it did counts at the heir and can be told apart.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused

Ids = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NO_PARENT = -1

_HEADER = struct.Struct("<4sHHqI")  # magic, version, spare, units, crc32 of the rest
_MAGIC, _VERSION = b"CTSH", 1


@dataclass(frozen=True, eq=False)
class Shape:
    """All arrays have one entry a unit. Siblings stand in the order they were built in.

    `unit_ids` position -> unit; `parent` position of the parent or -1; `depth` 0 for roots;
    `hi` end of the subtree, which is the slice [position, hi); `present` False for closed predecessors.
    """

    unit_ids: Ids
    parent: Positions
    depth: npt.NDArray[np.int16]
    hi: Positions
    present: Flags

    def __len__(self) -> int:
        return len(self.unit_ids)

    def position(self, unit_id: int) -> int:
        """The row of a unit; refuses one this edition does not hold (`rollup.no_unit`)."""
        return int(self.positions(np.array([unit_id], dtype=np.int64))[0])

    def positions(self, unit_ids: npt.ArrayLike) -> Positions:
        """The rows of many units, in the order asked for; refuses the first unknown one."""
        wanted = np.asarray(unit_ids, dtype=np.int64)
        order, ordered = self._by_id
        at = np.searchsorted(ordered, wanted)
        known = at < len(ordered)
        known[known] = ordered[at[known]] == wanted[known]
        if not known.all():
            raise Refused("rollup.no_unit", unit=int(wanted[~known][0]))
        found: Positions = order[at]
        return found

    def places(self, unit_ids: npt.ArrayLike) -> Positions:
        """The rows of many units, in the order asked for; -1 for unknown ones."""
        wanted = np.asarray(unit_ids, dtype=np.int64)
        order, ordered = self._by_id
        at = np.searchsorted(ordered, wanted)
        found = np.full(len(wanted), -1, np.int32)
        known = at < len(ordered)
        known[known] = ordered[at[known]] == wanted[known]
        found[known] = order[at[known]]
        return found

    def found(self, unit_ids: npt.ArrayLike) -> dict[int, int]:
        """The rows of many units, by unit; unknown ones are left out."""
        wanted = np.asarray(unit_ids, dtype=np.int64)
        order, ordered = self._by_id
        at = np.searchsorted(ordered, wanted)
        known = at < len(ordered)
        known[known] = ordered[at[known]] == wanted[known]
        return dict(zip(wanted[known].tolist(), order[at[known]].tolist(), strict=True))

    def subtree(self, position: int) -> slice:
        """The unit and everything beneath it."""
        return slice(position, int(self.hi[position]))

    def ancestors(self, position: int) -> list[int]:
        """From the parent up to the root."""
        found: list[int] = []
        at = int(self.parent[position])
        while at != NO_PARENT:
            found.append(at)
            at = int(self.parent[at])
        return found

    def children(self, position: int) -> Positions:
        """Direct children, in order."""
        first, count = int(self._first_child[position]), int(self.child_count[position])
        return self.by_depth[first : first + count]

    def children_of(self, positions: Positions) -> Positions:
        """Direct children of many units together, parents' order kept."""
        counts = self.child_count[positions].astype(np.int64)
        ends = np.cumsum(counts)
        within = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
        found: Positions = self.by_depth[np.repeat(self._first_child[positions], counts) + within]
        return found

    @cached_property
    def roots(self) -> Positions:
        return np.flatnonzero(self.parent == NO_PARENT).astype(np.int32)

    @cached_property
    def inner(self) -> Positions:
        """Positions of units that have children, ascending: the ones totals are stored for."""
        return np.flatnonzero(self.child_count > 0).astype(np.int32)

    @cached_property
    def by_depth(self) -> Positions:
        """All positions, level after level, pre-order within a level: children of one unit are neighbours."""
        return np.argsort(self.depth, kind="stable").astype(np.int32)

    @cached_property
    def levels(self) -> tuple[slice, ...]:
        """The slice of `by_depth` that each depth takes, roots first."""
        sizes = np.bincount(self.depth) if len(self) else np.zeros(0, dtype=np.int64)
        ends = np.cumsum(sizes)
        return tuple(slice(int(end - size), int(end)) for end, size in zip(ends, sizes, strict=True))

    @cached_property
    def child_count(self) -> Positions:
        with_parent = self.parent[self.parent != NO_PARENT]
        return np.bincount(with_parent, minlength=len(self)).astype(np.int32)

    @cached_property
    def _first_child(self) -> Positions:
        """Where in `by_depth` the children of each position begin: level after level, in parents' order."""
        counts = self.child_count[self.by_depth].astype(np.int64)
        first = np.empty(len(self), dtype=np.int32)
        first[self.by_depth] = len(self.roots) + np.cumsum(counts) - counts
        return first

    @cached_property
    def _by_id(self) -> tuple[Positions, Ids]:
        order = np.argsort(self.unit_ids, kind="stable").astype(np.int32)
        return order, self.unit_ids[order]

    def to_bytes(self) -> bytes:
        """About 18 bytes a unit; the same shape always gives the same bytes."""
        body = b"".join(
            (
                self.unit_ids.astype("<i8").tobytes(),
                self.parent.astype("<i4").tobytes(),
                self.hi.astype("<i4").tobytes(),
                self.depth.astype("<i2").tobytes(),
                np.packbits(self.present).tobytes(),
            )
        )
        return _HEADER.pack(_MAGIC, _VERSION, 0, len(self), zlib.crc32(body)) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Shape:
        """The inverse of `to_bytes`; refuses anything else with `rollup.damaged` and a reason."""
        n, body = _checked_body(data)
        unit_ids = np.frombuffer(body, "<i8", n)
        parent, hi = np.frombuffer(body, "<i4", 2 * n, offset=8 * n).reshape(2, n)
        depth = np.frombuffer(body, "<i2", n, offset=16 * n)
        bits = np.frombuffer(body, np.uint8, offset=18 * n)
        return cls(
            unit_ids=unit_ids.astype(np.int64),
            parent=parent.astype(np.int32),
            depth=depth.astype(np.int16),
            hi=hi.astype(np.int32),
            present=np.unpackbits(bits, count=n).astype(np.bool_),
        )


def _checked_body(data: bytes) -> tuple[int, bytes]:
    if len(data) < _HEADER.size:
        raise Refused("rollup.damaged", what="shape", reason="too short")
    magic, version, _, n, crc = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    if magic != _MAGIC:
        raise Refused("rollup.damaged", what="shape", reason="not a shape")
    if version != _VERSION:
        raise Refused("rollup.damaged", what="shape", reason="unknown version")
    if n < 0 or len(body) != 18 * n + (n + 7) // 8 or zlib.crc32(body) != crc:
        raise Refused("rollup.damaged", what="shape", reason="content")
    return n, body
