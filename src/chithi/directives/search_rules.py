"""How documents are sought by words: folded, as a phrase or all of them, with the places of the hits. Pure.

Folding keeps the length of a text, letter by letter, so that a place found in the folded text is the same place in the
text itself. Whole words answer: "đảng" finds Đảng, đăng and dang, not dangling.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

MOST_LETTERS = 200_000
"""So much of all texts of a document is sought in."""
MOST_COUNTED = 1_000
"""Hits beyond this are told as "more than"."""
MOST_WORDS = 12
AROUND = 90
"""Letters of the text shown on each side of a hit."""
_ID_BITS = 32
_WORD = re.compile("[0-9a-z]+")
_QUOTED = re.compile('["“”](.*?)["“”]')
_LONGEST_WORD = 60


class _Letters(dict[int, str]):
    """Each letter's folded form, one letter for one; worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))[:1]
        self[code] = found = bare if bare and bare.isascii() else letter
        return found


_LETTERS = _Letters({0x110: "d", 0x111: "d", 0xD0: "d", 0xF0: "d", 0x189: "d", 0x256: "d"})


def plain(text: str) -> str:
    """Lower case without marks, đ as d, of the same length; give it text in one form (`chithi.text.vietnamese`)."""
    return text.translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain(text))]


def sought_in(*texts: str) -> str:
    """What is kept to seek in: the folded words of the texts, one space between, one before and one after."""
    joined = " . ".join(texts)[:MOST_LETTERS]
    return f" {' '.join(words_of(joined))} "


@dataclass(frozen=True)
class Wanted:
    """What is sought: each run of words must occur, in this order and next to each other."""

    runs: tuple[tuple[str, ...], ...]

    @property
    def is_empty(self) -> bool:
        return not self.runs

    @classmethod
    def of(cls, asked: str) -> Wanted:
        """Words in quotes are one run, others each for itself; twice the same counts once."""
        runs: dict[tuple[str, ...], None] = {}
        left = MOST_WORDS
        for quoted in _QUOTED.findall(asked):
            if run := tuple(words_of(quoted)[:left]):
                runs[run] = None
                left -= len(run)
        for word in words_of(_QUOTED.sub(" ", asked))[:left]:
            runs[(word,)] = None
        return cls(tuple(runs))

    def answers(self, folded: str) -> bool:
        """Whether a text kept by `sought_in` holds all that is wanted: what the databases must find likewise."""
        return bool(self.runs) and all(f" {' '.join(run)} " in folded for run in self.runs)

    def for_sqlite(self) -> str:
        """For MATCH of FTS5: every run a phrase in quotes; only letters and digits stand in it."""
        return " AND ".join(f'"{" ".join(run)}"' for run in self.runs)

    def for_postgresql(self) -> str:
        """For to_tsquery: words of a run follow each other."""
        return " & ".join(f"({' <-> '.join(run)})" for run in self.runs)


def hits(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Where the text holds what is wanted: spans [start, end) in the text itself, ascending, none inside another."""
    found = [(match.start(), match.end(), match.group()[:_LONGEST_WORD]) for match in _WORD.finditer(plain(text))]
    spans: list[tuple[int, int]] = []
    for at in range(len(found)):
        fitting = [run for run in wanted.runs if tuple(word for _, _, word in found[at : at + len(run)]) == run]
        if fitting:
            last = at + max(map(len, fitting)) - 1
            if not spans or found[at][0] >= spans[-1][1]:
                spans.append((found[at][0], found[last][1]))
    return spans


@dataclass(frozen=True)
class Piece:
    """A piece of a text as it is shown; `hit` pieces are marked."""

    text: str
    hit: bool


def snippet(text: str, wanted: Wanted) -> list[Piece]:
    """The text around its first hits, cut at words; nothing where none of what is wanted occurs in it."""
    spans = hits(text, wanted)
    if not spans:
        return []
    start, end = _at_word(text, spans[0][0] - AROUND, back=False), _at_word(text, spans[0][1] + AROUND, back=True)
    return pieces(text, [span for span in spans if span[1] <= end], start, end)


def pieces(text: str, spans: list[tuple[int, int]], start: int = 0, end: int | None = None) -> list[Piece]:
    """A part of the text with its hits apart; dots where something is left out."""
    end = len(text) if end is None else end
    found = [Piece("… ", False)] if start > 0 else []
    at = start
    for first, last in spans:
        if first > at:
            found.append(Piece(text[at:first], False))
        found.append(Piece(text[first:last], True))
        at = last
    if at < end:
        found.append(Piece(text[at:end], False))
    return [*found, Piece(" …", False)] if end < len(text) else found


def _at_word(text: str, at: int, *, back: bool) -> int:
    """The nearest place between two words, not farther out than asked."""
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    found = text.rfind(" ", max(at - 30, 0), at) if back else text.find(" ", at, at + 30)
    return at if found < 0 else found + (0 if back else 1)


def place_of(dated: date, directive_id: int) -> int:
    """One number that puts documents in order: by day, then by id."""
    return dated.toordinal() << _ID_BITS | directive_id & ((1 << _ID_BITS) - 1)
