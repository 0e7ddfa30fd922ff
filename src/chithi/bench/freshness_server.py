"""`chithi serve` beside a measurement: supervisor, web process and the worker that drains, as anybody starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from chithi.freshness.queries import last_beat

PATIENCE = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """The processes of a server that runs."""

    process: int

    def everybody(self) -> list[int]:
        """The supervisor and all its descendants."""
        parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
        found = [self.process]
        for one in found:
            found += [child for child, parent in parents.items() if parent == one]
        return found

    def processor_s(self) -> float:
        """Seconds of processor so far, all together; 0 where the system does not tell."""
        return sum(_processor_s(one) for one in self.everybody())

    def peak_mib(self) -> float:
        """The most memory that one of its processes has held."""
        return max(_peak_mib(one) for one in self.everybody())


@contextmanager
def serving() -> Iterator[Server]:
    """A server of its own on a free port, from the moment when its worker is at work until the end of the block."""
    began = timezone.now()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = [
        sys.executable,
        "-c",
        "from chithi.cli import main; raise SystemExit(main())",
        "serve",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(started, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
    try:
        end = time.monotonic() + PATIENCE
        while (beat := last_beat("worker")) is None or beat < began:
            if time.monotonic() > end or process.poll() is not None:
                raise TimeoutError("the server's worker does not begin")
            time.sleep(0.1)
        yield Server(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _stat(path: Path) -> list[str]:
    """The fields of /proc/N/stat after the name, which may hold spaces; the state is the first."""
    try:
        return (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # it ended while we looked
        return ["", "0", *["0"] * 20]


def _parent(path: Path) -> int:
    return int(_stat(path)[1])


def _processor_s(process: int) -> float:
    user, system = _stat(Path("/proc") / str(process))[11:13]
    return (int(user) + int(system)) / _TICKS


def _peak_mib(process: int) -> float:
    try:
        lines = (Path("/proc") / str(process) / "status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
