"""Numbers of groups: what is counted over the union of the members' subtrees, once each, and listed as many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from chithi.access.viewers import system_viewer
from chithi.core.errors import Absent
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.indicators.drain import drain_all
from chithi.indicators.grouped import contributions_of, group_lines, topmost
from chithi.indicators.kinds import Covers
from chithi.indicators.models import Measure
from chithi.indicators.queries import lines
from chithi.indicators.registry import BY_CODE
from chithi.org import groups
from chithi.org.actions import merge, move
from chithi.org.groups import Named
from chithi.org.kinds import GroupKind, UnitKind
from chithi.org.models import Membership, Person, Post, Unit
from chithi.org.places import tree_on
from tests.worlds import BEGAN, TODAY, World, add_members, add_unit, build_world

pytestmark = pytest.mark.django_db
YEAR, BEFORE = parse("2025"), parse("2024")
SINCE = date(2024, 1, 1)
COUNTED = ("org.members_on_duty", "org.key_leaders", "org.cells", "org.grassroots")


@dataclass
class Grown:
    """A random tree: units with their parents, and the classes each grassroots organisation held."""

    units: list[Unit]
    parent: dict[int, int | None]
    classes: dict[int, int]

    def under(self, unit_id: int) -> set[int]:
        found = {unit_id}
        for unit in self.units:
            if self.parent[unit.pk] in found:
                found.add(unit.pk)
        return found


def everything() -> Viewer:
    return system_viewer(TODAY, because="a test looks at everything")


def grown(chance: Random) -> Grown:
    """Parents always stand before their children, so one pass down the list finds a subtree."""
    sync_catalogue()
    kinds = {0: UnitKind.PROVINCE, 1: UnitKind.DISTRICT, 2: UnitKind.GRASSROOTS, 3: UnitKind.CELL}
    units, depth = [add_unit("R", None, UnitKind.PROVINCE, "Tỉnh")], [0]
    parent: dict[int, int | None] = {units[0].pk: None}
    for number in range(chance.randint(6, 14)):
        over = chance.choice([i for i, level in enumerate(depth) if level < 3])
        unit = add_unit(f"U{number}", units[over], kinds[depth[over] + 1], f"Đơn vị {number}")
        units.append(unit)
        depth.append(depth[over] + 1)
        parent[unit.pk] = units[over].pk
    tree = Grown(units, parent, {})
    cells = [unit for unit, level in zip(units, depth, strict=True) if level == 3]
    people = [person for cell in cells for person in add_members(cell, chance.randint(0, 3))]
    for person in chance.sample(people, min(3, len(people))):
        elsewhere = chance.choice(cells)
        if not Membership.objects.everywhere(because="a test").filter(person=person, unit=elsewhere).exists():
            Membership.objects.create(person=person, unit=elsewhere, since=date(2020, 1, 1))
        for unit in chance.sample(units, 2):
            Post.objects.create(person=person, unit=unit, title="Bí thư", is_key_leader=True, since=BEGAN)
    for unit, level in zip(units, depth, strict=True):
        if level == 2 and chance.random() < 0.8:
            tree.classes[unit.pk] = chance.randint(1, 9)
            state("study.classes", unit.pk, tree.classes[unit.pk])
    drain_all()
    return tree


def state(code: str, unit_id: int, value: int, *, covers: Covers = Covers.OWN, year: str = "2025") -> None:
    slot = Slot(unit_id, Measure.objects.get(code=code).pk, parse(year), covers=covers)
    enter(by=everything(), slot=slot, saying=Saying(value), seen=None)


def group_of(unit_ids: list[int], owner: int) -> int:
    group = groups.make_group(by=everything(), unit_id=owner, said=Named("Cụm", GroupKind.CLUSTER))
    groups.put_in(by=everything(), group_id=group.pk, unit_ids=unit_ids, since=SINCE)
    return group.pk


@pytest.mark.parametrize("seed", range(8))
def test_a_groups_number_is_what_is_counted_and_listed_over_the_union_of_its_subtrees(db: None, seed: int) -> None:
    chance = Random(seed)
    tree = grown(chance)
    ids = [unit.pk for unit in tree.units]
    chosen = chance.sample(ids, chance.randint(1, min(5, len(ids))))
    found = group_lines(everything(), group_of(chosen, ids[0]), YEAR)
    union = set().union(*(tree.under(unit_id) for unit_id in chosen))
    said = {line.meaning.code: line.chosen for line in found.lines}
    for code in COUNTED:
        declared = BY_CODE[code]
        listed = list(
            declared.rows(YEAR.first, YEAR.last)
            .everywhere(because="a test counts by itself")
            .filter(**{f"{declared.unit}__in": union})
            .values_list(declared.subject or "pk", flat=True)
        )
        assert len(listed) == len(set(listed))
        assert int(said[code].value or 0) == len(listed), code
    classes = [value for unit_id, value in tree.classes.items() if unit_id in union]
    assert (said["study.classes"].value or 0) == sum(classes)
    assert said["study.classes"].spoke == len(classes)
    parts = contributions_of(found, next(line.meaning for line in found.lines if line.meaning.code == "study.classes"))
    assert sum(part.numerator.value for part in parts) == sum(classes)
    assert set(found.members.tops) | set(found.members.nested) == set(chosen)


def test_a_group_of_one_unit_says_what_the_units_own_page_says(db: None) -> None:
    tree = grown(Random(5))
    for unit in tree.units:
        mine = {line.meaning.code: line for line in lines(everything(), unit.pk, YEAR, trend=0).lines}
        name = f"Riêng {unit.code}"
        group = groups.make_group(by=everything(), unit_id=unit.pk, said=Named(name, GroupKind.OTHER))
        groups.put_in(by=everything(), group_id=group.pk, unit_ids=[unit.pk], since=SINCE)
        for line in group_lines(everything(), group.pk, YEAR).lines:
            own = mine[line.meaning.code]
            facts = [(c.value, c.total, c.percent, c.spoke, c.expected) for c in (line.chosen, own.chosen)]
            assert facts[0] == facts[1], line.meaning.code
            assert [m[2].value for m in line.members] == [m[2].value for m in own.members]


@pytest.fixture
def world(db: None) -> World:
    found = build_world()
    for code, count in (("A11", 3), ("A12", 2), ("A21", 4), ("B11", 5)):
        add_members(found.units[code], count)
    return found


def grouped(world: World, *codes: str) -> int:
    return group_of([world.unit(code) for code in codes], world.unit("T"))


def test_a_share_is_made_of_the_summed_counts_never_of_shares(world: World) -> None:
    for code, value in (("A1", 5), ("B1", 1)):
        state("pledge.members", world.unit(code), value)
    drain_all()
    chosen = (
        group_lines(world.viewer("chau"), grouped(world, "A1", "B1"), YEAR, codes=["pledge.members"]).lines[0].chosen
    )
    assert [str(found) for found in (chosen.value, chosen.total, chosen.percent)] == ["6", "10", "60.0"]


def test_a_subtree_statement_never_adds_up_in_a_group_either(world: World) -> None:
    state("study.classes", world.unit("A1"), 7)
    state("study.classes", world.unit("B"), 500, covers=Covers.SUBTREE)
    drain_all()
    chosen = group_lines(world.viewer("chau"), grouped(world, "A1", "B"), YEAR, codes=["study.classes"]).lines[0].chosen
    assert [chosen.value, chosen.spoke, chosen.expected, chosen.figure_id] == [7, 1, 2, None]


def test_what_cannot_sum_has_no_number_in_a_group(world: World) -> None:
    state("result.income", world.unit("A1"), 80_000_000)
    drain_all()
    found = group_lines(world.viewer("chau"), grouped(world, "A1", "A2"), YEAR, codes=["result.income"])
    assert found.lines[0].chosen.missing


def test_a_reader_of_some_members_gets_the_sum_of_those_alone(world: World) -> None:
    group = grouped(world, "A", "A11", "B1")
    for who, count, seen in (("chau", 14, 3), ("dung", 9, 2), ("lan", 3, 1)):
        found = group_lines(world.viewer(who), group, YEAR, codes=["org.members_on_duty"])
        assert [found.lines[0].chosen.value, found.members.seen, found.members.whole] == [count, seen, 3]
    assert group_lines(world.viewer("chau"), group, YEAR).members.nested == (world.unit("A11"),)
    assert group_lines(world.viewer("lan"), group, YEAR).members.nested == ()
    with pytest.raises(Absent):
        group_lines(world.viewer("dung"), grouped_b(world), YEAR)


def grouped_b(world: World) -> int:
    group = groups.make_group(by=everything(), unit_id=world.unit("T"), said=Named("Chỉ Bình", GroupKind.OTHER))
    groups.put_in(by=everything(), group_id=group.pk, unit_ids=[world.unit("B1")], since=SINCE)
    return group.pk


def test_only_members_inside_a_unit_count_where_its_page_is_filtered(world: World) -> None:
    group = grouped(world, "A1", "A21", "B1")
    found = group_lines(world.viewer("chau"), group, YEAR, codes=["org.members_on_duty"], within=world.unit("A"))
    assert found.members.tops == (world.unit("A1"), world.unit("A21"))
    assert found.lines[0].chosen.value == 9
    with pytest.raises(Absent):
        group_lines(world.viewer("dung"), group, YEAR, within=world.unit("B"))


def test_nobody_counts_before_the_first_day_of_a_membership(world: World) -> None:
    group = grouped(world, "A1")
    assert group_lines(world.viewer("chau"), group, parse("2023"), codes=["org.cells"]).lines[0].chosen.missing
    assert group_lines(world.viewer("chau"), group, BEFORE, codes=["org.cells"]).lines[0].chosen.value == 2


def test_last_year_is_compared_for_the_same_members_placed_on_todays_tree(world: World) -> None:
    for code, value in (("A1", 4), ("A2", 6), ("B1", 9)):
        state("study.classes", world.unit(code), value, year="2024")
        state("study.classes", world.unit(code), value + 1)
    group = grouped(world, "A1", "B1")
    merge(by=everything(), unit_ids=[world.unit("A2")], heir_id=world.unit("A1"), on=date(2025, 7, 1))
    move(by=everything(), unit_id=world.unit("B1"), parent_id=world.unit("A"), on=date(2025, 8, 1))
    drain_all()
    line = group_lines(world.viewer("chau"), group, YEAR, codes=["study.classes"]).lines[0]
    assert [line.chosen.value, line.before and line.before.value] == [5 + 7 + 10, 4 + 6 + 9]
    assert group_lines(world.viewer("chau"), group, BEFORE, codes=["study.classes"]).lines[0].chosen.value == 4 + 9


def test_somebody_in_two_cells_and_three_posts_counts_once_at_home(world: World) -> None:
    someone = Person.objects.create(name="Hai Nơi", folded="hai noi")
    for code, since in (("A11", date(2015, 1, 1)), ("B11", date(2020, 1, 1))):
        Membership.objects.create(person=someone, unit=world.units[code], since=since)
    for code in ("A1", "B1", "B"):
        Post.objects.create(person=someone, unit=world.units[code], title="Bí thư", is_key_leader=True, since=BEGAN)
    drain_all()
    both, a, b = grouped(world, "A1", "B1", "B"), grouped_a(world), grouped_b(world)

    def count(group: int, code: str) -> object:
        return group_lines(world.viewer("chau"), group, YEAR, codes=[code]).lines[0].chosen.value

    assert [count(g, "org.members_on_duty") for g in (both, a, b)] == [3 + 2 + 5 + 1, 3 + 2 + 1, 5]
    assert [count(g, "org.key_leaders") for g in (both, a)] == [1, 1]


def grouped_a(world: World) -> int:
    group = groups.make_group(by=everything(), unit_id=world.unit("T"), said=Named("Chỉ An Một", GroupKind.OTHER))
    groups.put_in(by=everything(), group_id=group.pk, unit_ids=[world.unit("A1")], since=SINCE)
    return group.pk


def test_the_topmost_of_nested_units_are_taken_in_the_order_of_the_tree(world: World) -> None:
    ids = [world.unit(code) for code in ("B11", "A11", "A", "A2", "B1")]
    assert topmost(tree_on(TODAY), [*ids, 10**9]) == (world.unit("A"), world.unit("B1"))
