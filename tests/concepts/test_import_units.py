"""Units come in by a sheet: new ones under known or new ones, known ones changed from a day; never half of it."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.imports import actions
from chithi.imports.kinds import ImportKind
from chithi.indicators.drain import drain_all
from chithi.indicators.verify import verify
from chithi.org.models import TreeEvent, Unit, UnitState
from chithi.org.places import tree_on
from chithi.org.queries import find_units
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, applied, brought, counts, exported, said, sheet, words
from tests.worker import on_sheets
from tests.worlds import BEGAN, TODAY, World

pytestmark = pytest.mark.django_db
UNITS = ImportKind.UNITS
DAY = date(2026, 1, 1)


def new(code: str, parent: str, **more: Cell) -> dict[str, Cell]:
    base: dict[str, Cell] = {"code": code, "name": f"Chi bộ {code}", "kind": "chi bộ", "parent_code": parent}
    return {**base, "opened_on": DAY, "document": "QĐ 12", **more}


def known(code: str, name: str, kind: str, **more: Cell) -> dict[str, Cell]:
    return {"code": code, "name": name, "kind": kind, **more}


def units() -> int:
    return Unit.objects.everywhere(because=BECAUSE).count()


def test_units_open_under_known_and_under_new_ones_in_any_order(world: World) -> None:
    data = sheet(
        UNITS,
        new("C11", "C1"),
        new("C1", "A", kind="tổ chức cơ sở đảng", name="Đảng bộ xã mới", is_cell="có"),
        new("A13", "A1", short_name="CB 13"),
    )
    batch = applied(world.viewer("an"), UNITS, world.unit("T"), data)
    assert counts(batch) == (3, 0, 0)
    state = UnitState.objects.everywhere(because=BECAUSE)
    made = {unit.code: unit.pk for unit in Unit.objects.everywhere(because=BECAUSE)}
    assert state.get(unit_id=made["C11"]).parent_id == made["C1"]
    assert (state.get(unit_id=made["C1"]).is_cell, state.get(unit_id=made["C1"]).is_grassroots) == (True, True)
    assert tree_on(TODAY).holds(world.unit("A"), made["C11"])
    assert not tree_on(date(2025, 12, 31)).holds(world.unit("A"), made["C11"])
    event = TreeEvent.objects.everywhere(because=BECAUSE).get(unit_id=made["C11"])
    assert (event.kind, event.on, event.document) == ("open", DAY, "QĐ 12")
    drain_all()
    assert verify().ok
    assert [unit.code for unit in find_units(world.viewer("an"), "CB 13")] == ["A13"]


def test_the_same_sheet_twice_changes_nothing(world: World) -> None:
    data = sheet(UNITS, new("C11", "C1"), new("C1", "A", kind="tổ chức cơ sở đảng"))
    applied(world.viewer("an"), UNITS, world.unit("T"), data)
    before = TreeEvent.objects.everywhere(because=BECAUSE).count()
    assert counts(applied(world.viewer("an"), UNITS, world.unit("T"), data)) == (0, 0, 2)
    assert TreeEvent.objects.everywhere(because=BECAUSE).count() == before


@pytest.mark.parametrize(("ending", "language"), [("xlsx", "vi"), ("csv", "en")])
def test_what_was_exported_comes_back_unchanged(world: World, ending: str, language: str) -> None:
    an = world.viewer("an")
    file = exported(an, UNITS, world.unit("T"), TODAY, ending, language)
    batch = brought(an, UNITS, world.unit("T"), file, f"a.{ending}")
    assert (said(batch), counts(batch)) == ([], (0, 0, 10))
    part = exported(an, UNITS, world.unit("A1"), TODAY, ending, language)
    batch = brought(an, UNITS, world.unit("A1"), part, f"a.{ending}")
    assert (said(batch), counts(batch)) == ([], (0, 0, 3))


def test_a_known_unit_changes_from_the_day_told(world: World) -> None:
    data = sheet(
        UNITS,
        known("A11", "Chi bộ thôn Hòa Đổi Tên", "chi bộ", parent_code="A2", changed_on=DAY, document="QĐ 9"),
        known("A1", "Đảng bộ xã An Một", "đảng bộ bộ phận", is_grassroots="không", changed_on=DAY),
    )
    batch = applied(world.viewer("an"), UNITS, world.unit("T"), data)
    assert counts(batch) == (0, 2, 0)
    states = UnitState.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit("A11")).order_by("since")
    assert [(s.since, s.until, s.name, s.parent_id) for s in states] == [
        (BEGAN, DAY, "Chi bộ thôn Hòa Một", world.unit("A1")),
        (DAY, None, "Chi bộ thôn Hòa Đổi Tên", world.unit("A2")),
    ]
    assert counts(brought(world.viewer("an"), UNITS, world.unit("T"), data)) == (0, 0, 2)


def test_every_problem_is_named_by_row_and_column(world: World) -> None:
    data = sheet(
        UNITS,
        new("D1", "KHONG"),
        new("D2", "A1", opened_on=None),
        new("D3", "A1", opened_on=date(2009, 1, 1)),
        new("D4", "XA", kind="hợp tác xã"),
        new("B1", "A"),
        new("D5", "A1", opened_on=date(1890, 1, 1)),
        {**new("D6", "A1"), "code": "mã có dấu"},
        new("D8", "D9"),
        new("D9", "A1", opened_on=date(2026, 5, 1)),
        new("D9", "A1"),
        known("A12", "Tên khác", "chi bộ"),
        known("A11", "Chi bộ thôn Hòa Một", "chi bộ", opened_on=DAY),
        known("A2", "Khác", "tổ chức cơ sở đảng", changed_on=date(2009, 1, 1)),
    )
    batch = brought(world.viewer("an"), UNITS, world.unit("A"), data)
    assert said(batch) == [
        (2, "parent_code", "imports.no_unit"),
        (3, "opened_on", "imports.missing"),
        (4, "parent_code", "org.parent_not_open"),
        (5, "parent_code", "imports.no_unit"),
        (5, "kind", "imports.bad_kind"),
        (6, "code", "imports.code_unusable"),
        (7, "opened_on", "org.bad_day"),
        (8, "code", "imports.bad_code"),
        (9, "parent_code", "org.parent_not_open"),
        (11, "code", "imports.twice"),
        (12, "changed_on", "imports.say_from_when"),
        (13, "opened_on", "imports.other_day"),
    ]
    for language in ("vi", "en"):
        assert not [text for text in words(batch, language) if "…" in text or "imports." in text]
    assert units() == 10


def test_a_change_that_the_tree_refuses_is_found_by_trying_it(world: World) -> None:
    data = sheet(
        UNITS,
        new("D1", "A1"),
        known("A2", "Khác", "tổ chức cơ sở đảng", changed_on=date(2009, 1, 1)),
        known("A1", "Đảng bộ xã An Một", "tổ chức cơ sở đảng", parent_code="A11", changed_on=DAY),
    )
    batch = brought(world.viewer("an"), UNITS, world.unit("T"), data)
    assert [(row, column) for row, column, _ in said(batch)] == [(3, "changed_on"), (4, "parent_code")]
    assert units() == 10, "what was tried is taken back"
    assert not TreeEvent.objects.everywhere(because=BECAUSE).exists()


def test_units_that_stand_above_each_other_are_a_problem(world: World) -> None:
    batch = brought(world.viewer("an"), UNITS, world.unit("T"), sheet(UNITS, new("D1", "D2"), new("D2", "D1")))
    assert [code for _, _, code in said(batch)] == ["imports.round"] * 2


def test_a_code_taken_beyond_reach_tells_nothing_but_that_it_cannot_be_used(world: World) -> None:
    batch = brought(world.viewer("an"), UNITS, world.unit("A"), sheet(UNITS, new("B11", "A1")))
    assert words(batch) == ["Không dùng được mã “B11”. Hãy chọn mã khác."]


def test_a_tree_that_changed_since_the_check_stops_the_import(world: World) -> None:
    from chithi.org.actions import NewUnit, open_unit
    from chithi.org.kinds import UnitKind

    an = world.viewer("an")
    batch = brought(an, UNITS, world.unit("T"), sheet(UNITS, new("A13", "A1"), new("A14", "A1")))
    open_unit(by=an, new=NewUnit("A13", "Khác", "", UnitKind.CELL), parent_id=world.unit("A1"), on=BEGAN)
    actions.apply(by=an, import_id=batch.pk, seen_version=batch.version)
    on_sheets()
    assert not Unit.objects.everywhere(because=BECAUSE).filter(code="A14").exists(), "nothing of it was written"
