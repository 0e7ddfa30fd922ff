"""What an indicator means: its lasting identity, the definition in force, the measures it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chithi.indicators.models import Indicator, IndicatorDefinition, Measure


@dataclass(frozen=True)
class Meaning:
    """An indicator with the definition in force (or the one a report used) and its measures."""

    indicator: Indicator
    definition: IndicatorDefinition
    numerator: Measure
    denominator: Measure | None

    @property
    def code(self) -> str:
        return self.indicator.code

    def name(self, language: str) -> str:
        return self.definition.name_en if language == "en" else self.definition.name_vi

    def noun(self, language: str) -> str:
        return self.numerator.noun_en if language == "en" else self.numerator.noun_vi


def meanings(codes: Iterable[str] | None = None, versions: dict[int, int] | None = None) -> list[Meaning]:
    """Indicators in their order with the newest definition, or the versions asked for. Three queries."""
    indicators = Indicator.objects.filter(retired_on__isnull=True).order_by("order", "pk")
    if codes is not None:
        indicators = indicators.filter(code__in=list(codes))
    newest: dict[int, IndicatorDefinition] = {}
    for definition in IndicatorDefinition.objects.order_by("number"):
        wanted = (versions or {}).get(definition.indicator_id)
        if wanted is None or definition.number == wanted:
            newest[definition.indicator_id] = definition
    measures = Measure.objects.in_bulk()
    return [
        Meaning(
            indicator,
            newest[indicator.pk],
            measures[newest[indicator.pk].numerator_id],
            measures[denominator] if (denominator := newest[indicator.pk].denominator_id) else None,
        )
        for indicator in indicators
        if indicator.pk in newest
    ]
