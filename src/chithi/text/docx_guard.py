"""Owns what a .docx may look like from outside, before anything in it is unpacked or parsed."""

from __future__ import annotations

import io
import zipfile

from chithi.core.errors import Refused

DOCUMENT = "word/document.xml"
MAX_MEMBERS = 5_000
MAX_UNPACKED = 200_000_000
MAX_PART = 40_000_000
MAX_RATIO = 200
RATIO_FROM = 1_000_000  # small parts may be packed as tightly as they like
_ENCRYPTED = 0x1


def check_directory(data: bytes) -> None:
    """By the directory alone: `text.not_a_document`, `.too_large`, `.zip_bomb`, `.encrypted`, `.strange_path`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise Refused("text.not_a_document") from problem
    if len(members) > MAX_MEMBERS:
        raise Refused("text.zip_bomb", members=len(members), limit=MAX_MEMBERS)
    names = [member.filename for member in members]
    if DOCUMENT not in names:
        raise Refused("text.not_a_document")
    if len(set(names)) != len(names) or any(_strange(name) for name in names):
        raise Refused("text.strange_path")
    unpacked = sum(member.file_size for member in members)
    for member in members:
        _check_member(member)
    if unpacked > MAX_UNPACKED:
        raise Refused("text.too_large", limit=MAX_UNPACKED, size=unpacked)


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise Refused("text.encrypted")
    tight = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size)
    if tight:
        raise Refused("text.zip_bomb", part=member.filename, size=member.file_size, limit=MAX_RATIO)
    if member.filename.endswith(".xml") and member.file_size > MAX_PART:
        raise Refused("text.too_large", limit=MAX_PART, size=member.file_size)


def _strange(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or ":" in name or "\x00" in name
