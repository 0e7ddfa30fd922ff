"""Reading indicators of a unit: the lines of its page, of its report, of the API; and the units below it.

Everything goes through the viewer's reach. A page costs a fixed number of queries whatever the number of
indicators; a unit without others below it costs a few more, because its own records are counted on the spot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from chithi.core.errors import Absent
from chithi.core.periods import STANDARD, Period, parse, series, year_before
from chithi.db.among import among
from chithi.db.kept import Kept
from chithi.db.remembered import remembered
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.models import Mark
from chithi.indicators.choice import Chosen, Count, Said, Side, choose, stated
from chithi.indicators.meanings import Definitions, Meaning
from chithi.indicators.models import (
    Measure,
    PeriodRow,
    Totals,
)
from chithi.indicators.period_rows import know, period_row, rows_of
from chithi.indicators.placed import Asked, differs, placed, placed_sides
from chithi.indicators.sides import Sides, book_of, count_in, leaf_counts, sides_of
from chithi.org.places import Tree, tree_on, trees_on
from chithi.org.queries import in_reach
from chithi.rollup.packing import unpack

TREND = 8
MANY_MARKS = 2000  # with so many waiting everything is being recomputed


@dataclass(frozen=True)
class Earlier:
    """What the unit stated about a shorter period inside the one asked for, newest first, with its breakdown."""

    chosen: Chosen
    members: tuple[tuple[int, str, Chosen], ...] = ()


@dataclass(frozen=True)
class Line:
    """One indicator of one unit and period as it stands.

    `before` is the same of last year, None also where another formula held then: such numbers are not compared.
    `history` holds what stood in each period of the trend, oldest first; None where it is not comparable or not known.
    """

    meaning: Meaning
    numerator: Side
    denominator: Side | None
    chosen: Chosen
    before: Chosen | None = None
    trend: tuple[tuple[str, Decimal | None], ...] = ()
    history: tuple[tuple[str, Chosen | None], ...] = ()
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


def unit_in_reach(viewer: Viewer, unit_id: int, capability: Capability = Capability.READ) -> None:
    """Raise `Absent` where the unit does not exist or lies outside the reach. At most one query."""
    if not in_reach(viewer, unit_id, capability):
        raise Absent("org.no_unit", unit=unit_id)


def lines(
    viewer: Viewer,
    unit_id: int,
    period: Period,
    *,
    codes: Iterable[str] | None = None,
    trend: int = TREND,
    versions: Mapping[int, int] | None = None,
) -> UnitLines:
    """All lines of a unit and period, with the same period of last year and a trend.

    Each by the definition that holds for the period, or by the version asked for by the indicator's id. Indicators that
    are not in use in the period are left out, unless asked for by such a version.
    """
    unit_in_reach(viewer, unit_id)
    definitions = Definitions(codes, versions)
    wanted = definitions.on(period, ever=versions is not None)
    periods = periods_shown(period, trend)
    before = year_before(period)
    know(periods, within=[period, before] if before else [period])
    row = period_row(period)
    if before is not None and before.kind in STANDARD:
        period_row(before)
    rows = rows_of(periods)
    tree, earlier = _on_one_tree(viewer, unit_id, row, rows)
    is_leaf = _is_leaf(tree, unit_id)
    as_it_was = {code: r for code, r in rows.items() if code not in {one.row.code for one in earlier}}
    compared = before.code if before else ""
    counted = {row.code, compared} & set(as_it_was)
    of_then = {p.code: {m.indicator.pk: m for m in definitions.on(p, ever=True)} for p in periods}
    every = [*wanted, *(meaning for found in of_then.values() for meaning in found.values())]
    # Marks before totals: where one is carried up between the two looks, the total may be the old one, and it is said.
    recomputing = is_waiting([unit_id], period, (tree, tree_on(viewer.today)))
    sides = sides_of(every, unit_id, as_it_was, row, counted if is_leaf else None, () if is_leaf else counted)
    if earlier:
        sides |= placed_sides(book_of(every), earlier, tree)
    shown = in_order(periods)
    return UnitLines(
        unit_id=unit_id,
        period=period,
        lines=tuple(
            line_of(meaning, comparable(meaning, of_then, sides, row.code), row.code, compared, shown, is_leaf)
            for meaning in wanted
        ),
        recomputing=recomputing,
        is_leaf=is_leaf,
        tree=tree,
    )


def _on_one_tree(viewer: Viewer, unit_id: int, row: PeriodRow, rows: dict[str, PeriodRow]) -> tuple[Tree, list[Asked]]:
    """The tree a page stands on, that of its period's end, and the periods whose figures must be placed on it.

    A unit that did not exist yet stands on today's tree, and its own period is placed there too: what its
    predecessors did. One query where the trees are cached.
    """
    trees = trees_on({r.last for r in rows.values()} | {row.last})
    tree = trees[row.last]
    if tree.find(unit_id) is None:
        tree = tree_on(viewer.today)
    asked = [Asked(r, trees[r.last], unit_id) for r in rows.values()]
    return tree, [one for one in asked if differs(unit_id, one.then, tree)]


def _is_leaf(tree: Tree, unit_id: int) -> bool:
    at = tree.find(unit_id)
    return at is None or int(tree.shape.child_count[at]) == 0


def periods_shown(period: Period, trend: int) -> list[Period]:
    """The period, the same of last year, and those of the trend, each once."""
    wanted = [period]
    before = year_before(period)
    wanted += [before] if before else []
    wanted += sequence(period, trend) if trend else []
    return list({p.code: p for p in wanted}.values())


def sequence(period: Period, most: int) -> list[Period]:
    """Up to `most` periods that make a trend ending with this one, oldest first.

    Standard windows follow one another without a gap; of states and of ranges since one day those that somebody has
    used (one query).
    """
    if period.kind in STANDARD:
        return list(series(period, most))
    begins = period.code[: period.code.index("..") + 2] if ".." in period.code else "="
    used = PeriodRow.objects.filter(code__startswith=begins, last__lt=period.last).order_by("-last", "-code")
    return [*(parse(code) for code in reversed(used.values_list("code", flat=True)[: most - 1])), period]


def is_waiting(unit_ids: Collection[int], period: Period, trees: Iterable[Tree]) -> bool:
    """Whether a mark of the period's days lies below a unit in any of these trees (the period's own, today's)."""
    found = remembered(("marks", period.first, period.last), lambda: _marks(period))
    waiting = {unit for unit, _whole in found}
    if any(whole for _unit, whole in found):
        return True
    if not waiting or len(waiting) == MANY_MARKS:
        return bool(waiting)
    return any(tree.holds(unit, marked) for tree in trees for unit in unit_ids for marked in waiting)


def _marks(period: Period) -> list[tuple[int, bool]]:
    """Units marked on days of a period, and whether all of a measure is to be added up anew."""
    return [(unit, whole) for unit, whole in _MARKS.rows(period.first, period.last)]


def _marks_within(first: date, last: date) -> models.QuerySet[Mark, tuple[int, bool]]:
    marks = Mark.objects.everywhere(because="only whether one lies below a unit in reach")
    return marks.filter(first__lte=last, last__gte=first).values_list("unit_id", "whole").distinct()[:MANY_MARKS]


_MARKS = Kept(_marks_within)


def in_order(periods: Iterable[Period]) -> list[str]:
    """The codes of periods, by their last days."""
    return [period.code for period in sorted(periods, key=lambda period: period.last)]


def comparable(
    meaning: Meaning, of_then: dict[str, dict[int, Meaning]], sides: dict[str, Sides], asked: str
) -> dict[str, Sides]:
    """The period asked for, by its code, and those in which the indicator was made by the same formula."""
    return {
        code: found
        for code, found in sides.items()
        if code == asked or of_then[code][meaning.indicator.pk].formula == meaning.formula
    }


def line_of(meaning: Meaning, sides: dict[str, Sides], code: str, then: str, shown: list[str], is_leaf: bool) -> Line:
    """The line of an indicator from its sides by period code; `then` is the period it is compared with ("" for none),
    `shown` those of its trend, oldest first."""

    def chosen_at(at: str, member: int = 0) -> Chosen | None:
        if at not in sides:
            return None
        numerator = sides[at].get((meaning.numerator.id, member))
        if numerator is None:
            return None
        denominator = sides[at].get((meaning.denominator.id, member)) if meaning.denominator else None
        return choose(numerator, denominator, meaning.definition.decimals, is_leaf)

    def of_trend(found: Chosen | None) -> Decimal | None:
        if found is None:
            return None
        return found.percent if meaning.definition.kind == "share" and found.percent is not None else found.value

    here = sides[code]
    now = chosen_at(code) or Chosen()
    parted = here if meaning.numerator.breakdown_id else ()
    members = tuple(
        (member, meaning.numerator.code, found)
        for measure, member in parted
        if measure == meaning.numerator.id
        and member
        and (found := chosen_at(code, member))
        and not found.missing
        and found.period_code == now.period_code
        and (bool(found.figure_id), found.covers) == (bool(now.figure_id), now.covers)
    )
    history = tuple((at, chosen_at(at)) for at in shown)
    return Line(
        meaning=meaning,
        numerator=here[meaning.numerator.id, 0],
        denominator=here.get((meaning.denominator.id, 0)) if meaning.denominator else None,
        chosen=now,
        before=chosen_at(then) if then else None,
        trend=tuple((code, of_trend(found)) for code, found in history),
        history=history,
        members=members,
        earlier=_earlier(meaning, here, now.period_code),
        changes=tuple(said for said in here[meaning.numerator.id, 0].statements if said.role == "change"),
    )


def _earlier(meaning: Meaning, here: Sides, told: str) -> tuple[Earlier, ...]:
    """Statements about shorter periods, newest first, without the one already told as the line's own."""
    numerator = here[meaning.numerator.id, 0]
    if not numerator.shorter:
        return ()
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

    Below a unit that did not exist yet stand those of today, with what they and their predecessors did then.

    All of them belong to the unit asked about, which must be in reach. Those no longer inside the viewer's
    reach today keep their numbers (they are part of a total the viewer may see) but the door must not name them.
    """
    return contributions_of_each(viewer, unit_id, period, [meaning])[0]


def contributions_of_each(
    viewer: Viewer, unit_id: int, period: Period, meanings: Sequence[Meaning]
) -> list[list[Contribution]]:
    """`contributions` of several indicators, in their order, read together."""
    unit_in_reach(viewer, unit_id)
    row = period_row(period)
    tree = tree_on(period.last)
    at = tree.find(unit_id)
    if at is None:
        now = tree_on(viewer.today)
        return [_placed_contributions(now, tree, row, unit_id, meaning) for meaning in meanings]
    children = tree.shape.children(at).tolist()
    units = [int(tree.shape.unit_ids[c]) for c in children]
    stored = {unit: unpack(bytes(packed)) for unit, packed in _PACKED.rows(row.pk, units)}
    leaves = [unit for unit in units if unit not in stored]
    own = leaf_counts(book_of(list(meanings)), row, tree, leaves) if leaves else {}

    def side(measure: Measure, unit: int) -> Side:
        if unit in stored:
            count = count_in(stored[unit], (measure.id, 0))
        else:
            count = own[unit].get((measure.id, 0), Count())
        return Side(scale=measure.scale, computed=count, source="recorded" if measure.recorded else "entered")

    def contribution(meaning: Meaning, position: int, unit: int) -> Contribution:
        numerator = side(meaning.numerator, unit)
        denominator = side(meaning.denominator, unit) if meaning.denominator else None
        return Contribution(
            unit_id=unit,
            present=bool(tree.shape.present[position]),
            chosen=choose(numerator, denominator, meaning.definition.decimals, unit not in stored),
            numerator=numerator.computed,
            has_children=unit in stored,
        )

    below = list(zip(children, units, strict=True))
    return [[contribution(meaning, *place) for place in below] for meaning in meanings]


def _packed_of(period_id: int, unit_ids: Collection[int]) -> models.QuerySet[Totals, Any]:
    totals = Totals.objects.everywhere(because="the unit above was found in reach")
    return totals.filter(period_id=period_id, unit_id__in=among(unit_ids)).values_list("unit_id", "packed")


_PACKED = Kept(_packed_of)


def _placed_contributions(now: Tree, then: Tree, row: PeriodRow, unit_id: int, meaning: Meaning) -> list[Contribution]:
    """The units below on a later tree, with their counts of an earlier period."""
    at = now.find(unit_id)
    children = [] if at is None else now.shape.children(at).tolist()
    units = [int(now.shape.unit_ids[c]) for c in children]
    if not units:
        return []
    counts = placed(book_of([meaning]), [Asked(row, then, unit) for unit in units], now)
    found = []
    for position, unit, of_unit in zip(children, units, counts, strict=True):
        sides = [
            Side(
                scale=measure.scale,
                computed=of_unit.get((measure.id, 0), Count()),
                source="recorded" if measure.recorded else "entered",
            )
            for measure in (meaning.numerator, meaning.denominator)
            if measure is not None
        ]
        has_children = bool(now.shape.child_count[position])
        numerator, denominator = sides[0], sides[1] if len(sides) > 1 else None
        found.append(
            Contribution(
                unit_id=unit,
                present=bool(now.shape.present[position]),
                chosen=choose(numerator, denominator, meaning.definition.decimals, not has_children),
                numerator=numerator.computed,
                has_children=has_children,
            )
        )
    return found
