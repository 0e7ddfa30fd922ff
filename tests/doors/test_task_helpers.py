"""Naming who helps with a task in its form: codes, posts, names; what is offered; what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chithi.access.viewers import today
from chithi.org.models import Person
from chithi.org.spelling import respell_people
from chithi.tasks.models import Helper, Task
from tests.task_world import post_in, task_in
from tests.worlds import World, add_members, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(world: World, task: Task, helpers: str, by: str = "minh") -> Any:
    form = {
        "title": task.title, "owner": f"p{task.owner_post_id}", "weight": 1, "update_every": 30,
        "helpers": helpers, "version": Task.objects.everywhere(because=LOOK).get(pk=task.pk).version,
    }  # fmt: skip
    return browser(world, by).post(f"/nhiem-vu/{task.pk}/sua/", form)


def helping(task: Task) -> set[tuple[int, int | None, int | None]]:
    rows = Helper.objects.everywhere(because=LOOK).filter(task_id=task.pk)
    return set(rows.values_list("unit_id", "post_id", "person_id"))


def member(world: World, code: str, name: str) -> Person:
    (person,) = add_members(world.units[code], 1)
    person.name, person.folded = name, name.lower()
    person.save()
    respell_people([person.pk])
    return person


def test_units_posts_and_people_are_named_as_they_are_shown_again(world: World) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    post, person = post_in(world, "A12", title="Phó Bí thư, Trưởng thôn"), member(world, "A11", "Lò Thị Hiền")
    named = "A2; A12; Phó Bí thư, Trưởng thôn – Đứng đầu A12 (A12); Lò Thị Hiền"
    assert send(world, task, named.replace("A2; ", "")).status_code == 302
    kept = {(world.unit("A12"), None, None), (world.unit("A12"), post.pk, None), (world.unit("A11"), None, person.pk)}
    assert helping(task) == kept
    page = browser(world, "minh").get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Chi bộ thôn Hòa Hai; Phó Bí thư, Trưởng thôn – Đứng đầu A12 (Chi bộ thôn Hòa Hai); Lò Thị Hiền" in page
    form = browser(world, "minh").get(f"/nhiem-vu/{task.pk}/sua/").content.decode()
    again = "A12; Phó Bí thư, Trưởng thôn – Đứng đầu A12 (A12); Lò Thị Hiền (A11)"
    assert f'value="{again}"' in form
    assert send(world, task, again).status_code == 302
    assert helping(task) == kept


def test_codes_between_commas_are_still_understood(world: World) -> None:
    task = task_in(world, "A11", by="chau")
    assert send(world, task, "A12, B11", by="chau").status_code == 302
    assert {unit for unit, *_ in helping(task)} == {world.unit("A12"), world.unit("B11")}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("KHONG-CO", "KHONG-CO"),
        ("B11", "B11"),
        ("Đứng đầu B11 (B11)", "Đứng đầu B11"),
        ("Đứng đầu A12", "Đứng đầu A12"),
        ("(A11)", "(A11)"),
        ("Nguyễn Trùng Tên", "Có nhiều người"),
        ("x" * 2001, "2000"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_who_cannot_be_meant_is_told_beside_the_field(world: World, typed: str, says: str) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    for code in ("A12", "B11"):
        post_in(world, code)
    for _ in range(2):
        member(world, "A11", "Nguyễn Trùng Tên")
    answer = send(world, task, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page[page.index('id="id_helpers_error"') :][:300]
    assert not helping(task)


def test_units_and_people_are_offered_as_one_types(world: World) -> None:
    member(world, "A11", "Lò Thị Hiền")
    member(world, "A12", "Lò Thị Hương")
    address = f"/nhiem-vu/phoi-hop/?don_vi={world.unit('A11')}&helpers="
    page = browser(world, "minh").get(address + "A12; lo thi").content.decode()
    assert 'data-unit-code="Lò Thị Hiền (A11)"' in page
    assert 'data-unit-code="Lò Thị Hương (A12)"' in page
    assert "Hương" not in browser(world, "lan").get(address + "lo thi").content.decode()
    assert 'data-unit-code="A12"' in browser(world, "minh").get(address + "hoa hai").content.decode()
    assert "Không có ai" in browser(world, "minh").get(address + "zzzz").content.decode()
    assert browser(world, "minh").get(address).content.decode().strip() == ""
    assert browser(world, "hoa").get(address + "lo").status_code == 404
    assert browser(world, "an").get(address + "lo").status_code == 403


def test_whoever_helps_alone_reads_the_task_and_nothing_else(world: World) -> None:
    post = post_in(world, "B11", account="hoa")
    task = task_in(world, "A11", due_on=today(), helping_posts=(post.pk,))
    hoa = browser(world, "hoa")
    page = hoa.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert task.title in page
    assert "Đứng đầu A11" not in page
    assert task.title in hoa.get(reverse("work")).content.decode()
    assert hoa.get(f"/nhiem-vu/{task.pk}/tien-do/").status_code == 404
    assert hoa.get(f"/nhiem-vu/{task_in(world, 'A11').pk}/").status_code == 404
