"""Where the units of one tree stand in another: worked out once for two trees, then asked about any subtree. Pure.

Kept as long as both trees are in memory. A tree never changes, so what is kept is never stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from chithi.rollup.shape import Positions, Shape


@dataclass(frozen=True, eq=False)
class Moves:
    """`to`: position then -> position now, -1 where the unit is not there; `before`: of the units at the positions
    below one of now, how many stood in the tree of then too. Eight bytes a unit."""

    to: Positions
    before: Positions

    def differ(self, then: slice, now: slice) -> bool:
        """Whether a subtree of now holds other units of then than a subtree of then did; new units do not count."""
        moved = self.to[then]
        if len(moved) and (int(moved.min()) < now.start or int(moved.max()) >= now.stop):
            return True
        return int(self.before[now.stop] - self.before[now.start]) != len(moved)


_known: WeakKeyDictionary[Shape, WeakKeyDictionary[Shape, Moves]] = WeakKeyDictionary()
_lock = Lock()


def moves(then: Shape, now: Shape) -> Moves:
    """How the units of `then` stand in `now`; some milliseconds for two trees of a nation, the first time."""
    with _lock:
        kept = _known.setdefault(now, WeakKeyDictionary()).get(then)
    if kept is not None:
        return kept
    to = now.places(then.unit_ids)
    there = np.zeros(len(now) + 1, np.int32)
    there[to[to >= 0] + 1] = 1
    found = Moves(to, np.cumsum(there, dtype=np.int32))
    with _lock:
        _known.setdefault(now, WeakKeyDictionary())[then] = found
    return found
