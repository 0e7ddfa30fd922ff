"""Owns what kind a file is, by its content alone, and which endings each kind may bear."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from chithi.core.errors import Refused
from chithi.text.docx_guard import DOCUMENT
from chithi.text.html_text import looks_like_html

Kind = Literal["docx", "odt", "pdf", "rtf", "html", "doc", "plain"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PDF_WITHIN = 1_024  # readers allow so much before the mark
_SECTOR = 512
_WORD_HEADS = (b"\xec\xa5", b"\xdc\xa5")
_ENCRYPTED = 0x01  # of the byte at 11 of the head of a Word stream

ENDINGS: dict[Kind, tuple[str, ...]] = {
    "docx": (".docx", ".docm", ".dotx"),
    "doc": (".doc", ".dot"),
    "pdf": (".pdf",),
    "odt": (".odt", ".ott"),
    "rtf": (".rtf",),
    "html": (".html", ".htm", ".xhtml"),
    "plain": (".txt", ".text", ".md", ""),
}
"""The first ending of each kind is the one to name."""

ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings if ending)
"""For the `accept` of a file field."""


def kind_of(data: bytes, filename: str, suffix: str) -> Kind:
    """The kind of `data`. Refused: `text.not_a_document`, `.encrypted`, `.legacy_or_encrypted`, `.unknown_format`."""
    if data.startswith(_OLE):
        return _ole_kind(data, filename)
    if data.startswith(_ZIP):
        return _zip_kind(data, suffix)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if looks_like_html(data):
        return "html"
    if suffix in ENDINGS["html"]:
        return "html"
    if suffix in ENDINGS["plain"]:
        return "plain"
    if any(suffix in endings for endings in ENDINGS.values()):
        raise Refused("text.not_a_document", suffix=suffix)
    raise Refused("text.unknown_format", filename=filename, suffix=suffix)


def _ole_kind(data: bytes, filename: str) -> Kind:
    """Old Word, or a box with an encrypted document; names of streams stand there in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("text.encrypted")
    if "WordDocument".encode("utf-16-le") not in data:
        raise Refused("text.legacy_or_encrypted", filename=filename)
    for start in range(_SECTOR, len(data) - 12, _SECTOR):
        if data[start : start + 2] in _WORD_HEADS:
            if data[start + 11] & _ENCRYPTED:
                raise Refused("text.encrypted")
            break
    return "doc"


def _zip_kind(data: bytes, suffix: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise Refused("text.not_a_document", suffix=suffix) from problem
    if DOCUMENT in names:
        return "docx"
    if "content.xml" in names and suffix not in (".ods", ".odp"):
        return "odt"
    if suffix and not any(suffix in endings for endings in ENDINGS.values()):
        raise Refused("text.unknown_format", filename="", suffix=suffix)
    raise Refused("text.not_a_document", suffix=suffix)
