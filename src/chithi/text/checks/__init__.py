"""Owns the questions that the figures of one text raise: arithmetic first, wording last.

Careful by design: a question costs a clerk's time, so a check speaks only where the text leaves no room
(`wrong`) or where the sources showed real slips (`suspicious`, `weak`, `wording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chithi.text.checks import parts, shares, slips
from chithi.text.reading import Fact, Question
from chithi.text.sentences import Span
from chithi.text.vietnamese import Normalised


def ask(clean: Normalised, verbatim: str, spans: Sequence[Span], facts: Sequence[Fact]) -> list[Question]:
    """All questions about `facts`, in the order of the text; linear in facts and text."""
    questions = [*shares.ask(verbatim, facts), *parts.ask(verbatim, facts), *slips.ask(clean, verbatim, spans, facts)]
    return sorted(questions, key=lambda question: (question.spans[0], question.code))


def mark(facts: Sequence[Fact], questions: Sequence[Question]) -> list[Fact]:
    """The facts with the codes of the questions that touch them."""
    touched: dict[tuple[int, int], set[str]] = {}
    for question in questions:
        for span in question.spans:
            touched.setdefault(span, set()).add(question.code)
    return [
        replace(fact, suspect=tuple(sorted({*fact.suspect, *touched[fact.start, fact.end]})))
        if (fact.start, fact.end) in touched
        else fact
        for fact in facts
    ]
