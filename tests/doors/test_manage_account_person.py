"""Whose account it is: linked to one person of the register, by whoever may know people."""

from __future__ import annotations

import pytest
from django.test import Client

from chithi.access.models import User
from chithi.org.models import Person
from tests.doors.test_manage_accounts import keeper, verbs
from tests.doors.test_pages import signed_in
from tests.worlds import TODAY, World, add_members

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


def test_a_closed_account_whose_person_has_another_stays_closed(world: World) -> None:
    [member] = add_members(world.units["A11"], 1)
    client = signed_in(world, "an")

    def do(name: str, what: str, **more: object) -> int:
        user = User.objects.get(username=name)
        address = f"/quan-tri/tai-khoan/{user.pk}/{what}/"
        return client.post(address, {"version": user.version, **more}).status_code

    assert do("lan", "nguoi", person=member.pk) == 302
    assert do("lan", "lam/dong") == 302
    assert do("hoa", "nguoi", person=member.pk) == 302
    assert do("lan", "lam/mo-lai") == 400
    assert User.objects.filter(person_id=member.pk, is_active=True).count() == 1


def test_a_forgotten_person_is_given_no_account(world: World) -> None:
    [member] = add_members(world.units["A11"], 1)
    Person.objects.everywhere(because="a test").filter(pk=member.pk).update(forgotten_on=TODAY)
    address = f"/quan-tri/tai-khoan/{world.users['lan'].pk}/nguoi/"
    assert signed_in(world, "an").post(address, {"person": member.pk, "version": 1}).status_code == 400
