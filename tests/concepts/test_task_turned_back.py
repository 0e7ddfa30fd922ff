"""Cancelled tasks put back, days given unasked and taken back, ends that are told later than they came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.numbers import format_date
from chithi.following.kinds import Event, Followed, State
from chithi.following.models import Progress
from chithi.following.rules import state
from chithi.freshness.models import Mark
from chithi.org.actions import merge
from chithi.tasks import actions, decisions, due
from chithi.tasks.actions import Word
from chithi.tasks.kinds import Act, Dated
from chithi.tasks.models import DeadlineChange, Task
from chithi.tasks.queries import one_task
from chithi.tasks.rules import dated
from tests.task_world import again, overdue_in, post_in, task_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return build_world()


def events(task: Task) -> list[tuple[str, str]]:
    rows = Progress.objects.everywhere(because=LOOK).filter(kind=Followed.TASK, about_id=task.pk)
    return list(rows.order_by("pk").values_list("event", "note"))


def cancelled(world: World) -> Task:
    task = overdue_in(world, "A11", 5, giver="A1", by="minh")
    return decisions.cancel(by=world.viewer("minh"), task_id=task.pk, seen_version=task.version, reason="Trùng việc")


def test_a_cancelled_task_put_back_stands_as_before_and_both_reasons_stay(world: World) -> None:
    task, minh = cancelled(world), world.viewer("minh")
    assert state(again(task).facts(), TODAY) is State.CANCELLED
    Mark.objects.everywhere(because=LOOK).all().delete()
    decisions.put_back(by=minh, task_id=task.pk, seen_version=task.version, reason="Vẫn phải làm")
    kept = again(task)
    assert (kept.cancelled_on, kept.cancel_reason, kept.due_on) == (None, "", task.due_on)
    assert state(kept.facts(), TODAY) is State.OVERDUE
    assert events(task) == [(Event.CANCELLED, "Trùng việc"), (Event.PUT_BACK, "Vẫn phải làm")]
    assert Mark.objects.everywhere(because=LOOK).filter(unit_id=task.unit_id, first=TODAY).exists()


def test_a_task_cancelled_before_such_words_were_kept_keeps_its_reason_when_it_is_put_back(world: World) -> None:
    task, minh = overdue_in(world, "A11", 5, giver="A1", by="minh"), world.viewer("minh")
    rows = Task.objects.everywhere(because=LOOK).filter(pk=task.pk)
    rows.update(cancelled_on=TODAY - DAY, cancel_reason="Trùng việc")
    decisions.put_back(by=minh, task_id=task.pk, seen_version=task.version, reason="Vẫn phải làm")
    assert events(task) == [(Event.CANCELLED, "Trùng việc"), (Event.PUT_BACK, "Vẫn phải làm")]


def test_only_the_side_that_gave_it_puts_a_task_back_once_and_says_why(world: World) -> None:
    task, minh = cancelled(world), world.viewer("minh")
    sent = {"task_id": task.pk, "seen_version": task.version, "reason": "Vẫn phải làm"}
    with pytest.raises(Refused, match="not_the_assigner"):
        decisions.put_back(by=world.viewer("lan"), **sent)
    with pytest.raises(Absent):
        decisions.put_back(by=world.viewer("hoa"), **sent)
    with pytest.raises(Stale):
        decisions.put_back(by=minh, **{**sent, "seen_version": task.version - 1})
    with pytest.raises(Refused, match="no_reason"):
        decisions.put_back(by=minh, **{**sent, "reason": " \t"})
    assert again(task).cancelled_on == TODAY
    decisions.put_back(by=minh, **sent)
    with pytest.raises(Refused, match="not_cancelled"):
        decisions.put_back(by=minh, **{**sent, "seen_version": again(task).version})


def test_a_task_of_a_unit_that_closed_meanwhile_is_not_put_back(world: World) -> None:
    task = cancelled(world)
    merge(by=world.viewer("an"), unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    with pytest.raises(Refused, match="already_closed"):
        decisions.put_back(by=world.viewer("chau"), task_id=task.pk, seen_version=task.version, reason="Vẫn cần")
    assert again(task).cancelled_on == TODAY


def test_whoever_does_a_task_is_told_for_three_days_of_a_day_given_unasked(world: World) -> None:
    task = task_in(world, "A11", giver="A1", by="minh")
    lan, minh, new = world.viewer("lan"), world.viewer("minh"), task.due_on + 30 * DAY
    given = decisions.set_day(by=minh, task_id=task.pk, seen_version=task.version, new=new, reason="Lùi hội nghị")
    assert (again(task).due_on, given.agreed, given.old) == (new, True, task.due_on)
    decided = given.decided_at.date() if given.decided_at else TODAY
    told = [item for item in due.of_person(lan, decided) if item.kind == "tasks.new_day"]
    assert [(item.about, item.args) for item in told] == [(given.pk, (task.pk,))]
    assert format_date(new, "vi") in told[0].what.vi
    assert "tasks.new_day" not in {item.kind for item in due.of_person(minh, decided)}, "who gave it knows"
    assert Act.SET_DAY not in decisions.acts_open(lan, again(task))
    assert "tasks.new_day" not in {item.kind for item in due.of_person(lan, decided + 5 * DAY)}
    asked = {"task_id": task.pk, "new": new + DAY, "reason": "Thêm"}
    decisions.ask_day(by=lan, seen_version=again(task).version, **asked)
    with pytest.raises(Refused, match="day_asked_already"):
        decisions.set_day(by=minh, seen_version=again(task).version, **asked)


def test_a_day_given_unasked_is_taken_back_whole_by_whoever_gave_it(world: World) -> None:
    task = task_in(world, "A11", giver="A1", by="minh")
    minh, chau = world.viewer("minh"), world.viewer("chau")
    sent = {"task_id": task.pk, "reason": "Lùi hội nghị"}
    decisions.set_day(by=minh, seen_version=task.version, new=task.due_on + DAY, **sent)
    version = again(task).version
    with pytest.raises(Stale):
        decisions.take_day_back(by=chau, task_id=task.pk, seen_version=version)
    with pytest.raises(Refused, match="not_the_assigner"):
        decisions.take_day_back(by=world.viewer("lan"), task_id=task.pk, seen_version=version)
    decisions.take_day_back(by=minh, task_id=task.pk, seen_version=version)
    assert again(task).due_on == task.due_on
    assert not DeadlineChange.objects.everywhere(because=LOOK).exists()
    with pytest.raises(Stale):
        decisions.take_day_back(by=minh, task_id=task.pk, seen_version=again(task).version)


def test_a_day_that_was_asked_for_and_agreed_to_is_not_taken_back(world: World) -> None:
    task = task_in(world, "A11", giver="A1", by="minh")
    lan, minh, new = world.viewer("lan"), world.viewer("minh"), task.due_on + DAY
    asked = decisions.ask_day(by=lan, task_id=task.pk, seen_version=task.version, new=new, reason="Chờ")
    decisions.decide_day(by=minh, task_id=task.pk, seen_version=asked.version, agreed=True)
    with pytest.raises(Stale):
        decisions.take_day_back(by=minh, task_id=task.pk, seen_version=again(task).version)
    assert again(task).due_on == new


@pytest.mark.parametrize(
    ("finished", "told", "how"),
    [
        (5, 5, None),
        (5, 6, Dated.BACK),
        (9, 10, Dated.BACK),
        (10, 11, Dated.INTO_TIME),
        (5, 20, Dated.INTO_TIME),
        (11, 20, Dated.BACK),
        (5, None, None),
        (None, None, None),
    ],
)
def test_an_end_is_dated_back_into_time_where_it_was_told_after_the_day(
    finished: int | None, told: int | None, how: Dated | None
) -> None:
    days = [None if one is None else date(2026, 3, one) for one in (finished, told)]
    assert dated(days[0], days[1], date(2026, 3, 10)) is how


def test_the_day_of_the_work_counts_and_an_end_told_late_is_read_before_it_is_accepted(world: World) -> None:
    post = post_in(world, "A11")
    late, early = (overdue_in(world, "A11", days, giver="A1", by="minh", owner=post) for days in (5, 1))
    lan, minh = world.viewer("lan"), world.viewer("minh")
    word = Word(late.due_on - DAY, note="Đã xong từ trước hạn")
    actions.finish(by=lan, task_id=late.pk, seen_version=late.version, word=word)
    actions.finish(by=lan, task_id=early.pk, seen_version=early.version, word=Word(TODAY))
    kept = again(late)
    assert (kept.finished_on, kept.told_on) == (late.due_on - DAY, TODAY)
    assert state(kept.facts(), TODAY) is State.DONE
    line = one_task(minh, late.pk).line
    assert (line.dated, line.told_on, line.late) == (Dated.INTO_TIME, TODAY, 0)
    items = {item.args: item for item in due.of_person(minh, TODAY) if item.kind == "tasks.accept"}
    assert (items[late.pk,].step, items[late.pk,].route) == (None, "task_accept")
    assert items[early.pk,].step is not None, "told on the day, though late"
    decisions.reopen(by=minh, task_id=late.pk, seen_version=kept.version, reason="Chưa có biên bản")
    assert (again(late).finished_on, again(late).told_on) == (None, None)
    assert [event for event, _note in events(late)] == [Event.FINISHED, Event.REOPENED]
