"""What became below of each task of a document: carried on, left out, passed over; counted and listed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.directives import actions
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.org.models import Post
from chithi.tasks import decisions
from chithi.tasks.below import Below
from chithi.tasks.directing import topmost
from chithi.tasks.kinds import Taken
from chithi.tasks.models import Task
from chithi.tasks.overview import carried_on, picture
from chithi.tasks.plan_rules import Line, leads
from chithi.tasks.planning import write
from chithi.tasks.queries import Wanted, found
from tests.task_world import post_in, task_in
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
    assert sum(below.counts()[first.pk].values()) == len(below.cascade.units_asked) == 7
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


@pytest.mark.parametrize(
    ("is_head", "title", "leading"),
    [(True, "truong ban", True), (False, "bi thu chi bo", True), (False, "pho bi thu", False), (False, "", False)],
)
def test_a_unit_is_led_by_its_head_or_its_secretary(is_head: bool, title: str, leading: bool) -> None:
    assert leads(is_head, title) is leading
