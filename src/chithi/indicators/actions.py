"""Stating, replacing, withdrawing figures; confirming a period; adopting a statement.

A figure is never changed: a new one replaces it and the old one stays readable with who, when and why. Whoever
replaces says which figure they saw (`seen`): where another has come meanwhile, `Stale` and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import Period
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.indicators import rules
from chithi.indicators.kinds import Covers, FigureRole, FigureState, Source
from chithi.indicators.models import (
    Adoption,
    Confirmation,
    Figure,
    Measure,
    Member,
    PeriodRow,
    SourcePolicy,
)
from chithi.indicators.period_rows import period_row
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.org.narrowing import narrowed
from chithi.text.vietnamese import clean


@dataclass(frozen=True)
class Saying:
    """What is stated. Integers are in the measure's fixed scale; see `Figure` for the shares."""

    value: int | None
    value_max: int | None = None
    bound: str = ""
    stated_total: int | None = None
    stated_share: int | None = None
    share_decimals: int = 0
    role: FigureRole = FigureRole.LEVEL
    against: str = ""
    noun: str = ""
    about: str = ""


@dataclass(frozen=True)
class Slot:
    """The place a figure takes: one unit, measure, period, breakdown member and coverage."""

    unit_id: int
    measure_id: int
    period: Period
    member_id: int | None = None
    covers: Covers = Covers.OWN


def enter(*, by: Viewer, slot: Slot, saying: Saying, seen: int | None, why: str = "") -> Figure:
    """State an entered figure, replacing the one seen (None: there was none)."""
    return _state(by, slot, saying, Source.ENTERED, seen, why, Capability.ENTER, span_id=None)


def state_from_span(*, by: Viewer, slot: Slot, saying: Saying, seen: int | None, span_id: int, why: str = "") -> Figure:
    """State a figure that a sentence of a document says; the caller has decided the span."""
    return _state(by, slot, saying, Source.NARRATIVE, seen, why, Capability.CONFIRM, span_id=span_id)


@transaction.atomic
def withdraw(*, by: Viewer, figure_id: int, seen_version: int, why: str) -> None:
    """Take a figure back; it stays readable."""
    figure = Figure.objects.visible_to(by.reach(Capability.ENTER)).filter(pk=figure_id).first()
    if figure is None or figure.state != FigureState.LIVE:
        raise Absent("indicators.no_figure", figure=figure_id)
    if figure.version != seen_version:
        raise Stale("db.stale")
    _end(figure, FigureState.WITHDRAWN, by)
    figure.why = clean(why)[:300] or figure.why
    figure.save(update_fields=["why"])
    _mark(figure.unit_id, figure.measure_id, figure.period_id)
    record("indicators.withdrawn", by=by, unit_id=figure.unit_id, about=figure, **by.acting_from(figure.unit_id))


@transaction.atomic
def confirm_period(*, by: Viewer, unit_id: int, period: Period) -> Confirmation:
    """The unit says that its records of the period are complete. Repeating it changes nothing."""
    _unit(by.reach(Capability.CONFIRM), unit_id, period)
    if period.last > by.today:
        raise Refused("indicators.period_not_over", field="period", last=period.last)
    row = period_row(period)
    confirmation, made = Confirmation.objects.everywhere(
        because="the unit was found in reach just above"
    ).get_or_create(unit_id=unit_id, period=row, defaults={"by_id": by.user_id})
    if made:
        mark([unit_id], first=row.first, last=row.last)
        told = {"period": period.code, **by.acting_from(unit_id)}
        record("indicators.period_confirmed", by=by, unit_id=unit_id, about=confirmation, **told)
    return confirmation


@transaction.atomic
def adopt(*, by: Viewer, figure_id: int) -> Adoption:
    """Take a subtree statement on as a marked balance for the units below that are silent."""
    figure = Figure.objects.visible_to(by.reach(Capability.CONFIRM)).filter(pk=figure_id).first()
    if figure is None or figure.state != FigureState.LIVE:
        raise Absent("indicators.no_figure", figure=figure_id)
    if figure.covers != Covers.SUBTREE or figure.value is None or figure.role != FigureRole.LEVEL:
        raise Refused("indicators.not_adoptable", figure=figure_id)
    same_slot = Figure.objects.visible_to(by.reach(Capability.CONFIRM)).filter(
        unit_id=figure.unit_id,
        measure_id=figure.measure_id,
        period_id=figure.period_id,
        member=figure.member_id,
        state=FigureState.LIVE,
    )
    standing = Adoption.objects.visible_to(by.reach(Capability.CONFIRM)).filter(ended_at__isnull=True)
    if standing.filter(figure_id__in=list(same_slot.values_list("pk", flat=True))).exists():
        raise Refused("indicators.adopted_already", figure=figure_id)
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(unit_id=figure.unit_id, figure=figure, by_id=by.user_id)
    except IntegrityError as twice:
        raise Refused("indicators.adopted_already", figure=figure_id) from twice
    _mark(figure.unit_id, figure.measure_id, figure.period_id)
    record("indicators.adopted", by=by, unit_id=figure.unit_id, about=figure)
    return adoption


@transaction.atomic
def end_adoption(*, by: Viewer, figure_id: int) -> None:
    """Take an adoption back; the statement itself and the fact that it was adopted stay."""
    figure = Figure.objects.visible_to(by.reach(Capability.CONFIRM)).filter(pk=figure_id).first()
    if figure is None or not _end_adoption(by, figure):
        raise Absent("indicators.no_figure", figure=figure_id)
    _mark(figure.unit_id, figure.measure_id, figure.period_id)


def _end_adoption(by: Viewer, figure: Figure) -> bool:
    """End what stands of a figure's adoption; False where nothing does."""
    standing = Adoption.objects.visible_to(by.reach(Capability.READ)).filter(figure_id=figure.pk, ended_at__isnull=True)
    ended = standing.update(ended_at=timezone.now(), ended_by_id=by.user_id)
    if ended:
        record("indicators.adoption_ended", by=by, unit_id=figure.unit_id, about=figure)
    return bool(ended)


@transaction.atomic
def choose_source(*, by: Viewer, unit_id: int, measure_id: int, first: Source) -> SourcePolicy:
    """Say which source speaks for a unit about a measure, from the beginning; the others stay visible."""
    unit = Unit.objects.visible_to(by.reach(Capability.CONFIRM)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    if not Measure.objects.filter(pk=measure_id).exists():
        raise Absent("indicators.no_measure", measure=measure_id)
    policies = SourcePolicy.objects.visible_to(by.reach(Capability.CONFIRM))
    policy = policies.filter(unit_id=unit_id, measure_id=measure_id, until__isnull=True).first()
    if policy is None:
        policy = SourcePolicy(unit_id=unit_id, measure_id=measure_id, since=unit.opened_on)
    policy.first = first.value
    try:
        with transaction.atomic():
            policy.save()
    except IntegrityError as second:  # another clerk chose between our look and our write
        raise Stale("db.stale") from second
    mark([unit_id], first=unit.opened_on, measure_id=measure_id)
    record("indicators.source_chosen", by=by, unit_id=unit_id, about=policy, first=first.value)
    return policy


def _state(
    by: Viewer,
    slot: Slot,
    saying: Saying,
    source: Source,
    seen: int | None,
    why: str,
    capability: Capability,
    span_id: int | None,
) -> Figure:
    """Look first, then write: SQLite has one writer at a time, who should not be looking things up meanwhile.

    What changes between the two is found when writing: another's figure by version or constraint, a unit that was moved
    by the last look whether the figure lies inside the reach.
    """
    reach = narrowed(by.reach(capability), slot.unit_id)
    _unit(reach, slot.unit_id, slot.period)
    if problem := rules.why_not_period(slot.period, by.today):
        raise problem
    moves = saying.role == FigureRole.CHANGE
    if problem := rules.why_not_value(saying.value, saying.value_max, saying.stated_total, moves=moves):
        raise problem
    if saying.value is None and saying.stated_share is None:
        raise Refused("indicators.says_nothing", field="value")
    measure = _measure(slot, source)
    row = period_row(slot.period)
    replaced = _standing(reach, slot, row, source, saying.role, seen) if slot.covers != Covers.PART else None
    figure = _said(by, slot, saying, measure, row, source)
    figure.replaces, figure.span_id, figure.why = replaced, span_id, clean(why)[:300]
    with transaction.atomic():
        if replaced is not None:
            _replace(by, replaced)
        try:
            figure.save()
        except IntegrityError as second:  # another clerk was first, between our look and our write
            raise Stale("db.stale", field="value") from second
        figure.must_lie_inside(reach)
        mark([slot.unit_id], first=row.first, last=row.last, measure_id=measure.id)
        told = {"measure": measure.id, "period": row.code, "source": source.value, **by.acting_from(slot.unit_id)}
        record("indicators.stated", by=by, unit_id=slot.unit_id, about=figure, **told)
    return figure


def _said(by: Viewer, slot: Slot, saying: Saying, measure: Measure, row: PeriodRow, source: Source) -> Figure:
    """What is stated, as a figure not yet stored."""
    return Figure(
        unit_id=slot.unit_id,
        measure=measure,
        period=row,
        member_id=slot.member_id,
        source=source,
        covers=slot.covers,
        about=clean(saying.about)[:200],
        value=saying.value,
        value_max=saying.value_max,
        bound=saying.bound,
        stated_total=saying.stated_total,
        stated_share=saying.stated_share,
        share_decimals=saying.share_decimals,
        role=saying.role,
        against=clean(saying.against)[:120],
        noun=clean(saying.noun)[:200],
        by_id=by.user_id,
    )


def _standing(
    reach: Reach, slot: Slot, row: PeriodRow, source: Source, role: FigureRole, seen: int | None
) -> Figure | None:
    """The live figure of the slot, if it is the one that was seen."""
    of_part = () if slot.member_id is None else (slot.member_id,)
    place = (slot.unit_id, slot.measure_id, row.pk, source.value, slot.covers.value, role.value)
    live = next(iter(_LIVE.objects(reach, *place, *of_part)), None)
    if (live.pk if live else None) != seen:
        raise Stale("db.stale", field="value")
    return live


def _live(
    reach: Reach, unit: int, measure: int, period: int, source: str, covers: str, role: str, member: int | None = None
) -> QuerySet[Figure]:
    of_slot = Figure.objects.visible_to(reach).filter(
        unit_id=unit, measure_id=measure, period_id=period, member=member, state=FigureState.LIVE
    )
    return of_slot.filter(source=source, covers=covers, role=role).order_by("pk")[:1]


_LIVE = Kept(_live)
_MEASURE = Kept(lambda pk: Measure.objects.filter(pk=pk))
_UNIT = Kept(lambda reach, pk: Unit.objects.visible_to(reach).filter(pk=pk))


def _replace(by: Viewer, live: Figure) -> None:
    """End a figure that another replaces; raises `Stale` where somebody else has changed it since we looked."""
    if live.covers == Covers.SUBTREE:  # nothing else can be adopted
        _end_adoption(by, live)
    try:
        _end(live, FigureState.REPLACED, by)
    except Stale as changed:
        raise Stale("db.stale", field="value") from changed


def _end(figure: Figure, state: FigureState, by: Viewer) -> Figure:
    figure.amend(state=state.value, ended_by_id=by.user_id, ended_at=timezone.now())
    return figure


def _measure(slot: Slot, source: Source) -> Measure:
    """The measure, if it is entered for such periods and the part of its breakdown is in use in this one."""
    measure = next(iter(_MEASURE.objects(slot.measure_id)), None)
    if measure is None:
        raise Absent("indicators.no_measure", measure=slot.measure_id)
    kinds = [kind for kind in measure.period_kinds.split(",") if kind]
    if source == Source.ENTERED and (problem := rules.why_not_kind(slot.period, kinds)):
        raise problem
    if slot.member_id is not None:
        member = Member.objects.filter(pk=slot.member_id, breakdown_id=measure.breakdown_id or 0).first()
        if member is None:
            raise Refused("indicators.no_breakdown", field="member")
        if not rules.in_use(member.since, member.until, slot.period.first, slot.period.last):
            raise Refused("indicators.member_not_in_use", field="member")
    return measure


def _unit(reach: Reach, unit_id: int, period: Period) -> Unit:
    unit = next(iter(_UNIT.objects(reach, unit_id)), None)
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    if problem := rules.why_not_there(unit.opened_on, unit.closed_on, period):
        raise problem
    return unit


def _mark(unit_id: int, measure_id: int, period_id: int) -> None:
    row = PeriodRow.objects.get(pk=period_id)
    mark([unit_id], first=row.first, last=row.last, measure_id=measure_id)
