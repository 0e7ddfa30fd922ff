"""Imports in the hands of workers: one at a time, taken up again after a death, never done twice, files forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from chithi.core.errors import Refused, Stale
from chithi.imports import actions, work
from chithi.imports.actions import forget_files
from chithi.imports.kinds import ImportKind, ImportState
from chithi.imports.models import Import, ImportFile
from chithi.imports.rules import KEPT, why_not_apply, why_not_cancel
from chithi.imports.work import see_through
from chithi.jobs.holders import me
from chithi.jobs.holding import take
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.rules import LEASE
from chithi.org.bulk import Load
from chithi.org.models import Membership
from chithi.org.people import NewPerson, join
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, again, brought, sheet
from tests.migrated import copy_to
from tests.worker import on_sheets
from tests.worlds import World

pytestmark = pytest.mark.django_db
PEOPLE = ImportKind.PEOPLE
SEN: dict[str, Cell] = {"name": "Vũ Thị Sen", "birth_year": 1990, "cell": "A11", "since": date(2025, 3, 1)}


def waiting(world: World, rows: int = 1) -> Import:
    """A sheet that nobody has looked at yet."""
    data = sheet(PEOPLE, *[{**SEN, "name": f"Người {n}"} for n in range(rows)], ending="csv")
    by = world.viewer("minh")
    return actions.bring(by=by, kind=PEOPLE, unit_id=world.unit("A1"), filename="a.csv", data=data)


def members() -> int:
    return Membership.objects.everywhere(because=BECAUSE).count()


def hold(batch: Import, holder: str, seconds: int) -> None:
    """The work that waits on it is in the hands of a worker for so long, or was until so long ago."""
    until = timezone.now() + timedelta(seconds=seconds)
    rows = Job.objects.filter(key__startswith=f"{batch.pk}:").exclude(state=JobState.DONE)
    assert rows.update(state=JobState.RUNNING.value, held_by=holder, held_until=until, tries=1) == 1


def a_dead_worker() -> str:
    """The name a worker of this machine had whose process has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host, _, word = me().split(" ")
    return f"{host} {ended.pid} {word}"


def test_two_workers_never_hold_the_same_import(world: World) -> None:
    batch = waiting(world)
    assert take("máy-1 1 a", {"imports.sheet": LEASE}, [f"{batch.pk}:check"])
    assert not take("máy-2 1 b", {"imports.sheet": LEASE})
    assert on_sheets() == 0


def test_what_a_dead_worker_held_is_taken_up_again(world: World) -> None:
    batch = waiting(world)
    hold(batch, a_dead_worker(), 60)
    assert on_sheets() == 1
    assert again(batch).state == "checked"


def test_what_a_silent_worker_elsewhere_held_is_taken_up_after_its_time(world: World) -> None:
    batch = waiting(world)
    hold(batch, "máy-khác 1 a", 60)
    assert on_sheets() == 0
    hold(batch, "máy-khác 1 a", -1)
    assert on_sheets() == 1


def test_an_import_that_was_being_applied_is_applied_once(world: World) -> None:
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, SEN))
    actions.apply(by=world.viewer("minh"), import_id=batch.pk, seen_version=batch.version)
    hold(batch, a_dead_worker(), 60)
    assert on_sheets() == 1
    assert (again(batch).state, members()) == ("applied", 1)
    assert on_sheets() == 0
    assert members() == 1


def test_a_worker_that_lost_its_hold_writes_nothing(world: World) -> None:
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, SEN))
    actions.apply(by=world.viewer("minh"), import_id=batch.pk, seen_version=batch.version)

    def lose() -> None:
        hold(batch, "máy-khác 1 a", 60)

    on_sheets(lose)
    job = Job.objects.get(key=f"{batch.pk}:apply")
    assert (again(batch).state, job.state, job.held_by, members()) == ("applying", "running", "máy-khác 1 a", 0)


def test_a_deed_between_comparing_and_writing_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by = world.viewer("minh")
    batch = brought(by, PEOPLE, world.unit("A1"), sheet(PEOPLE, SEN))
    actions.apply(by=by, import_id=batch.pk, seen_version=batch.version)
    prepare = Load.prepare

    def meanwhile(load: Load) -> None:
        prepare(load)
        join(by=by, person=NewPerson("Vũ Thị Sen", 1990), unit_id=world.unit("A11"), since=date(2025, 3, 2))

    monkeypatch.setattr(Load, "prepare", meanwhile)
    assert on_sheets() == 1
    assert again(batch).problems[0]["code"] == "imports.changed_meanwhile"
    assert members() == 1


def test_what_is_cancelled_while_it_is_checked_is_dropped(world: World) -> None:
    batch = waiting(world, 30)
    by = world.viewer("minh")

    def cancel() -> None:
        if again(batch).state == "checking":
            actions.cancel(by=by, import_id=batch.pk, seen_version=again(batch).version)

    assert on_sheets(cancel) == 1
    assert again(batch).state == "cancelled"
    assert again(batch).finished_at is not None


def test_progress_is_told_and_others_get_their_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_BREATH", 0.0)
    batch = waiting(world, 4_500)
    seen: list[tuple[int, int]] = []
    on_sheets(lambda: seen.append((again(batch).done, again(batch).total)))
    told = [done for done, total in seen if total]
    assert told == sorted(told)
    assert len(told) >= 5
    assert seen[-1][1] == 2 * 4_501


def test_a_fault_of_ours_refuses_the_import_and_stops_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = waiting(world), waiting(world, 2)
    real = work.read_rows

    def faulty(kind: ImportKind, rows: list[list[str]], **options: object) -> object:
        if len(rows) == 2:
            raise ZeroDivisionError
        return real(kind, rows, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "read_rows", faulty)
    holder = me()
    assert [on_sheets(holder=holder), on_sheets(holder=holder), on_sheets(holder=holder)] == [1, 1, 0]
    assert (again(broken).state, again(broken).problems[0]["code"]) == ("refused", "imports.failed")
    assert again(sound).state == "checked"


def test_only_what_was_checked_is_applied_and_what_ended_is_not_cancelled(world: World) -> None:
    assert [state for state in ImportState if not why_not_apply(state)] == [ImportState.CHECKED]
    open_to_end = {state.value for state in ImportState if not why_not_cancel(state)}
    assert open_to_end == {"uploaded", "checking", "checked"}
    batch = waiting(world)
    with pytest.raises(Refused, match=r"imports\.not_checked"):
        actions.apply(by=world.viewer("minh"), import_id=batch.pk, seen_version=batch.version)
    with pytest.raises(Stale):
        actions.cancel(by=world.viewer("minh"), import_id=batch.pk, seen_version=batch.version + 1)


def test_files_are_forgotten_thirty_days_after_the_end(world: World) -> None:
    batches = [brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, SEN)) for _ in range(3)]
    old = timezone.now() - KEPT - timedelta(hours=1)
    rows = Import.objects.everywhere(because=BECAUSE)
    rows.filter(pk=batches[0].pk).update(at=old, state="applied", finished_at=old)
    rows.filter(pk=batches[1].pk).update(at=old, state="applied", finished_at=timezone.now())
    rows.filter(pk=batches[2].pk).update(at=old)
    assert forget_files() == 2
    kept = set(ImportFile.objects.everywhere(because=BECAUSE).values_list("batch_id", flat=True))
    assert kept == {batches[1].pk}
    assert again(batches[2]).state == "cancelled", "one that nobody ever had applied"
    assert forget_files() == 0


KILLED = """
import os, signal, django
django.setup()
from chithi.imports import work
from chithi.jobs.holders import me
from chithi.jobs.running import run_some
from chithi.org import bulk
write = bulk.write
def dies(**given):
    write(**given)
    os.kill(os.getpid(), signal.SIGKILL)
bulk.write = dies
run_some([work.SHEET], me(), 1)
"""


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_one_finishes(tmp_path: Path) -> None:
    environ = {**os.environ, "CHITHI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "chithi.settings"}
    environ.pop("CHITHI_DATABASE_URL", None)
    chithi = [str(Path(sys.executable).with_name("chithi")), "--lang", "en"]

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)

    copy_to(tmp_path / "chithi.sqlite3")
    assert run(*chithi, "unit", "open-root", "T", "Tỉnh", "--kind", "province").returncode == 0
    made = run(*chithi, "unit", "open", "C", "Chi bộ", "--kind", "cell", "--under", "T", "--since", "2025-01-01")
    assert made.returncode == 0, made.stderr
    file = tmp_path / "a.csv"
    file.write_bytes(sheet(PEOPLE, {**SEN, "cell": "C"}, {**SEN, "cell": "C", "name": "Quý"}, ending="csv"))
    ask = "from chithi.imports import actions, work; from chithi.imports.models import Import"
    ask += "; from chithi.jobs.holders import me; from chithi.jobs.running import run_some"
    ask += "; from chithi.access.viewers import system_viewer, today; from chithi.org.models import Membership"
    ask += "; by = system_viewer(today(), because='test'); rows = Import.objects.everywhere(because='test')"
    begin = "import django; django.setup(); " + ask
    data = f"open({str(file)!r}, 'rb').read()"
    bring = f"b = actions.bring(by=by, kind='people', unit_id=1, filename='a.csv', data={data})"
    bring = bring.replace("'people'", "__import__('chithi.imports.kinds').imports.kinds.ImportKind.PEOPLE")
    check = "b = work.see_through(b.pk, me()); actions.apply(by=by, import_id=b.pk, seen_version=b.version)"
    asked = run(sys.executable, "-c", f"{begin}; {bring}; {check}")
    assert asked.returncode == 0, asked.stderr
    killed = run(sys.executable, "-c", KILLED)
    assert killed.returncode == -signal.SIGKILL
    count = "print(rows.get().state, Membership.objects.everywhere(because='test').count())"
    assert run(sys.executable, "-c", f"{begin}; {count}").stdout.split() == ["applying", "0"]
    began = time.monotonic()
    finished = run(sys.executable, "-c", f"{begin}; run_some([work.SHEET], me(), 1); {count}")
    assert finished.stdout.split() == ["applied", "2"], finished.stderr
    assert time.monotonic() - began < 60, "it does not wait for the lease of the dead"


def test_an_import_is_seen_through_at_once(world: World) -> None:
    assert see_through(waiting(world).pk, me()).state == "checked"
