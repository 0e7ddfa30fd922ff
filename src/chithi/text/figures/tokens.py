"""Owns the cutting of a sentence into words, numbers and marks, and the matching of phrases in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"(?P<n>[0-9]+(?:[.,][0-9]+)*)|(?P<w>đ/c\b|[^\W0-9_]+)|(?P<p>[^\s]|\t)", re.IGNORECASE)
_POWERS = {"m": "23", "km": "2", "dm": "23", "cm": "23"}


class Token(NamedTuple):
    """A word (`w`), number (`n`) or mark (`p`); `glued` when no space stands before it; positions in the clean text."""

    kind: Literal["w", "n", "p"]
    text: str
    low: str
    start: int
    end: int
    glued: bool


END = Token("p", "", "", 0, 0, False)


def cut(text: str, start: int, end: int) -> list[Token]:
    """Tokens of clean text[start:end]; `m2` and `đ/c` become one word, the tab between two cells of a table a mark."""
    tokens: list[Token] = []
    before = start
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup
        word = found.group()
        first, after = found.span()
        if kind == "n" and first == before and len(word) == 1 and tokens and word in _POWERS.get(tokens[-1].low, ""):
            last = tokens[-1]
            tokens[-1] = Token("w", last.text + word, last.low + word, last.start, after, last.glued)
        else:
            tokens.append(Token(kind, word, word.lower(), first, after, first == before))  # type: ignore[arg-type]  # lastgroup is one of the three group names
        before = after if word != "\t" else -1
    return tokens


def at(tokens: Sequence[Token], index: int) -> Token:
    """The token at `index`, or an empty mark beyond either end."""
    return tokens[index] if 0 <= index < len(tokens) else END


class Phrases:
    """A set of phrases, found in tokens by their first word, longest first."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)
            self._by_last.setdefault(phrase[-1], []).append(phrase)

    def length_at(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens from `index` on form the longest phrase; 0 for none."""
        if not 0 <= index < len(tokens):
            return 0
        phrases = self._by_first.get(tokens[index].low)
        if phrases is None:
            return 0
        for phrase in phrases:
            length = len(phrase)
            if length == 1 or phrase == tuple(token.low for token in tokens[index : index + length]):
                return length
        return 0

    def length_before(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens right before `index` form the longest phrase; 0 for none."""
        if not 0 < index <= len(tokens):
            return 0
        for phrase in self._by_last.get(tokens[index - 1].low, ()):
            length = len(phrase)
            if length <= index and phrase == tuple(token.low for token in tokens[index - length : index]):
                return length
        return 0
