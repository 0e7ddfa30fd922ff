"""Whoever heads a unit gives tasks to it and those below and decides about them; figures are none of their rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability
from chithi.tasks import due
from chithi.tasks.actions import Said, Word, assign, finish
from chithi.tasks.decisions import accept, acts_open, ask_why, cancel
from chithi.tasks.kinds import Act
from chithi.tasks.models import Task
from tests.task_world import again, post_in, task_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
DUE = today() + timedelta(days=30)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def dung(world: World) -> World:
    """dung leads district A by role and heads it by post."""
    post_in(world, "A", account="dung")
    return world


def given(world: World, code: str, by: str = "dung") -> Task:
    said = Said("Lập danh sách", TODAY, DUE, post=post_in(world, code).pk)
    return assign(by=world.viewer(by), unit_id=world.unit(code), said=said)


def test_a_leader_who_heads_nothing_by_post_still_gives_nothing(world: World) -> None:
    post_in(world, "A")
    with pytest.raises(Absent):
        given(world, "A11")


@pytest.mark.parametrize("code", ["A", "A1", "A11"])
def test_a_head_gives_tasks_to_the_unit_and_below_in_its_name(dung: World, code: str) -> None:
    assert given(dung, code).assigned_by_id == dung.unit("A")


def test_whoever_enters_for_more_than_they_head_gives_tasks_to_all_of_it(world: World) -> None:
    post_in(world, "A11", account="minh")
    for code in ("A11", "A12", "A1"):
        assert given(world, code, by="minh").assigned_by_id == world.unit("A1")


@pytest.mark.parametrize("code", ["T", "B", "B11"])
def test_not_above_or_beside(dung: World, code: str) -> None:
    with pytest.raises(Absent):
        given(dung, code)


def test_what_the_head_gave_the_head_decides(dung: World) -> None:
    task, viewer = given(dung, "A11"), dung.viewer("dung")
    assert {Act.CHANGE, Act.CANCEL, Act.ASK_WHY, Act.SUSPEND} <= acts_open(viewer, task)
    assert not {Act.REPORT, Act.FINISH, Act.STEP} & acts_open(viewer, task)
    finish(by=dung.viewer("lan"), task_id=task.pk, seen_version=task.version, word=Word(TODAY, note="Xong"))
    assert [item.kind for item in due.of_person(viewer, TODAY)] == ["tasks.accept"]
    accept(by=viewer, task_id=task.pk, seen_version=again(task).version)
    assert again(task).accepted_on == TODAY
    assert due.of_person(viewer, TODAY) == []


def test_what_a_unit_above_gave_the_head_does_not_decide(dung: World) -> None:
    task = task_in(dung, "A11", by="chau", giver="T")
    with pytest.raises(Refused):
        cancel(by=dung.viewer("dung"), task_id=task.pk, seen_version=task.version, reason="Thôi")


def test_nobody_decides_about_their_own_work(dung: World) -> None:
    own = task_in(dung, "A", owner=post_in(dung, "A", account="dung"))
    with pytest.raises(Refused) as found:
        ask_why(by=dung.viewer("dung"), task_id=own.pk, seen_version=own.version, question="Sao", due_on=DUE)
    assert found.value.code == "tasks.owner_decides_not"


def _ended(world: World) -> None:
    post = post_in(world, "A", account="dung")
    post.until = TODAY
    post.save()


def _no_head(world: World) -> None:
    post = post_in(world, "A", account="dung")
    post.is_head = False
    post.save()


def _elsewhere(world: World) -> None:
    post_in(world, "B", account="dung")


@pytest.mark.parametrize("make", [_ended, _no_head, _elsewhere])
def test_a_post_that_ended_heads_nothing_or_lies_out_of_reach_gives_nothing(
    world: World, make: Callable[[World], None]
) -> None:
    make(world)
    for code in ("A11", "B11"):
        with pytest.raises(Absent):
            given(world, code)


def test_rights_over_figures_are_what_they_were(dung: World) -> None:
    viewer = dung.viewer("dung")
    assert not any(viewer.may_anywhere(may) for may in (Capability.ENTER, Capability.CONFIRM, Capability.RECORDS))


def test_a_head_gives_and_accepts_through_the_pages(dung: World) -> None:
    client = Client()
    client.force_login(dung.users["dung"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/nhiem-vu/moi/?don_vi={dung.unit('A11')}"
    assert 'href="/nhiem-vu/moi/"' in client.get("/nhiem-vu/").content.decode()
    assert client.get(address).status_code == 200
    form = {
        "title": "Lập danh sách", "owner": f"p{post_in(dung, 'A11').pk}", "weight": 1, "update_every": 30,
        "since": date.isoformat(today()), "due_on": DUE.isoformat(),
    }  # fmt: skip
    assert client.post(address, form).status_code == 302
    task = Task.objects.everywhere(because="a test looks").get()
    assert task.assigned_by_id == dung.unit("A")
    assert client.post(f"/nhiem-vu/{task.pk}/tien-do/", {"share": 5, "on": date.isoformat(today())}).status_code == 400
    assert client.get(f"/nhiem-vu/moi/?don_vi={dung.unit('B11')}").status_code == 404
