"""Work that a document asks for: written with a draft, begun when it goes out, carried on or left out below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Viewer
from chithi.directives import actions
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.org.models import Post
from chithi.tasks.actions import Said, assign
from chithi.tasks.from_above import asked_of
from chithi.tasks.models import PlanLine, Task
from chithi.tasks.plan_rules import Line
from chithi.tasks.planning import lines_of, said_in, write
from tests.task_world import post_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"
DATED, DUE = TODAY - timedelta(days=20), TODAY + timedelta(days=60)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def posts(world: World) -> dict[str, Post]:
    return {code: post_in(world, code) for code in ("T", "A", "A1", "A11")}


def drafted(world: World, code: str, above: Directive | None = None, **said: object) -> Directive:
    by = world.viewer("chau")
    written = Written("plan" if above else "directive", f"Về việc chung {code}", **said)  # type: ignore[arg-type]
    made = actions.draft(by=by, unit_id=world.unit(code), written=written)
    if above is not None:
        link(by=by, directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


def line(post: Post | None, title: str = "Lập danh sách hộ khó khăn", **said: object) -> Line:
    begun = Line(title=title, post=post.pk if post else None, due_on=DUE, for_below=True)
    return replace(begun, **said)  # type: ignore[arg-type]


def now(plan: Directive) -> Directive:
    return Directive.objects.everywhere(because=LOOK).get(pk=plan.pk)


def write_in(by: Viewer, plan: Directive, *lines: Line) -> list[PlanLine]:
    write(by=by, directive_id=plan.pk, seen_version=now(plan).version, lines=lines)
    return lines_of(by, plan.pk)


def out(by: Viewer, plan: Directive, on: date = DATED) -> Directive:
    plan = now(plan)
    sign = f"{plan.pk}-KH"
    return actions.put_out(by=by, directive_id=plan.pk, seen_version=plan.version, sign=sign, dated=on)


def tasks_under(plan: Directive) -> list[Task]:
    return list(Task.objects.everywhere(because=LOOK).filter(directive_id=plan.pk).order_by("pk"))


@pytest.fixture
def top(world: World, posts: dict[str, Post]) -> Directive:
    """A directive of the province that is out: two tasks for all below, one of its own."""
    by = world.viewer("chau")
    made = drafted(world, "T", expects=("grassroots", "cells"), due_on=TODAY)
    own = line(posts["T"], "Viết báo cáo gửi cấp trên", for_below=False)
    write_in(by, made, line(posts["T"]), line(posts["T"], "Mở lớp học chuyên đề"), own)
    return out(by, made)


def test_nothing_of_a_draft_is_a_task_and_going_out_makes_one_of_each_line(
    world: World, posts: dict[str, Post]
) -> None:
    by = world.viewer("chau")
    plan = drafted(world, "T")
    write_in(by, plan, line(posts["T"]), line(posts["T"], "Mở lớp học"))
    assert not tasks_under(plan)
    out(by, plan)
    made = tasks_under(plan)
    assert [(task.title, task.since, task.due_on, task.for_below) for task in made] == [
        ("Lập danh sách hộ khó khăn", DATED, DUE, True),
        ("Mở lớp học", DATED, DUE, True),
    ]
    assert [row.task_id for row in lines_of(by, plan.pk)] == [task.pk for task in made]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"post": None}, "tasks.line_without_owner"),
        ({"due_on": None}, "tasks.line_without_day"),
        ({"due_on": DATED - timedelta(days=1)}, "tasks.line_due_before"),
    ],
)
def test_a_draft_may_lack_what_it_cannot_go_out_without(
    world: World, posts: dict[str, Post], said: dict[str, Any], code: str
) -> None:
    by = world.viewer("chau")
    plan = drafted(world, "T")
    write_in(by, plan, line(said.pop("post", posts["T"]), **said))
    with pytest.raises(Refused) as refusal:
        out(by, plan)
    assert refusal.value.code == code
    assert now(plan).is_draft
    assert not tasks_under(plan)


def test_a_plan_below_is_asked_for_the_tasks_for_below_alone(world: World, top: Directive) -> None:
    plan = drafted(world, "A1", top)
    asked = asked_of(world.viewer("minh"), plan)
    assert [one.task.title for one in asked] == ["Lập danh sách hộ khó khăn", "Mở lớp học chuyên đề"]
    assert {one.document.pk for one in asked} == {top.pk}


def test_a_draft_above_asks_nobody(world: World, posts: dict[str, Post]) -> None:
    by = world.viewer("chau")
    above = drafted(world, "T")
    write_in(by, above, line(posts["T"]))
    plan = drafted(world, "A1", above)
    assert asked_of(by, plan) == []


def test_what_is_carried_on_stands_below_the_task_above_and_is_judged_there(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1", top)
    first, second = (one.task for one in asked_of(minh, plan))
    left = Line(above=second.pk, left_out=True, reason="Đã mở từ đầu năm")
    write_in(minh, plan, line(posts["A1"], above=first.pk), left, line(posts["A1"], "Mời lão thành nói chuyện"))
    out(minh, plan)
    carried, own = tasks_under(plan)
    assert (carried.parent_id, carried.assigned_by_id, carried.unit_id) == (
        first.pk,
        world.unit("T"),
        world.unit("A1"),
    )
    assert (own.parent_id, own.assigned_by_id) == (None, world.unit("A1"))
    assert [row.left_out for row in lines_of(minh, plan.pk)] == [False, True, False]


def test_a_day_later_than_the_one_above_is_refused(world: World, top: Directive, posts: dict[str, Post]) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1", top)
    above = asked_of(minh, plan)[0].task
    with pytest.raises(Refused) as refusal:
        write_in(minh, plan, line(posts["A1"], above=above.pk, due_on=DUE + timedelta(days=1)))
    assert (refusal.value.code, refusal.value.field) == ("tasks.later_than_above", "due_on")


def test_a_task_that_the_plan_does_not_carry_out_cannot_be_named(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    by = world.viewer("chau")
    plan, strange = drafted(world, "A1", top), drafted(world, "B")
    write_in(by, strange, line(post_in(world, "B")))
    out(by, strange)
    with pytest.raises(Absent):
        write_in(by, plan, line(posts["A1"], above=tasks_under(strange)[0].pk))
    own = tasks_under(top)[2]
    with pytest.raises(Absent):
        write_in(by, plan, line(posts["A1"], above=own.pk))


def test_a_task_given_to_the_unit_itself_is_not_carried_on_twice(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    by, above = world.viewer("chau"), tasks_under(top)[0]
    said = Said("Lập danh sách", DATED, DUE, post=posts["A1"].pk, parent=above.pk, directive=top.pk)
    given = assign(by=by, unit_id=world.unit("A1"), said=said)
    plan = drafted(world, "A1", top)
    assert asked_of(world.viewer("minh"), plan)[0].given == given
    with pytest.raises(Absent):
        write_in(by, plan, line(posts["A1"], above=above.pk))


def test_one_task_above_is_spoken_of_once(world: World, top: Directive, posts: dict[str, Post]) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1", top)
    above = asked_of(minh, plan)[0].task.pk
    twice = [line(posts["A1"], above=above), Line(above=above, left_out=True)]
    with pytest.raises(Refused) as refusal:
        write_in(minh, plan, *twice)
    assert refusal.value.code == "tasks.line_twice"


def test_lines_are_changed_dropped_and_kept_in_order(world: World, posts: dict[str, Post]) -> None:
    by = world.viewer("chau")
    plan = drafted(world, "T")
    first, second = write_in(by, plan, line(posts["T"], "Việc một"), line(posts["T"], "Việc hai"))
    changed = replace(said_in(second), title="Việc hai sửa lại")
    kept = write_in(by, plan, changed, line(posts["T"], "Việc ba"))
    assert [row.title for row in kept] == ["Việc hai sửa lại", "Việc ba"]
    assert kept[0].pk == second.pk
    assert first.pk not in {row.pk for row in kept}


def test_a_line_added_to_a_document_that_is_out_runs_at_once_and_those_running_stay(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    by = world.viewer("chau")
    running = [said_in(row) for row in lines_of(by, top.pk)]
    untouched = replace(running[0], title="Đổi tên")
    write_in(by, top, untouched, line(posts["T"], "Việc thêm sau"))
    made = tasks_under(top)
    assert [task.title for task in made][-1] == "Việc thêm sau"
    assert made[-1].since == TODAY
    assert len(made) == 4
    assert made[0].title == "Lập danh sách hộ khó khăn"


def test_only_who_writes_for_the_unit_writes_its_lines_and_only_what_they_saw(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    plan = drafted(world, "A1", top)
    with pytest.raises(Absent):
        write_in(world.viewer("lan"), plan, line(posts["A1"]))
    with pytest.raises(Stale):
        write(by=world.viewer("minh"), directive_id=plan.pk, seen_version=plan.version + 7, lines=[])


def test_a_draft_is_thrown_away_with_its_lines(world: World, posts: dict[str, Post]) -> None:
    by = world.viewer("chau")
    plan = drafted(world, "T")
    write_in(by, plan, line(posts["T"]))
    actions.discard(by=by, directive_id=plan.pk, seen_version=now(plan).version)
    assert not PlanLine.objects.everywhere(because=LOOK).exists()


def test_a_line_of_another_document_is_not_there(world: World, posts: dict[str, Post]) -> None:
    by = world.viewer("chau")
    one, other = drafted(world, "T"), drafted(world, "A")
    row = write_in(by, one, line(posts["T"]))[0]
    with pytest.raises(Absent):
        write_in(by, other, line(posts["A"], id=row.pk))
