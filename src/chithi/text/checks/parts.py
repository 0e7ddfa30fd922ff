"""Owns wholes and parts: `gồm`, `trong đó`, announced lists, increases, later groups larger than earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from chithi.text.figures import lexicon
from chithi.text.reading import Fact, Question

_ALL = re.compile(r"^[^.;]{0,90}?(?<!\w)(?:gồm|bao gồm)(?: có)?:?\s*$", re.IGNORECASE)
_SOME = re.compile(r"^[^.]{0,120}?(?<!\w)trong đó(?!\w)[^.]{0,90}$", re.IGNORECASE)
_OPEN_END = re.compile(r"và nhiều|cùng nhiều|\.\.\.|…|v\.v|và các")
_OVERLAP = re.compile(r"nữ|dân tộc|tuổi|trình độ|tôn giáo|trẻ|nghèo")
_LIST = re.compile(r"^[^.:;\d]{0,90}?(?:,? (?:gồm|bao gồm|là|đó là|cụ thể)\s*:|:)\s*")
_NAMES = re.compile(r"^[^.:;\d]{0,40}?,? (?:gồm|bao gồm):?\s+(?=[A-ZĐÀ-Ỹ])")
_ITEM = re.compile(r",\s+|\s+và\s+(?=[A-ZĐÀ-Ỹ])")
_FOLLOWS = (  # earlier group, the group that must come from it
    ("study.members", "pledge.members"),
    ("study.officials", "pledge.officials"),
    ("issue.district", "issue.settled"),
    ("covenant.signed", "covenant.scored"),
)
_AWARDED = tuple(" ".join(phrase) for phrase in lexicon.AWARDS)
MAX_LIST = 2_000


def ask(text: str, facts: Sequence[Fact]) -> Iterator[Question]:
    """Questions about wholes and parts."""
    for index, fact in enumerate(facts):
        following = _same_sentence(facts, index)
        yield from _whole(text, fact, following)
        yield from _list(text, fact, following)
        if index:
            yield from _increase(facts[index - 1], fact)
    yield from _later_groups(facts)


def _same_sentence(facts: Sequence[Fact], index: int) -> list[Fact]:
    out = []
    for fact in facts[index + 1 : index + 13]:
        if fact.sentence != facts[index].sentence:
            break
        out.append(fact)
    return out


def _whole(text: str, whole: Fact, following: Sequence[Fact]) -> Iterator[Question]:
    if not following or whole.kind not in ("count", "ratio") or not whole.value or whole.approx:
        return
    between = text[whole.end : following[0].start]
    if _ALL.match(between):
        yield from _sum(text, whole, _run_of_parts(text, whole, following))
    elif _SOME.match(between):
        yield from _each(text, whole, _run_of_parts(text, whole, following))


def _run_of_parts(text: str, whole: Fact, following: Sequence[Fact]) -> list[Fact]:
    """The counts after `gồm` that stand close to each other and count the same sort of thing."""
    parts: list[Fact] = []
    for fact in following:
        near = not parts or fact.start - parts[-1].end < 90
        if fact.kind != "count" or fact.value is None or fact.approx or not near or not _comparable(whole, fact):
            break
        parts.append(fact)
    return parts


def _comparable(whole: Fact, part: Fact) -> bool:
    one, other = whole.unit.lower(), part.unit.lower()
    if (
        one.split(",")[0].split(" cấp ")[0] == other.split(",")[0].split(" cấp ")[0]
        or other in one
        or other.startswith(f"{one} ")
    ):
        return True
    return any(one.startswith(word) for word in _AWARDED) and any(other.startswith(word) for word in _AWARDED)


def _sum(text: str, whole: Fact, parts: Sequence[Fact]) -> Iterator[Question]:
    if whole.value is None or len(parts) < 2 or _OPEN_END.search(text[parts[0].start : parts[-1].end + 40]):
        return
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    if total != whole.value:
        yield _about("parts_do_not_add_up", "wrong", [whole, *parts], whole=whole.value, total=total)


def _each(text: str, whole: Fact, parts: Sequence[Fact]) -> Iterator[Question]:
    """After `trong đó` parts may be a selection: none exceeds the whole, and parts that do not overlap not together."""
    if whole.value is None:
        return
    for part in parts:
        if part.value is not None and part.value > whole.value:
            yield _about("part_larger_than_whole", "wrong", [whole, part], part=part.value, whole=whole.value)
            return
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    if len(parts) > 1 and total > whole.value and not _OVERLAP.search(text[whole.start : parts[-1].end + 40].lower()):
        yield _about("parts_do_not_add_up", "suspicious", [whole, *parts], whole=whole.value, total=total)


def _list(text: str, fact: Fact, following: Sequence[Fact]) -> Iterator[Question]:
    """`3 đột phá: …; …; …`: as many items as announced. Counted only where the marks leave no doubt."""
    if fact.kind != "count" or fact.value is None or not 2 <= fact.value <= 12 or fact.approx:
        return
    end = _end_of_sentence(text, fact.end)
    opening = _LIST.match(text[fact.end : end])
    first = following[0].start if following else end
    if opening and fact.end + opening.end() <= first:
        items = text[fact.end + opening.end() : end].split(";")
    else:
        names = _NAMES.match(text[fact.end : end])
        if not names or fact.end + names.end() > first:
            return
        items = _leading_names(text[fact.end + names.end() : end])
    count = len([item for item in items if item.strip()])
    if count > 1 and count != fact.value:
        yield _about("list_count", "weak", [fact], announced=fact.value, found=count)


def _leading_names(rest: str) -> list[str]:
    """Items that begin with a capital letter, up to the first that does not."""
    out = []
    for item in _ITEM.split(rest):
        if not item[:1].isupper():
            break
        out.append(item)
    return out


def _end_of_sentence(text: str, start: int) -> int:
    ends = [at for mark in (". ", ".\n", "\n") if (at := text.find(mark, start, start + MAX_LIST)) >= 0]
    return min(ends, default=min(len(text), start + MAX_LIST))


def _increase(level: Fact, change: Fact) -> Iterator[Question]:
    """`145 thôn … (tăng 109 thôn …)`: what was added cannot exceed what is there now."""
    if change.kind != "change" or change.value is None or level.value is None or level.sentence != change.sentence:
        return
    if not change.quote.lower().startswith("tăng") or level.kind not in ("count", "ratio") or level.unit != change.unit:
        return
    if change.value > level.value:
        yield _about("increase_impossible", "wrong", [level, change], level=level.value, increase=change.value)


def _later_groups(facts: Sequence[Fact]) -> Iterator[Question]:
    """More officials pledged than studied: ask whether the groups differ."""
    latest: dict[str, Fact] = {}
    for fact in facts:
        if (
            fact.kind != "count"
            or fact.value is None
            or fact.indicator is None
            or fact.covers != "subtree"
            or fact.approx
        ):
            continue
        for earlier, later in _FOLLOWS:
            first = latest.get(earlier)
            if fact.indicator == later and first and _less(first, fact):
                yield _about(
                    "later_group_larger",
                    "suspicious",
                    [first, fact],
                    first=first.value,
                    second=fact.value,
                    earlier=earlier,
                    later=later,
                )
        latest[fact.indicator] = fact


def _less(first: Fact, fact: Fact) -> bool:
    """Of one known period, and smaller."""
    if first.value is None or fact.value is None or first.period_code is None:
        return False
    return first.value < fact.value and first.period_code == fact.period_code


def _about(code: str, severity: str, facts: Sequence[Fact], **known: object) -> Question:
    return Question(code, severity, tuple((fact.start, fact.end) for fact in facts), known)  # type: ignore[arg-type]  # callers pass the four severities
