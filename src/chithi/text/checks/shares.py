"""Owns the arithmetic of shares. A percent stands for an interval: 63% is 62,5 to 63,5; 70,1% is 70,05 to 70,15."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from chithi.core.numbers import rounded
from chithi.text.reading import Fact, Question

Interval = tuple[Decimal, Decimal]
PASSAGE = 500  # code points within which two figures stand in one passage
CLOSE = Decimal("0.05")  # bases further apart than this are clearly bases of different populations
_OF = re.compile(r"\s*(?:của|trong|trên|/)\s*(?:tổng số|số)?\s*", re.IGNORECASE)
_IN = re.compile(r"trong (?:tổng số |số )?$", re.IGNORECASE)
_HUNDRED = Decimal(100)


def ask(text: str, facts: Sequence[Fact]) -> Iterator[Question]:
    """Questions about stated shares."""
    for fact in facts:
        yield from _stated(fact)
    for fact, after in pairwise(facts):
        yield from _impossible_of(text, fact, after)
    yield from _in_passages(facts)


def interval(percent: Decimal) -> Interval:
    """The values that round to `percent` as it was written, in points of a hundred."""
    half = Decimal(1).scaleb(_exponent(percent)) / 2
    return percent - half, percent + half


def implied_base(value: Decimal, percent: Decimal) -> Interval:
    """The bases of which `value` is `percent`, as far as its decimals tell."""
    low, high = interval(percent)
    return value * _HUNDRED / high, value * _HUNDRED / max(low, Decimal("0.000001"))


def _stated(fact: Fact) -> Iterator[Question]:
    """`176/251 … 70,1%`: right, cut off instead of rounded, or wrong."""
    if fact.kind != "ratio" or fact.value is None or not fact.total:
        return
    share = fact.value * _HUNDRED / fact.total
    if fact.percent is None:
        if fact.value > fact.total:
            yield _about("part_larger_than_whole", "suspicious", [fact], part=fact.value, whole=fact.total)
        return
    low, high = interval(fact.percent)
    if low <= share <= high:
        return
    step = Decimal(1).scaleb(_exponent(fact.percent))
    computed = rounded(share, 2)
    if fact.percent <= share < fact.percent + step:
        yield _about(
            "share_cut_off", "weak", [fact], value=fact.value, total=fact.total, stated=fact.percent, computed=computed
        )
    else:
        yield _about(
            "share_wrong", "wrong", [fact], value=fact.value, total=fact.total, stated=fact.percent, computed=computed
        )


def _impossible_of(text: str, fact: Fact, after: Fact) -> Iterator[Question]:
    """`83,07% của 145 mô hình`: no whole number of 145 gives that share."""
    if fact.kind == "percent" and after.kind == "count" and _OF.fullmatch(text, fact.end, after.start):
        percent, base = fact, after
    elif fact.kind == "count" and after.kind == "percent" and _base_opens(text, fact, after):
        percent, base = after, fact
    else:
        return
    if percent.percent is None or percent.percent_max is not None or percent.approx or base.approx or not base.value:
        return
    if base.value != base.value.to_integral_value() or base.value_max is not None:
        return
    low, high = interval(percent.percent)
    nearest = (base.value * percent.percent / _HUNDRED).to_integral_value(ROUND_FLOOR)
    if not any(low <= whole * _HUNDRED / base.value <= high for whole in (nearest, nearest + 1)):
        yield _about(
            "share_impossible",
            "wrong",
            [percent, base],
            stated=percent.percent,
            total=base.value,
            below=(nearest * _HUNDRED / base.value).quantize(Decimal("0.01")),
            above=((nearest + 1) * _HUNDRED / base.value).quantize(Decimal("0.01")),
        )


def _base_opens(text: str, base: Fact, percent: Fact) -> bool:
    between = text[base.end : percent.start]
    return (
        base.sentence == percent.sentence
        and bool(_IN.search(text, max(0, base.start - 16), base.start))
        and (len(between) < 60 and ", có" in between)
    )


def _in_passages(facts: Sequence[Fact]) -> Iterator[Question]:
    """The same odd share on two counts; two shares of one population whose bases cannot agree."""
    shared = [fact for fact in facts if fact.percent is not None and fact.value and fact.kind == "count"]
    for index, fact in enumerate(shared):
        for other in shared[index + 1 : index + 7]:
            if other.start - fact.end > PASSAGE:
                break
            yield from _same_share(fact, other)
            yield from _bases(fact, other)


def _same_share(fact: Fact, other: Fact) -> Iterator[Question]:
    if (
        fact.percent is None
        or fact.percent != other.percent
        or _exponent(fact.percent) >= 0
        or fact.value == other.value
    ):
        return
    if fact.unit != other.unit:
        yield _about(
            "same_share_twice", "suspicious", [fact, other], share=fact.percent, first=fact.value, second=other.value
        )


def _bases(fact: Fact, other: Fact) -> Iterator[Question]:
    if fact.value is None or fact.percent is None or other.value is None or other.percent is None:
        return
    if fact.unit.lower() != other.unit.lower() or fact.percent >= _HUNDRED or other.percent >= _HUNDRED:
        return
    if fact.approx or other.approx:
        return
    one, two = implied_base(fact.value, fact.percent), implied_base(other.value, other.percent)
    if one[0] <= two[1] and two[0] <= one[1]:
        return
    first, second = fact.value * _HUNDRED / fact.percent, other.value * _HUNDRED / other.percent
    if abs(first - second) <= CLOSE * max(first, second):
        yield _about(
            "bases_differ",
            "weak",
            [fact, other],
            unit=fact.unit,
            first=first.to_integral_value(),
            second=second.to_integral_value(),
        )


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _about(code: str, severity: str, facts: Sequence[Fact], **known: object) -> Question:
    return Question(code, severity, tuple((fact.start, fact.end) for fact in facts), known)  # type: ignore[arg-type]  # callers pass the four severities
