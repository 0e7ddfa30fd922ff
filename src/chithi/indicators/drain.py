"""The one drainer: takes the marks, recomputes the touched totals of every period they fall in, stores them.

Recomputed, never incremented: `rebuild` from scratch gives the same bytes. All of it runs under one lock, in the
transaction that also removes the marks it has dealt with; a save that commits later leaves a mark of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from django.utils import timezone

from chithi.core.errors import Refused
from chithi.db.locks import only_one
from chithi.freshness.models import Mark
from chithi.indicators.models import PeriodRow, Totals
from chithi.indicators.own import Book, open_book, own_columns, stored_rows
from chithi.org.places import Tree, tree_on
from chithi.rollup.columns import key_of, parts_of
from chithi.rollup.kernel import recompute, totals, touched
from chithi.rollup.packing import pack, unpack
from chithi.rollup.totals import Row
from chithi.rollup.totals import Totals as Computed

_WHY = "the drainer serves every unit"
_BATCH = 5000
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
    with only_one("drain"):
        marks = list(Mark.objects.everywhere(because=_WHY).order_by("pk")[:_BATCH])
        if not marks:
            return Drained(0, 0, 0)
        days = Q(pk__in=[])
        for first, last in {(mark.first, mark.last) for mark in marks}:
            days |= Q(first__lte=last, last__gte=first)
        periods = list(PeriodRow.objects.filter(days))
        rows = sum(_refresh(period, [m for m in marks if _falls_in(m, period)]) for period in periods)
        Mark.objects.everywhere(because=_WHY).filter(pk__in=[mark.pk for mark in marks]).delete()
        return Drained(len(marks), len(periods), rows)


def drain_all() -> None:
    """Drain until no mark is left; for the command line and the demo."""
    while drain().marks:
        pass


def rebuild(period: PeriodRow) -> int:
    """Compute all totals of a period from scratch and store them; returns the number of rows."""
    with only_one("drain"):
        return _rebuild(period, open_book())


def computed(period: PeriodRow) -> tuple[Tree, Computed]:
    """All totals of a period from scratch, nothing stored; `verify` compares them with what is."""
    tree = tree_on(period.last)
    return tree, totals(tree.shape, own_columns(open_book(), period, tree, None))


def _falls_in(mark: Mark, period: PeriodRow) -> bool:
    return mark.first <= period.last and mark.last >= period.first


def _refresh(period: PeriodRow, marks: list[Mark]) -> int:
    """Recompute one period where the marks say; whole where nothing is stored yet or the tree has changed."""
    whole = {int(mark.measure_id or 0) for mark in marks if mark.whole}
    done = _refresh_columns(period, whole) if whole else 0
    return done + _refresh_below(period, [mark for mark in marks if not mark.whole])


def _refresh_columns(period: PeriodRow, measure_ids: set[int]) -> int:
    """Add measures up anew for all units whose totals are stored; where none are, they are computed on first sight."""
    tree = tree_on(period.last)
    stored = Totals.objects.everywhere(because=_WHY).filter(period_id=period.pk)
    before = {unit: bytes(packed) for unit, packed in stored.values_list("unit_id", "packed")}
    if not before:
        return 0
    book = open_book(measure_ids)
    keys = _keys(book)
    own = own_columns(book, period, tree, None)
    new = _one_by_one(lambda wanted: totals(tree.shape, own, wanted), keys, period)
    rows = {}
    for position, row in new.rows():
        unit_id = int(tree.shape.unit_ids[position])
        if unit_id in before:
            rows[unit_id] = unpack(before[unit_id]).replaced(row, keys)
    return _store(period, rows)


def _refresh_below(period: PeriodRow, marks: list[Mark]) -> int:
    """Recompute the units that marks name and those above them."""
    if not marks:
        return 0
    tree = tree_on(period.last)
    measure_ids = None if any(m.measure_id is None for m in marks) else {int(m.measure_id or 0) for m in marks}
    book = open_book(measure_ids)
    at = [p for m in marks if (p := tree.find(m.unit_id)) is not None]
    _drop_totals_without_children(period, tree, {m.unit_id for m in marks})
    if not at:
        return 0
    stored = _stored_around(period, tree, at)
    if stored is None:
        return _rebuild(period, open_book())
    shape = tree.shape
    above = touched(shape, at)
    needed = np.union1d(above, shape.children_of(above))
    units = [int(unit) for unit in shape.unit_ids[needed]]
    keys = _keys(book)
    own = own_columns(book, period, tree, units)
    new = _one_by_one(lambda wanted: recompute(shape, stored, own, at, wanted), keys, period)
    old = stored_rows(period, [int(unit) for unit in shape.unit_ids[above]])
    rows = {}
    for position, row in new.rows():
        unit_id = int(shape.unit_ids[position])
        before = old.get(unit_id)
        rows[unit_id] = unpack(before).replaced(row, keys) if before else row
    return _store(period, rows)


def _drop_totals_without_children(period: PeriodRow, tree: Tree, unit_ids: set[int]) -> None:
    """A unit that a change of the tree left without units below it keeps no total."""
    childless = [u for u in unit_ids if (p := tree.find(u)) is None or not tree.shape.child_count[p]]
    Totals.objects.everywhere(because=_WHY).filter(period_id=period.pk, unit_id__in=childless).delete()


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


def _stored_around(period: PeriodRow, tree: Tree, at: Collection[int]) -> Computed | None:
    """Stored totals of the untouched children that have children; None where one is missing."""
    shape = tree.shape
    above = touched(shape, list(at))
    children = np.setdiff1d(shape.children_of(above), above)
    inner = children[shape.child_count[children] > 0]
    wanted = np.union1d(above, inner)
    rows = stored_rows(period, [int(unit) for unit in shape.unit_ids[wanted]])
    if len(rows) < len(wanted):
        return None
    return Computed.of_rows({p: unpack(rows[int(shape.unit_ids[p])]) for p in inner.tolist()})


def _rebuild(period: PeriodRow, book: Book) -> int:
    tree = tree_on(period.last)
    own = own_columns(book, period, tree, None)
    result = _one_by_one(lambda wanted: totals(tree.shape, own, wanted), sorted(own), period)
    rows = {int(tree.shape.unit_ids[position]): row for position, row in result.rows()}
    Totals.objects.everywhere(because=_WHY).filter(period_id=period.pk).exclude(unit_id__in=list(rows)).delete()
    return _store(period, rows)


def _store(period: PeriodRow, rows: dict[int, Row]) -> int:
    now = timezone.now()
    Totals.objects.bulk_create(
        [Totals(unit_id=unit, period_id=period.pk, packed=pack(row), at=now) for unit, row in rows.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["unit", "period"],
        update_fields=["packed", "at"],
    )
    return len(rows)
