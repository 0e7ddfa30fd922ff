"""One unit's part of a reach, and many numbers as one parameter."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from chithi.db.among import among
from chithi.db.reach import Reach
from chithi.db.viewer import Capability
from chithi.org.models import Unit
from chithi.org.narrowing import narrowed
from tests.worlds import World


def names_in(reach: Reach) -> set[int]:
    return set(Unit.objects.visible_to(reach).values_list("pk", flat=True))


def test_a_reach_narrowed_to_one_of_its_units_shows_that_unit_alone(world: World) -> None:
    reach = world.viewer("minh").reach(Capability.ENTER)
    cell = world.unit("A11")
    assert len(names_in(reach)) > 1
    assert cell in names_in(reach)
    assert names_in(narrowed(reach, cell)) == {cell}


def test_a_unit_above_is_narrowed_without_what_stands_below_it(world: World) -> None:
    reach = world.viewer("minh").reach(Capability.ENTER)
    assert names_in(narrowed(reach, world.unit("A1"))) == {world.unit("A1")}


def test_a_unit_out_of_reach_leaves_nothing(world: World) -> None:
    reach = world.viewer("lan").reach(Capability.ENTER)
    for unit in (world.unit("A12"), world.unit("A1"), 987_654):
        assert narrowed(reach, unit).is_empty


def test_a_reach_of_everything_needs_no_look(world: World) -> None:
    reach = world.viewer("chau").reach(Capability.READ)
    assert reach.is_everything
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert narrowed(reach, world.unit("A11")) is reach
    assert len(asked) == 0


def test_more_numbers_than_a_statement_takes_parameters(world: World) -> None:
    wanted = [world.unit("A11"), *range(10**6, 10**6 + 300_000)]
    everybody = Unit.objects.everywhere(because="a test")
    assert [unit.pk for unit in everybody.filter(pk__in=among(wanted))] == [world.unit("A11")]
    assert not everybody.filter(pk__in=among([])).exists()
