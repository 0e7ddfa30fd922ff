"""Building the demo: the explicit list of steps, in one transaction, with a word before each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chithi.access import demo as access
from chithi.core.errors import Refused
from chithi.demo.sizes import DemoSize, size_named
from chithi.freshness.models import Mark
from chithi.indicators import demo as indicators
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Totals
from chithi.indicators.own import period_row
from chithi.org import demo as org
from chithi.org.demo.streams import key
from chithi.org.models import Unit

_WHY = "the demo fills an empty database"
Report = Callable[[str], None]


@dataclass(frozen=True)
class DemoSummary:
    """How much now stands in the database."""

    size: str
    seed: int
    units: int
    people: int
    memberships: int
    figures: int
    confirmations: int
    periods: int
    totals: int


@dataclass
class _Work:
    """What the steps hand on to each other."""

    size: DemoSize
    seed: int
    report: Report
    built: org.Built | None = None
    accounts: dict[str, int] = field(default_factory=dict)
    figures: indicators.BuiltFigures | None = None
    totals: int = 0

    @property
    def tree(self) -> org.Built:
        assert self.built is not None, "units come before everything else"  # noqa: S101 -- the order of STEPS
        return self.built

    @property
    def entered(self) -> indicators.BuiltFigures:
        assert self.figures is not None, "totals come after figures"  # noqa: S101 -- the order of STEPS
        return self.figures


def build_demo(size: str, seed: int, report: Report) -> DemoSummary:
    """Build a demo, all of it or nothing; `report` hears a line before each step.

    The same size and seed give the same rows in every table, passwords and computed-at times excepted. Refuses a
    database with units in it (`demo.not_empty`) and a size it does not know (`demo.unknown_size`).
    """
    wanted = size_named(size)
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("demo.not_empty")
    work = _Work(wanted, seed, report)
    with transaction.atomic():
        for said, step in STEPS:
            report(str(said))
            step(work)
    return DemoSummary(
        size=size,
        seed=seed,
        units=len(work.tree.ids),
        people=work.tree.people,
        memberships=work.tree.memberships,
        figures=work.entered.figures,
        confirmations=work.entered.confirmations,
        periods=len(work.entered.periods),
        totals=work.totals,
    )


def _catalogue(_work: _Work) -> None:
    sync_catalogue()


def _units_and_people(work: _Work) -> None:
    work.built = org.build(work.size.tree, work.seed)


def _accounts(work: _Work) -> None:
    work.accounts = access.build(work.tree, work.seed)


def _figures(work: _Work) -> None:
    work.figures = indicators.build(work.tree, work.size.figures, work.seed, work.accounts.get("vanphong"))


def _totals(work: _Work) -> None:
    """Compute the totals of every period used. Their identities come from the seed like all others."""
    for period in work.entered.periods:
        work.totals += rebuild(period_row(period))
    if Mark.objects.everywhere(because=_WHY).exists():
        drain_all()
    stored = list(Totals.objects.everywhere(because=_WHY).order_by("pk").only("pk", "key"))
    for number, row in enumerate(stored):
        row.key = key(work.seed, "totals", number)
    Totals.objects.everywhere(because=_WHY).bulk_update(stored, ["key"], batch_size=300)


STEPS: tuple[tuple[object, Callable[[_Work], None]], ...] = (
    (_("Đồng bộ danh mục chỉ tiêu"), _catalogue),
    (_("Lập tổ chức đảng, đảng viên và cán bộ"), _units_and_people),
    (_("Mở tài khoản"), _accounts),
    (_("Nhập số liệu các kỳ"), _figures),
    (_("Tính tổng theo cây tổ chức"), _totals),
)
