"""The sheet of units holds what each unit gave, adds up by its own formulas to the totals, and stays within reach."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from chithi.access.viewers import system_viewer
from chithi.core.errors import Absent
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.by_units import by_units
from chithi.indicators.drain import drain_all
from chithi.indicators.meanings import meanings
from chithi.indicators.queries import contributions, lines
from chithi.org.actions import merge, move
from chithi.org.kinds import UnitKind
from chithi.org.models import UnitState
from chithi.reporting.actions import make_report
from chithi.reporting.excel_files import annex_now, annex_of
from tests.concepts.test_grouped import grown, state
from tests.concepts.test_totals import say
from tests.worlds import BEGAN, TODAY, World, add_members, add_unit

pytestmark = pytest.mark.django_db
YEAR, BEFORE = parse("2025"), parse("2024")
FIRST_ROW = 8  # of the units, counted from 1
_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"
_FORMULA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


def everything() -> Viewer:
    return system_viewer(TODAY, because="a test looks at everything")


def sheet_of(data: bytes, name: str = "Theo đơn vị") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def told_now(viewer: Viewer, unit_id: int) -> bytes:
    with annex_now(viewer, unit_id, YEAR) as file:
        return file.read()


def formulas_of(data: bytes) -> dict[tuple[int, int], str]:
    """Formulas of the sheet of units by row and column, both from 0."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet2.xml"))
    return {place(one.get("r")): one.findtext(_FORMULA) for one in sheet.iter(_CELL) if one.find(_FORMULA) is not None}


def place(name: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"\$?([A-Z]+)(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def reckoned(formula: str, rows: list[list[Any]]) -> Decimal:
    """What a spreadsheet makes of one of our formulas."""

    def numbers(first: str, last: str) -> list[Any]:
        (top, column), (bottom, _) = place(first), place(last)
        return [rows[row][column] for row in range(top, bottom + 1)]

    if found := re.fullmatch(r"(SUM.+\))\+(\d+(?:\.\d+)?)", formula):
        return reckoned(found[1], rows) + Decimal(found[2])
    if found := re.fullmatch(r"SUM\((\w+):(\w+)\)", formula):
        return sum((Decimal(str(one)) for one in numbers(*found.groups()) if isinstance(one, float)), Decimal(0))
    if found := re.fullmatch(r"SUMIF\((\$\w+):(\$\w+),(\d+),(\w+):(\w+)\)", formula):
        levels, added = numbers(found[1], found[2]), numbers(found[4], found[5])
        pairs = zip(levels, added, strict=True)
        told = [one for level, one in pairs if level == int(found[3]) and isinstance(one, float)]
        return sum((Decimal(str(one)) for one in told), Decimal(0))
    found = re.fullmatch(r"ROUND\(100\*(\w+)/(\w+),(\d)\)", formula)
    assert found, formula
    part, whole = (Decimal(str(rows[at[0]][at[1]])) for at in (place(found[1]), place(found[2])))
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-int(found[3])), "ROUND_HALF_UP")


@pytest.mark.parametrize("seed", range(5))
def test_formulas_give_what_the_cells_show_and_the_first_row_the_totals(db: None, seed: int) -> None:
    tree = grown(Random(seed))
    root = tree.units[0].pk
    data = told_now(everything(), root)
    rows, formulas = sheet_of(data), formulas_of(data)
    assert formulas
    for (row, column), formula in formulas.items():
        assert Decimal(str(rows[row][column])) == reckoned(formula, rows), (row, column, formula)
    totals = {line.meaning.name("vi"): line.chosen for line in lines(everything(), root, YEAR, trend=0).lines}
    heads = rows[FIRST_ROW - 4]
    told = {head: rows[FIRST_ROW - 1][column] for column, head in enumerate(heads) if column > 2 and head}
    assert told
    assert told == {name: float(totals[name].value or 0) for name in told}


def test_what_a_unit_has_besides_those_below_it_stands_at_the_end_of_its_sum(world: World) -> None:
    for unit, value in (("A1", 5), ("A11", 7), ("A12", 2)):
        say(world, "minh", unit, value)
    drain_all()
    data = told_now(world.viewer("minh"), world.unit("A1"))
    top = {column: formula for (row, column), formula in formulas_of(data).items() if row == FIRST_ROW - 1}
    (column,) = [column for column, formula in top.items() if formula.endswith("+5")]
    assert sheet_of(data)[FIRST_ROW - 1][column] == 14
    assert top[column].startswith("SUM(")
    remarks = [str(cell) for row in sheet_of(data, "Giải thích") for cell in row if "ở cuối công thức" in str(cell)]
    assert remarks[0].startswith("1 ô tổng")


@pytest.mark.parametrize("seed", range(3))
def test_every_row_is_what_its_unit_contributes(db: None, seed: int) -> None:
    tree = grown(Random(seed + 50))
    wanted = meanings(period=YEAR)
    found = by_units(everything(), tree.units[0].pk, YEAR, wanted)
    assert found.rows[0].unit_id == tree.units[0].pk
    assert {row.unit_id for row in found.rows} == {unit.pk for unit in tree.units}
    cells = {row.unit_id: row.cells for row in found.rows}
    for at, meaning in enumerate(wanted):
        for unit in tree.units:
            for part in contributions(everything(), unit.pk, YEAR, meaning):
                cell, chosen = cells[part.unit_id][at], part.chosen
                assert (cell.value if cell else None) == chosen.value
                if cell and cell.value is not None:
                    assert (cell.bound, cell.value_max, cell.total) == (chosen.bound, chosen.value_max, chosen.total)


def test_somebody_sees_the_units_below_their_own_and_no_others(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "B1", 5)
    drain_all()
    data = told_now(world.viewer("minh"), world.unit("A1"))
    names = {row[1] for row in sheet_of(data)[FIRST_ROW - 1 :]}
    assert names == {"Đảng bộ xã An Một", "Chi bộ thôn Hòa Một", "Chi bộ thôn Hòa Hai"}
    with pytest.raises(Absent):
        annex_now(world.viewer("minh"), world.unit("B1"), YEAR)


def test_a_unit_that_has_since_left_keeps_its_number_and_loses_its_name(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "A2", 5)
    drain_all()
    move(by=world.viewer("an"), unit_id=world.unit("A2"), parent_id=world.unit("B"), on=date(2026, 3, 1))
    drain_all()
    told = sheet_of(told_now(world.viewer("dung"), world.unit("A")))[FIRST_ROW - 1 :]
    column = next(
        c
        for c, name in enumerate(sheet_of(told_now(world.viewer("dung"), world.unit("A")))[4])
        if name and "Lớp" in name
    )
    assert {row[1]: row[column] for row in told if row[0] in ("", "1", "2")} == {
        "Đảng bộ huyện An": 12.0, "Đảng bộ xã An Một": 7.0, "Đơn vị nay ngoài phạm vi được xem": 5.0,
    }  # fmt: skip
    assert not {"Đảng bộ xã An Hai", "Chi bộ thôn Quý"} & {row[1] for row in told}


def test_an_heir_is_told_with_what_its_predecessors_did(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "A2", 5)
    drain_all()
    heir = add_unit("A9", world.units["A"], UnitKind.GRASSROOTS, "Đảng bộ xã An Chín", date(2026, 2, 1))
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1"), world.unit("A2")], heir_id=heir.pk, on=date(2026, 2, 1))
    drain_all()
    rows = sheet_of(told_now(everything(), heir.pk))
    column = next(c for c, name in enumerate(rows[4]) if name and "Lớp" in str(name))
    assert rows[FIRST_ROW - 1][column] == 12.0
    assert "Đảng bộ xã An Một (đã kết thúc hoạt động)" in {row[1] for row in rows}


def test_missing_and_not_asked_are_told_apart_and_never_zero(world: World) -> None:
    say(world, "minh", "A1", 0)
    drain_all()
    rows = sheet_of(told_now(everything(), world.unit("T")))
    column = next(c for c, name in enumerate(rows[4]) if name and "Lớp" in str(name))
    told = {row[1]: row[column] for row in rows[FIRST_ROW - 1 :]}
    assert told["Đảng bộ xã An Một"] == 0.0
    assert told["Đảng bộ xã An Hai"] == "–"
    assert told["Chi bộ thôn Quý"] == ""


def test_a_branch_too_large_is_told_down_to_the_level_that_fits(world: World) -> None:
    wanted = meanings(["study.classes"], period=YEAR)
    found = by_units(everything(), world.unit("T"), YEAR, wanted, most=4)
    assert found.cut
    assert max(row.depth for row in found.rows) == 1
    assert len(found.rows) == 3
    assert not by_units(everything(), world.unit("T"), YEAR, wanted, most=10).cut


def test_a_made_report_gives_its_code_until_the_figures_change(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    assert "Chưa có" in str(sheet_of(told_now(world.viewer("chau"), world.unit("A")), "Giải thích"))
    made = make_report(by=world.viewer("chau"), unit_id=world.unit("A"), period=YEAR)
    with annex_of(world.viewer("chau"), made) as file:
        kept = file.read()
    for data in (kept, told_now(world.viewer("dung"), world.unit("A"))):
        assert made.code in str(sheet_of(data, "Giải thích"))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert f"ma={made.code}" in archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    say(world, "chau", "A2", 5)
    drain_all()
    later = told_now(world.viewer("dung"), world.unit("A"))
    assert made.code not in str(sheet_of(later, "Giải thích"))
    with annex_of(world.viewer("chau"), made) as file:
        again = file.read()
    assert sheet_of(again, "Biểu") == sheet_of(kept, "Biểu") != sheet_of(later, "Biểu")


def test_a_unit_named_like_a_formula_is_only_a_name(world: World) -> None:
    UnitState.objects.everywhere(because="a test").filter(unit_id=world.unit("A1")).update(name='=HYPERLINK("x","y")')
    say(world, "minh", "A1", 7)
    drain_all()
    data = told_now(everything(), world.unit("A"))
    assert '=HYPERLINK("x","y")' in {row[1] for row in sheet_of(data)}
    assert not [formula for formula in formulas_of(data).values() if "HYPERLINK" in formula]


def test_reading_a_branch_asks_the_same_number_of_questions_whatever_its_size(
    world: World, django_assert_max_num_queries: Any
) -> None:
    add_members(world.units["A11"], 3, BEGAN)
    state("study.classes", world.unit("A1"), 3)
    drain_all()
    wanted = meanings(period=YEAR)
    by_units(everything(), world.unit("T"), YEAR, wanted)
    for unit in ("A", "T"):
        with django_assert_max_num_queries(36):
            by_units(everything(), world.unit(unit), YEAR, wanted)
