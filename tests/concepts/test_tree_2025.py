"""1 July 2025 on the demo: last year's report keeps every byte, this year compares on today's tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from chithi.access.viewers import system_viewer
from chithi.core.periods import parse
from chithi.demo import build_demo
from chithi.demo.sizes import HA_LAM, TINY_TREE
from chithi.indicators.drain import drain_all
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.org.demo.reorganised import ON, groups_of, reorganisation_steps, reorganise
from chithi.org.demo.tree import plan_tree
from chithi.org.kinds import StepKind, UnitKind
from chithi.org.models import Closing, Reorganisation, TreeEvent, Unit, UnitState, valid_on
from chithi.org.undoing import undo
from chithi.reporting.actions import make_report
from chithi.tasks.models import Task

TODAY, SEED = date(2026, 11, 21), 2016
_WHY = "a test looks at the whole demo"
LAST, THIS = parse("2024"), parse("2025")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, bytes]]:
    """The tiny demo, reorganised; what the reports of 2024 and the totals of the years before said until then."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_demo("tiny", SEED, lambda _line: None)
        before = {code: report(code) for code in ("HL", "HL-KS", "HL-LP", "HL-KS-01")}
        before |= {f"totals/{row}": packed for row, packed in totals("2024").items()}
        reorganise(by=viewer(), size=TINY_TREE, seed=SEED)
        drain_all()
        yield before
        transaction.set_rollback(True)


def viewer():  # type: ignore[no-untyped-def]
    return system_viewer(TODAY, because=_WHY)


def unit(code: str) -> int:
    return Unit.objects.everywhere(because=_WHY).get(code=code).pk


def report(code: str, period: str = "2024") -> bytes:
    made = make_report(by=viewer(), unit_id=unit(code), period=parse(period), dated=date(2025, 1, 15))
    return bytes(made.file)


def totals(period: str) -> dict[str, bytes]:
    rows = Totals.objects.everywhere(because=_WHY).filter(period=PeriodRow.objects.get(code=period))
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    return {codes[u]: bytes(packed) for u, packed in rows.values_list("unit_id", "packed")}


def test_no_district_is_left_and_about_four_communes_are_one(province: dict[str, bytes]) -> None:
    now = UnitState.objects.everywhere(because=_WHY).filter(valid_on(ON))
    assert not now.filter(kind=UnitKind.DISTRICT).exists()
    then = UnitState.objects.everywhere(because=_WHY).filter(valid_on(date(2025, 6, 30)))
    assert then.filter(kind=UnitKind.DISTRICT).count() == 2
    merged = TreeEvent.objects.everywhere(because=_WHY).filter(kind="merge", on=ON).count()
    opened = TreeEvent.objects.everywhere(because=_WHY).filter(kind="open", on=ON).count()
    assert (merged, opened) == (5, 2)
    heirs = Closing.objects.everywhere(because=_WHY).filter(since=ON)
    assert heirs.count() == heirs.values("unit_id").distinct().count()


@pytest.mark.parametrize("code", ["HL", "HL-KS", "HL-LP", "HL-KS-01"])
def test_the_report_of_last_year_keeps_every_byte(province: dict[str, bytes], code: str) -> None:
    assert report(code) == province[code]


def test_the_totals_of_last_year_keep_every_byte(province: dict[str, bytes]) -> None:
    kept = {name.removeprefix("totals/"): packed for name, packed in province.items() if name.startswith("totals/")}
    assert kept
    assert totals("2024") == kept


def test_a_new_commune_compares_with_the_sum_of_those_it_was_made_of(province: dict[str, bytes]) -> None:
    closed = Closing.objects.everywhere(because=_WHY).filter(heir_id=unit("HL-X101"), event__isnull=False)
    olds = list(closed.values_list("unit_id", flat=True))
    assert len(olds) >= 3
    found = lines(viewer(), unit("HL-X101"), THIS)
    compared = 0
    for code in ("org.members_on_duty", "org.cells", "study.classes", "unit.village_cell"):
        line = found.line(code)
        each = [lines(viewer(), old, LAST).line(code).chosen.value for old in olds]
        assert line.before is not None
        assert line.before.value == sum(value for value in each if value is not None)
        compared += line.before.value is not None and line.before.value > 0
    assert compared == 4


def test_the_province_compares_as_if_nothing_had_moved(province: dict[str, bytes]) -> None:
    now, then = lines(viewer(), unit("HL"), THIS), lines(viewer(), unit("HL"), LAST)
    for line in now.lines:
        assert line.before is not None
        assert line.before.value == then.line(line.meaning.code).chosen.value


def test_the_books_balance_and_the_whole_can_be_undone(province: dict[str, bytes]) -> None:
    assert verify(period_code="2025").ok
    with transaction.atomic():
        plan = Reorganisation.objects.everywhere(because=_WHY).get()
        undo(by=viewer(), plan_id=plan.pk, on=date(2026, 1, 1))
        drain_all()
        again = UnitState.objects.everywhere(because=_WHY).filter(valid_on(TODAY), kind=UnitKind.DISTRICT)
        assert again.count() == 2
        assert verify(period_code="2026-Q1").ok
        assert open_tasks_of_closed_units() == []
        transaction.set_rollback(True)


def open_tasks_of_closed_units() -> list[int]:
    """Open tasks that nobody has any more."""
    tasks = Task.objects.everywhere(because=_WHY).filter(finished_on__isnull=True, cancelled_on__isnull=True)
    assert tasks.exists()
    closed = Unit.objects.everywhere(because=_WHY).filter(closed_on__lte=TODAY)
    return list(tasks.filter(unit_id__in=closed.values("pk")).values_list("pk", flat=True))


def test_communes_join_by_fours_and_a_few_stay() -> None:
    assert groups_of(16) == ([(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), (12, 13, 14)], (15,))
    assert groups_of(5) == ([(0, 1, 2, 3)], (4,))
    assert groups_of(2) == ([(0, 1)], ())
    assert groups_of(0) == ([], ())


def test_the_plan_of_the_large_province_names_every_unit_of_its_districts_once() -> None:
    plan = plan_tree(HA_LAM, SEED)
    steps = reorganisation_steps(plan)
    named = [code for step in steps if step.what is not StepKind.OPEN for code in step.codes]
    districts = [d for d in HA_LAM.districts if d.kind == UnitKind.DISTRICT]
    below = [unit.code for d in districts for unit in plan.below(plan.code_of(d)) if unit.closed is None]
    assert sorted(named) == sorted(below)
    assert [step.row for step in steps] == list(range(2, len(steps) + 2))
