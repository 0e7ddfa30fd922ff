"""Edges of tasks: what somebody cannot see, rests arranged ahead, several units side by side."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from chithi.access.actions import grant
from chithi.access.roles import Role
from chithi.core.errors import Refused
from chithi.following.kinds import State
from chithi.following.rules import state
from chithi.org.actions import merge
from chithi.tasks import actions, decisions, due, measures, turns
from chithi.tasks.actions import Said, Word
from chithi.tasks.decisions import Rest
from chithi.tasks.models import Helper, Suspension, Task
from chithi.tasks.overview import picture
from chithi.tasks.queries import Wanted, tasks
from chithi.work.below import waits_below
from tests.task_world import again, overdue_in, post_in, task_in
from tests.worlds import BEGAN, TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def worded(task: Task, title: str, helpers: tuple[int, ...] = ()) -> Said:
    return Said(title, task.since, task.due_on, post=task.owner_post_id, helpers=helpers)


def helpers_of(task: Task) -> set[int]:
    rows = Helper.objects.everywhere(because=LOOK).filter(task_id=task.pk)
    return set(rows.values_list("unit_id", flat=True))


def test_units_side_by_side_are_each_a_row_of_the_overview(world: World) -> None:
    grant(by=None, user=world.users["lan"], role=Role.SECRETARY, unit_id=world.unit("A12"), since=BEGAN)
    task_in(world, "A11")
    for _ in range(2):
        task_in(world, "A12", by="hoa")
    lan = world.viewer("lan")
    found = picture(lan, Wanted(), TODAY)
    assert {one.unit.code: one.counts.total for one in found.units} == {"A11": 1, "A12": 2}
    assert sum(one.counts.total for one in found.units) == found.whole.total


def test_ones_own_tasks_of_one_unit_are_those_of_that_unit(world: World) -> None:
    own = post_in(world, "A11", account="minh")
    other = post_in(world, "A12")
    other.person_id = own.person_id
    other.save()
    task_in(world, "A11", owner=own)
    task_in(world, "A12", owner=other)
    minh = world.viewer("minh")
    found = picture(minh, Wanted(unit=world.unit("A1"), mine=True), TODAY)
    assert {one.unit.code: one.counts.total for one in found.units} == {"A11": 1, "A12": 1}
    for one in found.units:
        for alone in (False, True):
            wanted = Wanted(unit=one.unit.id, mine=True, alone=alone)
            assert tasks(minh, wanted, TODAY, page=1, size=9)[1] == one.counts.total
    assert tasks(minh, Wanted(unit=world.unit("A1"), mine=True, alone=True), TODAY, page=1, size=9)[1] == 0


def test_ones_own_tasks_out_of_reach_are_counted_for_no_unit_in_reach(world: World) -> None:
    own = post_in(world, "A11", account="lan")
    other = post_in(world, "B11")
    other.person_id = own.person_id
    other.save()
    task_in(world, "A11", owner=own)
    task_in(world, "B11", owner=other)
    found = picture(world.viewer("lan"), Wanted(mine=True), TODAY)
    assert found.whole.total == 2
    assert {one.unit.code: one.counts.total for one in found.units} == {"A11": 1}


def test_whoever_reported_the_end_is_not_asked_to_accept_it(world: World) -> None:
    lan = world.viewer("lan")
    for name in ("lan", "chau"):
        task = task_in(world, "A11")
        by = world.viewer(name)
        actions.finish(by=by, task_id=task.pk, seen_version=task.version, word=Word(TODAY, note="Xong"))
    assert [item.args for item in due.of_person(lan, TODAY) if item.kind == "tasks.accept"] == [(task.pk,)]


def test_the_work_of_a_unit_is_told_to_those_who_enter_there_and_not_to_its_leader(world: World) -> None:
    grant(by=None, user=world.users["dung"], role=Role.CLERK, unit_id=world.unit("A2"), since=BEGAN)
    task_in(world, "A")
    task = task_in(world, "A2")
    found = due.of_person(world.viewer("dung"), TODAY)
    assert [(item.kind, item.args) for item in found] == [("tasks.finish", (task.pk,))]


def test_whoever_words_a_task_anew_leaves_helpers_they_cannot_see(world: World) -> None:
    task = task_in(world, "A11", by="chau", giver="A1", helpers=(world.unit("B1"), world.unit("A12")))
    minh = world.viewer("minh")
    said = worded(again(task), "Lập danh sách khác")
    actions.change(by=minh, task_id=task.pk, seen_version=again(task).version, said=said)
    assert helpers_of(task) == {world.unit("B1")}, "the one in reach was taken away, the other stays"


def test_a_rest_arranged_ahead_is_not_arranged_twice_and_can_be_called_off(world: World) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    minh, ahead = world.viewer("minh"), TODAY + timedelta(days=5)
    rest = Rest(ahead, ahead + timedelta(days=5), "Chờ kinh phí")
    decisions.suspend(by=minh, task_id=task.pk, seen_version=task.version, rest=rest)
    with pytest.raises(Refused, match="suspended_already"):
        decisions.suspend(by=minh, task_id=task.pk, seen_version=again(task).version, rest=rest)
    decisions.resume(by=minh, task_id=task.pk, seen_version=again(task).version)
    assert state(again(task).facts(), ahead) is not State.SUSPENDED
    kept = Suspension.objects.everywhere(because=LOOK).get(task_id=task.pk)
    assert kept.until == kept.since, "figures count no day of it either"
    decisions.suspend(by=minh, task_id=task.pk, seen_version=again(task).version, rest=rest)
    assert state(again(task).facts(), ahead) is State.SUSPENDED


def test_many_tasks_helped_with_long_ago_do_not_hide_the_open_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "MOST", 2)
    chau, lan = world.viewer("chau"), world.viewer("lan")
    for _ in range(3):
        task = task_in(world, "A12", helpers=(world.unit("A11"),))
        decisions.cancel(by=chau, task_id=task.pk, seen_version=task.version, reason="Không cần nữa")
    task = task_in(world, "A12", helpers=(world.unit("A11"),))
    assert [item.args for item in due.of_person(lan, TODAY) if item.kind == "tasks.help"] == [(task.pk,)]


def test_what_is_overdue_for_long_is_told_to_each_level_above_as_a_count_that_opens_its_list(world: World) -> None:
    task = overdue_in(world, "A11", 50)
    overdue_in(world, "A12", 3, by="hoa")
    turns.escalate(TODAY)
    for name, code, many in (("minh", "A1", 1), ("dung", "A", 1), ("chau", "T", 0)):
        viewer = world.viewer(name)
        lines = [one for one in waits_below(viewer, TODAY) if one.route == "tasks"]
        wanted = Wanted(told=world.unit(code), state=State.OVERDUE)
        assert [one.id for one in tasks(viewer, wanted, TODAY, page=1, size=9)[0]] == [task.pk] * many
        assert [one.what.vi.split()[0] for one in lines] == ["1"] * many
    wanted = Wanted(told=world.unit("A1"))
    assert tasks(world.viewer("hoa"), wanted, TODAY, page=1, size=9)[1] == 0, "the unit above is out of reach"
    decisions.set_day(by=world.viewer("chau"), task_id=task.pk, seen_version=again(task).version, new=TODAY, reason="x")
    assert waits_below(world.viewer("minh"), TODAY) == [], "another day was given"
    done = overdue_in(world, "A11", 50)
    turns.escalate(TODAY)
    assert len(waits_below(world.viewer("minh"), TODAY)) == 1
    actions.finish(by=world.viewer("lan"), task_id=done.pk, seen_version=done.version, word=Word(TODAY))
    assert waits_below(world.viewer("minh"), TODAY) == [], "it is done, however late"


def test_another_day_that_is_missed_again_is_told_upward_again(world: World) -> None:
    task = overdue_in(world, "A11", 16)
    assert turns.escalate(TODAY) == 1
    decisions.set_day(by=world.viewer("chau"), task_id=task.pk, seen_version=task.version, new=TODAY, reason="Chờ")
    later = TODAY + timedelta(days=16)
    assert [turns.escalate(later), turns.escalate(later)] == [1, 0]


def test_what_an_heir_finishes_counts_for_the_heir_alone(world: World) -> None:
    task = task_in(world, "A11")
    merge(by=world.viewer("an"), unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    hoa = world.viewer("hoa")
    actions.finish(by=hoa, task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    rows = measures._done(TODAY, TODAY).everywhere(because=LOOK)
    assert list(rows.values_list("unit_id", flat=True)) == [world.unit("A12")]


def test_an_explanation_sent_back_is_asked_for_anew_and_judged_anew(world: World) -> None:
    task = overdue_in(world, "A11", 5, giver="A1", by="minh")
    lan, minh = world.viewer("lan"), world.viewer("minh")
    ask = {"question": "Vì sao muộn?", "due_on": TODAY}
    asked = decisions.ask_why(by=minh, task_id=task.pk, seen_version=task.version, **ask)
    told = {"by": lan, "task_id": task.pk, "answer": "Chờ hướng dẫn"}
    given = decisions.answer_why(**told, seen_version=asked.version)
    assert "tasks.explain" not in {item.kind for item in due.of_person(lan, TODAY)}
    verdict = {"by": minh, "task_id": task.pk, "enough": False, "verdict": "Chưa rõ"}
    back = decisions.judge_why(**verdict, seen_version=given.version)
    assert "tasks.explain" in {item.kind for item in due.of_person(lan, TODAY)}
    with pytest.raises(Refused, match="not_answered"):
        decisions.judge_why(**verdict, seen_version=back.version)
    given = decisions.answer_why(**told, seen_version=back.version)
    assert (given.enough, given.judged_on, given.judged_by_id) == (None, None, None)
    assert "tasks.judge" in {item.kind for item in due.of_person(minh, TODAY)}


def test_what_was_given_back_is_not_whole_and_an_older_word_changes_nothing(world: World) -> None:
    task = task_in(world, "A11", giver="A1", by="minh")
    lan, minh = world.viewer("lan"), world.viewer("minh")
    actions.report(by=lan, task_id=task.pk, word=Word(TODAY, 60))
    actions.report(by=lan, task_id=task.pk, word=Word(TODAY - timedelta(days=3), 20))
    assert (again(task).share, again(task).updated_on) == (60, TODAY)
    actions.finish(by=lan, task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    assert again(task).share == 100
    decisions.reopen(by=minh, task_id=task.pk, seen_version=again(task).version, reason="Thiếu biên bản")
    assert (again(task).share, again(task).finished_on) == (None, None)


def test_a_post_that_ended_owns_no_new_task(world: World) -> None:
    post = post_in(world, "A11")
    post.until = TODAY
    post.save()
    with pytest.raises(Refused, match="owner_elsewhere"):
        task_in(world, "A11", owner=post)


def test_a_post_of_another_unit_owns_no_task(world: World) -> None:
    with pytest.raises(Refused, match="owner_elsewhere"):
        task_in(world, "A11", owner=post_in(world, "A12"))


def test_a_unit_that_closed_is_given_nothing(world: World) -> None:
    post = post_in(world, "A11")
    merge(by=world.viewer("an"), unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    with pytest.raises(Refused, match="already_closed"):
        task_in(world, "A11", owner=post)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite admits one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_another_day_at_once_one_is_told_so() -> None:
    world = build_world()
    task, lan = task_in(world, "A11", giver="A1"), world.viewer("lan")
    both, told = Barrier(2), []

    def ask(days: int) -> None:
        both.wait()
        try:
            new = task.due_on + timedelta(days=days)
            decisions.ask_day(by=lan, task_id=task.pk, seen_version=task.version, new=new, reason="Chờ kinh phí")
            told.append("")
        except Refused as problem:
            told.append(problem.code)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(days,)) for days in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["", "tasks.day_asked_already"]
