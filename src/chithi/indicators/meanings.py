"""What an indicator means: its lasting identity, the definition that holds for a period, the measures it is made of.

A rule for each field decides which version speaks. The formula (numerator, denominator, kind), the direction, the
target and the legal basis are those of the period: of the versions that begin no later than the period's end the
latest made one. Names and decimals are those of the newest version, for all periods at once. Where a version is asked
for by its number, because something was printed with it, all of it is that version's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from chithi.core.periods import Period
from chithi.db.kept import Kept
from chithi.db.remembered import is_remembered, remembered
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure, Member
from chithi.indicators.rules import why_not_kind

DATED = ("numerator_id", "denominator_id", "kind", "direction", "target", "legal_basis")
"""Fields of a definition that hold from its day on."""
AT_ONCE = ("name_vi", "name_en", "decimals")
"""Fields of a definition that hold for all periods as soon as they are saved."""
_INDICATORS = "indicators"
_MEASURES = Kept(lambda: Measure.objects.order_by("pk"))
_MEMBERS = Kept(lambda: Member.objects.order_by("pk"))
_EVERY = Kept(lambda: Indicator.objects.order_by("order", "pk"))
_VERSIONS = Kept(lambda: IndicatorDefinition.objects.order_by("number"))


@dataclass(frozen=True)
class Meaning:
    """An indicator with the definition that holds (or the one a report used) and its measures.

    `reworded`: its name or formula is not the one it began with.
    """

    indicator: Indicator
    definition: IndicatorDefinition
    numerator: Measure
    denominator: Measure | None
    reworded: bool = False

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def formula(self) -> tuple[int, int | None]:
        """The ids of numerator and denominator: meanings with another formula are not compared."""
        return self.numerator.id, self.denominator.id if self.denominator else None

    def name(self, language: str) -> str:
        return self.definition.name_en if language == "en" else self.definition.name_vi

    def noun(self, language: str, amount: object = None) -> str:
        """What one of them is called; English has another word where `amount` is 1."""
        if language != "en":
            return self.numerator.noun_vi
        one = amount is not None and amount == 1
        return (self.numerator.noun_en_one if one else "") or self.numerator.noun_en

    def spoken_in(self, period: Period) -> bool:
        """Whether units enter it for this kind of period."""
        kinds = [kind for kind in self.numerator.period_kinds.split(",") if kind]
        return why_not_kind(period, kinds) is None


def every_measure() -> dict[int, Measure]:
    """All measures by id. One query, or none where an answer has read them."""
    return remembered("measures", lambda: {measure.pk: measure for measure in _MEASURES.objects()})


def every_member() -> list[Member]:
    """All parts of all breakdowns, by id. One query, or none where an answer has read them."""
    return remembered("members", _MEMBERS.objects)


def _every_indicator() -> list[Indicator]:
    return remembered(_INDICATORS, _EVERY.objects)


def _every_version() -> list[IndicatorDefinition]:
    return remembered("versions", _VERSIONS.objects)


class Definitions:
    """Indicators with all their versions as stored now, read once. Three queries, on first use; none where an answer
    has read all of them before.

    `versions`: the number of the version that is to hold for an indicator's id, whatever the period.
    """

    def __init__(self, codes: Iterable[str] | None = None, versions: Mapping[int, int] | None = None) -> None:
        self._codes = None if codes is None else list(codes)
        self._asked = versions or {}
        self._made: dict[int, Meaning] = {}

    @cached_property
    def _some(self) -> bool:
        """Whether the few asked for are read alone."""
        return self._codes is not None and not is_remembered(_INDICATORS)

    @cached_property
    def indicators(self) -> list[Indicator]:
        if self._codes is None:
            return _every_indicator()
        if self._some:
            return list(Indicator.objects.order_by("order", "pk").filter(code__in=self._codes))
        wanted = set(self._codes)
        return [indicator for indicator in _every_indicator() if indicator.code in wanted]

    @cached_property
    def versions(self) -> dict[int, list[IndicatorDefinition]]:
        """All versions by indicator, oldest first."""
        found: dict[int, list[IndicatorDefinition]] = defaultdict(list)
        few = IndicatorDefinition.objects.order_by("number")
        ids = [indicator.pk for indicator in self.indicators]
        for row in few.filter(indicator_id__in=ids) if self._some else _every_version():
            found[row.indicator_id].append(row)
        return found

    @cached_property
    def measures(self) -> dict[int, Measure]:
        if not self._some:
            return every_measure()
        every = [version for versions in self.versions.values() for version in versions]
        ids = {version.numerator_id for version in every} | {version.denominator_id for version in every}
        return Measure.objects.in_bulk([measure for measure in ids if measure is not None])

    def on(self, period: Period, *, ever: bool = False) -> list[Meaning]:
        """The indicators used in a period, in their order; `ever`: also those not yet or no longer used in it."""
        return self._within(period.first, period.last, ever=ever)

    def now(self, *, ever: bool = False) -> list[Meaning]:
        """The indicators in use today."""
        day = timezone.localdate()
        return self._within(day, day, ever=ever)

    def _within(self, first: date, last: date, *, ever: bool) -> list[Meaning]:
        found = []
        for indicator in self.indicators:
            versions = self.versions.get(indicator.pk, [])
            retired = indicator.retired_on is not None and indicator.retired_on <= first
            held = holding(versions, last)
            if not versions or ((retired or held is None) and not ever):
                continue
            found.append(self._meaning(indicator, held or versions[0], versions))
        return found

    def _meaning(self, indicator: Indicator, held: IndicatorDefinition, versions: list[IndicatorDefinition]) -> Meaning:
        """One object for all periods in which the same version holds."""
        if held.pk not in self._made:
            self._made[held.pk] = self._make(indicator, held, versions)
        return self._made[held.pk]

    def _make(self, indicator: Indicator, held: IndicatorDefinition, versions: list[IndicatorDefinition]) -> Meaning:
        asked = self._asked.get(indicator.pk)
        printed = next((version for version in versions if version.number == asked), None)
        definition = printed or worded(held, versions[-1])
        numerator, base = definition.numerator_id, definition.denominator_id
        began = versions[0]
        same = (began.name_vi, began.numerator_id, began.denominator_id) == (definition.name_vi, numerator, base)
        return Meaning(indicator, definition, self.measures[numerator], self.measures[base] if base else None, not same)


def holding(versions: Iterable[IndicatorDefinition], day: date) -> IndicatorDefinition | None:
    """The version whose formula holds on a day; None before the first begins. `versions` oldest first."""
    begun = [version for version in versions if version.since is None or version.since <= day]
    return begun[-1] if begun else None


def worded(held: IndicatorDefinition, newest: IndicatorDefinition) -> IndicatorDefinition:
    """The version that holds, in the words of the newest; not to be saved."""
    if held.number == newest.number:
        return held
    found = copy(held)
    for name in AT_ONCE:
        setattr(found, name, getattr(newest, name))
    return found


def meanings(codes: Iterable[str] | None = None, *, period: Period | None = None, ever: bool = False) -> list[Meaning]:
    """Indicators in their order as they hold in a period (None: today). Three queries."""
    definitions = Definitions(codes)
    return definitions.now(ever=ever) if period is None else definitions.on(period, ever=ever)
