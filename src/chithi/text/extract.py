"""Owns the way from an uploaded file to its text: plain text here, Word in a child process with limits.

A .docx is refused by its table of contents alone where that suffices (bomb, encryption, strange paths); what is
left is parsed by `chithi.text.extract_child` under memory and time limits, so that a hostile file costs a child.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePath

from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS, check_is_text, decode
from chithi.text.docx_guard import check_directory

VERSION = "1"
MAX_FILE_BYTES = 20_000_000
WALL_SECONDS = 30
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
    command = [sys.executable, "-I", "-m", "chithi.text.extract_child"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False)  # noqa: S603 -- our own module, no shell, no user words
    except subprocess.TimeoutExpired as problem:
        raise Refused("text.too_slow", limit=WALL_SECONDS) from problem
    if done.returncode != 0:
        raise Refused("text.unreadable_document")
    if len(done.stdout) > MAX_CHARACTERS * 4 + 1_000:
        raise Refused("text.too_large", limit=MAX_CHARACTERS)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    text: str = answer["text"]
    if not text.strip():
        raise Refused("text.empty")
    check_is_text(text)
    return text
