"""Defining breakdowns and their parts. Nothing is deleted: a part is renamed, closed from a day, merged into another.

A breakdown that a measure counted from records uses is closed: its parts are conditions on the records and only their
names can be changed here. Each act needs `Capability.DEFINE` everywhere and is journalled at the root of the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark_whole
from chithi.indicators.defining import next_id, root_of
from chithi.indicators.defining_rules import EARLIEST, MemberDraft, member_problems
from chithi.indicators.models import Breakdown, Measure, Member, MemberVersion
from chithi.journal.actions import record
from chithi.text.vietnamese import clean, fold

MOST_MEMBERS = 40


@transaction.atomic
def define_breakdown(*, by: Viewer, name_vi: str, name_en: str, members: Sequence[MemberDraft]) -> Breakdown:
    """A new breakdown with its first parts; at least two, which together make the whole."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        vi, en = _names(name_vi, name_en)
        _refuse_taken(vi, 0)
        if len(members) < 2:
            raise Refused("indicators.two_members", field="members")
        number = next_id(Breakdown)
        breakdown = Breakdown.objects.create(id=number, code=f"own.{number}", name_vi=vi, name_en=en, changed_here=True)
        for member in members:
            _add(by, breakdown, member, "members")
        record("indicators.breakdown_defined", by=by, unit_id=root_of(by), about=breakdown, breakdown=breakdown.code)
    return breakdown


@transaction.atomic
def rename_breakdown(*, by: Viewer, breakdown_id: int, name_vi: str, name_en: str, seen: int) -> Breakdown:
    """Another name, at once."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        breakdown = _breakdown(breakdown_id)
        if breakdown.version != seen:
            raise Stale("db.stale")
        vi, en = _names(name_vi, name_en)
        _refuse_taken(vi, breakdown_id)
        if (vi, en) == (breakdown.name_vi, breakdown.name_en):
            raise Refused("indicators.nothing_changed")
        breakdown.name_vi, breakdown.name_en = vi, en
        breakdown.version += 1
        breakdown.changed_here = True
        breakdown.save()
        record("indicators.breakdown_renamed", by=by, unit_id=root_of(by), about=breakdown, breakdown=breakdown.code)
    return breakdown


@transaction.atomic
def add_member(*, by: Viewer, breakdown_id: int, draft: MemberDraft) -> Member:
    """Another part of a breakdown, from a day on or from the beginning."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        breakdown = _breakdown(breakdown_id)
        _refuse_recorded(breakdown)
        member = _add(by, breakdown, draft, "name_vi")
        record("indicators.member_added", by=by, unit_id=root_of(by), about=member, breakdown=breakdown.code)
    return member


@transaction.atomic
def change_member(*, by: Viewer, member_id: int, draft: MemberDraft, seen: int) -> Member:
    """Rename a part (at once), close it from a day on, or merge it into another part from that day on.

    What was stated about it stays under it in the periods before; in those that end later it is counted with its heir.
    """
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        member = Member.objects.filter(pk=member_id).first()
        if member is None:
            raise Absent("indicators.no_member", member=member_id)
        if member.version != seen:
            raise Stale("db.stale")
        wanted = _cleaned(by, draft)
        before = MemberDraft(member.name_vi, member.name_en, member.since, member.until, member.merged_into_id)
        if wanted == before:
            raise Refused("indicators.nothing_changed")
        _refuse_name(member.breakdown_id, wanted.name_vi, member_id, "name_vi")
        dated = replace(wanted, name_vi="", name_en="") != replace(before, name_vi="", name_en="")
        if dated:
            _refuse_recorded(_breakdown(member.breakdown_id))
            _refuse_heir(member, wanted)
            _mark(by, member.breakdown_id, before, wanted)
        if not MemberVersion.objects.filter(member=member).exists():
            _keep(member, before, None)
        member.name_vi, member.name_en = wanted.name_vi, wanted.name_en
        member.since, member.until, member.merged_into_id = wanted.since, wanted.until, wanted.merged_into
        member.version += 1
        member.changed_here = True
        member.save()
        _keep(member, wanted, by.user_id)
        facts = {"until": wanted.until.isoformat()} if wanted.until else {}
        verb = "indicators.member_merged" if wanted.merged_into else "indicators.member_changed"
        record(verb, by=by, unit_id=root_of(by), about=member, **facts)
    return member


def _add(by: Viewer, breakdown: Breakdown, draft: MemberDraft, field: str) -> Member:
    wanted = _cleaned(by, draft)
    _refuse_name(breakdown.pk, wanted.name_vi, 0, field)
    if Member.objects.filter(breakdown=breakdown).count() >= MOST_MEMBERS:
        raise Refused("indicators.too_many_members", field=field, most=MOST_MEMBERS)
    number = next_id(Member)
    member = Member.objects.create(
        id=number,
        breakdown=breakdown,
        code=f"own.{number}",
        name_vi=wanted.name_vi,
        name_en=wanted.name_en,
        since=wanted.since,
        changed_here=True,
    )
    _keep(member, wanted, by.user_id)
    measures = _measures_of(breakdown.pk)
    if measures:
        mark_whole(root_of(by), measures, first=wanted.since or EARLIEST)
    return member


def _cleaned(by: Viewer, draft: MemberDraft) -> MemberDraft:
    vi = clean(draft.name_vi).strip()[:120]
    wanted = replace(draft, name_vi=vi, name_en=clean(draft.name_en).strip()[:120] or vi)
    for problem in member_problems(wanted, by.today):
        raise problem
    return wanted


def _names(name_vi: str, name_en: str) -> tuple[str, str]:
    vi = clean(name_vi).strip()[:120]
    if not vi:
        raise Refused("indicators.no_name", field="name_vi")
    return vi, clean(name_en).strip()[:120] or vi


def _breakdown(breakdown_id: int) -> Breakdown:
    found = Breakdown.objects.filter(pk=breakdown_id).first()
    if found is None:
        raise Absent("indicators.no_such_breakdown", breakdown=breakdown_id)
    return found


def _measures_of(breakdown_id: int) -> list[int]:
    return list(Measure.objects.filter(breakdown_id=breakdown_id).values_list("pk", flat=True))


def _refuse_recorded(breakdown: Breakdown) -> None:
    if Measure.objects.filter(breakdown=breakdown, recorded=True).exists():
        raise Refused("indicators.breakdown_recorded")


def _refuse_taken(name: str, breakdown_id: int) -> None:
    others = Breakdown.objects.exclude(pk=breakdown_id).values_list("name_vi", flat=True)
    if fold(name) in {fold(other) for other in others}:
        raise Refused("indicators.name_taken", field="name_vi", name=name)


def _refuse_name(breakdown_id: int, name: str, member_id: int, field: str) -> None:
    others = Member.objects.filter(breakdown_id=breakdown_id).exclude(pk=member_id).values_list("name_vi", flat=True)
    if fold(name) in {fold(other) for other in others}:
        raise Refused("indicators.name_taken", field=field, name=name)


def _refuse_heir(member: Member, wanted: MemberDraft) -> None:
    """The part merged into is another of the same breakdown, in use on that day, and not itself merged back."""
    if wanted.merged_into is None:
        return
    heir = Member.objects.filter(pk=wanted.merged_into, breakdown_id=member.breakdown_id).first()
    if heir is None or heir.pk == member.pk:
        raise Refused("indicators.bad_heir", field="merged_into")
    until = wanted.until
    if until is not None and ((heir.until and heir.until <= until) or (heir.since and heir.since > until)):
        raise Refused("indicators.bad_heir", field="merged_into")
    seen = {member.pk}
    while heir is not None:
        if heir.pk in seen:
            raise Refused("indicators.bad_heir", field="merged_into")
        seen.add(heir.pk)
        heir = Member.objects.filter(pk=heir.merged_into_id or 0).first()


def _mark(by: Viewer, breakdown_id: int, before: MemberDraft, wanted: MemberDraft) -> None:
    """Everything from the first day on which the part counts otherwise than before is added up anew."""
    days = [day for day in (before.since, wanted.since, before.until, wanted.until) if day]
    begins_otherwise = before.since != wanted.since and None in (before.since, wanted.since)
    measures = _measures_of(breakdown_id)
    if measures:
        mark_whole(root_of(by), measures, first=EARLIEST if begins_otherwise else min(days, default=EARLIEST))


def _keep(member: Member, said: MemberDraft, by_id: int | None) -> None:
    number = MemberVersion.objects.filter(member=member).count() + 1
    MemberVersion.objects.create(
        member=member,
        number=number,
        name_vi=said.name_vi,
        name_en=said.name_en,
        since=said.since,
        until=said.until,
        merged_into_id=said.merged_into,
        by_id=by_id,
    )
