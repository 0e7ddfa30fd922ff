"""Owns seeded choices for very many units at once: the same idea as a `Stream`, one number a unit, as arrays. Pure.

A number depends on seed, concept and the unit's own number alone. It is SplitMix64's finalizer (Steele, Lea and Flood,
"Fast splittable pseudorandom number generators", 2014) over that number and a hash of the names, never a generator of
a library whose methods may change between releases.
"""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_STEP, _FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _named(seed: int, *names: object) -> int:
    spoken = "/".join(str(name) for name in (seed, *names))
    return int.from_bytes(blake2b(spoken.encode(), digest_size=8).digest(), "big")


class Draws:
    """Choices of one concept for many units, given by their numbers; each call draws the next choice for all."""

    def __init__(self, seed: int, concept: str, units: Numbers) -> None:
        self._seed, self._concept, self._units = seed, concept, units.astype(np.uint64)
        self._drawn = 0

    def below(self, count: int | Numbers) -> Numbers:
        """Whole numbers in 0 … count - 1 (count under 2**31); `count` may differ by unit."""
        with np.errstate(over="ignore"):
            mixed = self._units * _STEP + np.uint64(_named(self._seed, self._concept, self._drawn))
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
            mixed ^= mixed >> np.uint64(31)
        self._drawn += 1
        found: Numbers = ((mixed >> np.uint64(33)).astype(np.int64) * count) >> 31
        return found

    def between(self, low: int | Numbers, high: int | Numbers) -> Numbers:
        """Whole numbers in low … high, both included; `low` where the range is empty."""
        return low + self.below(np.maximum(1, np.asarray(high) - low + 1))

    def chance(self, hits: int | Numbers, out_of: int = 100) -> Flags:
        found: Flags = self.below(out_of) < hits
        return found


def keys(seed: int, table: str, name: object, count: int) -> list[UUID]:
    """So many identities of rows: the same seed, table and name always make the same ones, in ascending order.

    Ascending, because an index that grows at its end stays small and quick where millions of rows are poured.
    """
    beginning = _named(seed, table, name) << 64
    return [UUID(int=beginning + number) for number in range(count)]
