"""Spreadsheets become rows of words as a person sees them; hostile and broken ones are refused in plain words."""

from __future__ import annotations

import io
import resource
import time
import zipfile

import pytest
import xlsxwriter
from tests.pure.sheets.made import open_document, row, words, workbook

from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.sheets import DEFAULT, Limits, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
A1 = row(1, words("A1", "Mã"))


def refusal(data: bytes, filename: str = "x.xlsx", limits: Limits = DEFAULT) -> str:
    with pytest.raises(Refused) as refused:
        read(data, filename, limits=limits)
    said = sentence(refused.value.code, refused.value.facts, "vi")
    assert "sheets." not in said, "worded"
    assert "…" not in said, "every fact of the wording is there"
    return refused.value.code


def rows_of(data: bytes, filename: str = "x.xlsx") -> tuple[tuple[str, ...], ...]:
    (sheet,) = read(data, filename)
    return sheet.rows


def test_cells_are_shown_as_a_person_sees_them() -> None:
    formats = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="22"/></cellXfs>'
    cells = (
        words("A1", " Mã "),
        '<c r="B1"><v>12</v></c><c r="C1"><v>12.5</v></c><c r="D1" s="1"><v>45448</v></c>',
        '<c r="E1" s="2"><v>0.942</v></c><c r="F1" s="3"><v>45448.5</v></c><c r="G1" t="b"><v>1</v></c>',
        '<c r="H1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="I1"><f>B1+1</f><v>13</v></c><c r="J1" s="2"><v>1</v></c>',
        '<c r="K1"><v>0.1</v></c><c r="L1" t="str"><f>T(1)</f><v>x</v></c><c r="M1" s="2"/>',
    )
    assert rows_of(workbook(row(1, *cells), styles=formats)) == (
        ("Mã", "12", "12,5", "05/06/2024", "94,2%", "05/06/2024 12:00", "TRUE", "#DIV/0!", "13", "100%", "0,1", "x"),
    )


def test_rows_and_columns_keep_their_places() -> None:
    assert rows_of(workbook(row(3, words("C3", "đây")))) == ((), (), ("", "", "đây"))


def test_hidden_sheets_are_left_out() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Hiện").write(0, 0, "a")
        hidden = book.add_worksheet("Ẩn")
        hidden.write(0, 0, "b")
        hidden.hide()
    assert [(sheet.name, sheet.rows) for sheet in read(target.getvalue(), "a.xlsx")] == [("Hiện", (("a",),))]


def test_an_open_document_sheet_is_read() -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>Tên</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="7"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-06-05"/>'
    )
    tail = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    data = open_document(f"<table:table-row>{cells}</table:table-row>{tail}")
    assert rows_of(data, "a.ods") == (("Tên", "7", "05/06/2024"),)


def test_a_small_workbook_that_claims_sixteen_billion_cells_is_refused_within_a_second() -> None:
    data = workbook(A1 + row(1048576, words("XFD1048576", "z")))
    assert len(data) < 1_700
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert refusal(data) == "sheets.too_much"
    assert time.monotonic() - began < 5, "a second where nothing else runs; the machine of a test may be busy"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "the server itself took no memory"
    assert rows_of(workbook(A1)) == (("Mã",),), "and reads the next one"


def test_a_cell_far_down_or_far_right_is_refused_by_name() -> None:
    assert refusal(workbook(A1 + row(1_000_000, words("A1000000", "z")))) == "sheets.too_many_rows"
    assert refusal(workbook(row(1, words("XFD1", "z")))) == "sheets.too_many_columns"
    assert refusal(open_document(_repeated(3_000_000, 3_000_000)), "a.ods") in {"sheets.too_much", "sheets.broken"}


def _repeated(rows: int, columns: int) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell></table:table-row>'


def test_a_million_rows_are_refused() -> None:
    assert refusal(("a;b\n" * 1_000_000).encode(), "x.csv") == "sheets.too_many_rows"


def test_a_cell_of_ten_million_letters_is_refused_by_its_place() -> None:
    long = "".join(chr(97 + number * 7919 % 26) for number in range(1_000)) * 10_000
    assert refusal(("a;b\n1;" + long).encode(), "x.csv") == "sheets.long_cell"
    assert refusal(workbook(row(1, words("A1", long)))) in {"sheets.long_cell", "sheets.zip_bomb"}
    with pytest.raises(Refused) as refused:
        read(workbook(A1 + row(2, words("B2", "y" * 40_000))), "x.xlsx")
    assert (refused.value.code, refused.value.facts["cell"]) == ("sheets.long_cell", "B2")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    assert refusal(workbook(A1, xl__media__x=b"0" * 30_000_000)) == "sheets.zip_bomb"


def test_more_letters_sheets_or_bytes_than_the_limits_say_are_refused() -> None:
    data = workbook(row(1, words("A1", "abcdef"), words("B1", "ghij")))
    assert refusal(data, limits=Limits(letters=9)) == "sheets.too_much"
    assert refusal(data, limits=Limits(sheets=0)) == "sheets.too_many_sheets"
    assert refusal(data, limits=Limits(size=100)) == "sheets.too_large"


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "x.xlsx", "sheets.empty"),
        (b"  \n\n", "x.csv", "sheets.empty"),
        (b";;\n;\n", "x.csv", "sheets.empty"),
        (workbook(""), "x.xlsx", "sheets.empty"),
        (workbook(A1)[:700], "x.xlsx", "sheets.broken"),
        (workbook(A1)[40:], "x.xlsx", "sheets.not_a_workbook"),
        (workbook(A1, **{"xl/vbaProject.bin": b"x"}), "x.xlsm", "sheets.macros"),
        (workbook(A1, **{"xl/worksheets/sheet1.xml": "<not xml"}), "x.xlsx", "sheets.broken"),
        (workbook(A1), "x.csv", "sheets.wrong_ending"),
        (workbook(A1), "x.ods", "sheets.wrong_ending"),
        (b"a;b", "x.xlsx", "sheets.not_a_workbook"),
        (b"a;b", "x.pdf", "sheets.unknown_format"),
        (b"%PDF-1.7\x00\x01", "x.csv", "sheets.unknown_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le") * 40, "x.xlsx", "sheets.encrypted"),
        (OLE + "Workbook".encode("utf-16-le") * 400, "x.xls", "sheets.broken"),
        (OLE + ("Workbook" + "_VBA_PROJECT").encode("utf-16-le") * 400, "x.xls", "sheets.macros"),
        (OLE + b"\x00" * 900, "x.xls", "sheets.broken"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


def test_a_word_document_is_no_spreadsheet() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(target.getvalue(), "x.xlsx") == "sheets.unknown_format"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(workbook(A1))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "sheets.encrypted"
