"""Owns the older Vietnamese encodings, TCVN3 (ABC) and VNI: how they are recognised and made into Unicode.

Both put Vietnamese letters into the places of Western ones (windows-1252), so their text looks like `Céng hoµ` and
`Coäng hoøa`. TCVN3 has one place a letter and no capitals with tones (fonts ending in H show capitals); VNI writes a
letter and a mark after it. Source of the tables: the code charts of TCVN 5712:1993 (VN3) and of VNI for Windows.
Where no font tells, content does: nearly all words must become Vietnamese syllables, which as they stand they are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Literal

from chithi.text.syllables import is_syllable

Encoding = Literal["tcvn3", "vni"]

_TCVN3_ROWS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_TCVN3 = {first + place: letter for first, row in _TCVN3_ROWS for place, letter in enumerate(row)}

_TONE_OF = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT_OF = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BOW_OF = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_VNI = re.compile(
    "(?P<tone>[aeouyôö])(?P<t>[ùøûõï])|(?P<hat>[aeo])(?P<h>[âáàåãä])|(?P<bow>a)(?P<b>[êéèúüë])|(?P<alone>[ôöñíìæóòî])",
    re.IGNORECASE,
)

_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]+")
_MARKED = re.compile("[\u00a1-\u00ff]")
_UNICODE_ONLY = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")  # letters that neither encoding can hold
_SAMPLE = 40_000
_WORDS = 1_500
FEWEST = 4  # different words; fewer tell nothing
ENOUGH = 0.88  # share of words with marks that become syllables; names and slips are the rest
_FONT = re.compile(r"\s*(?:(\.vn)|(vni[- ]))", re.IGNORECASE)


def encoding_of_font(name: str) -> Encoding | None:
    """What a font of this name was made for: `.VnTime` and its kin for TCVN3, `VNI-Times` and its kin for VNI."""
    found = _FONT.match(name)
    return None if found is None else "tcvn3" if found.group(1) else "vni"


def shows_capitals(font: str) -> bool:
    """Whether the font shows small letters as capitals (`.VnTimeH`)."""
    return encoding_of_font(font) == "tcvn3" and font.strip().endswith("H")


def to_unicode(text: str, encoding: Encoding) -> str:
    """`text`, whose letters stand in the places of windows-1252, in Unicode. Other letters stay as they are."""
    if encoding == "vni":
        return _VNI.sub(_vni_letter, text)
    return _WORD.sub(_tcvn3_word, text)


def from_runs(runs: Iterable[tuple[str, str]]) -> str:
    """The text of neighbouring (letters, font) in Unicode; a mark of VNI may stand in the run after its letter."""
    pieces = []
    for font, group in groupby(runs, key=lambda run: run[1]):
        text = "".join(letters for letters, _ in group)
        encoding = encoding_of_font(font)
        if encoding is not None and _MARKED.search(text) and _fits(text, encoding):
            text = to_unicode(text, encoding)
        pieces.append(text.upper() if shows_capitals(font) else text)
    return "".join(pieces)


def _fits(text: str, encoding: Encoding) -> bool:
    """A font can lie: letters pasted in Unicode keep the old font's name, and read worse when converted."""
    if _UNICODE_ONLY.search(text):
        return False
    words = _marked_words(text)
    return _share(words, lambda word: to_unicode(word, encoding)) >= _share(words, lambda word: word)


def modernise(text: str) -> tuple[str, Encoding | None]:
    """(the text in Unicode, the encoding its content betrayed). Unicode text comes back untouched."""
    encoding = recognise(text)
    return (text, None) if encoding is None else (to_unicode(text, encoding), encoding)


def recognise(text: str) -> Encoding | None:
    """The older encoding of `text`, or None; a text with one letter that only Unicode has is never taken for one."""
    if _MARKED.search(text) is None or _UNICODE_ONLY.search(text):
        return None
    words = _marked_words(text)
    if len(set(words)) < FEWEST:
        return None
    as_it_stands = _share(words, lambda word: word)
    shares: list[tuple[float, Encoding]] = [
        (_share(words, lambda word: to_unicode(word, "tcvn3")), "tcvn3"),
        (_share(words, lambda word: to_unicode(word, "vni")), "vni"),
    ]
    best, encoding = max(shares)
    return encoding if best >= ENOUGH and best > as_it_stands + 0.2 else None


def _marked_words(text: str) -> list[str]:
    """Words with a letter beyond ASCII, from the beginning of the text and, of a long one, from its middle."""
    middle = len(text) // 2
    sample = text[:_SAMPLE] if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + "\n" + text[middle : middle + _SAMPLE]
    words = [found.group() for found in _WORD.finditer(sample)]
    return [word for word in words if _MARKED.search(word)][:_WORDS]


def _share(words: list[str], read: Callable[[str], str]) -> float:
    return sum(is_syllable(read(word)) for word in words) / max(1, len(words))


def _tcvn3_word(found: re.Match[str]) -> str:
    """A word in capitals has small letters where a tone stands (`NéI`): they are made large.

    Of a word with one plain letter (`Bé`) its neighbours tell.
    """
    word = found.group()
    modern = word.translate(_TCVN3)
    plain = sum(letter.isascii() for letter in word)
    if plain == 0 or any("a" <= letter <= "z" for letter in word):
        return modern
    if plain == 1 and not _among_capitals(found.string, found.start(), found.end()):
        return modern
    return modern.upper()


def _among_capitals(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 12) : start].split()[-1:] + text[end : end + 12].split()[:1]
    plain = ["".join(letter for letter in word if letter.isascii() and letter.isalpha()) for word in beside]
    return any(len(letters) > 1 and letters.isupper() for letters in plain)


def _vni_letter(found: re.Match[str]) -> str:
    alone = found["alone"]
    if alone:
        return _VNI_ALONE[alone]
    if found["tone"]:
        letter = _VNI_ALONE.get(found["tone"], found["tone"])
        marks = _TONE_OF[found["t"].lower()]
    elif found["hat"]:
        letter, marks = found["hat"], "\u0302" + _HAT_OF[found["h"].lower()]
    else:
        letter, marks = found["bow"], "\u0306" + _BOW_OF[found["b"].lower()]
    return unicodedata.normalize("NFC", letter + marks)
