"""What the worker prepares before somebody's first look: today's tree, periods that have just begun."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.periods import Kind, containing, previous
from chithi.indicators.ahead import prepare
from chithi.indicators.drain import computed, rebuild
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.period_rows import period_row
from chithi.org.models import Edition
from chithi.org.places import forget_since, in_force, reach_tree
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
_WHY = "a test looks at what was prepared"
THIS_MONTH = containing(TODAY, Kind.MONTH)


def reckoned(code: str) -> int:
    """How many totals of a period are stored."""
    rows = PeriodRow.objects.filter(code=code).values("pk")
    return Totals.objects.everywhere(because=_WHY).filter(period_id__in=rows).count()


def test_the_period_that_has_begun_is_reckoned_where_the_one_before_is_in_use(world: World) -> None:
    reach_tree(TODAY)
    before = previous(THIS_MONTH)
    assert before is not None
    rebuild(period_row(before))
    assert prepare(TODAY) == 1
    tree, whole = computed(period_row(THIS_MONTH))
    assert reckoned(THIS_MONTH.code) == sum(1 for _ in whole.rows()) > 0
    assert len(tree.shape) > 0
    assert prepare(TODAY) == 0


def test_nothing_is_kept_of_periods_that_nobody_looks_at(world: World) -> None:
    reach_tree(TODAY)
    assert prepare(TODAY) == 0
    assert reckoned(THIS_MONTH.code) == 0
    assert not PeriodRow.objects.filter(code=THIS_MONTH.code).exists()


def test_the_tree_of_today_stands_ready_after_a_change(world: World) -> None:
    before = reach_tree(TODAY)
    forget_since(date(2026, 1, 1))
    prepare(TODAY)
    ready = in_force().get(since=before.since)
    assert ready.placed
    assert ready.pk != before.id


def test_where_nobody_has_looked_at_a_tree_none_is_made() -> None:
    assert prepare(TODAY) == 0
    assert not Edition.objects.exists()
