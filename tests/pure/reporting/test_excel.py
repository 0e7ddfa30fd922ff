"""The workbook of a report: laid out as an official form, formulas only where they are exact, typed text never one."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import report_samples as reports
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook
from report_samples import BASE, a_line, a_report

from chithi.indicators.by_units import UnitTable
from chithi.reporting.content import Beside, Bound, Column, Line, Member, Previous, ReportContent
from chithi.reporting.excel import Annex, write_annex
from chithi.reporting.excel_sums import is_share, is_sum
from chithi.text.tone_places import Spelling

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """A cell as stored: `kind` "inlineStr", "str" or "" (a number)."""

    kind: str
    value: str
    formula: str
    look: int


@dataclass(frozen=True)
class Read:
    """The first sheet of a workbook with what belongs to it."""

    rows: list[list[Any]]
    cells: dict[str, Cell]
    sheet: str
    links: dict[str, str]
    formats: list[str]

    def row(self, name: str) -> list[Any]:
        return next(row for row in self.rows if name in row)

    def number_of(self, name: str) -> int:
        return next(number for number, row in enumerate(self.rows, 1) if name in row)

    def format_of(self, at: str) -> str:
        return self.formats[self.cells[at].look]


def written(content: ReportContent) -> bytes:
    target = io.BytesIO()
    made_at = datetime(2026, 11, 22, 9, 30)
    write_annex(target, Annex(content, UnitTable((), (), False), {}, (), "2025", BASE, made_at))
    return target.getvalue()


def read(*lines: Line, **fields: Any) -> Read:
    data = written(replace(a_report(*lines), **fields))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Biểu").to_python(skip_empty_area=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        relations = {}
        if "xl/worksheets/_rels/sheet1.xml.rels" in archive.namelist():
            found = etree.fromstring(archive.read("xl/worksheets/_rels/sheet1.xml.rels"))
            relations = {one.get("Id"): one.get("Target") for one in found}
        styles = etree.fromstring(archive.read("xl/styles.xml"))
    cells, links = {}, {}
    for one in etree.fromstring(sheet.encode()).iter(f"{_SPACE}c"):
        text = "".join(one.itertext())
        formula = one.findtext(f"{_SPACE}f", "")
        cells[one.get("r", "")] = Cell(one.get("t", ""), text.removeprefix(formula), formula, int(one.get("s", "0")))
    for one in etree.fromstring(sheet.encode()).iter(f"{_SPACE}hyperlink"):
        identity = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        links[one.get("ref", "")] = relations[one.get(identity)] or ""
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{_SPACE}numFmt")}
    looks = next(styles.iter(f"{_SPACE}cellXfs"))
    return Read(rows, cells, sheet, links, [codes.get(look.get("numFmtId"), "") for look in looks])


def test_the_head_is_that_of_an_official_form() -> None:
    found = read(reports.KEY_LEADERS)
    told = "\n".join(str(cell) for row in found.rows for cell in row if cell)
    header = a_report().header
    for words in (header.parent.upper(), header.issuer.upper(), "ĐẢNG CỘNG SẢN VIỆT NAM", "BIỂU TỔNG HỢP SỐ LIỆU"):
        assert words in told
    assert found.rows[7][:4] == ["TT", "Tiêu chí", "Đơn vị tính", "Số liệu"]
    assert found.rows[8][3:8] == ["Kỳ này", "Cùng kỳ", "So với cùng kỳ (%)", "Đã có số liệu", "Phải có số liệu"]
    assert found.rows[9] == ["1", "2", "3", "4", "5", "6=(4)/(5)", "7", "8"]
    assert found.rows[10][:2] == ["I", "Đăng ký làm theo và nêu gương"]
    merged = set(re.findall(r'<mergeCell ref="([^"]+)"', found.sheet))
    assert {"A8:A9", "B8:B9", "C8:C9", "D8:F8", "G8:H8", "B11:H11"} <= merged
    assert "NGƯỜI LẬP BIỂU" in told


def test_the_page_is_set_up_for_paper() -> None:
    data = written(a_report(reports.KEY_LEADERS))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'state="frozen"' in sheet
    assert 'topLeftCell="C11"' in sheet
    assert "_xlnm.Print_Titles" in book
    assert "$8:$10" in book
    assert "_xlnm.Print_Area" in book


def test_a_breakdown_that_adds_up_and_a_share_and_a_comparison_are_formulas_with_their_results() -> None:
    found = read(reports.KEY_LEADERS)
    assert found.cells["D12"] == Cell("", "820", "SUM(D15:D16)", found.cells["D12"].look)
    assert (found.cells["F12"].formula, found.cells["F12"].value) == ("ROUND(100*D12/E12,1)", "98.6")
    assert (found.cells["D14"].formula, found.cells["D14"].value) == ("ROUND(100*D12/D13,1)", "100")
    assert found.rows[13][1] == "Tỷ lệ"
    assert found.rows[14][1] == "Trong đó: là đảng viên"


def test_a_breakdown_that_does_not_add_up_stays_a_number_and_is_noted() -> None:
    short = replace(reports.KEY_LEADERS, members=(Member("member", "là đảng viên", Decimal(700)),))
    found = read(short)
    assert (found.cells["D12"].formula, found.cells["D12"].value) == ("", "820")
    assert any("không cộng thành số chung" in str(cell) for row in found.rows for cell in row)


def test_a_part_nobody_counted_leaves_no_sum() -> None:
    gap = replace(
        reports.KEY_LEADERS, value=Decimal(710), members=(*reports.KEY_LEADERS.members[:1], Member("o", "o", None))
    )
    assert read(gap).cells["D12"].formula == ""


def test_a_stated_share_is_never_reckoned_again() -> None:
    villages = a_line("unit.village_cell", "thôn", 145, total="231", percent="63", percent_stated=True)
    found = read(villages)
    assert (found.cells["D14"].formula, found.cells["D14"].value) == ("", "63")
    reckoned = read(replace(villages, percent_stated=False))
    assert (reckoned.cells["D14"].formula, reckoned.cells["D14"].value) == ("ROUND(100*D12/D13,1)", "62.8")


def test_missing_is_a_dash_and_a_bound_stays_a_number_with_its_sign() -> None:
    found = read(reports.ONLINE)
    assert found.rows[11][3:6] == ["–", "–", "–"]
    bounded = read(replace(reports.DEEDS, previous=Previous(Decimal(10000))))
    assert bounded.rows[11][3:6] == [12440.0, 10000.0, "–"]
    assert bounded.format_of("D12") == '"≥ "[$-42A]#,##0_)'
    assert bounded.format_of("E12") == "[$-42A]#,##0_)"


def test_numbers_lead_to_their_traces() -> None:
    found = read(reports.KEY_LEADERS)
    assert found.links["D12"] == f"{BASE}/vet/pledge.leaders"
    assert found.links["E12"] == f"{BASE}/vet/before"
    assert found.links["D15"] == f"{BASE}/vet/members"


def test_groups_stand_in_columns_of_their_own() -> None:
    beside = (Beside(7, Decimal(12), address=f"{BASE}/nhom/7"), Beside(8))
    line = replace(reports.MEETINGS, beside=beside)
    found = read(line, columns=(Column(7, "Vùng cao", 2, 2), Column(8, "Ven sông", 1, 1)))
    assert found.rows[7][6] == "Trong đó, theo nhóm đơn vị"
    assert found.rows[8][6:8] == ["Vùng cao", "Ven sông"]
    assert found.rows[9][6:10] == ["7", "8", "9", "10"]
    assert found.rows[11][6:8] == [12.0, "–"]
    assert found.links["G12"] == f"{BASE}/nhom/7"


ARMED = ("=1+1", "+84", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")', "＝1+1")


@pytest.mark.parametrize("typed", ARMED)
def test_what_somebody_typed_is_never_a_formula_or_a_link(typed: str) -> None:
    line = replace(reports.KEY_LEADERS, name=typed, noun=typed, members=(Member("m", typed, Decimal(820)),))
    found = read(line, header=replace(a_report().header, issuer=typed, parent=typed, place=typed))
    told = [cell for cell in found.cells.values() if typed.strip() and typed.strip() in cell.value]
    assert told
    assert all(cell.kind == "inlineStr" and not cell.formula for cell in told)
    assert {cell.formula for cell in found.cells.values() if cell.formula} <= {
        "SUM(D15:D15)", "ROUND(100*D12/E12,1)", "ROUND(100*D12/D13,1)",
    }  # fmt: skip
    assert all(target.startswith(BASE) for target in found.links.values())


def test_a_control_character_or_a_very_long_name_does_no_harm() -> None:
    found = read(replace(reports.KEY_LEADERS, name="a\x00\x0bb\ud800" + "ê" * 40_000))
    assert str(found.rows[11][1]).startswith("ab")
    assert len(str(found.rows[11][1])) <= 32_767


def test_the_office_spelling_reaches_the_workbook_but_not_the_signatory() -> None:
    signatory = replace(a_report().signatory, name="Trần Uỷ Huy")
    found = read(reports.KEY_LEADERS, spelling=Spelling.UY_FIRST, signatory=signatory, summary="Đảng uỷ báo cáo")
    told = "\n".join(str(cell) for row in found.rows for cell in row)
    assert "Đảng ủy báo cáo" in told
    assert "Trần Uỷ Huy" in told


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([0, 1, 2]))
def test_a_quotient_is_a_formula_only_where_the_exact_answer_is_shown(part: int, whole: int, places: int) -> None:
    quantum = Decimal(1).scaleb(-places)
    shown = (Decimal(part * 100) / Decimal(whole)).quantize(quantum, "ROUND_HALF_UP")
    assert not is_share(shown + quantum, Decimal(part), Decimal(whole), places)
    if is_share(shown, Decimal(part), Decimal(whole), places):
        assert Decimal(f"{100 * part / whole:.15g}").quantize(quantum, "ROUND_HALF_UP") == shown


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=30), st.integers(1, 100))
def test_a_sum_is_one_only_where_nothing_is_missing_and_nothing_is_left_over(parts: list[Decimal], off: int) -> None:
    whole = sum(parts, Decimal(0))
    assert not is_sum(whole + off, parts)
    assert not is_sum(whole, [*parts, None])
    if is_sum(whole, parts):
        assert Decimal(repr(sum(map(float, parts)))) == whole


def test_bounds_take_their_own_signs() -> None:
    signs = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.ABOUT: "≈"}
    for bound, sign in signs.items():
        assert sign in read(replace(reports.DEEDS, bound=bound)).format_of("D12")
