"""Reading the sides of indicators for a unit: what was computed and what was stated, for several periods at once.

The caller has found the unit in the viewer's reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from chithi.core.numbers import from_fixed
from chithi.core.periods import parse
from chithi.db.among import among
from chithi.db.kept import Kept
from chithi.indicators.choice import NOTHING, Count, Said, Side
from chithi.indicators.drain import rebuild
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Adoption, Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import Book, Key, book_with, expected_units_in, own_chosen_in
from chithi.indicators.period_rows import codes_within
from chithi.indicators.rules import Statement
from chithi.org.places import Tree, trees_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack
from chithi.rollup.totals import Row

SILENT = Count(expected=1)
"""Of a unit that must speak and has not: one for all."""
_WHY = "the unit was found in reach before"

Sides = dict[Key, Side]


def sides_of(
    wanted: list[Meaning],
    unit_id: int,
    rows: dict[str, PeriodRow],
    asked: PeriodRow,
    counted: set[str] | None,
    needed: Collection[str] = (),
) -> dict[str, Sides]:
    """Every column of the measures in use, for one unit and several periods by code.

    Totals, figures and adoptions are read once for all periods. `counted` are the periods for which a unit with nothing
    below it has its own records counted now (five queries for all of them); for its other periods only stated figures
    are shown. None says that the unit has others below it: then only stored totals count, and those of the periods
    `needed` are computed where nobody has looked at one yet. Statements about shorter periods are read for the period
    `asked`.
    """
    book = book_of(wanted)
    packed = _packed(unit_id, rows)
    if any(rows[code].pk not in packed for code in needed) and ensure_totals([rows[code] for code in needed]):
        packed = _packed(unit_id, rows)
    said, shorter = _said(unit_id, rows, asked)
    now = [row for code, row in rows.items() if row.pk not in packed and code in (counted or ())]
    own = _leaf_counts_now(book, now, unit_id)
    found: dict[str, Sides] = {}
    for code, row in rows.items():
        if row.pk in own:
            counts = own[row.pk]
        else:
            counts = _counts(book, packed.get(row.pk), said[row.pk], is_leaf=counted is not None)
        inner = shorter if code == asked.code else {}
        found[code] = {
            key: _side(measure, counts.get(key, NOTHING), said[row.pk].get(key, []), inner.get(key, ()))
            for measure in book.measures.values()
            for key in book.columns(measure)
        }
    return found


def ensure_totals(rows: Collection[PeriodRow]) -> bool:
    """A period nobody has looked at yet is computed on first sight; whether one was. One query where none is."""
    known = Totals.objects.everywhere(because="whether a period was ever computed").filter(
        period_id__in=[row.pk for row in rows]
    )
    computed = set(known.values_list("period_id", flat=True).distinct())
    missing = [row for row in rows if row.pk not in computed]
    for row in missing:
        rebuild(row)
    return bool(missing)


def _side(measure: Measure, count: Count, figures: list[Said], shorter: Iterable[tuple[str, Said]]) -> Side:
    return Side(
        scale=measure.scale,
        computed=count,
        source=_source(measure, figures),
        statements=tuple(f for f in figures if f.covers == "subtree"),
        parts=tuple(f for f in figures if f.covers == "part"),
        shorter=tuple(shorter),
    )


def _source(measure: Measure, figures: list[Said]) -> str:
    own = [f.source for f in figures if f.covers == "own"]
    return "recorded" if measure.recorded else (own[0] if own else "entered")


def book_of(wanted: Iterable[Meaning]) -> Book:
    """The measures that indicators are made of. At most one query."""
    measures = [measure for m in wanted for measure in (m.numerator, m.denominator) if measure is not None]
    return book_with({measure.id: measure for measure in measures}.values())


def _packed(unit_id: int, rows: dict[str, PeriodRow]) -> dict[int, bytes]:
    """Stored totals of the unit by period id."""
    return {period: bytes(packed) for period, packed in _PACKED.rows(unit_id, [row.pk for row in rows.values()])}


def _packed_of(unit_id: int, period_ids: Collection[int]) -> models.QuerySet[Totals, Any]:
    stored = Totals.objects.everywhere(because=_WHY).filter(unit_id=unit_id, period_id__in=among(period_ids))
    return stored.values_list("period_id", "packed")


_PACKED = Kept(_packed_of)


def _counts(book: Book, packed: bytes | None, said: dict[Key, list[Said]], *, is_leaf: bool) -> dict[Key, Count]:
    """Stored totals; of a unit with nothing below it what it stated itself."""
    if packed is not None:
        stored = unpack(packed)
        return {key: count_in(stored, key) for measure in book.measures.values() for key in book.columns(measure)}
    if not is_leaf:
        return {}
    own = {key: [f for f in figures if f.covers == "own" and f.role == "level"] for key, figures in said.items()}
    return {key: Count(value=f[0].value, given=1, spoke=1) for key, f in own.items() if f and f[0].value is not None}


def _leaf_counts_now(book: Book, rows: list[PeriodRow], unit_id: int) -> dict[int, dict[Key, Count]]:
    """A unit's own records and figures in several periods, by period id, on the tree of each period's end."""
    if not rows:
        return {}
    trees = trees_on([row.last for row in rows])
    counted = leaf_counts_in(book, [(row, trees[row.last]) for row in rows], [unit_id])
    return {period_id: of_units[unit_id] for period_id, of_units in counted.items()}


def count_in(stored: Row, key: Key) -> Count:
    """One column of a stored row of totals as a count: its parts stand in the same order."""
    cell = stored.cell(key_of(*key))
    return Count(*cell) if any(cell) else NOTHING


def leaf_counts(book: Book, row: PeriodRow, tree: Tree, unit_ids: list[int]) -> dict[int, dict[Key, Count]]:
    """Own figures of units as counts; a fixed number of queries for all of them together."""
    return leaf_counts_in(book, [(row, tree)], unit_ids)[row.pk]


def leaf_counts_in(
    book: Book, asked: Sequence[tuple[PeriodRow, Tree]], unit_ids: list[int]
) -> dict[int, dict[int, dict[Key, Count]]]:
    """`leaf_counts` of several periods, each on its tree, by period id. As many queries as for one."""
    rows = [row for row, _tree in asked]
    chosen, expected = own_chosen_in(book, rows, unit_ids), expected_units_in(book, rows, unit_ids)
    return {row.pk: _as_counts(book, chosen[row.pk], expected[row.pk], tree, unit_ids) for row, tree in asked}


def _as_counts(
    book: Book,
    chosen: dict[Key, dict[int, Statement]],
    expected: dict[str, set[int]],
    tree: Tree,
    unit_ids: list[int],
) -> dict[int, dict[Key, Count]]:
    here = set(tree.find_all(unit_ids))
    must_speak = {kind: here & units for kind, units in expected.items()}
    found: dict[int, dict[Key, Count]] = {unit: {} for unit in unit_ids}
    for measure in book.measures.values():
        asked = must_speak[measure.expected]
        for key in book.columns(measure):
            said = chosen.get(key, {})
            for unit in unit_ids:
                found[unit][key] = _own_count(said.get(unit), int(unit in asked))
    return found


def _own_count(statement: Statement | None, must: int) -> Count:
    """One unit's own statement as a count; `must` is 1 where the unit is expected to speak."""
    if statement is None:
        return SILENT if must else NOTHING
    return Count(
        value=statement.value,
        given=int(bool(statement.value) or statement.spoken),
        spoke=must * statement.spoken,
        expected=must,
        bounds=int(statement.inexact),
        at_least=int(statement.at_least),
        bound=statement.bound,
        value_max=statement.value_max,
        source=statement.source,
    )


Shorter = dict[Key, list[tuple[str, Said]]]


def _said(
    unit_id: int, rows: dict[str, PeriodRow], asked: PeriodRow
) -> tuple[dict[int, dict[Key, list[Said]]], Shorter]:
    """Live figures the unit itself stated, by period id and column; and its firm subtree statements about shorter
    periods within the one asked for, by column, oldest first."""
    ids, inside = [row.pk for row in rows.values()], codes_within(asked)
    figures = _LIVE.objects(unit_id, ids, [period for period in inside if period != asked.pk])
    adopted = _adopted(unit_id) if any(figure.covers == Covers.SUBTREE for figure in figures) else set()
    found: dict[int, dict[Key, list[Said]]] = {period: defaultdict(list) for period in ids}
    shorter: Shorter = defaultdict(list)
    for figure in figures:
        key = (figure.measure_id, figure.member_id or 0)
        if figure.period_id in found:
            found[figure.period_id][key].append(said_of(figure, adopted))
        firm = (figure.covers, figure.role) == (Covers.SUBTREE, FigureRole.LEVEL)
        if firm and figure.period_id != asked.pk and figure.period_id in inside:
            shorter[key].append((inside[figure.period_id], said_of(figure, set())))
    for told in shorter.values():
        told.sort(key=lambda one: (parse(one[0]).last, one[1].figure_id))
    return found, shorter


def _live_figures(unit_id: int, ids: Collection[int], inside: Collection[int]) -> models.QuerySet[Figure]:
    """All live figures of a unit of some periods, and its firm subtree statements of others."""
    firm = Q(period_id__in=among(inside), covers=Covers.SUBTREE, role=FigureRole.LEVEL)
    live = Figure.objects.everywhere(because=_WHY).filter(unit_id=unit_id, state=FigureState.LIVE)
    return live.filter(Q(period_id__in=among(ids)) | firm).order_by("pk")


_LIVE = Kept(_live_figures)


def _adopted(unit_id: int) -> set[int]:
    """The figures of the unit that count for those below it that are silent."""
    adopted = Adoption.objects.everywhere(because=_WHY).filter(unit_id=unit_id, ended_at__isnull=True)
    return set(adopted.values_list("figure_id", flat=True))


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
