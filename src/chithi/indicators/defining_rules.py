"""What may be said of an indicator, a measure, a part of a breakdown. Pure; each tells every problem it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chithi.core.errors import Refused
from chithi.core.periods import STANDARD
from chithi.db.measures import Counting
from chithi.indicators.kinds import AMOUNTS, GROUPS, Direction, LegalBasis
from chithi.org.kinds import Expected

EARLIEST, LATEST_AHEAD = date(1945, 1, 1), 5
MOST_SCALE, MOST_DECIMALS = 4, 3
MOST_WORDS, SHORTEST_WORDS, LONGEST_WORDS = 20, 4, 80
LARGEST_TARGET = Decimal(10**12)
PERIOD_KINDS = tuple(kind.value for kind in STANDARD)
"""Kinds of period a measure may be entered for."""


@dataclass(frozen=True)
class NewMeasure:
    """A number that units will enter: what one is called, how it counts, who must speak, for which kinds of period."""

    noun_vi: str = ""
    noun_en: str = ""
    noun_en_one: str = ""
    counting: str = Counting.FLOW.value
    scale: int = 0
    expected: str = Expected.GRASSROOTS.value
    roll_up: str = "sum"
    period_kinds: tuple[str, ...] = ()
    breakdown_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """What somebody says an indicator is. `target` in percent for shares, in units for counts; `words` phrases.

    `numerator_id` None: the numerator is the new `measure`. With a numerator that exists, `measure` holds what its
    wording is to be (None: as it is). `since` is the day from which the dated fields hold, None from the beginning.
    """

    name_vi: str
    name_en: str = ""
    numerator_id: int | None = None
    measure: NewMeasure | None = None
    denominator_id: int | None = None
    kind: str = "count"
    direction: str = Direction.UP.value
    target: Decimal | None = None
    decimals: int = 1
    legal_basis: str = LegalBasis.INTERNAL.value
    group: str = "other"
    order: int | None = None
    words: tuple[str, ...] = ()
    since: date | None = None
    why: str = ""

    @property
    def written(self) -> str:
        """How its numbers are written: a share as soon as there is a base."""
        return "share" if self.denominator_id is not None else self.kind


@dataclass(frozen=True)
class Summing:
    """Of a measure that exists: whether it adds up, and how many decimal places it keeps."""

    roll_up: str
    scale: int


def problems(draft: Draft, measures: Mapping[int, Summing], today: date) -> Iterator[Refused]:
    """Everything wrong with a draft taken by itself; names and phrases of others are compared by the action."""
    if not draft.name_vi:
        yield Refused("indicators.no_name", field="name_vi")
    if draft.numerator_id is None:
        yield from measure_problems(draft.measure or NewMeasure())
    elif draft.numerator_id not in measures:
        yield Refused("indicators.no_measure", field="numerator")
    if draft.denominator_id is not None:
        yield from _base_problems(draft, measures)
    known = (
        (draft.kind in AMOUNTS or draft.kind == "income", "kind"),
        (draft.direction in set(Direction), "direction"),
        (draft.legal_basis in set(LegalBasis), "legal_basis"),
        (draft.group in GROUPS, "group"),
    )
    yield from (Refused("indicators.choose", field=field) for fits, field in known if not fits)
    yield from _number_problems(draft, measures)
    yield from word_problems(draft.words)
    if problem := why_not_day(draft.since, today):
        yield problem


def _base_problems(draft: Draft, measures: Mapping[int, Summing]) -> Iterator[Refused]:
    base = measures.get(draft.denominator_id or 0)
    if base is None:
        yield Refused("indicators.no_measure", field="denominator")
        return
    if draft.denominator_id == draft.numerator_id:
        yield Refused("indicators.over_itself", field="denominator")
    above = measures.get(draft.numerator_id or 0)
    roll_ups = {base.roll_up, above.roll_up if above else _rolled(draft)}
    if roll_ups != {"sum"}:
        yield Refused("indicators.cannot_sum", field="denominator")


def _rolled(draft: Draft) -> str:
    return draft.measure.roll_up if draft.measure else "sum"


def _number_problems(draft: Draft, measures: Mapping[int, Summing]) -> Iterator[Refused]:
    if not 0 <= draft.decimals <= MOST_DECIMALS:
        yield Refused("indicators.decimals", field="decimals", most=MOST_DECIMALS)
    if draft.target is None:
        return
    most = Decimal(100) if draft.denominator_id is not None else LARGEST_TARGET
    if not draft.target.is_finite() or not 0 <= draft.target <= most:
        yield Refused("indicators.target", field="target", most=most)
        return
    known = measures.get(draft.numerator_id or 0)
    scale = 2 if draft.denominator_id is not None else known.scale if known else (draft.measure or NewMeasure()).scale
    if draft.target != round(draft.target, scale):
        yield Refused("indicators.target_places", field="target", places=scale)


def measure_problems(measure: NewMeasure) -> Iterator[Refused]:
    """Everything wrong with a new measure."""
    if not measure.noun_vi:
        yield Refused("indicators.no_noun", field="noun_vi")
    known = (
        (measure.counting in set(Counting), "counting"),
        (measure.expected in set(Expected), "expected"),
        (measure.roll_up in ("sum", "none"), "roll_up"),
        (set(measure.period_kinds) <= set(PERIOD_KINDS), "period_kinds"),
    )
    yield from (Refused("indicators.choose", field=field) for fits, field in known if not fits)
    if not 0 <= measure.scale <= MOST_SCALE:
        yield Refused("indicators.decimals", field="scale", most=MOST_SCALE)


def word_problems(words: tuple[str, ...]) -> Iterator[Refused]:
    """Phrases must be words: neither bare numbers nor so short that they stand in every second sentence."""
    if len(words) > MOST_WORDS:
        yield Refused("indicators.too_many_words", field="words", most=MOST_WORDS)
    for phrase in words:
        letters = sum(letter.isalpha() for letter in phrase)
        if letters < SHORTEST_WORDS or len(phrase) > LONGEST_WORDS or any(letter.isdigit() for letter in phrase):
            yield Refused("indicators.bad_words", field="words", words=phrase[:LONGEST_WORDS])


def why_not_day(day: date | None, today: date, field: str = "since") -> Refused | None:
    """A day a definition may change on: of living memory, or a few years ahead."""
    if day is not None and not EARLIEST <= day <= date(today.year + LATEST_AHEAD, 12, 31):
        last = date(today.year + LATEST_AHEAD, 12, 31)
        return Refused("indicators.day_out_of_range", field=field, first=EARLIEST, last=last)
    return None


@dataclass(frozen=True)
class MemberDraft:
    """What somebody says a part of a breakdown is; `until` the day from which it is no longer used."""

    name_vi: str
    name_en: str = ""
    since: date | None = None
    until: date | None = None
    merged_into: int | None = None


def member_problems(draft: MemberDraft, today: date) -> Iterator[Refused]:
    """Everything wrong with a part taken by itself."""
    if not draft.name_vi:
        yield Refused("indicators.no_name", field="name_vi")
    for day, field in ((draft.since, "since"), (draft.until, "until")):
        if problem := why_not_day(day, today, field):
            yield problem
    if draft.since and draft.until and draft.until <= draft.since:
        yield Refused("indicators.ends_before_it_begins", field="until")
    if draft.merged_into is not None and draft.until is None:
        yield Refused("indicators.merge_needs_day", field="until")
