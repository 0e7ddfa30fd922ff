"""Tables become workbooks and separated values that open as they are meant, and nothing typed acts as a formula."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.sheets import read
from chithi.sheets.cells import disarmed, rearmed
from chithi.sheets.writing import Cell, Column, Kind, Table, separated, write, write_workbook

COLUMNS = (Column("Tên", 30, needed=True), Column("Năm", kind=Kind.NUMBER), Column("Từ ngày", kind=Kind.DATE))
ARMED = ("=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x.test","y")', "'=1")


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table("Dữ liệu", COLUMNS, rows)


def test_what_was_written_is_read_again() -> None:
    rows = [("Nguyễn Thị Ước", 1970, date(2010, 2, 1)), ("Đỗ Quý", None, date(1899, 5, 4)), ("x", 3, None)]
    for ending, language in (("xlsx", "vi"), ("csv", "vi")):
        (sheet,) = read(write([table(*rows)], ending=ending, language=language), f"a.{ending}")
        assert sheet.rows == (
            ("Tên", "Năm", "Từ ngày"),
            ("Nguyễn Thị Ước", "1970", "01/02/2010"),
            ("Đỗ Quý", "", "04/05/1899"),
            ("x", "3"),
        )


def test_separated_values_are_written_as_the_language_expects() -> None:
    row = ("a", Decimal("12.5"), date(2024, 6, 5))
    assert b"".join(separated(table(row), "vi")).decode("utf-8-sig").splitlines()[1] == "a;12,5;05/06/2024"
    assert b"".join(separated(table(row), "en")).decode("utf-8-sig").splitlines()[1] == "a,12.5,2024-06-05"


@pytest.mark.parametrize("words", ARMED)
def test_typed_words_never_act_as_a_formula(words: str) -> None:
    book = write([table((words, None, None))], ending="xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        xml, styles = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/styles.xml").decode()
    assert "<f>" not in xml
    assert 't="inlineStr"' in xml
    assert 'quotePrefix="1"' in styles
    assert "hyperlink" not in xml.lower().replace("hyperlink(", "")
    line = b"".join(separated(table((words, None, None)))).decode("utf-8-sig").splitlines()[1]
    assert line.lstrip('"').startswith("'")
    for ending in ("xlsx", "csv"):
        (sheet,) = read(write([table((words, None, None))], ending=ending), f"a.{ending}")
        assert sheet.rows[1][0] == words, "and comes back as it was"


@given(st.text(max_size=20))
def test_taking_the_sting_out_can_be_taken_back(words: str) -> None:
    assert rearmed(disarmed(words)) == words


def test_allowed_words_may_be_chosen_from_a_list_with_commas_in_them() -> None:
    columns = (Column("Loại", choices=("thôn, bản", "chi bộ")),)
    book = write([Table("Dữ liệu", columns)], ending="xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert "<dataValidation " in archive.read("xl/worksheets/sheet1.xml").decode()
    assert [sheet.name for sheet in read(book, "a.xlsx")] == ["Dữ liệu"], "the list itself is hidden"


def test_the_head_stays_in_sight() -> None:
    with zipfile.ZipFile(io.BytesIO(write([table()], ending="xlsx"))) as archive:
        assert 'state="frozen"' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_many_rows_are_written_in_bounded_memory(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(40_000):
            yield f"Người số {number}", 1970, date(2010, 1, 1)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (tmp_path / "many.xlsx").open("wb") as target:
        write_workbook(target, [Table("Dữ liệu", COLUMNS, rows())])
    size = sum(map(len, separated(Table("Dữ liệu", COLUMNS, rows()))))
    assert size > 800_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 15_000, "KiB; all rows would take 20 MiB"
    assert (tmp_path / "many.xlsx").stat().st_size > 250_000
