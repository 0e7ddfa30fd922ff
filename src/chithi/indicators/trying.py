"""Trying a definition on real data before it is saved: what it would say of one unit and period. Nothing is stored.

It reads the totals that are there and computes none: a period nobody has opened yet has nothing to try on. About 25
queries for a unit with others below it, whatever lies further down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chithi.core.errors import Refused
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.choice import Chosen, Count, Side, choose
from chithi.indicators.defining import all_problems, cleaned
from chithi.indicators.defining_rules import Draft, NewMeasure
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure, PeriodRow, Totals
from chithi.indicators.own import Book, expected_units
from chithi.indicators.queries import Contribution, contributions, unit_in_reach
from chithi.indicators.sides import sides_of
from chithi.org.places import tree_on
from chithi.org.queries import UnitCard, cards
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

FIRST_SHOWN = 8
_WHY = "the unit was found in reach just above"


@dataclass(frozen=True)
class Trial:
    """What a draft says of a unit and period. `below` are the first contributions, largest first, of `below_count`.

    `warnings`: codes of what to look at: `no_totals`, `zero_base`, `no_base`, `over_whole`, `nobody_expected`,
    `mixed_periods`, `mixed_expected`, `nobody_spoke`. `problems`: what would be refused on saving.
    """

    meaning: Meaning | None
    chosen: Chosen
    numerator: Count
    denominator: Count | None
    below: tuple[tuple[Contribution, UnitCard | None], ...]
    below_count: int
    warnings: tuple[str, ...]
    problems: tuple[Refused, ...]


def try_out(viewer: Viewer, draft: Draft, unit_id: int, period: Period, indicator_id: int | None = None) -> Trial:
    """Compute a draft for a unit in reach; a draft too wrong to compute comes back with its problems alone."""
    viewer.require_everywhere(Capability.DEFINE)
    unit_in_reach(viewer, unit_id)
    wanted = cleaned(draft)
    problems = tuple(all_problems(wanted, viewer.today, indicator_id))
    meaning = _meaning(wanted)
    if meaning is None:
        return Trial(None, Chosen(), Count(), None, (), 0, (), problems)
    row = PeriodRow.objects.filter(code=period.code).first()
    tree = tree_on(period.last)
    at = tree.find(unit_id)
    is_leaf = at is None or not tree.shape.child_count[at]
    numerator, denominator = _sides(meaning, unit_id, row, is_leaf)
    chosen = choose(numerator, denominator, meaning.definition.decimals, is_leaf)
    below: list[Contribution] = []
    if row is not None and not is_leaf and meaning.numerator.pk:
        below = sorted(contributions(viewer, unit_id, period, meaning), key=lambda c: -(c.chosen.value or -1))
    shown = below[:FIRST_SHOWN]
    named = cards(viewer, [one.unit_id for one in shown], period.last)
    stored = row is not None and (is_leaf or _stored(unit_id, row) is not None)
    return Trial(
        meaning=meaning,
        chosen=chosen,
        numerator=numerator.computed,
        denominator=denominator.computed if denominator else None,
        below=tuple((one, named.get(one.unit_id)) for one in shown),
        below_count=len(below),
        warnings=tuple(_warnings(meaning, chosen, numerator, denominator, stored=stored)),
        problems=problems,
    )


def _meaning(draft: Draft) -> Meaning | None:
    """The draft as an indicator that was never saved; a new measure has the id 0. None where a measure is unknown."""
    wanted = {number for number in (draft.numerator_id, draft.denominator_id) if number}
    measures = Measure.objects.in_bulk(wanted)
    if len(measures) < len(wanted):
        return None
    said = draft.measure or NewMeasure()
    numerator = measures.get(draft.numerator_id or 0) or Measure(
        id=0, code="", counting=said.counting, scale=said.scale, expected=said.expected, roll_up=said.roll_up
    )
    for name in ("noun_vi", "noun_en", "noun_en_one"):
        setattr(numerator, name, getattr(said, name) or getattr(numerator, name))
    if not numerator.recorded:
        numerator.period_kinds = ",".join(said.period_kinds)
    definition = IndicatorDefinition(
        number=0,
        name_vi=draft.name_vi,
        name_en=draft.name_en,
        kind=draft.written,
        direction=draft.direction,
        decimals=min(max(draft.decimals, 0), 3),
        target=None,
    )
    return Meaning(Indicator(id=0, code=""), definition, numerator, measures.get(draft.denominator_id or 0))


def _sides(meaning: Meaning, unit_id: int, row: PeriodRow | None, is_leaf: bool) -> tuple[Side, Side | None]:
    """Numerator and denominator as stored; a new measure has only those who are expected to speak."""
    empty = Side(scale=meaning.numerator.scale)
    if row is None:
        return empty, Side(scale=meaning.denominator.scale) if meaning.denominator else None
    read = meaning if meaning.numerator.pk else None
    if read is None and meaning.denominator is not None:
        read = replace(meaning, numerator=meaning.denominator)
    found = {}
    if read is not None:
        rows = {row.code: row}
        found = sides_of([read], unit_id, rows, row, {row.code} if is_leaf else None)[row.code]
    base = found.get((meaning.denominator.pk, 0)) if meaning.denominator else None
    if meaning.numerator.pk:
        return found.get((meaning.numerator.pk, 0), empty), base
    return replace(empty, computed=Count(expected=_must_speak(meaning.numerator, unit_id, row))), base


def _must_speak(measure: Measure, unit_id: int, row: PeriodRow) -> int:
    """How many units below (or the unit itself) would have to speak of a new measure: as of any that asks the same."""
    like = Measure.objects.filter(expected=measure.expected, roll_up="sum").order_by("pk").values_list("pk", flat=True)
    packed = _stored(unit_id, row)
    if packed is not None and (known := like.first()):
        return unpack(packed).cell(key_of(known)).expected
    return len(expected_units(Book({0: measure}), row, [unit_id])[measure.expected])


def _stored(unit_id: int, row: PeriodRow) -> bytes | None:
    stored = Totals.objects.everywhere(because=_WHY).filter(unit_id=unit_id, period_id=row.pk)
    found = stored.values_list("packed", flat=True).first()
    return None if found is None else bytes(found)


def _warnings(
    meaning: Meaning, chosen: Chosen, numerator: Side, denominator: Side | None, *, stored: bool
) -> Iterator[str]:
    if not stored:
        yield "no_totals"
        return
    above, base = numerator.computed, denominator.computed if denominator else None
    if base is not None and base.missing:
        yield "no_base"
    elif base is not None and base.value == 0:
        yield "zero_base"
    if chosen.value is not None and chosen.total is not None and chosen.value > chosen.total:
        yield "over_whole"
    if not above.expected:
        yield "nobody_expected"
    elif not above.spoke:
        yield "nobody_spoke"
    if meaning.denominator is not None:
        theirs = meaning.denominator
        if not theirs.recorded and meaning.numerator.period_kinds != theirs.period_kinds:
            yield "mixed_periods"
        if theirs.expected != meaning.numerator.expected and not theirs.recorded:
            yield "mixed_expected"
