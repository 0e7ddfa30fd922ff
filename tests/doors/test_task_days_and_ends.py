"""Pages and programs: another day given unasked, cancelling taken back, ends told late; every refusal in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.core.numbers import format_date
from chithi.following.models import Progress
from chithi.tasks import actions
from chithi.tasks.actions import Word
from chithi.tasks.models import Task
from tests.doors.test_api_tasks import caller, send
from tests.task_world import again, post_in, task_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
TODAY = today()
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def given(world: World, *, due: int = 30, since: int = -10) -> Task:
    """A task of the cell, given by its commune; days counted from today."""
    days = {"since": TODAY + since * DAY, "due_on": TODAY + due * DAY}
    return task_in(world, "A11", by="chau", giver="A1", **days)


def test_whoever_gave_a_task_gives_another_day_and_may_undo_it(world: World) -> None:
    task, minh, lan = given(world), browser(world, "minh"), browser(world, "lan")
    page, new = f"/nhiem-vu/{task.pk}/", TODAY + 60 * DAY
    shown = text(minh.get(page))
    assert f"{page}han-moi/" in shown
    assert f"{page}doi-han/" not in shown, "who may give another day need not ask for it"
    assert f"{page}han-moi/" not in text(lan.get(page))
    form = {"version": task.version, "new": new.isoformat(), "reason": "Lùi hội nghị"}
    answer = minh.post(page + "han-moi/", form, follow=True)
    assert again(task).due_on == new
    told = text(answer)
    assert "Đã đổi hạn." in told
    assert "Hoàn tác" in told
    assert "Lùi hội nghị" in text(lan.get(page))
    assert f"Hạn mới {format_date(new, 'vi')}" in text(lan.get("/viec/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new": ""}, "Hạn mới"),
        ({"new": "9999-12-31"}, "Hạn mới"),
        ({"reason": " "}, "Lý do"),
        ({"version": 99}, "Có người vừa sửa"),
        ({"version": "x"}, ""),
    ],
)
def test_what_is_no_other_day_is_said_beside_its_field(world: World, changes: dict[str, Any], says: str) -> None:
    task = given(world)
    form = {"version": task.version, "new": (TODAY + 60 * DAY).isoformat(), "reason": "Chờ", **changes}
    answer = browser(world, "minh").post(f"/nhiem-vu/{task.pk}/han-moi/", form)
    assert answer.status_code == 400
    assert says in text(answer)
    assert again(task).due_on == task.due_on


def test_a_task_cancelled_by_mistake_is_put_back_from_its_page(world: World) -> None:
    task, minh, lan = given(world), browser(world, "minh"), browser(world, "lan")
    page = f"/nhiem-vu/{task.pk}/"
    assert minh.post(page + "huy/", {"version": task.version, "reason": "Nhầm số"}).status_code == 302
    assert f"{page}khoi-phuc/" not in text(lan.get(page))
    assert lan.get(page + "khoi-phuc/").status_code == 400
    assert "Nhầm số" in text(minh.get(page + "khoi-phuc/"))
    version = again(task).version
    assert minh.post(page + "khoi-phuc/", {"version": version, "reason": ""}).status_code == 400
    assert minh.post(page + "khoi-phuc/", {"version": version, "reason": "Bấm nhầm"}).status_code == 302
    assert again(task).cancelled_on is None
    shown = text(minh.get(page))
    for words in ("Đã khôi phục nhiệm vụ.", "Hủy nhiệm vụ · ", "Nhầm số", "Khôi phục nhiệm vụ · ", "Bấm nhầm"):
        assert words in shown
    assert browser(world, "hoa").post(page + "khoi-phuc/", {"version": 1, "reason": "x"}).status_code == 404


def test_whoever_accepts_sees_that_the_end_was_told_after_the_day(world: World) -> None:
    task = given(world, due=-5, since=-40)
    word = Word(TODAY - 6 * DAY, note="Đã xong từ tuần trước")
    actions.finish(by=world.viewer("lan", TODAY), task_id=task.pk, seen_version=task.version, word=word)
    minh, page = browser(world, "minh"), f"/nhiem-vu/{task.pk}/"
    for address in (page, page + "nghiem-thu/", page + "lam-tiep/"):
        shown = text(minh.get(address))
        assert f"đến ngày {format_date(TODAY, 'vi')} mới báo" in shown
        assert "ngày báo đã quá hạn 5 ngày" in shown
    assert "báo xong sau hạn" in text(minh.get("/nhiem-vu/"))
    assert "Xem rồi nghiệm thu" in text(minh.get("/viec/"))
    assert minh.post(page + "nghiem-thu/", {"version": again(task).version}).status_code == 302
    assert "chờ nghiệm thu" not in text(minh.get("/nhiem-vu/"))


def test_a_program_gives_another_day_cancels_and_puts_back(world: World) -> None:
    task, minh = given(world), caller(world, "minh")
    address, new = f"/api/tasks/{task.pk}/", str(TODAY + 60 * DAY)
    moved = send(minh, "POST", address + "new-day", {"version": task.version, "due_on": new, "reason": "Chờ"})
    assert (moved.status_code, moved.json()["due_on"]) == (200, new)
    gone = send(minh, "POST", address + "cancel", {"version": moved.json()["version"], "reason": "Trùng"})
    assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
    version = gone.json()["version"]
    later = {"version": version, "due_on": new, "reason": "x"}
    assert send(minh, "POST", address + "new-day", later).status_code == 400
    assert send(minh, "POST", address + "put-back", {"version": version - 1, "reason": "x"}).status_code == 409
    back = send(minh, "POST", address + "put-back", {"version": version, "reason": "Vẫn cần"}).json()
    assert back["state"] == "not_judged"
    assert [one["event"] for one in back["progress"]] == ["put_back", "cancelled"]
    now = {"version": back["version"], "reason": "x"}
    assert send(caller(world, "lan"), "POST", address + "cancel", now).status_code == 400
    assert send(caller(world, "hoa"), "POST", address + "cancel", now).status_code == 404


def test_a_key_that_stands_for_something_else_is_refused_in_words(world: World) -> None:
    one, other = given(world), task_in(world, "A11", by="chau", owner=post_in(world, "A11"))
    lan, key = caller(world, "lan"), "6a1f0a52-0a1c-4d0e-9c53-0d6f3f1f3c11"
    word = {"key": key, "on": str(TODAY), "share": 10}
    assert send(lan, "POST", f"/api/tasks/{one.pk}/progress", word).status_code == 201
    answer = send(lan, "POST", f"/api/tasks/{other.pk}/progress", word)
    assert (answer.status_code, answer.json()["code"]) == (409, "db.taken")
    page = browser(world, "lan").post(f"/nhiem-vu/{other.pk}/tien-do/", {**word, "key": key})
    assert page.status_code == 409
    assert "trùng với điều vừa được ghi trước" in text(page)
    assert Progress.objects.everywhere(because="a test counts").count() == 1
