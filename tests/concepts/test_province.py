"""The whole province, built once with the two years of the sources: every number as a page shows it, and its base.

The size is the one of `chithi demo --size province`, people, tree and all; only the years after 2013 are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from chithi.access.models import User
from chithi.access.viewers import viewer_for
from chithi.core.periods import as_of, parse
from chithi.db.viewer import Viewer
from chithi.demo import DemoSummary, build_demo, sizes
from chithi.demo.provinces import FIGURES, HA_LAM_WHOLE, YEAR_ENDS
from chithi.demo.sizes import SIZES, DemoSize
from chithi.directives.demo import leading
from chithi.indicators.choice import Chosen
from chithi.indicators.drain import rebuild
from chithi.indicators.of_directives import of_directive
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import contributions, lines
from chithi.indicators.trace import RECORDS_SHOWN, records, trace
from chithi.org.measures import MEASURES
from chithi.org.models import Membership, Unit, valid_on

BECAUSE = "a test looks at the whole province"
TODAY = date(2026, 11, 21)
ROOT, BIG = "HL", "HL-KS"
TWO_YEARS = DemoSize(HA_LAM_WHOLE, replace(FIGURES, years=(2012, 2013), silent=(0, 0)))

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoSummary]:
    """Built once for this file and rolled back after it; counted as of today besides the years."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(sizes, "SIZES", SIZES | {"two years": TWO_YEARS})
        summary = build_demo("two years", 2016, lambda _line: None)
        rebuild(period_row(as_of(TODAY)))
        agency()  # places today's tree, which the tests would otherwise do one by one
        connection.check_constraints()
        yield summary
        transaction.set_rollback(True)


def unit(code: str) -> int:
    return Unit.objects.everywhere(because=BECAUSE).get(code=code).pk


def agency() -> Viewer:
    return viewer_for(User.objects.get(username="tuyengiao"), TODAY)


def shown(code: str, period: str, indicator: str) -> Chosen:
    """The number that stands on the page of a unit and period."""
    return lines(agency(), unit(code), parse(period), codes=[indicator], trend=0).lines[0].chosen


OF_THE_PROVINCE = (
    ("2013", "plan.grassroots", 799, 848, "94.2"),
    ("2013", "plan.cells", 2462, None, None),
    ("2012", "study.classes", 731, None, None),
    ("2012", "study.members", 40539, 41324, "98.1"),
    ("2012", "study.officials", 21255, None, None),
    ("2013", "pledge.members", 38969, 41368, "94.2"),
    ("2013", "pledge.officials", 22252, 26649, "83.5"),
)
OF_THE_DISTRICT = (
    ("2012", "pledge.leaders", 820, 820, "100.0"),
    ("2013", "pledge.leaders", 832, 832, "100.0"),
    ("2012", "rating.leaders_member", 667, 710, "93.9"),
    ("2012", "rating.leaders_other", 97, 110, "88.2"),
    ("2012", "meeting.quality", 176, 251, "70.1"),
    ("2012", "covenant.signed", 43, 43, "100.0"),
    ("2012", "covenant.scored", 43, 43, "100.0"),
    ("2013", "unit.village_cell", 145, 231, "62.8"),
)


@pytest.mark.parametrize(
    ("code", "period", "indicator", "value", "base", "share"),
    [*((ROOT, *row) for row in OF_THE_PROVINCE), *((BIG, *row) for row in OF_THE_DISTRICT)],
)
def test_a_page_shows_the_count_the_base_of_its_day_and_the_share(
    province: DemoSummary, code: str, period: str, indicator: str, value: int, base: int | None, share: str | None
) -> None:
    found = shown(code, period, indicator)
    assert found.value == value
    assert found.total == base
    assert found.percent == (None if share is None else Decimal(share))
    assert found.spoke == found.expected


def test_who_carries_out_the_directive_of_the_province_is_a_figure_about_that_directive(province: DemoSummary) -> None:
    (made, cells) = of_directive(leading().pk)
    today = as_of(TODAY)
    found = shown(ROOT, today.code, f"directives.grassroots.{leading().pk}")
    assert (found.value, found.total, found.percent) == (799, 848, Decimal("94.2"))
    opened = trace(agency(), made.indicator_id, unit(ROOT), today)
    assert sum(part.numerator.value for part, _ in opened.below) == 799
    assert shown(ROOT, today.code, f"directives.cells.{leading().pk}").value == 2462
    assert cells.expected == "cells"


def test_the_province_has_848_grassroots_organisations_3300_cells_and_41350_members_today(
    province: DemoSummary,
) -> None:
    today = as_of(TODAY).code
    assert shown(ROOT, today, "org.grassroots").value == 848
    assert shown(ROOT, today, "org.cells").value == 3300
    assert shown(ROOT, today, "org.members_on_duty").value == 41350


def test_the_base_of_every_year_is_the_one_named(province: DemoSummary) -> None:
    declared = next(measure for measure in MEASURES if measure.code == "org.members_on_duty")
    for at, wanted in enumerate(YEAR_ENDS):
        day = date(2012 + at, 12, 31)
        assert declared.rows(day, day).everywhere(because=BECAUSE).count() == wanted, day


def test_more_are_members_than_are_on_duty_and_nobody_counts_twice(province: DemoSummary) -> None:
    held = Membership.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))
    people = held.values("person_id").distinct().count()
    assert held.count() > people > 41350
    assert shown(ROOT, as_of(TODAY).code, "org.members_on_duty").value == 41350


def test_parts_of_the_key_leaders_are_members_and_others(province: DemoSummary) -> None:
    line = lines(agency(), unit(BIG), parse("2012"), codes=["pledge.leaders"], trend=0).lines[0]
    assert [(str(found.value), str(found.total)) for _, _, found in line.members] == [("710", "710"), ("110", "110")]


@pytest.mark.parametrize("indicator", [row[1] for row in OF_THE_PROVINCE])
def test_every_number_opens_down_to_the_organisations_that_entered_it(province: DemoSummary, indicator: str) -> None:
    period = next(parse(row[0]) for row in OF_THE_PROVINCE if row[1] == indicator)
    opened = trace(agency(), _id(indicator), unit(ROOT), period)
    assert sum(part.numerator.value for part, _ in opened.below) == opened.line.chosen.value
    district, card = opened.below[0]
    assert card is not None
    below = contributions(agency(), district.unit_id, period, opened.line.meaning)
    assert sum(part.numerator.value for part in below) == district.numerator.value


def _id(indicator: str) -> int:
    return lines(agency(), unit(ROOT), parse("2013"), codes=[indicator], trend=0).lines[0].meaning.indicator.pk


def test_a_page_of_the_province_costs_no_more_queries_than_one_of_a_commune(province: DemoSummary) -> None:
    def cost(code: str) -> int:
        viewer, at, period = agency(), unit(code), parse("2013")
        lines(viewer, at, period)
        with CaptureQueriesContext(connection) as counted:
            lines(viewer, at, period)
        return len(counted)

    assert cost(ROOT) == cost(BIG) == cost(f"{BIG}-01") < 30


def test_the_records_of_a_large_unit_are_listed_a_page_at_a_time(province: DemoSummary) -> None:
    """All members of the province in one cell: the list still reads one page of them."""
    clerk = viewer_for(User.objects.get(username="vanphong"), TODAY)
    crowded = unit(f"{BIG}-01-01")
    mine = Unit.objects.everywhere(because=BECAUSE).filter(code__startswith=f"{BIG}-").values("pk")
    Membership.objects.everywhere(because=BECAUSE).filter(unit_id__in=mine).update(unit_id=crowded)
    found = records(clerk, 5, crowded, as_of(TODAY), page=2)
    assert found.total > 3000
    assert len(found.shown) == RECORDS_SHOWN
