"""What units themselves contribute to a period: records counted, figures stated, and which of them speaks.

Everything is read in a fixed number of queries per measure, whatever the number of units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from django.db.models import Count

from chithi.core.periods import Period, parse
from chithi.db.among import among
from chithi.db.measures import Counting, Recorded
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.models import Adoption, Confirmation, Figure, Measure, Member, PeriodRow, SourcePolicy, Totals
from chithi.indicators.registry import BY_CODE
from chithi.indicators.rules import ENTERED, RECORDED, Statement, added_up, in_use, joint_bound, speaking, together
from chithi.indicators.whole import whole_columns
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import UnitState, valid_on
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
    """Read the definitions; two queries. What cannot sum (`roll_up` none) is left out of totals."""
    measures = Measure.objects.all()
    if summed_only:
        measures = measures.filter(roll_up="sum")
    if measure_ids is not None:
        measures = measures.filter(id__in=measure_ids)
    members: dict[int, list[Member]] = defaultdict(list)
    for member in Member.objects.order_by("id"):
        members[member.breakdown_id].append(member)
    return Book({measure.id: measure for measure in measures}, dict(members))


def own_columns(book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None) -> dict[int, Column]:
    """The kernel's input for a period. `unit_ids` None means all units of the tree, read as arrays (see `whole`)."""
    used = book.within(row)
    if unit_ids is None and not used.merged:
        adopted = {key_of(*key): _as_adopted(said) for key, said in _adopted(used, row, tree, None).items()}
        return whole_columns(used, row, tree, _periods_within(row), adopted)
    return columns_by_unit(book, row, tree, unit_ids)


def columns_by_unit(book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None) -> dict[int, Column]:
    """As `own_columns`, one statement after the other: for few units, or where parts were merged into others."""
    chosen = own_chosen(book, row, unit_ids)
    book = book.within(row)
    expected = _expected(book, row, tree, unit_ids)
    adopted = _adopted(book, row, tree, unit_ids)
    columns: dict[int, Column] = {}
    places = tree.find_all({unit for of_units in chosen.values() for unit in of_units})
    for measure in book.measures.values():
        for key in book.columns(measure):
            columns[key_of(*key)] = _column(
                places,
                chosen.get(key, {}),
                expected[measure.expected],
                adopted.get(key, {}),
            )
    return columns


def own_chosen(book: Book, row: PeriodRow, unit_ids: Collection[int] | None) -> dict[Key, dict[int, Statement]]:
    """The statement that speaks for each unit, by column and unit. About ten queries, whatever the units."""
    book = book.within(row)
    said = _stated(book, row, parse(row.code), unit_ids)
    recorded = [measure for measure in book.measures.values() if measure.recorded]
    confirmed = _confirmed(row, unit_ids) if recorded else set()
    for measure in recorded:
        _count(book, measure, row, unit_ids, confirmed, said)
    first = _policies(row, unit_ids)
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
    book = book.within(row)
    said = _stated(book, row, parse(row.code), [unit_id])
    if measure.recorded:
        _count(book, measure, row, [unit_id], _confirmed(row, [unit_id]), said)
    first = _policies(row, [unit_id])
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


def _stated(book: Book, row: PeriodRow, period: Period, unit_ids: Collection[int] | None) -> dict[Key, ByUnit]:
    """Entered and narrative figures about units' own work: of the period itself, else added up (flows only)."""
    codes = _periods_within(row)
    figures = Figure.objects.everywhere(because=_WHY).filter(
        state=FigureState.LIVE,
        covers=Covers.OWN,
        role=FigureRole.LEVEL,
        value__isnull=False,
        measure_id__in=list(book.measures),
        period_id__in=list(codes),
    )
    if unit_ids is not None:
        figures = figures.filter(unit_id__in=among(unit_ids))
    exact: dict[Key, ByUnit] = defaultdict(lambda: defaultdict(dict))
    shorter: dict[tuple[Key, int, str], dict[Period, Statement]] = defaultdict(dict)
    for unit, measure, member, period_id, source, value, bound, most in figures.values_list(
        "unit_id", "measure_id", "member_id", "period_id", "source", "value", "bound", "value_max"
    ):
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


def _periods_within(row: PeriodRow) -> dict[int, str]:
    """Codes by id of the period and of all shorter ones inside it."""
    return dict(PeriodRow.objects.filter(first__gte=row.first, last__lte=row.last).values_list("id", "code"))


def _count(
    book: Book,
    measure: Measure,
    row: PeriodRow,
    unit_ids: Collection[int] | None,
    confirmed: set[int],
    said: dict[Key, ByUnit],
) -> None:
    """Count the records of a measure and of the parts of its breakdown: one query."""
    declared = BY_CODE[measure.code]
    rows = declared.rows(row.first, row.last).everywhere(because=_WHY)
    if unit_ids is not None:
        rows = rows.filter(**{f"{declared.unit}__in": list(unit_ids)})
    by_code = {member.code: member for member in book.members.get(measure.breakdown_id or 0, [])}
    parts = {
        (measure.id, by_code[code].id): Count("pk", filter=condition(row.last)) for code, condition in declared.members
    }
    wanted = {(measure.id, 0): Count("pk"), **parts}
    named = {key: f"n{key[1]}" for key in wanted}
    counted = (
        rows.values_list(declared.unit).annotate(**{named[key]: count for key, count in wanted.items()}).order_by()
    )
    found = {unit: counts for unit, *counts in counted.values_list(declared.unit, *named.values())}
    known = confirmed if declared.kept is None else confirmed & _keeping(declared, row, confirmed)
    for at, key in enumerate(wanted):
        counts = {unit: of_unit[at] for unit, of_unit in found.items() if of_unit[at]}
        for unit in known | set(counts):
            said.setdefault(key, {}).setdefault(unit, {})[RECORDED] = Statement(
                counts.get(unit, 0), RECORDED, spoken=unit in confirmed
            )


def _keeping(declared: Recorded, row: PeriodRow, unit_ids: Collection[int]) -> set[int]:
    """Those of the units that keep such records at all."""
    assert declared.kept is not None  # noqa: S101 -- asked only of measures that not every unit keeps
    rows = declared.kept(row.first, row.last).everywhere(because=_WHY).filter(**{f"{declared.unit}__in": unit_ids})
    return set(rows.values_list(declared.unit, flat=True))


def _confirmed(row: PeriodRow, unit_ids: Collection[int] | None) -> set[int]:
    confirmed = Confirmation.objects.everywhere(because=_WHY).filter(period_id=row.pk)
    if unit_ids is not None:
        confirmed = confirmed.filter(unit_id__in=among(unit_ids))
    return set(confirmed.values_list("unit_id", flat=True))


def _policies(row: PeriodRow, unit_ids: Collection[int] | None) -> dict[tuple[int, int | None], str]:
    policies = SourcePolicy.objects.everywhere(because=_WHY).filter(valid_on(row.last))
    if unit_ids is not None:
        policies = policies.filter(unit_id__in=among(unit_ids))
    return {(unit, measure): first for unit, measure, first in policies.values_list("unit_id", "measure_id", "first")}


def expected_units(book: Book, row: PeriodRow, unit_ids: Collection[int] | None) -> dict[str, set[int]]:
    """The units that must speak, by kind of expectation in use; `unit_ids` narrows whom to ask about. One query."""
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(row.last))
    if unit_ids is not None:
        states = states.filter(unit_id__in=among(unit_ids))
    rows = list(states.values_list("unit_id", "is_cell", "is_grassroots", "kind"))
    found: dict[str, set[int]] = {
        Expected.CELLS: {unit for unit, is_cell, _, _ in rows if is_cell},
        Expected.GRASSROOTS: {unit for unit, _, is_grassroots, _ in rows if is_grassroots},
        Expected.DISTRICTS: {unit for unit, _, _, kind in rows if kind == UnitKind.DISTRICT},
        Expected.MASS_ORGANISATIONS: {unit for unit, _, _, kind in rows if kind == UnitKind.MASS_ORGANISATION},
        Expected.NOBODY: set(),
    }
    return {measure.expected: found[Expected(measure.expected)] for measure in book.measures.values()}


def _expected(
    book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Positions of the units that must speak. One that this edition does not hold is left out."""
    found = {}
    for expected, units in expected_units(book, row, unit_ids).items():
        found[expected] = np.array(sorted(tree.find_all(units).values()), dtype=np.int32)
    return found


def _adopted(
    book: Book, row: PeriodRow, tree: Tree, unit_ids: Collection[int] | None
) -> dict[Key, dict[int, Statement]]:
    """Adopted subtree statements by column and position."""
    adopted_ids = Adoption.objects.everywhere(because=_WHY).filter(ended_at__isnull=True).values("figure_id")
    figures = Figure.objects.everywhere(because=_WHY).filter(
        pk__in=adopted_ids,
        state=FigureState.LIVE,
        period_id=row.pk,
        covers=Covers.SUBTREE,
        role=FigureRole.LEVEL,
        measure_id__in=list(book.measures),
        value__isnull=False,
    )
    if unit_ids is not None:
        figures = figures.filter(unit_id__in=among(unit_ids))
    found: dict[Key, dict[int, Statement]] = defaultdict(dict)
    for figure in figures.order_by("pk"):
        at = tree.find(figure.unit_id)
        if at is not None:
            member = figure.member_id or 0
            said = Statement(figure.value or 0, figure.source, figure.bound, figure.value_max)
            _put(found[figure.measure_id, book.merged.get(member, member)], at, said)
    return found


def period_row(period: Period) -> PeriodRow:
    """The stored row of a period, made on first use."""
    row, _ = PeriodRow.objects.get_or_create(code=period.code, defaults={"first": period.first, "last": period.last})
    return row


def stored_rows(row: PeriodRow, unit_ids: Iterable[int] | None) -> dict[int, bytes]:
    """Packed totals by unit id; None means all units."""
    wanted = Totals.objects.everywhere(because=_WHY).filter(period_id=row.pk)
    if unit_ids is not None:
        wanted = wanted.filter(unit_id__in=among(unit_ids))
    return {unit: bytes(packed) for unit, packed in wanted.values_list("unit_id", "packed")}
