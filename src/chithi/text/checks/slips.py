"""Owns slips of writing: units named twice, malformed numbers, doubled scales, lost words, skipped section numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chithi.text.reading import Fact, Question
from chithi.text.sentences import Span
from chithi.text.vietnamese import Normalised

_JOINED = re.compile(r"\s*(?:và|,|cùng)\s*")
_NAMES = re.compile(r",\s*|\s+và\s+")
_YEARS_OF_DAY = re.compile(r"(?<![\w.,])([0-9]{1,3}) năm ngày ([^\W\d_]+ [^\W\d_]+)", re.IGNORECASE)
_DAYS = re.compile(r"(?<![\w.,])([0-9]{1,3}) ngày ([^\W\d_]+ [^\W\d_]+)", re.IGNORECASE)
_NUMERAL = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|X)[.)\-/]\s*\w")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def ask(clean: Normalised, verbatim: str, spans: Sequence[Span], facts: Sequence[Fact]) -> Iterator[Question]:
    """Questions about wording and writing."""
    for fact in facts:
        if fact.malformed:
            yield _about("malformed_number", [fact], quote=fact.quote)
        if "doubled_scale" in fact.suspect:
            yield _about("doubled_scale", [fact], quote=fact.quote)
    for fact, after in pairwise(facts):
        if fact.sentence == after.sentence and _JOINED.fullmatch(verbatim, fact.end, after.start):
            yield from _named_twice(fact, after)
    yield from _lost_word(clean)
    yield from _numerals(clean, spans)


def _named_twice(fact: Fact, after: Fact) -> Iterator[Question]:
    """`17 tập thể và 50 cá nhân, tập thể`: collectives are counted, then named again with the persons."""
    if fact.kind != "count" or after.kind != "count":
        return
    names = [name.strip().lower() for name in _NAMES.split(after.unit)]
    if len(names) > 1 and fact.unit.strip().lower() in names:
        yield _about("unit_named_twice", [fact, after], unit=fact.unit, first=fact.value, second=after.value)


def _lost_word(clean: Normalised) -> Iterator[Question]:
    """`55 năm ngày Bác Hồ …` and once `55 ngày Bác Hồ …`: a word was lost; neither is a figure."""
    anniversaries = {(found.group(1), found.group(2).lower()) for found in _YEARS_OF_DAY.finditer(clean.text)}
    if not anniversaries:
        return
    for found in _DAYS.finditer(clean.text):
        if (found.group(1), found.group(2).lower()) in anniversaries:
            span = clean.verbatim(*found.span())
            yield Question("word_lost", "wording", (span,), {"quote": found.group(), "number": found.group(1)})


def _numerals(clean: Normalised, spans: Sequence[Span]) -> Iterator[Question]:
    """Parts numbered I, IV, V: parts are missing or were renumbered."""
    before = 0
    for span in spans:
        found = (
            _NUMERAL.match(clean.text, span.start, span.end)
            if span.opens_line and span.end - span.start < 200
            else None
        )
        if not found:
            continue
        number = _ROMAN[found.group(1)]
        if before and number > before + 1:
            yield Question(
                "sections_skip", "wording", (clean.verbatim(span.start, span.end),), {"before": before, "found": number}
            )
        before = number


def _about(code: str, facts: Sequence[Fact], **known: object) -> Question:
    return Question(
        code,
        "wording" if code != "doubled_scale" else "suspicious",
        tuple((fact.start, fact.end) for fact in facts),
        known,
    )
