"""A request that began before a change of the tree ends with the reach it began with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from chithi.org.actions import merge, rename
from chithi.org.models import Edition, Place
from chithi.org.places import LINGERS, reach_tree, tree_on
from chithi.org.queries import below, one_unit
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def test_a_viewer_made_before_a_change_still_reads_its_units_afterwards(world: World) -> None:
    minh = world.viewer("minh")
    merge(by=world.viewer("an"), unit_ids=[world.unit("A2")], heir_id=world.unit("A1"), on=DAY)
    assert world.viewer("minh").reach("read").edition_id != minh.reach("read").edition_id  # type: ignore[arg-type]
    assert one_unit(minh, world.unit("A1"), TODAY).code == "A1"
    assert [unit.code for unit in below(minh, world.unit("A1"), TODAY)] == ["A11", "A12"]
    now = world.viewer("minh")
    assert [unit.code for unit in below(now, world.unit("A1"), TODAY)] == ["A11", "A12", "A21"]


def test_a_dropped_edition_serves_nobody_new_and_goes_after_a_while(world: World) -> None:
    old = reach_tree(TODAY).id
    rename(by=world.viewer("an"), unit_id=world.unit("A2"), name="Đảng bộ xã Khác", short_name="", on=DAY)
    assert tree_on(TODAY).id != old
    assert Place.objects.filter(edition_id=old).exists()
    Edition.objects.filter(pk=old).update(dropped_at=timezone.now() - LINGERS - timedelta(seconds=1))
    rename(by=world.viewer("an"), unit_id=world.unit("B1"), name="Đảng bộ xã Khác", short_name="", on=DAY)
    assert not Edition.objects.filter(pk=old).exists()
    assert not Place.objects.filter(edition_id=old).exists()
