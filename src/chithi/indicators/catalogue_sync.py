"""Bringing the shipped catalogue into the database: idempotent, never renumbers, never deletes."""

from __future__ import annotations

from django.db import transaction

from chithi.indicators.catalogue import BREAKDOWNS, INDICATORS, MEASURES, ShippedIndicator
from chithi.indicators.drain import rebuild
from chithi.indicators.models import Breakdown, Indicator, IndicatorDefinition, Measure, Member, PeriodRow

FIRST_OWN_ID = 10_000  # ids below are the catalogue's, above are for what users define


@transaction.atomic
def sync_catalogue() -> None:
    """Insert or refresh the shipped rows. About six queries when nothing changed.

    A measure that is new to a database with totals is counted into all of them, so that no page waits for it.
    """
    known = set(Measure.objects.values_list("id", flat=True))
    _breakdowns()
    breakdown_ids = {code: number for code, (number, _, _) in BREAKDOWNS.items()}
    Measure.objects.bulk_create(
        [
            Measure(
                id=m.id,
                code=m.code,
                counting=m.counting.value,
                scale=m.scale,
                expected=m.expected.value,
                roll_up=m.roll_up,
                breakdown_id=breakdown_ids[m.breakdown] if m.breakdown else None,
                recorded=m.recorded,
                name_vi=m.name[0],
                name_en=m.name[1],
                noun_vi=m.noun[0],
                noun_en=m.noun[1],
            )
            for m in MEASURES
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            "counting",
            "scale",
            "expected",
            "roll_up",
            "breakdown_id",
            "recorded",
            "name_vi",
            "name_en",
            "noun_vi",
            "noun_en",
        ],
    )
    Indicator.objects.bulk_create(
        [Indicator(id=i.id, code=i.code, group=i.group, order=i.id) for i in INDICATORS],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["group", "order"],
    )
    _definitions()
    if known and any(measure.id not in known for measure in MEASURES):
        for row in PeriodRow.objects.all():
            rebuild(row)


def _breakdowns() -> None:
    for code, (number, names, members) in BREAKDOWNS.items():
        Breakdown.objects.update_or_create(id=number, defaults={"code": code, "name_vi": names[0], "name_en": names[1]})
        for member_id, member_code, vi, en in members:
            Member.objects.update_or_create(
                id=member_id,
                defaults={"breakdown_id": number, "code": member_code, "name_vi": vi, "name_en": en},
            )


def _definitions() -> None:
    """Version 1 of every shipped indicator that has none yet; later versions are people's."""
    defined = set(IndicatorDefinition.objects.values_list("indicator_id", flat=True))
    measures = {m.code: m for m in MEASURES}
    IndicatorDefinition.objects.bulk_create(
        _first_definition(shipped, measures[shipped.numerator].name, {m.code: m.id for m in MEASURES})
        for shipped in INDICATORS
        if shipped.id not in defined
    )


def _first_definition(
    shipped: ShippedIndicator, measure_name: tuple[str, str], ids: dict[str, int]
) -> IndicatorDefinition:
    vi, en = shipped.name if shipped.name[0] else measure_name
    return IndicatorDefinition(
        indicator_id=shipped.id,
        number=1,
        name_vi=vi,
        name_en=en,
        numerator_id=ids[shipped.numerator],
        denominator_id=ids[shipped.denominator] if shipped.denominator else None,
        kind=shipped.kind,
        direction=shipped.direction,
        target=shipped.target,
    )
