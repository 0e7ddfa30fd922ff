"""By which strings units and people are found: words without marks, abbreviations, initials. Pure.

A name is kept as its tails, one from each word on ("chi bo thon hoa", "bo thon hoa", "thon hoa", "hoa"), so that
whatever is typed from the beginning of a word is the beginning of a kept string and an ordered index finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from chithi.org.kinds import UnitKind
from chithi.text.vietnamese import clean, fold

LONGEST = 120
"""Letters of a kept string; whoever types more than that is found by the first of them."""
MOST_WORDS, MOST_READINGS = 8, 6

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"va", "cac", "cua", "thuoc", "tai", "trong"})
_LEADS = (("dang", "bo"), ("dang", "uy"), ("chi", "bo"))

SHORT_FORMS: dict[str, tuple[str, ...]] = {
    "bch": ("ban chi huy", "ban chap hanh"),
    "bdv": ("ban dan van",),
    "bnc": ("ban noi chinh",),
    "btc": ("ban to chuc",),
    "btg": ("ban tuyen giao",),
    "btgdv": ("ban tuyen giao va dan van",),
    "btv": ("ban thuong vu",),
    "ca": ("cong an",),
    "cb": ("chi bo",),
    "cq": ("co quan",),
    "db": ("dang bo",),
    "dn": ("doanh nghiep",),
    "dtn": ("doan thanh nien",),
    "du": ("dang uy", "dang bo"),
    "h": ("huyen",),
    "hccb": ("hoi cuu chien binh",),
    "hdnd": ("hoi dong nhan dan",),
    "hlhpn": ("hoi lien hiep phu nu",),
    "hnd": ("hoi nong dan",),
    "hpn": ("hoi lien hiep phu nu", "hoi phu nu"),
    "htx": ("hop tac xa",),
    "hu": ("huyen uy", "dang bo huyen"),
    "kp": ("khu pho",),
    "ldld": ("lien doan lao dong",),
    "lhpn": ("lien hiep phu nu",),
    "mn": ("mam non",),
    "mttq": ("mat tran to quoc",),
    "p": ("phuong",),
    "q": ("quan",),
    "qs": ("quan su",),
    "t": ("tinh", "thon"),
    "tdp": ("to dan pho",),
    "th": ("tieu hoc",),
    "thcs": ("trung hoc co so",),
    "thpt": ("trung hoc pho thong",),
    "tp": ("thanh pho",),
    "tt": ("thi tran", "trung tam"),
    "tu": ("tinh uy", "thanh uy", "dang bo tinh", "trung uong"),
    "tx": ("thi xa",),
    "ubkt": ("uy ban kiem tra",),
    "ubmttq": ("uy ban mat tran to quoc",),
    "ubnd": ("uy ban nhan dan",),
    "vp": ("van phong",),
    "x": ("xa",),
}
"""Abbreviations in common use, as they are typed, with what they may stand for in a name."""

LEVELS: dict[str, int] = {
    UnitKind.CENTRE: 0,
    UnitKind.PROVINCE: 1,
    UnitKind.DISTRICT: 2,
    UnitKind.BLOC: 2,
    UnitKind.GRASSROOTS: 3,
    UnitKind.AGENCY: 4,
    UnitKind.MASS_ORGANISATION: 4,
    UnitKind.SUB_COMMITTEE: 5,
    UnitKind.CELL: 6,
    UnitKind.VILLAGE: 7,
}
"""Which of many finds is looked at first: what stands higher."""


class How(IntEnum):
    """What a kept string is, in the order in which finds are looked at."""

    NAME = 0
    GIVEN = 1
    INITIALS = 2


class Spelling(NamedTuple):
    """One kept string: `at` is the word of the name with which it begins (0: the whole)."""

    text: str
    how: How
    at: int


class Fit(IntEnum):
    """How well a kept string answers what was typed; less is better."""

    EXACT = 0
    TAIL = 1
    BEGINS = 2
    ALL_WORDS = 3


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without marks, in lower case; nothing but letters and digits."""
    return tuple(_WORD.findall(fold(text)))


def spellings_of_unit(names: Iterable[str], given: Iterable[str]) -> set[Spelling]:
    """By what a unit is found: its names of one time, and `given` (code, abbreviations that somebody typed)."""
    found: set[Spelling] = set()
    for name in dict.fromkeys(names):
        found |= _of_name(name)
    for text in given:
        found |= _tails(words_of(text), How.GIVEN)
    return found


@lru_cache(maxsize=8192)
def _of_name(name: str) -> frozenset[Spelling]:
    """Kept while a whole tree is written: there is a school's cell in every commune and the same village in many."""
    words = words_of(name)
    short = {Spelling(text[:LONGEST], How.INITIALS, 0) for text in initials(words)}
    return frozenset(_tails(words, How.NAME) | _tails(_spelt_out(name), How.NAME) | short)


def spellings_of_person(name: str) -> set[Spelling]:
    """By what a person is found: every tail of the name."""
    return _tails(words_of(name), How.NAME)


def initials(words: Sequence[str]) -> set[str]:
    """The initials of a name, with and without what most names begin with; đảng bộ is read as đảng ủy as well."""
    told = [word for word in words if word not in _SMALL]
    found = {_letters(told)}
    for lead in _LEADS:
        if tuple(told[:2]) == lead:
            found.add(_letters(told[2:]))
    if tuple(told[:2]) == ("dang", "bo"):
        found.add("du" + _letters(told[2:]))
    return {text for text in found if len(text) > 1}


def _letters(words: Sequence[str]) -> str:
    """First letters; a number stands whole."""
    return "".join(word if word.isdigit() else word[0] for word in words)


def _tails(words: Sequence[str], how: How) -> set[Spelling]:
    return {Spelling(" ".join(words[at:])[:LONGEST], how, at) for at in range(len(words))}


def _spelt_out(name: str) -> tuple[str, ...]:
    """The words of a name with its abbreviations in capitals written in full; () where it holds none."""
    tokens = _WORD.findall(clean(name))
    if all(token.isupper() or token.isdigit() for token in tokens):
        return ()
    full: list[str] = []
    for token in tokens:
        known = SHORT_FORMS.get(fold(token)) if token.isupper() and len(token) > 1 else None
        full += known[0].split() if known else [fold(token)]
    return tuple(full) if full != [fold(token) for token in tokens] else ()


def readings(asked: str) -> list[tuple[str, ...]]:
    """What was typed, word for word, and with its abbreviations in full; at most `MOST_READINGS`."""
    words = words_of(asked)[:MOST_WORDS]
    if not words:
        return []
    ways = [((word,), *(tuple(full.split()) for full in SHORT_FORMS.get(word, ()))) for word in words]
    found: dict[tuple[str, ...], None] = {}
    for way in product(*ways):
        found.setdefault(tuple(part for parts in way for part in parts))
        if len(found) == MOST_READINGS:
            break
    return list(found)


def ends_after(beginning: str) -> str:
    """The first string beyond all that begin so, where strings are compared by code point."""
    return beginning + "\uffff"


def fit(text: str, at: int, how: int, wanted: Sequence[str]) -> Fit | None:
    """How well a kept string answers any of the readings (already joined)."""
    best: Fit | None = None
    for one in wanted:
        short = one[:LONGEST]
        if text == short:
            return Fit.EXACT if at == 0 and how != How.INITIALS else Fit.TAIL
        if text.startswith(short):
            best = Fit.BEGINS if how != How.INITIALS else Fit.ALL_WORDS
    return best


def fit_whole(text: str, how: int, wanted: Sequence[str]) -> Fit:
    """How well a whole name answers, of which it is known that it holds every word of a reading."""
    best = Fit.ALL_WORDS
    for one in wanted:
        if text == one:
            return Fit.EXACT if how != How.INITIALS else Fit.TAIL
        if how == How.INITIALS:
            continue
        if text.endswith(f" {one}"):
            best = min(best, Fit.TAIL)
        elif f" {one}" in f" {text}":
            best = min(best, Fit.BEGINS)
    return best


def answers(words: Sequence[str], wanted: Sequence[Sequence[str]]) -> bool:
    """Whether a name holds every word of one reading, each at least begun."""
    return any(all(any(word.startswith(one) for word in words) for one in reading) for reading in wanted)
