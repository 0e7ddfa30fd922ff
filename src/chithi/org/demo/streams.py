"""Owns seeded choices: streams of whole numbers, one per seed, concept and unit, and identities from a seed. Pure.

A stream depends on nothing but its three names, so that a new concept, or another unit beside this one, never
changes what was drawn before. Numbers come from a hash, not from the interpreter's generator, whose methods may
change between releases. Every concept's demo draws from here, because units come first of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Stream:
    """Choices of one concept for one unit."""

    __slots__ = ("_block", "_name", "_words")

    def __init__(self, seed: int, concept: str, unit: str) -> None:
        self._name = f"{seed}/{concept}/{unit}".encode()
        self._block = 0
        self._words: list[int] = []

    def below(self, count: int) -> int:
        """A whole number in 0 … count - 1."""
        if not self._words:
            digest = blake2b(self._name + b"/%d" % self._block).digest()
            self._words = [int.from_bytes(digest[at : at + 8], "big") for at in range(0, 64, 8)]
            self._block += 1
        return self._words.pop() * count >> 64

    def between(self, low: int, high: int) -> int:
        """A whole number in low … high, both included; `low` where the range is empty."""
        return low + self.below(max(1, high - low + 1))

    def chance(self, hits: int, out_of: int = 100) -> bool:
        return self.below(out_of) < hits

    def pick(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same items in another order."""
        found = list(items)
        for at in range(len(found) - 1, 0, -1):
            other = self.below(at + 1)
            found[at], found[other] = found[other], found[at]
        return found

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """At most `count` of the items, each once."""
        return self.shuffled(items)[:count]

    def day(self, first: date, last: date) -> date:
        """A day in first … last, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))


def key(seed: int, table: str, *names: object) -> UUID:
    """The identity of a row: the same seed, table and names always make the same one."""
    spoken = "/".join(str(name) for name in (seed, table, *names))
    return UUID(bytes=blake2b(spoken.encode(), digest_size=16).digest(), version=4)


def dealt(total: int, places: int, start: int = 0) -> list[int]:
    """`total` dealt out one by one to so many places, beginning at place `start`."""
    found = [0] * places
    for at in range(total):
        found[(start + at) % places] += 1
    return found


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split by weights so that the parts add up to it exactly (largest remainders, earlier places first)."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_rest[: total - sum(parts)]:
        parts[at] += 1
    return parts
