"""Giving tasks, reporting, finishing, judging: who may, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Viewer
from chithi.following.kinds import State
from chithi.following.models import Progress
from chithi.following.rules import state
from chithi.freshness.models import Mark
from chithi.journal.models import Entry
from chithi.tasks import actions, decisions, rules
from chithi.tasks.actions import Said, Word
from chithi.tasks.kinds import Act
from chithi.tasks.models import DeadlineChange, Explanation, Helper, Holding, Step
from tests.task_world import again, overdue_in, post_in, task_in
from tests.worlds import TODAY, World, add_members, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def refused(code: str, field: str | None = None):  # type: ignore[no-untyped-def]
    class _Refusal:
        def __enter__(self) -> None:
            self.raises = pytest.raises(Refused)
            self.found = self.raises.__enter__()

        def __exit__(self, *problem: object) -> bool:
            ended = self.raises.__exit__(*problem)  # type: ignore[arg-type]
            assert self.found.value.code == code
            assert field is None or self.found.value.field == field
            return bool(ended)

    return _Refusal()


def said_of(task: object, **changes: object) -> Said:
    said = Said(
        title=task.title,  # type: ignore[attr-defined]
        since=task.since,  # type: ignore[attr-defined]
        due_on=task.due_on,  # type: ignore[attr-defined]
        post=task.owner_post_id,  # type: ignore[attr-defined]
        person=task.owner_person_id,  # type: ignore[attr-defined]
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def test_a_task_given_below_is_journalled_marked_and_held_by_its_unit(world: World) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    assert (task.unit_id, task.assigned_by_id) == (world.unit("A11"), world.unit("A1"))
    assert Entry.objects.everywhere(because=LOOK).filter(verb="tasks.assigned", about_id=task.pk).exists()
    assert Mark.objects.everywhere(because=LOOK).filter(unit_id=world.unit("A11"), first=task.since).exists()
    held = Holding.objects.everywhere(because=LOOK).get(task_id=task.pk)
    assert (held.unit_id, held.since, held.until) == (world.unit("A11"), task.since, None)


def test_a_second_sending_is_the_same_task(world: World) -> None:
    key = uuid4()
    first = task_in(world, "A11", key=key)
    assert task_in(world, "A11", key=key).pk == first.pk


def test_the_giver_is_the_doers_own_unit_where_that_lies_above(world: World) -> None:
    post, minh = post_in(world, "A11"), world.viewer("minh")
    said = Said("Lập sổ theo dõi", TODAY, TODAY, post=post.pk)
    assert actions.assign(by=minh, unit_id=world.unit("A11"), said=said).assigned_by_id == world.unit("A1")
    assert actions.assign(by=world.viewer("lan"), unit_id=world.unit("A11"), said=said).assigned_by_id == world.unit(
        "A11"
    )


def test_nobody_gives_tasks_outside_their_reach_nor_in_the_name_of_units_above(world: World) -> None:
    post = post_in(world, "A12")
    said = Said("Lập sổ", TODAY, TODAY, post=post.pk)
    with pytest.raises(Absent):
        actions.assign(by=world.viewer("lan"), unit_id=world.unit("A12"), said=said)
    with pytest.raises(Absent):
        actions.assign(by=world.viewer("hoa"), unit_id=world.unit("A12"), said=said, assigned_by=world.unit("A1"))
    with pytest.raises(Absent):
        actions.assign(by=world.viewer("dung"), unit_id=world.unit("A12"), said=said)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": "   "}, "tasks.no_title", "title"),
        ({"post": None}, "tasks.no_owner", "owner"),
        ({"person": 1}, "tasks.no_owner", "owner"),
        ({"post": None, "person": 999_999}, "tasks.owner_elsewhere", "owner"),
        ({"post": 999_999}, "tasks.owner_elsewhere", "owner"),
        ({"due_on": TODAY - timedelta(days=400)}, "following.due_before_beginning", "due_on"),
        ({"weight": 0}, "tasks.bad_weight", "weight"),
        ({"update_every": 400}, "tasks.bad_interval", "update_every"),
        ({"directive": 999_999}, "tasks.no_directive", "directive"),
        ({"helpers": (999_999,)}, "org.no_unit", "helpers"),
        ({"parent": 999_999}, "tasks.no_task", None),
    ],
)
def test_what_is_missing_or_wrong_is_refused_beside_its_field(
    world: World, changes: dict[str, object], code: str, field: str | None
) -> None:
    with refused(code, field):
        task_in(world, "A11", **changes)


def test_a_member_of_the_cell_may_own_a_task_somebody_elses_member_not(world: World) -> None:
    ours, theirs = add_members(world.units["A11"], 1)[0], add_members(world.units["A12"], 1)[0]
    said = {"since": TODAY, "due_on": TODAY}
    own = actions.assign(by=world.viewer("lan"), unit_id=world.unit("A11"), said=Said("Ghi sổ", person=ours.pk, **said))
    assert own.owner_person_id == ours.pk
    with refused("tasks.owner_elsewhere"):
        actions.assign(by=world.viewer("lan"), unit_id=world.unit("A11"), said=Said("Ghi", person=theirs.pk, **said))


def test_progress_moves_the_state_and_the_same_word_counts_once(world: World) -> None:
    task, lan, key = task_in(world, "A11"), world.viewer("lan"), uuid4()
    for _ in range(2):
        actions.report(by=lan, task_id=task.pk, word=Word(TODAY, 40, "Đã họp", "biên bản số 3"), key=key)
    stored = again(task)
    assert (stored.share, stored.updated_on, state(stored.facts(), TODAY)) == (40, TODAY, State.ON_TRACK)
    assert Progress.objects.everywhere(because=LOOK).filter(about_id=task.pk).count() == 1
    actions.report(by=lan, task_id=task.pk, word=Word(TODAY - timedelta(days=3), 10, "Ghi muộn"))
    assert again(task).share == 40, "an older word changes nothing of today's state"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (Word(TODAY), "following.says_nothing"),
        (Word(TODAY, 101), "following.share_out_of_range"),
        (Word(TODAY + timedelta(days=1), 5), "following.in_the_future"),
        (Word(TODAY - timedelta(days=99), 5), "following.before_beginning"),
    ],
)
def test_words_that_cannot_be_are_refused(world: World, word: Word, code: str) -> None:
    task = task_in(world, "A11")
    with refused(code):
        actions.report(by=world.viewer("lan"), task_id=task.pk, word=word)


def test_the_owner_reports_on_a_task_outside_every_reach_and_decides_nothing(world: World) -> None:
    post = post_in(world, "B11", account="lan")
    task, lan = task_in(world, "B11", owner=post), world.viewer("lan")
    actions.report(by=lan, task_id=task.pk, word=Word(TODAY, 50))
    actions.finish(by=lan, task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    with refused("tasks.owner_decides_not"):
        decisions.accept(by=lan, task_id=task.pk, seen_version=again(task).version)
    with pytest.raises(Absent):
        actions.report(by=world.viewer("hoa"), task_id=task.pk, word=Word(TODAY, 60))


def test_whoever_reported_the_end_does_not_accept_it_and_the_level_above_does(world: World) -> None:
    task, lan = task_in(world, "A11"), world.viewer("lan")
    actions.finish(by=lan, task_id=task.pk, seen_version=task.version, word=Word(TODAY, note="Đã ban hành"))
    with refused("tasks.reporter_accepts_not"):
        decisions.accept(by=lan, task_id=task.pk, seen_version=again(task).version)
    done = decisions.accept(by=world.viewer("minh"), task_id=task.pk, seen_version=again(task).version)
    assert (done.accepted_on, state(done.facts(), TODAY)) == (TODAY, State.DONE)
    with refused("tasks.accepted_already"):
        decisions.accept(by=world.viewer("minh"), task_id=task.pk, seen_version=done.version)


def test_a_task_given_back_is_open_again_and_its_history_stays(world: World) -> None:
    task = overdue_in(world, "A11", 5)
    actions.finish(by=world.viewer("lan"), task_id=task.pk, seen_version=task.version, word=Word(TODAY))
    assert state(again(task).facts(), TODAY) is State.DONE_LATE
    minh = world.viewer("minh")
    with refused("tasks.no_reason", "reason"):
        decisions.reopen(by=minh, task_id=task.pk, seen_version=again(task).version, reason=" ")
    decisions.reopen(by=minh, task_id=task.pk, seen_version=again(task).version, reason="Thiếu biên bản")
    assert state(again(task).facts(), TODAY) is State.OVERDUE
    assert Progress.objects.everywhere(because=LOOK).filter(about_id=task.pk).count() == 2


def test_what_was_accepted_and_given_back_is_accepted_anew(world: World) -> None:
    task, lan, minh = task_in(world, "A11"), world.viewer("lan"), world.viewer("minh")
    for _ in range(2):
        actions.finish(by=lan, task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
        decisions.accept(by=minh, task_id=task.pk, seen_version=again(task).version)
        decisions.reopen(by=minh, task_id=task.pk, seen_version=again(task).version, reason="Thiếu biên bản")
    assert (again(task).accepted_on, again(task).accepted_by_id) == (None, None)


def test_every_act_that_moves_a_figure_has_it_counted_anew_from_its_day_on(world: World) -> None:
    task, lan, minh = overdue_in(world, "A11", 5), world.viewer("lan"), world.viewer("minh")

    def marked() -> set[date]:
        rows = Mark.objects.everywhere(because=LOOK).filter(unit_id=world.unit("A11"))
        found = set(rows.values_list("first", flat=True))
        rows.delete()
        return found

    def act(by: Viewer, do: Callable[..., object], **said: object) -> set[date]:
        do(by=by, task_id=task.pk, seen_version=again(task).version, **said)
        return marked()

    marked()
    yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=3)
    assert act(lan, actions.finish, word=Word(yesterday)) == {yesterday}
    assert act(minh, decisions.reopen, reason="Thiếu biên bản") == {yesterday}
    assert act(minh, decisions.suspend, rest=decisions.Rest(before, None, "Chờ")) == {before}
    assert act(minh, decisions.resume) == {TODAY}
    assert act(minh, decisions.cancel, reason="Không cần nữa") == {TODAY}


def test_an_act_on_an_older_version_is_stale_and_does_nothing(world: World) -> None:
    task, lan = task_in(world, "A11"), world.viewer("lan")
    actions.change(by=lan, task_id=task.pk, seen_version=task.version, said=said_of(task, title="Lập lại kế hoạch"))
    with pytest.raises(Stale):
        actions.change(by=lan, task_id=task.pk, seen_version=task.version, said=said_of(task, title="Khác"))
    assert again(task).title == "Lập lại kế hoạch"


def test_only_the_assigning_side_words_a_task(world: World) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    with refused("tasks.not_the_assigner"):
        actions.change(by=world.viewer("lan"), task_id=task.pk, seen_version=task.version, said=said_of(task))
    with pytest.raises(Absent):
        actions.change(by=world.viewer("dung"), task_id=task.pk, seen_version=task.version, said=said_of(task))


def test_helping_units_see_a_task_and_leave_with_the_next_wording(world: World) -> None:
    task, chau = task_in(world, "B11", helpers=(world.unit("A11"),)), world.viewer("chau")
    from chithi.tasks.ground import readable_task

    assert readable_task(world.viewer("lan"), task.pk).pk == task.pk
    with pytest.raises(Absent):
        readable_task(world.viewer("hoa"), task.pk)
    with pytest.raises(Absent):
        actions.report(by=world.viewer("lan"), task_id=task.pk, word=Word(TODAY, 1))
    actions.change(by=chau, task_id=task.pk, seen_version=task.version, said=said_of(task))
    assert not Helper.objects.everywhere(because=LOOK).exists()
    with pytest.raises(Absent):
        readable_task(world.viewer("lan"), task.pk)


def test_a_task_carries_on_another_but_never_itself(world: World) -> None:
    above, chau = task_in(world, "A1"), world.viewer("chau")
    below = task_in(world, "A11", parent=above.pk)
    with refused("tasks.parent_circle", "parent"):
        actions.change(by=chau, task_id=above.pk, seen_version=above.version, said=said_of(above, parent=below.pk))


def test_a_late_step_puts_the_task_at_risk_until_it_is_done(world: World) -> None:
    task, lan = task_in(world, "A11"), world.viewer("lan")
    step = actions.add_step(by=lan, task_id=task.pk, title="Họp", due_on=TODAY - timedelta(days=1))
    actions.report(by=lan, task_id=task.pk, word=Word(TODAY, 50))
    assert state(again(task).facts(), TODAY) is State.AT_RISK
    actions.finish_step(by=lan, step_id=step.pk, seen_version=step.version)
    assert state(again(task).facts(), TODAY) is State.ON_TRACK
    with refused("tasks.step_outside", "due_on"):
        actions.add_step(by=lan, task_id=task.pk, title="Sau", due_on=task.due_on + timedelta(days=1))
    with pytest.raises(Absent):
        actions.finish_step(by=world.viewer("hoa"), step_id=step.pk, seen_version=1)
    assert Step.objects.everywhere(because=LOOK).get(pk=step.pk).done_on == TODAY


def test_another_day_is_asked_decided_and_remembered(world: World) -> None:
    task = overdue_in(world, "A11", 5, giver="A1")
    lan, minh, new = world.viewer("lan"), world.viewer("minh"), TODAY + timedelta(days=20)
    asked = decisions.ask_day(by=lan, task_id=task.pk, seen_version=task.version, new=new, reason="Chờ mẫu mới")
    with refused("tasks.day_asked_already"):
        decisions.ask_day(by=lan, task_id=task.pk, seen_version=task.version, new=TODAY, reason="Nữa")
    with refused("tasks.not_the_assigner"):
        decisions.decide_day(by=lan, task_id=task.pk, seen_version=asked.version, agreed=True)
    with refused("tasks.no_reason", "answer"):
        decisions.decide_day(by=minh, task_id=task.pk, seen_version=asked.version, agreed=False)
    decisions.decide_day(by=minh, task_id=task.pk, seen_version=asked.version, agreed=True)
    kept = DeadlineChange.objects.everywhere(because=LOOK).get(pk=asked.pk)
    assert (again(task).due_on, kept.old, kept.agreed) == (new, task.due_on, True)
    assert Mark.objects.everywhere(because=LOOK).filter(first=task.due_on).exists(), (
        "figures from the old day on are counted anew"
    )
    with pytest.raises((Stale, Refused)):
        decisions.decide_day(by=minh, task_id=task.pk, seen_version=kept.version, agreed=True)


def test_a_day_that_is_refused_changes_none_and_may_be_asked_for_again(world: World) -> None:
    task = overdue_in(world, "A11", 5, giver="A1")
    lan, minh = world.viewer("lan"), world.viewer("minh")
    wanted = {"by": lan, "task_id": task.pk, "new": TODAY + timedelta(days=20), "reason": "Chờ mẫu mới"}
    for _ in range(2):
        asked = decisions.ask_day(**wanted, seen_version=again(task).version)
        decided = {"by": minh, "task_id": task.pk, "seen_version": asked.version}
        decisions.decide_day(**decided, agreed=False, answer="Không còn thời gian")
    assert again(task).due_on == task.due_on
    assert {row.agreed for row in DeadlineChange.objects.everywhere(because=LOOK)} == {False}


def test_no_more_steps_than_may_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_STEPS", 2)
    task, lan = task_in(world, "A11"), world.viewer("lan")
    for _ in range(2):
        actions.add_step(by=lan, task_id=task.pk, title="Họp", due_on=TODAY)
    with refused("tasks.too_many_steps"):
        actions.add_step(by=lan, task_id=task.pk, title="Họp", due_on=TODAY)


def test_a_rest_suspends_the_state_and_ends(world: World) -> None:
    task, minh = overdue_in(world, "A11", 5), world.viewer("minh")
    rest = decisions.Rest(TODAY, None, "Chờ sáp nhập")
    decisions.suspend(by=minh, task_id=task.pk, seen_version=task.version, rest=rest)
    assert state(again(task).facts(), TODAY) is State.SUSPENDED
    with refused("tasks.suspended_already"):
        decisions.suspend(by=minh, task_id=task.pk, seen_version=again(task).version, rest=rest)
    decisions.resume(by=minh, task_id=task.pk, seen_version=again(task).version)
    assert state(again(task).facts(), TODAY) is State.OVERDUE


def test_an_explanation_is_asked_given_sent_back_and_found_good(world: World) -> None:
    task = overdue_in(world, "A11", 5, giver="A1")
    lan, minh = world.viewer("lan"), world.viewer("minh")
    ask = {"by": minh, "task_id": task.pk, "seen_version": task.version, "question": "Vì sao muộn?"}
    with refused("following.due_before_beginning", "due_on"):
        decisions.ask_why(**ask, due_on=TODAY - timedelta(days=1))
    asked = decisions.ask_why(**ask, due_on=TODAY)
    with refused("tasks.not_answered"):
        decisions.judge_why(by=minh, task_id=task.pk, seen_version=asked.version, enough=True)
    given = decisions.answer_why(by=lan, task_id=task.pk, seen_version=asked.version, answer="Chờ hướng dẫn")
    with refused("tasks.no_reason", "verdict"):
        decisions.judge_why(by=minh, task_id=task.pk, seen_version=given.version, enough=False, verdict=" ")
    sent_back = decisions.judge_why(
        by=minh, task_id=task.pk, seen_version=given.version, enough=False, verdict="Chưa rõ ai làm"
    )
    given = decisions.answer_why(
        by=lan, task_id=task.pk, seen_version=sent_back.version, answer="Đồng chí phụ trách ốm"
    )
    decisions.judge_why(by=minh, task_id=task.pk, seen_version=given.version, enough=True)
    assert Explanation.objects.everywhere(because=LOOK).get(pk=asked.pk).enough is True
    with refused("tasks.nothing_asked"):
        decisions.answer_why(by=lan, task_id=task.pk, seen_version=1, answer="Lại")


def test_a_cancelled_task_takes_no_act_but_to_be_put_back(world: World) -> None:
    task, minh = task_in(world, "A11"), world.viewer("minh")
    decisions.cancel(by=minh, task_id=task.pk, seen_version=task.version, reason="Trùng việc khác")
    assert state(again(task).facts(), TODAY) is State.CANCELLED
    with refused("tasks.cancelled"):
        actions.report(by=world.viewer("lan"), task_id=task.pk, word=Word(TODAY, 5))
    assert decisions.acts_open(minh, again(task)) == {Act.PUT_BACK}
