"""Two who write one draft, or hand down and issue, at the same moment: nothing is given twice. PostgreSQL only."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from chithi.directives.models import Directive
from chithi.tasks.handing import hand_down
from chithi.tasks.models import Task
from chithi.tasks.planning import lines_of, write
from chithi.tasks.receivers import To
from tests.concepts.test_plan_lines import DUE, drafted, line, now, out, tasks_under, write_in
from tests.concepts.test_two_at_once import at_once
from tests.task_world import post_in
from tests.worlds import World, build_world

LOOK = "a test looks at what was kept"
pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite admits one writer at a time anyway"),
    pytest.mark.django_db(transaction=True),
]


def led(world: World) -> tuple[Directive, Directive, Task]:
    """A directive with one task, the draft of commune A1 that carries it on, the task."""
    posts = {code: post_in(world, code) for code in ("T", "A1", "A11", "A12")}
    top = drafted(world, "T")
    write_in(world.viewer("chau"), top, line(posts["T"]))
    out(world.viewer("chau"), top)
    task = tasks_under(top)[0]
    plan = drafted(world, "A1", top)
    write_in(world.viewer("minh"), plan, line(posts["A1"], above=task.pk))
    return top, now(plan), task


def of_unit(task: Task, world: World, *codes: str) -> int:
    rows = Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk, cancelled_on__isnull=True)
    return rows.filter(unit_id__in=[world.unit(code) for code in codes]).count()


def test_of_two_who_write_one_draft_the_second_is_told_that_it_has_changed() -> None:
    world = build_world()
    _top, plan, task = led(world)
    post = post_in(world, "A1", title="Phó bí thư")
    acts = (
        partial(write, by=world.viewer(name), directive_id=plan.pk, seen_version=plan.version, lines=[said])
        for name, said in (
            ("minh", line(post, "Của Minh", above=task.pk)),
            ("chau", line(post, "Của Châu", above=task.pk)),
        )
    )
    assert at_once(*acts) == ["", "db.stale"]
    assert len(lines_of(world.viewer("minh"), plan.pk)) == 1


def test_a_plan_issued_while_its_task_is_handed_down_gives_the_unit_one_task() -> None:
    world = build_world()
    _top, plan, task = led(world)
    to = To(units=(world.unit("A1"),))
    hand = partial(hand_down, by=world.viewer("chau"), task_id=task.pk, to=to, due_on=DUE, key=uuid4())
    told = at_once(hand, partial(out, world.viewer("minh"), plan))
    assert told[0] == ""
    assert told[1] in ("tasks.line_given", "tasks.nobody_below", "tasks.handed_back")
    assert of_unit(task, world, "A1") == 1


def test_two_who_hand_the_same_task_down_give_each_unit_one() -> None:
    world = build_world()
    _top, _plan, task = led(world)
    to = To(units=(world.unit("A11"), world.unit("A12")))
    acts = [
        partial(hand_down, by=world.viewer("chau"), task_id=task.pk, to=to, due_on=DUE, key=uuid4()) for _n in range(2)
    ]
    assert at_once(*acts)[0] == ""
    assert of_unit(task, world, "A11", "A12") == 2
