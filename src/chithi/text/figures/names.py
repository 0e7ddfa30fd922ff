"""Owns the numbers inside quoted names and addresses: “Ngôi nhà 1.000 đồng”, “5 không, 3 sạch”, www.example.vn/12."""

from __future__ import annotations

from collections.abc import Sequence

from chithi.text.figures.lexicon import words
from chithi.text.figures.tokens import Token

_OPENING = {"“": "”", "«": "»", '"': '"', "‘": "’", "”": "”"}
_SPOKEN = words("đã tôi chúng nay hiện còn")
MAX_NAME = 16


def inside_names(tokens: Sequence[Token]) -> frozenset[int]:
    """Indices of number tokens that are part of a quoted name or a web address; linear."""
    inside: set[int] = set()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text in _OPENING:
            last = _closing(tokens, index)
            if last:
                inside.update(_named_numbers(tokens, index, last))
                index = last
        elif token.low in ("http", "https", "www") or token.text == "@":
            index = _address(tokens, index, inside)
        index += 1
    return frozenset(inside)


def _closing(tokens: Sequence[Token], index: int) -> int:
    close = _OPENING[tokens[index].text]
    for step in range(index + 1, min(index + 40, len(tokens))):
        if tokens[step].text == close or (tokens[step].text in "”»" and close in "”»"):
            return step
    return 0


def _named_numbers(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    inner = tokens[first + 1 : last]
    if len(inner) > MAX_NAME or any(token.low in _SPOKEN for token in inner):
        return []
    return list(range(first + 1, last))


def _address(tokens: Sequence[Token], index: int, inside: set[int]) -> int:
    step = index + 1
    while step < len(tokens) and tokens[step].glued:
        inside.add(step)
        step += 1
    return step - 1
