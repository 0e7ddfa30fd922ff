"""What the worker does between two looks at the dirty marks. A new chore is a new line here.

A chore returns how many things it dealt with. A long one calls `between` now and then, so that totals stay fresh.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

Chore = Callable[[], int]


def chores(between: Callable[[], object]) -> tuple[Chore, ...]:
    """All chores, in the order in which they are done. Called once, when Django is ready."""
    from chithi.imports.actions import forget_files
    from chithi.imports.work import me, run_one

    return (
        partial(run_one, me(), between),
        now_and_then(forget_files),
    )


def now_and_then(chore: Chore, rounds: int = 2_000) -> Chore:
    """A chore that need not look each time: once at the beginning, then every so many rounds (some minutes)."""
    left = 0

    def looked() -> int:
        nonlocal left
        left -= 1
        if left > 0:
            return 0
        left = rounds
        return chore()

    return looked
