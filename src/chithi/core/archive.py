"""Owns what a packed office file may look like from outside, before anything in it is unpacked or parsed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

MAX_MEMBERS = 5_000
MAX_RATIO = 200
RATIO_FROM = 1_000_000  # small parts may be packed as tightly as they like
_ENCRYPTED = 0x1


class Suspicious(Exception):  # noqa: N818 -- it says what the archive is
    """Why an archive is not opened: `why` is one of broken, zip_bomb, strange_path, encrypted, too_large."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why, facts)
        self.why = why
        self.facts = facts


@dataclass(frozen=True)
class Size:
    """How many bytes the parts of an archive may have unpacked: all of them, and one of XML."""

    whole: int
    part: int


def check_archive(data: bytes, size: Size) -> frozenset[str]:
    """By its directory alone; the names of its members."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise Suspicious("broken") from problem
    if len(members) > MAX_MEMBERS:
        raise Suspicious("zip_bomb", members=len(members), limit=MAX_MEMBERS)
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or any(_strange(name) for name in names):
        raise Suspicious("strange_path")
    for member in members:
        _check_member(member, size)
    unpacked = sum(member.file_size for member in members)
    if unpacked > size.whole:
        raise Suspicious("too_large", limit=size.whole, size=unpacked)
    return frozenset(names)


def _check_member(member: zipfile.ZipInfo, size: Size) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise Suspicious("encrypted")
    if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise Suspicious("zip_bomb", part=member.filename, size=member.file_size, limit=MAX_RATIO)
    if member.filename.endswith(".xml") and member.file_size > size.part:
        raise Suspicious("too_large", limit=size.part, size=member.file_size)


def _strange(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or ":" in name or "\x00" in name
