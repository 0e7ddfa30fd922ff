"""Whose account it is: linked to one person of the register, by whoever may know people."""

from __future__ import annotations

import pytest
from django.test import Client

from chithi.access.models import User
from tests.doors.test_manage_accounts import keeper, verbs
from tests.doors.test_pages import signed_in
from tests.worlds import World, add_members

__all__ = ["keeper"]  # a fixture, used below by its name
pytestmark = pytest.mark.django_db


def test_it_is_said_whose_account_it_is_once_a_person(world: World) -> None:
    [member] = add_members(world.units["A11"], 1)
    client, lan, hoa = signed_in(world, "an"), world.users["lan"], world.users["hoa"]
    address = f"/quan-tri/tai-khoan/{lan.pk}/nguoi/"
    page = client.get(address, {"q": "dang vien a11"}).content.decode()
    assert "Đảng viên A11 0" in page
    assert client.post(address, {"person": member.pk, "version": lan.version}).status_code == 302
    assert User.objects.get(pk=lan.pk).person_id == member.pk
    assert "Đảng viên A11 0" in client.get(f"/quan-tri/tai-khoan/{lan.pk}/").content.decode()
    other = f"/quan-tri/tai-khoan/{hoa.pk}/nguoi/"
    assert client.post(other, {"person": member.pk, "version": hoa.version}).status_code == 400, "has one already"
    assert client.post(address, {"person": "", "version": lan.version}).status_code == 400, "stale"
    assert client.post(address, {"person": "", "version": lan.version + 1}).status_code == 302
    assert User.objects.get(pk=lan.pk).person_id is None
    assert verbs().count("access.person_linked") == 2


@pytest.mark.parametrize("person", ["0", "999999", "x", "9" * 30])
def test_nobody_of_the_register_is_nobody(world: World, person: str) -> None:
    address = f"/quan-tri/tai-khoan/{world.users['lan'].pk}/nguoi/"
    answer = signed_in(world, "an").post(address, {"person": person, "version": 1})
    assert answer.status_code in (400, 404)
    assert User.objects.get(username="lan").person_id is None


def test_whoever_may_not_know_people_links_none(world: World, keeper: Client) -> None:
    [member] = add_members(world.units["A11"], 1)
    address = f"/quan-tri/tai-khoan/{world.users['lan'].pk}/nguoi/"
    assert "Đảng viên A11" not in keeper.get(address, {"q": "dang vien"}).content.decode()
    assert keeper.post(address, {"person": member.pk, "version": 1}).status_code == 404
