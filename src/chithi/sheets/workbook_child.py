"""Owns the child process that parses one workbook from standard input under limits of memory and time."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from chithi.core.apart import limit
from chithi.core.errors import Refused
from chithi.sheets.cells import column_name, shown
from chithi.sheets.marks import Marks, marks_of


def main() -> int:
    """Read a workbook from standard input, write {"sheets"} or {"refused", "facts"} as JSON to standard output."""
    limits = json.loads(limit(sys.argv[1:])[0])
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"sheets": list(_sheets(data, limits))}
    except Refused as refused:
        answer = {"refused": refused.code, "facts": refused.facts}
    except PasswordError:
        answer = {"refused": "sheets.encrypted", "facts": {}}
    except (MemoryError, RecursionError):
        answer = {"refused": "sheets.too_much", "facts": {}}
    except BaseException:  # a panic of the parser, which has a class of its own beside Exception
        answer = {"refused": "sheets.broken", "facts": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def _sheets(data: bytes, limits: dict[str, int]) -> Iterator[tuple[str, list[list[str]]]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        wanted = [
            (at, one.name)
            for at, one in enumerate(book.sheets_metadata)
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
        if len(wanted) > limits["sheets"]:
            raise Refused("sheets.too_many_sheets", limit=limits["sheets"])
        marks = marks_of(data)
        left = limits["letters"]
        for at, name in wanted:
            rows = _rows(book.get_sheet_by_index(at), marks.get(name) or Marks(), limits, left)
            left -= sum(len(cell) for row in rows for cell in row)
            yield name, rows


def _rows(sheet: CalamineSheet, marks: Marks, limits: dict[str, int], left: int) -> list[list[str]]:
    """The rows of a sheet from its first on, without what is blank at their ends."""
    if sheet.start is None or sheet.end is None:
        return []
    last_row, last_column = sheet.end
    if last_row >= limits["rows"]:
        raise Refused("sheets.too_many_rows", sheet=sheet.name, limit=limits["rows"])
    if last_column >= limits["columns"]:
        raise Refused("sheets.too_many_columns", sheet=sheet.name, limit=limits["columns"])
    before = [""] * sheet.start[1]
    rows: list[list[str]] = []
    for number, values in enumerate(sheet.iter_rows()):
        row = before + _row(values, marks.percents.get(number, frozenset()), len(before))
        for column, name in marks.errors.get(number, ()):
            row[column : column + 1] = [*[""] * (column - len(row)), name]
        long = next((at for at, cell in enumerate(row) if len(cell) > limits["cell"]), None)
        if long is not None:
            cell = f"{column_name(long)}{number + 1}"
            raise Refused("sheets.long_cell", sheet=sheet.name, cell=cell, limit=limits["cell"])
        while row and not row[-1]:
            row.pop()
        left -= sum(map(len, row))
        if left < 0:
            raise Refused("sheets.too_much")
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(values: list[Any], percents: AbstractSet[int], offset: int) -> list[str]:
    if not percents:
        return [value.strip() if type(value) is str and value.isprintable() else shown(value) for value in values]
    return [shown(value, percent=at in percents) for at, value in enumerate(values, offset)]


if __name__ == "__main__":
    sys.exit(main())
