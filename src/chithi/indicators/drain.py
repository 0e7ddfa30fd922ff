"""The one drainer: takes the marks, recomputes the touched totals of every period they fall in, stores them.

Recomputed, never incremented: `rebuild` from scratch gives the same bytes. One drainer at a time reads the marks, then
whatever they ask for, and adds up, outside any transaction; it stores in a short one, which also removes the marks
(`chithi.indicators.storing`). A save that commits after the marks were read has left a mark of its own: whether this
run already saw some of it or not, the next one comes for it. Who stored meanwhile makes this run begin again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from django.db.models import Q

from chithi.core.errors import Refused
from chithi.db.locks import one_at_a_time
from chithi.db.remembered import afresh
from chithi.freshness.models import Mark
from chithi.freshness.turns import Overtaken, turn
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.own import Book, open_book, own_columns, own_columns_in, stored_rows_in
from chithi.indicators.storing import Storing
from chithi.org.places import Tree, remembering, tree_on
from chithi.rollup.columns import key_of, parts_of
from chithi.rollup.kernel import recompute, totals, touched
from chithi.rollup.packing import unpack, unpack_many
from chithi.rollup.shape import Positions, Shape
from chithi.rollup.totals import Totals as Computed

_WHY = "the drainer serves every unit"
_BATCH = 5000
_TOGETHER = 12  # periods that are read together: the days of a year, its months are others
_NAMED_AT_ONCE = 20_000  # units of which a query is told; beyond, all are read (SQLite takes 32.766 values)
Done = TypeVar("Done")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drained:
    """What one run did."""

    marks: int
    periods: int
    rows: int


def drain() -> Drained:
    """Deal with up to 5.000 marks; returns zeros when there was nothing. Safe to call from anywhere."""
    if not Mark.objects.everywhere(because=_WHY).exists():
        return Drained(0, 0, 0)
    return _in_turn(_drain)


def _drain(storing: Storing) -> Drained:
    marks = list(Mark.objects.everywhere(because=_WHY).order_by("pk")[:_BATCH])
    days = Q(pk__in=[])
    for first, last in {(mark.first, mark.last) for mark in marks}:
        days |= Q(first__lte=last, last__gte=first)
    periods = list(PeriodRow.objects.filter(days))
    for together, falling in _alike(periods, marks):
        carry_up(storing, together, falling)
    storing.finish(marks)
    return Drained(len(marks), len(periods), storing.rows)


def _in_turn(work: Callable[[Storing], Done]) -> Done:
    """Do it as the only one, and again where somebody else has stored totals meanwhile."""
    with one_at_a_time("drain"):
        while True:
            try:
                with remembering(), afresh():
                    return work(Storing(turn()))
            except Overtaken:
                log.info("somebody else stored totals; reckoned again")


def drain_all() -> None:
    """Drain until no mark is left; for the command line and the demo."""
    while drain().marks:
        pass


def rebuild(period: PeriodRow) -> int:
    """Compute all totals of a period from scratch and store them; returns the number of rows."""

    def whole(storing: Storing) -> int:
        _rebuild(storing, period, open_book())
        storing.finish()
        return storing.rows

    return _in_turn(whole)


def computed(period: PeriodRow) -> tuple[Tree, Computed]:
    """All totals of a period from scratch, nothing stored; `verify` compares them with what is."""
    tree = tree_on(period.last)
    return tree, totals(tree.shape, own_columns(open_book(), period, tree, None))


def _falls_in(mark: Mark, period: PeriodRow) -> bool:
    return mark.first <= period.last and mark.last >= period.first


def _alike(periods: Sequence[PeriodRow], marks: Sequence[Mark]) -> Iterator[tuple[list[PeriodRow], list[Mark]]]:
    """Periods of one tree into which the same marks fall, with these marks: what they need is read together."""
    found: dict[tuple[int, ...], tuple[list[PeriodRow], list[Mark]]] = {}
    for period in periods:
        falling = [mark for mark in marks if _falls_in(mark, period)]
        together, _ = found.setdefault((tree_on(period.last).id, *(mark.pk for mark in falling)), ([], falling))
        together.append(period)
    for together, falling in found.values():
        for start in range(0, len(together), _TOGETHER):
            yield together[start : start + _TOGETHER], falling


def carry_up(storing: Storing, periods: Sequence[PeriodRow], marks: list[Mark]) -> None:
    """Recompute periods of one tree where the marks say; whole where nothing is stored or the tree has changed."""
    whole = {int(mark.measure_id or 0) for mark in marks if mark.whole}
    if whole:
        for period in periods:
            _refresh_columns(storing, period, whole)
        storing.flush()  # what follows reads what is stored
    _refresh_below(storing, periods, [mark for mark in marks if not mark.whole])


def _refresh_columns(storing: Storing, period: PeriodRow, measure_ids: set[int]) -> None:
    """Add measures up anew for all units whose totals are stored; where none are, they are computed on first sight."""
    tree = tree_on(period.last)
    stored = Totals.objects.everywhere(because=_WHY).filter(period_id=period.pk)
    before = {unit: bytes(packed) for unit, packed in stored.values_list("unit_id", "packed")}
    if not before:
        return
    book = open_book(measure_ids)
    keys = _keys(book)
    own = own_columns(book, period, tree, None)
    new = _one_by_one(lambda wanted: totals(tree.shape, own, wanted), keys, period)
    rows = {}
    for position, row in new.rows():
        unit_id = int(tree.shape.unit_ids[position])
        if unit_id in before:
            rows[unit_id] = unpack(before[unit_id]).replaced(row, keys)
    storing.add(period, rows)


def _refresh_below(storing: Storing, periods: Sequence[PeriodRow], marks: list[Mark]) -> None:
    """Recompute the units that marks name and those above them."""
    if not marks:
        return
    tree = tree_on(periods[0].last)
    measure_ids = None if any(m.measure_id is None for m in marks) else {int(m.measure_id or 0) for m in marks}
    book = open_book(measure_ids)
    _drop_totals_without_children(storing, periods, tree, {m.unit_id for m in marks})
    at = [p for m in marks if (p := tree.find(m.unit_id)) is not None]
    if not at:
        return
    shape = tree.shape
    above = touched(shape, at)
    keys = _keys(book)
    around = _stored_around(periods, shape, above, keys)
    for period in periods:
        if period.pk not in around:
            _rebuild(storing, period, open_book())
    known = [period for period in periods if period.pk in around]
    if not known:
        return
    needed = np.union1d(above, shape.children_of(above))
    units = shape.unit_ids[needed].tolist() if len(needed) <= _NAMED_AT_ONCE else None
    for period, own in own_columns_in(book, known, tree, units):
        old, beside = around[period.pk]
        new = _one_by_one(partial(recompute, shape, beside, own, at), keys, period)
        storing.add(period, {int(shape.unit_ids[p]): unpack(old[p]).replaced(row, keys) for p, row in new.rows()})


def _drop_totals_without_children(
    storing: Storing, periods: Sequence[PeriodRow], tree: Tree, unit_ids: set[int]
) -> None:
    """A unit that a change of the tree left without units below it keeps no total."""
    childless = [u for u in unit_ids if (p := tree.find(u)) is None or not tree.shape.child_count[p]]
    for period in periods:
        storing.drop(period, childless)


def _keys(book: Book) -> list[int]:
    return [key_of(*key) for measure in book.measures.values() for key in book.columns(measure)]


def _one_by_one(compute: Callable[[list[int]], Computed], keys: list[int], period: PeriodRow) -> Computed:
    """All columns together; where one cannot be added up exactly it is left out and the rest goes on.

    One clerk's absurd figures must not keep everybody else's totals from being refreshed. The column is then missing on
    the pages, the log names it, and `verify` shows it as differing.
    """
    try:
        return compute(keys)
    except Refused as problem:
        if problem.code != "rollup.too_large":
            raise
    sound = []
    for key in keys:
        try:
            compute([key])
        except Refused:
            log.error("measure %s of %s is too large to add up", parts_of(key)[0], period.code)
        else:
            sound.append(key)
    return compute(sound)


def _stored_around(
    periods: Sequence[PeriodRow], shape: Shape, above: Positions, keys: list[int]
) -> dict[int, tuple[dict[int, bytes], Computed]]:
    """By period: what is stored for the touched units, packed, by position, and the columns `keys` of their untouched
    children that have children themselves. A period of which one is missing is left out. One query."""
    below = np.setdiff1d(shape.children_of(above), above)
    inner = below[shape.child_count[below] > 0]
    stored, found = stored_rows_in(periods, shape.unit_ids[np.concatenate([above, inner])].tolist()), {}
    wanted = np.unique(np.array(keys, np.int64))
    for period_id, rows in stored.items():
        try:
            old = {p: rows[int(shape.unit_ids[p])] for p in above.tolist()}
            beside = [rows[unit] for unit in shape.unit_ids[inner].tolist()]
        except KeyError:
            continue
        found[period_id] = old, Computed(inner, wanted, unpack_many(beside, keys))
    return found


def _rebuild(storing: Storing, period: PeriodRow, book: Book) -> None:
    tree = tree_on(period.last)
    own = own_columns(book, period, tree, None)
    result = _one_by_one(lambda wanted: totals(tree.shape, own, wanted), sorted(own), period)
    stored = Totals.objects.everywhere(because=_WHY).filter(period_id=period.pk).values_list("unit_id", flat=True)
    inner = set(tree.shape.unit_ids[result.positions].tolist())
    storing.drop(period, set(stored) - inner)
    storing.add(period, {int(tree.shape.unit_ids[position]): row for position, row in result.rows()})
