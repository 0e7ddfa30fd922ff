"""What somebody new stumbles over on the first round from a document to a task that is done: what a page offers first,
whose task it is by name, which day a count is shown of, what must be typed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from chithi.access.actions import grant
from chithi.access.roles import Role
from chithi.access.viewers import today
from chithi.directives.actions import draft, enter
from chithi.directives.rules import Written
from chithi.indicators.of_directives import count_directive
from chithi.tasks.decisions import Rest, ask_day, ask_why, suspend
from chithi.tasks.models import Task
from tests.task_world import again, post_in, task_in
from tests.worlds import BEGAN, World, build_world

pytestmark = pytest.mark.django_db
NEW = "/nhiem-vu/moi/"


@pytest.fixture
def world() -> World:
    return build_world()


def at(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def offered(world: World, name: str, task: Task) -> list[tuple[str, str]]:
    """What the page of a task offers: the class of each button and its words."""
    row = re.search(r'<div class="form-do task-do[^>]*>(.*?)</div>', text(at(world, name).get(f"/nhiem-vu/{task.pk}/")))
    return re.findall(r'<a class="([^"]+)" href="[^"]+">([^<]+)</a>', row[1]) if row else []


def test_what_somebody_waits_for_is_offered_before_the_work_and_what_is_seldom_done_last(world: World) -> None:
    task = task_in(world, "A11", giver="A1")
    assert offered(world, "lan", task) == [
        ("btn btn-seal", "Ghi tiến độ"), ("btn", "Báo hoàn thành"), ("btn btn-plain", "Thêm bước"),
        ("btn btn-plain", "Xin đổi hạn"),
    ]  # fmt: skip
    minh, lan = world.viewer("minh"), world.viewer("lan")
    asked = {"task_id": task.pk, "seen_version": again(task).version, "due_on": minh.today + timedelta(days=5)}
    ask_why(by=minh, question="Vì sao chậm?", **asked)
    assert offered(world, "lan", task)[:2] == [("btn btn-seal", "Gửi giải trình"), ("btn", "Ghi tiến độ")]
    new = task.due_on + timedelta(days=9)
    ask_day(by=lan, task_id=task.pk, seen_version=again(task).version, new=new, reason="Mưa lũ")
    assert offered(world, "minh", task)[0] == ("btn btn-seal", "Xét đề nghị đổi hạn")


def test_a_task_that_rests_is_let_go_on_first_and_one_sent_back_is_never_the_one_thing_to_do(world: World) -> None:
    task = task_in(world, "A11", giver="A1")
    minh = world.viewer("minh", today())
    suspend(by=minh, task_id=task.pk, seen_version=task.version, rest=Rest(today(), None, "Chờ hướng dẫn"))
    assert offered(world, "minh", task)[0] == ("btn btn-seal", "Cho làm tiếp")
    done = task_in(world, "A12", giver="A1")
    Task.objects.everywhere(because="it is done and accepted").filter(pk=done.pk).update(
        finished_on=today(), accepted_on=today()
    )
    assert [one for one in offered(world, "minh", done) if one[0] == "btn btn-seal"] == []


def test_a_task_leads_to_its_document_and_goes_on_only_where_units_stand_below(world: World) -> None:
    written = Written("plan", "Kế hoạch của xã", "", "05-KH/ĐU", date(2026, 11, 2))
    plan = enter(by=world.viewer("minh"), unit_id=world.unit("A1"), written=written)
    above, cell = task_in(world, "A1", directive=plan.pk), task_in(world, "A11")
    page = text(at(world, "minh").get(f"/nhiem-vu/{above.pk}/"))
    assert f'href="/chi-dao/{plan.pk}/"' in page
    assert f'href="{NEW}?tu={above.pk}"' in page
    assert "Giao việc nối tiếp" not in text(at(world, "minh").get(f"/nhiem-vu/{cell.pk}/"))


def test_the_unit_of_a_new_task_is_named_as_people_call_it(world: World) -> None:
    post_in(world, "A11")
    page = at(world, "minh").get(NEW, {"ma": "Chi bộ thôn Hòa Một"})
    assert page.status_code == 200
    assert "Giao nhiệm vụ cho Chi bộ thôn Hòa Một" in text(page)
    near = at(world, "minh").get(NEW, {"ma": "thôn Hòa"})
    assert near.status_code == 400
    assert "Gần giống" in text(near)
    assert 'value="thôn Hòa"' in text(near), "what was typed stays"
    assert at(world, "minh").get(NEW, {"ma": "\x00" + "z" * 500}).status_code == 400


def test_a_unit_that_may_be_read_and_not_be_given_tasks_is_refused_beside_the_field(world: World) -> None:
    grant(by=None, user=world.users["minh"], role=Role.LEADER, unit_id=world.unit("A2"), since=BEGAN)
    answer = at(world, "minh").get(NEW, {"ma": "A21"})
    assert answer.status_code == 400
    assert "ngoài phạm vi được giao cho việc đang làm" in text(answer)


def test_a_number_is_called_optional_only_where_the_register_gives_one(world: World) -> None:
    for who, unit, optional in (("minh", "A1", True), ("lan", "A11", False)):
        made = draft(by=world.viewer(who), unit_id=world.unit(unit), written=Written("plan", "Kế hoạch"))
        page = text(at(world, who).get(f"/chi-dao/{made.pk}/ban-hanh/"))
        label = re.search(r'<label for="id_sign">(.*?)</label>', page)
        assert label is not None
        assert ("không bắt buộc" in label[1]) is optional


def test_a_count_of_a_document_is_not_shown_of_a_time_before_it(world: World) -> None:
    written = Written("directive", "Chuyên đề", "", "03-CT/TU", today(), expects=("cells",))
    made = enter(by=world.viewer("chau", today()), unit_id=world.unit("T"), written=written)
    (cells,) = count_directive(by=world.viewer("an"), directive_id=made.pk)
    doors = f"/so/{cells.indicator_id}/{world.unit('T')}/"
    page = text(at(world, "chau").get(f"/chi-dao/{made.pk}/?ky={today().year - 3}"))
    assert f'href="{doors}{today().year}/"' in page
