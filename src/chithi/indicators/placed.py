"""Figures of an earlier period placed on a later tree: "last year's cells on today's tree" (SPINE 6).

A unit's placed count is the sum of what the units now in its subtree did in the earlier period, each as it was counted
then: nothing is counted again on other rules, so at the root it equals the earlier total to the last digit. Whole
subtrees of then are taken from their stored totals; only units that have since lost part of theirs, and leaves, are
counted by their own figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chithi.indicators.choice import NOTHING, SUMMED, Count, Side
from chithi.indicators.drain import rebuild
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.own import Book, Key
from chithi.indicators.sides import Sides, count_in, leaf_counts
from chithi.org.places import Tree, tree_on
from chithi.rollup.moves import moves
from chithi.rollup.packing import unpack
from chithi.rollup.totals import Row

_WHY = "the unit was found in reach before; its predecessors belong to it"

Counts = dict[Key, Count]


@dataclass(frozen=True)
class Asked:
    """One unit and earlier period, with the tree as it stood at that period's end."""

    row: PeriodRow
    then: Tree
    unit_id: int


@dataclass(frozen=True)
class _Pieces:
    """What a placed count is made of, as unit ids of then: whole subtrees with totals, and units counted alone.

    Of those counted alone, `parents` had others below them: an adopted balance of theirs is their own contribution.
    """

    whole: tuple[int, ...]
    alone: tuple[int, ...]
    parents: dict[int, tuple[int, ...]]


def differs(unit_id: int, then: Tree, now: Tree) -> bool:
    """Whether other units of then belong to the unit now than did then. Units opened since do not count as such."""
    if then.id == now.id:
        return False
    at, was = now.find(unit_id), then.find(unit_id)
    if at is None:
        return False
    before = slice(0, 0) if was is None else then.shape.subtree(was)
    return moves(then.shape, now.shape).differ(before, now.shape.subtree(at))


def placed_counts(book: Book, row: PeriodRow, now: Tree, unit_id: int) -> Counts:
    """One unit's count of an earlier period on the tree of now."""
    return placed(book, [Asked(row, tree_on(row.last), unit_id)], now)[0]


def placed(book: Book, asked: Sequence[Asked], now: Tree) -> list[Counts]:
    """Counts by column for each unit and period asked for, on the tree of now.

    One query for all stored totals, about 15 for each period in which some unit has to be counted alone. What cannot
    sum stays missing.
    """
    pieces = [_pieces(one, now) for one in asked]
    stored = _stored(asked, pieces)
    own = _own(book, asked, pieces)
    columns = list(_columns(book))
    found = []
    for one, made_of in zip(asked, pieces, strict=True):
        totals = stored[one.row.pk]
        rows = [totals[unit] for unit in made_of.whole if unit in totals]
        alone = [own[one.row.pk][unit] for unit in made_of.alone]
        if len(alone) == 1 and not rows and not made_of.parents:  # a unit with nothing below it: all of a large group
            found.append({key: _told(alone[0].get(key, NOTHING)) for key in columns})
            continue
        counts: Counts = {}
        for key in columns:
            parts = [count_in(row, key) for row in rows]
            parts += [of_unit.get(key, NOTHING) for of_unit in alone]
            parts += [_balance(one.then, totals, unit, below, key) for unit, below in made_of.parents.items()]
            counts[key] = summed(parts)
        found.append(counts)
    return found


def placed_sides(book: Book, asked: Sequence[Asked], now: Tree) -> dict[str, Sides]:
    """As `placed`, by period code, as sides. A statement about the former subtree is none about this one: left out."""
    found: dict[str, Sides] = {}
    for one, counts in zip(asked, placed(book, asked, now), strict=True):
        found[one.row.code] = {
            key: Side(
                scale=measure.scale,
                computed=counts.get(key, Count()),
                source="recorded" if measure.recorded else "entered",
            )
            for measure in book.measures.values()
            for key in book.columns(measure)
        }
    return found


def _inside(tree: Tree, unit_id: int) -> npt.NDArray[np.int64]:
    at = tree.find(unit_id)
    return tree.shape.unit_ids[tree.shape.subtree(at)] if at is not None else np.zeros(0, np.int64)


def _pieces(asked: Asked, now: Tree) -> _Pieces:
    """Cut the units that belong to the unit now into the largest subtrees of then and what is left over."""
    shape = asked.then.shape
    at = asked.then.find(asked.unit_id) if asked.then.id == now.id else None
    if at is not None:
        mine, leaf = (asked.unit_id,), not shape.child_count[at]
        return _Pieces(whole=() if leaf else mine, alone=mine if leaf else (), parents={})
    there = np.array(sorted(shape.found(_inside(now, asked.unit_id)).values()), np.int64)
    last = shape.hi[there]
    whole = np.searchsorted(there, last) - np.arange(len(there)) == last - there
    above = np.searchsorted(there, shape.parent[there])  # where the unit above would be among them
    known = (above < len(there)) & (there[np.minimum(above, len(there) - 1)] == shape.parent[there])
    under_whole = known & whole[np.minimum(above, len(there) - 1)]
    broken, tops = there[~whole].tolist(), there[whole & ~under_whole].tolist()
    ids = shape.unit_ids
    return _Pieces(
        whole=tuple(int(ids[at]) for at in tops if shape.child_count[at]),
        alone=tuple(int(ids[at]) for at in (*(at for at in tops if not shape.child_count[at]), *broken)),
        parents={int(ids[at]): tuple(int(ids[c]) for c in shape.children(at)) for at in broken},
    )


def _columns(book: Book) -> Iterable[Key]:
    return (key for measure in book.measures.values() if measure.roll_up == "sum" for key in book.columns(measure))


def _stored(asked: Sequence[Asked], pieces: Sequence[_Pieces]) -> dict[int, dict[int, Row]]:
    """Stored totals by period and unit; a period nobody has looked at yet is computed on first sight."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for one, made_of in zip(asked, pieces, strict=True):
        wanted[one.row.pk] |= {
            *made_of.whole,
            *made_of.parents,
            *(c for below in made_of.parents.values() for c in below),
        }
    found = _totals(wanted)
    again = False
    for one, made_of in zip(asked, pieces, strict=True):
        if set(made_of.whole) - set(found[one.row.pk]) and not _computed_ever(one.row):
            rebuild(one.row)
            again = True
    return _totals(wanted) if again else found


def _totals(wanted: dict[int, set[int]]) -> dict[int, dict[int, Row]]:
    found: dict[int, dict[int, Row]] = {period: {} for period in wanted}
    units = {unit for of_period in wanted.values() for unit in of_period}
    if not units:
        return found
    rows = Totals.objects.everywhere(because=_WHY).filter(period_id__in=list(wanted), unit_id__in=units)
    for period, unit, packed in rows.values_list("period_id", "unit_id", "packed"):
        if unit in wanted[period]:
            found[period][unit] = unpack(bytes(packed))
    return found


def _computed_ever(row: PeriodRow) -> bool:
    return Totals.objects.everywhere(because=_WHY).filter(period_id=row.pk).exists()


def _own(book: Book, asked: Sequence[Asked], pieces: Sequence[_Pieces]) -> dict[int, dict[int, Counts]]:
    """Own figures of the units counted alone, by period; what a unit closed by then did counts as inherited."""
    trees = {one.row.pk: one for one in asked}
    wanted: dict[int, set[int]] = {period: set() for period in trees}
    for one, made_of in zip(asked, pieces, strict=True):
        wanted[one.row.pk] |= set(made_of.alone)
    found: dict[int, dict[int, Counts]] = {}
    for period, units in wanted.items():
        one = trees[period]
        counted = leaf_counts(book, one.row, one.then, sorted(units)) if units else {}
        found[period] = {unit: _inherited(one.then, unit, counts) for unit, counts in counted.items()}
    return found


def _inherited(then: Tree, unit: int, counts: Counts) -> Counts:
    if then.shape.present[then.position(unit)]:
        return counts
    return {key: replace(count, inherited=count.value, spoke=0, expected=0) for key, count in counts.items()}


def _balance(then: Tree, totals: dict[int, Row], unit: int, below: tuple[int, ...], key: Key) -> Count:
    """The balance a unit itself adopted then: its total's less those of the units below it, as stored."""
    if unit not in totals or not (whole := count_in(totals[unit], key).balance):
        return NOTHING
    mine = whole - sum(count_in(totals[child], key).balance for child in below if child in totals)
    here = bool(then.shape.present[then.position(unit)])
    return Count(value=mine, balance=mine, inherited=0 if here else mine)


def _told(part: Count) -> Count:
    """The part, or `NOTHING` where it says nothing."""
    return part if part.given or part.expected or part.balance or part.value else NOTHING


def summed(parts: Iterable[Count]) -> Count:
    """All parts together; those that say nothing are passed over. One part alone stays what it is."""
    telling = [part for part in parts if part.given or part.expected or part.balance or part.value]
    if len(telling) < 2:
        return telling[0] if telling else NOTHING
    return Count(**{name: sum([getattr(part, name) for part in telling]) for name in SUMMED})
