"""Owns what only LibreOffice does, where it is installed: an old Word file (.doc) made into .docx, a .docx into PDF.

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
        return _made(path, data, "doc", "docx")
    except apart.TooSlow as problem:
        raise Refused("text.too_slow", limit=LIMITS.clock) from problem
    except apart.Died as problem:
        raise Refused("text.unreadable_document") from problem


def pdf_of(data: bytes) -> bytes:
    """The .docx `data` as PDF. Refused: `reporting.pdf_no_office`, `.pdf_too_slow`, `.pdf_failed`."""
    path = program()
    if path is None:
        raise Refused("reporting.pdf_no_office")
    try:
        return _made(path, data, "docx", "pdf")
    except apart.TooSlow as problem:
        raise Refused("reporting.pdf_too_slow", limit=LIMITS.clock) from problem
    except apart.Died as problem:
        raise Refused("reporting.pdf_failed") from problem


def _made(path: str, data: bytes, given: str, wanted: str) -> bytes:
    """From one kind of file to another; raises `apart.TooSlow`, `apart.Died`."""
    made = apart.run("chithi.text.office_child", data, LIMITS, path, given, wanted)
    if not made:
        raise apart.Died(path)
    return made
