"""Work for later: asked for once, done once whatever dies, tried again, given up in the end, shown."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.freshness.models import Beat
from chithi.jobs import rules, running
from chithi.jobs.actions import ask, ask_all, forget_done, try_again
from chithi.jobs.holders import is_gone, me
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.queries import standing
from chithi.jobs.running import Asked, Deed, come_round, run_some
from chithi.journal.models import Entry
from tests.worlds import World

ROOT = Path(__file__).resolve().parents[2]
HERE = "tests/concepts/jobs_process.py"
DIE_ONCE = ("taken", "said done", "written", "before commit", "sent")
"""At four places work on the database dies, at one a letter; what was killed five times is given up (see below)."""


def effect() -> None:
    """Another one each time it is really written."""
    Beat.objects.create(name=f"effect {Beat.objects.count()}", at=timezone.now())


def deed(write: Callable[[], object] | None = effect, **more: Any) -> Deed:
    return Deed("test", lambda _asked: write, **more)


def asked_for(key: str = "k", **more: Any) -> Job:
    with transaction.atomic():
        ask("test", key, {}, **more)
    return Job.objects.get(deed="test", key=key)


def soon(job: Job) -> None:
    """Let its next try be now."""
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


@pytest.mark.django_db
def test_asking_twice_under_one_key_is_asking_once() -> None:
    for _ in range(3):
        asked_for()
    with transaction.atomic():
        ask_all("test", [("k", {}), ("other", {})])
    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_asking_outside_the_transaction_of_the_deed_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        ask("test", "k", {})


@pytest.mark.django_db
def test_what_was_done_is_not_done_again() -> None:
    asked_for()
    assert run_some([deed()], me()) == 1
    assert run_some([deed()], me()) == 0
    asked_for()  # the same again, later
    assert run_some([deed()], me()) == 0
    assert Beat.objects.count() == 1
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_nothing_is_done_before_its_time_nor_by_who_does_not_know_it() -> None:
    asked_for(due_at=timezone.now() + timedelta(hours=1))
    asked_for("now")
    assert run_some([Deed("another", lambda _a: effect)], me()) == 0
    assert run_some([deed()], me()) == 1
    assert Job.objects.get(key="now").state == JobState.DONE


@pytest.mark.django_db
def test_what_fails_leaves_nothing_waits_longer_each_time_and_is_given_up_at_last() -> None:
    def half() -> None:
        effect()
        raise ValueError("số điện thoại 0912345678")

    job, waits = asked_for(), []
    for _ in range(rules.MOST_TRIES):
        assert run_some([deed(half)], me()) == 1
        job.refresh_from_db()
        waits.append(round((job.due_at - timezone.now()).total_seconds() / 60))
        soon(job)
    assert waits[:4] == [1, 4, 16, 64]
    assert job.state == JobState.FAILED
    assert run_some([deed(half)], me()) == 0
    assert Beat.objects.count() == 0, "the half that was written went back with the rest"
    assert job.problem == "ValueError", "what it was about is not kept"
    assert standing().failed == 1


@pytest.mark.django_db
def test_a_refusal_is_kept_by_its_code() -> None:
    def refuse() -> None:
        raise Refused("org.no_unit", unit="Xã An")

    asked_for()
    run_some([deed(refuse)], me())
    assert Job.objects.get().problem == "org.no_unit"


@pytest.mark.django_db
def test_failed_work_is_tried_again_by_the_keeper_of_the_installation_only(world: World) -> None:
    job, an = asked_for(), world.viewer("an")
    job.state, job.tries = JobState.FAILED.value, 5
    job.save()
    with pytest.raises(Refused, match="not_everywhere"):
        try_again(by=world.viewer("minh"), job_id=job.pk, seen_tries=5, unit_id=world.unit("T"))
    with pytest.raises(Stale):
        try_again(by=an, job_id=job.pk, seen_tries=4, unit_id=world.unit("T"))
    with pytest.raises(Absent):
        try_again(by=an, job_id=job.pk + 1, seen_tries=5, unit_id=world.unit("T"))
    try_again(by=an, job_id=job.pk, seen_tries=5, unit_id=world.unit("T"))
    assert Entry.objects.everywhere(because="a test").filter(verb="jobs.tried_again").count() == 1
    assert run_some([deed()], me()) == 1
    with pytest.raises(Refused, match="not_failed"):
        try_again(by=an, job_id=job.pk, seen_tries=1, unit_id=world.unit("T"))


@pytest.mark.django_db
def test_work_in_the_hands_of_a_living_worker_is_left_alone_until_its_time_is_up() -> None:
    job, now = asked_for(), timezone.now()
    elsewhere = "another-machine 1 abc"
    held = {"state": JobState.RUNNING.value, "held_by": elsewhere, "tries": 1}
    Job.objects.filter(pk=job.pk).update(**held, held_until=now + timedelta(minutes=1))
    assert run_some([deed()], me()) == 0
    Job.objects.filter(pk=job.pk).update(held_until=now - timedelta(seconds=1))
    assert run_some([deed()], me()) == 1
    assert Beat.objects.count() == 1


@pytest.mark.django_db
def test_who_comes_too_late_with_work_that_another_took_up_writes_nothing() -> None:
    job = asked_for()

    def begin(_asked: Asked) -> Callable[[], object]:
        Job.objects.filter(pk=job.pk).update(held_by="another-machine 1 abc")
        return effect

    run_some([Deed("test", begin)], me())
    job.refresh_from_db()
    assert Beat.objects.count() == 0
    assert (job.state, job.held_by) == (JobState.RUNNING, "another-machine 1 abc")


@pytest.mark.django_db
def test_work_that_takes_its_worker_with_it_each_time_is_given_up() -> None:
    job = asked_for()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING.value, tries=rules.MOST_TRIES, held_by=gone_holder(), held_until=timezone.now()
    )
    asked_for("next")
    assert run_some([deed()], me()) == 1, "what comes after it is not held up"
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "killed")


@pytest.mark.django_db
def test_what_went_wrong_before_a_worker_was_taken_along_is_still_told() -> None:
    held = {"state": JobState.RUNNING.value, "tries": rules.MOST_TRIES, "held_by": "another-machine 1 abc"}
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=asked_for().pk).update(**held, held_until=past, problem="ValueError")
    run_some([deed()], me())
    assert Job.objects.get().problem == "ValueError"


@pytest.mark.django_db
def test_what_was_due_first_is_done_first() -> None:
    done: list[str] = []

    def begin(asked: Asked) -> Callable[[], object]:
        return lambda: done.append(asked.key)

    for key, minutes in (("asked first", 1), ("due first", 2)):
        asked_for(key, due_at=timezone.now() - timedelta(minutes=minutes))
    run_some([Deed("test", begin)], me())
    assert done == ["due first", "asked first"]


@pytest.mark.django_db
def test_work_is_held_as_long_as_its_kind_says() -> None:
    held: list[datetime | None] = []

    def begin(_asked: Asked) -> None:
        held.append(Job.objects.get().held_until)

    asked_for()
    before = timezone.now()
    run_some([Deed("test", begin, lease=timedelta(hours=1))], me())
    assert held[0] is not None
    assert held[0] >= before + timedelta(hours=1)


def gone_holder() -> str:
    """A worker of this machine that has ended."""
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    machine, _process, word = me().split(" ")
    return f"{machine} {child} {word}"


def test_a_worker_is_known_to_be_gone_on_its_own_machine_only() -> None:
    assert not is_gone(me())
    gone = gone_holder()
    assert is_gone(gone)
    assert not is_gone("another-machine " + gone.split(" ", 1)[1])


@pytest.mark.django_db
def test_what_comes_round_is_asked_for_once_a_day_and_once_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    deeds = [deed(every="daily"), Deed("letter", lambda _a: effect, every="weekly"), Deed("asked", lambda _a: effect)]
    tuesday = datetime(2026, 11, 24, 6, 1, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(running.timezone, "localtime", lambda: tuesday)
    come_round(deeds)
    come_round(deeds)
    assert sorted(Job.objects.values_list("deed", "key")) == [("letter", "2026-W48"), ("test", "2026-11-24")]
    monkeypatch.setattr(running.timezone, "localtime", lambda: tuesday + timedelta(days=1))
    come_round(deeds)
    assert sorted(Job.objects.values_list("deed", "key"))[1:] == [("test", "2026-11-24"), ("test", "2026-11-25")]


def test_nothing_comes_round_before_six_and_no_weekly_letter_at_the_end_of_the_week() -> None:
    monday = datetime(2026, 11, 23, 5, 59)
    assert rules.key_of("daily", monday) is None
    assert rules.key_of("weekly", monday + timedelta(minutes=1)) == "2026-W48"
    assert rules.key_of("weekly", monday + timedelta(days=4, hours=1)) is None
    assert rules.key_of("daily", monday + timedelta(days=4, hours=1)) == "2026-11-27"


@pytest.mark.django_db
def test_only_what_was_done_long_ago_is_forgotten() -> None:
    long_ago = timezone.now() - rules.KEPT - timedelta(days=1)
    for key, state, ended in (
        ("old", JobState.DONE, long_ago),
        ("new", JobState.DONE, timezone.now()),
        ("failed", JobState.FAILED, long_ago),
    ):
        Job.objects.filter(pk=asked_for(key).pk).update(state=state.value, ended_at=ended)
    assert forget_done() == 1
    assert forget_done() == 0
    assert sorted(Job.objects.values_list("key", flat=True)) == ["failed", "new"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="runs once, on the embedded database in a file")
def test_whatever_kills_a_worker_the_effect_is_there_once_and_the_letter_bears_one_identity(tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "CHITHI_HOME": str(tmp_path),
        "CHITHI_DATABASE_URL": f"sqlite:///{tmp_path}/jobs.sqlite3",
        "DJANGO_SETTINGS_MODULE": "chithi.settings",
        "PYTHONPATH": str(ROOT),
    }

    def run(*given: str) -> str:
        done = subprocess.run(
            [sys.executable, *given], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=True
        )
        return done.stdout

    run(HERE, "ask", "one")
    assert run(HERE, "die", *DIE_ONCE).splitlines() == list(DIE_ONCE), "each died where it was to die"
    assert run(HERE, "work") == "1 effect 2 sent 1 identity done done\n"
    run(HERE, "ask", "two")
    assert run(HERE, "die", "after commit", "after commit") == "after commit\n", "there is nothing left to do"
    assert run(HERE, "work") == "2 effect 3 sent 2 identity done done done done\n"
