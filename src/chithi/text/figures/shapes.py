"""Owns which amounts of a sentence belong together: base and share, change, rhythm (LANGUAGE 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chithi.text.figures import lexicon, not_facts
from chithi.text.figures.amounts import Amount, before_approximation, exact, read_amount
from chithi.text.figures.lexicon import words
from chithi.text.figures.loose import VAGUE_BEGINS, as_duration, read_bare, read_spelled, read_vague
from chithi.text.figures.names import inside_names
from chithi.text.figures.percents import join_percents
from chithi.text.figures.spells import read_fraction, read_spell
from chithi.text.figures.tables import read_row
from chithi.text.figures.tokens import Phrases, Token, at

MAX_BASE_GAP = 28
_BASE_BEFORE = Phrases([("trong", "tổng", "số"), ("trong", "số"), ("trong",), ("trên", "tổng", "số")])
_BASE_BETWEEN = frozenset(
    {("trên", "tổng", "số"), ("trong", "tổng", "số"), ("/", "tổng", "số"), ("trên", "tổng"), ("trong", "số")}
)
_RHYTHM_WORDS = words("năm tháng quý tuần ngày kỳ vụ")
_EACH = words("mỗi hàng hằng một")
_FAMILIES = tuple(
    frozenset(" ".join(phrase) for phrase in group)
    for group in (lexicon.PEOPLE, lexicon.ORGANISATIONS, lexicon.ACTIVITIES, lexicon.PRODUCTS | lexicon.GOODS)
)


_BEGINS = VAGUE_BEGINS | frozenset(lexicon.SPELLED)  # a word beyond these begins no amount


def amounts_of(tokens: Sequence[Token]) -> list[Amount]:
    """All amounts of one sentence that state figures, joined, in the order of the text."""
    amounts = _scan(tokens)
    amounts = _join_bases(tokens, amounts)
    amounts = join_percents(tokens, amounts)
    amounts = [_rhythm(tokens, amount) for amount in amounts]
    return [_population(tokens, _change(tokens, amount)) for amount in amounts]


def _scan(tokens: Sequence[Token]) -> list[Amount]:
    names = inside_names(tokens)
    row = read_row(tokens)
    found: list[Amount] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if index in names or (token.kind != "n" and token.low not in _BEGINS and not (row and index == row.number)):
            index += 1
            continue
        amount, after = (row, row.last) if row and index == row.number else _at(tokens, index, found)
        if amount is not None:
            found.append(exact(amount))
        index = max(index + 1, after)
    return found


def _at(tokens: Sequence[Token], index: int, found: Sequence[Amount]) -> tuple[Amount | None, int]:
    if tokens[index].kind != "n":
        amount = read_vague(tokens, index) or (
            read_spelled(tokens, index) if tokens[index].low in lexicon.SPELLED else None
        )
        return amount, amount.last if amount else index
    spell = read_fraction(tokens, index) or read_spell(tokens, index)
    if spell is not None:
        return spell, spell.last
    after = not_facts.skip(tokens, index)
    if after > index:
        return None, after
    amount = read_amount(tokens, index) or read_bare(tokens, index, found)
    if amount is not None and _counts_nothing(tokens, amount, found):
        return None, amount.last
    if amount is not None and amount.kind == "duration":
        amount = as_duration(tokens, amount)
    return amount, amount.last if amount else index


def _counts_nothing(tokens: Sequence[Token], amount: Amount, found: Sequence[Amount]) -> bool:
    """A market of `0 đồng`; `5 nghìn đồng/1 hội viên`; a village that lies `cách trung tâm huyện 28 km`."""
    if amount.kind == "money" and amount.value == 0:
        return True
    if amount.kind == "count" and amount.value == 1 and found and found[-1].kind in ("money", "yearly_amount"):
        between = [token.low for token in tokens[found[-1].last : amount.number]]
        if between in (["/"], ["trên"], ["trở", "lên", "/"], ["cho"], ["đối", "với"]):
            return True
    return amount.kind == "length" and "cách" in {
        token.low for token in tokens[max(0, amount.number - 7) : amount.number]
    }


def _join_bases(tokens: Sequence[Token], amounts: list[Amount]) -> list[Amount]:
    """`Trong tổng số b …, có a …` and `a … trên tổng số b …` become one ratio."""
    out: list[Amount] = []
    for amount in amounts:
        if out and _is_base(tokens, out[-1], amount):
            base = out.pop()
            amount = replace(amount, first=base.first, kind="ratio", total=base.value)
        elif out and _base_follows(tokens, out[-1], amount):
            share = out.pop()
            amount = replace(share, kind="ratio", total=amount.value, last=amount.last)
        out.append(amount)
    return out


def _is_base(tokens: Sequence[Token], base: Amount, share: Amount) -> bool:
    if not _may_be_base(base, share) or share.number - base.last > MAX_BASE_GAP:
        return False
    if not _BASE_BEFORE.length_before(tokens, base.number):
        return False
    between = [token.low for token in tokens[base.last : share.number]]
    return "có" in between[-5:] and not set(between) & {";", ".", ":"}


def _may_be_base(base: Amount, share: Amount) -> bool:
    if base.kind != "count" or share.kind != "count" or base.value is None or share.value is None or base.value_max:
        return False
    return share.value <= base.value and _same_family(base.unit.head, share.unit.head)


def _same_family(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in _FAMILIES)


def _base_follows(tokens: Sequence[Token], share: Amount, base: Amount) -> bool:
    between = tuple(token.low for token in tokens[share.last : base.number])
    return between in _BASE_BETWEEN and _may_be_base(base, share)


def _rhythm(tokens: Sequence[Token], amount: Amount) -> Amount:
    """`mỗi năm 2 lần`, `50 triệu đồng mỗi năm`: the rhythm belongs to the quote and to the unit."""
    period = ""
    start = before_approximation(tokens, amount.number)
    if (
        at(tokens, start - 1).low in _RHYTHM_WORDS
        and at(tokens, start - 2).low in _EACH
        and amount.kind in ("count", "money")
    ):
        period = at(tokens, start - 1).low
        amount = replace(amount, first=min(amount.first, start - 2))
    elif (
        at(tokens, amount.last).low in ("mỗi", "một")
        and at(tokens, amount.last + 1).low in _RHYTHM_WORDS
        and amount.kind in ("count", "money")
    ):
        period = at(tokens, amount.last + 1).low
        amount = replace(amount, last=amount.last + 2)
    if not period and amount.kind == "money" and not amount.unit.rate and _each_year_before(tokens, start):
        return replace(amount, kind="yearly_amount", unit=replace(amount.unit, words="đồng/năm", rate="năm"))
    if not period or amount.unit.rate:
        return amount
    if amount.kind == "count" and amount.unit.head not in ("lần", "buổi", "kỳ", "cuộc", "hội nghị", "lượt"):
        return amount
    unit = replace(amount.unit, words=f"{amount.unit.words}/{period}", rate=period)
    return replace(
        amount, unit=unit, kind="yearly_amount" if amount.kind == "money" and period == "năm" else amount.kind
    )


def _each_year_before(tokens: Sequence[Token], index: int) -> bool:
    """`mỗi năm thu lãi từ 350 đến …`: the rhythm opens the clause of the amount."""
    for step in range(index - 1, max(0, index - 12), -1):
        if tokens[step].text in ".;:":
            return False
        if tokens[step].low == "năm" and at(tokens, step - 1).low in ("mỗi", "hàng", "hằng"):
            return True
    return False


def _change(tokens: Sequence[Token], amount: Amount) -> Amount:
    """`tăng 109 thôn, bản so với năm 2011`: the number is the difference, not the level."""
    if amount.kind not in ("count", "percent", "money", "area", "length") or amount.vague:
        return amount
    start = before_approximation(tokens, amount.number)
    while at(tokens, start - 1).low in ("thêm", "được", "bình", "quân", "tới"):
        start -= 1
    times = amount.unit.head == "lần" and at(tokens, start - 1).low == "gấp"
    if at(tokens, start - 1).low not in ("tăng", "giảm") and not times:
        return amount
    falls = not times and at(tokens, start - 1).low == "giảm"
    if times and at(tokens, start - 2).low in ("tăng", "cao"):
        start -= 1
    last = _comparison_end(tokens, amount.last)
    return replace(amount, first=start - 1, kind="change", last=last, falls=falls)


def _comparison_end(tokens: Sequence[Token], last: int) -> int:
    """Past `so với năm 2011`, `so với cùng kỳ (năm trước)`."""
    if at(tokens, last).low != "so":
        return last
    step = last + 1
    while step < last + 8 and (
        at(tokens, step).kind == "n"
        or at(tokens, step).low
        in ("với", "cùng", "kỳ", "năm", "trước", "đầu", "nhiệm", "cuối", "tháng", "quý", "quy", "định")
    ):
        step += 1
    return step


def _population(tokens: Sequence[Token], amount: Amount) -> Amount:
    """`khối cơ quan đạt 97%`: the population before the verb belongs to the quote and is the unit."""
    if amount.kind != "percent" or amount.unit.words not in ("%", ""):
        return amount
    verb = before_approximation(tokens, amount.number) - 1
    if at(tokens, verb).low != "đạt":
        return amount
    first = verb
    while (
        first > 0
        and verb - first < 8
        and tokens[first - 1].kind == "w"
        and tokens[first - 1].low not in ("có", "và", "với")
    ):
        first -= 1
    if first == verb:
        return amount
    words = " ".join(token.text for token in tokens[first:verb])
    return replace(amount, first=first, unit=replace(amount.unit, words=words))
