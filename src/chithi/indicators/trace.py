"""Opening a number: formula, sides, the units below, what the unit itself did, the records or the sentence.

Reach applies all the way down: units outside it keep their numbers and lose their names; records of people are
opened only with `Capability.RECORDS` over the unit that holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from chithi.access.queries import account_names
from chithi.core.errors import Absent
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.duties.found import wordings_of
from chithi.duties.queries import answers_called
from chithi.indicators.behalf import entered_from
from chithi.indicators.home_rule import CountedElsewhere, counted_elsewhere, other_places
from chithi.indicators.meanings import Definitions, Meaning, every_measure, every_member
from chithi.indicators.models import Figure, Measure, Member
from chithi.indicators.own import book_with, own_statements
from chithi.indicators.period_rows import period_row, row_of
from chithi.indicators.queries import Contribution, Line, contributions, lines, unit_in_reach
from chithi.indicators.registry import BY_CODE
from chithi.indicators.rules import Statement, speaking
from chithi.narrative.queries import Quote, quote
from chithi.org.queries import UnitCard, cards, names
from chithi.tasks.queries import titles_of

RECORDS_SHOWN = 200
WORDED = {"shortcoming": wordings_of, "duty_answer": answers_called}
"""How records that are neither people, tasks nor units are called, by what their measure shows."""

TOLD_OF_A_BASE = {"org.members_on_duty": "org.members_exempt", "org.key_leaders": "org.key_leaders"}
"""What is told beside a count that others are shares of, by measure: who left it, or of which parts it is made."""


@dataclass(frozen=True)
class Stated:
    """A figure as the trace shows it, with who stated it and the sentence it came from.

    `on_behalf_from` names the unit from which somebody entered it for this one; "" where the unit did so itself.
    """

    figure: Figure
    by: str
    ended_by: str
    quote: Quote | None
    on_behalf_from: str = ""

    @property
    def at(self) -> datetime:
        return self.figure.at


@dataclass(frozen=True)
class Trace:
    """Everything under one number. `below` pairs each contribution with its unit's card, None outside the reach.

    `own` is what the unit itself contributes by source; `speaks` the source of those that speaks. `may_open_records`
    tells whether the viewer may list the records of the unit's own count, `may_confirm` the same
    for deciding over statements. `told` is the line that `TOLD_OF_A_BASE` names for the number or what it is over.
    """

    line: Line
    unit: UnitCard
    period: Period
    recomputing: bool
    is_leaf: bool
    below: tuple[tuple[Contribution, UnitCard | None], ...]
    own: dict[str, Statement]
    speaks: str
    stated: tuple[Stated, ...]
    may_open_records: bool
    may_confirm: bool
    told: Line | None = None


def trace(
    viewer: Viewer, indicator_id: int, unit_id: int, period: Period, *, version: int | None = None, trend: int = 0
) -> Trace:
    """Open the number of an indicator for a unit and period. About 25 queries, whatever lies below.

    The line's history holds up to `trend` periods.

    By the definition of the period, or by the `version` something was printed with. A retired indicator still opens.
    """
    meaning = meaning_of(indicator_id, period, version)
    asked = {} if version is None else {indicator_id: version}
    base = TOLD_OF_A_BASE.get(_base(meaning).code)
    codes = [meaning.code] if base is None else list(dict.fromkeys((meaning.code, base)))
    found = lines(viewer, unit_id, period, codes=codes, trend=trend, versions=asked)
    unit = cards(viewer, [unit_id], period.last)[unit_id]
    below = contributions(viewer, unit_id, period, meaning)
    known = cards(viewer, [c.unit_id for c in below], period.last)
    own, speaks = _own(meaning.numerator, period, unit_id)
    return Trace(
        line=found.line(meaning.code),
        unit=unit,
        period=period,
        recomputing=found.recomputing,
        is_leaf=found.is_leaf,
        below=tuple((c, known.get(c.unit_id)) for c in below),
        own=own,
        speaks=speaks,
        stated=tuple(_stated(viewer, meaning, unit_id, period)),
        may_open_records=_may(viewer, unit_id, Capability.RECORDS),
        may_confirm=_may(viewer, unit_id, Capability.CONFIRM),
        told=next((line for line in found.lines if line.meaning.code == base), None),
    )


def _base(meaning: Meaning) -> Measure:
    """What the indicator is a share of, else what it counts."""
    return meaning.denominator or meaning.numerator


@dataclass(frozen=True)
class MarkedPart:
    """The part of a breakdown that an address names."""

    id: int
    code: str


def part_of(opened: Trace, code: str) -> MarkedPart | None:
    """The part of this number's breakdown with a code; None where it has none such. At most one query."""
    breakdown = opened.line.meaning.numerator.breakdown_id
    if not code or breakdown is None:
        return None
    found = next((m for m in every_member() if m.breakdown_id == breakdown and m.code == code), None)
    return MarkedPart(found.pk, found.code) if found else None


def meaning_of(indicator_id: int, period: Period | None = None, version: int | None = None) -> Meaning:
    """What an indicator means by its lasting id, in a period (None: today) or by a version; retired ones too."""
    definitions = Definitions(versions={} if version is None else {indicator_id: version})
    found = definitions.now(ever=True) if period is None else definitions.on(period, ever=True)
    for meaning in found:
        if meaning.indicator.pk == indicator_id:
            return meaning
    raise Absent("indicators.no_indicator", indicator=indicator_id)


def _own(measure: Measure, period: Period, unit_id: int) -> tuple[dict[str, Statement], str]:
    book = book_with([measure])
    said, first = own_statements(book, period_row(period), unit_id, measure)
    statements = said.get((measure.id, 0), {})
    chosen = speaking(statements, first)
    return statements, chosen.source if chosen else ""


def _may(viewer: Viewer, unit_id: int, capability: Capability) -> bool:
    try:
        unit_in_reach(viewer, unit_id, capability)
    except Absent:
        return False
    return True


def _stated(viewer: Viewer, meaning: Meaning, unit_id: int, period: Period) -> list[Stated]:
    """What the unit stated for the period, replaced figures included, newest first."""
    row = row_of(period)
    if row is None:
        return []
    figures = list(
        Figure.objects.visible_to(viewer.reach(Capability.READ))
        .filter(unit_id=unit_id, measure_id=meaning.numerator.id, period=row)
        .order_by("-at", "-pk")[:100]
    )
    people = account_names([f.by_id for f in figures] + [f.ended_by_id for f in figures])
    behalf = entered_from(viewer, [f.pk for f in figures])
    return [
        Stated(
            figure=figure,
            by=people.get(figure.by_id or 0, ""),
            ended_by=people.get(figure.ended_by_id or 0, ""),
            quote=quote(viewer, figure.span_id) if figure.span_id else None,
            on_behalf_from=behalf.get(figure.pk, ""),
        )
        for figure in figures
    ]


@dataclass(frozen=True)
class Record:
    """One record behind a count, as the list names it. `unit_id` is set where the record is a unit.

    `also` names the other units in reach to which a person belongs who is counted here.
    """

    label: str
    unit_id: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Records:
    """The list behind a unit's own count. `total` is how many the count says; `shown` one page of them.

    `elsewhere` are people of the unit whom the home rule counts at another one.
    """

    measure: Measure
    total: int
    shown: tuple[Record, ...]
    elsewhere: tuple[CountedElsewhere, ...] = ()


def records(
    viewer: Viewer, measure_id: int, unit_id: int, period: Period, *, member_id: int = 0, page: int = 1
) -> Records:
    """The records of a unit's own count, those and no others; needs `Capability.RECORDS` over the unit."""
    unit_in_reach(viewer, unit_id, Capability.RECORDS)
    measure = every_measure().get(measure_id)
    if measure is None or not measure.recorded:
        raise Absent("indicators.no_measure", measure=measure_id)
    declared = BY_CODE[measure.code]
    rows = declared.rows(period.first, period.last).visible_to(viewer.reach(Capability.RECORDS))
    rows = rows.filter(**{declared.unit: unit_id})
    if member_id:
        code = Member.objects.filter(pk=member_id, breakdown=measure.breakdown_id or 0).values_list("code", flat=True)
        conditions = dict(declared.members)
        if not code or code[0] not in conditions:
            raise Absent("indicators.no_breakdown", member=member_id)
        rows = rows.filter(conditions[code[0]](period.last))
    total = rows.count()
    start = (page - 1) * RECORDS_SHOWN
    if declared.shows == "person":
        ids = list(rows.order_by("pk").values_list("person_id", flat=True)[start : start + RECORDS_SHOWN])
        known = names(viewer, ids, Capability.RECORDS)
        places = other_places(viewer, declared, period, unit_id, ids)
        shown = tuple(Record(known.get(i, "–"), also=tuple(u.short_name for u in places.get(i, ()))) for i in ids)
    elif declared.shows == "task":
        tasks = list(rows.order_by("pk").values_list("task_id", flat=True)[start : start + RECORDS_SHOWN])
        titles = titles_of(tasks)
        shown = tuple(Record(titles.get(task, "–")) for task in tasks)
    elif declared.shows in WORDED:
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[start : start + RECORDS_SHOWN])
        worded = WORDED[declared.shows](ids)
        shown = tuple(Record(worded.get(i, "–")) for i in ids)
    else:
        units = list(rows.order_by("pk").values_list("unit_id", flat=True)[start : start + RECORDS_SHOWN])
        found = cards(viewer, units, period.last)
        shown = tuple(Record(found[i].name if i in found else "–", i) for i in units)
    elsewhere = () if member_id or page > 1 else counted_elsewhere(viewer, declared, period, unit_id)
    return Records(measure, total, shown, elsewhere)


def address(
    indicator_id: int,
    unit_id: int,
    period: Period,
    base: str = "",
    report: str = "",
    *,
    member: str = "",
    role: str = "",
) -> str:
    """The lasting address of a number; printed in Word with the installation's public address before it.

    `report` is the code of a made report: the page then shows what was printed beside what holds now. `member` is the
    code of a part of the breakdown, which the page then marks; `role` "target" a norm instead of a result.
    """
    path = f"{base}/so/{indicator_id}/{unit_id}/{period.code}/"
    asked = {key: said for key, said in (("phan", member), ("vai", role), ("ma", report)) if said}
    return f"{path}?{urlencode(asked)}" if asked else path
