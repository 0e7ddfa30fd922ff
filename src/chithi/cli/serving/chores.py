"""What the worker does between two looks at the dirty marks. A new chore is a new line here.

A chore returns how many things it dealt with. A long one calls `between` now and then, so that totals stay fresh.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

Chore = Callable[[], int]
BEAT = 20.0  # seconds between two signs of life
ROUND = 60.0  # seconds between two looks at what comes round by itself
AHEAD = 5.0  # seconds between two looks whether something is to be prepared before somebody's first look
PATIENCE = 1.0  # seconds before a chore that had nothing to do looks again


def chores(between: Callable[[], object]) -> tuple[Chore, ...]:
    """All chores, in the order in which they are done. Called once, when Django is ready."""
    from chithi.access.viewers import system_viewer, today
    from chithi.freshness.actions import beat
    from chithi.imports.actions import forget_files
    from chithi.indicators.ahead import prepare
    from chithi.jobs.actions import forget_done
    from chithi.jobs.holders import me
    from chithi.jobs.rounds import send_some
    from chithi.jobs.running import come_round, run_some
    from chithi.privacy.actions import nightly
    from chithi.work.deeds import DEEDS
    from chithi.work.notices import forget_old

    holder = me()
    inward = [deed for deed in DEEDS if not deed.outward]
    return (
        every(BEAT, partial(beat, "worker")),
        partial(run_some, [deed for deed in inward if deed.awaited], holder, 1, between),
        every(ROUND, partial(come_round, DEEDS)),
        patiently(partial(run_some, [deed for deed in inward if not deed.awaited], holder)),
        patiently(partial(send_some, [deed for deed in DEEDS if deed.outward], holder, between)),
        patiently(lambda: prepare(today()), AHEAD),
        now_and_then(forget_files),
        now_and_then(forget_done),
        now_and_then(forget_old),
        now_and_then(
            partial(nightly, lambda: system_viewer(today(), because="rules that the worker applies"), between)
        ),
    )


def patiently(chore: Chore, seconds: float = PATIENCE) -> Chore:
    """A chore whose work nobody sits and waits for: after finding none it looks again only so much later."""
    due = 0.0

    def looked() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        if done := chore():
            return done
        due = time.monotonic() + seconds
        return 0

    return looked


def every(seconds: float, deed: Callable[[], object]) -> Chore:
    """Something done at once and then at most so often; it is no work that others wait for."""
    due = 0.0

    def looked() -> int:
        nonlocal due
        if time.monotonic() >= due:
            deed()
            due = time.monotonic() + seconds
        return 0

    return looked


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
