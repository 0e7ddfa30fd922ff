"""Named groups of units beside the tree: made, renamed, ended; units put in and taken out, from a day on.

A group belongs to a unit and is kept by whoever keeps the tree there (`Capability.TREE`). Its members may lie anywhere
the doer may read. Memberships are dated; what closes hands its membership to its heir (`chithi.org.groups_heirs`). All
acts take the lock `tree`, so that no unit closes while it is put into a group. Counts do not change: nothing is marked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.guard import ScopedQuerySet
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import groups_rules as rules
from chithi.org.kinds import GroupKind
from chithi.org.models import Group, GroupMember, Unit, UnitState, valid_on
from chithi.text.vietnamese import clean, fold

_WHY = "a group whose owner is compared with the doer's reach here"


@dataclass(frozen=True)
class Named:
    """What is said of a group itself."""

    name: str
    kind: GroupKind
    note: str = ""


def make_group(*, by: Viewer, unit_id: int, said: Named) -> Group:
    """A group without members, owned by a unit in the doer's TREE reach."""
    with only_one("tree"):
        _must_keep(by, unit_id)
        group = Group(unit_id=unit_id)
        _name(group, said)
        record("groups.made", by=by, unit_id=unit_id, about=group, kind=group.kind)
        return group


def change_group(*, by: Viewer, group_id: int, seen_version: int, said: Named) -> Group:
    """Another name, kind or note."""
    with _kept(by, group_id, seen_version) as group:
        before = group.kind
        _name(group, said)
        record("groups.changed", by=by, unit_id=group.unit_id, about=group, before=before, kind=group.kind)
        return group


def end_group(*, by: Viewer, group_id: int, seen_version: int, on: date) -> None:
    """The group ends on a day, and with it every membership; what it counted before stays."""
    with _kept(by, group_id, seen_version) as group:
        if problem := rules.why_not_on(on, by.today, "on"):
            raise problem
        running = list(_memberships(group.pk).filter(until__isnull=True))
        latest = max((member.since for member in running), default=on)
        if problem := rules.why_not_end(latest, on):
            raise problem
        for member in running:
            member.until = on
            member.save(update_fields=["until"])
        group.ended_on = on
        group.save(update_fields=["ended_on"])
        record("groups.ended", by=by, unit_id=group.unit_id, about=group, on=on.isoformat(), members=len(running))


def put_in(*, by: Viewer, group_id: int, unit_ids: Collection[int], since: date) -> list[GroupMember]:
    """Units become members from a day on, all of them or none. Each must be open then and readable by the doer."""
    with _kept(by, group_id, None) as group:
        wanted = list(dict.fromkeys(unit_ids))
        if problem := rules.why_not_on(since, by.today, "since"):
            raise problem
        running = _memberships(group.pk).filter(until__isnull=True).count()
        if problem := rules.why_not_more(running + len(wanted)):
            raise problem
        for unit_id in wanted:
            _may_enter(by, group.pk, unit_id, since)
        made = [GroupMember.objects.create(group=group, unit_id=unit_id, since=since) for unit_id in wanted]
        for member in made:
            member.must_lie_inside(by.reach(Capability.READ))
            facts = {"group": group.pk, "since": since.isoformat()}
            record("groups.joined", by=by, unit_id=member.unit_id, about=member, **facts)
        return made


def take_out(*, by: Viewer, member_id: int, seen_version: int, on: date) -> GroupMember:
    """A membership ends; the day itself no longer counts."""
    with _kept_member(by, member_id, seen_version) as member:
        if member.until is not None:
            raise Refused("groups.left_already", day=member.until)
        problem = rules.why_not_on(on, by.today, "on") or rules.why_not_end(member.since, on)
        if problem:
            raise problem
        member.until = on
        member.save(update_fields=["until"])
        facts = {"group": member.group_id, "on": on.isoformat()}
        record("groups.left", by=by, unit_id=member.unit_id, about=member, **facts)
        return member


def put_back(*, by: Viewer, member_id: int, seen_version: int) -> GroupMember:
    """A membership that was ended goes on as if it had not been; `Stale` where it was changed since."""
    with _kept_member(by, member_id, seen_version) as member:
        if member.until is None:
            raise Stale("db.stale", kind="groupmember")
        running = _memberships(member.group_id).filter(until__isnull=True).count()
        if problem := rules.why_not_more(running + 1):
            raise problem
        on, member.until = member.until, None
        _may_enter(by, member.group_id, member.unit_id, on, but=member.pk)
        member.save(update_fields=["until"])
        member.must_lie_inside(by.reach(Capability.READ))
        facts = {"group": member.group_id, "on": on.isoformat()}
        record("groups.leaving_taken_back", by=by, unit_id=member.unit_id, about=member, **facts)
        return member


@contextmanager
def _kept_member(by: Viewer, member_id: int, seen_version: int) -> Iterator[GroupMember]:
    """A place in a group that is the doer's to keep, as they saw it."""
    rows = GroupMember.objects.everywhere(because=_WHY).filter(pk=member_id)
    group_id = rows.values_list("group_id", flat=True).first()
    if group_id is None:
        raise Absent("groups.no_member", member=member_id)
    with _kept(by, group_id, None):
        member = rows.get()
        if member.version != seen_version:
            raise Stale("db.stale", kind="groupmember")
        yield member


@contextmanager
def _kept(by: Viewer, group_id: int, seen_version: int | None) -> Iterator[Group]:
    """A group that is the doer's to keep, unended; looked at again when the act is over."""
    with only_one("tree"):
        group = Group.objects.everywhere(because=_WHY).filter(pk=group_id).first()
        if group is None:
            raise Absent("groups.no_group", group=group_id)
        _must_keep(by, group.unit_id, group_id)
        if seen_version is not None and group.version != seen_version:
            raise Stale("db.stale", kind="group")
        if group.ended_on is not None:
            raise Refused("groups.ended", day=group.ended_on)
        yield group
        _must_keep(by, group.unit_id, group_id)


def _must_keep(by: Viewer, unit_id: int, group_id: int | None = None) -> None:
    """The owner lies in the doer's TREE reach; that a member does is not enough."""
    if not Unit.objects.visible_to(by.reach(Capability.TREE)).filter(pk=unit_id).exists():
        if group_id is None:
            raise Absent("org.no_unit", field="unit", unit=unit_id)
        raise Absent("groups.no_group", group=group_id)


def _name(group: Group, said: Named) -> None:
    name = clean(said.name).strip()[:200]
    if problem := rules.why_not_named(name):
        raise problem
    group.name, group.folded = name, fold(name)[:200]
    group.kind, group.note = GroupKind(said.kind).value, clean(said.note).strip()[:300]
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as taken:
        raise Refused("groups.name_taken", field="name") from taken


def _may_enter(by: Viewer, group_id: int, unit_id: int, since: date, but: int = 0) -> None:
    """The unit is readable and open, and on no day from then on in the group already (by a row other than `but`)."""
    unit = Unit.objects.visible_to(by.reach(Capability.READ)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", field="units", unit=unit_id)
    states = UnitState.objects.everywhere(because="a unit just found in reach").filter(valid_on(since))
    if not states.filter(unit_id=unit_id).exists():
        raise Refused("groups.not_open_then", field="units", unit=unit.code, day=since)
    if unit.closed_on is not None:
        raise Refused("org.already_closed", field="units", unit=unit.code, day=unit.closed_on)
    spans = _memberships(group_id).filter(unit_id=unit_id).exclude(pk=but).values_list("since", "until")
    if rules.overlaps((since, None), spans):
        raise Refused("groups.member_already", field="units", unit=unit.code)


def _memberships(group_id: int) -> ScopedQuerySet[GroupMember]:
    return GroupMember.objects.everywhere(because=_WHY).filter(group_id=group_id)
