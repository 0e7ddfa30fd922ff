"""Columns of named groups in the annex: beside the own numbers, in the same unit, told how many units they hold."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx

from chithi.reporting.annex import formulas, heads, is_wide, notes, rows
from chithi.reporting.content import Beside, Column, Header, Kind, Line, ReportContent
from chithi.reporting.freeze import addressed, code_of, frozen_lines, printed_of_group_in
from chithi.reporting.word import docx_bytes

CLUSTER, PILOTS = Column(3, "Cụm số 1", 4, 6), Column(8, "Đơn vị làm điểm", 2, 2)


def a_line(code: str, *beside: Beside, **facts: object) -> Line:
    return Line(code, "Chỉ tiêu", "đảng viên", address=f"/so/1/2/{code}/", beside=beside, **facts)  # type: ignore[arg-type]


def a_report(*lines: Line, columns: tuple[Column, ...] = (CLUSTER, PILOTS)) -> ReportContent:
    header = Header(issuer="Huyện ủy An", place="An", day=date(2026, 1, 15), issuer_symbol="HU")
    return ReportContent(header, "BÁO CÁO", "Kết quả", "Năm 2025", "toàn huyện", lines, columns=columns)


SHARE = a_line(
    "study.members",
    Beside(3, Decimal(90), Decimal(100), Decimal("90.0"), address="/nhom/3/so/21/2025/"),
    Beside(8),
    kind=Kind.SHARE,
    value=Decimal(9),
    total=Decimal(10),
    period_code="2025",
)
MONEY = a_line(
    "result.money", Beside(3, Decimal(1_234_567)), Beside(8, Decimal(5), inexact=True), kind=Kind.MONEY,
    value=Decimal(3_000_000), period_code="2025",
)  # fmt: skip


def test_a_groups_number_stands_in_the_row_of_its_base_and_share_too() -> None:
    found = rows(a_report(SHARE))
    assert [[cell.text for cell in row.more] for row in found[1:]] == [["90", "–"], ["100", "–"], ["90", "–"]]
    assert found[1].more[0].address == "/nhom/3/so/21/2025/"
    assert found[0].more == ()


def test_money_is_told_in_millions_only_where_the_groups_amounts_stay_exact_too() -> None:
    row = rows(a_report(MONEY))[1]
    assert (row.unit, row.now.text) == ("đồng", "3.000.000")
    assert [cell.text for cell in row.more] == ["1.234.567", "khoảng 5"]


def test_heads_formulas_and_notes_name_each_group_and_how_much_of_it_is_seen() -> None:
    report = a_report(SHARE)
    assert heads(report)[6:] == ("Cụm số 1", "Đơn vị làm điểm")
    assert formulas(report)[6:] == ("7", "8")
    told = notes(report)
    assert "4 của 6 đơn vị" in told[0]
    assert "2 đơn vị;" in told[1]
    assert is_wide(rows(report))


def test_the_word_file_draws_every_cell_of_every_row() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(a_report(SHARE, MONEY))))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "TT")
    assert [cell.text for cell in table.rows[0].cells][6:] == ["Cụm số 1", "Đơn vị làm điểm"]
    assert [cell.text for cell in table.rows[3].cells][6:] == ["90", "–"]
    assert sum(column.width for column in table.columns) <= document.sections[-1].page_width
    assert any("4 của 6 đơn vị" in paragraph.text for paragraph in document.paragraphs)


def test_what_a_group_printed_is_frozen_and_found_by_its_address() -> None:
    lines = frozen_lines(a_report(SHARE), 2)
    assert printed_of_group_in(lines, "study.members", 3, "2025") == {"value": "90", "percent": "90.0"}
    assert printed_of_group_in(lines, "study.members", 8, "2025") is None
    assert printed_of_group_in(lines, "study.members", 3, "2024") is None
    made = addressed(a_report(SHARE), "https://x", "AAAA")
    assert made.lines[0].beside[0].address == "https://x/nhom/3/so/21/2025/?ma=AAAA"


def test_the_code_of_a_report_without_groups_says_nothing_of_groups() -> None:
    plain = a_report(replace(SHARE, beside=()), columns=())
    assert "groups" not in frozen_lines(plain, 2)[0]
    assert code_of(plain, "A", "2025") != code_of(a_report(SHARE), "A", "2025")
    more = a_report(replace(SHARE, beside=(replace(SHARE.beside[0], value=Decimal(91)), SHARE.beside[1])))
    assert code_of(more, "A", "2025") != code_of(a_report(SHARE), "A", "2025")
