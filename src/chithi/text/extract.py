"""Owns the way from an uploaded file to its text: plain text here, every other kind in a child process with limits.

The kind is told by content (`formats`). What is packed is refused by its table of contents alone where that suffices
(bomb, encryption, strange paths); what is left is parsed by `chithi.text.extract_child` under limits of memory and
time, so that a hostile file costs a child. Text in an older encoding comes out in Unicode, whatever it came in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from chithi.core import apart
from chithi.core.errors import Refused
from chithi.text.decode import MAX_CHARACTERS, check_is_text, decode
from chithi.text.docx_guard import check_directory
from chithi.text.formats import ENDINGS, Kind, kind_of
from chithi.text.legacy import modernise
from chithi.text.odt_text import check_odt
from chithi.text.office import docx_of

VERSION = "2"
MAX_FILE_BYTES = 20_000_000
_ANSWER = MAX_CHARACTERS * 4 + 10_000
LIMITS = apart.Limits(memory=1_500_000_000, processor=20, clock=30, answer=_ANSWER)
PDF_LIMITS = apart.Limits(memory=1_500_000_000, processor=45, clock=60, answer=_ANSWER)
_MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the person who brought the file; worded like a refusal by its code and facts."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extracted:
    """Verbatim text of a document; `extractor` and `version` say who read it, so that offsets stay explainable."""

    text: str
    extractor: str
    version: str
    notices: tuple[Notice, ...] = ()


def extract(data: bytes, filename: str) -> Extracted:
    """The text of `data`; deterministic. Refused: every `text.*` code of decode, formats, the guards and readers."""
    if not data:
        raise Refused("text.empty")
    if len(data) > MAX_FILE_BYTES:
        raise Refused("text.too_large", limit=MAX_FILE_BYTES, size=len(data))
    suffix = PurePath(filename).suffix.lower()
    kind = kind_of(data, filename, suffix)
    text, scanned = (decode(data), []) if kind == "plain" else _parsed(data, kind)
    text, encoding = modernise(text)
    notices = []
    if suffix and suffix not in ENDINGS[kind]:
        notices.append(Notice("text.wrong_ending", {"suffix": suffix, "right": ENDINGS[kind][0]}))
    if scanned:
        notices.append(Notice("text.scanned_pages", {"pages": _listed(scanned)}))
    if encoding:
        notices.append(Notice("text.older_encoding", {"encoding": {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}[encoding]}))
    return Extracted(text, f"{kind}+{encoding}" if encoding else kind, VERSION, tuple(notices))


def _parsed(data: bytes, kind: Kind) -> tuple[str, list[int]]:
    if kind == "docx":
        check_directory(data)
    elif kind == "odt":
        check_odt(data)
    elif kind == "doc":
        data, kind = docx_of(data), "docx"
        check_directory(data)
    return _in_child(data, kind)


def _in_child(data: bytes, kind: Kind) -> tuple[str, list[int]]:
    """Run the parser apart; its answer is bounded, its death is a refusal."""
    limits = PDF_LIMITS if kind == "pdf" else LIMITS
    try:
        written = apart.run("chithi.text.extract_child", data, limits, kind)
    except apart.TooSlow as problem:
        raise Refused("text.too_slow", limit=limits.clock) from problem
    except apart.Died as problem:
        raise Refused("text.unreadable_document") from problem
    answer = json.loads(written)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    text: str = answer["text"]
    if not text.strip():
        raise Refused("text.empty")
    check_is_text(text)
    return text, answer["scanned"]


def _listed(pages: list[int]) -> str:
    """`3, 5–8`; of very many the first."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_NAMED])
    return shown + (" …" if len(runs) > _MOST_NAMED else "")
