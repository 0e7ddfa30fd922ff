"""What goes into a total: for each column, the units' own figures, who has spoken and who is expected to.

A column is one member of one breakdown of one measure, named by an int64 key. All arrays are sparse:
positions in a shape, and values beside them. Values are fixed-scale integers, never floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Refused
from chithi.core.numbers import INT64_MAX
from chithi.rollup.shape import Flags, Ids, Positions

_MEMBER_BITS = 32


def key_of(measure: int, member: int = 0) -> int:
    """The column key of a breakdown member (0: no breakdown) of a measure."""
    if not (0 <= measure < 2**31 and 0 <= member < 2**_MEMBER_BITS):
        raise Refused("rollup.key", measure=measure, member=member)
    return measure << _MEMBER_BITS | member


def parts_of(key: int) -> tuple[int, int]:
    """(measure, member) of a column key."""
    return key >> _MEMBER_BITS, key & (2**_MEMBER_BITS - 1)


def _positions(given: npt.ArrayLike) -> Positions:
    return np.asarray(given, dtype=np.int32)


def _whole(given: npt.ArrayLike) -> Ids:
    found = np.asarray(given)
    if found.dtype.kind == "O" or (found.dtype.kind == "u" and len(found) and found.max() > INT64_MAX):
        raise Refused("rollup.too_large")
    if found.dtype.kind not in "iu" and len(found):
        raise Refused("rollup.not_whole")
    return found.astype(np.int64)


def _flags(given: npt.ArrayLike | None, like: Ids) -> Flags:
    return np.zeros(len(like), np.bool_) if given is None else np.asarray(given, dtype=np.bool_)


def _even(what: str, *arrays: Positions | Ids | Flags) -> None:
    if len({len(array) for array in arrays}) > 1:
        raise Refused("rollup.uneven", what=what)


@dataclass(frozen=True, eq=False)
class Adopted:
    """Subtree statements a clerk has adopted for the silent units below; `inexact`: "gần 731", and of these
    `at_least`: "trên 731"."""

    positions: Positions
    statements: Ids
    inexact: Flags
    at_least: Flags

    @classmethod
    def of(
        cls,
        positions: npt.ArrayLike = (),
        statements: npt.ArrayLike = (),
        inexact: npt.ArrayLike | None = None,
        at_least: npt.ArrayLike | None = None,
    ) -> Adopted:
        """`at_least` marks inexact ones only."""
        values = _whole(statements)
        adopted = cls(_positions(positions), values, _flags(inexact, values), _flags(at_least, values))
        _even("adopted", adopted.positions, adopted.statements, adopted.inexact, adopted.at_least)
        return adopted


@dataclass(frozen=True, eq=False)
class Column:
    """`positions` with `values`, `inexact` and, of these, `at_least`: units' own figures, each unit at most once.

    `spoke`: units that confirmed the period or entered a figure; `expected`: units that ought to.
    A unit may have a value without having spoken (records not yet confirmed), and speak a zero.
    """

    positions: Positions
    values: Ids
    inexact: Flags
    at_least: Flags
    spoke: Positions
    expected: Positions
    adopted: Adopted = field(default_factory=Adopted.of)

    @classmethod
    def of(
        cls,
        positions: npt.ArrayLike = (),
        values: npt.ArrayLike = (),
        *,
        inexact: npt.ArrayLike | None = None,
        at_least: npt.ArrayLike | None = None,
        spoke: npt.ArrayLike = (),
        expected: npt.ArrayLike = (),
        adopted: Adopted | None = None,
    ) -> Column:
        """A column from lists or arrays; refuses fractions (`rollup.not_whole`), what int64 cannot hold
        (`rollup.too_large`) and lists of unequal length (`rollup.uneven`)."""
        own = _whole(values)
        column = cls(
            positions=_positions(positions),
            values=own,
            inexact=_flags(inexact, own),
            at_least=_flags(at_least, own),
            spoke=_positions(spoke),
            expected=_positions(expected),
            adopted=adopted or Adopted.of(),
        )
        _even("own", column.positions, column.values, column.inexact, column.at_least)
        return column


Own = Mapping[int, Column]
"""Column key -> what the units themselves contribute to it."""
