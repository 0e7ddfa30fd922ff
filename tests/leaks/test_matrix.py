"""Who is answered what: every route × every person × the units they stand in, above, below and beside.

The reaches are written out by hand, not taken from the code that they check.
"""

from __future__ import annotations

import pytest

from chithi.journal.models import Entry
from tests.leaks.planted import Planted
from tests.leaks.routes import ROUTES, Row, api_patterns, routes_in_the_code

pytestmark = pytest.mark.django_db

EVERYWHERE = "T A B A1 A2 B1 A11 A12 A21 B11"
REACH: dict[str, dict[str, str]] = {
    "read": {
        "lan": "A11", "hoa": "A12", "minh": "A1 A11 A12", "dung": "A A1 A2 A11 A12 A21", "chau": EVERYWHERE,
        "an": EVERYWHERE,
    },
    "records": {"lan": "A11", "hoa": "A12", "minh": "A1 A11 A12", "dung": "", "chau": "", "an": ""},
    "enter": {"lan": "A11", "hoa": "A12", "minh": "A1 A11 A12", "dung": "", "chau": EVERYWHERE, "an": ""},
    "confirm": {"lan": "A11", "hoa": "A12", "minh": "A1 A11 A12", "dung": "", "chau": EVERYWHERE, "an": ""},
    "above": {"lan": "", "hoa": "", "minh": "A11 A12", "dung": "", "chau": EVERYWHERE, "an": ""},
    "report": {
        "lan": "", "hoa": "", "minh": "A1 A11 A12", "dung": "A A1 A2 A11 A12 A21", "chau": EVERYWHERE, "an": "",
    },
    "tree": {"lan": "", "hoa": "", "minh": "", "dung": "", "chau": "", "an": EVERYWHERE},
    "journal": {"lan": "", "hoa": "", "minh": "", "dung": "", "chau": "", "an": EVERYWHERE},
    "people": {"lan": "A11", "hoa": "A12", "minh": "A1 A11 A12", "dung": "", "chau": "", "an": EVERYWHERE},
    "accounts": {"lan": "", "hoa": "", "minh": "", "dung": "", "chau": "", "an": EVERYWHERE},
    "define": {"lan": "", "hoa": "", "minh": "", "dung": "", "chau": EVERYWHERE, "an": EVERYWHERE},
    "system": {"lan": "", "hoa": "", "minh": "", "dung": "", "chau": "", "an": EVERYWHERE},
    "manage": {
        "lan": "A11", "hoa": "A12", "minh": "A1", "dung": "A A1 A2 A11 A12 A21", "chau": EVERYWHERE, "an": EVERYWHERE,
    },
}  # fmt: skip
STANDING = {  # own, inside, sibling, above: the units each person is tried on
    "lan": ("A11", "A12", "A1"),
    "hoa": ("A12", "A11"),
    "minh": ("A1", "A11", "A2", "A"),
    "dung": ("A", "A21", "B", "T"),
    "chau": ("T",),
    "an": ("T",),
}
SILENT = ("GET", "HEAD")


def test_every_route_and_method_has_a_row_and_every_row_a_route() -> None:
    known = set(routes_in_the_code())
    assert known - set(ROUTES) == set(), "routes without a row: add them to tests/leaks/routes.py"
    assert set(ROUTES) - known == set(), "rows without a route"


def test_openapi_tells_every_address_the_api_has() -> None:
    told = {name.split(" ", 1)[1] for name in ROUTES if " /api" in name}
    assert {pattern for pattern in api_patterns() if "^" not in pattern} == told - {"/api/{anything}"}


def expected(row: Row, person: str, code: str) -> int:
    """What the table says."""
    if not row.needs:
        return row.inside
    held = REACH[row.needs][person].split()
    if not held and row.nowhere is not None:
        return row.nowhere
    return row.inside if code in held or (row.anywhere and held) else row.outside


@pytest.mark.parametrize("name", ROUTES)
def test_a_visitor_is_let_in_nowhere(planted: Planted, name: str) -> None:
    row = ROUTES[name]
    assert row.ask(planted.client(None), planted.things["A11"]).status_code == row.visitor


@pytest.mark.parametrize("name", ROUTES)
def test_each_person_reaches_their_own_subtree_and_nothing_else(planted: Planted, name: str) -> None:
    from django.db import transaction

    row, wrong = ROUTES[name], []
    for person, codes in STANDING.items():
        for code in codes if row.needs else codes[:1]:
            with transaction.atomic():
                before = _deeds()
                answer = row.ask(planted.client(person), planted.things[code])
                wanted = expected(row, person, code)
                if answer.status_code != wanted:
                    wrong.append(f"{person} on {code}: {answer.status_code} instead of {wanted}")
                if (answer.status_code in (400, 401, 403, 404) or row.method in SILENT) and _deeds() != before:
                    wrong.append(f"{person} on {code}: something was done")
                transaction.set_rollback(True)
    assert not wrong, wrong


def _deeds() -> int:
    return Entry.objects.everywhere(because="a test counts deeds").count()


def test_the_table_can_fail(planted: Planted) -> None:
    row = ROUTES["GET unit"]
    assert row.ask(planted.client("lan"), planted.things["A12"]).status_code != expected(row, "lan", "A11")
