"""Pages of a draft plan while things move above it; of a task that the worker hands down, takes back, gives up."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from chithi.access.viewers import today
from chithi.directives.models import Directive
from chithi.jobs.models import Job
from chithi.jobs.running import run_some
from chithi.org.models import Post
from chithi.tasks import decisions, handing
from chithi.tasks.handing import HAND_DOWN, TAKE_BACK
from chithi.tasks.models import PlanLine, Task
from chithi.tasks.plan_rules import Line
from chithi.tasks.planning import lines_of, said_in, write
from chithi.work.queries import due_items
from tests.doors.test_plan_lines import at, carried, due, lines, now, plan, posts, tasks_of, top, world
from tests.worlds import World

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"
__all__ = ["plan", "posts", "top", "world"]
KEY = re.compile(r'name="key" value="([\w-]+)"')


def kept(plan: Directive) -> list[PlanLine]:
    return list(PlanLine.objects.everywhere(because=LOOK).filter(directive_id=plan.pk).order_by("number"))


def cancel(world: World, task: Task) -> None:
    chau = world.viewer("chau", today())
    decisions.cancel(by=chau, task_id=task.pk, seen_version=task.version, reason="Trùng")


def test_posts_and_units_are_named_in_a_line_and_shown_again(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, named = at(world, "minh"), "A12; Bí thư – Đứng đầu A11 (A11)"
    form = lines(plan, carried(tasks_of(top)[0], posts["A1"], helpers=named))
    assert minh.post(f"/chi-dao/{plan.pk}/viec/", form).status_code == 302
    assert kept(plan)[0].helpers == [f"u{world.unit('A12')}", f"p{posts['A11'].pk}"]
    assert named in minh.get(f"/chi-dao/{plan.pk}/viec/").content.decode()
    asked: dict[str, Any] = {"don_vi": world.unit("A1"), "o": "viec-0-helpers", "viec-0-helpers": "A12; bi thu"}
    assert "Đứng đầu A1" in minh.get("/nhiem-vu/phoi-hop/", asked).content.decode()


def test_a_form_sent_twice_by_a_double_click_is_no_conflict(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh = at(world, "minh")
    form = lines(plan, carried(tasks_of(top)[0], posts["A1"]), {"title": "Việc riêng", "for_below": "on"}, {})
    for _time in range(2):
        assert minh.post(f"/chi-dao/{plan.pk}/viec/", form).status_code == 302
    assert len(kept(plan)) == 2


def test_the_draft_says_what_is_still_open_and_what_came_since(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, chau = at(world, "minh"), world.viewer("chau", today())
    minh.post(f"/chi-dao/{plan.pk}/viec/", lines(plan, carried(tasks_of(top)[0], posts["A1"])))
    assert "Còn 1 việc của cấp trên chưa ghi" in minh.get(f"/chi-dao/{plan.pk}/").content.decode()
    added = Line(title="Việc giao thêm", post=posts["T"].pk, due_on=due(), for_below=True)
    said = [*map(said_in, lines_of(chau, top.pk)), added]
    write(by=chau, directive_id=top.pk, seen_version=now(top).version, lines=said)
    assert "Còn 2 việc của cấp trên chưa ghi" in minh.get(f"/chi-dao/{plan.pk}/").content.decode()
    page = minh.get(f"/chi-dao/{plan.pk}/viec/").content.decode()
    assert page.count("mới thêm") == 1


def test_work_taken_back_above_is_kept_as_ones_own_or_dropped(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, (first, second) = at(world, "minh"), tasks_of(top)
    minh.post(f"/chi-dao/{plan.pk}/viec/", lines(plan, *(carried(one, posts["A1"]) for one in (first, second))))
    cancel(world, first)
    assert "Cấp trên đã rút việc này" in minh.get(f"/chi-dao/{plan.pk}/").content.decode()
    page = minh.get(f"/chi-dao/{plan.pk}/viec/").content.decode()
    assert "thành việc riêng của đơn vị" in page
    sent = {"sign": "02-KH", "dated": today(), "version": now(plan).version}
    answer = minh.post(f"/chi-dao/{plan.pk}/ban-hanh/", sent)
    assert answer.status_code == 400
    assert "Cấp trên đã rút việc" in answer.content.decode()
    own = {"id": kept(plan)[0].pk, "title": first.title, "owner": f"p{posts['A1'].pk}", "due_on": due()}
    form = lines(now(plan), carried(second, posts["A1"], id=kept(plan)[1].pk), own)
    assert minh.post(f"/chi-dao/{plan.pk}/viec/", form).status_code == 302
    assert {(row.title, row.above_id) for row in kept(plan)} == {(first.title, None), (second.title, second.pk)}


@pytest.mark.parametrize(("how", "status"), [("carry", 400), ("leave", 302), ("later", 302)])
def test_work_taken_back_while_one_types_is_said_and_nothing_typed_is_lost(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post], how: str, status: int
) -> None:
    minh, first = at(world, "minh"), tasks_of(top)[0]
    form = lines(plan, carried(first, posts["A1"], how=how, product="Sổ gõ dở"))
    cancel(world, first)
    answer = minh.post(f"/chi-dao/{plan.pk}/viec/", form)
    assert answer.status_code == status
    if how == "carry":
        page = answer.content.decode()
        assert "Cấp trên vừa rút việc này" in page
        assert "Sổ gõ dở" in page
        assert 'name="viec-0-above"' not in page, "sent once more it is the unit's own"
    assert not kept(plan)


def test_a_day_moved_forward_above_is_hinted_at(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, first = at(world, "minh"), tasks_of(top)[0]
    minh.post(f"/chi-dao/{plan.pk}/viec/", lines(plan, carried(first, posts["A1"])))
    first.due_on = today()
    first.save()
    assert "Hạn của cấp trên nay là" in minh.get(f"/chi-dao/{plan.pk}/viec/").content.decode()
    assert "Sau hạn của cấp trên" in minh.get(f"/chi-dao/{plan.pk}/").content.decode()


@pytest.fixture
def handed(world: World, top: Directive, posts: dict[str, Post], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The province hands a task down to its cells, which are too many to wait for."""
    monkeypatch.setattr(handing, "AT_ONCE", 2)
    chau, task = at(world, "chau"), tasks_of(top)[0]
    form = {"due_on": due(), "key": str(uuid4())}
    answer = chau.post(f"/nhiem-vu/{task.pk}/giao-xuong/?cho=cells", form)
    assert answer["Location"] == f"/nhiem-vu/{task.pk}/"
    return chau, task


def children(task: Task) -> Any:
    return Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk, cancelled_on__isnull=True)


def test_what_is_left_to_the_worker_is_told_and_taken_back_by_it(handed: Any) -> None:
    chau, task = handed
    page = chau.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Đang giao cho 3 đơn vị" in page
    assert not children(task).exists()
    run_some([HAND_DOWN], "this machine 1 test")
    assert children(task).count() == 3
    key = KEY.search(page)
    assert key, "nothing is offered to be undone"
    assert chau.post("/hoan-tac/", {"key": key[1]}).status_code == 302
    page = chau.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Đang thu lại" in page
    run_some([TAKE_BACK], "this machine 1 test")
    assert not children(task).exists()
    assert "Đang thu lại việc" not in chau.get(f"/nhiem-vu/{task.pk}/").content.decode()


def test_what_the_worker_gave_up_is_shown_to_whoever_asked_and_tried_again(world: World, handed: Any) -> None:
    chau, task = handed
    Job.objects.update(state="failed", problem="ValueError")
    page = chau.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Chưa giao xuống được." in page
    assert "Làm lại" in page
    asked = [one for one in due_items(world.viewer("chau", today()), today()) if one.kind == "tasks.handing"]
    assert [(one.route, one.args) for one in asked] == [("task", (task.pk,))]
    assert "Giao xuống chưa xong" in chau.get("/viec/").content.decode()
    leader = at(world, "an").get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "giao-xuong/lai" not in leader
    address = f"/nhiem-vu/{task.pk}/giao-xuong/lai/"
    assert at(world, "lan").post(address, {"lam": "lai"}).status_code == 404
    assert chau.post(address, {"lam": "lai"})["Location"] == f"/nhiem-vu/{task.pk}/"
    run_some([HAND_DOWN], "this machine 1 test")
    assert children(task).count() == 3
    assert chau.post(address, {"lam": "lai"}).status_code == 400


def test_what_the_worker_gave_up_is_let_be(handed: Any) -> None:
    chau, task = handed
    Job.objects.update(state="failed", problem="tasks.finished")
    assert "Nhiệm vụ đã hoàn thành." in chau.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert chau.post(f"/nhiem-vu/{task.pk}/giao-xuong/lai/", {"lam": "x"}).status_code == 302
    assert "Chưa giao xuống được." not in chau.get(f"/nhiem-vu/{task.pk}/").content.decode()


def test_the_old_form_of_what_was_taken_back_is_refused_in_words(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    chau, task = at(world, "chau"), tasks_of(top)[0]
    address, form = f"/nhiem-vu/{task.pk}/giao-xuong/?cho=cells", {"due_on": due(), "key": str(uuid4())}
    page = chau.get(chau.post(address, form)["Location"]).content.decode()
    key = KEY.search(page)
    assert key
    chau.post("/hoan-tac/", {"key": key[1]})
    answer = chau.post(address, form)
    assert answer.status_code == 400
    assert "Lần giao này đã thu lại" in answer.content.decode()
