"""Owns the step from the amounts of a sentence to facts: verbatim spans, and everything the surroundings tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chithi.text.figures.amounts import Amount
from chithi.text.figures.lexicon import words
from chithi.text.figures.shapes import amounts_of
from chithi.text.figures.tokens import Token, cut
from chithi.text.indicators import Proposal, propose
from chithi.text.own_words import NEAR, OwnWords, propose_own
from chithi.text.periods import Period, period_at, periods_of
from chithi.text.reading import Covers, Fact
from chithi.text.scopes import Scope, scopes_of, speaker_at
from chithi.text.sections import Classed
from chithi.text.sentences import Span
from chithi.text.vietnamese import Normalised

_TARGET = re.compile(r"phấn đấu|chỉ tiêu|mục tiêu|yêu cầu|đề ra|ít nhất|tối thiểu|bảo đảm|đảm bảo|sẽ ")
_DONE = re.compile(r"\bđã\b|\bđạt\b|kết quả")
_PREDICATE = re.compile(r"[^,;.:()\d“”%\n]{2,90}")
_MEASURED = re.compile(r"^[\W\d]+")
_LEADS_ON = words(
    "cho với hơn gần trên khoảng và có là từ đến tổng gồm do của ở tại bằng còn khi thì xuống so năm = - –"
)
_LEADS_IN = words("hơn gần trên khoảng là được từ tổng =")
_OTHER_COUNT = words("và với cùng –")
_VERB_BEFORE = re.compile(r"([^\s,;.:()\d%]+(?: [^\s,;.:()\d%]+){0,3})\s*(?:cho|được|có|gồm)?\s*$")
WINDOW = 120


@dataclass(frozen=True, slots=True)
class Ground:
    """What one sentence lends to its figures."""

    number: int
    span: Span
    section: Classed
    title: str
    periods: Sequence[Period]
    scope: Scope
    own: Sequence[OwnWords] = ()


def facts_of(
    clean: Normalised,
    spans: Sequence[Span],
    classes: Sequence[Classed],
    *,
    verbatim: str,
    doc_date: date | None,
    own: Sequence[OwnWords] = (),
) -> list[Fact]:
    """Facts of all sentences in the order of the text."""
    low = clean.text.lower()
    periods = periods_of(clean.text, spans, doc_date)
    scopes = scopes_of(clean.text, spans)
    facts: list[Fact] = []
    title = ""
    for number, span in enumerate(spans):
        tokens = cut(clean.text, span.start, span.end)
        if classes[number].heading:
            title = low[span.start : span.end]
        ground = Ground(number, span, classes[number], title, periods[number], scopes[number], own)
        facts.extend(_fact(clean, low, verbatim, tokens, amount, ground) for amount in amounts_of(tokens))
    return facts


def _fact(clean: Normalised, low: str, verbatim: str, tokens: Sequence[Token], amount: Amount, ground: Ground) -> Fact:
    begin, stop = tokens[amount.first].start, tokens[amount.last - 1].end
    named = _name_end(tokens, amount)
    start, end = clean.verbatim(begin, stop)
    proposal = _proposal(low, amount, begin, named, ground)
    period = period_at(ground.periods, begin)
    scope, covers, about = _speaks_for(ground, begin, bool(proposal and proposal.code.startswith("result.")))
    return Fact(
        start,
        end,
        verbatim[start:end],
        amount.kind,
        value=amount.value,
        value_max=amount.value_max,
        total=amount.total,
        percent=amount.percent,
        percent_max=amount.percent_max,
        unit=amount.unit.words,
        what=_what(clean.text, amount, begin, named, ground.span),
        scope=scope,
        period=period.words if period else None,
        period_code=period.code if period else None,
        indicator=proposal.code if proposal else None,
        confidence=proposal.confidence if proposal else None,
        reasons=proposal.reasons if proposal else (),
        member=proposal.member if proposal else None,
        covers=covers,
        about=about,
        section=ground.section.section,
        sentence=ground.number,
        approx=amount.approx,
        approx_word=amount.approx_word,
        vague=amount.vague,
        malformed=amount.malformed,
        falls=amount.falls,
        suspect=("doubled_scale",) if amount.doubled else (),
        target=amount.target or _is_target(low, amount, begin, ground),
    )


def _proposal(low: str, amount: Amount, begin: int, named: int, ground: Ground) -> Proposal | None:
    """By the rules that ship, unless a phrase of the installation stands beside the figure or no rule speaks."""
    unit, inside = amount.unit.words.lower(), (ground.span.start, ground.span.end)
    shipped = propose(amount.kind, unit, low, begin, named, inside, ground.title)
    own = propose_own(ground.own, amount.kind, unit, low, begin, named, inside) if ground.own else None
    if own is not None and (shipped is None or own[0] <= NEAR):
        return own[1]
    return shipped


def _speaks_for(ground: Ground, start: int, result: bool) -> tuple[str | None, Covers, str | None]:
    """Scope as written, what it covers, and whose example it is."""
    person = speaker_at(ground.scope.people, start)
    whole = speaker_at(ground.scope.whole, start)
    if person and (ground.section.section == "models" or result) and (whole is None or whole.start < person.start):
        return person.words, "part", person.words
    if whole and whole.words.lower().startswith("riêng"):
        return whole.words, "own", None
    return (whole.words if whole else None), "subtree", None


def _is_target(low: str, amount: Amount, start: int, ground: Ground) -> bool:
    """A norm or promise: under tasks, after words of aiming, or a rhythm that nobody says was kept."""
    before = low[max(ground.span.start, start - WINDOW) : start]
    if ground.section.section in ("tasks", "proposals") or _TARGET.search(before[-60:]):
        return True
    rhythm = amount.kind == "count" and amount.unit.rate is not None
    return rhythm and not _DONE.search(before)


def _name_end(tokens: Sequence[Token], amount: Amount) -> int:
    """Where the counted thing's name ends: before a percent or comparison that was joined to the figure."""
    last = amount.unit.last if amount.first < amount.unit.last < amount.last else amount.last
    return tokens[last - 1].end


def _what(text: str, amount: Amount, start: int, stop: int, span: Span) -> str:
    """The counted thing with what is said of it: the words after it up to the next mark, else the verb before it."""
    if amount.first < amount.number == amount.last - 1:  # a label or the cells of a row, its number last
        return " ".join(text[start:stop].rsplit(None, 1)[0].strip(" :").removesuffix(" là").split())
    name = _MEASURED.sub("", text[start:stop]) if amount.kind in ("area", "length") else amount.unit.words
    if amount.kind in ("money", "yearly_amount"):
        name = ""
    after = _PREDICATE.match(text, stop, min(span.end, stop + WINDOW))
    said = _trimmed(after.group().split(), _LEADS_ON) if after else []
    if said:
        return " ".join([*name.split(), *said])
    before = _VERB_BEFORE.search(text[max(span.start, start - WINDOW) : start])
    verb = _trimmed(before.group().split(), _LEADS_IN)[-4:] if before else []
    return " ".join([*([] if verb and verb[-1] in _OTHER_COUNT else verb), *name.split()])


def _trimmed(said: list[str], ends: frozenset[str]) -> list[str]:
    """Words without those at the end that only lead to another figure, or to this one."""
    while said and (said[-1].lower() in ends or said[-2:] == ["trị", "giá"]):
        del said[-2 if said[-1] == "giá" else -1 :]
    return said
