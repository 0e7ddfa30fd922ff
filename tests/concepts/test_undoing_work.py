"""A plan of reorganisation is undone while its new unit has documents, tasks and a register of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from chithi.directives import actions
from chithi.directives.models import Directive
from chithi.directives.queries import in_force_of
from chithi.directives.rules import Written
from chithi.org.models import Unit
from chithi.org.plan_queries import opened_by
from chithi.org.plans import apply
from chithi.org.undoing import undo, why_not_undo
from chithi.tasks.actions import Word, report
from tests.concepts.test_tree_plans import DAY, LATER, drafted
from tests.task_world import again, task_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def x1() -> int:
    return Unit.objects.everywhere(because=LOOK).get(code="X1").pk


def issued(world: World, unit_id: int) -> Directive:
    by = world.viewer("chau")
    written = Written("plan", "Kế hoạch của xã mới", sign="07-KH", dated=DAY + timedelta(days=20))
    actions.draft(by=by, unit_id=unit_id, written=Written("plan", "Còn dự thảo"))
    return actions.enter(by=by, unit_id=unit_id, written=written)


def test_open_tasks_go_back_and_documents_stay_when_a_plan_is_undone(world: World) -> None:
    an, since, due_on = world.viewer("an"), date(2026, 5, 1), date(2026, 12, 31)
    task, other = (task_in(world, "A1", since=since, due_on=due_on) for _ in range(2))
    plan = drafted(world)
    apply(by=an, plan_id=plan)
    unit_id = x1()
    assert again(task).unit_id == unit_id
    report(by=world.viewer("chau"), task_id=task.pk, word=Word(LATER, 10))
    paper = issued(world, unit_id)
    assert opened_by(an, plan) == [unit_id]
    found, total = in_force_of(world.viewer("chau"), [unit_id], 10)
    assert ([one.id for one in found], total) == ([paper.pk], 1)
    assert why_not_undo(by=an, plan_id=plan, on=LATER) == ()
    undo(by=an, plan_id=plan, on=LATER)
    assert [again(one).unit_id for one in (task, other)] == [world.unit("A1")] * 2
    kept = Directive.objects.everywhere(because=LOOK).get(pk=paper.pk)
    assert (kept.unit_id, kept.sign, kept.withdrawn_on) == (unit_id, "07-KH", None)
    assert opened_by(an, plan) == []
    actions.withdraw(by=world.viewer("chau"), directive_id=paper.pk, seen_version=kept.version, on=LATER, why="Hủy")
    assert in_force_of(world.viewer("chau"), [unit_id], 10) == ([], 0)


def test_the_page_of_undoing_names_the_documents_that_stay(world: World) -> None:
    plan = drafted(world)
    apply(by=world.viewer("an"), plan_id=plan)
    paper = issued(world, x1())
    an = Client()
    an.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    page = an.get(f"/quan-tri/sap-xep/{plan}/huy/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "Chưa hủy được" not in said
    assert f'href="/chi-dao/{paper.pk}/"' in said
    assert "đã ban hành 1 văn bản, nay còn hiệu lực" in said
