"""Queries whose words are kept answer as fresh ones do, for any values, and never for another reach."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from chithi.db.among import among
from chithi.db.guard import UnscopedQuery
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.viewer import NOWHERE, Capability
from chithi.indicators.meanings import Definitions, every_measure
from chithi.indicators.models import Measure
from chithi.org.models import Edition, Membership, Unit, UnitState, valid_on
from chithi.org.places import reach_tree, tree_on
from tests.worlds import BEGAN, TODAY, World, add_members

BECAUSE = "the test looks at everything"


def of_units(reach: Reach, unit_ids: Collection[int], day: date) -> models.QuerySet[UnitState, Any]:
    found = UnitState.objects.visible_to(reach).filter(valid_on(day), unit_id__in=among(unit_ids))
    return found.order_by("unit_id").values_list("unit_id", "name", "since", "is_cell", "key")


def coded(reach: Reach, code: str) -> models.QuerySet[Unit]:
    return Unit.objects.visible_to(reach).filter(code=code)


def first_of_year(day: date) -> models.QuerySet[UnitState, Any]:
    """Reckons with its day: cannot be kept."""
    states = UnitState.objects.everywhere(because=BECAUSE)
    return states.filter(since__gte=day.replace(month=1, day=1)).values_list("unit_id")


def reaches(world: World) -> list[Reach]:
    """Of one cell, of a subtree, of two apart, of everything and of nothing."""
    apart = reach_tree(TODAY).reach_of([world.unit("A11"), world.unit("B1")])
    assert len(apart.intervals) == 2
    return [*(world.viewer(name).reach(Capability.READ) for name in ("lan", "minh", "chau")), apart, NOWHERE]


def test_rows_are_those_of_a_fresh_query_for_every_reach_and_value(world: World) -> None:
    kept, ids = Kept(of_units), [world.unit(code) for code in ("A", "A11", "A12", "B11")]
    for _again in range(2):
        for reach in reaches(world):
            for units in (ids, ids[:1], []):
                for day in (TODAY, BEGAN, BEGAN - timedelta(days=1)):
                    assert kept.rows(reach, units, day) == list(of_units(reach, units, day))
    known = [words for words in kept._words.values() if words is not None]
    assert len(known) == 3, "one for one interval, one for two, one for everything; for nothing there is no query"


def test_one_reach_is_never_answered_with_what_another_may_see(world: World) -> None:
    kept, ids = Kept(of_units), [world.unit("A11"), world.unit("A12")]
    seen = {
        name: [row[0] for row in kept.rows(world.viewer(name).reach(Capability.READ), ids, TODAY)]
        for name in ("minh", "lan", "hoa", "chau", "lan")
    }
    assert seen == {"minh": ids, "lan": ids[:1], "hoa": ids[1:], "chau": ids}
    assert kept.rows(NOWHERE, ids, TODAY) == []


def test_objects_are_those_of_a_fresh_query(world: World) -> None:
    kept = Kept(coded)
    wide = world.viewer("minh").reach(Capability.READ)
    for code in ("A11", "a11", "A12", "'; --", "%", "B11", ""):
        fresh, found = list(coded(wide, code)), kept.objects(wide, code)
        assert [vars(unit) | {"_state": None} for unit in found] == [vars(unit) | {"_state": None} for unit in fresh]
        assert all(not unit._state.adding and unit._state.db == "default" for unit in found)
    assert {measure.pk: measure.code for measure in Measure.objects.all()} == {
        pk: measure.code for pk, measure in every_measure().items()
    }
    assert [i.pk for i in Definitions().indicators] == sorted(
        (i.pk for i in Definitions().indicators), key=lambda pk: {i.pk: i.order for i in Definitions().indicators}[pk]
    )


def test_columns_left_out_are_read_when_they_are_asked_for(world: World) -> None:
    tree_on(TODAY)
    kept = Kept(lambda: Edition.objects.defer("shape").order_by("-since"))
    edition, fresh = kept.objects()[0], Edition.objects.order_by("-since")[0]
    assert edition.get_deferred_fields() == {"shape"}
    assert (edition.token, edition.since, bytes(edition.shape)) == (fresh.token, fresh.since, bytes(fresh.shape))


def test_a_query_that_reckons_with_a_value_is_answered_and_not_kept(world: World) -> None:
    kept = Kept(first_of_year)
    for day in (TODAY, BEGAN, BEGAN + timedelta(days=400)):
        assert sorted(kept.rows(day)) == sorted(first_of_year(day))
    assert list(kept._words.values()) == [None]


def test_one_more_than_a_number_is_never_taken_for_the_next_number(world: World) -> None:
    kept = Kept(lambda low, high: Unit.objects.everywhere(because=BECAUSE).filter(pk__gte=low + 1, pk__lte=high))
    ids = sorted(world.unit(code) for code in ("A", "A1", "A11", "A12"))
    for low, high in ((ids[0], ids[-1]), (ids[1], ids[2])):
        assert {unit.pk for unit in kept.objects(low, high)} == {
            unit.pk for unit in Unit.objects.everywhere(because=BECAUSE) if low < unit.pk <= high
        }


def test_an_ask_is_one_query_and_putting_it_together_asks_nothing(world: World) -> None:
    kept, reach = Kept(of_units), world.viewer("minh").reach(Capability.READ)
    with CaptureQueriesContext(connection) as queries:
        kept.rows(reach, [world.unit("A11")], TODAY)
        kept.rows(reach, [world.unit("A12")], TODAY)
    assert len(queries) == 2


def test_a_query_that_says_for_nobody_is_not_kept_either(world: World) -> None:
    add_members(world.units["A11"], 1)
    with pytest.raises(UnscopedQuery):
        Kept(lambda day: Membership.objects.filter(valid_on(day)).values_list("pk")).rows(TODAY)


def test_values_of_other_kinds_are_not_taken(world: World) -> None:
    kept = Kept(lambda unit: UnitState.objects.everywhere(because=BECAUSE).filter(unit_id=unit).values_list("pk"))
    for odd in (1.5, None, True):
        with pytest.raises(TypeError):
            kept.rows(odd)
