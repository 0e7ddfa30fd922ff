"""What became below of each task of a document; a task handed down to many units, by hand and by the worker."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Viewer
from chithi.directives import actions
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.freshness.models import Mark
from chithi.jobs.models import Job
from chithi.jobs.running import run_some
from chithi.org.models import Post
from chithi.tasks import decisions, handing
from chithi.tasks.below import Below
from chithi.tasks.directing import topmost
from chithi.tasks.from_above import asked_of
from chithi.tasks.handing import HAND_DOWN, NEXT, To, hand_down, is_handing, prepared, take_back
from chithi.tasks.kinds import Passed, Taken
from chithi.tasks.models import Holding, Task
from chithi.tasks.overview import carried_on, picture
from chithi.tasks.plan_rules import Line, leads
from chithi.tasks.planning import write
from chithi.tasks.queries import Wanted, found
from tests.task_world import again, post_in, task_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"
DUE = TODAY + timedelta(days=60)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def posts(world: World) -> dict[str, Post]:
    return {code: post_in(world, code) for code in world.units}


def issued(world: World, code: str, above: Directive | None, *lines: Line, **said: object) -> Directive:
    """A document of a unit that is out, with what it says of its work."""
    by = world.viewer("chau")
    made = actions.draft(by=by, unit_id=world.unit(code), written=Written("plan", f"Văn bản của {code}", **said))  # type: ignore[arg-type]
    if above is not None:
        link(by=by, directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    write(by=by, directive_id=made.pk, seen_version=made.version, lines=lines)
    version = Directive.objects.everywhere(because=LOOK).get(pk=made.pk).version
    return actions.put_out(by=by, directive_id=made.pk, seen_version=version, sign=f"{made.pk}-KH", dated=TODAY)


def work(post: Post, above: int | None = None, title: str = "Lập danh sách hộ khó khăn") -> Line:
    return Line(above=above, title=title, post=post.pk, due_on=DUE, for_below=True)


def own_task(row: Directive) -> Task:
    return Task.objects.everywhere(because=LOOK).filter(directive_id=row.pk).order_by("pk")[0]


@pytest.fixture
def top(world: World, posts: dict[str, Post]) -> Directive:
    return issued(world, "T", None, work(posts["T"]), expects=("grassroots", "cells"), due_on=TODAY)


def states(world: World, top: Directive, by: Viewer, code: str = "T") -> dict[str, Taken]:
    below = Below(by, top, world.unit(code))
    codes = {unit.pk: name for name, unit in world.units.items()}
    return {codes[one.unit_id]: one.how for one in below.became(below.tasks[0].pk)}


def test_every_unit_asked_stands_in_one_of_four_ways(world: World, top: Directive, posts: dict[str, Post]) -> None:
    first, chau = own_task(top), world.viewer("chau")
    a1 = issued(world, "A1", top, work(posts["A1"], first.pk))
    issued(world, "A11", a1, work(posts["A11"], own_task(a1).pk))
    a2 = issued(world, "A2", top, Line(above=first.pk, left_out=True, reason="Không có đối tượng"))
    issued(world, "A21", a2, work(posts["A21"], title="Việc khác"))
    issued(world, "B1", top, work(posts["B1"], title="Việc khác"))
    assert states(world, top, chau) == {
        "A1": Taken.CARRIED, "A11": Taken.CARRIED, "A12": Taken.NO_PLAN, "A2": Taken.LEFT_OUT,
        "A21": Taken.LEFT_OUT, "B1": Taken.SILENT, "B11": Taken.NO_PLAN,
    }  # fmt: skip
    below = Below(chau, top, world.unit("T"))
    assert sum(below.counts()[first.pk].values()) == len(below.cascade.asked) == 7
    left = {one.unit_id: (one.reason, one.left_by) for one in below.became(first.pk, Taken.LEFT_OUT)}
    assert left == {world.unit(code): ("Không có đối tượng", world.unit("A2")) for code in ("A2", "A21")}
    assert below.page(first.pk, Taken.CARRIED, 1)[1] == 2


def test_what_somebody_else_s_branch_did_is_not_told(world: World, top: Directive, posts: dict[str, Post]) -> None:
    assert set(states(world, top, world.viewer("minh"), "A1")) == {"A1", "A11", "A12"}
    with pytest.raises(Absent):
        Below(world.viewer("minh"), top, world.unit("B1"))


def test_a_task_stays_carried_on_below_one_that_was_cancelled(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    a1 = issued(world, "A1", top, work(posts["A1"], own_task(top).pk))
    middle = own_task(a1)
    issued(world, "A11", a1, work(posts["A11"], middle.pk))
    decisions.cancel(by=world.viewer("chau"), task_id=middle.pk, seen_version=middle.version, reason="Trùng")
    kept = states(world, top, world.viewer("chau"))
    assert (kept["A1"], kept["A11"]) == (Taken.SILENT, Taken.CARRIED)
    assert states(world, top, world.viewer("minh"), "A1")["A11"] is Taken.CARRIED


def test_a_withdrawn_plan_counts_as_none(world: World, top: Directive, posts: dict[str, Post]) -> None:
    plan = issued(world, "B1", top, Line(above=own_task(top).pk, left_out=True))
    by = world.viewer("chau")
    actions.withdraw(by=by, directive_id=plan.pk, seen_version=plan.version, on=TODAY, why="Nhầm")
    assert states(world, top, world.viewer("chau", TODAY + timedelta(days=1)))["B1"] is Taken.NO_PLAN


def test_tasks_are_counted_and_listed_under_the_document_at_the_top(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    chau = world.viewer("chau")
    a1 = issued(world, "A1", top, work(posts["A1"], own_task(top).pk))
    issued(world, "A11", a1, work(posts["A11"], own_task(a1).pk), work(posts["A11"], title="Việc thêm"))
    task_in(world, "B11", owner=posts["B11"])
    told = picture(chau, Wanted(), TODAY)
    assert {one: counts.total for one, counts in told.directives.items()} == {0: 1, top.pk: 4}
    for one, counts in told.directives.items():
        assert not one or found(chau, Wanted(directive=one), TODAY).count() == counts.total
    assert found(chau, Wanted(directive=a1.pk), TODAY).count() == 3
    assert topmost(world.viewer("lan"), [a1.pk]) == {a1.pk: (top.pk,)}
    assert carried_on(chau, own_task(top).pk, TODAY).total == 1


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


def test_what_was_handed_down_is_taken_back_except_where_somebody_has_begun(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    hand_down(by=chau, task_id=task.pk, to=To("cells"), due_on=DUE, key=key)
    begun = Task.objects.everywhere(because=LOOK).get(parent_id=task.pk, unit_id=world.unit("A11"))
    begun.save()
    assert take_back(by=chau, task_id=task.pk, key=key) == 3
    kept = Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk, cancelled_on__isnull=True)
    assert [one.pk for one in kept] == [begun.pk]
    assert hand_down(by=chau, task_id=task.pk, to=To("cells"), due_on=DUE, key=uuid4()).now == 3


def test_the_worker_hands_down_to_very_many_once_however_often_it_is_asked(
    world: World, top: Directive, posts: dict[str, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "AT_ONCE", 1)
    monkeypatch.setattr(handing, "doer", lambda _user, _because: world.viewer("chau"))
    task, chau, key = own_task(top), world.viewer("chau"), uuid4()
    for _time in range(2):
        done = hand_down(by=chau, task_id=task.pk, to=To("cells"), due_on=DUE, key=key)
        assert (done.now, done.later) == (0, 4)
    assert Job.objects.filter(deed=HAND_DOWN.name).count() == 1
    assert is_handing(task.pk)
    run_some([HAND_DOWN], "this machine 1 test")
    made = Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk)
    assert made.count() == 4
    assert not is_handing(task.pk)
    Job.objects.update(state="waiting", tries=0, ended_at=None)
    run_some([HAND_DOWN], "this machine 1 test")
    assert made.count() == 4


@pytest.mark.parametrize(
    ("is_head", "title", "leading"),
    [(True, "truong ban", True), (False, "bi thu chi bo", True), (False, "pho bi thu", False), (False, "", False)],
)
def test_a_unit_is_led_by_its_head_or_its_secretary(is_head: bool, title: str, leading: bool) -> None:
    assert leads(is_head, title) is leading
