"""Work that somebody waits for: a refusal is told and ends it, a fault is told and shown, the database is retried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from chithi.core.errors import Refused
from chithi.freshness.models import Beat
from chithi.jobs.actions import ask
from chithi.jobs.holders import me
from chithi.jobs.holding import Hold, Lost, take
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.rules import LEASE, MOST_TRIES
from chithi.jobs.running import Asked, Deed, run_some

pytestmark = pytest.mark.django_db


def tells(problem: Exception | None) -> tuple[Deed, list[str]]:
    """A deed that goes wrong as given, half-way through its writing; what its asker was told."""
    heard: list[str] = []

    def write() -> None:
        Beat.objects.create(name="half", at=timezone.now())
        if problem is not None:
            raise problem

    def told(_asked: Asked, refusal: Refused | None) -> None:
        heard.append(refusal.code if refusal else "broke off")

    return Deed("test", lambda _asked: write, awaited=True, told=told), heard


def asked_for() -> None:
    with transaction.atomic():
        ask("test", "k", {})


def left() -> tuple[str, str, int]:
    job = Job.objects.get()
    return job.state, job.problem, Beat.objects.count()


@pytest.mark.parametrize(
    ("problem", "heard", "stands"),
    [
        (Refused("org.no_unit"), ["org.no_unit"], (JobState.DONE, "", 0)),
        (ValueError("0912345678"), ["broke off"], (JobState.FAILED, "ValueError", 0)),
        (OperationalError("locked"), [], (JobState.WAITING, "OperationalError", 0)),
        (None, [], (JobState.DONE, "", 1)),
    ],
)
def test_what_goes_wrong_is_told_once_and_leaves_nothing(problem: Any, heard: list[str], stands: Any) -> None:
    asked_for()
    deed, told = tells(problem)
    assert run_some([deed], me()) == 1
    assert (told, left()) == (heard, stands)
    assert run_some([deed], me()) == 0


def test_what_the_database_brings_about_for_too_long_is_told_too() -> None:
    asked_for()
    deed, told = tells(OperationalError("locked"))
    for _ in range(MOST_TRIES):
        Job.objects.update(due_at=timezone.now())
        run_some([deed], me())
    assert (told, left()) == (["broke off"], (JobState.FAILED, "OperationalError", 0))


def test_what_takes_its_worker_with_it_each_time_is_told_by_the_one_that_gives_it_up() -> None:
    asked_for()
    held = {"state": JobState.RUNNING.value, "tries": MOST_TRIES, "held_by": "another-machine 1 abc"}
    Job.objects.update(**held, held_until=timezone.now() - timedelta(seconds=1))
    deed, told = tells(None)
    run_some([deed], me())
    assert (told, left()) == (["broke off"], (JobState.FAILED, "killed", 0))
    assert Job.objects.get().tries == MOST_TRIES


def test_long_reading_holds_the_work_longer_and_notices_that_it_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for()
    job = take(me(), {"test": LEASE})
    assert job is not None
    turns: list[int] = []
    hold = Hold(job, LEASE, lambda: turns.append(1))
    short = timezone.now() + timedelta(seconds=5)
    Job.objects.update(held_until=short)
    hold()
    assert Job.objects.get().held_until == short, "it is not written each time"
    hold._last -= LEASE.total_seconds()
    hold()
    kept = Job.objects.get().held_until
    assert kept is not None
    assert kept > short
    assert turns == [1, 1], "others have their turn each time"
    Job.objects.update(held_by="another-machine 1 abc")
    hold._last -= LEASE.total_seconds()
    with pytest.raises(Lost):
        hold()


def test_what_is_asked_for_by_name_is_done_alone() -> None:
    with transaction.atomic():
        for key in ("a", "b"):
            ask("test", key, {})
    done: list[str] = []

    def begin(asked: Asked) -> Callable[[], object]:
        return lambda: done.append(asked.key)

    assert run_some([Deed("test", begin)], me(), keys=["b"]) == 1
    assert done == ["b"]
