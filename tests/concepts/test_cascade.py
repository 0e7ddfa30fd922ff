"""The cascade: each count equals its list, branches add up to the whole, late is late by so many days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chithi.core.errors import Absent
from chithi.directives import cascade as counting
from chithi.directives.actions import enter, withdraw
from chithi.directives.cascade import ORDER, Cascade
from chithi.directives.due import of_person
from chithi.directives.kinds import LinkKind, Standing
from chithi.directives.models import Descent, Directive, DirectiveLink, SoughtWords
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.org.actions import NewUnit, merge, open_unit
from chithi.org.kinds import UnitKind
from tests.worlds import TODAY, World

DUE = date(2026, 10, 31)
ASKED = ("A1", "A2", "B1", "A11", "A12", "A21", "B11")


def top_of(world: World, **fields: object) -> Directive:
    usual = {"kind": "directive", "summary": "Chuyên đề", "sign": "03-CT", "dated": date(2026, 9, 1), "due_on": DUE}
    written = Written(**usual | {"expects": ("grassroots", "cells")} | fields)  # type: ignore[arg-type]
    return enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=written)


def plan(world: World, code: str, above: Directive, dated: date) -> Directive:
    chau = world.viewer("chau")
    written = Written("plan", f"Kế hoạch {code}", "", f"1-{code}", dated)
    made = enter(by=chau, unit_id=world.unit(code), written=written)
    link(by=chau, directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.dictionaries(st.sampled_from(ASKED), st.integers(0, 75), max_size=7))
def test_every_count_is_its_list_and_branches_add_up(world: World, days: dict[str, int]) -> None:
    for model in (Descent, DirectiveLink, SoughtWords, Directive):
        rows = model.objects.everywhere(because="each example begins anew")
        rows._raw_delete(rows.db)  # in this order nothing points to them; Django would ask guarded tables
    top = top_of(world)
    for code, late in days.items():
        plan(world, code, top, date(2026, 9, 5) + timedelta(days=late))
    chau = world.viewer("chau")
    expected = Counter()
    for code in ASKED:
        on = date(2026, 9, 5) + timedelta(days=days[code]) if code in days else None
        expected[Standing.MISSING if on is None else Standing.LATE if on > DUE else Standing.IN_TIME] += 1
    for code in world.units:
        cascade = Cascade(chau, top, world.unit(code))
        counts = cascade.counts()
        assert [counts.of(how) for how in ORDER] == [len(cascade.units(how)) for how in ORDER]
        own = 1 if code in ASKED else 0
        assert counts.asked == own + sum(branch.counts.asked for branch in cascade.branches())
    whole = Cascade(chau, top, world.unit("T"))
    assert {how: whole.counts().of(how) for how in ORDER} == {how: expected[how] for how in ORDER}
    assert whole.by_kind() == {
        "grassroots": (sum(code in days for code in ("A1", "A2", "B1")), 3),
        "cells": (sum(code in days for code in ("A11", "A12", "A21", "B11")), 4),
    }


def test_one_kind_of_unit_is_looked_at_alone(world: World) -> None:
    top = top_of(world)
    plan(world, "A11", top, date(2026, 9, 5))
    cells = Cascade(world.viewer("chau"), top, world.unit("T"), "cells")
    assert (cells.counts().asked, cells.counts().issued) == (4, 1)
    assert Cascade(world.viewer("chau"), top, world.unit("T"), "districts").counts().asked == 7


def test_who_is_late_says_by_how_many_days_and_comes_first(world: World) -> None:
    top = top_of(world)
    plan(world, "A1", top, DUE + timedelta(days=3))
    cascade = Cascade(world.viewer("chau"), top, world.unit("T"))
    (found,) = cascade.units(Standing.LATE)
    assert (found.unit_id, found.days, found.issued_on) == (world.unit("A1"), 3, DUE + timedelta(days=3))
    named, total = cascade.page(None, 1)
    assert total == 7
    assert [asked.days for _, asked in named] == [21] * 6 + [3]
    assert cascade.documents([world.unit("A1")])[world.unit("A1")][1] == "1-A1"


def test_a_withdrawn_plan_no_longer_counts(world: World) -> None:
    top = top_of(world)
    made = plan(world, "A1", top, date(2026, 9, 5))
    assert Cascade(world.viewer("chau"), top, world.unit("A1")).counts().in_time == 1
    withdraw(by=world.viewer("chau"), directive_id=made.pk, seen_version=made.version, on=TODAY, why="")
    assert Cascade(world.viewer("chau"), top, world.unit("A1")).counts().issued == 0


def test_a_plan_two_levels_down_counts_for_the_directive(world: World) -> None:
    top = top_of(world)
    middle = plan(world, "A", top, date(2026, 9, 5))
    plan(world, "A1", middle, date(2026, 9, 6))
    assert Cascade(world.viewer("chau"), top, world.unit("T")).counts().issued == 1, "a district was not asked"
    assert Cascade(world.viewer("minh"), top, world.unit("A1")).counts().issued == 1


def test_nobody_looks_into_a_branch_out_of_reach(world: World) -> None:
    top = top_of(world)
    assert Cascade(world.viewer("minh"), top, world.unit("A1")).counts().asked == 3
    for code in ("A", "A2", "B", "T"):
        with pytest.raises(Absent):
            Cascade(world.viewer("minh"), top, world.unit(code))


def test_a_directive_of_one_branch_asks_nobody_beside_it(world: World) -> None:
    written = Written("plan", "Của An", "", "9-KH", date(2026, 9, 1), expects=("cells",))
    of_a = enter(by=world.viewer("chau"), unit_id=world.unit("A"), written=written)
    assert Cascade(world.viewer("chau"), of_a, world.unit("T")).counts().asked == 3


def test_a_unit_is_not_asked_by_its_own_document_but_by_one_from_outside(world: World) -> None:
    for issuer, asked in (("", 2), ("Ban ngoài", 3)):
        written = Written("plan", "Của An Một", "", "9-KH", DUE, issuer=issuer, expects=("grassroots", "cells"))
        made = enter(by=world.viewer("chau"), unit_id=world.unit("A1"), written=written)
        assert Cascade(world.viewer("chau"), made, world.unit("A1")).counts().asked == asked


def test_only_named_units_are_asked_where_it_goes_to_these_alone(world: World) -> None:
    top = top_of(world, recipients=(world.unit("A1"), world.unit("B11")))
    asked = set(Cascade(world.viewer("chau"), top, world.unit("T")).units_asked)
    assert asked == {world.unit("A1"), world.unit("B11")}


def test_a_unit_merged_away_is_asked_no_more(world: World) -> None:
    top = top_of(world)
    plan(world, "A12", top, date(2026, 9, 5))
    gone = {"unit_ids": [world.unit("A12")], "heir_id": world.unit("A11"), "on": date(2026, 11, 1), "document": "1"}
    merge(by=world.viewer("an"), **gone)  # type: ignore[arg-type]
    counts = Cascade(world.viewer("chau"), top, world.unit("A1")).counts()
    assert (counts.asked, counts.issued) == (2, 0)


def made_out_of(world: World, code: str, gone: list[int], on: date) -> int:
    """A new cell of A1 in place of others from a day on."""
    an, new = world.viewer("an"), NewUnit(code, f"Chi bộ {code}", code, UnitKind.CELL, is_cell=True)
    heir = open_unit(by=an, new=new, parent_id=world.unit("A1"), on=on).pk
    merge(by=an, unit_ids=gone, heir_id=heir, on=on, document="1")
    return heir


@pytest.mark.parametrize("early", ["A11", "A12"])
def test_of_several_units_that_became_one_the_first_document_counts(world: World, early: str) -> None:
    top, cells = top_of(world), ("A11", "A12")
    made = {code: plan(world, code, top, date(2026, 9, 5 if code == early else 25)) for code in cells}
    heir = made_out_of(world, "A13", [world.unit(code) for code in cells], date(2026, 10, 1))
    cascade = Cascade(world.viewer("chau"), top, world.unit("A1"))
    assert cascade.issued_on(heir) == date(2026, 9, 5)
    assert cascade.documents([heir]) == {heir: (made[early].pk, f"1-{early}")}
    assert (cascade.counts().asked, cascade.counts().issued) == (2, 1)


def test_a_document_comes_along_through_one_merger_after_another(world: World) -> None:
    top = top_of(world)
    made = plan(world, "A12", top, date(2026, 9, 5))
    between = made_out_of(world, "A13", [world.unit("A12")], date(2026, 10, 1))
    heir = made_out_of(world, "A14", [between], date(2026, 11, 1))
    cascade = Cascade(world.viewer("chau"), top, world.unit("A1"))
    assert [one.unit_id for one in cascade.units(Standing.IN_TIME)] == [heir]
    assert cascade.documents([heir]) == {heir: (made.pk, "1-A12")}


def test_of_several_documents_of_a_unit_the_first_is_named(world: World) -> None:
    top = top_of(world)
    plan(world, "A1", top, date(2026, 9, 20))
    first = plan(world, "A1", top, date(2026, 9, 5))
    unit = world.unit("A1")
    assert Cascade(world.viewer("chau"), top, unit).documents([unit])[unit][0] == first.pk


def test_pages_hold_every_unit_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PAGE", 3)
    cascade = Cascade(world.viewer("chau"), top_of(world), world.unit("T"))
    shown = [asked.unit_id for page in (1, 2, 3) for _, asked in cascade.page(None, page)[0]]
    assert sorted(shown) == sorted(world.unit(code) for code in ASKED)


def test_branches_in_which_nobody_is_asked_are_left_out(world: World) -> None:
    cascade = Cascade(world.viewer("chau"), top_of(world, expects=("districts",)), world.unit("T"))
    assert {branch.unit.code: branch.counts.asked for branch in cascade.branches()} == {"A": 1, "B": 1}
    assert Cascade(world.viewer("chau"), cascade.directive, world.unit("A")).branches() == []


def test_my_work_names_the_directives_my_own_unit_has_not_answered(world: World) -> None:
    top = top_of(world)
    only_a1 = top_of(world, sign="04-CT", recipients=(world.unit("A1"),))

    def due(name: str) -> list[tuple[str, int, date | None]]:
        return [(item.kind, item.args[0], item.due_on) for item in of_person(world.viewer(name), TODAY)]  # type: ignore[misc]

    asked = ("directives.answer", top.pk, DUE)
    assert due("lan") == [asked]
    assert due("minh") == [asked, ("directives.answer", only_a1.pk, DUE)]
    assert due("dung") == due("chau") == due("an") == []
    plan(world, "A11", top, date(2026, 9, 5))
    assert due("lan") == []
    assert due("hoa") == [asked]
