"""Who entered for another unit, and who left a denominator, is said where the number stands."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, confirm_period, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Indicator, Measure
from chithi.journal.models import Entry
from chithi.org.models import Exemption, Membership, Post
from tests.worlds import BEGAN, World, add_members

pytestmark = pytest.mark.django_db
YEAR = parse("2025")


def page(world: World, name: str, address: str) -> str:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(answer.content.decode())))


def say(world: World, name: str, unit: str, value: int, code: str = "study.classes") -> None:
    slot = Slot(world.unit(unit), Measure.objects.get(code=code).pk, YEAR)
    enter(by=world.viewer(name), slot=slot, saying=Saying(value), seen=None)


def trace_of(world: World, unit: str, code: str) -> str:
    return f"/so/{Indicator.objects.get(code=code).pk}/{world.unit(unit)}/2025/"


def test_a_figure_entered_from_above_says_so_on_its_trace_and_in_the_grid(world: World) -> None:
    say(world, "minh", "A11", 5)
    drain_all()
    assert "Minh nhập thay ngày" in page(world, "lan", trace_of(world, "A11", "study.classes"))
    grid = page(world, "lan", f"/nhap/{world.unit('A11')}/2025/")
    assert re.search(r"Minh nhập thay ngày \S+, từ Đảng bộ xã An Một\.", grid)
    assert "Đang nhập thay" not in grid
    assert "Đang nhập thay" in page(world, "minh", f"/nhap/{world.unit('A11')}/2025/")
    facts = Entry.objects.everywhere(because="the tests look at everything").get(verb="indicators.stated").facts
    assert facts["from_unit"] == world.unit("A1")


def test_a_figure_of_the_unit_itself_says_who_and_no_more(world: World) -> None:
    say(world, "lan", "A11", 5)
    drain_all()
    shown = page(world, "lan", trace_of(world, "A11", "study.classes"))
    assert "Lan nhập ngày" in shown
    assert "nhập thay" not in shown
    assert "nhập thay" not in page(world, "lan", f"/nhap/{world.unit('A11')}/2025/")


def test_a_confirmation_from_above_says_so(world: World) -> None:
    confirm_period(by=world.viewer("minh"), unit_id=world.unit("A11"), period=YEAR)
    confirm_period(by=world.viewer("hoa"), unit_id=world.unit("A12"), period=YEAR)
    assert "Đảng bộ xã An Một xác nhận thay." in page(world, "lan", f"/nhap/{world.unit('A11')}/2025/")
    assert "xác nhận thay" not in page(world, "hoa", f"/nhap/{world.unit('A12')}/2025/")


def test_the_exempt_are_shown_where_they_left_the_denominator(world: World) -> None:
    people = add_members(world.units["A11"], 5)
    for person in people[:2]:
        Exemption.objects.create(person=person, unit=world.units["A11"], since=BEGAN)
    say(world, "chau", "A1", 3, code="study.members")
    drain_all()
    of_share = page(world, "dung", trace_of(world, "A", "study.members"))
    assert "Được miễn công tác, sinh hoạt, đã ra khỏi mẫu số 2" in of_share
    of_count = page(world, "dung", trace_of(world, "A", "org.members_on_duty"))
    assert "Được miễn công tác, sinh hoạt, không tính ở đây 2" in of_count
    assert "Được miễn" not in page(
        world,
        "dung",
        trace_of(world, "A21", "org.members_on_duty"),
    )


def test_the_exempt_are_a_number_of_their_own_that_opens(world: World) -> None:
    people = add_members(world.units["A11"], 3)
    Exemption.objects.create(person=people[0], unit=world.units["A11"], since=BEGAN)
    Exemption.objects.create(person=people[1], unit=world.units["A11"], since=BEGAN, until=date(2025, 6, 1))
    drain_all()
    shown = page(world, "lan", trace_of(world, "A11", "org.members_exempt"))
    assert "1 ghi chép của chính đơn vị này" in shown
    assert "Đảng viên A11 0" in shown
    assert "Đảng viên A11 1" not in shown


def test_the_parts_of_the_key_leaders_stand_below_a_share_of_them(world: World) -> None:
    people = add_members(world.units["A11"], 2)
    for person in people:
        Post.objects.create(person=person, unit=world.units["A11"], title="X", is_key_leader=True, since=BEGAN)
    Membership.objects.everywhere(because="one of them is no member").filter(person=people[1]).delete()
    say(world, "chau", "A1", 2, code="pledge.leaders")
    drain_all()
    shown = page(world, "dung", trace_of(world, "A", "pledge.leaders"))
    assert "– trong mẫu số: Là đảng viên 1" in shown
    assert "– trong mẫu số: Không phải là đảng viên 1" in shown
