"""The worker: takes dirty marks as they come and recomputes the totals above them (SPINE 10); between, its chores.

A save is seen within 80 ms while people work, within 250 ms after a quiet minute. An error of the database is
noted and tried again; marks stay until the totals they ask for are stored, so nothing is lost.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence

from chithi.cli.serving.backoff import BREATH, pause_after, wait_after

log = logging.getLogger("chithi.worker")


def work(
    stop: threading.Event,
    drain: Callable[[], int],
    forget: Callable[[], None],
    chores: Sequence[Callable[[], int]] = (),
) -> None:
    """Call `drain` (marks dealt with) again and again until `stop`; `forget` drops what a failed call left open.

    `chores` (`chithi.cli.serving.chores`) come between, each once a round; marks are drained after each of them.
    """
    failures = 0
    last_work = time.monotonic()
    while not stop.is_set():
        try:
            drained = dealt_with = drain()
            for chore in chores:
                if stop.is_set():
                    break
                if done := chore():
                    dealt_with += done + drain()
        except Exception as problem:
            failures += 1
            log.warning("totals wait: %s", " ".join(str(problem).split()) or type(problem).__name__)
            log.debug("totals wait", exc_info=True)
            forget()
            stop.wait(wait_after(failures))
            continue
        failures = 0
        if dealt_with:
            last_work = time.monotonic()
            if drained:
                stop.wait(BREATH)
        else:
            stop.wait(pause_after(time.monotonic() - last_work))


def run_worker() -> None:
    """Until asked to end; what is under way is finished or rolled back whole."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    from django.db import connections

    from chithi.cli.serving.chores import chores
    from chithi.indicators.drain import drain

    work(stop, lambda: drain().marks, connections.close_all, chores(drain))
