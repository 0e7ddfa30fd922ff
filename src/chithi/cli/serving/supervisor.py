"""The supervisor: starts the children, starts again whichever dies, ends all of them in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from chithi.cli.serving.backoff import failures_in_row, wait_after

LOOK_EVERY = 0.1
PATIENCE = 10.0  # seconds for a child to end when asked to

Died = Callable[[str, int, float], None]  # which child, its exit code, seconds until it is started again


@dataclass
class Child:
    """One process that must be running. `module` is run by this Python with `arguments`."""

    name: str
    module: str
    arguments: tuple[str, ...]
    keeps: tuple[int, ...]  # file descriptors it inherits
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the supervisor alone."""
        command = [sys.executable, "-m", self.module, *self.arguments]
        self.process = subprocess.Popen(  # noqa: S603 -- our own module
            command, pass_fds=self.keeps, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.began = time.monotonic()

    def look(self, died: Died) -> None:
        """Note a death and when to start again; start when that time has come."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self.process = None
            self.failures = failures_in_row(self.failures, now - self.began)
            self.start_at = now + wait_after(self.failures)
            died(self.name, code, self.start_at - now)
        if self.process is None and now >= self.start_at:
            self.start()


class Supervisor:
    """Runs children until asked to stop (SIGINT, SIGTERM, SIGHUP or `stop.set()`)."""

    def __init__(self, children: Sequence[Child], died: Died) -> None:
        self.children = children
        self.died = died
        self.stop = threading.Event()

    def listen_for_signals(self) -> None:
        """From here on a signal ends `run` instead of interrupting it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()

    def run(self, each_look: Callable[[], None] = lambda: None) -> None:
        """Until stopped; then every child has ended."""
        try:
            while not self.stop.is_set():
                for child in self.children:
                    child.look(self.died)
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
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
