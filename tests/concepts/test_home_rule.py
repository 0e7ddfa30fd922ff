"""One person in several organisations counts once; the trace says by which rule, and where else they belong."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Measure
from chithi.indicators.trace import Records, records
from chithi.org.models import Exemption, Membership, Person, Post
from tests.worlds import BEGAN, World, add_members, build_world

pytestmark = pytest.mark.django_db
YEAR = parse("2025")
RULE = "Mỗi người chỉ tính một lần"


@pytest.fixture
def world(db: None) -> World:
    """Somebody is a member in A11 since 2015, in A12 since 2020 and in B11 since 2021."""
    found = build_world()
    add_members(found.units["A11"], 2)
    add_members(found.units["A12"], 1)
    someone = Person.objects.create(name="Hai Nơi", folded="hai noi")
    for code, since in (("A11", 2015), ("A12", 2020), ("B11", 2021)):
        Membership.objects.create(person=someone, unit=found.units[code], since=date(since, 1, 1))
    for code in ("A1", "A11"):
        Post.objects.create(person=someone, unit=found.units[code], title="Bí thư", is_key_leader=True, since=BEGAN)
    drain_all()
    return found


def of(world: World, who: str, code: str, measure: str = "org.members_on_duty") -> Records:
    return records(world.viewer(who), Measure.objects.get(code=measure).pk, world.unit(code), YEAR)


def told(found: Records) -> list[tuple[str, str | None]]:
    return [(one.name, one.home.code if one.home else None) for one in found.elsewhere]


def test_at_home_the_other_places_in_reach_are_named(world: World) -> None:
    found = of(world, "minh", "A11")
    assert found.total == 3
    assert {record.label: record.also for record in found.shown if record.also} == {"Hai Nơi": ("Chi bộ thôn Hòa Hai",)}
    assert all(record.also == () for record in of(world, "lan", "A11").shown)


def test_at_the_second_place_it_is_said_who_counts_elsewhere_and_where(world: World) -> None:
    assert (of(world, "minh", "A12").total, told(of(world, "minh", "A12"))) == (1, [("Hai Nơi", "A11")])
    assert told(of(world, "hoa", "A12")) == [("Hai Nơi", None)]
    assert told(of(world, "minh", "A11")) == []


def test_whoever_is_exempt_counts_nowhere_and_so_not_elsewhere(world: World) -> None:
    someone = Person.objects.everywhere(because="a test").get(name="Hai Nơi")
    Exemption.objects.create(person=someone, unit=world.units["A11"], since=BEGAN)
    assert told(of(world, "minh", "A12")) == []
    assert of(world, "minh", "A11").total == 2


def test_posts_follow_the_same_rule(world: World) -> None:
    assert of(world, "minh", "A1", "org.key_leaders").total == 1
    assert told(of(world, "minh", "A11", "org.key_leaders")) == [("Hai Nơi", "A1")]


def test_the_trace_says_the_rule_and_shows_both_lists_to_who_keeps_the_records(world: World) -> None:
    def page(who: str, code: str, indicator: int = 1) -> str:
        client = Client()
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
        return client.get(f"/so/{indicator}/{world.unit(code)}/2025/").content.decode()

    assert RULE in page("dung", "A")
    assert RULE in page("minh", "A11")
    assert RULE not in page("minh", "A1", 20)
    assert "Hai Nơi – tính ở Chi bộ thôn Hòa Một" in page("minh", "A12")
    assert "Hai Nơi – tính ở nơi ngoài phạm vi được xem" in page("hoa", "A12")
    assert "Cũng tham gia ở" in page("minh", "A11")
    assert "Hai Nơi" not in page("dung", "A11")
    assert "Hai Nơi" not in page("an", "A12")
