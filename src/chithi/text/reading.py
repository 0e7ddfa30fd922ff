"""Owns the shapes that the intake hands out: a reading of one text, its facts, questions and sentences.

All positions are code points of the verbatim text that was given. Money is in đồng whatever the words were;
areas and lengths keep the unit as written. Percents are points of a hundred (94.2, not 0.942).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "count", "ratio", "percent", "money", "area", "length", "duration", "workdays", "change", "yearly_amount"
]
Approx = Literal["at_least", "at_most", "about"]
Covers = Literal["subtree", "own", "part"]
Section = Literal[
    "results",
    "models",
    "limitations",
    "causes_of_merits",
    "causes_of_limitations",
    "lessons",
    "tasks",
    "proposals",
    "other",
]
Severity = Literal["wrong", "suspicious", "weak", "wording"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a text and what it was taken for.

    `quote` is the verbatim text at [start, end). `value` is None for percents, vague and malformed figures.
    `total` is only set where the text writes the denominator. `period` is as written, `period_code` resolved:
    "2012", "2011..2016", "..2013-08-23" (as of a day), "2011-05-14..2013-05-14".
    `covers` is "part" when the figure is one person's or one village's example, named in `about`.
    A change keeps its amount positive; `falls` tells that it is a decrease.
    `suspect` lists the codes of the questions that touch this fact.
    """

    start: int
    end: int
    quote: str
    kind: Kind
    value: Decimal | None = None
    value_max: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None
    percent_max: Decimal | None = None
    unit: str = ""
    what: str = ""
    scope: str | None = None
    period: str | None = None
    period_code: str | None = None
    indicator: str | None = None
    confidence: Decimal | None = None
    reasons: tuple[str, ...] = ()
    member: str | None = None
    covers: Covers | None = None
    about: str | None = None
    section: Section = "other"
    sentence: int = 0
    approx: Approx | None = None
    approx_word: str | None = None
    vague: bool = False
    target: bool = False
    malformed: bool = False
    falls: bool = False
    suspect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something a clerk should look at. `wrong` cannot be right; the others may be, and say so in their wording."""

    code: str
    severity: Severity
    spans: tuple[Span, ...]
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or heading of the verbatim text with its class; `heading` tells that it rules those that follow."""

    start: int
    end: int
    section: Section
    heading: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the intake made of one text; facts in the order of the text."""

    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    sentences: tuple[Sentence, ...]
    doc_date: date | None
