"""What a bench brings back, and the stop-watch it measures with.

Seconds are the best of several runs, in this process, after one run to warm up. `peak_mib` is the most memory
this process held at once while ours ran, inputs and interpreter included.
"""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
NOT_INSTALLED = "not installed"


@dataclass(frozen=True)
class Case:
    """One size of one question. `checked` says which equality with the rivals was verified; `details` are further
    numbers of this bench alone, for the JSON object."""

    case: str
    size: str
    ours_s: float
    rivals: dict[str, float]
    floor_s: float | None
    peak_mib: float
    checked: str
    details: dict[str, float] = field(default_factory=dict)


@dataclass
class Measured:
    """Everything one bench found. `left_out`: rival -> why it was not measured."""

    bench: str
    versions: dict[str, str]
    cases: list[Case] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def best_of(runs: int, work: Callable[[], Answer]) -> tuple[float, Answer]:
    """(seconds of the quickest of `runs`, the answer)."""
    answer = work()
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - began)
    return min(seconds), answer


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock and of the processor (all threads), each the least of several runs."""

    wall_s: float
    cpu_s: float


def best_costs(runs: int, work: Callable[[], Answer]) -> tuple[Cost, Answer]:
    """(the least of `runs` after one to warm up, the answer)."""
    answer = work()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Cost(min(walls), min(cpus)), answer


def peak_mib(work: Callable[[], object]) -> float:
    """The most memory held at once during `work`; since the start of the process where the kernel cannot tell."""
    try:
        RESET.write_text("5", encoding="ascii")  # forget the peak so far
        work()
        line = next(row for row in STATUS.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    except OSError:
        work()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> str:
    """Processor, cores and memory, as one line."""
    name = platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((row.partition(":")[2].strip() for row in lines if row.startswith("model name")), name)
    except OSError:
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{name}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {platform.system()}"


def versions_of(packages: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """({package: version} of those installed and Python, {package: why not} of the others)."""
    found, missing = {"python": platform.python_version()}, {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            missing[package] = NOT_INSTALLED
    return found, missing
