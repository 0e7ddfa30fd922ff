"""Files of units on a directive: what is in them by itself, what a unit says by hand, who says what belongs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.dossiers.actions import add_entry, begin, change_entry, end_entry, put_first, tick, untick
from chithi.dossiers.completeness import Dossiers
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.models import Entry, Section, Tick
from chithi.dossiers.queries import entries_of
from chithi.dossiers.rules import MOST_ENTRIES
from chithi.dossiers.sections import Named, name_section, seat
from chithi.dossiers.unit_file import Behind, Found, file_of
from chithi.org.actions import NewUnit, merge, open_unit
from chithi.org.kinds import UnitKind
from chithi.org.models import Membership, Post
from chithi.privacy.forgetting import forget_people
from chithi.tasks.actions import Said, assign
from tests.worlds import TODAY, World, add_members

DAY, ON = date(2026, 9, 1), date(2026, 10, 1)


def asking(world: World, **fields: Any) -> Directive:
    said = {"dated": DAY, "expects": ("grassroots", "cells"), "sign": "03-CT/TU"} | fields
    return enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=Written("directive", "Chuyên đề", **said))


def plan(world: World, code: str, who: str, top: Directive) -> Directive:
    written = Written("plan", f"Kế hoạch {code}", sign=f"1-{code}", dated=ON)
    made = enter(by=world.viewer(who), unit_id=world.unit(code), written=written)
    link(by=world.viewer(who), directive_id=made.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    return made


def by_hand(top: Directive) -> Entry:
    return next(entry for entry in entries_of(top.pk) if entry.known == Known.BY_HAND)


def found(world: World, top: Directive, code: str, who: str = "chau") -> dict[str, Found]:
    return {one.entry.known: one for one in file_of(world.viewer(who), top, world.unit(code))}


def refused(act: Callable[..., object], **said: Any) -> str:
    with pytest.raises(Refused) as problem:
        act(**said)
    return problem.value.code


def test_whoever_issued_a_document_says_what_belongs_into_the_files(world: World) -> None:
    top, chau = asking(world), world.viewer("chau")
    made = begin(by=chau, directive_id=top.pk)
    assert [entry.pk for entry in entries_of(top.pk)] == [entry.pk for entry in made]
    assert refused(begin, by=chau, directive_id=top.pk) == "dossiers.begun_already"
    new = add_entry(by=chau, directive_id=top.pk, title=" Ảnh hoạt động ", known=Known.BY_HAND)
    assert new.title == "Ảnh hoạt động"
    same = {"by": chau, "directive_id": top.pk, "known": Known.BY_HAND}
    assert refused(add_entry, **same, title="ẢNH hoạt động") == "dossiers.titled_already"
    assert refused(add_entry, **same, title="  ") == "dossiers.no_title"
    first = put_first(by=chau, entry_id=new.pk, seen_version=1)
    assert entries_of(top.pk)[0].pk == new.pk
    renamed = change_entry(by=chau, entry_id=new.pk, seen_version=first.version, title="Ảnh")
    end_entry(by=chau, entry_id=new.pk, seen_version=renamed.version)
    assert [entry.pk for entry in entries_of(top.pk)] == [entry.pk for entry in made]
    for number in range(MOST_ENTRIES - len(made)):
        add_entry(**same, title=f"Mục {number}")
    assert refused(add_entry, **same, title="Thừa") == "dossiers.too_many"


def test_nobody_else_says_it_and_a_change_that_was_seen_late_is_told(world: World) -> None:
    top, chau = asking(world), world.viewer("chau")
    for who in ("minh", "dung", "lan", "an"):
        with pytest.raises(Absent):
            begin(by=world.viewer(who), directive_id=top.pk)
    entry = begin(by=chau, directive_id=top.pk)[0]
    for act in (put_first, end_entry):
        with pytest.raises(Absent):
            act(by=world.viewer("minh"), entry_id=entry.pk, seen_version=1)
        with pytest.raises(Stale):
            act(by=chau, entry_id=entry.pk, seen_version=7)
    silent = asking(world, sign="04-CT", expects=())
    assert refused(begin, by=chau, directive_id=silent.pk) == "dossiers.asks_nobody"
    begun = draft(by=chau, unit_id=world.unit("T"), written=Written("plan", "Dự thảo"))
    assert refused(begin, by=chau, directive_id=begun.pk) == "directives.still_draft"


def test_what_is_recorded_anyway_is_in_the_file_by_itself(world: World) -> None:
    top, minh = asking(world), world.viewer("minh")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    assert not any(one.there for one in found(world, top, "A1").values())
    own = plan(world, "A1", "minh", top)
    head = add_members(world.units["A11"], 1)[0]
    post = Post.objects.create(person=head, unit=world.units["A1"], title="Bí thư", since=DAY)
    section = name_section(by=minh, unit_id=world.unit("A1"), said=Named("Bộ phận giúp việc", ON), directive_id=top.pk)
    task = Said(title="Lập danh sách hộ", since=ON, due_on=TODAY, post=post.pk, directive=own.pk)
    assign(by=minh, unit_id=world.unit("A1"), said=task)
    now = found(world, top, "A1")
    assert {known for known, one in now.items() if one.there} == {"plan", "section", "tasks"}
    assert (now["plan"].behind, now["plan"].id) == (Behind.DOCUMENT, own.pk)
    assert (now["section"].behind, now["section"].id) == (Behind.SECTION, section.pk)
    assert (now["tasks"].behind, now["tasks"].id, now["tasks"].count) == (Behind.TASKS, own.pk, 1)
    seat(by=minh, section_id=section.pk, seen_version=1, part=Part.HEAD, who=f"p{post.pk}", since=ON)
    assert not found(world, top, "A1")["members"].there, "a head alone is no section"
    member = add_members(world.units["A12"], 1)[0]
    Membership.objects.create(person=member, unit=world.units["A1"], since=DAY)
    seat(by=minh, section_id=section.pk, seen_version=1, part=Part.MEMBER, who=f"m{member.pk}", since=ON)
    assert found(world, top, "A1")["members"].there


def test_a_unit_ticks_what_nothing_tells_and_takes_it_back(world: World) -> None:
    top, lan, unit = asking(world), world.viewer("lan"), world.unit("A11")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    entry = by_hand(top)
    said = {"by": lan, "entry_id": entry.pk, "unit_id": unit, "done_on": ON}
    assert refused(tick, **said) == "dossiers.no_evidence"
    made = tick(**said, note="Cặp số 1")
    assert found(world, top, "A11")["by_hand"].tick == made
    with pytest.raises(Stale):
        tick(**said, note="Cặp số 2")
    own = plan(world, "A11", "lan", top)
    made = tick(**said, document_id=own.pk, seen_version=made.version)
    assert found(world, top, "A11")["by_hand"].id == own.pk
    with pytest.raises(Stale):
        untick(by=lan, tick_id=made.pk, seen_version=1)
    assert untick(by=lan, tick_id=made.pk, seen_version=made.version) == (top.pk, unit)
    assert not found(world, top, "A11")["by_hand"].there


def test_what_may_not_be_ticked(world: World) -> None:
    top, lan = asking(world), world.viewer("lan")
    entries = begin(by=world.viewer("chau"), directive_id=top.pk)
    said = {"by": lan, "entry_id": by_hand(top).pk, "unit_id": world.unit("A11"), "note": "Cặp"}
    assert refused(tick, **said, done_on=date(2026, 12, 31)) == "dossiers.done_later"
    assert refused(tick, **said, done_on=date(2026, 8, 31)) == "dossiers.done_before"
    assert refused(tick, **{**said, "entry_id": entries[0].pk}, done_on=ON) == "dossiers.known_anyway"
    for wrong in ({"unit_id": world.unit("A12")}, {"entry_id": 2**62}, {"by": world.viewer("dung")}):
        with pytest.raises(Absent):
            tick(**{**said, **wrong}, done_on=ON)
    with pytest.raises(Absent):
        tick(**{**said, "by": world.viewer("chau"), "unit_id": world.unit("A")}, done_on=ON)
    theirs = enter(
        by=world.viewer("chau"), unit_id=world.unit("B"), written=Written("plan", "Riêng", sign="9-KH", dated=ON)
    )
    with pytest.raises(Absent):
        tick(**said, done_on=ON, document_id=theirs.pk)
    assert not Tick.objects.everywhere(because="t").exists()


def test_the_counts_of_a_branch_are_those_of_its_units_one_by_one(world: World) -> None:
    top, chau = asking(world), world.viewer("chau")
    begin(by=chau, directive_id=top.pk)
    for entry in entries_of(top.pk):
        if entry.known not in (Known.PLAN, Known.BY_HAND):
            end_entry(by=chau, entry_id=entry.pk, seen_version=1)
    plan(world, "A11", "lan", top)
    plan(world, "A12", "hoa", top)
    tick(by=world.viewer("lan"), entry_id=by_hand(top).pk, unit_id=world.unit("A11"), done_on=ON, note="Cặp")
    whole = Dossiers(chau, top, world.unit("T"))
    assert (whole.whole().asked, whole.whole().complete) == (7, 1)
    assert [count for _entry, count in whole.each()] == [2, 1]
    branches = {branch.unit.code: branch.whole for branch in whole.branches()}
    assert {code: (one.asked, one.complete) for code, one in branches.items()} == {"A": (5, 1), "B": (2, 0)}
    for asked in whole.units():
        alone = {one.entry.pk for one in file_of(chau, top, asked.unit_id) if one.there}
        assert alone == whole.there(asked.unit_id)
    assert [one.unit_id for one in whole.units(complete=True)] == [world.unit("A11")]
    assert len(whole.units(complete=False)) == 6
    with pytest.raises(Absent):
        Dossiers(world.viewer("lan"), top, world.unit("A1"))


def test_without_a_list_no_file_is_complete(world: World) -> None:
    top = asking(world)
    whole = Dossiers(world.viewer("chau"), top, world.unit("T"))
    assert (whole.whole().complete, whole.units(complete=True)) == (0, [])


def test_what_a_closed_unit_had_is_in_the_file_of_the_one_made_out_of_it(world: World) -> None:
    top, an = asking(world), world.viewer("an")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    plan(world, "A11", "lan", top)
    tick(by=world.viewer("lan"), entry_id=by_hand(top).pk, unit_id=world.unit("A11"), done_on=ON, note="Cặp")
    new = NewUnit("A13", "Chi bộ thôn Hòa", "Hòa", UnitKind.CELL, is_cell=True)
    heir = open_unit(by=an, new=new, parent_id=world.unit("A1"), on=date(2026, 11, 1))
    both = [world.unit("A11"), world.unit("A12")]
    merge(by=an, unit_ids=both, heir_id=heir.pk, on=date(2026, 11, 1), document="1-QĐ")
    now = {one.entry.known: one for one in file_of(world.viewer("chau"), top, heir.pk)}
    assert {known for known, one in now.items() if one.there} == {"plan", "by_hand"}
    whole = Dossiers(world.viewer("chau"), top, world.unit("A1"))
    assert len(whole.there(heir.pk)) == 2


def test_a_name_in_what_a_unit_said_is_forgotten_with_the_person(world: World) -> None:
    top, lan, unit = asking(world), world.viewer("lan"), world.unit("A11")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    member = add_members(world.units["A11"], 1)[0]
    said = {"by": lan, "entry_id": by_hand(top).pk, "unit_id": unit, "done_on": ON}
    tick(**said, note=f"Đồng chí {member.name} giữ cặp số 1")
    section = name_section(by=lan, unit_id=unit, said=Named(f"Tổ của {member.name}", ON))
    forget_people([member.pk], TODAY)
    (row,) = Tick.objects.everywhere(because="t")
    assert member.name not in row.note
    assert "giữ cặp số 1" in row.note
    assert member.name not in Section.objects.everywhere(because="t").get(pk=section.pk).name
