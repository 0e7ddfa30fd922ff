"""Which part of today's tree somebody may see: intervals of pre-order positions of one edition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """Half-open intervals [lo, hi) of positions in the edition `edition_id`, disjoint and ascending.

    Predecessors stand in an edition beneath their heirs, so an interval covers them without a word.
    `size` is the number of positions of the whole edition; a reach that covers them all needs no filter.
    """

    edition_id: int
    intervals: tuple[tuple[int, int], ...] = ()
    size: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.intervals

    @property
    def is_everything(self) -> bool:
        return self.size > 0 and self.intervals == ((0, self.size),)

    def covers(self, position: int) -> bool:
        """Whether the unit at this position of the same edition lies inside."""
        return any(lo <= position < hi for lo, hi in self.intervals)

    @classmethod
    def of(cls, edition_id: int, size: int, intervals: list[tuple[int, int]]) -> Reach:
        """Merge overlapping and touching intervals."""
        merged: list[tuple[int, int]] = []
        for lo, hi in sorted(intervals):
            if merged and lo <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(hi, merged[-1][1]))
            elif lo < hi:
                merged.append((lo, hi))
        return cls(edition_id=edition_id, intervals=tuple(merged), size=size)
