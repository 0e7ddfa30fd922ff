"""Owns the class of every sentence: result, model, limitation, cause, lesson, task, proposal (LANGUAGE 2 and 7).

Under a heading the heading decides, whatever the words say; without headings the last connective does, within its
paragraph. The tables below are the rules; the reason kept with each sentence is the phrase that decided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chithi.text.reading import Section
from chithi.text.section_words import (
    CONNECTIVES,
    HEADINGS,
    LIMITATION_BODY,
    MODEL,
    NUMBERED_POINT,
    OPENERS,
    PROPOSAL,
    RESULT,
    TASK_OPENING,
    TASK_TURN,
    TRAPS,
)
from chithi.text.sentences import Span

_MARK = re.compile(r"(?:[IVXL]+|[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])\s*[.)/\-]\s*|[*+]\s*|Phần thứ \w+", re.IGNORECASE)
MAX_HEADING = 160
_LOOK = 600  # a sentence shows its class in its first words; hostile ones are longer


class Classed(NamedTuple):
    """The class of one sentence, the phrase that decided, and whether it is a heading."""

    section: Section
    reason: str
    heading: bool


def classify(text: str, spans: Sequence[Span]) -> list[Classed]:
    """One class per sentence of clean `text`, in order; linear."""
    classes: list[Classed] = []
    ruling: Section | None = None
    current: Section = "other"
    for span in spans:
        sentence = text[span.start : min(span.end, span.start + _LOOK)]
        heading = _heading(sentence, span)
        if heading is not None:
            ruling = heading.section if heading.section != "other" else ruling
            current = ruling or "other"
            classes.append(Classed(current, heading.reason, True))
            continue
        found = _under(ruling, current, sentence, span) if ruling else _free(current, sentence, span)
        current = found.section
        classes.append(found)
    return classes


def _heading(sentence: str, span: Span) -> Classed | None:
    """A short line that opens with a numeral or is written large, without a full stop, and does not say `đã`."""
    if not span.opens_line or len(sentence) > MAX_HEADING or sentence[-1:] in ".;,!?…" or "\n" in sentence:
        return None
    mark = _MARK.match(sentence)
    low = sentence.lower()
    bare = low[mark.end() :] if mark else low
    if not mark and not sentence.isupper() and not any(bare.startswith(first) for first, _, _ in HEADINGS):
        return None
    if " đã " in low or re.search(r"[0-9]+(?:[.,][0-9]+)*\s*%", low):
        return None
    for first, also, section in HEADINGS:
        if first in bare and (not also or any(word in bare for word in also)):
            return Classed(section, first, True)
    return Classed("other", "", True) if mark or sentence.isupper() else None


def _under(ruling: Section, current: Section, sentence: str, span: Span) -> Classed:
    """Below a heading: its class; only results give way, to what is plainly a model or a limitation."""
    if ruling not in ("results", "models"):
        return Classed(ruling, "heading", False)
    low = _without_traps(sentence.lower())
    reason = _limitation(low)
    if reason:
        return Classed("limitations", reason, False)
    reason = _first(MODEL, sentence)
    if reason or ruling == "models":
        return Classed("models", reason or "heading", False)
    carried = current in ("models", "limitations") and not span.opens_line
    if carried and not _first(RESULT, low) and not _first(CONNECTIVES, low):
        return Classed(current, "carried", False)
    return Classed(ruling, "heading", False)


def _free(current: Section, sentence: str, span: Span) -> Classed:
    """News without headings: proposals and limitations by their openers, tasks by verb-first points, else results."""
    low = _without_traps(sentence.lower())
    reason = _first(PROPOSAL, low)
    if reason:
        return Classed("proposals", reason, False)
    reason = _limitation(low)
    if reason:
        return Classed("limitations", reason, False)
    reason = _first(NUMBERED_POINT, low) or _first(TASK_TURN, low) or _first(TASK_OPENING, sentence)
    if reason and not (current == "proposals" and not span.opens_line):
        return Classed("tasks", reason, False)
    reason = _first(MODEL, sentence)
    if reason:
        return Classed("models", reason, False)
    reason = _first(RESULT, low)
    if reason and not (current in ("proposals", "tasks", "limitations") and not span.opens_line):
        return Classed("results", reason, False)
    if not span.opens_line and current != "other":
        return Classed(current, "carried", False)
    return Classed("results" if reason else "other", reason, False)


def _limitation(low: str) -> str:
    """`Tuy nhiên … chưa`, `một số … còn chậm`: an opener or a hedged subject, and a body that says what is lacking."""
    body = LIMITATION_BODY.search(low)
    if body is None:
        return ""
    opener = OPENERS.match(low)
    if opener:
        return f"{opener.group().strip()} … {body.group().strip()}"
    hedged = re.search(
        r"\b(?:một số|một bộ phận|có nơi|có lúc|từng lúc|ở nhiều nơi|nhiều nơi|không ít|nhìn chung)\b",
        low[: body.start()],
    )
    return f"{hedged.group()} … {body.group().strip()}" if hedged else ""


def _without_traps(low: str) -> str:
    """Phrases that sound like another class are blanked out before the words are looked at."""
    return TRAPS.sub(" ", low)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""
