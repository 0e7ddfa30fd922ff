"""`chithi bench pages` on a small demo: every page answers, and plain SQL finds the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from chithi.bench import pages, pages_rival
from chithi.bench.measured import Measured
from chithi.bench.pages_list import places_of
from chithi.bench.show import as_object
from chithi.core.errors import Refused
from chithi.core.periods import year
from chithi.demo import build_demo
from chithi.indicators.models import Figure
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db  # also of the measurement: without the mark no test database is made
BECAUSE = "a test changes one figure past every total"


def test_a_number_that_differs_from_the_plain_count_stops_the_bench(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    build_demo("tiny", 7, lambda _line: None)
    where, period = places_of(TODAY), year(2025)
    figure = Figure.objects.everywhere(because=BECAUSE).filter(period__code="2025", covers="own", value__gt=0)[0]
    before = pages_rival.plain_numbers(where.province, period)
    Figure.objects.everywhere(because=BECAUSE).filter(pk=figure.pk).update(value=(figure.value or 0) + 1)
    after = pages_rival.plain_numbers(where.province, period)
    assert len([code for code in before if before[code] != after[code]]) >= 1
    with pytest.raises(ValueError, match="plain counts differ"):
        pages._rival(where, period)


def test_a_database_in_use_without_a_demo_is_left_alone(world: World) -> None:
    with pytest.raises(Refused) as refused:
        pages.run(small=True)
    assert refused.value.code == "bench.no_demo"


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Measured]:
    """One measurement of an empty database, which gets the smallest demo first.

    The rows stay for the rest of the file, so tests that want a database of their own stand above.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield pages.run(small=True)
        transaction.set_rollback(True)


def test_every_page_answers_and_says_what_it_cost(measured: Measured) -> None:
    asked = [case for case in measured.cases if case.details]
    assert len(asked) > 25
    assert {case.checked for case in asked} <= {"status 200", "status 302"}
    assert all(case.details["p95_s"] > 0 for case in asked)
    free = [case.case for case in asked if case.details["queries"] == 0 and case.details["status"] == 200]
    assert not free, "only what leads elsewhere may ask the database nothing"
    assert {"processor_s", "cold_s", "p95_s", "queries", "status"} == set(as_object(measured)["cases"][0]["details"])


def test_the_page_and_the_word_file_of_the_province_are_among_them(measured: Measured) -> None:
    names = [case.case for case in measured.cases]
    assert "unit page of the province (tuyengiao)" in names
    assert "report of the province (tuyengiao)" in names
    assert any(name.startswith("administration: ") for name in names)
    assert names[-2:] == ["numbers of the province's page", "Word of the province"]


def test_plain_sql_counts_the_same_numbers(measured: Measured) -> None:
    case = next(case for case in measured.cases if case.rivals)
    assert case.checked == "every number equal"
    assert case.rivals["plain SQL"] > 0
