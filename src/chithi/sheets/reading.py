"""Owns the way from an uploaded spreadsheet to its sheets: what kind it is by content, and which are refused.

Workbooks (.xlsx, .xls, .ods) are parsed by `chithi.sheets.workbook_child` in a child process under limits; separated
values (.csv, .tsv, .txt) here. Values only: no formula is worked out, no macro, link or picture is looked at.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePath

from chithi.core import apart
from chithi.core.archive import Size, Suspicious, check_archive
from chithi.core.errors import Refused
from chithi.sheets.separated import read_separated

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_UNPACKED = Size(whole=600_000_000, part=400_000_000)
_CLOCK, _PROCESSOR, _MEMORY = 60, 40, 1_500_000_000
_ENDINGS = {"xlsx": {".xlsx"}, "ods": {".ods"}, "xls": {".xls"}, "text": {".csv", ".tsv", ".txt", ""}}
_OTHER_ENDINGS = frozenset({".xlsm", ".xltm", ".xlsb", ".xlam", ".xltx", ".numbers"})


@dataclass(frozen=True)
class Limits:
    """How much a spreadsheet may hold; more is refused. `letters` counts those of all cells together."""

    size: int = 20_000_000
    sheets: int = 20
    rows: int = 200_000
    columns: int = 200
    cell: int = 32_767
    letters: int = 60_000_000


DEFAULT = Limits()


@dataclass(frozen=True)
class Sheet:
    """A sheet as a person sees it: `rows[0]` is row 1, `rows[0][0]` the cell A1.

    Blank cells at the end of a row and blank rows at the end of the sheet are left out, so rows differ in length.
    Dates are dd/mm/yyyy, decimals have a comma, a whole number has none; an error stands there by its name (#REF!).
    """

    name: str
    rows: tuple[tuple[str, ...], ...]


def read(data: bytes, filename: str, *, limits: Limits = DEFAULT) -> tuple[Sheet, ...]:
    """The visible sheets in their order; hidden ones are left out. Deterministic.

    Refused: `sheets.empty`, `.too_large`, `.unknown_format`, `.wrong_ending`, `.encrypted`, `.macros`, `.broken`,
    `.zip_bomb`, `.too_slow`, `.too_many_sheets`, `.too_many_rows`, `.too_many_columns`, `.long_cell`,
    `.unreadable_encoding`, `.unclear_separator`, `.open_quote`.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("sheets.empty")
    if len(data) > limits.size:
        raise Refused("sheets.too_large", limit=limits.size // 1_000_000)
    suffix = PurePath(filename).suffix.lower()
    kind = _kind(data, suffix)
    if suffix not in _ENDINGS[kind]:
        _refuse_ending(kind, suffix)
    if kind == "text":
        found = [Sheet("", read_separated(data, limits.rows, limits.columns, limits.cell, limits.letters))]
    else:
        found = _in_child(data, limits)
    if not any(sheet.rows for sheet in found):
        raise Refused("sheets.empty")
    return tuple(found)


def _kind(data: bytes, suffix: str) -> str:
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data, suffix)
    return "text"


def _ole_kind(data: bytes) -> str:
    """Old Excel, or a box with an encrypted workbook; names of streams stand there in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("sheets.encrypted")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused("sheets.macros")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Refused("sheets.broken")
    return "xls"


def _zip_kind(data: bytes, suffix: str) -> str:
    try:
        names = check_archive(data, _UNPACKED)
    except Suspicious as problem:
        if problem.why in ("too_large", "zip_bomb"):
            raise Refused("sheets.zip_bomb") from problem
        raise Refused("sheets.encrypted" if problem.why == "encrypted" else "sheets.broken") from problem
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise Refused("sheets.macros")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and suffix not in (".odt", ".odp"):
        return "ods"
    raise Refused("sheets.unknown_format", suffix=suffix)


def _refuse_ending(kind: str, suffix: str) -> None:
    if kind == "text" and suffix not in {".xlsx", ".xls", ".ods"} | _OTHER_ENDINGS:
        raise Refused("sheets.unknown_format", suffix=suffix)
    if kind == "text":
        raise Refused("sheets.not_a_workbook", suffix=suffix)
    raise Refused("sheets.wrong_ending", suffix=suffix, right=f".{kind}")


def _in_child(data: bytes, limits: Limits) -> list[Sheet]:
    """Run the parser apart; its answer is bounded, its death is a refusal."""
    child = apart.Limits(_MEMORY, _PROCESSOR, _CLOCK, limits.letters * 4)
    try:
        written = apart.run("chithi.sheets.workbook_child", data, child, json.dumps(asdict(limits)))
        answer = json.loads(written)
    except apart.TooSlow as problem:
        raise Refused("sheets.too_slow", limit=_CLOCK) from problem
    except (apart.Died, ValueError) as problem:
        raise Refused("sheets.too_much") from problem
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    return [Sheet(name, tuple(map(tuple, rows))) for name, rows in answer["sheets"]]
