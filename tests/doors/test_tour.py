"""The first steps: offered once, taken over the real pages, left at any step."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from chithi.access.models import User
from tests.worlds import World

pytestmark = pytest.mark.django_db
ADDRESS = "/lam-quen/"


@pytest.fixture
def come_in(world: World) -> Any:
    def come(who: str) -> Client:
        client = Client()
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come


def line(answer: Any) -> str:
    found = re.search(r'<section class="tour".*?</section>', answer.content.decode(), re.DOTALL)
    return found[0] if found else ""


def test_somebody_new_is_offered_the_first_steps_on_the_first_page_only(come_in: Any) -> None:
    client = come_in("lan")
    assert "Lần đầu ở đây?" in line(client.get("/"))
    assert not line(client.get("/tim/"))


def test_who_does_not_want_them_is_not_asked_again(world: World, come_in: Any) -> None:
    client = come_in("lan")
    answer = client.post(ADDRESS, {"buoc": "0", "next": "/tim/"})
    assert answer["Location"] == "/tim/"
    assert not line(client.get("/"))
    assert not line(come_in("lan").get("/")), "not on another device either"
    assert User.objects.get(pk=world.users["lan"].pk).toured_on is not None
    assert line(come_in("hoa").get("/")), "others are still asked"


def test_each_step_stands_on_a_page_that_opens_and_the_last_one_ends_them(come_in: Any) -> None:
    client = come_in("lan")
    seen = []
    for step in range(1, 6):
        page = client.post(ADDRESS, {"buoc": str(step)})["Location"]
        answer = client.get(page)
        assert answer.status_code == 200
        assert f"bước {step}/5" in line(answer)
        seen.append(page.split("?")[0])
    assert len(set(seen)) == 5, "five pages"
    assert 'value="0">Xong' in line(answer)
    client.post(ADDRESS, {"buoc": "0"})
    assert not line(client.get(page))


def test_on_another_page_the_line_leads_back_to_its_own(come_in: Any) -> None:
    client = come_in("lan")
    client.post(ADDRESS, {"buoc": "1"})
    assert "Tới trang của bước này" not in line(client.get("/"))
    assert 'href="/">Tới trang của bước này' in line(client.get("/tim/"))


@pytest.mark.parametrize(("who", "titles"), [
    ("lan", ["Ghi số của đơn vị", "Số lấy từ báo cáo"]),
    ("dung", ["Việc tiếp theo", "Báo cáo tự viết"]),
    ("an", ["Việc tiếp theo", "Việc quản trị"]),
])  # fmt: skip
def test_the_steps_are_of_what_one_may_do(come_in: Any, who: str, titles: list[str]) -> None:
    way = come_in(who).get(ADDRESS).context["way"]
    assert [way[2].title, way[4].title] == titles


@pytest.mark.parametrize("asked", ["", "6", "-1", "²", "99999999999999999999", "x"])
def test_a_step_that_there_is_not_ends_them_quietly(come_in: Any, asked: str) -> None:
    client = come_in("lan")
    client.post(ADDRESS, {"buoc": "2"})
    assert client.post(ADDRESS, {"buoc": asked, "next": "https://elsewhere.example/"})["Location"] == "/"
    assert not line(client.get("/"))


def test_the_steps_can_be_called_again_from_the_own_menu(come_in: Any) -> None:
    client = come_in("lan")
    client.post(ADDRESS, {"buoc": "0"})
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()
    assert client.get(ADDRESS).status_code == 200
    client.post(ADDRESS, {"buoc": "1"})
    assert "bước 1/5" in line(client.get("/"))
