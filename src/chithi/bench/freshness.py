"""`chithi bench freshness`: from a save to the total at the root of a nation, 100 saves a second by eight writers.

The writers are processes of their own, each a clerk of one province; the worker is that of `chithi serve`; this process
is the reader at the root (`freshness_watch`). Seconds count from the moment when a save was due, so waiting for the
right to write is in them. After each measurement the root must hold the sum of all saves, and `verify` must find
every stored total of month, quarter and year as a rebuild makes it. The rivals get the same saves.

The database is the one the settings name, and it is left full of figures: take a folder of its own. An empty one gets
the nation's tree first; one with the demo is used as it is.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection
from time import monotonic, sleep

from django.db import connection

from chithi.bench.freshness_ground import Ground, Pace, ground_of, tasks_of
from chithi.bench.freshness_rivals import counted_up, lay_out, tear_down
from chithi.bench.freshness_saves import AT_ONCE, COUNTED_UP, MARKED, Save, Task, Written, write
from chithi.bench.freshness_server import Server, serving
from chithi.bench.freshness_watch import Sums, Watch, check, seen_after
from chithi.bench.measured import Case, Measured, versions_of
from chithi.indicators.drain import drain_all
from chithi.indicators.verify import verify

WRITERS = 8
LEAD_S, PATIENCE = 1.0, 120.0
PACE, PACE_SMALL = Pace(100, WRITERS, 30), Pace(10, 2, 2)
Numbers = dict[str, float]  # by what they say; seconds where the name ends in _s
SHOWN = {
    "due_to_root_p95_s": "from due to the root, p95",
    "due_to_root_p50_s": "from due to the root, median",
    "due_to_root_max_s": "from due to the root, longest",
    "commit_to_root_p95_s": "from commit to the root, p95",
    "save_p95_s": "the save itself, p95",
    "waited_to_write_p95_s": "of it waiting to write, p95",
}


def run(small: bool) -> Measured:
    """Ours with its worker, then each rival without one."""
    versions, missing = versions_of(("django", "numpy"))
    measured = Measured("freshness", versions | {"database": connection.vendor}, left_out=missing)
    pace = PACE_SMALL if small else PACE
    ground = ground_of(small)
    with serving() as server:
        ours = _measured(ground, pace, MARKED, server)
    _agree(ground)
    rivals = {follows: _measured(ground, pace, follows, None) for follows in (AT_ONCE, COUNTED_UP)}
    _agree(ground)  # what a rival lost is found again: totals are recomputed, never counted up
    lost = "".join(f"; {name} lost {int(found['lost'])}" for name, found in rivals.items())
    checked = f"nothing lost of {int(ours['saves'])}, verify agrees{lost}"
    size = f"{len(ground.tree.shape)} units, {pace.a_second} saves/s, {pace.writers} writers"
    for what, name in SHOWN.items():
        first = not measured.cases
        measured.cases.append(
            Case(
                case=name,
                size=size,
                ours_s=ours[what],
                rivals={rival: found[what] for rival, found in rivals.items() if what in found},
                floor_s=None,
                peak_mib=ours["server_peak_mib"],
                checked=checked if first else "see above",
                details=_all_details(ours, rivals) if first else {},
            )
        )
    return measured


def _all_details(ours: Numbers, rivals: dict[str, Numbers]) -> Numbers:
    """Every number of ours, and each rival's under its name."""
    return ours | {f"{name}: {key}": n for name, found in rivals.items() for key, n in found.items()}


def _measured(ground: Ground, pace: Pace, follows: str, server: Server | None) -> Numbers:
    """One measurement. Raises ValueError where ours has lost anything or the reader saw what cannot be."""
    tasks = tasks_of(ground, pace, follows)
    drain_all()
    before = ground.sums()
    if follows == COUNTED_UP:
        lay_out(ground.tree.shape, list(ground.measures))
    watch, spent = Watch(ground.totals_id(), ground.measures), server.processor_s() if server else 0.0
    written = _all_write(tasks, pace, watch if server else None)
    saves = [save for one in written for save in one.saves]
    if server:
        seen = seen_after(watch.looks, saves)
        check(watch.looks, saves, before)
    else:
        seen = [save.done for save in sorted(saves, key=lambda one: one.done)]
    lost = _lost(saves, _shown(ground, before, follows))
    if server and (lost or any(save.failed for save in saves)):
        raise ValueError(f"{lost} lost; {next((save.failed for save in saves if save.failed), 'none failed')}")
    details = _numbers(saves, seen) | {
        "lost": float(lost),
        "writers_processor_ms_a_save": 1000 * sum(one.processor_s for one in written) / len(saves),
        "load": os.getloadavg()[0],
    }
    if server:
        busy = max(seen) - min(save.due for save in saves)
        details |= {
            "drains_a_second": watch.stored / busy,
            "server_processor_s_a_second": (server.processor_s() - spent) / busy,
            "server_peak_mib": server.peak_mib(),
        }
    else:
        del details["commit_to_root_p50_s"], details["commit_to_root_p95_s"], details["commit_to_root_max_s"]
    if follows == COUNTED_UP:
        tear_down()
    return details


def _all_write(tasks: Sequence[Task], pace: Pace, watch: Watch | None) -> list[Written]:
    """Start the writers, let all begin at one moment, look on until each is done and nothing waits."""
    spawn = multiprocessing.get_context("spawn")
    lines: list[Connection] = []
    processes = []
    for task in tasks:
        here, there = spawn.Pipe()
        processes.append(spawn.Process(target=write, args=(task, there), daemon=True))
        processes[-1].start()
        there.close()
        lines.append(here)
    for line in lines:
        line.recv()
    begin = monotonic() + LEAD_S
    for line in lines:
        line.send(begin)
    while not all(line.poll() for line in lines):
        watch.look_until(monotonic() + 0.2) if watch else sleep(0.2)
        if monotonic() > begin + pace.seconds + PATIENCE:
            raise TimeoutError("the writers do not come to an end")
    if watch:
        watch.look_until_still(PATIENCE)
        watch.look()
    written: list[Written] = [line.recv() for line in lines]
    for process in processes:
        process.join()
    return written


def _shown(ground: Ground, before: Sums, follows: str) -> Sums:
    """By how much the root's total has risen, by measure, as each way keeps it."""
    if follows == COUNTED_UP:
        return counted_up(ground.root)
    return {measure: value - before[measure] for measure, value in ground.sums().items()}


def _lost(saves: Sequence[Save], shown: Sums) -> int:
    """How many saves' worth the root lacks or has too much: none where every measure's sum is right."""
    wrong = sum(abs(sum(s.rose for s in saves if s.measure == measure) - of) for measure, of in shown.items())
    mean = sum(save.rose for save in saves) / max(1, len(saves))
    return -int(-wrong // mean) if wrong else 0


def _numbers(saves: Sequence[Save], seen: Sequence[float]) -> dict[str, float]:
    ordered = sorted(saves, key=lambda one: one.done)
    lasted = ordered[-1].done - min(save.due for save in saves)
    return {
        "saves": float(len(saves)),
        "failed": float(sum(bool(save.failed) for save in saves)),
        "achieved_a_second": len(saves) / lasted,
        **_spread("due_to_root", [at - save.due for at, save in zip(seen, ordered, strict=True)]),
        **_spread("commit_to_root", [at - save.done for at, save in zip(seen, ordered, strict=True)]),
        **_spread("save", [save.took_s for save in saves]),
        **_spread("waited_to_write", [save.waited_s for save in saves]),
    }


def _spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Median, p95 and the longest."""
    ordered = sorted(seconds)
    at = {"p50": len(ordered) // 2, "p95": min(len(ordered) - 1, len(ordered) * 95 // 100), "max": -1}
    return {f"{name}_{which}_s": ordered[place] for which, place in at.items()}


def _agree(ground: Ground) -> None:
    """`verify` finds nothing in the periods that were written; raises ValueError."""
    for row in ground.rows:
        found = verify(period_code=row.code)
        if not found.ok:
            raise ValueError(f"{row.code}: {found.differences[0]}")
