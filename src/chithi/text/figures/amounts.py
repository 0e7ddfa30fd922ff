"""Owns the reading of one amount: number, range, share `a/b`, scale words, and the thing that is counted.

An amount is not yet a fact: `chithi.text.figures.shapes` joins shares, bases and percents that belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chithi.text.figures import not_facts
from chithi.text.figures.lexicon import APPROX, DECIMAL_MEASURES, FAMILIES, SCALES
from chithi.text.figures.numbers import LARGEST, LARGEST_PERCENT, MAX_DECIMALS, decimals, fits, read_number, scaled_up
from chithi.text.figures.tokens import Token, at
from chithi.text.figures.units import Unit, read_unit
from chithi.text.reading import Approx, Kind

_FAMILIES = tuple(frozenset(" ".join(phrase) for phrase in family) for family in FAMILIES)
_WHOLES = frozenset({"hộ", "hộ dân", "hộ gia đình", "gia đình", "hộ nghèo", "lượt"})
_APPROX_ENDS = frozenset(phrase[-1] for phrase in APPROX)
DASHES = ("-", "–", "—", "÷")
TO_WORDS = ("đến", "tới")
MAX_PARTS = 4  # `1 tỷ 200 triệu 500 nghìn`: more parts than scale words are no amount


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens [first, last) of a sentence that state an amount; `number` is the index of its first number."""

    first: int
    last: int
    number: int
    kind: Kind
    unit: Unit
    value: Decimal | None = None
    value_max: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None
    percent_max: Decimal | None = None
    approx: Approx | None = None
    approx_word: str | None = None
    vague: bool = False
    malformed: bool = False
    doubled: bool = False
    target: bool = False
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A number with its scale words: tokens up to `last`; `scaled` when a scale word stood there."""

    last: int
    value: Decimal | None
    malformed: bool
    scaled: bool
    doubled: bool


def read_amount(tokens: Sequence[Token], index: int) -> Amount | None:
    """The amount whose number stands at `index`; None when nothing is counted there."""
    low = _run(tokens, index)
    high: Run | None = None
    total: Run | None = None
    last = low.last
    follower = at(tokens, last)
    base = last + 1 if follower.text == "/" else _spoken_base(tokens, last)
    if base and at(tokens, base).kind == "n":
        total = _run(tokens, base)
        last = total.last
    else:
        high = _upper_end(tokens, last)
        last = high.last if high else last
    if total is not None:
        while at(tokens, last).low in ("tổng", "số", "các"):
            last += 1
    unit = read_unit(tokens, last, scaled=(high or low).scaled)
    if total is None and unit is not None:
        total, unit = _total_after_unit(tokens, low, unit)
    if unit is None and at(tokens, last).text == "(":
        unit = _unit_after_bracket(tokens, last)
    if unit is None and total is not None and not_facts.share_beside(tokens, index, last):
        unit = _unit_behind_brackets(tokens, last)
    if unit is None:
        return None
    return _compose(tokens, index, low, high, total, unit)


def _spoken_base(tokens: Sequence[Token], index: int) -> int:
    """`20 trên tổng số 25 đơn vị`, `20 trong số 25 đơn vị`: index of the base; 0 where none is spoken of."""
    if at(tokens, index).low not in ("trên", "trong"):
        return 0
    step = index + 1
    while at(tokens, step).low in ("tổng", "số"):
        step += 1
    return step if step > index + 1 else 0


def _unit_after_bracket(tokens: Sequence[Token], index: int) -> Unit | None:
    """`26.400 (tăng 9,56%) công trình`: the name stands after the bracket; the quote ends with the number."""
    for step in range(index + 1, min(index + 14, len(tokens))):
        if tokens[step].text == ")":
            unit = read_unit(tokens, step + 1)
            return replace(unit, last=index) if unit and unit.kind == "count" and not unit.weak else None
    return None


def _unit_behind_brackets(tokens: Sequence[Token], last: int) -> Unit:
    """`100% (12/12) chi bộ` lends its noun; `12/12, đạt 100%` has none, its percent tells that it is a share."""
    unit = read_unit(tokens, last + 1) if at(tokens, last).text == ")" else None
    named = unit is not None and unit.kind == "count" and not unit.weak
    return replace(unit, last=last) if unit and named else Unit("", "", "count", last)


def _compose(
    tokens: Sequence[Token], index: int, low: Run, high: Run | None, total: Run | None, unit: Unit
) -> Amount | None:
    malformed = any(run.malformed for run in (low, high, total) if run)
    if malformed and unit.weak:
        return None
    value, top = low.value, high.value if high else None
    if high and value is not None and top is not None:
        if high.scaled and not low.scaled:
            value = whole(value * _scale_of(tokens, high))
        if top <= value:
            return None
    if malformed:
        value, top, total = None, None, replace(total, value=None) if total else None
    first, approx, word = _approximation(tokens, index)
    amount = Amount(
        first,
        unit.last,
        index,
        unit.kind,
        unit,
        value=value,
        value_max=top,
        total=total.value if total else None,
        approx=approx,
        approx_word=word,
        malformed=malformed,
        doubled=low.doubled,
        target=word in ("ít nhất", "tối thiểu"),
    )
    return _with_kind(amount)


def _with_kind(amount: Amount) -> Amount | None:
    if amount.kind == "percent":
        if amount.total is not None:
            return None
        return replace(amount, value=None, value_max=None, percent=amount.value, percent_max=amount.value_max)
    if amount.total is not None:
        if amount.kind not in ("count", "area", "length"):
            return None
        return replace(amount, kind="ratio", value_max=None)
    return amount


def exact(amount: Amount) -> Amount:
    """The amount as it is, or malformed and without numbers where one of them cannot be kept digit for digit."""
    values = (amount.value, amount.value_max, amount.total)
    percents = [percent for percent in (amount.percent, amount.percent_max) if percent is not None]
    if all(map(fits, values)) and all(fits(p, LARGEST_PERCENT) and decimals(p) <= MAX_DECIMALS for p in percents):
        return amount
    return replace(
        amount, value=None, value_max=None, total=None, percent=None, percent_max=None, malformed=True, doubled=False
    )


def _run(tokens: Sequence[Token], index: int, depth: int = 0) -> Run:
    written = read_number(tokens[index].text, measured=at(tokens, index + 1).low in DECIMAL_MEASURES)
    value, last, scaled, doubled = written.value, index + 1, False, False
    scale = Decimal(1)
    while at(tokens, last).low in SCALES and not _is_word_not_scale(tokens, last):
        scale = scaled_up(scale, SCALES[at(tokens, last).low])
        scaled, last = True, last + 1
    if value is None or not scaled:
        return Run(last, value, written.malformed, scaled, False)
    doubled = value >= 10**6
    value *= scale
    if at(tokens, last).low == "rưỡi":
        value, last = value + scale / 2, last + 1
    more, part = at(tokens, last), at(tokens, last + 1)
    if more.kind == "n" and more.glued and more.text.isdigit() and len(more.text) <= 3:
        return Run(last + 1, whole(value + int(more.text) * scale / 10 ** len(more.text)), False, True, doubled)
    if more.kind == "n" and part.low in SCALES and SCALES[part.low] < scale and depth < MAX_PARTS:
        rest = _run(tokens, last, depth + 1)
        if rest.value is not None and rest.value < scale:
            value, last = value + rest.value, rest.last
    return Run(last, whole(value), written.malformed, True, doubled)


def whole(value: Decimal) -> Decimal:
    """3.1 tỷ as 3100000000, not 3100000000.0; what is too large stays as it is, for `exact` to refuse."""
    return value.quantize(Decimal(1)) if abs(value) <= LARGEST and value == value.to_integral_value() else value


def _is_word_not_scale(tokens: Sequence[Token], index: int) -> bool:
    """`tr` is a scale only right after its number or before đồng, `k` only right after its number."""
    here = tokens[index]
    if here.low == "k":
        return not here.glued or here.text != "k"
    return here.low == "tr" and not here.glued and at(tokens, index + 1).low not in ("đ", "đồng")


def _scale_of(tokens: Sequence[Token], run: Run) -> Decimal:
    scale, back = Decimal(1), run.last - 1
    while at(tokens, back).low in SCALES:
        scale = scaled_up(scale, SCALES[tokens[back].low])
        back -= 1
    return scale


def _upper_end(tokens: Sequence[Token], index: int) -> Run | None:
    """`- 70 triệu`, `đến 50 triệu`, and the same after a first percent sign or unit of its own."""
    step = index
    if at(tokens, step).text == "%" or at(tokens, step).low in ("đồng", "kg", "km", "m", "ha"):
        step += 1
    if at(tokens, step).text in DASHES or at(tokens, step).low in TO_WORDS:
        after = at(tokens, step + 1)
        if after.kind == "n" and not not_facts.is_year(after):
            if at(tokens, step + 2).text == "/" and at(tokens, step + 3).kind == "n":
                return None
            return _run(tokens, step + 1)
    return None


def _total_after_unit(tokens: Sequence[Token], low: Run, unit: Unit) -> tuple[Run | None, Unit]:
    """`145 thôn/231 thôn`: the base stands after the first unit; `1.147 hộ/5.932 nhân khẩu` are two counts."""
    if unit.kind != "count" or at(tokens, unit.last).text != "/" or at(tokens, unit.last + 1).kind != "n":
        return None, unit
    total = _run(tokens, unit.last + 1)
    second = read_unit(tokens, total.last, scaled=total.scaled)
    if low.value is None or total.value is None or low.value > total.value or (second and not _same_sort(unit, second)):
        return None, unit
    return total, second or Unit(unit.words, unit.head, unit.kind, total.last)


def _approximation(tokens: Sequence[Token], index: int) -> tuple[int, Approx | None, str | None]:
    """Words like `hơn`, `ít nhất` right before the number: kept beside the figure, outside its quote."""
    for length in (2, 1):
        if index >= length:
            words = tuple(token.low for token in tokens[index - length : index])
            if words in APPROX:
                return index, APPROX[words], " ".join(words)  # type: ignore[return-value]  # the table holds only the three
    return index, None, None


def _same_sort(unit: Unit, other: Unit) -> bool:
    """Whether `unit` can be a part of `other`: the same noun, or both of one family; cases and homes hold no people."""
    one, two = unit.head, other.head
    if one == two:
        return not one.startswith("lượt") or unit.words == other.words
    if (one in _WHOLES) != (two in _WHOLES):
        return False
    return unit.weak or other.weak or any(one in family and two in family for family in _FAMILIES)


def before_approximation(tokens: Sequence[Token], index: int) -> int:
    """Index of the word of approximation right before `index`, else `index`."""
    if at(tokens, index - 1).low not in _APPROX_ENDS:
        return index
    for length in (2, 1):
        if tuple(token.low for token in tokens[max(0, index - length) : index]) in APPROX:
            return index - length
    return index
