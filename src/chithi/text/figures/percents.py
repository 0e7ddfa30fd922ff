"""Owns which count a percent is stated of: `a …, đạt p%`, `(p%)`, `đạt tỷ lệ … p%`; never across another subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chithi.text.figures.amounts import Amount, before_approximation
from chithi.text.figures.lexicon import words
from chithi.text.figures.tokens import Token, at

MAX_PERCENT_GAP = 30
PERCENT_VERBS = words("đạt chiếm bằng tương")


def join_percents(tokens: Sequence[Token], amounts: Sequence[Amount]) -> list[Amount]:
    """Amounts with every percent joined to the count it is stated of; other percents stay amounts of their own."""
    out: list[Amount] = []
    for amount in amounts:
        last = out[-1] if out else None
        if last and amount.kind == "percent" and _percent_of(tokens, last, amount):
            out[-1] = replace(last, percent=amount.percent, percent_max=amount.percent_max, last=amount.last)
        elif last and last.kind == "percent" and _bracketed_after(tokens, last, amount):
            out[-1] = replace(
                amount, percent=last.percent, percent_max=last.percent_max, first=last.first, last=amount.last
            )
        else:
            out.append(amount)
    return out


def _percent_of(tokens: Sequence[Token], amount: Amount, percent: Amount) -> bool:
    """Whether `percent` is stated of `amount`: `, đạt p%`, `chiếm tỷ lệ p%`, `(p%)`, the nearest number before it."""
    if (
        amount.percent is not None
        or amount.vague
        or amount.kind not in ("count", "ratio", "money", "area", "length", "workdays")
    ):
        return False
    start = before_approximation(tokens, percent.number)
    between = [token.low for token in tokens[amount.last : start]]
    if len(between) > MAX_PERCENT_GAP or set(between) & {";", ".", ":", "\t"}:
        return False
    if "tăng" in between or "giảm" in between or _is_plan(tokens, amount):
        return False
    named = _named_share(between)
    if named:
        del between[named:]
    if between[-1:] == ["với"] and between[-2:-1] in (["đương"], ["ứng"]):
        between.pop()
    share = between[-2:] in (["tỷ", "lệ"], ["tỉ", "lệ"])
    while between and between[-1] in ("tỷ", "lệ", "tỉ", "đương", "ứng"):
        between.pop()
    if not between or between in (["("], ["="], [",", "("]) or (share and between[-1] in (",", "(")):
        return True
    if between == [","]:
        return at(tokens, percent.number + 2).kind != "w"
    if between[-1] not in PERCENT_VERBS and between[-1] != "=":
        return between[-1] == "(" and (amount.kind == "ratio" or _closes_predicate(tokens, between, percent))
    gap = between[:-1]
    if set(gap) & {"tỷ", "tỉ", "khối"} or ("trong" in gap and "đó" in gap):
        return False
    return (gap[-1:] in ([","], ["("], [")"])) or len(gap) <= 14


def _is_plan(tokens: Sequence[Token], amount: Amount) -> bool:
    """`(chỉ tiêu 900 phụ nữ, đạt 112,4%)`: the percent is of the plan, not of this number."""
    start = before_approximation(tokens, amount.number)
    before = (at(tokens, start - 2).low, at(tokens, start - 1).low)
    return before in (("chỉ", "tiêu"), ("kế", "hoạch"), ("mục", "tiêu"), ("dự", "toán"))


def _named_share(between: Sequence[str]) -> int:
    """`đạt tỷ lệ tập hợp 64,1%`: index after `đạt tỷ lệ` when at most four words name the share; 0 else."""
    for step in range(len(between) - 2, max(0, len(between) - 6), -1):
        if tuple(between[step - 1 : step + 1]) in (("tỷ", "lệ"), ("tỉ", "lệ")):
            named = step >= 2 and between[step - 2] in PERCENT_VERBS and all(word.isalpha() for word in between[step:])
            return step + 1 if named else 0
    return 0


def _closes_predicate(tokens: Sequence[Token], between: Sequence[str], percent: Amount) -> bool:
    """`9 đơn vị còn thua lỗ (14,5%)`: a short predicate of the count, then its share alone in brackets."""
    return len(between) <= 9 and all(word.isalpha() for word in between[:-1]) and at(tokens, percent.last).text == ")"


def _bracketed_after(tokens: Sequence[Token], percent: Amount, amount: Amount) -> bool:
    """`93,9% (667/710 đồng chí)`."""
    if amount.kind not in ("ratio", "count") or amount.percent is not None:
        return False
    between = [token.text for token in tokens[percent.last : amount.first]]
    return between == ["("] and (amount.kind == "ratio" or at(tokens, amount.last).text == ")")
