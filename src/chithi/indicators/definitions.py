"""Reading definitions for those who make them: the list, one indicator with its history and use, the breakdowns.

Definitions belong to nobody's unit; what is counted about them (who spoke, how many figures) goes through the reach of
`Capability.DEFINE`, which is everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min

from chithi.access.queries import account_names
from chithi.core.errors import Absent
from chithi.core.numbers import from_fixed
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.catalogue import INDICATORS, MEASURES
from chithi.indicators.catalogue_sync import FIRST_OWN_ID, definition_facts
from chithi.indicators.defining_rules import Draft, NewMeasure
from chithi.indicators.kinds import FigureState
from chithi.indicators.meanings import Definitions, Meaning, holding
from chithi.indicators.models import (
    Breakdown,
    Figure,
    Indicator,
    IndicatorDefinition,
    Measure,
    Member,
    MemberVersion,
    PeriodRow,
    Totals,
)
from chithi.org.places import tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack


@dataclass(frozen=True)
class Listed:
    """An indicator as the list shows it: what it means now, its state, how many of the units asked have spoken.

    `state` is in_use, ahead (begins later) or retired; `origin` shipped, changed (shipped, changed here) or own.
    `spoke` and `expected` are of the whole installation in the period asked about; None where nothing was computed.
    """

    meaning: Meaning
    state: str
    origin: str
    versions: int
    spoke: int | None
    expected: int | None


def listed(viewer: Viewer, period: Period) -> list[Listed]:
    """All indicators in their order. About six queries, however many there are."""
    viewer.require_everywhere(Capability.DEFINE)
    definitions = Definitions()
    spoken = _spoken(viewer, period, {m.pk for m in definitions.measures.values()})
    return [
        Listed(
            meaning=meaning,
            state=state_of(meaning.indicator, definitions.versions[meaning.indicator.pk], viewer.today),
            origin=origin_of(meaning.indicator),
            versions=len(definitions.versions[meaning.indicator.pk]),
            spoke=spoken.get(meaning.numerator.pk, (None, None))[0],
            expected=spoken.get(meaning.numerator.pk, (None, None))[1],
        )
        for meaning in definitions.now(ever=True)
    ]


def state_of(indicator: Indicator, versions: Iterable[IndicatorDefinition], today: date) -> str:
    """in_use, ahead or retired, on a day."""
    if indicator.retired_on is not None and indicator.retired_on <= today:
        return "retired"
    return "in_use" if holding(versions, today) else "ahead"


def origin_of(indicator: Indicator) -> str:
    """shipped, changed (shipped and changed here) or own."""
    if indicator.pk > FIRST_OWN_ID:
        return "own"
    return "changed" if indicator.changed_here else "shipped"


def _spoken(viewer: Viewer, period: Period, measure_ids: set[int]) -> dict[int, tuple[int, int]]:
    """How many of the units expected have spoken, by measure, over all roots; empty where nothing was computed."""
    shape = tree_on(period.last).shape
    roots = [int(unit) for unit in shape.unit_ids[shape.roots]]
    stored = Totals.objects.visible_to(viewer.reach(Capability.DEFINE)).filter(
        period__code=period.code, unit_id__in=roots
    )
    found: dict[int, tuple[int, int]] = {}
    for packed in stored.values_list("packed", flat=True):
        row = unpack(bytes(packed))
        for measure in measure_ids:
            cell, (spoke, expected) = row.cell(key_of(measure)), found.get(measure, (0, 0))
            found[measure] = (spoke + cell.spoke, expected + cell.expected)
    return found


@dataclass(frozen=True)
class Version:
    """One version with who made it; `shipped` where it came with the program."""

    definition: IndicatorDefinition
    numerator: Measure
    denominator: Measure | None
    by: str
    shipped: bool
    holds: bool


@dataclass(frozen=True)
class Used:
    """What stands on an indicator: live figures of its numerator, units that stated them, first and last day."""

    figures: int
    units: int
    first: date | None
    last: date | None
    others: tuple[Meaning, ...]


@dataclass(frozen=True)
class Opened:
    """One indicator with all its versions, newest first; `differs` lists where the shipped catalogue says otherwise,
    as (field, what it says)."""

    meaning: Meaning
    state: str
    origin: str
    versions: tuple[Version, ...]
    used: Used
    differs: tuple[tuple[str, str], ...]
    members: tuple[Member, ...]
    breakdown: Breakdown | None

    @property
    def seen(self) -> int:
        """The number that a change of it must name."""
        return self.versions[0].definition.number


def opened(viewer: Viewer, indicator_id: int) -> Opened:
    """One indicator for those who define. About a dozen queries."""
    viewer.require_everywhere(Capability.DEFINE)
    definitions = Definitions()
    every = definitions.now(ever=True)
    meaning = next((m for m in every if m.indicator.pk == indicator_id), None)
    if meaning is None:
        raise Absent("indicators.no_indicator", indicator=indicator_id)
    rows = definitions.versions[indicator_id]
    people = account_names(row.by_id for row in rows)
    held = holding(rows, viewer.today)
    measures = definitions.measures
    breakdown = meaning.numerator.breakdown_id
    return Opened(
        meaning=meaning,
        state=state_of(meaning.indicator, rows, viewer.today),
        origin=origin_of(meaning.indicator),
        versions=tuple(
            Version(
                definition=row,
                numerator=measures[row.numerator_id],
                denominator=measures[row.denominator_id] if row.denominator_id else None,
                by=people.get(row.by_id or 0, ""),
                shipped=row.by_id is None,
                holds=held is not None and row.number == held.number,
            )
            for row in reversed(rows)
        ),
        used=_used(viewer, meaning, every),
        differs=_differs(rows[-1]),
        members=tuple(Member.objects.filter(breakdown_id=breakdown).order_by("pk")) if breakdown else (),
        breakdown=Breakdown.objects.filter(pk=breakdown).first() if breakdown else None,
    )


def _used(viewer: Viewer, meaning: Meaning, every: list[Meaning]) -> Used:
    figures = Figure.objects.visible_to(viewer.reach(Capability.DEFINE)).filter(
        measure_id=meaning.numerator.pk, state=FigureState.LIVE
    )
    found = figures.aggregate(figures=Count("pk"), units=Count("unit_id", distinct=True))
    periods = figures.order_by().values_list("period_id", flat=True).distinct()
    days = PeriodRow.objects.filter(pk__in=list(periods)).aggregate(first=Min("first"), last=Max("last"))
    others = [m for m in every if m.indicator.pk != meaning.indicator.pk and meaning.numerator.pk in m.formula]
    return Used(found["figures"], found["units"], days["first"], days["last"], tuple(others))


def _differs(newest: IndicatorDefinition) -> tuple[tuple[str, str], ...]:
    """Where the catalogue that ships says something else than the newest version here."""
    shipped = next((one for one in INDICATORS if one.id == newest.indicator_id), None)
    if shipped is None:
        return ()
    names = {m.code: m.name for m in MEASURES}
    facts = definition_facts(shipped, names[shipped.numerator], {m.code: m.id for m in MEASURES})
    if facts["target"] is not None:
        scale = 2 if shipped.denominator else {m.code: m.scale for m in MEASURES}[shipped.numerator]
        told = {**facts, "target": f"{from_fixed(facts['target'], scale).normalize() + 0:f}"}
    else:
        told = facts
    return tuple(
        (name, "" if told[name] is None else str(told[name]))
        for name, said in facts.items()
        if getattr(newest, name) != said
    )


def draft_of(found: Opened) -> Draft:
    """The newest version as a draft, for the form that changes it."""
    newest, measure = found.versions[0].definition, found.versions[0].numerator
    scale = 2 if newest.denominator_id else measure.scale
    indicator = found.meaning.indicator
    return Draft(
        name_vi=newest.name_vi,
        name_en=newest.name_en,
        numerator_id=newest.numerator_id,
        measure=NewMeasure(
            noun_vi=measure.noun_vi,
            noun_en=measure.noun_en,
            noun_en_one=measure.noun_en_one,
            counting=measure.counting,
            scale=measure.scale,
            expected=measure.expected,
            roll_up=measure.roll_up,
            period_kinds=tuple(kind for kind in measure.period_kinds.split(",") if kind),
            breakdown_id=measure.breakdown_id,
        ),
        denominator_id=newest.denominator_id,
        kind="count" if newest.kind == "share" else newest.kind,
        direction=newest.direction,
        target=None if newest.target is None else from_fixed(newest.target, scale),
        decimals=newest.decimals,
        legal_basis=newest.legal_basis,
        group=indicator.group,
        order=indicator.order,
        words=tuple(word for word in indicator.words.split("\n") if word),
    )


def all_measures() -> list[Measure]:
    """Every measure, for choosing numerator and base. One query."""
    return list(Measure.objects.order_by("pk"))


@dataclass(frozen=True)
class Parted:
    """A breakdown with its parts and the measures that use it; `recorded` where records are counted by it."""

    breakdown: Breakdown
    members: tuple[Member, ...]
    measures: tuple[Measure, ...]

    @property
    def recorded(self) -> bool:
        return any(measure.recorded for measure in self.measures)


def breakdowns() -> list[Parted]:
    """All breakdowns by id. Three queries."""
    members: dict[int, list[Member]] = defaultdict(list)
    measures: dict[int, list[Measure]] = defaultdict(list)
    for member in Member.objects.order_by("pk"):
        members[member.breakdown_id].append(member)
    for measure in Measure.objects.filter(breakdown__isnull=False).order_by("pk"):
        measures[measure.breakdown_id or 0].append(measure)
    return [
        Parted(breakdown, tuple(members[breakdown.pk]), tuple(measures[breakdown.pk]))
        for breakdown in Breakdown.objects.order_by("pk")
    ]


def one_breakdown(breakdown_id: int) -> Parted:
    """One breakdown; `Absent` where there is none."""
    found = next((parted for parted in breakdowns() if parted.breakdown.pk == breakdown_id), None)
    if found is None:
        raise Absent("indicators.no_such_breakdown", breakdown=breakdown_id)
    return found


def member_history(member_id: int) -> tuple[Member, list[tuple[MemberVersion, str]]]:
    """A part with its versions, newest first, each with who made it."""
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        raise Absent("indicators.no_member", member=member_id)
    versions = list(MemberVersion.objects.filter(member=member).order_by("-number"))
    people = account_names(version.by_id for version in versions)
    return member, [(version, people.get(version.by_id or 0, "")) for version in versions]
