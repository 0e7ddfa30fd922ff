"""Ends that are taken back ask what a beginning asks: nothing comes back that may not stand there now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chithi.access import keeping
from chithi.access.actions import grant, open_account
from chithi.access.defining import Definition, define_role, retire_role
from chithi.access.keeping import Ended, Giving
from chithi.access.models import RoleGrant, User
from chithi.access.taking_back import hold_on, open_as_it_was
from chithi.core.errors import Absent, Refused, Stale
from chithi.freshness.models import Mark
from chithi.org import people
from chithi.org.actions import close as close_unit
from chithi.org.groups import Named, make_group, put_back, put_in, take_out
from chithi.org.kinds import GroupKind, LinkKind, UnitKind
from chithi.org.links import tie, tie_again, untie
from chithi.org.models import GroupMember, Membership, Post, UnitLink
from chithi.org.people_again import go_on
from chithi.privacy.actions import hold, release
from chithi.privacy.actions import hold_on as hold_person_on
from tests.worlds import BEGAN, TODAY, World, add_members, add_unit

pytestmark = pytest.mark.django_db
WHY = "the tests look at everything"
SINCE, THEN = date(2020, 1, 1), date(2026, 1, 1)


def refused(do: Any, *, by: str) -> None:
    """The act is refused with this code and nothing else."""
    with pytest.raises(Refused) as problem:
        do()
    assert problem.value.code == by


def marked(unit_id: int) -> set[date]:
    """The first days from which something of a unit is to be added up anew."""
    return set(Mark.objects.everywhere(because=WHY).filter(unit_id=unit_id).values_list("first", flat=True))


def out_of_a_group(world: World) -> GroupMember:
    by = world.viewer("an")
    group = make_group(by=by, unit_id=world.unit("T"), said=Named("Làm điểm", GroupKind.PILOT))
    row = put_in(by=by, group_id=group.pk, unit_ids=[world.unit("A1")], since=SINCE)[0]
    return take_out(by=by, member_id=row.pk, seen_version=row.version, on=THEN)


def test_a_unit_put_into_its_group_anew_is_not_put_back(world: World) -> None:
    by, row = world.viewer("an"), out_of_a_group(world)
    put_in(by=by, group_id=row.group_id, unit_ids=[row.unit_id], since=date(2026, 5, 1))
    refused(lambda: put_back(by=by, member_id=row.pk, seen_version=row.version), by="groups.member_already")


def test_a_unit_that_closed_is_not_put_back(world: World) -> None:
    by, row = world.viewer("an"), out_of_a_group(world)
    close_unit(by=by, unit_id=row.unit_id, on=TODAY, heir_id=world.unit("A2"))
    refused(lambda: put_back(by=by, member_id=row.pk, seen_version=row.version), by="org.already_closed")


def test_a_place_in_a_group_is_put_back_by_its_keeper_as_they_saw_it(world: World) -> None:
    row = out_of_a_group(world)
    for who in ("dung", "minh", "chau"):
        with pytest.raises(Absent):
            put_back(by=world.viewer(who), member_id=row.pk, seen_version=row.version)
    with pytest.raises(Stale):
        put_back(by=world.viewer("an"), member_id=row.pk, seen_version=row.version - 1)
    back = put_back(by=world.viewer("an"), member_id=row.pk, seen_version=row.version)
    assert back.until is None
    with pytest.raises(Stale):
        put_back(by=world.viewer("an"), member_id=row.pk, seen_version=back.version)


def untied(world: World) -> UnitLink:
    agency = add_unit("BV", world.units["A"], UnitKind.AGENCY, "Bệnh viện huyện An")
    ids = {"unit_id": agency.pk, "other_id": world.unit("A1")}
    link = tie(by=world.viewer("an"), kind=LinkKind.PARTY_ORGANISATION, since=SINCE, **ids)
    return untie(by=world.viewer("an"), link_id=link.pk, seen_version=link.version, on=THEN)


def test_a_unit_tied_anew_is_not_tied_twice(world: World) -> None:
    by, link = world.viewer("an"), untied(world)
    other = {"unit_id": link.unit_id, "other_id": world.unit("A2"), "kind": LinkKind.PARTY_ORGANISATION}
    tie(by=by, since=date(2026, 5, 1), **other)
    refused(lambda: tie_again(by=by, link_id=link.pk, seen_version=link.version), by="links.tied_already")


def test_a_tie_goes_on_with_a_mark_from_the_day_it_had_ended(world: World) -> None:
    link = untied(world)
    Mark.objects.everywhere(because=WHY).delete()
    with pytest.raises(Absent):
        tie_again(by=world.viewer("dung"), link_id=link.pk, seen_version=link.version)
    with pytest.raises(Stale):
        tie_again(by=world.viewer("an"), link_id=link.pk, seen_version=link.version + 1)
    back = tie_again(by=world.viewer("an"), link_id=link.pk, seen_version=link.version)
    assert back.until is None
    assert marked(link.unit_id) == {THEN}
    with pytest.raises(Stale):
        tie_again(by=world.viewer("an"), link_id=link.pk, seen_version=back.version)


def left(world: World) -> Membership:
    person = add_members(world.units["A11"], 1)[0]
    row = Membership.objects.everywhere(because=WHY).get(person=person)
    return people.leave(by=world.viewer("lan"), membership_id=row.pk, seen_version=row.version, on=THEN)


def test_a_member_who_joined_anew_is_not_a_member_twice(world: World) -> None:
    row = left(world)
    people.join(by=world.viewer("lan"), person=row.person_id, unit_id=row.unit_id, since=date(2026, 5, 1))
    again = {"what": "membership", "row_id": row.pk, "seen_version": row.version}
    refused(lambda: go_on(by=world.viewer("lan"), **again), by="org.overlaps")


def test_a_membership_goes_on_with_marks_only_for_whoever_keeps_the_list(world: World) -> None:
    row = left(world)
    Mark.objects.everywhere(because=WHY).delete()
    again: dict[str, Any] = {"what": "membership", "row_id": row.pk, "seen_version": row.version}
    for who in ("hoa", "dung", "chau"):
        with pytest.raises(Absent):
            go_on(by=world.viewer(who), **again)
    with pytest.raises(Stale):
        go_on(by=world.viewer("lan"), **{**again, "seen_version": row.version + 1})
    go_on(by=world.viewer("lan"), **again)
    now = Membership.objects.everywhere(because=WHY).get(pk=row.pk)
    assert now.until is None
    assert marked(row.unit_id) == {THEN}
    with pytest.raises(Stale):
        go_on(by=world.viewer("lan"), **{**again, "seen_version": now.version})


def test_nobody_is_exempt_again_in_a_cell_they_left(world: World) -> None:
    by, person = world.viewer("lan"), add_members(world.units["A11"], 1)[0]
    made = people.exempt(by=by, person_id=person.pk, unit_id=world.unit("A11"), since=SINCE)
    over = people.end_exemption(by=by, exemption_id=made.pk, seen_version=made.version, on=THEN)
    row = Membership.objects.everywhere(because=WHY).get(person=person)
    people.leave(by=by, membership_id=row.pk, seen_version=row.version, on=date(2025, 6, 1))
    again = {"what": "exemption", "row_id": over.pk, "seen_version": over.version}
    refused(lambda: go_on(by=by, **again), by="org.not_a_member_then")


def test_nobody_holds_a_post_again_in_a_unit_that_closed(world: World) -> None:
    person = add_members(world.units["A11"], 1)[0]
    post = Post.objects.create(person=person, unit=world.units["A12"], title="Phó bí thư", since=SINCE)
    over = people.leave_post(by=world.viewer("an"), post_id=post.pk, seen_version=post.version, on=THEN)
    close_unit(by=world.viewer("an"), unit_id=world.unit("A12"), on=TODAY, heir_id=world.unit("A11"))
    again = {"what": "post", "row_id": over.pk, "seen_version": over.version}
    refused(lambda: go_on(by=world.viewer("an"), **again), by="org.not_open_then")


def role_ended(world: World, role: str = "leader") -> Ended:
    held = grant(by=None, user=world.users["lan"], role=role, unit_id=world.unit("A12"), since=BEGAN)
    over = keeping.end_role(by=world.viewer("an"), grant_id=held.pk, until=TODAY, seen_version=held.version)
    return Ended(over.pk, over.version, None)


def test_a_role_given_anew_or_retired_does_not_go_on(world: World) -> None:
    by = world.viewer("an")
    ended = role_ended(world)
    keeping.give_role(by=by, user_id=world.users["lan"].pk, giving=Giving("leader", world.unit("A12"), TODAY))
    refused(lambda: hold_on(by=by, ended=ended), by="access.already_held")
    role = define_role(by=by, code="kiem_tra", as_what=Definition(("Kiểm tra", "Inspection"), ("read",)))
    own = role_ended(world, "kiem_tra")
    retire_role(by=by, code="kiem_tra", on=TODAY, seen_version=role.version)
    refused(lambda: hold_on(by=by, ended=own), by="access.role_retired")


def test_a_role_goes_on_for_whoever_may_give_it_and_never_ones_own(world: World) -> None:
    ended = role_ended(world)
    for who in ("dung", "minh", "lan"):
        with pytest.raises(Absent):
            hold_on(by=world.viewer(who), ended=ended)
    with pytest.raises(Stale):
        hold_on(by=world.viewer("an"), ended=Ended(ended.grant_id, ended.version + 1, None))
    assert hold_on(by=world.viewer("an"), ended=ended).until is None
    own = grant(by=None, user=world.users["an"], role="leader", unit_id=world.unit("A"), since=BEGAN, until=TODAY)
    refused(lambda: hold_on(by=world.viewer("an"), ended=Ended(own.pk, own.version, None)), by="access.own_account")


def test_whoever_keeps_accounts_below_hands_back_no_more_than_they_hold(world: World) -> None:
    as_what = Definition(("Phụ trách tài khoản", "Keeper of accounts"), ("read", "accounts"))
    define_role(by=world.viewer("an"), code="keeper", as_what=as_what)
    world.users["kim"] = open_account(username="kim", name="Kim")
    grant(by=None, user=world.users["kim"], role="keeper", unit_id=world.unit("A"), since=BEGAN)
    administers = role_ended(world, "administrator")
    refused(lambda: hold_on(by=world.viewer("kim"), ended=administers), by="access.role_beyond")


def test_a_closed_account_comes_back_with_its_password_and_roles_but_not_for_its_closers_inferior(world: World) -> None:
    lan = world.users["lan"]
    lan.set_password("con đường làng năm ấy")
    lan.save()
    shut, ended = keeping.close(by=world.viewer("an"), user_id=lan.pk, seen_version=lan.version)
    back: dict[str, Any] = {"user_id": lan.pk, "seen_version": shut.version, "ended": ended}
    for who in ("dung", "minh"):
        with pytest.raises(Refused):
            open_as_it_was(by=world.viewer(who), **back)
    with pytest.raises(Stale):
        open_as_it_was(by=world.viewer("an"), **{**back, "seen_version": shut.version + 1})
    assert RoleGrant.objects.everywhere(because=WHY).get(user=lan).until == TODAY
    open_as_it_was(by=world.viewer("an"), **back)
    now = User.objects.get(pk=lan.pk)
    assert now.is_active
    assert now.check_password("con đường làng năm ấy")
    assert RoleGrant.objects.everywhere(because=WHY).get(user=lan).until is None
    with pytest.raises(Stale):
        open_as_it_was(by=world.viewer("an"), **{**back, "seen_version": now.version})


def test_an_account_whose_person_opened_another_meanwhile_stays_closed(world: World) -> None:
    lan, person = world.users["lan"], add_members(world.units["A11"], 1)[0]
    keeping.link_person(by=world.viewer("an"), user_id=lan.pk, person_id=person.pk, seen_version=lan.version)
    seen = User.objects.get(pk=lan.pk).version
    shut, ended = keeping.close(by=world.viewer("an"), user_id=lan.pk, seen_version=seen)
    User.objects.filter(pk=world.users["hoa"].pk).update(person_id=person.pk)
    back: dict[str, Any] = {"user_id": lan.pk, "seen_version": shut.version, "ended": ended}
    refused(lambda: open_as_it_was(by=world.viewer("an"), **back), by="access.person_has_account")


def test_a_person_held_anew_is_not_held_twice(world: World) -> None:
    by, person = world.viewer("an"), add_members(world.units["A11"], 1)[0]
    first = hold(by=by, person_id=person.pk, reason="Đơn số 5")
    over = release(by=by, person_id=person.pk, seen_version=first.version)
    with pytest.raises(Stale):
        hold_person_on(by=by, hold_id=over.pk, seen_version=over.version + 1)
    with pytest.raises(Refused):
        hold_person_on(by=world.viewer("dung"), hold_id=over.pk, seen_version=over.version)
    hold(by=by, person_id=person.pk, reason="Đơn số 6")
    refused(lambda: hold_person_on(by=by, hold_id=over.pk, seen_version=over.version), by="privacy.held_already")
