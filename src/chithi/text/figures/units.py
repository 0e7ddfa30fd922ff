"""Owns what follows a number: money, area, length, workdays, time, percent, or a counted thing with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chithi.text.figures import lexicon
from chithi.text.figures.lexicon import words
from chithi.text.figures.tokens import Phrases, Token, at
from chithi.text.reading import Kind

_MONEY = Phrases(lexicon.MONEY)
_DOLLARS = Phrases(lexicon.phrases("usd, đô la, đô la mỹ"))
_MEASURES: tuple[tuple[Phrases, Kind], ...] = (
    (Phrases(lexicon.WORKDAYS), "workdays"),
    (Phrases(lexicon.AREA), "area"),
    (Phrases(lexicon.LENGTH), "length"),
    (Phrases(lexicon.WEIGHT), "count"),
)
_COUNTED = Phrases(lexicon.COUNTED)
_QUALIFIERS = Phrases(lexicon.QUALIFIERS)
_FAMILIES = tuple(Phrases(family) for family in lexicon.FAMILIES)
_LOOK_COUNTED = Phrases(lexicon.LOOK_COUNTED)
_NEVER = lexicon.NEVER_COUNTED
_CAPITAL_UNITS = Phrases(lexicon.ORGANISATIONS | lexicon.AWARDS | lexicon.PEOPLE | lexicon.PRODUCTS)
_VERBS_TOO = Phrases(lexicon.VERBS_TOO)
_TAKES_PLACE = words("cấp trực thuộc trên của ngành khối toàn")
_OPENING, _CLOSING = frozenset('“"«'), frozenset('”"»')
MAX_WORDS = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """`words` as written (đồng for money), `head` the counted noun in lower case, `last` the token after it.

    `weak` when the noun is not in the lexicon and was believed for its place alone.
    """

    words: str
    head: str
    kind: Kind
    last: int
    weak: bool = False
    rate: str | None = None


def read_unit(tokens: Sequence[Token], index: int, *, scaled: bool = False) -> Unit | None:
    """The unit that starts at `index`; None when nothing there can be counted."""
    here = at(tokens, index)
    if here.text == "%" or (here.low == "phần" and at(tokens, index + 1).low == "trăm"):
        return _percent(tokens, index + (1 if here.text == "%" else 2))
    money = _MONEY.length_at(tokens, index)
    if money and not _longer_noun(tokens, index, money):
        return _with_rate(tokens, Unit("đồng", "đồng", "money", index + money))
    dollars = _DOLLARS.length_at(tokens, index)
    if dollars:
        return _with_rate(tokens, Unit("USD", "usd", "money", index + dollars))
    for measures, kind in _MEASURES:
        length = measures.length_at(tokens, index)
        if length and not _longer_noun(tokens, index, length) and not _longer_measure(tokens, index, length):
            words = " ".join(token.text for token in tokens[index : index + length])
            return _measure_name(tokens, Unit(words, words.lower(), kind, index + length))
    if scaled and not _counted(tokens, index):
        return _with_rate(tokens, Unit("đồng", "đồng", "money", index))
    if here.low == "năm":
        return Unit("năm", "năm", "duration", index + 1)
    noun = _noun(tokens, index)
    return _with_rate(tokens, noun) if noun else None


def _longer_noun(tokens: Sequence[Token], index: int, length: int) -> bool:
    return _COUNTED.length_at(tokens, index) > length


def _longer_measure(tokens: Sequence[Token], index: int, length: int) -> bool:
    """`2 công đất` is land, though `2 công` are days of work."""
    return any(measures.length_at(tokens, index) > length for measures, _ in _MEASURES)


def known(tokens: Sequence[Token], index: int) -> int:
    """Length of the counted noun of the lexicon at `index`; 0 where a longer word only begins like one."""
    length = _COUNTED.length_at(tokens, index)
    return 0 if length and _LOOK_COUNTED.length_at(tokens, index) > length else length


def _counted(tokens: Sequence[Token], index: int) -> int:
    """Length of a known counted noun, or 1 for an unknown one that may be believed."""
    length = known(tokens, index)
    here = at(tokens, index)
    if not length and _LOOK_COUNTED.length_at(tokens, index):
        return 0
    if length:
        capital = here.text[:1].isupper() and not here.text.isupper()
        return 0 if capital and not _CAPITAL_UNITS.length_at(tokens, index) else length
    if here.kind == "w" and here.text.islower() and here.low not in _NEVER and len(here.low) > 1:
        return 1
    return 0


def _noun(tokens: Sequence[Token], index: int) -> Unit | None:
    quoted = at(tokens, index).text in _OPENING and bool(known(tokens, index + 1))
    if quoted:
        last = index + _quoted(tokens, index, index + MAX_WORDS)
        head = " ".join(token.low for token in tokens[index + 1 : index + 1 + known(tokens, index + 1)])
        return Unit(_text(tokens, index, last), head, "count", last) if last > index else None
    length = _counted(tokens, index)
    if not length:
        return None
    believed = bool(known(tokens, index))
    head = " ".join(token.low for token in tokens[index : index + length])
    last = _name_end(tokens, index, index + length)
    return Unit(_text(tokens, index, last), head, "count", last, weak=not believed)


def _name_end(tokens: Sequence[Token], first: int, index: int) -> int:
    """Index after qualifiers, further nouns joined by commas or `và`, and a quoted name."""
    limit = index + MAX_WORDS
    while index < limit:
        here = at(tokens, index)
        step = _QUALIFIERS.length_at(tokens, index) or _next_noun(tokens, index)
        if not step and here.text == "," and not _starts_amount(tokens, index + 1):
            noun = _same_sort(tokens, first, index + 1) or _more_praise(tokens, index + 1)
            step = 1 + noun if noun else 0
        elif not step and here.low in ("và", "hoặc"):
            noun = _same_sort(tokens, first, index + 1)
            step = 1 + noun if noun else 0
        elif not step and here.text in _OPENING:
            step = _quoted(tokens, index, limit)
        elif not step and here.low in _TAKES_PLACE:
            step = _place(tokens, index)
        if not step:
            break
        index += step
    return index


def _same_sort(tokens: Sequence[Token], first: int, index: int) -> int:
    """A further noun that shares the number (`tập thể, cá nhân`): of the same family as the one at `first`."""
    if at(tokens, index).text[:1].isupper() and at(tokens, index).low not in ("đảng", "chi"):
        return 0
    here, there = known(tokens, index), known(tokens, first)
    same = any(
        family.length_at(tokens, first) == there and family.length_at(tokens, index) == here for family in _FAMILIES
    )
    return here if same else 0


def _more_praise(tokens: Sequence[Token], index: int) -> int:
    """A further adjective after a comma (`hay, hiệu quả`); not a new group (`…, không phải là đảng viên`)."""
    return 0 if at(tokens, index).low in ("không", "chưa", "là", "ngoài") else _QUALIFIERS.length_at(tokens, index)


def _next_noun(tokens: Sequence[Token], index: int) -> int:
    here = at(tokens, index)
    if here.low in _NEVER or here.text[:1].isupper():
        return 0
    length = known(tokens, index)
    return 0 if length and _VERBS_TOO.length_at(tokens, index) == length else length


def _starts_amount(tokens: Sequence[Token], index: int) -> bool:
    return at(tokens, index).kind == "n"


def _quoted(tokens: Sequence[Token], index: int, limit: int) -> int:
    for step in range(index + 1, min(limit, len(tokens))):
        if tokens[step].text in _CLOSING:
            return step + 1 - index
    return 0


def _place(tokens: Sequence[Token], index: int) -> int:
    """`cấp thành phố`, `trực thuộc Đảng ủy cơ sở`, `trực thuộc tỉnh`."""
    step = index + 1
    if at(tokens, index).low == "trực" and at(tokens, step).low == "thuộc":
        step += 1
    noun = known(tokens, step)
    if not noun:
        return 0
    return step + noun - index


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words as written, spaced as written (one space for any)."""
    out = ""
    for token in tokens[first:last]:
        out += token.text if token.glued or not out else " " + token.text
    return out


def _percent(tokens: Sequence[Token], index: int) -> Unit:
    step = index
    while at(tokens, step).low in ("các", "số", "tổng", "lượt"):
        step += 1
    noun = _noun(tokens, step)
    if noun is None or noun.weak:
        return Unit("%", "%", "percent", index)
    return Unit(_text(tokens, index, noun.last), noun.head, "percent", noun.last)


def _measure_name(tokens: Sequence[Token], unit: Unit) -> Unit:
    """`m2 đất`, `kg gạo`, `km đường`: the noun belongs to the quote; the unit stays the measure."""
    rated = _with_rate(tokens, unit)
    if rated.rate:
        return rated
    named = _QUALIFIERS.length_at(tokens, unit.last)
    return replace(unit, last=unit.last + named)


def _with_rate(tokens: Sequence[Token], unit: Unit) -> Unit:
    """`đồng/năm`, `đồng/vụ/năm`, `lần/quý`, `kg/hộ`: a yearly sum of money is a kind of its own."""
    last, parts = unit.last, []
    while at(tokens, last).text == "/":
        length = known(tokens, last + 1)
        if not length and at(tokens, last + 1).low not in lexicon.RATE_PERIODS:
            break
        length = max(1, length)
        parts.append(" ".join(token.low for token in tokens[last + 1 : last + 1 + length]))
        last += 1 + length
    if not parts:
        return unit
    kind: Kind = "yearly_amount" if unit.kind == "money" and parts[-1] == "năm" else unit.kind
    return replace(unit, words="/".join([unit.words, *parts]), kind=kind, last=last, rate="/".join(parts))
