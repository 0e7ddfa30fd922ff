"""Owns the proposal of an indicator for a figure: rules of words, the nearest wins, the reason kept for the reader."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from chithi.text.indicator_words import RULES, Rule

BEFORE, AFTER = 180, 240
_OTHER = re.compile(r"(?:không phải là|chưa là|chưa phải là|không là) đảng viên|ngoài đảng")
_NEGATED = re.compile(r"(?:chưa|không)(?: được| tham gia)? $")
_BARE_PEOPLE = frozenset({"người", "lượt người"})
_MEMBER = re.compile(r"là đảng viên")
_CLAUSE_END = re.compile(r"[,;:.]\s|[0-9]")


class Proposal(NamedTuple):
    """A code of the catalogue, how sure (0 to 1), the words that decided, and the breakdown member if any."""

    code: str
    confidence: Decimal
    reasons: tuple[str, ...]
    member: str | None


def propose(
    kind: str, unit: str, text: str, start: int, end: int, sentence: tuple[int, int], heading: str = ""
) -> Proposal | None:
    """The indicator of the figure whose number and name are lower-case text[start:end]; None when no rule speaks.

    `sentence` bounds the words that are looked at; at most 420 characters around the figure are read. `heading` is
    the lower-case heading above: it may supply what a rule `needs`, never what it `says`.
    """
    left = max(sentence[0], start - BEFORE)
    right = min(sentence[1], end + AFTER)
    around = text[left:right]
    if unit in _BARE_PEOPLE:
        unit = f"{unit} {text[max(left, start - 90) : start].rsplit(';')[-1]}"
    member = _member(text, start, end, left, right)
    best: tuple[int, Proposal] | None = None
    for rule in _rules_for(kind, unit):
        if rule.member and rule.member != member:
            continue
        found = _match(rule, unit, around, heading, start - left, end - left)
        if found and (best is None or found[0] < best[0]):
            best = (found[0], _proposal(rule, found[1], found[0], member))
    return best[1] if best else None


def _match(rule: Rule, unit: str, around: str, heading: str, start: int, end: int) -> tuple[int, str] | None:
    """Distance and words of the nearest trigger: inside the quote 0, after it its distance, before it a little more."""
    if rule.needs and not _compiled(rule.needs).search(f"{heading} {around}"):
        return None
    if rule.never and _compiled(rule.never).search(f"{unit} {around[max(0, start - 26) : end + 40]}"):
        return None
    best: tuple[int, str] | None = None
    for found in _compiled(rule.says).finditer(around):
        if _NEGATED.search(around, max(0, found.start() - 14), found.start()):
            continue
        if found.start() >= end:
            distance = found.start() - end
        elif found.end() <= start:
            distance = (start - found.end()) + 30
        else:
            distance = 0
        if best is None or distance < best[0]:
            best = (distance, found.group())
    return best


def _proposal(rule: Rule, words: str, distance: int, member: str | None) -> Proposal:
    confidence = Decimal("0.9") if distance <= 40 else Decimal("0.7") if distance <= 120 else Decimal("0.5")
    told = member if rule.code in ("pledge.leaders", "rating.leaders_member", "rating.leaders_other") else None
    return Proposal(rule.code, confidence, (words,), told)


def _member(text: str, start: int, end: int, left: int, right: int) -> str | None:
    """Members of the Party or others: said in the quote, else in the clause before it, else in the one after it."""
    if "đảng" not in text[left:right]:
        return None
    before = _CLAUSE_END.split(text[left:start])[-1]
    after = _CLAUSE_END.split(text[end:right])[0]
    for near in (text[start:end], before, after):
        if _OTHER.search(near):
            return "other"
        if _MEMBER.search(near) or (near is before and near.rstrip().endswith("đảng viên")):
            return "member"
    return None


@lru_cache(maxsize=4_096)
def _rules_for(kind: str, unit: str) -> tuple[Rule, ...]:
    """The rules whose kind and counted thing fit; the same few units come again and again."""
    return tuple(rule for rule in RULES if kind in rule.kinds and _compiled(rule.units).search(unit))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
