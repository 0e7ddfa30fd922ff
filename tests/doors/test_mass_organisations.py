"""Mass organisations state how many members they have, by themselves; nobody else is asked, and nobody is named."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.queries import lines
from chithi.org.kinds import UnitKind, is_asked_of
from chithi.org.places import forget_since
from tests.worlds import World, add_unit, build_world

pytestmark = pytest.mark.django_db
MEMBERS, STUDIED = 160, 161


@pytest.fixture
def world(db: None) -> World:
    found = build_world()
    for code in ("D1", "D2"):
        name = f"Hội Nông dân {code}"
        found.units[code] = add_unit(code, found.units["A"], UnitKind.MASS_ORGANISATION, name)
    forget_since(date(2000, 1, 1))
    return found


def at(world: World) -> Client:
    client = Client()
    client.force_login(world.users["chau"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def grid(world: World, code: str) -> str:
    return at(world).get(f"/nhap/{world.unit(code)}/2025/").content.decode()


def test_the_grid_of_a_mass_organisation_asks_for_its_counts_and_no_others(world: World) -> None:
    mass, commune = grid(world, "D1"), grid(world, "A1")
    assert f"value-{MEMBERS}" in mass
    assert "value-20" not in mass
    assert f"value-{MEMBERS}" not in commune
    assert "value-20" in commune


def test_its_counts_add_up_and_say_who_has_not_spoken(world: World) -> None:
    answer = at(world).post(f"/nhap/{world.unit('D1')}/2025/", {f"value-{MEMBERS}": "1.200", f"value-{STUDIED}": "900"})
    assert answer.status_code == 302
    drain_all()
    found = {
        line.meaning.code: line.chosen for line in lines(world.viewer("dung"), world.unit("A"), parse("2025")).lines
    }
    members, studied = found["mass.members"], found["mass.study"]
    assert (int(members.value or 0), members.spoke, members.expected) == (1200, 1, 2)
    assert (str(studied.percent), studied.expected) == ("75.0", 2)


def test_the_rule_asks_each_kind_for_its_own(world: World) -> None:
    assert is_asked_of("mass_organisations", "mass_organisation")
    assert not is_asked_of("mass_organisations", "grassroots")
    assert not is_asked_of("grassroots", "mass_organisation")
    assert is_asked_of("nobody", "district")
