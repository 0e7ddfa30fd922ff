"""A task handed down to many units and taken back: at once and by the worker, who says what went wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from chithi.core.errors import Absent, Refused
from chithi.directives import actions
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.freshness.models import Mark
from chithi.jobs.models import Job
from chithi.jobs.running import run_some
from chithi.org.models import Post
from chithi.tasks import decisions, due, handing
from chithi.tasks.actions import Word, report
from chithi.tasks.from_above import asked_of
from chithi.tasks.giving import TakenBack, prepared
from chithi.tasks.handing import HAND_DOWN, TAKE_BACK, hand_down, let_be, take_back, try_again, under_way
from chithi.tasks.kinds import Passed
from chithi.tasks.models import Holding, Task
from chithi.tasks.receivers import NEXT, To
from chithi.web.undo_ways import WAYS
from tests.concepts.test_tasks_below import issued, own_task, work
from tests.task_world import again, post_in, task_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"
DUE = TODAY + timedelta(days=60)
CELLS = To("cells")


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def posts(world: World) -> dict[str, Post]:
    return {code: post_in(world, code) for code in world.units}


@pytest.fixture
def top(world: World, posts: dict[str, Post]) -> Directive:
    return issued(world, "T", None, work(posts["T"]), expects=("grassroots", "cells"), due_on=TODAY)


@pytest.fixture
def by_the_worker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many units are too many to wait for; who asked is chau."""
    monkeypatch.setattr(handing, "AT_ONCE", 1)
    monkeypatch.setattr(handing, "doer", lambda _user, _because: world.viewer("chau"))


def children(task: Task) -> Any:
    return Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk, cancelled_on__isnull=True)


def worked() -> None:
    run_some([HAND_DOWN, TAKE_BACK], "this machine 1 test")


def fail(code: str = "tasks.cancelled") -> None:
    Job.objects.filter(state="waiting").update(state="failed", problem=code)


def test_a_task_handed_down_stands_below_it_with_whoever_leads_each_unit(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    task, chau = own_task(top), world.viewer("chau")
    done = hand_down(by=chau, task_id=task.pk, to=To("cells"), due_on=DUE, key=uuid4())
    assert (done.now, done.later) == (4, 0)
    made = Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk).order_by("unit_id")
    assert {(one.unit_id, one.owner_post_id, one.assigned_by_id, one.directive_id) for one in made} == {
        (world.unit(code), posts[code].pk, world.unit("T"), top.pk) for code in ("A11", "A12", "A21", "B11")
    }
    held = Holding.objects.everywhere(because=LOOK).filter(task_id__in=[one.pk for one in made])
    assert {(row.unit_id, row.since) for row in held} == {(one.unit_id, TODAY) for one in made}
    assert Mark.objects.everywhere(because=LOOK).filter(unit_id=world.unit("B11"), first=TODAY).exists()
    assert {again(one).miss_on for one in made} == {made[0].miss_on}
    assert made[0].miss_on is not None
    plan = actions.draft(by=chau, unit_id=world.unit("A11"), written=Written("plan", "Kế hoạch"))
    link(by=chau, directive_id=plan.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    assert [one.given is not None for one in asked_of(world.viewer("lan"), plan)] == [True]


def test_units_that_have_it_or_that_nobody_leads_are_passed_by(world: World) -> None:
    chau, post = world.viewer("chau"), post_in(world, "A1")
    secretary = post_in(world, "A12", title="Bí thư chi bộ")
    Post.objects.everywhere(because=LOOK).filter(pk=secretary.pk).update(is_head=False)
    deputy = post_in(world, "A11", title="Phó bí thư")
    Post.objects.everywhere(because=LOOK).filter(pk=deputy.pk).update(is_head=False)
    task = task_in(world, "A1", owner=post, due_on=DUE)
    plan = prepared(chau, task.pk, To(NEXT))
    assert plan.ready == ((world.unit("A12"), secretary.pk),)
    assert plan.passed == ((world.unit("A11"), Passed.NO_HEAD),)
    hand_down(by=chau, task_id=task.pk, to=To(NEXT), due_on=DUE, key=uuid4())
    assert dict(prepared(chau, task.pk, To(NEXT)).passed)[world.unit("A12")] is Passed.HAS_IT
    with pytest.raises(Refused, match="nobody_below"):
        hand_down(by=chau, task_id=task.pk, to=To(NEXT), due_on=DUE, key=uuid4())


def test_who_does_not_enter_for_the_unit_hands_nothing_down(world: World) -> None:
    task = task_in(world, "A1")
    for name in ("dung", "lan"):
        with pytest.raises(Absent):
            hand_down(by=world.viewer(name), task_id=task.pk, to=To(NEXT), due_on=DUE, key=uuid4())
    with pytest.raises(Absent):
        prepared(world.viewer("chau"), task.pk, To(units=(world.unit("B11"),)))


def test_what_was_handed_down_is_taken_back_except_where_somebody_has_begun(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    begun = children(task).get(unit_id=world.unit("A11"))
    report(by=world.viewer("lan"), task_id=begun.pk, word=Word(TODAY, 5))
    assert take_back(by=chau, task_id=task.pk, key=key) == TakenBack(now=3, stay=1)
    assert [one.pk for one in children(task)] == [begun.pk]
    assert hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=uuid4()).now == 3


def test_what_a_unit_has_handed_on_is_not_taken_from_it(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=To("grassroots"), due_on=DUE, key=key)
    own = children(task).get(unit_id=world.unit("A1"))
    hand_down(by=world.viewer("minh"), task_id=own.pk, to=To(NEXT), due_on=DUE, key=uuid4())
    back = take_back(by=chau, task_id=task.pk, key=key)
    assert back is not None
    assert back.stay == 1
    assert [one.pk for one in children(task)] == [own.pk]


def test_what_was_taken_back_is_not_handed_down_by_the_old_form(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    take_back(by=chau, task_id=task.pk, key=key)
    with pytest.raises(Refused, match="handed_back"):
        hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    assert not children(task).exists()


def test_the_same_form_once_more_says_how_many_have_the_task(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    for _time in range(2):
        assert hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key).now == 4
    assert children(task).count() == 4


@pytest.mark.usefixtures("by_the_worker")
def test_the_worker_hands_down_to_very_many_once_however_often_it_is_asked(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    for _time in range(2):
        done = hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
        assert (done.now, done.later) == (0, 4)
    assert Job.objects.filter(deed=HAND_DOWN.name).count() == 1
    told = under_way(task.pk)
    assert told is not None
    assert (told.back, told.count, told.failed, told.problem) == (False, 4, False, "")
    worked()
    assert children(task).count() == 4
    assert under_way(task.pk) is None
    Job.objects.update(state="waiting", tries=0, ended_at=None)
    worked()
    assert children(task).count() == 4


@pytest.mark.usefixtures("by_the_worker")
def test_the_worker_takes_back_what_it_handed_down(world: World, top: Directive) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    worked()
    begun = children(task).get(unit_id=world.unit("A11"))
    report(by=world.viewer("lan"), task_id=begun.pk, word=Word(TODAY, 5))
    assert take_back(by=chau, task_id=task.pk, key=key) is None
    told = under_way(task.pk)
    assert told is not None
    assert told.back
    assert children(task).count() == 4
    worked()
    assert [one.pk for one in children(task)] == [begun.pk]
    with pytest.raises(Refused, match="handed_back"):
        hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)


@pytest.mark.usefixtures("by_the_worker")
@pytest.mark.parametrize("order", [(HAND_DOWN, TAKE_BACK), (TAKE_BACK, HAND_DOWN)])
def test_what_is_taken_back_before_the_worker_came_to_it_is_given_to_nobody(
    world: World, top: Directive, order: tuple[Any, Any]
) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    take_back(by=chau, task_id=task.pk, key=key)
    for deed in order:
        run_some([deed], "this machine 1 test")
    assert not children(task).exists()
    assert under_way(task.pk) is None


@pytest.mark.usefixtures("by_the_worker")
def test_a_refusal_reaches_whoever_asked_at_once_and_is_tried_again_by_them(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    task, chau = own_task(top), world.viewer("chau")
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=uuid4())
    decisions.cancel(by=chau, task_id=task.pk, seen_version=task.version, reason="Trùng")
    worked()
    told = under_way(task.pk)
    assert told is not None
    assert (told.failed, told.problem) == (True, "tasks.cancelled")
    assert [item.args for item in due.of_person(chau, TODAY) if item.kind == "tasks.handing"] == [(task.pk,)]
    assert not [item for item in due.of_person(world.viewer("an"), TODAY) if item.kind == "tasks.handing"]
    with pytest.raises(Refused, match="cancelled"):
        try_again(by=chau, task_id=task.pk)
    let_be(by=chau, task_id=task.pk)
    assert under_way(task.pk) is None
    assert not [item for item in due.of_person(chau, TODAY) if item.kind == "tasks.handing"]


@pytest.mark.usefixtures("by_the_worker")
@pytest.mark.parametrize("back", [False, True])
def test_what_was_given_up_is_done_when_tried_again(world: World, top: Directive, back: bool) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=key)
    if back:
        worked()
        take_back(by=chau, task_id=task.pk, key=key)
    fail("ValueError")
    try_again(by=chau, task_id=task.pk)
    told = under_way(task.pk)
    assert told is not None
    assert (told.failed, told.back) == (False, back)
    worked()
    assert children(task).count() == (0 if back else 4)
    with pytest.raises(Refused, match="not_failed"):
        try_again(by=chau, task_id=task.pk)


@pytest.mark.usefixtures("by_the_worker")
def test_handing_down_anew_ends_what_was_given_up(world: World, top: Directive) -> None:
    task, chau = own_task(top), world.viewer("chau")
    hand_down(by=chau, task_id=task.pk, to=CELLS, due_on=DUE, key=uuid4())
    fail()
    hand_down(by=chau, task_id=task.pk, to=To(units=(world.unit("A11"),)), due_on=DUE, key=uuid4())
    assert under_way(task.pk) is None


def test_only_who_enters_for_the_unit_has_it_done_again_or_lets_it_be(world: World, top: Directive) -> None:
    for name in ("minh", "dung"):
        for act in (try_again, let_be):
            with pytest.raises(Absent):
                act(by=world.viewer(name), task_id=own_task(top).pk)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_taken_back_is_said_as_it_is(language: str) -> None:
    told = WAYS["handed_down"].told
    assert told is not None
    with override(language):
        said = [told(one) for one in (None, TakenBack(3, 0), TakenBack(3, 1))]
    assert len(set(said)) == 3
    assert "1" in said[2]
