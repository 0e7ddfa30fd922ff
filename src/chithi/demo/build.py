"""Building the demo: the explicit list of steps, in one transaction, with a word before each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chithi.access import demo as access
from chithi.access.actions import grant
from chithi.access.models import RoleGrant, User
from chithi.access.roles import Role
from chithi.access.viewers import system_viewer
from chithi.calls import demo as calls
from chithi.core.errors import Refused
from chithi.db.pouring import give_keys
from chithi.demo.sizes import DemoSize, NationDemo, size_named
from chithi.directives import demo as directives
from chithi.dossiers import demo as dossiers
from chithi.duties import demo as duties
from chithi.freshness.models import Mark
from chithi.indicators import demo as indicators
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.of_directives import make as count_one
from chithi.indicators.period_rows import period_row
from chithi.journal.models import Entry
from chithi.org import demo as org
from chithi.org.demo.reorganised import reorganise
from chithi.org.demo.sizes import ENDS
from chithi.org.demo.streams import key
from chithi.org.kinds import StepKind
from chithi.org.models import Unit
from chithi.org.plans import steps_of
from chithi.registry import demo as registry
from chithi.routine import demo as routine
from chithi.tasks import demo as tasks

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

    size: DemoSize | NationDemo
    seed: int
    report: Report
    reorganised: bool = False
    built: org.Built | org.NationBuilt | None = None
    accounts: dict[str, int] = field(default_factory=dict)
    figures: indicators.BuiltFigures | None = None
    totals: int = 0

    @property
    def tree(self) -> org.Built | org.NationBuilt:
        assert self.built is not None, "units come before everything else"  # noqa: S101 -- the order of STEPS
        return self.built

    @property
    def entered(self) -> indicators.BuiltFigures:
        assert self.figures is not None, "totals come after figures"  # noqa: S101 -- the order of STEPS
        return self.figures


def build_demo(size: str, seed: int, report: Report, *, reorganised: bool = False) -> DemoSummary:
    """Build a demo, all of it or nothing; `report` hears a line before each step.

    `reorganised` carries out the changes of 1 July 2025 as well: no districts, about four communes in one.
    The same size and seed give the same rows in every table, passwords and computed-at times excepted. Refuses a
    database with units in it (`demo.not_empty`), a size it does not know (`demo.unknown_size`), and to reorganise a
    nation, which stands on the map after those changes (`demo.reorganised_already`).
    """
    wanted = size_named(size)
    if reorganised and isinstance(wanted, NationDemo):
        raise Refused("demo.reorganised_already", field="reorganised", size=size)
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("demo.not_empty")
    work = _Work(wanted, seed, report, reorganised)
    with transaction.atomic():
        for said, step in STEPS:
            report(str(said))
            step(work)
    return DemoSummary(
        size=size,
        seed=seed,
        units=Unit.objects.everywhere(because=_WHY).count(),
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
    if isinstance(work.size, NationDemo):
        work.built = org.build_nation(work.size.tree, work.seed)
    else:
        work.built = org.build(work.size.tree, work.seed)


def _accounts(work: _Work) -> None:
    work.accounts = access.build(work.tree.homes(), work.seed)


def _documents(work: _Work) -> None:
    """A directive with the plans below it; a nation is without, as it is without people."""
    if isinstance(work.size, DemoSize):
        directives.build(work.tree.homes()["province"].unit_id, work.seed)
        count_one(directives.leading(), directives.DUE, by_id=None)
        if not work.reorganised:  # the tasks of units that closed would stand with their heirs, told anew each time
            tasks.build(work.tree.homes()["province"].unit_id, work.seed)
            routine.build(work.tree.homes()["province"].unit_id, work.seed)
            calls.build(work.tree.homes()["province"].unit_id, work.seed)
            duties.build(work.tree.homes()["province"].unit_id, work.seed)
            dossiers.build(work.tree.homes()["province"].unit_id, work.seed)
            registry.build(work.seed)


def _figures(work: _Work) -> None:
    clerk = work.accounts.get("vanphong")
    if isinstance(work.size, NationDemo):
        assert isinstance(work.tree, org.NationBuilt)  # noqa: S101 -- built from the same size
        work.figures = indicators.build_nation_figures(work.tree, work.size.figures, work.seed, clerk)
    else:
        assert isinstance(work.tree, org.Built)  # noqa: S101 -- built from the same size
        work.figures = indicators.build(work.tree, work.size.figures, work.seed, clerk)


def _reorganise(work: _Work) -> None:
    """The changes of 1 July 2025. Whoever had a role in a district that ended has it in the first new commune."""
    assert isinstance(work.size, DemoSize)  # noqa: S101 -- build_demo refuses the others
    plan = reorganise(by=system_viewer(ENDS, because=_WHY), size=work.size.tree, seed=work.seed)
    opened = next(code for step in steps_of(plan) if step.what is StepKind.OPEN for code in step.codes)
    heir = Unit.objects.everywhere(because=_WHY).get(code=opened)
    ended = Unit.objects.everywhere(because=_WHY).filter(closed_on=plan.on).values("pk")
    for held in list(RoleGrant.objects.everywhere(because=_WHY).filter(unit_id__in=ended).order_by("pk")):
        user = User.objects.get(pk=held.user_id)
        granted = grant(by=None, user=user, role=Role(held.role), unit_id=heir.pk, since=plan.on)
        granted.key = key(work.seed, "reorganised.grant", user.username)
        granted.save(update_fields=["key"])
        at = datetime.combine(plan.on, time(3), UTC)
        Entry.objects.everywhere(because=_WHY).filter(
            about_kind=RoleGrant._meta.label_lower, about_id=granted.pk
        ).update(
            key=key(work.seed, "reorganised.granted", user.username),
            at=at,
            facts={"role": granted.role, access.MARKER: True},
        )


def _totals(work: _Work) -> None:
    """Compute the totals of every period used. Their identities come from the seed like all others."""
    if work.reorganised:
        _reorganise(work)
    computed = [period_row(period) for period in work.entered.periods]
    work.totals += sum(rebuild(row) for row in computed)
    if PeriodRow.objects.exclude(pk__in=[row.pk for row in computed]).exists():
        drain_all()
    Mark.objects.everywhere(because=_WHY).delete()  # what they ask for has just been computed
    stored = Totals.objects.everywhere(because=_WHY).order_by("pk").values_list("pk", flat=True)
    give_keys(Totals, ((pk, key(work.seed, "totals", number)) for number, pk in enumerate(list(stored))))


STEPS: tuple[tuple[object, Callable[[_Work], None]], ...] = (
    (_("Đồng bộ danh mục chỉ tiêu"), _catalogue),
    (_("Lập tổ chức đảng, đảng viên và cán bộ"), _units_and_people),
    (_("Mở tài khoản"), _accounts),
    (_("Ban hành văn bản chỉ đạo và kế hoạch triển khai"), _documents),
    (_("Nhập số liệu các kỳ"), _figures),
    (_("Tính tổng theo cây tổ chức"), _totals),
)
