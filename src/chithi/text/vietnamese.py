"""Owns how Vietnamese text is brought to one form at the door, and how it is compared and sorted.

One form means: NFC, one place for the tone mark (hòa, not hoà; quý, not qúy), one letter Đ, plain spaces, no
invisible characters. `normalise` keeps a map back to the code points of the text it was given, so that a span
found in the clean form can be shown in the verbatim one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LOOK_ALIKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u0110": "Đ", "\u0256": "đ", "\u00f0": "đ"}
SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
BREAKS = {"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\u000b": "\n", "\u000c": "\n"}
INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
ONE_FOR_ONE = LOOK_ALIKES | SPACES | BREAKS
_ODD = re.compile("[" + "".join(odd for odd, plain in (ONE_FOR_ONE | INVISIBLE).items() if odd != plain) + "]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_MISPLACED = re.compile(
    r"(?<![qQ])([oO])([àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ])(?![^\W\d_])|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])"
    r"|(?<=[qQ])([ùúủũụÙÚỦŨỤ])([yY])(?![^\W\d_])|(?<=[gG])([ìíỉĩịÌÍỈĨỊ])([aA])(?![^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Clean text with the way back: `offsets[i]` is the code point in the verbatim text where clean `text[i]` began.

    `offsets` is None when both texts run in step; else it has one entry more than `text` (the end).
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def verbatim(self, start: int, end: int) -> tuple[int, int]:
        """The verbatim span of the clean span [start, end)."""
        if self.offsets is None or start >= end:
            return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[start])
        while end < len(self.text) and self.offsets[end] == self.offsets[end - 1]:
            end += 1  # several clean letters came from one verbatim letter with its marks: take all of it
        return self.offsets[start], self.offsets[end]


def normalise(text: str) -> Normalised:
    """Bring `text` to one form; linear in its length."""
    if unicodedata.is_normalized("NFC", text) and not _ODD.search(text):
        return Normalised(_tone_marks(text))
    out: list[str] = []
    offsets: list[int] = []
    for at, cluster in _clusters(text):
        clean = unicodedata.normalize("NFC", "".join(letter for letter in cluster if letter not in INVISIBLE))
        clean = "".join(ONE_FOR_ONE.get(letter, letter) for letter in clean)
        out.append(clean)
        offsets.extend([at] * len(clean))
    offsets.append(len(text))
    return Normalised(_tone_marks("".join(out)), tuple(offsets))


def clean(text: str) -> str:
    """The clean form alone, for fields where nobody asks for the way back (names, search words).

    Without NUL, which no field of a database takes.
    """
    return normalise(text).text.replace("\x00", "")


def fold(text: str) -> str:
    """For search: lower case, without tone and vowel marks, đ as d."""
    bare = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Vietnamese alphabetical order: letters first (a ă â b c d đ …), tones only between equal letters."""
    letters: list[int] = []
    tones: list[int] = []
    shown = clean(text)
    for letter in shown.lower():
        base, tone = _without_tone(letter)
        letters.append(_ORDER.get(base, 0x1000 + ord(base)) if base != " " else 0)
        tones.append(tone)
    return tuple(letters), tuple(tones), shown


_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: place for place, letter in enumerate(_ALPHABET, start=1)}
_TONE_ORDER = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def _without_tone(letter: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONE_ORDER[mark] for mark in parts if mark in _TONE_ORDER), 0)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_ORDER)) or letter, tone


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Letters with the marks (and what is invisible) after them; at most 16, so that a hostile run stays linear."""
    start = 0
    for at in range(1, len(text) + 1):
        on = at < len(text) and (unicodedata.combining(text[at]) or text[at] in INVISIBLE)
        if not on or at - start > 16:
            yield start, text[start:at]
            start = at


def _tone_marks(text: str) -> str:
    return _MISPLACED.sub(_move_tone, text)


def _move_tone(found: re.Match[str]) -> str:
    """Swap the mark between two letters; the length never changes."""
    first, second = (group for group in found.groups() if group)
    for plain, marked, leading in ((first, second, True), (second, first, False)):
        parts = unicodedata.normalize("NFD", marked)
        tone = next((mark for mark in parts if mark in _TONES), None)
        if tone and len(unicodedata.normalize("NFD", plain)) == 1:
            moved = unicodedata.normalize("NFC", plain + tone)
            bare = parts.replace(tone, "")
            return moved + bare if leading else bare + moved
    return found.group()
