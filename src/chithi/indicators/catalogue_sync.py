"""Bringing the shipped catalogue into the database: idempotent, never renumbers, never deletes.

What an installation changed itself stays its own: rows marked `changed_here` keep their wording, and an indicator with
a version made by somebody gets no version from an upgrade. What the catalogue says is shown beside it instead
(`chithi.indicators.definitions`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from chithi.freshness.actions import mark_whole
from chithi.indicators.catalogue import BREAKDOWNS, INDICATORS, MEASURES, ShippedIndicator, ShippedMeasure
from chithi.indicators.catalogue_nouns import one_of
from chithi.indicators.defining_rules import EARLIEST
from chithi.indicators.drain import rebuild
from chithi.indicators.meanings import AT_ONCE, DATED
from chithi.indicators.models import Breakdown, Indicator, IndicatorDefinition, Measure, Member, PeriodRow
from chithi.org.places import tree_on

FIRST_OWN_ID = 10_000  # ids below are the catalogue's, above are for what users define

_WORDED = ("name_vi", "name_en", "noun_vi", "noun_en", "noun_en_one")
_COUNTED = ("counting", "scale", "expected", "roll_up", "recorded")


@transaction.atomic
def sync_catalogue() -> None:
    """Insert or refresh the shipped rows. About a dozen queries when nothing changed.

    A measure that is new to a database with totals is counted into all of them, so that no page waits for it. One that
    counts otherwise than before is left to the worker.
    """
    known = _how_they_count()
    _breakdowns()
    _measures()
    _indicators()
    _definitions()
    if known and any(measure.id not in known for measure in MEASURES):
        for row in PeriodRow.objects.all():
            rebuild(row)
        return
    changed = [number for number, facts in _how_they_count().items() if known.get(number, facts) != facts]
    if changed and len(shape := tree_on(timezone.localdate()).shape):
        mark_whole(int(shape.unit_ids[shape.roots[0]]), changed, first=EARLIEST)


def _how_they_count() -> dict[int, tuple[Any, ...]]:
    """Of every measure, by its id, what its totals follow from."""
    return {number: tuple(facts) for number, *facts in Measure.objects.values_list("id", *_COUNTED)}


def _measures() -> None:
    """Wording and breakdown of a measure that was changed here are left alone; how it counts follows the program.

    What counts the same about one directive alone ("directives.cells.12") follows the shipped measure as well.
    """
    breakdown_ids = {code: number for code, (number, _, _) in BREAKDOWNS.items()}
    ours = set(Measure.objects.filter(changed_here=True).values_list("id", flat=True))
    rows = [Measure(id=m.id, code=m.code, **measure_facts(m, breakdown_ids)) for m in MEASURES]
    for some, fields in (
        ([row for row in rows if row.pk not in ours], (*_COUNTED, "breakdown_id", *_WORDED)),
        ([row for row in rows if row.pk in ours], _COUNTED),
    ):
        Measure.objects.bulk_create(some, update_conflicts=True, unique_fields=["id"], update_fields=fields)
    facts = {m.code: {name: getattr(row, name) for name in _COUNTED} for m, row in zip(MEASURES, rows, strict=True)}
    for measure in Measure.objects.filter(pk__gte=FIRST_OWN_ID):
        if shipped := facts.get(measure.code.rpartition(".")[0]):
            Measure.objects.filter(pk=measure.pk).update(**shipped)


def measure_facts(shipped: ShippedMeasure, breakdown_ids: dict[str, int]) -> dict[str, Any]:
    """What the catalogue says of a measure, by column."""
    return {
        "counting": shipped.counting.value,
        "scale": shipped.scale,
        "expected": shipped.expected.value,
        "roll_up": shipped.roll_up,
        "breakdown_id": breakdown_ids[shipped.breakdown] if shipped.breakdown else None,
        "recorded": shipped.recorded,
        "name_vi": shipped.name[0],
        "name_en": shipped.name[1],
        "noun_vi": shipped.noun[0],
        "noun_en": shipped.noun[1],
        "noun_en_one": one_of(shipped.noun[1]),
    }


def _indicators() -> None:
    ours = set(Indicator.objects.filter(changed_here=True).values_list("id", flat=True))
    Indicator.objects.bulk_create(
        [Indicator(id=i.id, code=i.code, group=i.group, order=i.id) for i in INDICATORS if i.id not in ours],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["group", "order"],
    )


def _breakdowns() -> None:
    """A part that an installation added or renamed is its own."""
    for code, (number, names, members) in BREAKDOWNS.items():
        if not Breakdown.objects.filter(id=number, changed_here=True).exists():
            Breakdown.objects.update_or_create(
                id=number, defaults={"code": code, "name_vi": names[0], "name_en": names[1]}
            )
        ours = set(Member.objects.filter(breakdown_id=number, changed_here=True).values_list("id", flat=True))
        for member_id, member_code, vi, en in members:
            if member_id not in ours:
                Member.objects.update_or_create(
                    id=member_id,
                    defaults={"breakdown_id": number, "code": member_code, "name_vi": vi, "name_en": en},
                )


def _definitions() -> None:
    """Version 1 of every shipped indicator; another where an upgrade says something else and nobody here does."""
    newest: dict[int, IndicatorDefinition] = {}
    ours = set()
    for row in IndicatorDefinition.objects.filter(indicator_id__lt=FIRST_OWN_ID).order_by("number"):
        newest[row.indicator_id] = row
        if row.by_id is not None:
            ours.add(row.indicator_id)
    ids = {m.code: m.id for m in MEASURES}
    names = {m.code: m.name for m in MEASURES}
    new = []
    for shipped in INDICATORS:
        facts, before = definition_facts(shipped, names[shipped.numerator], ids), newest.get(shipped.id)
        if before is None:
            new.append(IndicatorDefinition(indicator_id=shipped.id, number=1, **facts))
        elif shipped.id not in ours and (changed := _changed(before, facts)):
            since = timezone.localdate() if {field for field, _, _ in changed} & set(DATED) else before.since
            number = before.number + 1
            rest = {name: getattr(before, name) for name in ("decimals", "legal_basis")}
            new.append(
                IndicatorDefinition(
                    indicator_id=shipped.id, number=number, since=since, changed=changed, **rest, **facts
                )
            )
    IndicatorDefinition.objects.bulk_create(new)


def _changed(before: IndicatorDefinition, facts: dict[str, Any]) -> list[list[str]]:
    return [
        [name, str(getattr(before, name)), str(facts[name])]
        for name in (*AT_ONCE, *DATED)
        if name in facts and getattr(before, name) != facts[name]
    ]


def definition_facts(shipped: ShippedIndicator, measure_name: tuple[str, str], ids: dict[str, int]) -> dict[str, Any]:
    """What the catalogue says of an indicator, by column of a definition."""
    vi, en = shipped.name if shipped.name[0] else measure_name
    return {
        "name_vi": vi,
        "name_en": en,
        "numerator_id": ids[shipped.numerator],
        "denominator_id": ids[shipped.denominator] if shipped.denominator else None,
        "kind": shipped.kind,
        "direction": shipped.direction,
        "target": shipped.target,
    }
