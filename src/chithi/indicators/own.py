"""What units themselves contribute to a period: records counted, figures stated, and which of them speaks.

Everything is read in a fixed number of queries per measure, whatever the number of units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from chithi.core.periods import Period, parse
from chithi.db.among import among
from chithi.db.measures import Counting
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.meanings import every_measure, every_member
from chithi.indicators.models import Adoption, Figure, Measure, Member, PeriodRow, Totals
from chithi.indicators.own_ground import Ground, states_on
from chithi.indicators.period_rows import codes_within
from chithi.indicators.registry import BY_CODE
from chithi.indicators.rules import ENTERED, RECORDED, Statement, added_up, in_use, joint_bound, speaking, together
from chithi.indicators.whole import whole_columns
from chithi.indicators.whole_ground import AllUnits, SomeUnits
from chithi.org.kinds import Expected, UnitKind
from chithi.org.places import Tree
from chithi.rollup.columns import Adopted, Column, key_of

_WHY = "the roll-up reads every unit and writes one total per unit"

Key = tuple[int, int]  # measure id, member id (0: no breakdown)
ByUnit = dict[int, dict[str, Statement]]
At = TypeVar("At")


@dataclass
class Book:
    """The definitions one computation needs: measures, members by breakdown, and which member stands for which."""

    measures: dict[int, Measure]
    members: dict[int, list[Member]] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)

    def columns(self, measure: Measure) -> list[Key]:
        """The measure's own column and one for each member of its breakdown."""
        members = self.members.get(measure.breakdown_id or 0, [])
        return [(measure.id, 0), *((measure.id, member.id) for member in members)]

    def within(self, row: PeriodRow) -> Book:
        """The same with the members in use in a period: begun by its end, not ended before it."""
        return Book(
            self.measures,
            {
                breakdown: [m for m in members if in_use(m.since, m.until, row.first, row.last)]
                for breakdown, members in self.members.items()
            },
            {m.pk: heir for members in self.members.values() for m in members if (heir := self._stands_in(m, row))},
        )

    def _stands_in(self, member: Member, row: PeriodRow) -> int | None:
        """The member that a merged one is counted with in a period that ends after the merging; None where none is."""
        known = {m.pk: m for members in self.members.values() for m in members}
        heir, seen = member, set[int]()
        while heir.merged_into_id and heir.until and heir.until <= row.last and heir.pk not in seen:
            seen.add(heir.pk)
            heir = known[heir.merged_into_id]
        return heir.pk if heir.pk != member.pk else None


def open_book(measure_ids: Collection[int] | None = None, *, summed_only: bool = True) -> Book:
    """Read the definitions; two queries at most. What cannot sum (`roll_up` none) is left out of totals."""
    wanted = None if measure_ids is None else set(measure_ids)
    return book_with(
        measure
        for measure in every_measure().values()
        if (wanted is None or measure.id in wanted) and (not summed_only or measure.roll_up == "sum")
    )


def book_with(measures: Iterable[Measure]) -> Book:
    """A book of measures in hand, with the parts of their breakdowns; one query at most."""
    members: dict[int, list[Member]] = defaultdict(list)
    for member in every_member():
        members[member.breakdown_id].append(member)
    return Book({measure.id: measure for measure in sorted(measures, key=lambda m: m.id)}, dict(members))


def own_columns(book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None) -> dict[int, Column]:
    """The kernel's input for a period. `unit_ids` None means all units of the tree."""
    (_row, columns), *_ = own_columns_in(book, [row], tree, unit_ids)
    return columns


def own_columns_in(
    book: Book, rows: Sequence[PeriodRow], tree: Tree, unit_ids: Collection[int] | None
) -> Iterator[tuple[PeriodRow, dict[int, Column]]]:
    """`own_columns` of several periods that end on days of this edition of the tree; what they share is read once.

    As arrays (see `whole`) wherever those can say it: not where parts were merged into others, and of some units only
    what is stated, for records are counted there by one query for all measures.
    """
    used, codes = {row.pk: book.within(row) for row in rows}, {row.pk: codes_within(row) for row in rows}
    recorded = any(measure.recorded for measure in book.measures.values())
    if any(one.merged for one in used.values()) or (unit_ids is not None and recorded):
        yield from _columns_by_unit(book, rows, tree, unit_ids)
        return
    every = {pk for of_row in codes.values() for pk in of_row}
    some = None if unit_ids is None else SomeUnits(tree, rows, every, list(book.measures), list(unit_ids))
    adopted = _adopted(used, rows, tree, unit_ids)
    for row in rows:
        balances = {key_of(*key): _as_adopted(said) for key, said in adopted[row.pk].items()}
        yield row, whole_columns(used[row.pk], row, tree, codes[row.pk], some or AllUnits(tree), balances)


def columns_by_unit(book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None) -> dict[int, Column]:
    """As `own_columns`, one statement after the other."""
    (_row, columns), *_ = _columns_by_unit(book, [row], tree, unit_ids)
    return columns


def _columns_by_unit(
    book: Book, rows: Sequence[PeriodRow], tree: Tree, unit_ids: Collection[int] | None
) -> Iterator[tuple[PeriodRow, dict[int, Column]]]:
    chosen_in = own_chosen_in(book, rows, unit_ids)
    used = {row.pk: book.within(row) for row in rows}
    expected_in, adopted_in = expected_units_in(book, rows, unit_ids), _adopted(used, rows, tree, unit_ids)
    for row in rows:
        chosen, adopted = chosen_in[row.pk], adopted_in[row.pk]
        places = tree.find_all({unit for of_units in chosen.values() for unit in of_units})
        expected = _places_of(expected_in[row.pk], tree)
        yield (
            row,
            {
                key_of(*key): _column(places, chosen.get(key, {}), expected[measure.expected], adopted.get(key, {}))
                for measure in book.measures.values()
                for key in used[row.pk].columns(measure)
            },
        )


def own_chosen(book: Book, row: PeriodRow, unit_ids: Collection[int] | None) -> dict[Key, dict[int, Statement]]:
    """The statement that speaks for each unit, by column and unit. About five queries, whatever the units."""
    return own_chosen_in(book, [row], unit_ids)[row.pk]


def own_chosen_in(
    book: Book, rows: Sequence[PeriodRow], unit_ids: Collection[int] | None
) -> dict[int, dict[Key, dict[int, Statement]]]:
    """`own_chosen` of several periods, by period id, read together."""
    ground = Ground(list(book.measures.values()), rows, unit_ids)
    return {row.pk: _chosen(book.within(row), row, ground) for row in rows}


def _chosen(book: Book, row: PeriodRow, ground: Ground) -> dict[Key, dict[int, Statement]]:
    said = _stated(book, row, ground)
    for measure in book.measures.values():
        if measure.recorded:
            _count(book, measure, row, ground, said)
    first = ground.policies(row)
    found: dict[Key, dict[int, Statement]] = {}
    for measure in book.measures.values():
        for key in book.columns(measure):
            spoken = {
                unit: speaking(statements, first.get((unit, measure.id)) or first.get((unit, None)) or _usual(measure))
                for unit, statements in said.get(key, {}).items()
            }
            found[key] = {unit: statement for unit, statement in spoken.items() if statement is not None}
    return found


def own_statements(
    book: Book, row: PeriodRow, unit_id: int, measure: Measure
) -> tuple[dict[Key, dict[str, Statement]], str]:
    """Every source's statement of one unit about one measure by column, and the source that goes first."""
    ground = Ground([measure], [row], [unit_id])
    book = book.within(row)
    said = _stated(book, row, ground)
    if measure.recorded:
        _count(book, measure, row, ground, said)
    first = ground.policies(row)
    usual = first.get((unit_id, measure.id)) or first.get((unit_id, None)) or _usual(measure)
    return {key: said[key][unit_id] for key in book.columns(measure) if unit_id in said.get(key, {})}, usual


def _usual(measure: Measure) -> str:
    return RECORDED if measure.recorded else ENTERED


def _column(
    places: Mapping[int, int],
    chosen_by_unit: Mapping[int, Statement],
    expected: np.ndarray[tuple[int], np.dtype[np.int32]],
    adopted: Mapping[int, Statement],
) -> Column:
    positions: list[int] = []
    values: list[int] = []
    inexact: list[bool] = []
    at_least: list[bool] = []
    spoke: list[int] = []
    for unit_id, chosen in chosen_by_unit.items():
        at = places.get(unit_id)
        if at is None:
            continue
        if chosen.value or chosen.spoken:
            positions.append(at)
            values.append(chosen.value)
            inexact.append(chosen.inexact)
            at_least.append(chosen.at_least)
        if chosen.spoken:
            spoke.append(at)
    return Column.of(
        positions,
        values,
        inexact=inexact,
        at_least=at_least,
        spoke=spoke,
        expected=expected,
        adopted=_as_adopted(adopted),
    )


def _as_adopted(adopted: Mapping[int, Statement]) -> Adopted:
    return Adopted.of(
        list(adopted),
        [said.value for said in adopted.values()],
        [said.inexact for said in adopted.values()],
        [said.at_least for said in adopted.values()],
    )


def _stated(book: Book, row: PeriodRow, ground: Ground) -> dict[Key, ByUnit]:
    """Entered and narrative figures about units' own work: of the period itself, else added up (flows only)."""
    period, codes = parse(row.code), ground.codes[row.pk]
    exact: dict[Key, ByUnit] = defaultdict(lambda: defaultdict(dict))
    shorter: dict[tuple[Key, int, str], dict[Period, Statement]] = defaultdict(dict)
    for unit, measure, member, period_id, source, value, bound, most in ground.figures(row):
        if measure not in book.measures:
            continue
        key = (measure, book.merged.get(member or 0, member or 0))
        statement = Statement(value or 0, source, bound, most)
        if period_id == row.pk:
            _put(exact[key][unit], source, statement)
        elif book.measures[measure].counting == Counting.FLOW:
            _put(shorter[key, unit, source], parse(codes[period_id]), statement)
    for (key, unit, source), pieces in shorter.items():
        if source not in exact[key][unit] and (total := added_up(period, pieces, source)):
            exact[key][unit][source] = total
    _complete_breakdowns(book, exact)
    return exact


def _put(said: dict[At, Statement], at: At, statement: Statement) -> None:
    """Keep a statement; one about a part that was merged into another is added to that other's."""
    before = said.get(at)
    said[at] = statement if before is None else together(before, statement)


def _complete_breakdowns(book: Book, said: dict[Key, ByUnit]) -> None:
    """A count of which only the parts were given, all of them, is their sum."""
    for measure in book.measures.values():
        members = [key for key in book.columns(measure) if key[1]]
        if not members:
            continue
        for unit in set(said.get(members[0], {})):
            for source in list(said[members[0]][unit]):
                parts = [said.get(key, {}).get(unit, {}).get(source) for key in members]
                whole = said[measure.id, 0][unit]
                if source not in whole and all(parts):
                    given = [part for part in parts if part]
                    whole[source] = Statement(
                        sum(part.value for part in given),
                        source,
                        joint_bound(part.bound for part in given),
                        spoken=all(part.spoken for part in given),
                    )


def _count(book: Book, measure: Measure, row: PeriodRow, ground: Ground, said: dict[Key, ByUnit]) -> None:
    """The records of a measure and of the parts of its breakdown, as statements."""
    counted, confirmed = ground.records(measure, row), ground.confirmed(row)
    by_code = {member.code: member for member in book.members.get(measure.breakdown_id or 0, [])}
    parts = [(measure.id, by_code[code].id) for code, _condition in BY_CODE[measure.code].members]
    known = confirmed if counted.keeping is None else confirmed & counted.keeping
    for at, key in enumerate([(measure.id, 0), *parts]):
        counts = {unit: of_unit[at] for unit, of_unit in counted.counts.items() if of_unit[at]}
        for unit in known | set(counts):
            said.setdefault(key, {}).setdefault(unit, {})[RECORDED] = Statement(
                counts.get(unit, 0), RECORDED, spoken=unit in confirmed
            )


def expected_units(book: Book, row: PeriodRow, unit_ids: Collection[int] | None) -> dict[str, set[int]]:
    """The units that must speak, by kind of expectation in use; `unit_ids` narrows whom to ask about. One query."""
    return expected_units_in(book, [row], unit_ids)[row.pk]


def expected_units_in(
    book: Book, rows: Sequence[PeriodRow], unit_ids: Collection[int] | None
) -> dict[int, dict[str, set[int]]]:
    """`expected_units` of several periods, by period id. One query."""
    states = states_on([row.last for row in rows], unit_ids)
    return {row.pk: _must_speak(book, states[row.last]) for row in rows}


def _must_speak(book: Book, states: Iterable[tuple[int, bool, bool, str]]) -> dict[str, set[int]]:
    rows = list(states)
    found: dict[str, set[int]] = {
        Expected.CELLS: {unit for unit, is_cell, _, _ in rows if is_cell},
        Expected.GRASSROOTS: {unit for unit, _, is_grassroots, _ in rows if is_grassroots},
        Expected.DISTRICTS: {unit for unit, _, _, kind in rows if kind == UnitKind.DISTRICT},
        Expected.MASS_ORGANISATIONS: {unit for unit, _, _, kind in rows if kind == UnitKind.MASS_ORGANISATION},
        Expected.NOBODY: set(),
    }
    return {measure.expected: found[Expected(measure.expected)] for measure in book.measures.values()}


def _places_of(expected: Mapping[str, set[int]], tree: Tree) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Positions of the units that must speak. One that this edition does not hold is left out."""
    return {kind: np.array(sorted(tree.find_all(units).values()), np.int32) for kind, units in expected.items()}


def _adopted(
    books: Mapping[int, Book], rows: Sequence[PeriodRow], tree: Tree, unit_ids: Collection[int] | None
) -> dict[int, dict[Key, dict[int, Statement]]]:
    """Adopted subtree statements by period, column and position; `books` are those of the periods. One query."""
    adopted_ids = Adoption.objects.everywhere(because=_WHY).filter(ended_at__isnull=True).values("figure_id")
    figures = Figure.objects.everywhere(because=_WHY).filter(
        pk__in=adopted_ids,
        state=FigureState.LIVE,
        period_id__in=[row.pk for row in rows],
        covers=Covers.SUBTREE,
        role=FigureRole.LEVEL,
        measure_id__in={measure for book in books.values() for measure in book.measures},
        value__isnull=False,
    )
    if unit_ids is not None:
        figures = figures.filter(unit_id__in=among(unit_ids))
    found: dict[int, dict[Key, dict[int, Statement]]] = {row.pk: defaultdict(dict) for row in rows}
    for figure in figures.order_by("pk"):
        at = tree.find(figure.unit_id)
        if at is not None:
            merged, member = books[figure.period_id].merged, figure.member_id or 0
            said = Statement(figure.value or 0, figure.source, figure.bound, figure.value_max)
            _put(found[figure.period_id][figure.measure_id, merged.get(member, member)], at, said)
    return found


def stored_rows(row: PeriodRow, unit_ids: Iterable[int] | None) -> dict[int, bytes]:
    """Packed totals by unit id; None means all units."""
    return stored_rows_in([row], unit_ids)[row.pk]


def stored_rows_in(rows: Sequence[PeriodRow], unit_ids: Iterable[int] | None) -> dict[int, dict[int, bytes]]:
    """Packed totals by period and unit id. One query."""
    wanted = Totals.objects.everywhere(because=_WHY).filter(period_id__in=[row.pk for row in rows])
    if unit_ids is not None:
        wanted = wanted.filter(unit_id__in=among(unit_ids))
    found: dict[int, dict[int, bytes]] = {row.pk: {} for row in rows}
    for period, unit, packed in wanted.values_list("period_id", "unit_id", "packed"):
        found[period][unit] = bytes(packed)
    return found
