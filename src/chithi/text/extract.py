"""Owns the way from an uploaded file to its text: plain text here, Word in a child process with limits.

A .docx is refused by its table of contents alone where that suffices (bomb, encryption, strange paths); what is
left is parsed by `chithi.text.extract_child` under memory and time limits, so that a hostile file costs a child.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath

from chithi.core import apart
from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS, check_is_text, decode
from chithi.text.docx_guard import check_directory

VERSION = "1"
MAX_FILE_BYTES = 20_000_000
LIMITS = apart.Limits(memory=1_500_000_000, processor=20, clock=30, answer=MAX_CHARACTERS * 4 + 1_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Extracted:
    """Verbatim text of a document; `extractor` and `version` say who read it, so that offsets stay explainable."""

    text: str
    extractor: str
    version: str


def extract(data: bytes, filename: str) -> Extracted:
    """The text of `data`; deterministic. Refused: every `text.*` code of decode, docx_guard and the child."""
    if not data:
        raise Refused("text.empty")
    if len(data) > MAX_FILE_BYTES:
        raise Refused("text.too_large", limit=MAX_FILE_BYTES, size=len(data))
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(_OLE):
        raise Refused("text.legacy_or_encrypted", filename=filename)
    if suffix == ".docx" or data.startswith(b"PK\x03\x04"):
        check_directory(data)
        return Extracted(_in_child(data), "docx", VERSION)
    if suffix not in (".txt", ".text", ""):
        raise Refused("text.unknown_format", filename=filename, suffix=suffix)
    return Extracted(decode(data), "plain", VERSION)


def _in_child(data: bytes) -> str:
    """Run the parser apart; its answer is bounded, its death is a refusal."""
    try:
        written = apart.run("chithi.text.extract_child", data, LIMITS)
    except apart.TooSlow as problem:
        raise Refused("text.too_slow", limit=LIMITS.clock) from problem
    except apart.Died as problem:
        raise Refused("text.unreadable_document") from problem
    answer = json.loads(written)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    text: str = answer["text"]
    if not text.strip():
        raise Refused("text.empty")
    check_is_text(text)
    return text
