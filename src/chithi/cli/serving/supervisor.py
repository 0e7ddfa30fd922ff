"""The supervisor: starts the children, starts again whichever dies, ends all of them in order.

Children are forked from the supervisor after it has loaded the product, so that each starts in an instant and
shares its memory. The supervisor must hold no thread and no database connection when it starts one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from types import FrameType

from chithi.cli.serving.backoff import failures_in_row, wait_after
from chithi.cli.serving.lifeline import Lifeline

LOOK_EVERY = 0.1
PATIENCE = 10.0  # seconds for a child to end when asked to
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Died = Callable[[str, int, float], None]  # which child, its exit code, seconds until it is started again


@dataclass
class Child:
    """One process that must be running: what it does, and how it has fared."""

    name: str
    does: Callable[[], None]
    process: ForkProcess | None = None
    began: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self, lifeline: Lifeline) -> None:
        self.process = multiprocessing.get_context("fork").Process(target=_live, args=(self.does, lifeline))
        self.process.start()
        self.began = time.monotonic()

    def look(self, lifeline: Lifeline, died: Died) -> None:
        """Note a death and when to start again; start when that time has come."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.exitcode) is not None:
            self.process.close()
            self.process = None
            self.failures = failures_in_row(self.failures, now - self.began)
            self.start_at = now + wait_after(self.failures)
            died(self.name, code, self.start_at - now)
        if self.process is None and now >= self.start_at:
            self.start(lifeline)


def _live(does: Callable[[], None], lifeline: Lifeline) -> None:
    """A child's whole life, in a session of its own, so that Ctrl-C reaches the supervisor alone."""
    os.setsid()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    lifeline.follow()
    does()


class Supervisor:
    """Runs children until asked to stop (SIGINT, SIGTERM, SIGHUP or `stop.set()`)."""

    def __init__(self, children: Sequence[Child], died: Died) -> None:
        self.children = children
        self.died = died
        self.stop = threading.Event()
        self.lifeline = Lifeline.new()

    def listen_for_signals(self) -> None:
        """From here on a signal ends `run` instead of interrupting it."""
        for number in SIGNALS:
            signal.signal(number, self._asked)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()

    def run(self, each_look: Callable[[], None] = lambda: None) -> None:
        """Until stopped; then every child has ended."""
        try:
            while not self.stop.is_set():
                for child in self.children:
                    child.look(self.lifeline, self.died)
                each_look()
                self.stop.wait(LOOK_EVERY)
        finally:
            self.end()

    def end(self) -> None:
        """Ask every child to end, wait, and kill what has not ended in time."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()
        self.lifeline.close()
