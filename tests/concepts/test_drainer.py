"""The drainer beside those who save: it keeps nobody waiting, and nothing is lost wherever it is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from chithi.core.periods import parse
from chithi.db.locks import _held_by_file, one_at_a_time
from chithi.freshness.models import Mark
from chithi.freshness.turns import Overtaken, take_turn_after, turn
from chithi.indicators import drain as drainer
from chithi.indicators import queries
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.models import Measure, Totals
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from tests.concepts.drainer_process import PLACES
from tests.concepts.test_freshness import BUILD, stored_bytes
from tests.migrated import copy_to
from tests.worlds import World, build_world

ROOT = Path(__file__).resolve().parents[2]
YEAR = parse("2025")


def save(world: World, unit: str, value: int, *, seen: int | None = None) -> int:
    """A figure of study classes for the year; returns its id."""
    slot = Slot(world.unit(unit), Measure.objects.get(code="study.classes").pk, YEAR)
    return enter(by=world.viewer("chau"), slot=slot, saying=Saying(value), seen=seen).pk


def at_root(world: World) -> int | None:
    return lines(world.viewer("chau"), world.unit("T"), YEAR).line("study.classes").numerator.computed.value


def waiting() -> int:
    return Mark.objects.everywhere(because="a test").count()


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> list[int]:
    """Do something once, when the first periods have been reckoned; the list counts how often some were."""
    carry_up, calls = drainer.carry_up, [0]

    def also(*given: Any) -> None:
        carry_up(*given)
        calls[0] += 1
        if calls[0] == 1:
            deed()

    monkeypatch.setattr(drainer, "carry_up", also)
    return calls


@pytest.fixture
def ready(world: World) -> World:
    """The small world with totals of the year and no mark left."""
    drainer.rebuild(period_row(YEAR))
    drainer.drain_all()
    return world


def test_a_save_while_totals_are_reckoned_keeps_its_mark(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ready, "A11", 3)
    meanwhile(monkeypatch, lambda: save(ready, "A12", 4))
    assert drainer.drain().marks == 1
    assert (at_root(ready), waiting()) == (3, 1)
    assert drainer.drain().marks == 1
    assert (at_root(ready), waiting()) == (7, 0)


def test_whoever_was_overtaken_reckons_again(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ready, "A11", 3)
    calls = meanwhile(monkeypatch, lambda: take_turn_after(turn()))
    assert drainer.drain().marks == 1
    assert calls[0] >= 2
    assert calls[0] % 2 == 0, "what was reckoned before somebody else stored is thrown away"
    assert (at_root(ready), waiting()) == (3, 0)


def test_an_old_number_is_never_shown_as_new(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drainer stores between a page's looks at the total and at the marks."""
    save(ready, "A11", 3)
    sides_of = queries.sides_of

    def then_drained(*given: Any) -> Any:
        found = sides_of(*given)
        drainer.drain_all()
        return found

    monkeypatch.setattr(queries, "sides_of", then_drained)
    first = lines(ready.viewer("chau"), ready.unit("T"), YEAR)
    assert first.line("study.classes").numerator.computed.value != 3
    assert first.recomputing
    second = lines(ready.viewer("chau"), ready.unit("T"), YEAR)
    assert second.line("study.classes").numerator.computed.value == 3
    assert not second.recomputing


def test_a_turn_is_taken_once(db: None) -> None:
    noted = turn()
    assert take_turn_after(noted) == noted + 1 == turn()
    with pytest.raises(Overtaken):
        take_turn_after(noted)
    assert take_turn_after(turn()) == noted + 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_totals_are_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    world = build_world()
    drainer.rebuild(period_row(YEAR))
    save(world, "A11", 3)
    found: list[bool] = []
    meanwhile(monkeypatch, lambda: found.append(connection.in_atomic_block))
    drainer.drain()
    assert found == [False], "on SQLite whoever saves would wait for the whole reckoning"
    assert (at_root(world), waiting()) == (3, 0)


def test_a_rebuild_in_portions_gives_the_same_bytes(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ready, "A11", 3)
    drainer.drain_all()
    before = stored_bytes()
    Totals.objects.everywhere(because="a test").delete()
    monkeypatch.setattr("chithi.indicators.storing._PORTION", 2)
    rows = drainer.rebuild(period_row(YEAR))
    assert rows > 2
    assert stored_bytes() == {place: packed for place, packed in before.items() if place[1] == period_row(YEAR).pk}


def test_many_units_are_read_whole_with_the_same_bytes(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = save(ready, "A11", 3)
    drainer.drain_all()
    before = stored_bytes()
    save(ready, "A11", 5, seen=figure)
    drainer.drain_all()
    assert stored_bytes() != before
    monkeypatch.setattr(drainer, "_NAMED_AT_ONCE", 0)
    save(ready, "A11", 3, seen=figure + 1)
    drainer.drain_all()
    assert stored_bytes() == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="runs once, on the embedded database in a file")
def test_a_drainer_killed_anywhere_loses_nothing(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "CHITHI_HOME": str(tmp_path),
        "CHITHI_SECRET_KEY": "x" * 40,
        "CHITHI_DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
        "DJANGO_SETTINGS_MODULE": "chithi.settings",
        "PYTHONPATH": str(ROOT),
    }

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=env, cwd=ROOT, check=True, timeout=300, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    copy_to(tmp_path / "shared.sqlite3")
    run("-c", BUILD)
    run("tests/concepts/freshness_writer.py", "write", "A1", "3")
    assert run("tests/concepts/drainer_process.py").splitlines() == list(PLACES), "each died where it was to die"
    assert run("-c", CHECK_ALL) == "3 waiting, then 6 at the root\n"


CHECK_ALL = """
import django; django.setup()
from chithi.access.viewers import system_viewer
from chithi.core.periods import parse
from chithi.freshness.queries import waiting
from chithi.indicators.drain import drain_all
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.org.queries import unit_by_code
from tests.worlds import TODAY
viewer = system_viewer(TODAY, because="a test")
marks = waiting().marks
drain_all()
root = lines(viewer, unit_by_code(viewer, "T"), parse("2025")).line("study.classes").numerator.computed.value
assert verify().ok
print(f"{marks} waiting, then {root} at the root")
"""


def test_the_second_in_the_same_file_waits_for_the_first(tmp_path: Path) -> None:
    file, inside = tmp_path / "lock", Event()

    def second() -> None:
        with _held_by_file(file):
            inside.set()

    with _held_by_file(file):
        waits = Thread(target=second)
        waits.start()
        assert not inside.wait(0.2)
    waits.join(60)
    assert inside.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_let_go_after_an_error() -> None:
    for _ in range(2):  # the second would wait for ever
        with pytest.raises(ZeroDivisionError), one_at_a_time("a test"):
            raise ZeroDivisionError
