"""Owns the step from the amounts of a sentence to facts with verbatim spans."""

from __future__ import annotations

from collections.abc import Sequence

from chithi.text.figures.amounts import Amount
from chithi.text.figures.shapes import amounts_of
from chithi.text.figures.tokens import Token, cut
from chithi.text.reading import Fact
from chithi.text.sentences import Span
from chithi.text.vietnamese import Normalised

_LOOSE_WORDS = ("hàng ", "vài ", " hai ", " ba ", "mười", "một")


def facts_of(clean: Normalised, sentences: Sequence[Span], *, verbatim: str) -> list[Fact]:
    """Facts of all sentences in the order of the text."""
    facts: list[Fact] = []
    for number, span in enumerate(sentences):
        tokens = cut(clean.text, span.start, span.end)
        facts.extend(_fact(clean, verbatim, tokens, amount, number) for amount in amounts_of(tokens))
    return facts


def _fact(clean: Normalised, verbatim: str, tokens: Sequence[Token], amount: Amount, sentence: int) -> Fact:
    start, end = clean.verbatim(tokens[amount.first].start, tokens[amount.last - 1].end)
    return Fact(
        start, end, verbatim[start:end], amount.kind, value=amount.value, value_max=amount.value_max, total=amount.total,
        percent=amount.percent, percent_max=amount.percent_max, unit=amount.unit.words, sentence=sentence,
        approx=amount.approx, approx_word=amount.approx_word, vague=amount.vague, malformed=amount.malformed,
        target=amount.target,
    )
