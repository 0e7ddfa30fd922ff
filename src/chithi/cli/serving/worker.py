"""The worker: takes dirty marks as they come and recomputes the totals above them (SPINE 10).

Run as `python -m chithi.cli.serving.worker LIFELINE` by the supervisor. A save is seen within 50 ms while people
work, within 250 ms after a quiet minute. An error of the database is noted and tried again; marks stay until
the totals they ask for are stored, so nothing is lost.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable

from chithi.cli.ground import ready_django
from chithi.cli.serving.backoff import pause_after, wait_after
from chithi.cli.serving.lifeline import follow

log = logging.getLogger("chithi.worker")


def work(stop: threading.Event, drain: Callable[[], int], forget: Callable[[], None]) -> None:
    """Call `drain` (marks dealt with) again and again until `stop`; `forget` drops what a failed call left open."""
    failures = 0
    last_work = time.monotonic()
    while not stop.is_set():
        try:
            dealt_with = drain()
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
        else:
            stop.wait(pause_after(time.monotonic() - last_work))


def main(arguments: list[str]) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    follow(int(arguments[0]))
    ready_django()
    from django.db import connections

    from chithi.indicators.drain import drain

    work(stop, lambda: drain().marks, connections.close_all)


if __name__ == "__main__":
    main(sys.argv[1:])
