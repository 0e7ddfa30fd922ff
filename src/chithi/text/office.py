"""Owns the one step no library does: an old Word file (.doc) made into .docx by LibreOffice, where it is installed.

It runs in a child with its own empty profile, macros and links off, under limits of memory and time; of a hostile file
nothing is left but a refusal and an emptied folder.
"""

from __future__ import annotations

import shutil

from chithi.core import apart
from chithi.core.errors import Refused

LIMITS = apart.Limits(memory=6_000_000_000, processor=60, clock=60, answer=80_000_000)


def program() -> str | None:
    """The path of LibreOffice, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def docx_of(data: bytes) -> bytes:
    """The .doc `data` as .docx. Refused: `text.no_office`, `.too_slow`, `.unreadable_document`."""
    path = program()
    if path is None:
        raise Refused("text.no_office")
    try:
        made = apart.run("chithi.text.office_child", data, LIMITS, path)
    except apart.TooSlow as problem:
        raise Refused("text.too_slow", limit=LIMITS.clock) from problem
    except apart.Died as problem:
        raise Refused("text.unreadable_document") from problem
    if not made:
        raise Refused("text.unreadable_document")
    return made
