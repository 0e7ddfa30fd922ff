"""What `chithi bench freshness` writes on: a tree, a month of figures at its leaves, totals; and who saves what."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from chithi.access.demo import ACCOUNTS
from chithi.access.models import User
from chithi.bench.freshness_saves import Task
from chithi.bench.freshness_watch import Sums
from chithi.core.errors import Refused
from chithi.core.periods import Period, month, quarter, year
from chithi.db.among import among
from chithi.db.pouring import pour
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Figure, Measure, PeriodRow, Totals
from chithi.indicators.period_rows import period_row
from chithi.org.demo import NationSize, build_nation
from chithi.org.demo.draws import keys
from chithi.org.models import Unit
from chithi.org.places import Tree, reach_tree, tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

SEED = 2016
MEASURES = ("study.classes", "deed.individual", "award.people", "media.items")
TINY = NationSize(provinces=3, cities=1, communes=12, units=600, offices=1, merged=1)
_DEMO = [account.username for account in ACCOUNTS]
_WHY = "the bench looks at the whole tree"


@dataclass(frozen=True)
class Pace:
    """How many saves a second, by how many writers, for how long."""

    a_second: int
    writers: int
    seconds: int


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


def ground_of(small: bool) -> Ground:
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


def tasks_of(ground: Ground, pace: Pace, follows: str) -> list[Task]:
    """Each writer's saves: other leaves of a province of its own each time, with the figures that stand there now."""
    each = pace.a_second * pace.seconds // pace.writers
    chosen, provinces, tasks = random.Random(f"{SEED} {follows}"), ground.provinces(), []  # noqa: S311 -- no secret
    for number in range(pace.writers):
        province = provinces[number % len(provinces)]
        leaves = ground.leaves_of(province)
        mine = chosen.sample(leaves, len(leaves))[number // len(provinces) :: 1 + (pace.writers - 1) // len(provinces)]
        live = Figure.objects.everywhere(because=_WHY).filter(
            unit_id__in=among(mine[:each]), period_id=ground.rows[0].pk, measure_id__in=ground.measures, state="live"
        )
        wanted = tuple((f.unit_id, f.measure_id, f.pk, f.value or 0) for f in live.order_by("key"))
        first, every = number / pace.a_second, pace.writers / pace.a_second
        tasks.append(Task(province, ground.period.code, ground.today, follows, wanted, first, every))
    return tasks
