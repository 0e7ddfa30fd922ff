"""Separated values: every encoding Vietnamese offices save in, one clear separator, quotes as they must be."""

from __future__ import annotations

import codecs
import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.sheets import read

TEXT = "Mã;Tên\nA1;Nguyễn Thị Ước\nA2;Đỗ Đình Quý\n"
ROWS = (("Mã", "Tên"), ("A1", "Nguyễn Thị Ước"), ("A2", "Đỗ Đình Quý"))


def rows_of(data: bytes | str, filename: str = "x.csv") -> tuple[tuple[str, ...], ...]:
    (sheet,) = read(data.encode() if isinstance(data, str) else data, filename)
    return sheet.rows


def in_cp1258(text: str) -> bytes:
    """As Windows writes it: vowels with their own mark whole, tones as letters of their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        out += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tone
    return out.encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        in_cp1258(TEXT),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_every_encoding_gives_the_same_rows(data: bytes) -> None:
    assert rows_of(data) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_separator_is_recognised(separator: str) -> None:
    assert rows_of(TEXT.replace(";", separator)) == ROWS


def test_a_first_line_may_tell_the_separator() -> None:
    assert rows_of("sep=;\nMã;Tên, họ\na;b,c\n") == (("Mã", "Tên, họ"), ("a", "b,c"))


def test_commas_inside_some_cells_do_not_mislead() -> None:
    assert rows_of("Mã;Tên\nA1;Bản Nà, xã Sơn\nA2;Bản Hạ\n") == (
        ("Mã", "Tên"),
        ("A1", "Bản Nà, xã Sơn"),
        ("A2", "Bản Hạ"),
    )


def test_quotes_hold_separators_line_ends_and_quotes() -> None:
    assert rows_of('Mã;Tên\n1;"a;""b""\nc"\n') == (("Mã", "Tên"), ("1", 'a;"b"\nc'))


def test_a_file_of_one_column_needs_no_separator() -> None:
    assert rows_of("Mã\nA1\n") == (("Mã",), ("A1",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b;c\nd,e;f\n", "sheets.unclear_separator"),
        ('Mã;Tên\n1;"mở'.encode(), "sheets.open_quote"),
        ('Mã;Tên\n1;"mở"sai\n'.encode(), "sheets.open_quote"),
        ("Mã;Tªn".encode("latin-1", "replace") + b"\nA;Ngh\xf6 \xb5\xb8\n", "sheets.unreadable_encoding"),
        (b"M\x8a;T\x9d\n", "sheets.unreadable_encoding"),
        (b"\xff\xfeM\x00\x00", "sheets.unreadable_encoding"),
        (b"a;b\n\x01\x02;c\n", "sheets.unknown_format"),
    ],
)
def test_what_is_unclear_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rows_of(data)
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        for sheet in read(data, "x.csv"):
            assert all(isinstance(cell, str) and "\x00" not in cell for row in sheet.rows for cell in row)
