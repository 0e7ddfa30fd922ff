"""Owns spells of time that are results (`rút từ 95 phút xuống 48 phút`) and bare fractions (`trong đó 2/3 là nữ`).

A spell of time is a count with its unit; clock times, dates, terms and years of carrying out are not its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chithi.text.figures.amounts import Amount, before_approximation
from chithi.text.figures.lexicon import words
from chithi.text.figures.numbers import read_number
from chithi.text.figures.tokens import Phrases, Token, at
from chithi.text.figures.units import Unit

_SPELLS = Phrases([("phút",), ("giây",), ("giờ",), ("ngày",), ("ngày", "làm", "việc"), ("tuần",), ("tháng",)])
_DOWN = words("xuống còn lên thành")
_LASTS = Phrases(
    [
        ("kéo", "dài"),
        ("rút", "ngắn"),
        ("rút", "ngắn", "được"),
        ("thời", "lượng"),
        ("chuyên", "mục"),
        ("trước", "hạn"),
        ("giảm",),
        ("giảm", "được"),
        ("tiết", "kiệm"),
        ("tiết", "kiệm", "được"),
    ]
)
_NOT_AFTER = Phrases([("đầu",), ("truy",), ("trước",), ("sau",), ("cuối",), ("nay",), ("tháng",)])
_TIME_BEFORE = 8
_FRACTION_BEFORE = words("đó có gần hơn trên khoảng chiếm đạt quá với")
MAX_PARTS = 10


def read_spell(tokens: Sequence[Token], index: int) -> Amount | None:
    """`95 phút`, `7 ngày làm việc` at `index` where the words around say that a time was measured."""
    length = _SPELLS.length_at(tokens, index + 1)
    if not length or _NOT_AFTER.length_at(tokens, index + 1 + length):
        return None
    if not (_measured(tokens, index) or _goes_on(tokens, index + 1 + length)):
        return None
    written = read_number(tokens[index].text)
    if written.value is None:
        return None
    words = " ".join(token.text for token in tokens[index + 1 : index + 1 + length])
    last = index + 1 + length
    return Amount(index, last, index, "count", Unit(words, words.lower(), "count", last), value=written.value)


def _measured(tokens: Sequence[Token], index: int) -> bool:
    """`xuống còn` right before and `từ N` of the same unit further left, a verb of lasting, or `thời gian` near."""
    start = before_approximation(tokens, index)
    if _LASTS.length_before(tokens, start):
        return True
    before = [token.low for token in tokens[max(0, start - _TIME_BEFORE) : start]]
    if before[-1:] and before[-1] in _DOWN:
        return tokens[index + 1].low in before
    for mark in (",", ";", ".", ":", "(", "năm"):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    return any(pair == ("thời", "gian") for pair in pairwise(before)) and "trong" not in before[:1]


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """`từ 95 phút xuống 48 phút`: seen from the first number."""
    step = index
    while at(tokens, step).low in _DOWN or at(tokens, step).low in ("chỉ", "gần", "khoảng", "hơn", "dưới"):
        step += 1
    return at(tokens, index).low in _DOWN and at(tokens, step).kind == "n" and bool(_SPELLS.length_at(tokens, step + 1))


def read_fraction(tokens: Sequence[Token], index: int) -> Amount | None:
    """`trong đó 2/3 là nữ`, `gần 1/3 là`: a share of at most ten parts whose whole was named before."""
    slash, whole = at(tokens, index + 1), at(tokens, index + 2)
    if slash.text != "/" or not slash.glued or not whole.glued or at(tokens, index + 3).low not in ("là", "đều"):
        return None
    if at(tokens, index - 1).low not in _FRACTION_BEFORE:
        return None
    share, total = read_number(tokens[index].text).value, read_number(whole.text).value
    if share is None or total is None or not 0 < share < total <= MAX_PARTS:
        return None
    return Amount(index, index + 3, index, "ratio", Unit("", "", "count", index + 3), value=share, total=total)
