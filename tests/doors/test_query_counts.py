"""How many queries each page and each reading operation of the API costs, compared exactly with a ledger.

Re-record with CHITHI_RECORD=1 pytest tests/doors/test_query_counts.py and read the difference: a number that grows with
the data is a mistake, one that grew by one deserves a reason.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.leaks.planted import Planted, standing
from tests.leaks.routes import ROUTES

pytestmark = pytest.mark.django_db
LEDGER = Path(__file__).with_name("query_counts.json")
RECORDED: dict[str, int] = {}


@pytest.fixture(scope="module")
def planted_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Planted]:
    """The planted world, built once for these tests."""
    with standing(django_db_blocker, "A1") as planted:
        yield planted


@pytest.fixture
def planted(planted_world: Planted, db: None) -> Planted:
    """What a test changes is undone."""
    return planted_world


READS = [name for name, row in ROUTES.items() if row.method == "GET"]


@pytest.mark.parametrize("name", READS)
def test_each_page_and_operation_costs_what_the_ledger_says(planted: Planted, name: str) -> None:
    row, client = ROUTES[name], planted.client("minh")
    row.ask(client, planted.things["A1"])  # what the first visit ever prepares is not counted
    with CaptureQueriesContext(connection) as counted:
        row.ask(client, planted.things["A1"])
    RECORDED[name] = len(counted)
    if os.environ.get("CHITHI_RECORD"):
        _record()
    assert json.loads(LEDGER.read_text(encoding="utf-8")).get(name) == len(counted), _first(counted)


def _record() -> None:
    kept = json.loads(LEDGER.read_text(encoding="utf-8")) if LEDGER.exists() else {}
    kept = {route: count for route, count in {**kept, **RECORDED}.items() if route in READS}
    LEDGER.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _first(counted: CaptureQueriesContext) -> str:
    """The tables asked, for whoever wonders where a query came from."""
    return " ".join(query["sql"].partition(' FROM "')[2].partition('"')[0] or "…" for query in counted)


def test_the_ledger_holds_no_page_that_is_gone() -> None:
    assert set(json.loads(LEDGER.read_text(encoding="utf-8"))) == set(READS)


def test_a_page_costs_the_same_however_many_units_stand_below(planted: Planted) -> None:
    from chithi.indicators.drain import drain_all
    from chithi.org.kinds import UnitKind
    from tests.worlds import add_unit

    def cost() -> list[int]:
        found = []
        for name in ("GET unit", "GET trace", "GET /api/numbers/{indicator_id}/{unit_id}/{period}", "GET branch"):
            ROUTES[name].ask(planted.client("minh"), planted.things["A1"])
            with CaptureQueriesContext(connection) as counted:
                ROUTES[name].ask(planted.client("minh"), planted.things["A1"])
            found.append(len(counted))
        return found

    before = cost()
    from chithi.freshness.actions import mark
    from chithi.org.places import forget_since
    from tests.worlds import BEGAN

    for number in range(30):
        add_unit(f"A1{number + 50}", planted.world.units["A1"], UnitKind.CELL, f"Chi bộ thôn {number}")
    forget_since(BEGAN)
    mark([planted.world.unit("A1")], first=BEGAN)
    drain_all()
    assert cost() == before
