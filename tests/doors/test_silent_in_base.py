"""A share whose base is counted from records says plainly that silent units are in the base."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chithi.access.viewers import system_viewer
from chithi.core.periods import year
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Indicator, Measure
from tests.worlds import TODAY, World, add_members

pytestmark = pytest.mark.django_db
PERIOD = year(2025)
IN_BASE = "mẫu số tính cả 1 đơn vị chưa có số"


@pytest.fixture
def half_spoken(world: World) -> World:
    """Of the two organisations of district A only the first says how many studied; both have members on duty."""
    for cell in ("A11", "A21"):
        add_members(world.units[cell], 5)
    say(world, "A1", 4)
    return world


def say(world: World, code: str, value: int) -> None:
    measure = Measure.objects.get(code="study.members")
    slot = Slot(unit_id=world.unit(code), measure_id=measure.pk, period=PERIOD)
    enter(by=system_viewer(TODAY, because="the clerk of either"), slot=slot, saying=Saying(value), seen=None)
    drain_all()


def pages(world: World) -> tuple[str, str]:
    """The page of the district and the trace of the share, as its leader reads them."""
    client = Client()
    client.force_login(world.users["dung"], backend="django.contrib.auth.backends.ModelBackend")
    number = Indicator.objects.get(code="study.members").pk
    unit = client.get(f"{reverse('unit', args=[world.unit('A')])}?ky=2025").content.decode()
    trace = client.get(reverse("trace", args=[number, world.unit("A"), "2025"])).content.decode()
    return unit, trace


def test_the_share_says_that_a_silent_unit_is_in_its_base(half_spoken: World) -> None:
    unit, trace = pages(half_spoken)
    assert f"4 / 10 đảng viên · 1/2 đơn vị · {IN_BASE}" in unit
    assert f"1 trên 2 đơn vị đã có số; {IN_BASE}" in trace


def test_nothing_is_said_once_everybody_has_spoken(half_spoken: World) -> None:
    say(half_spoken, "A2", 5)
    unit, trace = pages(half_spoken)
    assert "9 / 10 đảng viên · 2/2 đơn vị" in unit
    assert IN_BASE not in unit + trace
