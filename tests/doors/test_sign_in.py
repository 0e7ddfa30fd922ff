"""Coming in: wrong tries are counted by account; a chosen unit that leaves the reach is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from chithi.access.models import RoleGrant
from tests.doors.test_pages import signed_in
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"


def test_after_too_many_wrong_tries_no_other_way_of_writing_the_name_gets_in(world: World) -> None:
    client = Client()
    for _ in range(8):
        client.post("/vao/", {"username": "lan", "password": "không phải"})
    for written in ("lan", "LAN", " Lan "):
        answer = client.post("/vao/", {"username": written, "password": "mật khẩu của lan"})
        assert answer.status_code == 429, written


def test_wrong_tries_under_different_writings_count_together(world: World) -> None:
    client = Client()
    for written in ("lan", "LAN", "Lan", "lAN", "laN", "LAn", "lAn", "LaN"):
        client.post("/vao/", {"username": written, "password": "không phải"})
    assert client.post("/vao/", {"username": "lan", "password": "mật khẩu của lan"}).status_code == 429


@pytest.mark.parametrize("address", ["/", "/tim/?q=xa", "/van-ban/"])
def test_a_unit_that_has_left_the_reach_is_forgotten_and_the_own_one_shown(world: World, address: str) -> None:
    client = signed_in(world, "minh")
    assert client.get(f"/don-vi/{world.unit('A11')}/").status_code == 200
    grants = RoleGrant.objects.everywhere(because=BECAUSE).filter(user=world.users["minh"])
    grants.update(until=TODAY - timedelta(days=1))
    RoleGrant.objects.create(
        user=world.users["minh"], role="clerk", unit=world.units["A2"], since=TODAY - timedelta(days=1)
    )
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Đảng bộ xã An Hai" in page
    assert "An Một" not in page
    assert "don_vi" not in client.session


def test_a_unit_chosen_inside_the_reach_stays_chosen(world: World) -> None:
    client = signed_in(world, "minh")
    client.get(f"/don-vi/{world.unit('A11')}/")
    client.get("/")
    assert client.session["don_vi"] == world.unit("A11")
