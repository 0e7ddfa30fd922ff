"""What units of a tree contribute to a period, as arrays: what `own` says unit by unit, column for column.

The rules are those of `rules` (`speaking`, `added_up`, `together`), said here for all units of a column at once; a test
holds the two against each other. Parts of breakdowns that were merged into others are left to `own`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.db.models import Count

from chithi.core.periods import Period, cover, parse
from chithi.db.columns import Table, whole_numbers
from chithi.db.measures import Counting
from chithi.indicators.models import Confirmation, Measure, PeriodRow
from chithi.indicators.registry import BY_CODE
from chithi.indicators.rules import ENTERED, ORDER, RECORDED
from chithi.indicators.whole_ground import AT, AT_LEAST, BOUND, OTHERWISE, PERIOD, RANGED, VALUE, Ground, by_column
from chithi.org.places import Tree
from chithi.rollup.columns import Adopted, Column, key_of
from chithi.rollup.shape import Flags, Ids, Positions

if TYPE_CHECKING:
    from chithi.indicators.own import Book

_WHY = "the roll-up reads every unit and writes one total per unit"
_NOBODY = 100


@dataclass(frozen=True, eq=False)
class Told:
    """What one source says in one column: `positions` each once, and beside them what a `Statement` holds.

    `bounds`: 0 exact, `AT_LEAST`, or `OTHERWISE`; `ranged` where it says up to what.
    """

    positions: Positions
    values: Ids
    bounds: npt.NDArray[np.int8]
    ranged: Flags
    spoken: Flags

    def those(self, some: Flags | Ids) -> Told:
        """Some of them, by flags or by their places here."""
        return Told(self.positions[some], self.values[some], self.bounds[some], self.ranged[some], self.spoken[some])

    def joined(self, other: Told) -> Told:
        """Both together; they speak of different units."""
        return Told(
            np.concatenate([self.positions, other.positions]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.bounds, other.bounds]),
            np.concatenate([self.ranged, other.ranged]),
            np.concatenate([self.spoken, other.spoken]),
        )

    @classmethod
    def exact(cls, positions: Positions, values: Ids, spoken: Flags) -> Told:
        return cls(positions, values, np.zeros(len(values), np.int8), np.zeros(len(values), np.bool_), spoken)


Said = dict[int, dict[str, Told]]


def whole_columns(
    book: Book, row: PeriodRow, tree: Tree, within: Mapping[int, str], ground: Ground, adopted: Mapping[int, Adopted]
) -> dict[int, Column]:
    """The kernel's input for a period. `within` holds the codes of the periods inside this one, it too.

    Records are counted for all units of the tree: with a `ground` of some, no measure of the book may be recorded. Two
    queries for each recorded measure; a few arrays of the whole tree at once.
    """
    said = _stated(book, row, within, ground)
    _complete_breakdowns(book, said)
    recorded = [measure for measure in book.measures.values() if measure.recorded]
    confirmed = _confirmed(row, tree) if recorded else np.zeros(0, np.bool_)
    for measure in recorded:
        _count(book, measure, row, tree, confirmed, said)
    first = ground.policies(row)
    expected = ground.expected(row)
    none = Adopted.of()
    columns = {}
    for measure in book.measures.values():
        for pair in book.columns(measure):
            key = key_of(*pair)
            chosen = _speaking(said.get(key, {}), measure, first, len(tree.shape))
            columns[key] = _column(chosen, expected[measure.expected], adopted.get(key, none))
    return columns


def _column(told: Told, expected: Positions, adopted: Adopted) -> Column:
    telling = told.those((told.values != 0) | told.spoken)
    return Column.of(
        telling.positions,
        telling.values,
        inexact=(telling.bounds > 0) | telling.ranged,
        at_least=(telling.bounds == AT_LEAST) & ~telling.ranged,
        spoke=told.positions[told.spoken],
        expected=expected,
        adopted=adopted,
    )


def _stated(book: Book, row: PeriodRow, within: Mapping[int, str], ground: Ground) -> Said:
    """Entered and narrative figures about units' own work: of the period itself, else added up (flows only)."""
    said: Said = defaultdict(dict)
    for key, source, rows in by_column(ground.told([row.pk], list(book.measures))):
        said[key][source] = _as_told(rows)
    flows = [measure.pk for measure in book.measures.values() if measure.counting == Counting.FLOW]
    inner = [pk for pk in within if pk != row.pk]
    if not flows or not inner:
        return said
    for key, source, rows in by_column(ground.told(inner, flows)):
        known = said[key].get(source) if key in said else None
        if known is not None:
            rows = rows[~np.isin(rows[:, AT], known.positions)]
        added = _added_up(parse(row.code), rows, within)
        if known is not None:
            added = known.joined(added)
        if len(added.positions):
            said[key][source] = added
    return said


def _as_told(rows: Table) -> Told:
    return Told(
        rows[:, AT].astype(np.int32),
        rows[:, VALUE],
        rows[:, BOUND].astype(np.int8),
        rows[:, RANGED] == 1,
        np.ones(len(rows), np.bool_),
    )


def _added_up(outer: Period, rows: Table, within: Mapping[int, str]) -> Told:
    """A flow over `outer` from shorter periods nested in it; spoken only where they leave no gap.

    Units that told the same shorter periods are dealt with together.
    """
    positions, group = np.unique(rows[:, AT], return_inverse=True)
    numbers, which = np.unique(rows[:, PERIOD], return_inverse=True)
    periods = [parse(within[number]) for number in numbers.tolist()]
    shape = (len(positions), len(numbers))
    told, bounds, values = np.zeros(shape, np.bool_), np.zeros(shape, np.int8), np.zeros(shape, np.int64)
    told[group, which] = True
    values[group, which] = rows[:, VALUE]
    bounds[group, which] = rows[:, BOUND]
    none = np.zeros(len(positions), np.bool_)
    found, some = Told.exact(positions.astype(np.int32), np.zeros(len(positions), np.int64), none.copy()), none.copy()
    patterns, pattern_of = np.unique(told, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        covered = cover(outer, [periods[at] for at in np.flatnonzero(pattern)])
        if not covered.periods:
            continue
        used = np.array([bool(pattern[at]) and one in covered.periods for at, one in enumerate(periods)])
        units = np.flatnonzero(pattern_of.ravel() == number)
        some[units] = True
        found.values[units] = values[units][:, used].sum(axis=1)
        found.bounds[units] = _joint(bounds[units][:, used], AT_LEAST if covered.missing else 0)
        found.spoken[units] = not covered.missing
    return found.those(some)


def _joint(bounds: npt.NDArray[np.int8], besides: int = 0) -> npt.NDArray[np.int8]:
    """How firm sums are, one a row (`rules.joint_bound`), where what is `besides` counts as one more part of each."""
    lower = (bounds == AT_LEAST).any(axis=1) | (besides == AT_LEAST)
    vague = (bounds == OTHERWISE).any(axis=1)
    return np.where(vague, OTHERWISE, np.where(lower, AT_LEAST, 0)).astype(np.int8)


def _complete_breakdowns(book: Book, said: Said) -> None:
    """A count of which only the parts were given, all of them, is their sum."""
    for measure in book.measures.values():
        keys = [key_of(*pair) for pair in book.columns(measure)]
        for source in ORDER if len(keys) > 1 else ():
            parts = [told for key in keys[1:] if (told := said.get(key, {}).get(source)) is not None]
            if len(parts) < len(keys) - 1:
                continue
            whole = said.get(keys[0], {}).get(source)
            all_given = parts[0].positions
            for told in parts[1:]:
                all_given = np.intersect1d(all_given, told.positions)
            if whole is not None:
                all_given = np.setdiff1d(all_given, whole.positions)
            if len(all_given):
                summed = _summed([_at(told, all_given) for told in parts])
                said[keys[0]][source] = summed if whole is None else whole.joined(summed)


def _at(told: Told, positions: Positions) -> Told:
    order = np.argsort(told.positions, kind="stable")
    return told.those(order[np.searchsorted(told.positions[order], positions)])


def _summed(parts: list[Told]) -> Told:
    """Parts of the same units as one, which keeps no range (`own` reckons so too)."""
    return Told(
        parts[0].positions,
        np.sum([told.values for told in parts], axis=0),
        _joint(np.stack([told.bounds for told in parts], axis=1)),
        np.zeros(len(parts[0].positions), np.bool_),
        np.logical_and.reduce([told.spoken for told in parts]),
    )


def _count(book: Book, measure: Measure, row: PeriodRow, tree: Tree, confirmed: Flags, said: Said) -> None:
    """Count the records of a measure and of the parts of its breakdown: one query, one more where not all keep them."""
    declared = BY_CODE[measure.code]
    rows = declared.rows(row.first, row.last).everywhere(because=_WHY)
    by_code = {member.code: member.pk for member in book.members.get(measure.breakdown_id or 0, [])}
    parts = {by_code[code]: Count("pk", filter=condition(row.last)) for code, condition in declared.members}
    counts = {f"n{member}": count for member, count in {0: Count("pk"), **parts}.items()}
    counted = rows.values_list(declared.unit).annotate(**counts).order_by().values_list(declared.unit, *counts)
    found = whole_numbers(counted, 1 + len(counts))
    known = confirmed
    if declared.kept is not None:
        kept = declared.kept(row.first, row.last).everywhere(because=_WHY).order_by().values_list(declared.unit)
        known = confirmed & _flags(whole_numbers(kept.distinct(), 1)[:, 0], tree)
    at = tree.shape.places(found[:, 0])
    found, at = found[at >= 0], at[at >= 0]
    for number, member in enumerate([0, *parts], start=1):
        values = np.zeros(len(tree.shape), np.int64)
        values[at] = found[:, number]
        positions = np.flatnonzero(known | (values > 0)).astype(np.int32)
        told = Told.exact(positions, values[positions], confirmed[positions])
        of_key = said[key_of(measure.pk, member)]
        if (before := of_key.get(RECORDED)) is not None:
            told = told.joined(before.those(~np.isin(before.positions, positions)))
        if len(told.positions):
            of_key[RECORDED] = told


def _flags(unit_ids: npt.NDArray[np.int64], tree: Tree) -> Flags:
    """Which positions hold one of these units."""
    found = np.zeros(len(tree.shape), np.bool_)
    at = tree.shape.places(unit_ids)
    found[at[at >= 0]] = True
    return found


def _confirmed(row: PeriodRow, tree: Tree) -> Flags:
    rows = Confirmation.objects.everywhere(because=_WHY).filter(period_id=row.pk).values_list("unit_id")
    return _flags(whole_numbers(rows, 1)[:, 0], tree)


def _ranks() -> npt.NDArray[np.int64]:
    """[the source that goes first, a source] -> its place in the order in which they are asked."""
    found = np.zeros((len(ORDER), len(ORDER)), np.int64)
    for at, first in enumerate(ORDER):
        order = (first, *(source for source in ORDER if source != first))
        found[at] = [order.index(source) for source in ORDER]
    return found


_RANKS = _ranks()


def _speaking(told: Mapping[str, Told], measure: Measure, first: dict[int, tuple[Positions, Ids]], units: int) -> Told:
    """The statement that speaks for each unit: of those that have spoken the policy's source, else the next."""
    if not told:
        return Told.exact(np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.bool_))
    if len(told) == 1:
        return next(iter(told.values()))
    goes_first = np.full(units, ORDER.index(RECORDED if measure.recorded else ENTERED))
    for of_measure in (0, measure.pk):
        at, which = first.get(of_measure, (np.zeros(0, np.int32), np.zeros(0, np.int64)))
        goes_first[at] = which
    best, whose = np.full(units, _NOBODY), np.full(units, -1)
    for number, (source, one) in enumerate(told.items()):
        rank = _RANKS[goes_first[one.positions], ORDER.index(source)] + len(ORDER) * ~one.spoken
        better = rank < best[one.positions]
        best[one.positions[better]], whose[one.positions[better]] = rank[better], number
    chosen = [one.those(whose[one.positions] == number) for number, one in enumerate(told.values())]
    found = chosen[0]
    for one in chosen[1:]:
        found = found.joined(one)
    return found
