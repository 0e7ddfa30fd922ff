"""Owns what a .docx may look like from outside, before anything in it is unpacked or parsed."""

from __future__ import annotations

from chithi.core.archive import Size, Suspicious, check_archive
from chithi.core.errors import Refused

DOCUMENT = "word/document.xml"
MAX_UNPACKED = 200_000_000
MAX_PART = 40_000_000
CODES = {
    "broken": "text.not_a_document",
    "too_large": "text.too_large",
    "zip_bomb": "text.zip_bomb",
    "encrypted": "text.encrypted",
    "strange_path": "text.strange_path",
}
"""What is wrong with an archive (`chithi.core.archive.Suspicious.why`), as it is refused."""


def check_directory(data: bytes) -> None:
    """By the directory alone: `text.not_a_document`, `.too_large`, `.zip_bomb`, `.encrypted`, `.strange_path`."""
    try:
        names = check_archive(data, Size(MAX_UNPACKED, MAX_PART))
    except Suspicious as problem:
        raise Refused(CODES[problem.why], **problem.facts) from problem
    if DOCUMENT not in names:
        raise Refused("text.not_a_document")
