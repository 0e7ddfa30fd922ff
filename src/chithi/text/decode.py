"""Owns the step from bytes to text: which encoding a plain text file is in, and which files are refused.

Order: byte order mark, then UTF-8, then the older Vietnamese encodings (TCVN3, VNI), whose letters share their bytes
with Western ones and which content alone tells, then a guess that must be confident and must read as text. Text of an
older encoding comes out in its Western letters: `legacy.modernise` makes it Unicode, as it does for every format.
"""

from __future__ import annotations

import codecs
import re

import chardet

from chithi.core.errors import Refused
from chithi.text.legacy import recognise

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 5_000_000
_SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TRUSTED = {"windows-1258", "windows-1252", "utf-16", "utf-16le", "utf-16be", "ascii", "iso-8859-1"}


def decode(data: bytes) -> str:
    """Text of a plain text file, without its byte order mark, line ends as they stand.

    Refused: `text.empty`, `text.too_large`, `text.binary`, `text.unreadable_encoding` (facts: `guess`).
    """
    if not data.strip():
        raise Refused("text.empty")
    if len(data) > MAX_BYTES:
        raise Refused("text.too_large", limit=MAX_BYTES, size=len(data))
    text = _by_mark(data)
    if text is None:
        text = _by_utf8(data)
    if text is None:
        text = _by_guess(data)
    if not text.strip():
        raise Refused("text.empty")
    check_is_text(text)
    return text


def check_is_text(text: str) -> None:
    """Refuse what no person wrote: too long, or sown with control characters."""
    if len(text) > MAX_CHARACTERS:
        raise Refused("text.too_large", limit=MAX_CHARACTERS, size=len(text))
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 200:
        raise Refused("text.binary")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as problem:
                raise Refused("text.unreadable_encoding", guess=encoding) from problem
    return None


def _by_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _by_guess(data: bytes) -> str:
    if b"\x00" in data[:_SAMPLE]:
        raise Refused("text.binary")
    western = data.decode("cp1252", "replace")
    if recognise(western):
        return western
    found = chardet.detect(data[:_SAMPLE])
    guess = str(found.get("encoding") or "").lower()
    if guess not in _TRUSTED or float(found.get("confidence") or 0) < 0.5:
        raise Refused("text.unreadable_encoding", guess=guess)
    try:
        return data.decode(guess)
    except UnicodeDecodeError as problem:
        raise Refused("text.unreadable_encoding", guess=guess) from problem
