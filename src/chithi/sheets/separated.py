"""Owns separated values (.csv, .tsv): their encoding, their separator, their rows. What is unclear is refused."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from chithi.core.errors import Refused
from chithi.sheets.cells import column_name, rearmed, text

SEPARATORS = (",", ";", "\t")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
_TRIED_ROWS = 50
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐ“”‘’–—…«»°²³·§\u00a0€")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def read_separated(data: bytes, rows: int, columns: int, cell: int, letters: int) -> tuple[tuple[str, ...], ...]:
    """The rows, without what is blank at their ends; the limits are those of `chithi.sheets.reading.Limits`."""
    content = decoded(data)
    if len(content) > letters:
        raise Refused("sheets.too_much")
    separator, body = _told(content)
    found: list[tuple[str, ...]] = []
    for number, row in enumerate(_parsed(body, separator or _separator(body), cell), 1):
        if number > rows:
            raise Refused("sheets.too_many_rows", sheet="", limit=rows)
        cells = [rearmed(text(one)) for one in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > columns:
            raise Refused("sheets.too_many_columns", sheet="", limit=columns)
        long = next((at for at, one in enumerate(cells) if len(one) > cell), None)
        if long is not None:
            raise Refused("sheets.long_cell", sheet="", cell=f"{column_name(long)}{number}", limit=cell)
        found.append(tuple(cells))
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def decoded(data: bytes) -> str:
    """By byte order mark, as UTF-8, as UTF-16 by its zeros, as Vietnamese Windows where it then reads as Vietnamese."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\x00" in data[:4_096]:
        even, odd = data[:4_096:2].count(0), data[1:4_096:2].count(0)
        return _strictly(data, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    content = unicodedata.normalize("NFC", _strictly(data, "cp1258"))
    if any(ord(letter) > 127 and letter not in _VIETNAMESE for letter in set(content)):
        raise Refused("sheets.unreadable_encoding")
    return content


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError as problem:
        raise Refused("sheets.unreadable_encoding") from problem


def _checked(content: str) -> str:
    """What holds control characters was never text."""
    if _CONTROL.search(content, 0, 65_536):
        raise Refused("sheets.unknown_format", suffix=".csv")
    return content


def _told(content: str) -> tuple[str, str]:
    """The separator that a first line `sep=;` tells, as Excel writes it, and what follows that line."""
    first, _, rest = content.partition("\n")
    told = first.strip("\r ")
    if len(told) == 5 and told.lower().startswith("sep=") and told[4] in SEPARATORS:
        return told[4], rest
    return "", content


def _separator(content: str) -> str:
    """The one separator that cuts the first rows into as many cells as the heads; a file of one column has none."""
    candidates = {}
    for separator in SEPARATORS:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(content), delimiter=separator), _TRIED_ROWS) if row]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        if width > 1:
            candidates[separator] = (sum(len(row) == width for row in rows) / len(rows), width)
    if not candidates:
        return ","
    whole = [separator for separator, (share, _) in candidates.items() if share == 1]
    fitting = whole or list(candidates)
    if len(fitting) == 1:
        return fitting[0]
    raise Refused("sheets.unclear_separator", found=", ".join(_NAMES[one] for one in fitting))


def _parsed(content: str, separator: str, cell: int) -> Iterator[list[str]]:
    """Row after row; strict about quotes. A cell beyond the module's own limit (131.072 letters) ends it too."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        if "field limit" in str(problem):
            raise Refused("sheets.long_cell", sheet="", cell=str(reader.line_num), limit=cell) from problem
        raise Refused("sheets.open_quote", row=reader.line_num) from problem
