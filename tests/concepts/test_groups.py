"""Named groups and ties beside the tree: who may keep them, what they hold on a day, what an heir takes over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chithi.access.viewers import system_viewer
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.models import Mark
from chithi.journal.models import Entry
from chithi.org import groups, links
from chithi.org.actions import merge, move
from chithi.org.groups import Named
from chithi.org.groups_queries import composition, covered, groups_below, groups_of, kept_group, members, one_group
from chithi.org.groups_queries import groups as listed
from chithi.org.kinds import GroupKind, LinkKind, StepKind, UnitKind
from chithi.org.links_queries import links_of
from chithi.org.models import Group, GroupMember, UnitLink
from chithi.org.plan_rows import Step
from chithi.org.plans import apply, draft_steps
from chithi.org.undoing import undo
from tests.worlds import TODAY, World, add_unit, build_world

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = date(2025, 3, 1), date(2025, 7, 1), date(2025, 10, 1)
PILOTS = Named("Đơn vị làm điểm", GroupKind.PILOT)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def made(world: World, *codes: str, owner: str = "T", by: str = "an", since: date = SPRING) -> Group:
    """A group of the pilot units named, kept by the administrator."""
    group = groups.make_group(by=world.viewer(by), unit_id=world.unit(owner), said=PILOTS)
    groups.put_in(by=world.viewer(by), group_id=group.pk, unit_ids=[world.unit(c) for c in codes], since=since)
    return group


def inside(world: World, group: Group, day: date, who: str = "an") -> set[str]:
    """The codes of a group's members on a day, as somebody sees them."""
    ids = {unit.pk: code for code, unit in world.units.items()}
    return {ids[i] for i in composition(world.viewer(who), [group.pk], day)[group.pk].unit_ids}


def keeper_of(world: World, code: str, reads: str = "") -> Viewer:
    """Somebody who keeps the tree below one unit and reads what another person does."""
    from chithi.org.places import reach_tree

    tree = reach_tree(TODAY).reach_of([world.unit(code)])
    base = world.viewer(reads) if reads else world.viewer("an")
    reaches = {**base.reaches, Capability.TREE: tree}
    if not reads:
        reaches[Capability.READ] = tree
    return replace(base, reaches=reaches)


def test_a_membership_counts_from_its_first_day_until_the_day_it_ends(world: World) -> None:
    group = made(world, "A1", "A2")
    row = GroupMember.objects.everywhere(because="a test").get(unit_id=world.unit("A2"))
    groups.take_out(by=world.viewer("an"), member_id=row.pk, seen_version=row.version, on=SUMMER)
    assert inside(world, group, date(2025, 2, 28)) == set()
    assert inside(world, group, SPRING) == {"A1", "A2"}
    assert inside(world, group, date(2025, 6, 30)) == {"A1", "A2"}
    assert inside(world, group, SUMMER) == {"A1"}
    verbs = set(Entry.objects.everywhere(because="a test").values_list("verb", flat=True))
    assert {"groups.made", "groups.joined", "groups.left"} <= verbs


def test_whoever_reads_one_member_sees_the_group_and_of_it_only_that_member(world: World) -> None:
    group = made(world, "A11", "A12", "B1")
    for who, seen in (("lan", {"A11"}), ("minh", {"A11", "A12"}), ("chau", {"A11", "A12", "B1"})):
        assert inside(world, group, TODAY, who) == seen
        card = one_group(world.viewer(who), group.pk, TODAY)
        assert (card.seen, card.whole) == (len(seen), 3)
    assert one_group(world.viewer("lan"), group.pk, TODAY).owner is None
    assert [m.unit.id for m in members(world.viewer("lan"), group.pk)[0]] == [world.unit("A11")]


def test_whoever_reads_neither_owner_nor_member_finds_nothing(world: World) -> None:
    group = made(world, "B1")
    with pytest.raises(Absent, match=r"groups\.no_group"):
        one_group(world.viewer("dung"), group.pk, TODAY)
    assert listed(world.viewer("dung"), TODAY) == ([], 0)
    assert one_group(world.viewer("chau"), group.pk, TODAY).whole == 1


def test_only_who_keeps_the_owners_tree_may_change_a_group_though_a_member_be_theirs(world: World) -> None:
    group = made(world, "A1")
    keeper = keeper_of(world, "A", reads="chau")
    for deed in (
        lambda: groups.change_group(by=keeper, group_id=group.pk, seen_version=group.version, said=PILOTS),
        lambda: groups.put_in(by=keeper, group_id=group.pk, unit_ids=[world.unit("A2")], since=SPRING),
        lambda: groups.end_group(by=keeper, group_id=group.pk, seen_version=group.version, on=SUMMER),
        lambda: kept_group(keeper, group.pk, TODAY),
    ):
        with pytest.raises(Absent, match=r"groups\.no_group"):
            deed()
    own = groups.make_group(by=keeper, unit_id=world.unit("A"), said=PILOTS)
    groups.put_in(by=keeper, group_id=own.pk, unit_ids=[world.unit("B1")], since=SPRING)
    with pytest.raises(Absent, match=r"org\.no_unit"):
        groups.make_group(by=keeper, unit_id=world.unit("B"), said=PILOTS)


def test_a_unit_out_of_the_doers_sight_is_put_into_no_group(world: World) -> None:
    keeper = keeper_of(world, "A")
    group = groups.make_group(by=keeper, unit_id=world.unit("A"), said=PILOTS)
    with pytest.raises(Absent, match=r"org\.no_unit"):
        groups.put_in(by=keeper, group_id=group.pk, unit_ids=[world.unit("A1"), world.unit("B1")], since=SPRING)
    assert not GroupMember.objects.everywhere(because="a test").exists()


def test_what_nobody_may_say_of_a_group_is_refused_with_its_reason(world: World) -> None:
    group, by = made(world, "A1"), world.viewer("an")
    late = add_unit("N", world.units["A"], UnitKind.GRASSROOTS, "Đảng bộ xã Mới", since=SUMMER)

    def name(text: str) -> Group:
        return groups.make_group(by=by, unit_id=world.unit("T"), said=Named(text, GroupKind.OTHER))

    def put(unit_id: int, since: date) -> object:
        return groups.put_in(by=by, group_id=group.pk, unit_ids=[unit_id], since=since)

    deeds: tuple[tuple[str, Callable[[], object]], ...] = (
        ("groups.no_name", lambda: name(" ")),
        ("groups.name_taken", lambda: name("don vi LAM diem")),
        ("groups.member_already", lambda: put(world.unit("A1"), TODAY)),
        ("groups.not_open_then", lambda: put(late.pk, SPRING)),
        ("org.bad_day", lambda: put(world.unit("A2"), date(1900, 1, 1))),
        (
            "groups.ends_too_early",
            lambda: groups.end_group(by=by, group_id=group.pk, seen_version=group.version, on=date(2024, 1, 1)),
        ),
    )
    for code, deed in deeds:
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == code


def test_two_people_never_change_a_group_unseen_by_each_other(world: World) -> None:
    group, by = made(world), world.viewer("an")
    groups.change_group(by=by, group_id=group.pk, seen_version=group.version, said=Named("Cụm một", GroupKind.CLUSTER))
    with pytest.raises(Stale):
        groups.change_group(by=by, group_id=group.pk, seen_version=group.version, said=PILOTS)
    assert one_group(by, group.pk, TODAY).name == "Cụm một"


def test_an_ended_group_keeps_what_it_was_and_takes_nobody_in(world: World) -> None:
    group, by = made(world, "A1"), world.viewer("an")
    groups.end_group(by=by, group_id=group.pk, seen_version=group.version, on=SUMMER)
    assert inside(world, group, SPRING) == {"A1"}
    assert inside(world, group, SUMMER) == set()
    with pytest.raises(Refused, match=r"groups\.ended"):
        groups.put_in(by=by, group_id=group.pk, unit_ids=[world.unit("A2")], since=AUTUMN)


def test_groups_of_a_unit_and_groups_below_it_are_told_apart(world: World) -> None:
    group, by = made(world, "A1", "B11"), world.viewer("an")
    assert [g.id for g in groups_of(by, world.unit("A1"), TODAY)] == [group.pk]
    assert groups_below(by, world.unit("A1"), TODAY) == []
    assert [g.id for g in groups_below(by, world.unit("A"), TODAY)] == [group.pk]
    everything = [world.unit(code) for code in ("T", "A1", "A11", "A2", "B1", "B11")]
    assert covered(by, group.pk, everything, TODAY) == {world.unit(c) for c in ("A1", "A11", "B11")}


def test_the_heir_of_a_merged_unit_stands_in_its_place_and_undoing_gives_it_back(world: World) -> None:
    group, by = made(world, "A1", "B1"), world.viewer("an")
    plan = draft_steps(by=by, unit_id=world.unit("T"), title="Nhập xã", on=SUMMER, steps=(
        Step(row=2, what=StepKind.MERGE, codes=("A1",), heir_code="A2"),
    ))  # fmt: skip
    apply(by=by, plan_id=plan.pk)
    assert inside(world, group, date(2025, 6, 30)) == {"A1", "B1"}
    assert inside(world, group, SUMMER) == {"A2", "B1"}
    shown = members(by, group.pk)[0]
    assert [(m.unit.id, m.instead_of and m.instead_of.id) for m in shown if m.until is None and m.instead_of] == [
        (world.unit("A2"), world.unit("A1"))
    ]
    undo(by=by, plan_id=plan.pk, on=AUTUMN)
    assert inside(world, group, SUMMER) == {"A2", "B1"}
    assert inside(world, group, AUTUMN) == {"A1", "B1"}


def test_an_heir_that_was_a_member_already_stays_one_after_the_undoing(world: World) -> None:
    group, by = made(world, "A1", "A2"), world.viewer("an")
    plan = draft_steps(by=by, unit_id=world.unit("T"), title="Nhập xã", on=SUMMER, steps=(
        Step(row=2, what=StepKind.MERGE, codes=("A1",), heir_code="A2"),
    ))  # fmt: skip
    apply(by=by, plan_id=plan.pk)
    assert inside(world, group, SUMMER) == {"A2"}
    undo(by=by, plan_id=plan.pk, on=AUTUMN)
    assert inside(world, group, AUTUMN) == {"A1", "A2"}


def test_two_units_merged_into_a_new_one_come_back_both_and_the_new_one_goes(world: World) -> None:
    group, by = made(world, "A1", "A2"), world.viewer("an")
    plan = draft_steps(by=by, unit_id=world.unit("T"), title="Xã mới", on=SUMMER, steps=(
        Step(row=2, what=StepKind.OPEN, codes=("N",), name="Đảng bộ xã Mới", short_name="xã Mới",
             kind=UnitKind.GRASSROOTS, is_grassroots=True, parent_code="A"),
        Step(row=3, what=StepKind.MERGE, codes=("A1", "A2"), heir_code="N"),
    ))  # fmt: skip
    apply(by=by, plan_id=plan.pk)
    assert len(composition(by, [group.pk], SUMMER)[group.pk].unit_ids) == 1
    undo(by=by, plan_id=plan.pk, on=AUTUMN)
    assert inside(world, group, AUTUMN) == {"A1", "A2"}
    assert composition(by, [group.pk], AUTUMN)[group.pk].whole == 2


def test_a_level_above_takes_nobodys_place(world: World) -> None:
    """A cluster of districts must not become the whole province when a district is dissolved."""
    group, by = made(world, "A", "B"), world.viewer("an")
    merge(by=by, unit_ids=[world.unit("A")], heir_id=world.unit("T"), on=SUMMER)
    assert inside(world, group, SUMMER) == {"B"}


def test_what_somebody_ended_since_stays_ended_when_the_plan_is_undone(world: World) -> None:
    group, by = made(world, "A1"), world.viewer("an")
    plan = draft_steps(by=by, unit_id=world.unit("T"), title="Nhập xã", on=SUMMER, steps=(
        Step(row=2, what=StepKind.MERGE, codes=("A1",), heir_code="A2"),
    ))  # fmt: skip
    apply(by=by, plan_id=plan.pk)
    row = GroupMember.objects.everywhere(because="a test").get(unit_id=world.unit("A2"))
    groups.take_out(by=by, member_id=row.pk, seen_version=row.version, on=date(2025, 8, 1))
    undo(by=by, plan_id=plan.pk, on=AUTUMN)
    assert inside(world, group, AUTUMN) == set()


def agency(world: World, code: str = "BV", under: str = "A") -> int:
    unit = add_unit(code, world.units[under], UnitKind.AGENCY, f"Bệnh viện {code}")
    world.units[code] = unit
    from chithi.org.places import forget_since

    forget_since(date(2000, 1, 1))
    return unit.pk


def test_an_agency_and_its_party_organisation_name_each_other(world: World) -> None:
    hospital, by = agency(world), world.viewer("an")
    link = links.tie(by=by, unit_id=hospital, other_id=world.unit("A1"), kind=LinkKind.PARTY_ORGANISATION, since=SPRING)
    assert [(one.unit.id, one.other and one.other.id) for one in links_of(by, world.unit("A1"), TODAY)] == [
        (hospital, world.unit("A1"))
    ]
    assert len(links_of(by, hospital, TODAY)) == 1
    assert links_of(by, hospital, date(2025, 2, 1)) == []
    assert Mark.objects.everywhere(because="a test").filter(unit_id=hospital, first=SPRING).exists()
    links.untie(by=by, link_id=link.pk, seen_version=link.version, on=SUMMER)
    assert links_of(by, hospital, SUMMER) == []
    assert links_of(world.viewer("minh"), world.unit("A1"), SPRING) == []


def test_ties_that_do_not_fit_are_refused(world: World) -> None:
    hospital, by = agency(world), world.viewer("an")
    a1, a11 = world.unit("A1"), world.unit("A11")
    links.tie(by=by, unit_id=hospital, other_id=a1, kind=LinkKind.PARTY_ORGANISATION, since=SPRING)
    for code, unit, other, kind in (
        ("links.tied_already", hospital, a11, LinkKind.PARTY_ORGANISATION),
        ("links.to_itself", hospital, hospital, LinkKind.PARTY_ORGANISATION),
        ("links.not_this_owner", hospital, a1, LinkKind.COMMITTEE_LEVEL),
        ("links.not_this_owner", a1, a11, LinkKind.VILLAGE_CELL),
        ("links.not_this_other", agency(world, "CA"), hospital, LinkKind.PARTY_ORGANISATION),
    ):
        with pytest.raises(Refused) as refused:
            links.tie(by=by, unit_id=unit, other_id=other, kind=kind, since=SPRING)
        assert refused.value.code == code
    with pytest.raises(Absent):
        links.tie(
            by=keeper_of(world, "B"), unit_id=hospital, other_id=a1, kind=LinkKind.PARTY_ORGANISATION, since=SUMMER
        )


def test_a_tie_follows_both_its_sides_into_their_heirs_and_back(world: World) -> None:
    hospital, clinic, by = agency(world), agency(world, "TT"), world.viewer("an")
    links.tie(by=by, unit_id=hospital, other_id=world.unit("A1"), kind=LinkKind.PARTY_ORGANISATION, since=SPRING)
    plan = draft_steps(by=by, unit_id=world.unit("T"), title="Nhập", on=SUMMER, steps=(
        Step(row=2, what=StepKind.MERGE, codes=("A1",), heir_code="A2"),
        Step(row=3, what=StepKind.MERGE, codes=("BV",), heir_code="TT"),
    ))  # fmt: skip
    apply(by=by, plan_id=plan.pk)
    after = links_of(by, clinic, SUMMER)
    assert [(one.unit.id, one.other and one.other.id) for one in after] == [(clinic, world.unit("A2"))]
    undo(by=by, plan_id=plan.pk, on=AUTUMN)
    back = links_of(by, hospital, AUTUMN)
    assert [(one.unit.id, one.other and one.other.id) for one in back] == [(hospital, world.unit("A1"))]
    assert links_of(by, clinic, AUTUMN) == []
    assert UnitLink.objects.everywhere(because="a test").filter(until__isnull=True).count() == 1


def test_moving_a_unit_leaves_its_groups_alone(world: World) -> None:
    group, by = made(world, "A1"), world.viewer("an")
    move(by=by, unit_id=world.unit("A1"), parent_id=world.unit("B"), on=SUMMER)
    assert inside(world, group, SUMMER) == {"A1"}
    assert system_viewer(TODAY, because="a test").may_everywhere(Capability.READ)
