"""Where a tone mark stands in syllables that end in oa, oe or uy: ủy ban or uỷ ban, hòa or hoà. Pure.

Offices demand one or the other. What is stored has one form (`chithi.text.vietnamese`); a document is turned into its
office's own only as it is written. Syllables that go on after the two vowels (hoàng, huỳnh, khuỷu) have one form for
everybody, and so has the y after q (quý): there u belongs to the consonant.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Spelling(StrEnum):
    """Which syllables are turned, and which way: the mark on the first vowel (ủy) or on the second (uỷ)."""

    AS_WRITTEN = ""
    UY_FIRST = "uy_first"
    UY_SECOND = "uy_second"
    ALL_FIRST = "all_first"
    ALL_SECOND = "all_second"


SAMPLES = {
    Spelling.UY_FIRST: "ủy, thủy",
    Spelling.UY_SECOND: "uỷ, thuỷ",
    Spelling.ALL_FIRST: "ủy, thủy, hòa, khỏe",
    Spelling.ALL_SECOND: "uỷ, thuỷ, hoà, khoẻ",
}
"""Words by which people recognise each."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_END = r"(?![^\W\d_])"
_NOT_AFTER_Q = r"(?<![qQ])"


def _marked(vowels: str) -> str:
    """Each vowel with each of the five tones."""
    return "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in _TONES)


def _pattern(*, second: bool, every: bool) -> re.Pattern[str]:
    """Pairs that are not yet so: marked first vowel and bare second where `second` is wanted, else the reverse."""
    pairs = [("uU", "yY"), *([("oO", "aAeE")] if every else [])]
    found = [f"[{_marked(first)}][{last}]" if second else f"[{first}][{_marked(last)}]" for first, last in pairs]
    return re.compile(f"{_NOT_AFTER_Q}(?:{'|'.join(found)}){_END}")


_PATTERNS = {
    Spelling.UY_FIRST: _pattern(second=False, every=False),
    Spelling.UY_SECOND: _pattern(second=True, every=False),
    Spelling.ALL_FIRST: _pattern(second=False, every=True),
    Spelling.ALL_SECOND: _pattern(second=True, every=True),
}


def spelled(text: str, spelling: str) -> str:
    """`text` with its tone marks where this spelling puts them; letters are NFC, the length never changes."""
    pattern = _PATTERNS.get(Spelling(spelling))
    return pattern.sub(_moved, text) if pattern else text


def _moved(found: re.Match[str]) -> str:
    """The tone on the other of the two vowels."""
    first, second = (unicodedata.normalize("NFD", vowel) for vowel in found.group())
    tone = next(mark for mark in first + second if mark in _TONES)
    moved = (first.replace(tone, ""), second + tone) if tone in first else (first + tone, second.replace(tone, ""))
    return "".join(unicodedata.normalize("NFC", vowel) for vowel in moved)
