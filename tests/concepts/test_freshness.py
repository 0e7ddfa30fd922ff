"""Many writers, several who want to drain: nothing is lost between a save and the root. Real processes, real files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Totals
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from tests.migrated import copy_to
from tests.worlds import build_world

SCRIPT = Path(__file__).with_name("freshness_writer.py")
SAVES = 16
SUM_OF_LAST_TWELVE = sum(range(SAVES - 11, SAVES + 1))


def run(env: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen([sys.executable, str(SCRIPT), *arguments], env=env | {"PYTHONPATH": str(root)}, cwd=root)


@pytest.fixture
def shared_environment(tmp_path: Path) -> dict[str, str]:
    """Settings with which other processes reach the same database as this test."""
    return {**os.environ, "CHITHI_HOME": str(tmp_path), "CHITHI_SECRET_KEY": "x" * 40}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test's own database is shared only on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_between_four_writers_and_two_drainers_on_postgresql(
    shared_environment: dict[str, str], tmp_path: Path
) -> None:
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    world = build_world()
    rebuild(period_row(parse("2025")))
    everybody_writes(shared_environment | {"CHITHI_DATABASE_URL": url}, tmp_path)
    check(world.unit("T"), world.viewer("chau"))


def everybody_writes(env: dict[str, str], folder: Path) -> None:
    """Four processes write, each for a unit of its own, while two drain."""
    stop = folder / "stop"
    drainers = [run(env, "drain", str(stop)) for _ in range(2)]
    writers = [run(env, "write", code, str(SAVES)) for code in ("A1", "A2", "B1", "B")]
    try:
        written = [writer.wait(timeout=120) for writer in writers]
    finally:
        stop.touch()
    assert written == [0, 0, 0, 0]
    assert [drainer.wait(timeout=120) for drainer in drainers] == [0, 0]


def check(root: int, viewer: Viewer) -> None:
    """The root's total is what was saved, and a rebuild gives the same bytes."""
    drain_all()
    year = parse("2025")
    assert lines(viewer, root, year).line("study.classes").numerator.computed.value == 4 * SUM_OF_LAST_TWELVE
    stored = stored_bytes()
    rebuild(period_row(year))
    assert stored_bytes() == stored


def stored_bytes() -> dict[tuple[int, int], bytes]:
    rows = Totals.objects.everywhere(because="a test").values_list("unit_id", "period_id", "packed")
    return {(unit, period): bytes(packed) for unit, period, packed in rows}


CHECK = """
import django; django.setup()
from chithi.access.viewers import system_viewer
from tests.worlds import TODAY
from chithi.org.queries import unit_by_code
from tests.concepts.test_freshness import check
viewer = system_viewer(TODAY, because="a test")
check(unit_by_code(viewer, "T"), viewer)
"""
BUILD = """
import django; django.setup()
from tests.worlds import build_world
build_world()
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
rebuild(period_row(parse("2025")))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="runs once, on the embedded database in a file")
def test_nothing_is_lost_between_four_writers_and_two_drainers_on_sqlite(
    shared_environment: dict[str, str], tmp_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    env = shared_environment | {
        "CHITHI_DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
        "DJANGO_SETTINGS_MODULE": "chithi.settings",
        "PYTHONPATH": str(root),
    }
    copy_to(tmp_path / "shared.sqlite3")
    subprocess.run([sys.executable, "-c", BUILD], env=env, cwd=root, check=True, timeout=120)
    everybody_writes(env, tmp_path)
    subprocess.run([sys.executable, "-c", CHECK], env=env, cwd=root, check=True, timeout=120)
