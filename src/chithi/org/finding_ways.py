"""Two ways to the kept strings that answer: along the ordered index, or through what lies inside a reach.

Whoever reads everything asks the index for a range: what is rare is there at once, and of what is frequent only the
first rows are read. Whoever reads a part is answered from that part alone, each whole name of it looked at once, so
that neither the answer nor its cost tells of anything outside. Both give the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.org.spelling_rules import LONGEST, MOST_WORDS, Fit, How, ends_after, fit, fit_whole

_WHY = "the other words of a name, of rows that are inside the reach already"


@dataclass(frozen=True)
class Kept:
    """A table of kept strings within a reach: whose they are, in which order of importance, how many rows to read."""

    rows: ScopedQuerySet[Any]
    reach: Reach
    whose: str
    order: tuple[str, ...]
    cap: int
    dated: bool

    def columns(self) -> tuple[str, ...]:
        return (self.whose, "text", "at", *(("how", "until") if self.dated else ()))


Answer = tuple[int, Fit, date]


def answers_of(kept: Kept, wanted: Sequence[Sequence[str]], enough: int) -> Iterator[Answer]:
    """(whose, how well, until when the name is borne) of the rows that answer; the same one more than once.

    `enough`: whoever has so many answers along the index does not go on to words in any order.
    """
    if kept.reach.is_everything:
        return _along_the_index(kept, wanted, enough)
    return _through_the_reach(kept, wanted)


def _told(row: tuple[Any, ...]) -> tuple[int, str, int, int, date]:
    """A row with what people's strings do not hold: a kind and an end."""
    whose, text, at, *rest = row
    how, until = rest or (How.NAME, date.max)
    return whose, text, at, how, until


def _through_the_reach(kept: Kept, wanted: Sequence[Sequence[str]]) -> Iterator[Answer]:
    """Every whole name inside that holds the words. One query."""
    joined = [" ".join(reading) for reading in wanted]
    holds = Q()
    for reading in wanted:
        words = Q()
        for word in dict.fromkeys(reading):
            words &= Q(padded__contains=f" {word}")
        holds |= words
    whole = kept.rows.filter(at=0).annotate(padded=Concat(Value(" "), F("text"))).filter(holds)
    found = whole.order_by(*kept.order).values_list(*kept.columns())[: kept.cap]
    for whose, text, _at, how, until in map(_told, found):
        yield whose, fit_whole(text, how, joined), until


def _along_the_index(kept: Kept, wanted: Sequence[Sequence[str]], enough: int) -> Iterator[Answer]:
    """What is called so and what begins so, two queries a reading; then all words, where that was not enough."""
    joined = [" ".join(reading) for reading in wanted]
    seen: set[int] = set()
    for one in joined:
        short = one[:LONGEST]
        longer = kept.rows.filter(text__gt=short, text__lt=ends_after(short))
        for rows in (kept.rows.filter(text=short), longer):
            found = rows.order_by(*kept.order, "text").values_list(*kept.columns())[: kept.cap]
            for whose, text, at, how, until in map(_told, found):
                seen.add(whose)
                answer = fit(text, at, how, joined)
                if answer is not None:
                    yield whose, answer, until
    if len(seen) < enough:
        for reading in wanted:
            for whose, _text, _at, _how, until in map(_told, _all_words(kept, reading)):
                yield whose, Fit.ALL_WORDS, until


def _all_words(kept: Kept, reading: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of those who hold every word, in any order; the rarest word is asked first, the others of its rows."""
    words = list(dict.fromkeys(reading))[:MOST_WORDS]
    if len(words) < 2:
        return
    counted = [(kept.rows.filter(_begun(word)).values("pk")[: kept.cap].count(), word) for word in words]
    _, rarest = min(counted)
    found = kept.rows.filter(_begun(rarest))
    for word in words:
        if word != rarest:
            others = kept.rows.model.objects.everywhere(because=_WHY).filter(_begun(word))
            found = found.filter(Exists(others.filter(**{kept.whose: OuterRef(kept.whose)})))
    yield from found.values_list(*kept.columns())[: kept.cap]


def _begun(word: str) -> Q:
    return Q(text__gte=word, text__lt=ends_after(word))
