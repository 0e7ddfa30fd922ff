"""`chithi bench freshness` in small, with its own writers, server and database file; and what makes it stop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from chithi.bench.freshness_ground import ground_of
from chithi.bench.freshness_saves import Save
from chithi.bench.freshness_watch import Look, check, seen_after
from chithi.core.errors import Refused
from tests.migrated import copy_to
from tests.worlds import World

MEASURE, UNIT, OTHER = 20, 7, 8


def save(unit: int, due: float, rose: int) -> Save:
    return Save(unit, MEASURE, rose, due, due + 1, took_s=0.5, waited_s=0.0)


def look(began: float, total: int, *waiting: int) -> Look:
    return Look(began, began + 0.1, {MEASURE: total}, frozenset(waiting))


def test_a_save_is_seen_once_its_mark_is_gone() -> None:
    looks = [look(0, 100), look(2, 100, UNIT), look(3, 105, OTHER), look(4, 107)]
    saves = [save(UNIT, 0.5, 5), save(OTHER, 1.5, 2)]
    assert seen_after(looks, saves) == [3.1, 4.1]
    check(looks, saves, {MEASURE: 100})


@pytest.mark.parametrize("total", [104, 106])
def test_a_mark_that_is_gone_without_its_save_in_the_total_stops_the_bench(total: int) -> None:
    with pytest.raises(ValueError, match="the root shows"):
        check([look(3, total)], [save(UNIT, 0.5, 5)], {MEASURE: 100})


def test_a_database_in_use_is_left_alone(world: World) -> None:
    with pytest.raises(Refused) as refused:
        ground_of(small=True)
    assert refused.value.code == "bench.no_demo"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="runs once, on a database file of its own")
def test_it_measures_ours_and_the_rivals_and_loses_nothing(tmp_path: Path) -> None:
    env = {**os.environ, "CHITHI_HOME": str(tmp_path), "CHITHI_SECRET_KEY": "x" * 40}
    env.pop("CHITHI_DATABASE_URL", None)
    copy_to(tmp_path / "chithi.sqlite3")
    command = [sys.executable, "-c", "from chithi.cli import main; raise SystemExit(main())"]
    done = subprocess.run(
        [*command, "bench", "freshness", "--small", "--json"], env=env, check=True, timeout=600, stdout=subprocess.PIPE
    )
    first, *others = json.loads(done.stdout)["cases"]
    assert first["case"] == "from due to the root, p95"
    assert first["checked"].startswith("nothing lost of 20, verify agrees")
    assert list(first["rivals"]) == ["recomputed in the request, no lock", "increments by ancestor table"]
    assert {"saves", "achieved_a_second", "lost", "drains_a_second", "save_p95_s"} <= set(first["details"])
    assert first["details"]["lost"] == first["details"]["failed"] == 0
    assert [case["case"] for case in others][-1] == "of it waiting to write, p95"
