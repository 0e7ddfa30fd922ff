"""Reading the sides of indicators for a unit: what was computed and what was stated, for several periods at once.

The caller has found the unit in the viewer's reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from chithi.core.numbers import from_fixed
from chithi.core.periods import parse
from chithi.indicators.choice import NOTHING, Count, Said, Side
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Adoption, Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import Book, Key, expected_units, open_book, own_chosen
from chithi.indicators.rules import Statement
from chithi.org.places import Tree, tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack
from chithi.rollup.totals import Row

SILENT = Count(expected=1)
"""Of a unit that must speak and has not: one for all."""
_WHY = "the unit was found in reach before"

Sides = dict[Key, Side]


def sides_of(
    wanted: list[Meaning], unit_id: int, rows: dict[str, PeriodRow], asked: PeriodRow, counted: set[str] | None
) -> dict[str, Sides]:
    """Every column of the measures in use, for one unit and several periods by code.

    Totals, figures and adoptions are read once for all periods. `counted` are the periods for which a unit with nothing
    below it has its own records counted now (about 15 queries each); for its other periods only stated figures are
    shown. None says that the unit has others below it: then only stored totals count. Statements about shorter periods
    are read for the period `asked`.
    """
    book = book_of(wanted)
    packed = _packed(unit_id, rows)
    said = _said(unit_id, rows)
    shorter = _shorter(unit_id, asked)
    found: dict[str, Sides] = {}
    for code, row in rows.items():
        counts = _counts(
            book, unit_id, row, packed.get(row.pk), said[row.pk], None if counted is None else code in counted
        )
        inner = shorter if code == asked.code else {}
        found[code] = {
            key: _side(measure, counts.get(key, Count()), said[row.pk].get(key, []), inner.get(key, ()))
            for measure in book.measures.values()
            for key in book.columns(measure)
        }
    return found


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


def book_of(wanted: list[Meaning]) -> Book:
    ids = {m.numerator.id for m in wanted} | {m.denominator.id for m in wanted if m.denominator}
    return open_book(ids, summed_only=False)


def _packed(unit_id: int, rows: dict[str, PeriodRow]) -> dict[int, bytes]:
    """Stored totals of the unit by period id."""
    stored = Totals.objects.everywhere(because=_WHY).filter(
        unit_id=unit_id, period_id__in=[row.pk for row in rows.values()]
    )
    return {period: bytes(packed) for period, packed in stored.values_list("period_id", "packed")}


def _counts(
    book: Book, unit_id: int, row: PeriodRow, packed: bytes | None, said: dict[Key, list[Said]], count_now: bool | None
) -> dict[Key, Count]:
    """Stored totals; for a unit with nothing below it (`count_now` not None) its own figures, counted now or stated."""
    if packed is not None:
        stored = unpack(packed)
        return {key: count_in(stored, key) for measure in book.measures.values() for key in book.columns(measure)}
    if count_now is None:
        return {}
    if count_now:
        return leaf_counts(book, row, tree_on(row.last), [unit_id])[unit_id]
    own = {key: [f for f in figures if f.covers == "own" and f.role == "level"] for key, figures in said.items()}
    return {key: Count(value=f[0].value, given=1, spoke=1) for key, f in own.items() if f and f[0].value is not None}


def count_in(stored: Row, key: Key) -> Count:
    """One column of a stored row of totals as a count: its parts stand in the same order."""
    cell = stored.cell(key_of(*key))
    return Count(*cell) if any(cell) else NOTHING


def leaf_counts(book: Book, row: PeriodRow, tree: Tree, unit_ids: list[int]) -> dict[int, dict[Key, Count]]:
    """Own figures of units as counts; a fixed number of queries for all of them together."""
    chosen = own_chosen(book, row, unit_ids)
    expected = expected_units(book, row, unit_ids)
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


def _said(unit_id: int, rows: dict[str, PeriodRow]) -> dict[int, dict[Key, list[Said]]]:
    """Live figures the unit itself stated, by period id and column."""
    ids = [row.pk for row in rows.values()]
    figures = Figure.objects.everywhere(because=_WHY).filter(unit_id=unit_id, period_id__in=ids, state=FigureState.LIVE)
    adopted = set(
        Adoption.objects.everywhere(because=_WHY)
        .filter(unit_id=unit_id, ended_at__isnull=True)
        .values_list("figure_id", flat=True)
    )
    found: dict[int, dict[Key, list[Said]]] = {period: defaultdict(list) for period in ids}
    for figure in figures.order_by("pk"):
        found[figure.period_id][figure.measure_id, figure.member_id or 0].append(said_of(figure, adopted))
    return found


def _shorter(unit_id: int, row: PeriodRow) -> dict[tuple[int, int], list[tuple[str, Said]]]:
    """The unit's firm subtree statements about shorter periods within a longer one, by column, oldest first."""
    inside = dict(
        PeriodRow.objects.filter(first__gte=row.first, last__lte=row.last).exclude(pk=row.pk).values_list("id", "code")
    )
    figures = Figure.objects.everywhere(because=_WHY).filter(
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
