"""Owns where sentences and lines end, and which lines of a hard-wrapped text run on."""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAK = re.compile(r"\n|[.!?…]+[”\"»)]*(?=\s)|/\.(?=\s|$)")
_OPENS_SENTENCE = re.compile(r"[\s”\"»)]*([“\"«‘(\-–*•+]\s*)*[A-ZÀ-ỸĐ0-9]")
_ABBREVIATED = frozenset(("TP", "Tp", "TX", "TS", "Ths", "ThS", "PGS", "GS", "Tr", "St", "BS", "KS", "NSƯT", "T", "Th"))
_LIST_MARK = re.compile(r"\s*(?:[-–*•+]|[0-9]{1,2}(?:\.[0-9]{1,2})*\s*[.)/\-]\s|[a-zđ]\)|[IVXL]+\s*[.)\-/])")
_NUMERAL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*|[IVXL]{1,5}|[a-zđA-ZĐ]")
WRAPPED = 50


class Span(NamedTuple):
    """A sentence [start, end) of the clean text; `line` is the number of its line, `opens_line` that it begins it."""

    start: int
    end: int
    opens_line: bool


def split(text: str) -> list[Span]:
    """Sentences and headings of clean text, without the white space around them; linear."""
    spans: list[Span] = []
    start, opens = 0, True
    for found in _BREAK.finditer(text):
        newline = found.group() == "\n"
        if newline and _runs_on(text, start, found.start(), found.end()):
            continue
        if not newline and not _ends_sentence(text, start, found):
            continue
        _add(spans, text, start, found.start() if newline else found.end(), opens)
        start, opens = found.end(), newline
    _add(spans, text, start, len(text), opens)
    return spans


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    if found.group().startswith(".") and len(found.group()) == 1:
        word = text[max(start, found.start() - 8) : found.start()].rsplit(None, 1)[-1:]
        if word and word[0].strip('(“"') in _ABBREVIATED:
            return False
        if word and _NUMERAL.fullmatch(word[0]) and not text[start : found.start() - len(word[0])].strip(" -*+\n"):
            return False
    return bool(_OPENS_SENTENCE.match(text[found.end() : found.end() + 12]))


def _runs_on(text: str, start: int, end: int, after: int) -> bool:
    """Whether the line break at `end` only wraps a long line: a long unfinished line, then no list mark or capital."""
    line = text[max(start, text.rfind("\n", start, end) + 1) : end].rstrip()
    following = text[after : after + 40]
    if "\t" in line or "\t" in following.split("\n", 1)[0]:
        return False  # rows of a table
    if not following.strip() or following[:1] in "\r\n" or not line or line[-1] in ".!?…:;":
        return False
    if _LIST_MARK.match(following):
        return False
    first = following.lstrip()[:1]
    return (first.islower() and len(line) > 20) or (len(line) >= WRAPPED and first.isdigit())


def _add(spans: list[Span], text: str, start: int, end: int, opens: bool) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    kept = piece.strip()
    if kept:
        spans.append(Span(start + lead, start + lead + len(kept), opens))
