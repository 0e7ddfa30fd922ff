"""Numbers of a named group: sums over its topmost members' subtrees, as many as the viewer may read.

A member that stands below another one is counted there and nowhere else, so nobody and nothing counts twice; a
distinct subject belongs to one home unit and sums with it. The members are those of the period's last day, on its
tree; an earlier period is told for the same members, placed on that tree, so that the comparison is of like with like.
Statements about subtrees never add up here either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from chithi.core.periods import STANDARD, Period, year_before
from chithi.db.viewer import Viewer
from chithi.indicators.choice import NOTHING, Count, Side, choose
from chithi.indicators.meanings import Definitions, Meaning
from chithi.indicators.models import Measure, PeriodRow
from chithi.indicators.own import Book, Key
from chithi.indicators.period_rows import period_row
from chithi.indicators.placed import Asked, placed, summed
from chithi.indicators.queries import (
    TREND,
    Contribution,
    Line,
    comparable,
    in_order,
    is_waiting,
    line_of,
    periods_shown,
    unit_in_reach,
)
from chithi.indicators.sides import Sides, book_of, ensure_totals
from chithi.indicators.trace import meaning_of
from chithi.org.groups_queries import GroupCard, composition, one_group
from chithi.org.places import Tree, tree_on, trees_on
from chithi.org.queries import UnitCard, cards

MOST_WITH_TREND = 40
"""Of more members a trend would read some thousand totals."""

Counts = dict[Key, Count]


@dataclass(frozen=True)
class Members:
    """Who makes up a group's numbers: the topmost members in tree order, those counted inside one of them, and how
    many of all members the viewer may read. `within` is the unit whose subtree alone is asked about."""

    tops: tuple[int, ...]
    nested: tuple[int, ...]
    seen: int
    whole: int
    within: int | None = None


@dataclass(frozen=True)
class GroupLines:
    """All lines of a group's period, and what each topmost member gave, by unit id in tree order."""

    group_id: int
    period: Period
    lines: tuple[Line, ...]
    members: Members
    parts: Mapping[int, Counts]
    leaves: frozenset[int]
    recomputing: bool


def members_on(viewer: Viewer, group_id: int, day: date, within: int | None = None) -> Members:
    """Who counts on a day. A group the viewer may not see, or a unit out of reach, is `Absent`."""
    one_group(viewer, group_id, day)
    found = composition(viewer, [group_id], day)[group_id]
    tree, ids = tree_on(day), found.unit_ids
    if within is not None:
        unit_in_reach(viewer, within)
        ids = tuple(unit_id for unit_id in ids if tree.holds(within, unit_id))
    tops = topmost(tree, ids)
    nested = tuple(unit_id for unit_id in ids if unit_id not in set(tops) and tree.find(unit_id) is not None)
    return Members(tops, nested, len(found.unit_ids), found.whole, within)


def topmost(tree: Tree, unit_ids: Iterable[int]) -> tuple[int, ...]:
    """Those of the units that stand below no other of them, in the order of the tree; unknown ones are left out."""
    placed_at = sorted((at, unit_id) for unit_id in set(unit_ids) if (at := tree.find(unit_id)) is not None)
    found: list[int] = []
    end = -1
    for at, unit_id in placed_at:
        if at >= end:
            found.append(unit_id)
            end = int(tree.shape.hi[at])
    return tuple(found)


def group_lines(
    viewer: Viewer,
    group_id: int,
    period: Period,
    *,
    codes: Iterable[str] | None = None,
    trend: int = TREND,
    within: int | None = None,
    versions: Mapping[int, int] | None = None,
) -> GroupLines:
    """All lines of a group and period, with the same period of last year, as `chithi.indicators.queries.lines`.

    A fixed number of queries, and about 15 a period where members have nothing below them. A trend is drawn for up to
    `MOST_WITH_TREND` members that all have others below them.
    """
    members = members_on(viewer, group_id, period.last, within)
    definitions = Definitions(codes, versions)
    wanted = definitions.on(period, ever=versions is not None)
    tree = tree_on(period.last)
    leaves = frozenset(u for u in members.tops if not tree.shape.child_count[tree.position(u)])
    drawn = trend if not leaves and len(members.tops) <= MOST_WITH_TREND else 0
    periods = periods_shown(period, drawn)
    before = year_before(period)
    rows = _rows(period, before, periods)
    of_then = {p.code: {m.indicator.pk: m for m in definitions.on(p, ever=True)} for p in periods}
    book = book_of([*wanted, *(m for found in of_then.values() for m in found.values())])
    parts = _parts(book, members.tops, rows, tree)
    sides = {code: _sides(book, parts[code].values()) for code in rows}
    compared, shown = before.code if before else "", in_order(periods)
    told = (
        line_of(meaning, comparable(meaning, of_then, sides, period.code), period.code, compared, shown, is_leaf=False)
        for meaning in wanted
    )
    return GroupLines(
        group_id=group_id,
        period=period,
        lines=tuple(line if drawn else replace(line, trend=(), history=()) for line in told),
        members=members,
        parts=parts[period.code],
        leaves=leaves,
        recomputing=is_waiting(members.tops, period, (tree, tree_on(viewer.today))),
    )


def contributions_of(found: GroupLines, meaning: Meaning) -> list[Contribution]:
    """What each topmost member gave to an indicator, in tree order."""
    tree = tree_on(found.period.last)
    listed = []
    for unit_id, counts in found.parts.items():
        numerator = _side(meaning.numerator, counts.get((meaning.numerator.id, 0), Count()))
        denominator = None
        if meaning.denominator is not None:
            denominator = _side(meaning.denominator, counts.get((meaning.denominator.id, 0), Count()))
        leaf = unit_id in found.leaves
        listed.append(
            Contribution(
                unit_id=unit_id,
                present=bool(tree.shape.present[tree.position(unit_id)]),
                chosen=choose(numerator, denominator, meaning.definition.decimals, leaf),
                numerator=numerator.computed,
                has_children=not leaf,
            )
        )
    return listed


def group_address(
    indicator_id: int, group_id: int, period: Period, base: str = "", report: str = "", *, within: int | None = None
) -> str:
    """The lasting address of a group's number; `report` is the code of a made report that printed it."""
    path = f"{base}/nhom/{group_id}/so/{indicator_id}/{period.code}/"
    asked = {key: said for key, said in (("trong", str(within or "")), ("ma", report)) if said}
    return f"{path}?{urlencode(asked)}" if asked else path


def _rows(period: Period, before: Period | None, periods: Collection[Period]) -> dict[str, PeriodRow]:
    """The stored rows of the periods by code; the one asked for and last year's are computed on first sight."""
    asked = [period_row(period)]
    if before is not None and before.kind in STANDARD:
        asked.append(period_row(before))
    ensure_totals(asked)
    return {row.code: row for row in PeriodRow.objects.filter(code__in=[p.code for p in periods])}


def _parts(
    book: Book, tops: Collection[int], rows: Mapping[str, PeriodRow], tree: Tree
) -> dict[str, dict[int, Counts]]:
    """What each of the units counts in each period, on one tree, by period code and unit id."""
    if not tops:
        return {code: {} for code in rows}
    trees = trees_on({row.last for row in rows.values()})
    asked = [(code, Asked(row, trees[row.last], unit)) for code, row in rows.items() for unit in tops]
    counts = placed(book, [one for _code, one in asked], tree)
    found: dict[str, dict[int, Counts]] = {code: {} for code in rows}
    for (code, one), counted in zip(asked, counts, strict=True):
        found[code][one.unit_id] = counted
    return found


def _sides(book: Book, parts: Iterable[Counts]) -> Sides:
    """All columns of the parts together. What cannot sum (`roll_up` none) has no count."""
    listed = list(parts)
    return {
        key: _side(measure, summed([counts.get(key, NOTHING) for counts in listed]))
        for measure in book.measures.values()
        for key in book.columns(measure)
    }


def _side(measure: Measure, count: Count) -> Side:
    return Side(scale=measure.scale, computed=count, source="recorded" if measure.recorded else "entered")


@dataclass(frozen=True)
class GroupTrace:
    """Everything under one number of a group: what each topmost member gave, and who is counted inside one of them."""

    line: Line
    group: GroupCard
    period: Period
    members: Members
    parts: tuple[tuple[Contribution, UnitCard], ...]
    nested: tuple[UnitCard, ...]
    within: UnitCard | None
    recomputing: bool


def group_trace(
    viewer: Viewer,
    indicator_id: int,
    group_id: int,
    period: Period,
    *,
    within: int | None = None,
    version: int | None = None,
) -> GroupTrace:
    """Open a group's number. Every unit it names lies in reach, because no other one counts for this viewer."""
    meaning = meaning_of(indicator_id, period, version)
    asked = {} if version is None else {indicator_id: version}
    found = group_lines(viewer, group_id, period, codes=[meaning.code], trend=0, within=within, versions=asked)
    members = found.members
    known = cards(viewer, [*members.tops, *members.nested, *([within] if within else [])], period.last)
    return GroupTrace(
        line=found.lines[0],
        group=one_group(viewer, group_id, period.last),
        period=period,
        members=members,
        parts=tuple((part, known[part.unit_id]) for part in contributions_of(found, meaning)),
        nested=tuple(known[unit_id] for unit_id in members.nested),
        within=known[within] if within else None,
        recomputing=found.recomputing,
    )
