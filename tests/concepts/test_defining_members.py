"""Breakdowns as an administrator defines them: parts that begin, are renamed, close, are merged; totals follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import Period, parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.catalogue_sync import FIRST_OWN_ID, sync_catalogue
from chithi.indicators.defining import define
from chithi.indicators.defining_members import add_member, change_member, define_breakdown, rename_breakdown
from chithi.indicators.defining_rules import Draft, MemberDraft, NewMeasure
from chithi.indicators.definitions import member_history, one_breakdown
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Breakdown, Indicator, IndicatorDefinition, Member
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from tests.worlds import World

pytestmark = pytest.mark.django_db
BEFORE, YEAR, NEXT = (parse(code) for code in ("2024", "2025", "2026"))
MERGED = date(2025, 7, 1)


def channels(world: World) -> Breakdown:
    """Three channels a broadcast may go by."""
    parts = [MemberDraft(name) for name in ("Truyền thanh", "Truyền hình", "Mạng xã hội")]
    return define_breakdown(by=world.viewer("chau"), name_vi="Kênh phát", name_en="Channel", members=parts)


def broadcasts(world: World, breakdown: Breakdown) -> Indicator:
    measure = NewMeasure(noun_vi="buổi", noun_en="broadcasts", breakdown_id=breakdown.pk)
    return define(by=world.viewer("chau"), draft=Draft(name_vi="Buổi phát", measure=measure, group="media"))


def part(breakdown: Breakdown, name: str) -> Member:
    return Member.objects.get(breakdown=breakdown, name_vi=name)


def say(
    world: World, indicator: Indicator, value: int, member: Member | None, period: Period, unit: str = "A1"
) -> None:
    measure = IndicatorDefinition.objects.get(indicator=indicator).numerator_id
    slot = Slot(world.unit(unit), measure, period, member.pk if member else None)
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(value), seen=None)


def parts_of(world: World, indicator: Indicator, period: Period, unit: str = "T") -> dict[str, int]:
    """The number and its parts as the page has them, by name."""
    drain_all()
    line = lines(world.viewer("chau"), world.unit(unit), period).line(indicator.code)
    names = dict(Member.objects.values_list("pk", "name_vi"))
    found = {names[member]: int(chosen.value or 0) for member, _code, chosen in line.members}
    return {"": int(line.chosen.value or 0), **found}


def test_the_parts_of_an_own_breakdown_add_up_and_make_the_whole(world: World) -> None:
    breakdown = channels(world)
    indicator = broadcasts(world, breakdown)
    for name, value in (("Truyền thanh", 5), ("Truyền hình", 2), ("Mạng xã hội", 1)):
        say(world, indicator, value, part(breakdown, name), YEAR)
    say(world, indicator, 4, part(breakdown, "Truyền thanh"), YEAR, "B1")
    assert parts_of(world, indicator, YEAR) == {"": 8, "Truyền thanh": 9, "Truyền hình": 2, "Mạng xã hội": 1}
    assert breakdown.pk > FIRST_OWN_ID
    assert verify().ok


def test_a_part_is_asked_for_only_while_it_is_in_use(world: World) -> None:
    breakdown = channels(world)
    indicator = broadcasts(world, breakdown)
    by, video = world.viewer("chau"), part(breakdown, "Truyền hình")
    change_member(by=by, member_id=video.pk, draft=MemberDraft("Truyền hình", until=date(2025, 1, 1)), seen=1)
    say(world, indicator, 3, video, BEFORE)
    with pytest.raises(Refused) as refused:
        say(world, indicator, 3, video, YEAR)
    assert refused.value.code == "indicators.member_not_in_use"
    new = add_member(by=by, breakdown_id=breakdown.pk, draft=MemberDraft("Báo in", since=date(2025, 1, 1)))
    with pytest.raises(Refused):
        say(world, indicator, 3, new, BEFORE)
    for name, value in (("Truyền thanh", 1), ("Mạng xã hội", 1), ("Báo in", 2)):
        say(world, indicator, value, part(breakdown, name), YEAR)
    whole = parts_of(world, indicator, YEAR)
    assert whole == {"": 4, "Truyền thanh": 1, "Mạng xã hội": 1, "Báo in": 2}, "all parts in use make the whole"
    assert verify().ok


def test_what_was_merged_counts_with_its_heir_from_that_day_and_by_itself_before(world: World) -> None:
    breakdown = channels(world)
    indicator = broadcasts(world, breakdown)
    radio, video = part(breakdown, "Truyền thanh"), part(breakdown, "Truyền hình")
    for period in (BEFORE, parse("2025-H1")):
        say(world, indicator, 5, radio, period)
        say(world, indicator, 2, video, period)
    say(world, indicator, 10, radio, parse("2025-H2"))
    lines(world.viewer("chau"), world.unit("T"), YEAR)
    wanted = MemberDraft("Truyền hình", until=MERGED, merged_into=radio.pk)
    change_member(by=world.viewer("chau"), member_id=video.pk, draft=wanted, seen=1)
    assert parts_of(world, indicator, BEFORE) == {"": 0, "Truyền thanh": 5, "Truyền hình": 2}
    assert parts_of(world, indicator, parse("2025-H1")) == {"": 0, "Truyền thanh": 5, "Truyền hình": 2}
    assert parts_of(world, indicator, YEAR) == {"": 0, "Truyền thanh": 17}
    assert verify().ok


def test_a_part_is_not_merged_into_itself_in_a_ring_or_into_one_that_has_ended(world: World) -> None:
    breakdown = channels(world)
    by = world.viewer("chau")
    radio, video = part(breakdown, "Truyền thanh"), part(breakdown, "Truyền hình")
    other = Member.objects.get(code="member")
    for heir in (video.pk, other.pk, 999_999):
        wanted = MemberDraft("Truyền hình", until=MERGED, merged_into=heir)
        with pytest.raises(Refused) as refused:
            change_member(by=by, member_id=video.pk, draft=wanted, seen=1)
        assert (refused.value.code, refused.value.field) == ("indicators.bad_heir", "merged_into")
    wanted = MemberDraft("Truyền hình", until=MERGED, merged_into=radio.pk)
    change_member(by=by, member_id=video.pk, draft=wanted, seen=1)
    back = MemberDraft("Truyền thanh", until=date(2025, 6, 1), merged_into=video.pk)
    with pytest.raises(Refused) as refused:
        change_member(by=by, member_id=radio.pk, draft=back, seen=1)
    assert refused.value.code == "indicators.bad_heir"
    with pytest.raises(Refused) as refused:
        change_member(by=by, member_id=radio.pk, draft=MemberDraft("Truyền thanh", merged_into=video.pk), seen=1)
    assert (refused.value.code, refused.value.field) == ("indicators.merge_needs_day", "until")


def test_a_breakdown_counted_from_records_changes_its_names_only(world: World) -> None:
    by = world.viewer("chau")
    shipped = Breakdown.objects.get(code="membership")
    member = Member.objects.get(code="member")
    for attempt in (
        lambda: add_member(by=by, breakdown_id=shipped.pk, draft=MemberDraft("Cảm tình Đảng")),
        lambda: change_member(by=by, member_id=member.pk, draft=MemberDraft("Đảng viên", until=MERGED), seen=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "indicators.breakdown_recorded"
    change_member(by=by, member_id=member.pk, draft=MemberDraft("Đảng viên", "Party members"), seen=1)
    sync_catalogue()
    assert Member.objects.get(pk=member.pk).name_vi == "Đảng viên"
    _, history = member_history(member.pk)
    assert [(version.number, version.name_vi, who) for version, who in history] == [
        (2, "Đảng viên", "Chau"),
        (1, "Là đảng viên", ""),
    ]


def test_names_differ_versions_are_compared_and_two_parts_are_needed(world: World) -> None:
    by = world.viewer("chau")
    breakdown = channels(world)
    with pytest.raises(Refused) as refused:
        add_member(by=by, breakdown_id=breakdown.pk, draft=MemberDraft("TRUYỀN HÌNH"))
    assert refused.value.code == "indicators.name_taken"
    with pytest.raises(Refused) as refused:
        channels(world)
    assert refused.value.code == "indicators.name_taken"
    with pytest.raises(Refused) as refused:
        define_breakdown(by=by, name_vi="Một", name_en="", members=[MemberDraft("Một phần")])
    assert refused.value.code == "indicators.two_members"
    rename_breakdown(by=by, breakdown_id=breakdown.pk, name_vi="Kênh", name_en="", seen=1)
    with pytest.raises(Stale):
        rename_breakdown(by=by, breakdown_id=breakdown.pk, name_vi="Kênh phát sóng", name_en="", seen=1)
    with pytest.raises(Absent):
        one_breakdown(999_999)


@pytest.mark.parametrize("name", ["lan", "minh", "dung"])
def test_only_who_may_define_everywhere_defines_breakdowns(world: World, name: str) -> None:
    by = world.viewer(name)
    breakdown = channels(world)
    member = part(breakdown, "Truyền hình")
    draft = MemberDraft("Tên khác")
    for attempt in (
        lambda: define_breakdown(by=by, name_vi="x", name_en="", members=[draft, replace(draft, name_vi="y")]),
        lambda: rename_breakdown(by=by, breakdown_id=breakdown.pk, name_vi="x", name_en="", seen=1),
        lambda: add_member(by=by, breakdown_id=breakdown.pk, draft=draft),
        lambda: change_member(by=by, member_id=member.pk, draft=draft, seen=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "access.not_everywhere"
