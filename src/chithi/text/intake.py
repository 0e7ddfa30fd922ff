"""Owns the way from a text to its figures: normalise, split, read amounts, name them, check them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chithi.text.checks import ask, mark
from chithi.text.figures.facts import facts_of
from chithi.text.own_words import OwnWords
from chithi.text.periods import document_date
from chithi.text.reading import Fact, Reading, Sentence
from chithi.text.sections import classify
from chithi.text.sentences import split
from chithi.text.vietnamese import normalise


def read(text: str, *, doc_date: date | None = None, own: Sequence[OwnWords] = ()) -> Reading:
    """Every figure of `text`, the questions they raise, and the class of every sentence.

    Pure, and linear in the length of the text. `doc_date` is found in the text when it is not given; periods such
    as "đến nay" are resolved by it. `own` are phrases of the installation, which beside a figure go before the
    rules that ship.
    """
    clean = normalise(text)
    spans = split(clean.text)
    classes = classify(clean.text, spans)
    day = doc_date or document_date(clean.text)
    facts = facts_of(clean, spans, classes, verbatim=text, doc_date=day, own=own)
    sentences = tuple(
        Sentence(
            *clean.verbatim(span.start, span.end), section=found.section, heading=found.heading, reason=found.reason
        )
        for span, found in zip(spans, classes, strict=True)
    )
    questions = ask(clean, text, spans, facts)
    return Reading(tuple(mark(facts, questions)), tuple(questions), sentences, day)


def as_json(fact: Fact, doc: str) -> dict[str, Any]:
    """One line of `chithi intake --jsonl`; numbers are JSON numbers, a range of percents ends in value_max."""
    flags: dict[str, Any] = {}
    if fact.approx:
        flags["approx"] = fact.approx
    for name in ("vague", "target", "malformed"):
        if getattr(fact, name):
            flags[name] = True
    if fact.falls:
        flags["decrease"] = True
    if fact.suspect:
        flags["suspect"] = list(fact.suspect)
    return {
        "doc": doc,
        "start": fact.start,
        "end": fact.end,
        "quote": fact.quote,
        "kind": fact.kind,
        "value": number(fact.value),
        "value_max": number(fact.value_max if fact.value_max is not None else fact.percent_max),
        "total": number(fact.total),
        "percent": number(fact.percent),
        "unit": fact.unit,
        "what": fact.what,
        "scope": fact.scope,
        "period": fact.period,
        "indicator": fact.indicator,
        "covers": fact.covers,
        "section": fact.section,
        "flags": flags,
    }


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole numbers as int; a float only here, at the very edge, because JSON knows nothing else."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
