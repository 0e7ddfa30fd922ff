"""Helper sections: named, manned, ended; they follow a hand-over of posts and a merger; refusals leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import as_of
from chithi.directives.actions import draft, enter
from chithi.directives.rules import Written
from chithi.dossiers.handed import seats_follow
from chithi.dossiers.heirs import heir_gives_back
from chithi.dossiers.kinds import Part
from chithi.dossiers.models import Seat, Section
from chithi.dossiers.queries import in_force, seats_of, section_for, sections_in
from chithi.dossiers.sections import Named, change_section, end_section, name_section, seat, unseat
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.org.actions import NewUnit, merge, open_unit
from chithi.org.kinds import UnitKind
from chithi.org.models import Closing, Handover, Person, Post
from tests.worlds import TODAY, World, add_members

ON = date(2026, 10, 1)
SAID = Named("Bộ phận giúp việc", ON, "1-QĐ", ON)


def named(world: World, code: str = "A11", who: str = "lan", **more: Any) -> Section:
    return name_section(by=world.viewer(who), unit_id=world.unit(code), said=SAID, **more)


def post_of(world: World, code: str, name: str = "Trần Thử", since: date = date(2020, 1, 1)) -> Post:
    person = Person.objects.create(name=name, folded=name.lower())
    return Post.objects.create(person=person, unit=world.units[code], title="Phó bí thư", since=since)


def refused(act: Callable[..., object], **said: Any) -> str:
    with pytest.raises(Refused) as problem:
        act(**said)
    return problem.value.code


def test_a_unit_names_one_section_for_a_directive_and_one_for_the_rest(world: World) -> None:
    top = enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=Written("directive", "X", sign="3", dated=ON))
    standing = named(world)
    assert section_for([world.unit("A11")], top.pk, TODAY) == {world.unit("A11"): standing}
    own = named(world, directive_id=top.pk)
    assert section_for([world.unit("A11")], top.pk, TODAY) == {world.unit("A11"): own}
    lan = world.viewer("lan")
    for directive in (None, top.pk):
        again = {"by": lan, "unit_id": world.unit("A11"), "said": SAID, "directive_id": directive}
        assert refused(name_section, **again) == "dossiers.named_already"
    begun = draft(by=world.viewer("chau"), unit_id=world.unit("T"), written=Written("plan", "Dự thảo"))
    for wrong in ({"unit_id": world.unit("A12")}, {"directive_id": begun.pk}, {"by": world.viewer("dung")}):
        with pytest.raises(Absent):
            name_section(**{"by": lan, "unit_id": world.unit("A11"), "said": SAID, **wrong})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Named(" ", ON), "dossiers.no_name"),
        (Named("X", date(2027, 1, 1)), "dossiers.begins_later"),
        (Named("X", ON, "1", date(2027, 1, 1)), "dossiers.decided_later"),
    ],
)
def test_what_a_section_may_not_be_called_to(world: World, said: Named, code: str) -> None:
    assert refused(name_section, by=world.viewer("lan"), unit_id=world.unit("A11"), said=said) == code


def test_people_come_and_go_and_are_named_to_whoever_may_see_them(world: World) -> None:
    lan, section = world.viewer("lan"), named(world)
    post, member = post_of(world, "A11"), add_members(world.units["A11"], 1)[0]
    sits = {"by": lan, "section_id": section.pk, "seen_version": 1, "since": ON}
    head = seat(**sits, part=Part.HEAD, who=f"p{post.pk}")
    seat(**sits, part=Part.MEMBER, who=f"m{member.pk}")
    assert refused(seat, **sits, part=Part.MEMBER, who=f"m{member.pk}") == "dossiers.sits_already"
    other = add_members(world.units["A11"], 1)[0]
    assert refused(seat, **sits, part=Part.HEAD, who=f"m{other.pk}") == "dossiers.head_already"
    assert [one.name for one in seats_of(lan, section.pk)] == ["Trần Thử", member.name]
    for who in (
        "",
        "x1",
        "p",
        f"m{2**70}",
        f"p{post_of(world, 'A12').pk}",
        f"m{add_members(world.units['A12'], 1)[0].pk}",
    ):
        with pytest.raises(Absent):
            seat(**sits, part=Part.MEMBER, who=who)
    early = {**sits, "since": date(2026, 9, 1), "part": Part.MEMBER, "who": f"m{other.pk}"}
    assert refused(seat, **early) == "dossiers.begins_before"
    assert refused(unseat, by=lan, seat_id=head.pk, seen_version=1, on=date(2026, 9, 1)) == "dossiers.ends_outside"
    unseat(by=lan, seat_id=head.pk, seen_version=1, on=TODAY)
    with pytest.raises(Absent):
        unseat(by=lan, seat_id=head.pk, seen_version=2, on=TODAY)
    assert [one.seat.until for one in seats_of(lan, section.pk)] == [None, TODAY]
    later = Named("Bộ phận", date(2026, 11, 1))
    change = {"by": lan, "section_id": section.pk, "seen_version": 1}
    assert refused(change_section, **change, said=later) == "dossiers.seated_before"
    with pytest.raises(Stale):
        end_section(**{**change, "seen_version": 5}, on=TODAY)
    end_section(**change, on=TODAY)
    assert not in_force(world.unit("A11"), None).exists()
    assert not Seat.objects.everywhere(because="t").filter(until__isnull=True).exists()


def test_only_whoever_opens_the_records_of_a_unit_chooses_among_its_members(world: World) -> None:
    section, member, chau = named(world), add_members(world.units["A11"], 1)[0], world.viewer("chau")
    said = {"by": chau, "section_id": section.pk, "seen_version": 1, "part": Part.MEMBER, "since": ON}
    with pytest.raises(Absent):
        seat(**said, who=f"m{member.pk}")
    assert seat(**said, who=f"p{post_of(world, 'A11').pk}").post_id is not None


def test_sections_are_listed_to_those_who_read_the_unit(world: World) -> None:
    section = named(world)
    for name, count in (("lan", 1), ("hoa", 0), ("minh", 1), ("dung", 1)):
        assert len(sections_in(world.viewer(name))[0]) == count
    with pytest.raises(Absent):
        change_section(by=world.viewer("hoa"), section_id=section.pk, seen_version=1, said=SAID)


def test_a_seat_follows_its_post_to_the_new_holder(world: World) -> None:
    section, held = named(world), post_of(world, "A11")
    sits = {"by": world.viewer("lan"), "section_id": section.pk, "seen_version": 1, "since": ON}
    seat(**sits, part=Part.HEAD, who=f"p{held.pk}")
    taken = post_of(world, "A11", "Lê Mới", since=TODAY)
    handover = Handover(
        unit=world.units["A11"],
        post=held,
        giver_id=held.person_id,
        taker_id=taken.person_id,
        on=TODAY,
        lines="",
        pending=[],
    )
    seats_follow(handover, taken, world.viewer("lan"))
    assert [(one.name, one.seat.until) for one in seats_of(world.viewer("lan"), section.pk)] == [
        ("Lê Mới", None), ("Trần Thử", TODAY),
    ]  # fmt: skip


def test_the_heir_goes_on_with_a_section_until_the_closing_is_undone(world: World) -> None:
    section, held = named(world), post_of(world, "A11")
    sits = {"by": world.viewer("lan"), "section_id": section.pk, "seen_version": 1, "since": ON}
    seat(**sits, part=Part.HEAD, who=f"p{held.pk}")
    new = NewUnit("A13", "Chi bộ thôn Hòa", "Hòa", UnitKind.CELL, is_cell=True)
    an, on = world.viewer("an"), date(2026, 11, 1)
    heir = open_unit(by=an, new=new, parent_id=world.unit("A1"), on=on)
    merge(by=an, unit_ids=[world.unit("A11")], heir_id=heir.pk, on=on, document="1-QĐ")
    assert not in_force(world.unit("A11"), None).exists()
    carried = in_force(heir.pk, None).get()
    assert (carried.name, carried.since, carried.carried_from_id) == (section.name, on, section.pk)
    (sitting,) = seats_of(world.viewer("chau"), carried.pk)
    assert (sitting.seat.person_id, sitting.seat.part) == (held.person_id, "head")
    Closing.objects.everywhere(because="t").filter(unit_id=world.unit("A11")).update(until=TODAY)
    heir_gives_back(heir.pk, world.unit("A11"), TODAY)
    assert in_force(world.unit("A11"), None).get().pk == section.pk
    assert not in_force(heir.pk, None).exists()


def test_an_heir_keeps_its_own_section(world: World) -> None:
    named(world, "A12", "hoa")
    own = named(world)
    merge(
        by=world.viewer("an"), unit_ids=[world.unit("A12")], heir_id=world.unit("A11"), on=date(2026, 11, 1),
        document="1-QĐ",
    )  # fmt: skip
    assert in_force(world.unit("A11"), None).get().pk == own.pk


def test_units_with_a_section_are_counted_once_each(world: World) -> None:
    period = as_of(TODAY)
    rebuild(period_row(period))
    top = enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=Written("directive", "X", sign="3", dated=ON))
    named(world)
    named(world, directive_id=top.pk)
    named(world, "A1", "minh")
    drain_all()
    for code, count in (("T", 2), ("A11", 1)):
        line = lines(world.viewer("chau"), world.unit(code), period).line("dossiers.sections")
        assert line.chosen.value == count
