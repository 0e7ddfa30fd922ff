"""What may be kept of a file: told by its content, refused where it is something else. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from chithi.core.errors import Refused
from chithi.files.kinds import FileKind
from chithi.files.pictures import JPG, PNG, bare, is_heic
from chithi.text.extract import extract
from chithi.text.formats import kind_of
from chithi.text.vietnamese import clean

MOST_BYTES = 20_000_000
_ZIP = b"PK\x03\x04"
_BOOK = "xl/workbook.xml"
_TEXTS = {
    "docx": FileKind.DOCX,
    "doc": FileKind.DOC,
    "pdf": FileKind.PDF,
    "odt": FileKind.ODT,
    "plain": FileKind.TXT,
}
_ODD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True)
class Brought:
    """A file that may be kept: its kind, its name with the ending of that kind, the text in it ("" if none)."""

    data: bytes
    name: str
    kind: FileKind
    text: str


def brought(data: bytes, name: str) -> Brought:
    """Look at a file that somebody brings. Refused: too large, empty, of no allowed kind, or `text.*` of its reader.

    Pictures are kept without what a camera wrote into them (`chithi.files.pictures`).

    A picture, a workbook and a scan hold no text that could be sought; they are kept all the same.
    """
    if not data:
        raise Refused("text.empty", field="file")
    if len(data) > MOST_BYTES:
        raise Refused("text.too_large", field="file", limit=MOST_BYTES, size=len(data))
    kind = _kind(data, name)
    if kind in (FileKind.PNG, FileKind.JPG):
        data = bare(data)
    text = _text(data, kind) if kind in _TEXTS.values() else ""
    return Brought(data, _named(name, kind), kind, text)


def _kind(data: bytes, name: str) -> FileKind:
    if is_heic(data):
        raise Refused("files.heic", field="file")
    if data.startswith(PNG):
        return FileKind.PNG
    if data.startswith(JPG):
        return FileKind.JPG
    if data.startswith(_ZIP) and _is_book(data):
        return FileKind.XLSX
    suffix = PurePath(name).suffix.lower()
    try:
        found = _TEXTS.get(kind_of(data, name, suffix))
    except Refused as problem:
        if problem.code == "text.unknown_format":
            raise Refused("files.not_a_file", field="file") from problem
        raise Refused(problem.code, field="file", **problem.facts) from problem
    if found is None:
        raise Refused("files.not_a_file", field="file")
    return found


def _is_book(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BOOK in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _text(data: bytes, kind: FileKind) -> str:
    """Its text in one form; a PDF of scanned pages has none, and is kept as the signed copy it is."""
    try:
        return clean(extract(data, f"x.{kind.value}").text)
    except Refused as problem:
        if kind is FileKind.PDF and problem.code == "text.empty":
            return ""
        raise Refused(problem.code, field="file", **problem.facts) from problem


def _named(name: str, kind: FileKind) -> str:
    """A name without path, control and direction signs, with the ending of what the file is."""
    bare = _ODD.sub(" ", PurePath(clean(name).replace("\\", "/")).name).strip(" .") or "van-ban"
    stem = bare[: -len(PurePath(bare).suffix)] if PurePath(bare).suffix else bare
    endings = {kind.value, "jpeg"} if kind is FileKind.JPG else {kind.value}
    if PurePath(bare).suffix.lower().lstrip(".") not in endings and len(PurePath(bare).suffix) > 6:
        stem = bare
    return f"{(stem.strip(' .') or 'van-ban')[:180]}.{kind.value}"
