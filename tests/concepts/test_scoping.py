"""The guard: a query on a guarded table runs only for somebody, and never joins into another's table."""

from __future__ import annotations

import pytest
from django.db.models import F

from chithi.core.errors import Absent, Stale
from chithi.db.guard import UnscopedQuery
from chithi.db.viewer import Capability
from chithi.org.models import Membership, Person, Unit, UnitState
from tests.worlds import World, add_members


def test_a_query_that_says_for_nobody_does_not_run(world: World) -> None:
    with pytest.raises(UnscopedQuery):
        list(Unit.objects.all())
    with pytest.raises(UnscopedQuery):
        Unit.objects.count()
    with pytest.raises(UnscopedQuery):
        Unit.objects.filter(code="T").exists()
    with pytest.raises(UnscopedQuery):
        Unit.objects.update(code="x")


def test_a_secretary_reads_her_own_cell_and_not_the_sibling(world: World) -> None:
    reach = world.viewer("lan").reach(Capability.READ)
    assert set(Unit.objects.visible_to(reach).values_list("code", flat=True)) == {"A11"}


def test_a_clerk_reads_the_whole_subtree(world: World) -> None:
    reach = world.viewer("minh").reach(Capability.READ)
    assert set(Unit.objects.visible_to(reach).values_list("code", flat=True)) == {"A1", "A11", "A12"}


def test_people_are_reached_through_their_memberships(world: World) -> None:
    add_members(world.units["A11"], 2)
    add_members(world.units["A12"], 3)
    reach = world.viewer("lan").reach(Capability.RECORDS)
    assert Person.objects.visible_to(reach).count() == 2


@pytest.mark.parametrize(
    "leak",
    [
        lambda qs: list(qs.values("person__name")),
        lambda qs: list(qs.select_related("person")),
        lambda qs: list(qs.annotate(n=F("person__name"))),
        lambda qs: list(qs.filter(person__name__startswith="Đ")),
        lambda qs: list(qs.order_by("person__name")),
        lambda qs: qs.first().person,
    ],
    ids=["values", "select_related", "F", "filter as oracle", "order", "attribute"],
)
def test_no_way_leads_through_a_foreign_key_into_a_guarded_table(world: World, leak) -> None:  # type: ignore[no-untyped-def]
    add_members(world.units["A11"], 1)
    scoped = Membership.objects.visible_to(world.viewer("lan").reach(Capability.RECORDS))
    assert scoped.count() == 1
    with pytest.raises(UnscopedQuery):
        leak(scoped)


def test_combining_a_scoped_with_an_unscoped_query_is_refused(world: World) -> None:
    scoped = Unit.objects.visible_to(world.viewer("lan").reach(Capability.READ))
    with pytest.raises(UnscopedQuery):
        scoped | Unit.objects.filter(code="T")


def test_two_writers_of_one_row_do_not_overwrite_each_other(world: World) -> None:
    mine, theirs = (UnitState.objects.everywhere(because="a test").get(unit_id=world.unit("A")) for _ in range(2))
    mine.short_name = "Huyện An"
    mine.save()
    theirs.short_name = "An"
    with pytest.raises(Stale):
        theirs.save()
    kept = UnitState.objects.everywhere(because="a test").get(unit_id=world.unit("A"))
    assert (kept.short_name, kept.version, theirs.version) == ("Huyện An", 2, 1)


def test_a_row_saved_outside_the_reach_is_found_out_after_saving(world: World) -> None:
    reach = world.viewer("lan").reach(Capability.RECORDS)
    add_members(world.units["A11"], 1)
    mine = Membership.objects.visible_to(reach).get()
    mine.must_lie_inside(reach)
    mine.unit_id = world.unit("A12")
    mine.save()
    with pytest.raises(Absent):
        mine.must_lie_inside(reach)
