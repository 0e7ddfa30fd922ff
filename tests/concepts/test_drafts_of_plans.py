"""A draft plan while things move around it: who helps by its lines, what changes above, two people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.directives import actions
from chithi.directives.models import Directive
from chithi.org.models import Post
from chithi.tasks import decisions
from chithi.tasks.from_above import asked_of
from chithi.tasks.handing import hand_down
from chithi.tasks.helping import Helping, who_would_help
from chithi.tasks.models import Helper, PlanLine, Task
from chithi.tasks.plan_rules import Line
from chithi.tasks.planning import lines_of, said_in, write
from chithi.tasks.receivers import To
from tests.concepts.test_plan_lines import DATED, DUE, drafted, line, now, out, tasks_under, write_in
from tests.task_world import post_in
from tests.worlds import TODAY, World, add_members, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def posts(world: World) -> dict[str, Post]:
    return {code: post_in(world, code) for code in ("T", "A1", "A11", "A12", "B11")}


@pytest.fixture
def top(world: World, posts: dict[str, Post]) -> Directive:
    """A directive of the province that is out: two tasks for all below."""
    by = world.viewer("chau")
    made = drafted(world, "T", expects=("grassroots", "cells"), due_on=TODAY)
    write_in(by, made, line(posts["T"]), line(posts["T"], "Mở lớp học chuyên đề"))
    return out(by, made)


@pytest.fixture
def plan(world: World, top: Directive, posts: dict[str, Post]) -> Directive:
    """The draft of commune A1 that carries the first task on."""
    made = drafted(world, "A1", top)
    write_in(world.viewer("minh"), made, line(posts["A1"], above=tasks_under(top)[0].pk))
    return now(made)


def helping(task: Task) -> set[tuple[int, int | None, int | None]]:
    rows = Helper.objects.everywhere(because=LOOK).filter(task_id=task.pk)
    return set(rows.values_list("unit_id", "post_id", "person_id"))


def test_a_choice_is_read_as_it_was_written() -> None:
    said = Helping((5, 6), (12,), (34,))
    assert said.choices == ("u5", "u6", "p12", "m34")
    assert Helping.of([*said.choices, "u5"]) == said


def test_units_posts_and_people_named_by_a_line_help_with_its_task(world: World, posts: dict[str, Post]) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1")
    (member,) = add_members(world.units["A11"], 1)
    named = (f"u{world.unit('A12')}", f"u{world.unit('A1')}", f"p{posts['A11'].pk}", f"m{member.pk}")
    (row,) = write_in(minh, plan, line(posts["A1"], helpers=named))
    assert set(row.helpers) == set(named) - {f"u{world.unit('A1')}"}
    told = who_would_help(minh, row.helpers)
    assert (told[named[2]].post, told[named[2]].name) == ("Bí thư", "Đứng đầu A11")
    out(minh, plan)
    assert helping(tasks_under(plan)[0]) == {
        (world.unit("A12"), None, None), (world.unit("A11"), posts["A11"].pk, None),
        (world.unit("A11"), None, member.pk),
    }  # fmt: skip


@pytest.mark.parametrize("who", ["unit beside", "post beside", "person beside", "nobody"])
def test_a_line_names_nobody_whom_its_writer_may_not_see(world: World, posts: dict[str, Post], who: str) -> None:
    plan = drafted(world, "A1")
    named = {
        "unit beside": (f"u{world.unit('B11')}", "org.no_unit"),
        "post beside": (f"p{posts['B11'].pk}", "tasks.no_helper"),
        "person beside": (f"m{add_members(world.units['B11'], 1)[0].pk}", "tasks.no_helper"),
        "nobody": ("p999999", "tasks.no_helper"),
    }
    choice, code = named[who]
    with pytest.raises(Absent) as found:
        write_in(world.viewer("minh"), plan, line(posts["A1"], helpers=(choice,)))
    assert (found.value.code, found.value.field) == (code, "helpers")


def test_whoever_cannot_name_a_helper_of_a_line_leaves_them_and_lets_it_go_out(
    world: World, posts: dict[str, Post]
) -> None:
    plan = drafted(world, "A1")
    (row,) = write_in(world.viewer("chau"), plan, line(posts["A1"], helpers=(f"p{posts['B11'].pk}",)))
    (row,) = write_in(world.viewer("minh"), plan, replace(said_in(row), title="Đổi lời", helpers=()))
    assert row.helpers == [f"p{posts['B11'].pk}"]
    out(world.viewer("minh"), plan)
    assert helping(tasks_under(plan)[0]) == {(world.unit("B11"), posts["B11"].pk, None)}


def test_a_post_that_ended_before_the_document_went_out_does_not_help(world: World, posts: dict[str, Post]) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1")
    write_in(minh, plan, line(posts["A1"], helpers=(f"p{posts['A11'].pk}",)))
    posts["A11"].until = TODAY
    posts["A11"].save()
    out(minh, plan)
    assert not helping(tasks_under(plan)[0])


def test_the_same_form_sent_twice_is_kept_once(world: World, top: Directive, posts: dict[str, Post]) -> None:
    minh, plan = world.viewer("minh"), drafted(world, "A1", top)
    first, second = (one.task.pk for one in asked_of(minh, plan))
    said = [
        line(posts["A1"], above=first), line(posts["A1"], " Việc riêng "),
        Line(above=second, left_out=True, title="Mở lớp học chuyên đề", reason="Đã mở"),
    ]  # fmt: skip
    seen = now(plan).version
    assert write(by=minh, directive_id=plan.pk, seen_version=seen, lines=said) == 3
    assert write(by=minh, directive_id=plan.pk, seen_version=seen, lines=said) == 3
    assert now(plan).version == seen + 1
    with pytest.raises(Stale):
        write(by=minh, directive_id=plan.pk, seen_version=seen, lines=said[:2])
    assert len(lines_of(minh, plan.pk)) == 3


def test_a_line_said_anew_takes_the_place_of_the_one_about_the_same_task(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    above = tasks_under(top)[0].pk
    (row,) = write_in(world.viewer("minh"), plan, line(posts["A1"], "Nói cách khác", above=above))
    assert (row.title, row.above_id) == ("Nói cách khác", above)


def test_what_two_people_write_at_once_is_kept_of_the_first(
    world: World, plan: Directive, posts: dict[str, Post]
) -> None:
    seen = plan.version
    write(by=world.viewer("minh"), directive_id=plan.pk, seen_version=seen, lines=[line(posts["A1"], "Của Minh")])
    with pytest.raises(Stale):
        write(by=world.viewer("chau"), directive_id=plan.pk, seen_version=seen, lines=[line(posts["A1"], "Của Châu")])
    assert [row.title for row in lines_of(world.viewer("minh"), plan.pk)] == ["Của Minh"]


def test_a_task_added_above_after_the_draft_was_begun_is_new(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    write_in(world.viewer("chau"), top, *map(said_in, lines_of(world.viewer("chau"), top.pk)), line(posts["T"], "Thêm"))
    assert [one.is_new for one in asked_of(world.viewer("minh"), plan)] == [False, False, True]


@pytest.mark.parametrize("how", ["cancelled", "withdrawn", "no longer for below"])
def test_a_draft_does_not_go_out_with_work_that_the_level_above_has_taken_back(
    world: World, top: Directive, plan: Directive, how: str
) -> None:
    chau, minh, above = world.viewer("chau"), world.viewer("minh"), tasks_under(top)[0]
    if how == "cancelled":
        decisions.cancel(by=chau, task_id=above.pk, seen_version=above.version, reason="Trùng")
    elif how == "withdrawn":
        actions.withdraw(by=chau, directive_id=top.pk, seen_version=now(top).version, on=TODAY, why="Nhầm")
    else:
        above.for_below = False
        above.save()
    with pytest.raises(Refused) as refusal:
        out(minh, plan)
    assert (refusal.value.code, refusal.value.facts["title"]) == ("tasks.line_above_gone", above.title)
    assert now(plan).is_draft
    (row,) = lines_of(minh, plan.pk)
    write_in(minh, plan, replace(said_in(row), above=None))
    out(minh, plan)
    assert [(task.parent_id, task.title) for task in tasks_under(plan)] == [(None, above.title)]


def test_a_draft_does_not_go_out_later_than_a_day_that_was_moved_forward_above(
    world: World, top: Directive, plan: Directive
) -> None:
    above, minh = tasks_under(top)[0], world.viewer("minh")
    above.due_on = DUE - timedelta(days=10)
    above.save()
    with pytest.raises(Refused) as refusal:
        out(minh, plan)
    facts = refusal.value.facts
    assert (refusal.value.code, facts["title"], facts["day"]) == (
        "tasks.line_later_than_above", above.title, above.due_on,
    )  # fmt: skip
    (row,) = lines_of(minh, plan.pk)
    write_in(minh, plan, replace(said_in(row), due_on=above.due_on))
    out(minh, plan)
    assert [task.due_on for task in tasks_under(plan)] == [above.due_on]


def test_a_task_handed_to_the_unit_while_it_drafts_is_not_made_twice(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, above = world.viewer("minh"), tasks_under(top)[0]
    to = To(units=(world.unit("A1"),))
    hand_down(by=world.viewer("chau"), task_id=above.pk, to=to, due_on=DUE, key=uuid4())
    with pytest.raises(Refused) as refusal:
        out(minh, plan)
    assert (refusal.value.code, refusal.value.facts["title"]) == ("tasks.line_given", above.title)
    write_in(minh, plan, line(posts["A1"], "Việc riêng"))
    out(minh, plan)
    given = Task.objects.everywhere(because=LOOK).filter(unit_id=world.unit("A1"), parent_id=above.pk)
    assert given.count() == 1
    assert [task.title for task in tasks_under(plan)] == ["Việc riêng"]


def test_a_unit_whose_plan_went_out_first_is_not_handed_the_task(world: World, top: Directive, plan: Directive) -> None:
    above = tasks_under(top)[0]
    out(world.viewer("minh"), plan, DATED)
    to = To(units=(world.unit("A1"),))
    with pytest.raises(Refused, match="nobody_below"):
        hand_down(by=world.viewer("chau"), task_id=above.pk, to=to, due_on=DUE, key=uuid4())


def test_a_line_left_out_does_not_stop_a_plan_when_its_task_is_gone(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    minh, plan, above = world.viewer("minh"), drafted(world, "A1", top), tasks_under(top)[0]
    write_in(minh, plan, Line(above=above.pk, left_out=True, reason="Không có"), line(posts["A1"], "Việc riêng"))
    decisions.cancel(by=world.viewer("chau"), task_id=above.pk, seen_version=above.version, reason="Trùng")
    out(minh, plan)
    assert [task.title for task in tasks_under(plan)] == ["Việc riêng"]
    assert PlanLine.objects.everywhere(because=LOOK).filter(left_out=True, above_id=above.pk).exists()
