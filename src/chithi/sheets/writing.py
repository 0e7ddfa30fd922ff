"""Owns how tables become workbooks (.xlsx) and separated values (.csv), row after row in bounded memory.

What somebody typed can never act as a formula: in a workbook such a cell is text with the quote prefix, in separated
values an apostrophe stands before it, which `chithi.sheets.separated` takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from chithi.sheets.cells import column_name, disarmed, is_armed

Cell = str | int | Decimal | date | None
CHUNK_ROWS = 500
LISTS = "_"  # the hidden sheet of allowed words
MAX_ROWS = 1_048_576
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets disagree about the calendar


class Kind(StrEnum):
    """What a column holds: decides alignment and how a cell is typed."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FIGURE = "figure"  # a number with the decimals it has


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in letters, what it holds, the words it allows (offered as a list)."""

    head: str
    width: int = 16
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet to be written. `rows` may be a generator; it is read once. `wrap`: long words go on in the next line."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = ()
    wrap: bool = False


def write(tables: Sequence[Table], *, ending: str, language: str = "vi") -> bytes:
    """The whole file at once, for what is known to be small. `ending`: xlsx or csv (the first table alone)."""
    if ending == "csv":
        return b"".join(separated(tables[0], language))
    target = io.BytesIO()
    write_workbook(target, tables)
    return target.getvalue()


def write_workbook(target: IO[bytes], tables: Sequence[Table]) -> None:
    """Write a workbook into an open binary file. Memory holds a row at a time; rows wait in a temporary file."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        styles = _Styles(book)
        for table in tables:
            _sheet(book.add_worksheet(table.name), table, styles)
        _offer(book, tables)


class _Styles:
    """The few formats a workbook of ours knows."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.needed = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "font_color": "#A61B1B"}
        )
        self.date = book.add_format({"num_format": "dd/mm/yyyy"})
        self.number = book.add_format({"num_format": "0"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@"})
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})


def _sheet(sheet: Any, table: Table, styles: _Styles) -> None:
    for at, column in enumerate(table.columns):
        looks = {Kind.DATE: styles.date, Kind.NUMBER: styles.number, Kind.FIGURE: None}.get(column.kind, styles.text)
        sheet.set_column(at, at, column.width, styles.wrapped if table.wrap else looks)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.head, styles.needed if column.needed else styles.head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            _cell(sheet, number, at, value, styles, wrap=table.wrap)


def _offer(book: Any, tables: Sequence[Table]) -> None:
    """The allowed words of a column as a list to choose from; the words stand in a hidden sheet, one column each."""
    chosen = [(table.name, at, column) for table in tables for at, column in enumerate(table.columns) if column.choices]
    if not chosen:
        return
    lists = book.add_worksheet(LISTS)
    lists.hide()
    for row in range(max(len(column.choices) for _, _, column in chosen)):
        for at, (_, _, column) in enumerate(chosen):
            if row < len(column.choices):
                lists.write_string(row, at, column.choices[row])
    for at, (name, column_at, column) in enumerate(chosen):
        letters = column_name(at)
        source = f"='{LISTS}'!${letters}$1:${letters}${len(column.choices)}"
        offer = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        book.get_worksheet_by_name(name).data_validation(1, column_at, MAX_ROWS - 1, column_at, offer)


def _cell(sheet: Any, row: int, at: int, value: Cell, styles: _Styles, *, wrap: bool) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        if value >= _FIRST_DAY:
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), styles.date)
        else:
            sheet.write_string(row, at, f"{value:%d/%m/}{value.year:04d}", styles.text)
    elif isinstance(value, str):
        looks = styles.quoted if is_armed(value) else styles.wrapped if wrap else styles.text
        sheet.write_string(row, at, value[:32_767], looks)
    else:
        sheet.write_number(row, at, value)


def separated(table: Table, language: str = "vi") -> Iterator[bytes]:
    """The table as separated values in pieces, UTF-8 with its mark: as spreadsheets of that language expect them.

    Vietnamese: semicolons, dates 05/06/2024, decimals 12,5. English: commas, 2024-06-05, 12.5.
    """
    english = language.startswith("en")
    heads = [column.head for column in table.columns]
    yield b"\xef\xbb\xbf"
    lines = _with_heads(heads, table.rows)
    while rows := list(islice(lines, CHUNK_ROWS)):
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter="," if english else ";", lineterminator="\r\n")
        writer.writerows([_plain(value, english) for value in row] for row in rows)
        yield buffer.getvalue().encode("utf-8", "replace")


def _with_heads(heads: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield heads
    yield from rows


def _plain(value: Cell, english: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, date):
        return value.isoformat() if english else f"{value:%d/%m/}{value.year:04d}"
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text if english else text.replace(".", ",")
