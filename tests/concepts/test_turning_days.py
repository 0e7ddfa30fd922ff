"""The days on which tasks turn follow from their facts; after a threshold changed they are found and put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.cli import verify as command
from chithi.cli.speech import Speech
from chithi.following import rules
from chithi.tasks.actions import add_step
from chithi.tasks.models import Task
from chithi.tasks.turning import amiss, repair
from tests.task_world import again, task_in
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
WHY = "a test writes past save"


def test_what_was_saved_is_as_it_should_be(world: World) -> None:
    task, lan = task_in(world, "A11"), world.viewer("lan")
    assert list(amiss()) == []
    add_step(by=lan, task_id=task.pk, title="Họp", due_on=TODAY - timedelta(days=1))
    assert again(task).risk_on == TODAY
    assert list(amiss()) == []


def test_rows_written_past_save_are_found_and_put_right_and_no_form_is_out_of_date(world: World) -> None:
    wrong, right = task_in(world, "A11"), task_in(world, "A12")
    before = (wrong.risk_on, wrong.miss_on, wrong.due_month)
    Task.objects.everywhere(because=WHY).filter(pk=wrong.pk).update(risk_on=date(2030, 1, 1), miss_on=None, due_month=1)
    (found,) = amiss()
    assert (found.id, found.found) == (wrong.pk, before)
    assert repair([found]) == 1
    kept = again(wrong)
    assert (kept.risk_on, kept.miss_on, kept.due_month, kept.version) == (*before, wrong.version)
    assert list(amiss()) == []
    assert again(right).version == right.version


def test_a_threshold_that_changed_makes_them_differ(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    task_in(world, "A11")
    monkeypatch.setattr(rules, "LATE_IN_TIME", 50)
    found = list(amiss())
    assert len(found) == 1
    repair(found)
    assert list(amiss()) == []


def test_verify_tells_and_rebuilds_them(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    task = task_in(world, "A11")
    Task.objects.everywhere(because=WHY).update(miss_on=None)
    assert command.run(Speech("en"), None, False) == command.DIFFERS
    assert f"task {task.pk}" in capsys.readouterr().out
    assert command.run(Speech("en"), None, True) == command.DIFFERS
    assert list(amiss()) == []
