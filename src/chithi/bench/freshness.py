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
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from time import monotonic, sleep
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from chithi.access.demo import ACCOUNTS
from chithi.access.models import User
from chithi.bench.freshness_rivals import counted_up, lay_out, tear_down
from chithi.bench.freshness_saves import AT_ONCE, COUNTED_UP, MARKED, Save, Task, Written, write
from chithi.bench.freshness_server import Server, serving
from chithi.bench.freshness_watch import Sums, Watch, check, seen_after
from chithi.bench.measured import Case, Measured, versions_of
from chithi.core.errors import Refused
from chithi.core.periods import Period, month, quarter, year
from chithi.db.pouring import pour
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import period_row
from chithi.indicators.verify import verify
from chithi.org.demo import NationSize, build_nation
from chithi.org.demo.draws import keys
from chithi.org.models import Unit
from chithi.org.places import Tree, reach_tree, tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

SEED, WRITERS = 2016, 8
MEASURES = ("study.classes", "deed.individual", "award.people", "media.items")
TINY = NationSize(provinces=3, cities=1, communes=12, units=600, offices=1, merged=1)
LEAD_S, PATIENCE = 1.0, 120.0
_DEMO = [account.username for account in ACCOUNTS]
_WHY = "the bench looks at the whole tree"


@dataclass(frozen=True)
class Pace:
    """How many saves a second, by how many writers, for how long."""

    a_second: int
    writers: int
    seconds: int


PACE, PACE_SMALL = Pace(100, WRITERS, 30), Pace(10, 2, 2)


def run(small: bool) -> Measured:
    """Ours with its worker, then each rival without one."""
    versions, missing = versions_of(("django", "numpy"))
    measured = Measured("freshness", versions | {"database": connection.vendor}, left_out=missing)
    pace = PACE_SMALL if small else PACE
    ground = _ground(small)
    with serving() as server:
        ours = _measured(ground, pace, MARKED, server)
    _agree(ground)
    rivals = {follows: _measured(ground, pace, follows, None) for follows in (AT_ONCE, COUNTED_UP)}
    lost = {name: f"{name} lost {int(found.details['lost'])}" for name, found in rivals.items()}
    measured.cases.append(
        Case(
            case=f"{pace.a_second} saves a second, {pace.writers} writers, {pace.seconds} s",
            size=f"{len(ground.tree.shape)} units",
            ours_s=ours.p95,
            rivals={name: found.p95 for name, found in rivals.items()},
            floor_s=None,
            peak_mib=ours.details.pop("peak_mib"),
            checked=f"nothing lost of {int(ours.details['saves'])}, verify agrees; " + ", ".join(lost.values()),
            details=ours.details
            | {f"{name}: {key}": of for name, it in rivals.items() for key, of in it.details.items()},
        )
    )
    return measured


@dataclass(frozen=True)
class Ground:
    """What is written on: the tree, its root and provinces, the month and the periods above it, the measures."""

    tree: Tree
    today: date
    period: Period
    rows: tuple[PeriodRow, ...]
    measures: tuple[int, ...]

    @property
    def root(self) -> int:
        return int(self.tree.shape.unit_ids[0])

    def provinces(self) -> list[int]:
        """Units under the root with units below them, as often as it takes."""
        shape = self.tree.shape
        return [int(shape.unit_ids[at]) for at in shape.children(0) if shape.child_count[at]]

    def leaves_of(self, province: int) -> list[int]:
        shape = self.tree.shape
        inside = shape.subtree(self.tree.position(province))
        wanted = (shape.child_count[inside] == 0) & shape.present[inside]
        return [int(unit) for unit in shape.unit_ids[inside][wanted]]

    def sums(self) -> Sums:
        """What is stored at the root for the month, by measure."""
        row = unpack(bytes(self._stored().packed))
        return {measure: row.cell(key_of(measure)).value for measure in self.measures}

    def totals_id(self) -> int:
        return int(self._stored().pk)

    def _stored(self) -> Totals:
        return Totals.objects.everywhere(because=_WHY).get(unit_id=self.root, period_id=self.rows[0].pk)


def _ground(small: bool) -> Ground:
    """The tree, a figure of the month before this one at every leaf, totals of month, quarter and year."""
    units = Unit.objects.everywhere(because=_WHY)
    if not units.exists():
        with transaction.atomic():
            build_nation(TINY if small else NationSize(), SEED)
    elif not (units.filter(key=_own_root()).exists() or User.objects.filter(username__in=_DEMO).exists()):
        raise Refused("bench.no_demo")
    today = timezone.localdate()
    at = today.year * 12 + today.month - 2
    period = month(at // 12, at % 12 + 1)
    rows = tuple(map(period_row, (period, quarter(at // 12, at % 12 // 3 + 1), year(at // 12))))
    measures = Measure.objects.filter(code__in=MEASURES).order_by("pk").values_list("pk", flat=True)
    reach_tree(today)
    ground = Ground(tree_on(period.last), today, period, rows, tuple(measures))
    drain_all()
    if not Figure.objects.everywhere(because=_WHY).filter(period_id=rows[0].pk, measure_id__in=measures).exists():
        _fill(ground)
    for row in rows:
        rebuild(row)
    return ground


def _own_root() -> UUID:
    """The identity of the root of a tree that this bench has built before."""
    return keys(SEED, "unit", "nation", 1)[0]


def _fill(ground: Ground) -> None:
    leaves = [leaf for province in ground.provinces() for leaf in ground.leaves_of(province)]
    chosen = random.Random(SEED)  # noqa: S311 -- invented figures
    columns = ("unit_id", "measure_id", "period_id", "source", "covers", "value", "key")
    figures = (
        (leaf, chosen.choice(ground.measures), ground.rows[0].pk, "entered", "own", chosen.randrange(1000), uuid4())
        for leaf in leaves
    )
    with transaction.atomic():
        pour(Figure, columns, figures, at=timezone.now())


@dataclass(frozen=True)
class Found:
    """p95 of the seconds from when a save was due until the root held it, and the further numbers."""

    p95: float
    details: dict[str, float]


def _measured(ground: Ground, pace: Pace, follows: str, server: Server | None) -> Found:
    """One measurement. Raises ValueError where ours has lost anything or the reader saw what cannot be."""
    tasks = _tasks(ground, pace, follows)
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
            "peak_mib": server.peak_mib(),
        }
    if follows == COUNTED_UP:
        tear_down()
    return Found(details["due_to_root_p95_s"], details)


def _tasks(ground: Ground, pace: Pace, follows: str) -> list[Task]:
    """Each writer's saves: other leaves of a province of its own each time, with the figures that stand there now."""
    each = pace.a_second * pace.seconds // pace.writers
    chosen, provinces, tasks = random.Random(f"{SEED} {follows}"), ground.provinces(), []  # noqa: S311 -- no secret
    for number in range(pace.writers):
        province = provinces[number % len(provinces)]
        leaves = ground.leaves_of(province)
        mine = chosen.sample(leaves, len(leaves))[number // len(provinces) :: 1 + (pace.writers - 1) // len(provinces)]
        live = Figure.objects.everywhere(because=_WHY).filter(
            unit_id__in=mine[:each], period_id=ground.rows[0].pk, measure_id__in=ground.measures, state="live"
        )
        wanted = tuple((f.unit_id, f.measure_id, f.pk, f.value or 0) for f in live.order_by("key"))
        first, every = number / pace.a_second, pace.writers / pace.a_second
        tasks.append(Task(province, ground.period.code, ground.today, follows, wanted, first, every))
    return tasks


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
