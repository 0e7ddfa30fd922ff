"""Owns the proposal of an indicator by phrases that an installation wrote itself, beside the rules that ship.

A phrase counts as whole words, within the sentence and within `FAR` letters of the figure; the nearest wins. The thing
counted must be the indicator's own noun, unless the figure is a share. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chithi.text.indicators import Proposal

NEAR, FAR = 40, 120
PART_BEFORE, PART_AFTER = 40, 60


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One indicator as reports name it. All strings are lower case in the one form of `vietnamese.clean`.

    `noun` what one of them is called; `kinds` the kinds of figure it may be; `parts` code and name of each part of its
    breakdown.
    """

    code: str
    phrases: tuple[str, ...]
    noun: str
    kinds: tuple[str, ...] = ("count", "ratio", "percent", "change")
    parts: tuple[tuple[str, str], ...] = ()


def propose_own(
    own: Sequence[OwnWords], kind: str, unit: str, text: str, start: int, end: int, sentence: tuple[int, int]
) -> tuple[int, Proposal] | None:
    """Distance and proposal of the nearest phrase to the figure at lower-case text[start:end]; None where none fits."""
    left, right = max(sentence[0], start - FAR), min(sentence[1], end + FAR)
    around = text[left:right]
    best: tuple[int, str, OwnWords] | None = None
    for words in own:
        if kind not in words.kinds or not _counts(words, kind, unit):
            continue
        for phrase in words.phrases:
            if phrase not in around:
                continue
            for found in _whole(phrase).finditer(around):
                distance = _distance(found.start() + left, found.end() + left, start, end)
                if distance <= FAR and (best is None or distance < best[0]):
                    best = (distance, phrase, words)
    if best is None:
        return None
    distance, phrase, words = best
    confidence = Decimal("0.8") if distance <= NEAR else Decimal("0.6")
    return distance, Proposal(words.code, confidence, (phrase,), _part(words, text, start, end, sentence))


def _counts(words: OwnWords, kind: str, unit: str) -> bool:
    """Whether the figure counts what the indicator counts; a bare share names nothing."""
    return kind == "percent" or not words.noun or _whole(words.noun).search(unit) is not None


def _distance(first: int, last: int, start: int, end: int) -> int:
    """Letters between a phrase and the figure; words before it stand a little further than words after it."""
    if first >= end:
        return first - end
    return start - last + 10 if last <= start else 0


def _part(words: OwnWords, text: str, start: int, end: int, sentence: tuple[int, int]) -> str | None:
    """The one part of the breakdown named beside the figure; None where none or several are."""
    near = text[max(sentence[0], start - PART_BEFORE) : min(sentence[1], end + PART_AFTER)]
    named = [code for code, name in words.parts if _whole(name).search(near)]
    return named[0] if len(named) == 1 else None


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
