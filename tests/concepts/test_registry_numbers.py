"""Numbers of documents run on through a term: no gap, no double, whatever happens and however many issue at once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.registry.actions import Outgoing, change_term, issue, set_first_number, set_term, withdraw
from chithi.registry.kinds import DocumentKind, Side
from chithi.registry.models import Issued, Series, Term
from tests.migrated import copy_to
from tests.worlds import TODAY, World, build_world

SCRIPT = Path(__file__).with_name("registry_issuer.py")
ROOT = Path(__file__).resolve().parents[2]
EACH = 6
KINDS = (DocumentKind.REPORT, DocumentKind.NOTICE, DocumentKind.LETTER)
DAYS = st.integers(0, 3 * 365).map(lambda days: TODAY - timedelta(days=days))
ACT = st.tuples(
    st.sampled_from(["issue", "issue", "issue", "fail", "withdraw", "term", "change", "first"]),
    st.sampled_from(KINDS),
    st.sampled_from(list(Side)),
    DAYS,
    st.integers(1, 40),
)


def document(kind: DocumentKind, side: Side, on: date, *, breaks: bool = False) -> Outgoing:
    def write(number: int) -> tuple[str, bytes]:
        if breaks:
            raise Refused("registry.no_document")
        return f"{number}-{kind}", str(number).encode()

    return Outgoing(kind=kind, on=on, side=side, summary="Một việc", write=write)


def act(world: World, what: str, kind: DocumentKind, side: Side, on: date, number: int) -> None:
    """One act of the history; refusals are part of it."""
    by, unit = world.viewer("minh"), world.unit("A1")
    if what in ("issue", "fail"):
        issue(by=by, unit_id=unit, out=document(kind, side, on, breaks=what == "fail"))
    elif what == "term":
        set_term(by=by, unit_id=unit, name="nhiệm kỳ", since=on, until=on + timedelta(days=20 * number))
    elif what == "first":
        set_first_number(by=by, unit_id=unit, kind=kind, side=side, on=on, first=number)
    elif what == "change":
        term = Term.objects.everywhere(because="a test").first()
        if term:
            change_term(by=by, term_id=term.pk, seen_version=term.version, name="khác", since=on, until=term.until)
    else:
        row = Issued.objects.everywhere(because="a test").order_by("?").first()
        if row:
            withdraw(by=by, issued_id=row.pk, seen_version=row.version, on=TODAY, why="nhầm")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ACT, max_size=25))
def test_numbers_of_a_kind_run_on_through_a_term_whatever_happens(world: World, history: list) -> None:  # type: ignore[type-arg]
    with transaction.atomic():
        for one in history:
            try:
                with transaction.atomic():
                    act(world, *one)
                event(one[0])
            except Refused as problem:
                event(f"{one[0]}: {problem.code}")
        terms = {term.pk: term for term in Term.objects.everywhere(because="a test")}
        for series in Series.objects.everywhere(because="a test"):
            rows = Issued.objects.everywhere(because="a test").filter(series_id=series.pk).order_by("number")
            numbers = [row.number for row in rows]
            assert numbers == list(range(series.first, series.first + len(numbers)))
            assert series.last == (numbers[-1] if numbers else 0)
            assert [bytes(row.file) for row in rows] == [str(number).encode() for number in numbers]
            for row in rows:
                assert row.kind == series.kind
                term = terms.get(series.term_id or 0)
                inside = row.dated.year == series.year if term is None else term.since <= row.dated
                assert inside
                assert not (term and term.until and row.dated >= term.until)
        transaction.set_rollback(True)


def notice(text: str) -> Outgoing:
    """A notice whose file is its number."""
    return Outgoing(
        kind=DocumentKind.NOTICE,
        on=TODAY,
        side=Side.PARTY,
        summary=text,
        write=lambda number: (f"Số {number:02d}-TB/ĐU", str(number).encode()),
    )


def check(expected: int) -> None:
    """The register holds each number once, from 1 on, and each file its own."""
    rows = Issued.objects.everywhere(because="a test looks").order_by("number")
    found = [(row.number, bytes(row.file)) for row in rows]
    assert found == [(number, str(number).encode()) for number in range(1, expected + 1)]


def run(env: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(SCRIPT), *arguments], env=env | {"PYTHONPATH": str(ROOT)}, cwd=ROOT)


def both_issue(env: dict[str, str]) -> None:
    issuers = [run(env, "issue", str(EACH)) for _ in range(2)]
    assert [issuer.wait(timeout=180) for issuer in issuers] == [0, 0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="runs once, on the embedded database in a file")
def test_two_who_issue_at_once_share_out_the_numbers_on_sqlite(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "CHITHI_HOME": str(tmp_path),
        "CHITHI_SECRET_KEY": "x" * 40,
        "CHITHI_DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
    }
    copy_to(tmp_path / "shared.sqlite3")
    assert run(env, "build").wait(timeout=180) == 0
    both_issue(env)
    assert run(env, "check", str(2 * EACH)).wait(timeout=60) == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test's own database is shared only on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_share_out_the_numbers_on_postgresql(tmp_path: Path) -> None:
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    world = build_world()
    set_term(by=world.viewer("minh"), unit_id=world.unit("A1"), name="k", since=date(2025, 6, 1), until=None)
    home = {"CHITHI_HOME": str(tmp_path), "CHITHI_SECRET_KEY": "x" * 40, "CHITHI_DATABASE_URL": url}
    both_issue({**os.environ, **home})
    check(2 * EACH)


def test_the_world_of_the_issuers_issues_what_the_test_expects(world: World) -> None:
    by, unit = world.viewer("minh"), world.unit("A1")
    set_term(by=by, unit_id=unit, name="k", since=date(2025, 6, 1), until=None)
    made = issue(by=by, unit_id=unit, out=notice("Một thông báo"))
    assert (made.number, made.sign) == (1, "Số 01-TB/ĐU")
