"""Reading indicators of a unit: the lines of its page, of its report, of the API; and the units below it.

Everything goes through the viewer's reach. A page costs a fixed number of queries whatever the number of
indicators; a unit without others below it costs a few more, because its own records are counted on the spot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from chithi.core.errors import Absent, Refused
from chithi.core.numbers import from_fixed
from chithi.core.periods import Kind, Period, parse, series, year_before
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.models import Mark
from chithi.indicators.choice import Chosen, Count, Said, Side, choose, stated
from chithi.indicators.drain import rebuild
from chithi.indicators.kinds import Covers, FigureRole, FigureState, Source
from chithi.indicators.models import (
    Adoption,
    Confirmation,
    Figure,
    Indicator,
    IndicatorDefinition,
    Measure,
    Member,
    PeriodRow,
    Totals,
)
from chithi.indicators.own import Book, open_book, own_columns, period_row
from chithi.org.models import Unit
from chithi.org.places import Tree, reach_tree, tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

TREND = 8


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


@dataclass(frozen=True)
class Earlier:
    """What the unit stated about a shorter period inside the one asked for, newest first, with its breakdown."""

    chosen: Chosen
    members: tuple[tuple[int, str, Chosen], ...] = ()


@dataclass(frozen=True)
class Line:
    """One indicator of one unit and period as it stands."""

    meaning: Meaning
    numerator: Side
    denominator: Side | None
    chosen: Chosen
    before: Chosen | None = None
    trend: tuple[tuple[str, Decimal | None], ...] = ()
    members: tuple[tuple[int, str, Chosen], ...] = ()
    changes: tuple[Said, ...] = ()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class UnitLines:
    """All lines of a unit's period; `recomputing` where something saved below is not yet in them."""

    unit_id: int
    period: Period
    lines: tuple[Line, ...]
    recomputing: bool
    is_leaf: bool
    tree: Tree = field(repr=False)

    def line(self, code: str) -> Line:
        for line in self.lines:
            if line.meaning.code == code:
                return line
        raise Absent("indicators.no_indicator", indicator=code)


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


def unit_in_reach(viewer: Viewer, unit_id: int, capability: Capability = Capability.READ) -> Unit:
    """The unit, or `Absent` where it does not exist or lies outside the reach."""
    unit = Unit.objects.visible_to(viewer.reach(capability)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    return unit


def lines(
    viewer: Viewer, unit_id: int, period: Period, *, codes: Iterable[str] | None = None, trend: int = TREND
) -> UnitLines:
    """All lines of a unit and period, with the same period of last year and a trend."""
    unit_in_reach(viewer, unit_id)
    wanted = meanings(codes)
    row = period_row(period)
    tree = tree_on(period.last)
    is_leaf = _is_leaf(tree, unit_id)
    periods = _periods(period, trend)
    _ensure_totals(row, unit_id, is_leaf)
    rows = {r.code: r for r in PeriodRow.objects.filter(code__in=[p.code for p in periods])}
    sides = {code: _sides(wanted, unit_id, rows[code], is_leaf and code == period.code) for code in rows}
    before = year_before(period)
    return UnitLines(
        unit_id=unit_id,
        period=period,
        lines=tuple(
            _line(meaning, sides, period.code, before.code if before else "", periods, is_leaf) for meaning in wanted
        ),
        recomputing=_is_waiting(viewer, unit_id, period),
        is_leaf=is_leaf,
        tree=tree,
    )


def _is_leaf(tree: Tree, unit_id: int) -> bool:
    at = tree.find(unit_id)
    return at is None or int(tree.shape.child_count[at]) == 0


def _periods(period: Period, trend: int) -> list[Period]:
    """The period, the same of last year, and those of the trend, each once."""
    wanted = [period]
    before = year_before(period)
    wanted += [before] if before else []
    if trend and period.kind.value in ("month", "quarter", "half", "year"):
        wanted += series(period, trend)
    return list({p.code: p for p in wanted}.values())


def _ensure_totals(row: PeriodRow, unit_id: int, is_leaf: bool) -> None:
    """A period nobody has looked at yet is computed on first sight."""
    if is_leaf:
        return
    known = Totals.objects.everywhere(because="whether a period was ever computed").filter(period_id=row.pk)
    if not known.exists():
        rebuild(row)


def _is_waiting(viewer: Viewer, unit_id: int, period: Period) -> bool:
    below = reach_tree(viewer.today).reach_of([unit_id])
    return Mark.objects.visible_to(below).filter(first__lte=period.last, last__gte=period.first).exists()


Sides = dict[tuple[int, int], Side]


def _sides(wanted: list[Meaning], unit_id: int, row: PeriodRow, count_records: bool) -> Sides:
    """Every column of the measures in use for one unit and period."""
    book = _book(wanted)
    counts = _counts(book, unit_id, row, count_records)
    said = _said(unit_id, row)
    shorter = _shorter(unit_id, row)
    found: Sides = {}
    for measure in book.measures.values():
        for key in book.columns(measure):
            figures = said.get(key, [])
            found[key] = Side(
                scale=measure.scale,
                computed=counts.get(key, Count()),
                source=_source(measure, figures),
                statements=tuple(f for f in figures if f.covers == "subtree"),
                parts=tuple(f for f in figures if f.covers == "part"),
                shorter=tuple(shorter.get(key, ())),
            )
    return found


def _source(measure: Measure, figures: list[Said]) -> str:
    own = [f.source for f in figures if f.covers == "own"]
    return "recorded" if measure.recorded else (own[0] if own else "entered")


def _book(wanted: list[Meaning]) -> Book:
    ids = {m.numerator.id for m in wanted} | {m.denominator.id for m in wanted if m.denominator}
    return open_book(ids, summed_only=False)


def _counts(book: Book, unit_id: int, row: PeriodRow, count_records: bool) -> dict[tuple[int, int], Count]:
    """Stored totals; for a unit with nothing below it, its own figures counted now."""
    stored = (
        Totals.objects.everywhere(because="the unit was found in reach before")
        .filter(unit_id=unit_id, period_id=row.pk)
        .first()
    )
    if stored is not None:
        packed = unpack(bytes(stored.packed))
        return {
            key: Count(**packed.cell(key_of(*key))._asdict())
            for measure in book.measures.values()
            for key in book.columns(measure)
        }
    if not count_records:
        book = Book({i: m for i, m in book.measures.items() if not m.recorded}, book.members)
    return leaf_counts(book, row, tree_on(row.last), [unit_id])[unit_id]


def leaf_counts(book: Book, row: PeriodRow, tree: Tree, unit_ids: list[int]) -> dict[int, dict[tuple[int, int], Count]]:
    """Own figures of units as counts; a fixed number of queries for all of them together."""
    columns = own_columns(book, row, tree, unit_ids)
    found: dict[int, dict[tuple[int, int], Count]] = {unit: {} for unit in unit_ids}
    at = {position: unit for unit in unit_ids if (position := tree.find(unit)) is not None}
    for measure in book.measures.values():
        for key in book.columns(measure):
            column = columns[key_of(*key)]
            values = dict(zip(column.positions.tolist(), column.values.tolist(), strict=True))
            bounds = dict(zip(column.positions.tolist(), column.lower_bound.tolist(), strict=True))
            spoke, expected = set(column.spoke.tolist()), set(column.expected.tolist())
            for position, unit in at.items():
                found[unit][key] = Count(
                    value=values.get(position, 0),
                    given=int(position in values),
                    spoke=int(position in spoke and position in expected),
                    expected=int(position in expected),
                    bounds=int(bounds.get(position, False)),
                )
    return found


def _said(unit_id: int, row: PeriodRow) -> dict[tuple[int, int], list[Said]]:
    """Live figures the unit itself stated for the period, by column."""
    figures = Figure.objects.everywhere(because="the unit was found in reach before").filter(
        unit_id=unit_id, period_id=row.pk, state=FigureState.LIVE
    )
    adopted = set(
        Adoption.objects.everywhere(because="the unit was found in reach before")
        .filter(unit_id=unit_id)
        .values_list("figure_id", flat=True)
    )
    found: dict[tuple[int, int], list[Said]] = defaultdict(list)
    for figure in figures.order_by("pk"):
        found[figure.measure_id, figure.member_id or 0].append(said_of(figure, adopted))
    return found


def _shorter(unit_id: int, row: PeriodRow) -> dict[tuple[int, int], list[tuple[str, Said]]]:
    """The unit's firm subtree statements about shorter periods within a longer one, by column, oldest first."""
    inside = dict(
        PeriodRow.objects.filter(first__gte=row.first, last__lte=row.last).exclude(pk=row.pk).values_list("id", "code")
    )
    figures = Figure.objects.everywhere(because="the unit was found in reach before").filter(
        unit_id=unit_id,
        period_id__in=list(inside),
        state=FigureState.LIVE,
        covers=Covers.SUBTREE,
        role=FigureRole.LEVEL,
    )
    found: dict[tuple[int, int], list[tuple[str, Said]]] = defaultdict(list)
    for figure in figures:
        found[figure.measure_id, figure.member_id or 0].append((inside[figure.period_id], said_of(figure, set())))
    return {key: sorted(said, key=lambda s: (parse(s[0]).last, s[1].figure_id)) for key, said in found.items()}


def said_of(figure: Figure, adopted: set[int]) -> Said:
    """A stored figure as plain facts."""
    share = None
    if figure.stated_share is not None:
        share = from_fixed(figure.stated_share, figure.share_decimals)
    return Said(
        figure_id=figure.pk,
        source=figure.source,
        covers=figure.covers,
        value=figure.value,
        value_max=figure.value_max,
        bound=figure.bound,
        stated_total=figure.stated_total,
        share=share,
        about=figure.about,
        span_id=figure.span_id,
        role=figure.role,
        against=figure.against,
        noun=figure.noun,
        adopted=figure.pk in adopted,
    )


def _line(
    meaning: Meaning, sides: dict[str, Sides], code: str, before: str, periods: list[Period], is_leaf: bool
) -> Line:
    def chosen_at(at: str, member: int = 0) -> Chosen | None:
        if at not in sides:
            return None
        numerator = sides[at].get((meaning.numerator.id, member))
        if numerator is None:
            return None
        denominator = sides[at].get((meaning.denominator.id, member)) if meaning.denominator else None
        return choose(numerator, denominator, meaning.definition.decimals, is_leaf)

    def of_trend(at: str) -> Decimal | None:
        found = chosen_at(at)
        if found is None:
            return None
        return found.percent if meaning.definition.kind == "share" and found.percent is not None else found.value

    here = sides[code]
    now = chosen_at(code) or Chosen()
    members = tuple(
        (member, meaning.numerator.code, found)
        for measure, member in here
        if measure == meaning.numerator.id
        and member
        and (found := chosen_at(code, member))
        and not found.missing
        and found.period_code == now.period_code
    )
    ordered = sorted(periods, key=lambda p: p.last)
    return Line(
        meaning=meaning,
        numerator=here[meaning.numerator.id, 0],
        denominator=here.get((meaning.denominator.id, 0)) if meaning.denominator else None,
        chosen=now,
        before=chosen_at(before),
        trend=tuple((p.code, of_trend(p.code)) for p in ordered),
        members=members,
        earlier=_earlier(meaning, here, now.period_code),
        changes=tuple(said for said in here[meaning.numerator.id, 0].statements if said.role == "change"),
    )


def _earlier(meaning: Meaning, here: Sides, told: str) -> tuple[Earlier, ...]:
    """Statements about shorter periods, newest first, without the one already told as the line's own."""
    numerator = here[meaning.numerator.id, 0]
    newest = dict(numerator.shorter)
    parts = {
        member: dict(side.shorter)
        for (measure, member), side in here.items()
        if measure == meaning.numerator.id and member
    }

    def at(code: str, said: Said) -> Chosen:
        return replace(stated(numerator.scale, said, Count()), period_code=code)

    return tuple(
        Earlier(
            chosen=at(code, said),
            members=tuple(
                (member, meaning.numerator.code, at(code, by_code[code]))
                for member, by_code in parts.items()
                if code in by_code
            ),
        )
        for code, said in reversed(newest.items())
        if code != told
    )


@dataclass(frozen=True)
class Contribution:
    """What one unit directly below gave. `present` False: a closed predecessor, its work inherited."""

    unit_id: int
    present: bool
    chosen: Chosen
    numerator: Count
    has_children: bool


def contributions(viewer: Viewer, unit_id: int, period: Period, meaning: Meaning) -> list[Contribution]:
    """The units directly below, on the tree as it stood at the period's end, in their order.

    All of them belong to the unit asked about, which must be in reach. Those no longer inside the viewer's
    reach today keep their numbers (they are part of a total the viewer may see) but the door must not name them.
    """
    unit_in_reach(viewer, unit_id)
    row = period_row(period)
    tree = tree_on(period.last)
    at = tree.find(unit_id)
    if at is None:
        return []
    children = tree.shape.children(at).tolist()
    book = _book([meaning])
    units = [int(tree.shape.unit_ids[c]) for c in children]
    stored = {
        unit: unpack(bytes(packed))
        for unit, packed in Totals.objects.everywhere(because="the unit above was found in reach")
        .filter(period_id=row.pk, unit_id__in=units)
        .values_list("unit_id", "packed")
    }
    leaves = [unit for unit in units if unit not in stored]
    own = leaf_counts(book, row, tree, leaves) if leaves else {}
    found = []
    for position, unit in zip(children, units, strict=True):

        def side(measure: Measure, unit: int = unit) -> Side:
            if unit in stored:
                count = Count(**stored[unit].cell(key_of(measure.id))._asdict())
            else:
                count = own[unit].get((measure.id, 0), Count())
            return Side(scale=measure.scale, computed=count, source="recorded" if measure.recorded else "entered")

        numerator = side(meaning.numerator)
        denominator = side(meaning.denominator) if meaning.denominator else None
        found.append(
            Contribution(
                unit_id=unit,
                present=bool(tree.shape.present[position]),
                chosen=choose(numerator, denominator, meaning.definition.decimals, unit not in stored),
                numerator=numerator.computed,
                has_children=unit in stored,
            )
        )
    return found


def breakdown_members() -> list[Member]:
    """All members of all breakdowns, in their order. One query."""
    return list(Member.objects.order_by("pk"))


def live_entered(viewer: Viewer, unit_id: int, period: Period) -> dict[int, Figure]:
    """The unit's own entered figures of a period by measure id, without breakdowns."""
    row = PeriodRow.objects.filter(code=period.code).first()
    if row is None:
        return {}
    found = Figure.objects.visible_to(viewer.reach(Capability.READ)).filter(
        unit_id=unit_id,
        period=row,
        source=Source.ENTERED,
        covers=Covers.OWN,
        member__isnull=True,
        role=FigureRole.LEVEL,
        state=FigureState.LIVE,
    )
    return {figure.measure_id: figure for figure in found}


def confirmed_at(viewer: Viewer, unit_id: int, period: Period) -> datetime | None:
    """When the unit confirmed its records of a period; None where it has not."""
    row = PeriodRow.objects.filter(code=period.code).first()
    if row is None:
        return None
    confirmations = Confirmation.objects.visible_to(viewer.reach(Capability.READ))
    found = confirmations.filter(unit_id=unit_id, period=row).first()
    return found.at if found else None


EARLIEST_YEAR = 2000


def looked_at(period: Period, today: date) -> Period:
    """The period, if it is a standard one of plausible years or somebody has used it; else `periods.not_in_use`.

    Anybody may look at standard periods, but looking must not make the database keep arbitrary ones.
    """
    if period.kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR):
        usable = period.first.year + 1 >= EARLIEST_YEAR and period.first <= today
    else:
        usable = is_in_use(period)
    if not usable:
        raise Refused("periods.not_in_use", period=period.code)
    return period


def is_in_use(period: Period) -> bool:
    """Whether anything was ever stated or computed for exactly this period."""
    return PeriodRow.objects.filter(code=period.code).exists()


def ranges_in_use(most: int = 20) -> list[Period]:
    """Ranges of days somebody has used, newest end first."""
    codes = PeriodRow.objects.filter(code__contains="..").order_by("-last").values_list("code", flat=True)
    return [parse(code) for code in codes[:most]]


def figures_of_spans(viewer: Viewer, span_ids: Iterable[int]) -> dict[int, tuple[Figure, Period]]:
    """The live figure made of each span, with its period, by span id. Two queries."""
    figures = list(
        Figure.objects.visible_to(viewer.reach(Capability.READ)).filter(
            span_id__in=list(span_ids), state=FigureState.LIVE
        )
    )
    codes = dict(PeriodRow.objects.filter(pk__in={f.period_id for f in figures}).values_list("pk", "code"))
    return {figure.span_id: (figure, parse(codes[figure.period_id])) for figure in figures if figure.span_id}
