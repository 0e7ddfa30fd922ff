"""Editions: the tree on a day as arrays (for kernel and trace) and, for today, as rows (for reach).

An edition is a cache keyed by the days over which the tree did not change. A change of the tree drops the editions
that it makes wrong (`forget_since`), inside its own transaction. A dropped edition serves nobody who comes now; its
rows stay for `LINGERS`, because a request that began before the change still asks with the reach of then.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from threading import Lock
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import models
from django.db.models import Max, Min
from django.db.models.expressions import RawSQL
from django.utils import timezone

from chithi.core.errors import Absent, Refused
from chithi.db.kept import Kept
from chithi.db.locks import only_one
from chithi.db.pouring import pour_columns
from chithi.db.reach import Reach
from chithi.org.models import Closing, Edition, Place, Unit, UnitState, valid_on
from chithi.rollup.build import build
from chithi.rollup.shape import NO_PARENT, Shape

_WHY = "an edition is a picture of the whole tree"
_cache: OrderedDict[UUID, Shape] = OrderedDict()
_cache_lock = Lock()
_remembered: ContextVar[list[Edition] | None] = ContextVar("remembered", default=None)
_READ_AT_ONCE = 40
"""Editions that are read together, where they are remembered: those of nearly every page's days."""
_KEPT, _KEPT_UNITS = 20, 2_500_000
"""So many shapes stay in a process, and so many units in all of them: about 50 bytes each, at least two shapes."""
LINGERS = timedelta(minutes=10)
"""How long the rows of a dropped edition stay: longer than any request takes."""


class Tree:
    """An edition in hand: its row's id, its days and its shape; `placed` where its places stood as rows when read."""

    __slots__ = ("id", "placed", "shape", "since", "until")

    def __init__(self, edition: Edition, shape: Shape) -> None:
        self.id = edition.pk
        self.placed = edition.placed
        self.since = edition.since
        self.until = edition.until
        self.shape = shape

    def position(self, unit_id: int) -> int:
        """Where a unit stands; raises `Absent("org.no_unit")` for one not in this edition."""
        found = self.find(unit_id)
        if found is None:
            raise Absent("org.no_unit", unit=unit_id)
        return found

    def find(self, unit_id: int) -> int | None:
        """Where a unit stands, or None where this edition does not hold it."""
        try:
            return self.shape.position(unit_id)
        except Refused:
            return None

    def find_all(self, unit_ids: Collection[int]) -> dict[int, int]:
        """Where units stand, by unit; those that this edition does not hold are left out."""
        return self.shape.found(list(unit_ids))

    def holds(self, above: int, below: int) -> bool:
        """Whether one unit stands in the subtree of another (a unit holds itself)."""
        top, at = self.find(above), self.find(below)
        return top is not None and at is not None and top <= at < int(self.shape.hi[top])

    def reach_of(self, unit_ids: list[int]) -> Reach:
        """The subtrees of these units (unknown ones are left out)."""
        intervals = []
        for unit_id in unit_ids:
            at = self.find(unit_id)
            if at is not None:
                intervals.append((at, int(self.shape.hi[at])))
        return Reach.of(self.id, len(self.shape.unit_ids), intervals)

    def tops_of(self, reach: Reach) -> list[int]:
        """The highest units of a reach in this edition: several may stand side by side in one of its intervals."""
        found = []
        for lo, hi in reach.intervals:
            at = lo
            while at < hi:
                found.append(int(self.shape.unit_ids[at]))
                at = int(self.shape.hi[at])
        return found


@contextmanager
def remembering() -> Iterator[None]:
    """Ask for editions once within this block, e.g. a request: it goes on with the trees it began with.

    A change of the tree inside the block is seen by what follows it.
    """
    token = _remembered.set([])
    try:
        yield
    finally:
        _remembered.reset(token)


def tree_on(day: date) -> Tree:
    """The tree on a day. One query where the edition is cached, none where it is `remembering`; else it is built."""
    known = _remembered.get()
    if known is None:
        edition = _stored(day) or _make(day)
    else:
        if not known:
            known += _NEWEST.objects()
        edition = _among(known, day) or _stored(day) or _make(day)
        if edition not in known:
            known.append(edition)
    return Tree(edition, _shape_of(edition))


def _among(editions: Iterable[Edition], day: date) -> Edition | None:
    """The edition that holds on a day."""
    return next((e for e in editions if e.since <= day and (e.until is None or e.until > day)), None)


def trees_on(days: Collection[date]) -> dict[date, Tree]:
    """The trees of several days. One query where their editions are cached; those that are not are built and kept."""
    if _remembered.get() is not None:
        return {day: tree_on(day) for day in sorted(set(days))}
    stored = list(
        in_force()
        .filter(since__lte=max(days))
        .filter(models.Q(until__isnull=True) | models.Q(until__gt=min(days)))
        .defer("shape")
    )
    found: dict[date, Tree] = {}
    for day in sorted(set(days)):
        edition = _among(stored, day)
        if edition is None:
            edition = _make(day)
            stored.append(edition)
        found[day] = Tree(edition, _shape_of(edition))
    return found


def reach_tree(day: date) -> Tree:
    """The tree on a day whose places also stand as rows, so that reach can be asked in SQL.

    The rows are written under the lock `tree`: whoever waited for it looks again, at the tree as it stands then.
    """
    tree = tree_on(day)
    if tree.placed:
        return tree
    with only_one("tree"):
        tree = tree_on(day)
        if not _is_placed(tree):
            _place(tree)
    return tree


def _is_placed(tree: Tree) -> bool:
    return Edition.objects.filter(pk=tree.id, placed=True).exists()


def ids_within(reach: Reach) -> RawSQL:
    """As `units_within`, for the right side of `…__in`: every scoped query has one, and putting it together as a
    queryset each time cost a tenth of a page. Only the numbers of the reach go into it, as parameters."""
    spans = " OR ".join(["(lo >= %s AND lo < %s)"] * len(reach.intervals)) or "1 = 0"
    bounds = [bound for span in reach.intervals for bound in span]
    sql = f'SELECT unit_id FROM "{Place._meta.db_table}" WHERE edition_id = %s AND ({spans})'  # noqa: S608 -- own words
    return RawSQL(sql, [reach.edition_id, *bounds])  # noqa: S611 -- likewise


def units_within(reach: Reach) -> models.QuerySet[Place, int]:
    """The ids of all units inside a reach, as a subquery."""
    inside = models.Q(pk__in=[])
    for lo, hi in reach.intervals:
        inside |= models.Q(lo__gte=lo, lo__lt=hi)
    return Place.objects.filter(inside, edition_id=reach.edition_id).values_list("unit_id", flat=True)


def forget_since(day: date) -> None:
    """Drop every edition that a change of the tree on `day` makes wrong. Call inside the change's transaction."""
    forget_read()
    now = timezone.now()
    Edition.objects.filter(dropped_at__lt=now - LINGERS).delete()
    in_force().filter(models.Q(until__isnull=True) | models.Q(until__gt=day)).update(dropped_at=now)


def forget_read() -> None:
    """Read anew what is `remembering`; call where a change of the tree was rolled back, whose editions went with it."""
    if (known := _remembered.get()) is not None:
        known.clear()


def in_force() -> models.QuerySet[Edition]:
    """Editions that no change has made wrong."""
    return Edition.objects.filter(dropped_at__isnull=True)


def _newest() -> models.QuerySet[Edition]:
    return in_force().defer("shape").order_by("-since")[:_READ_AT_ONCE]


_NEWEST = Kept(_newest)


def _stored(day: date) -> Edition | None:
    query = in_force().filter(since__lte=day)
    return query.filter(models.Q(until__isnull=True) | models.Q(until__gt=day)).defer("shape").first()


def _shape_of(edition: Edition) -> Shape:
    with _cache_lock:
        kept = _cache.get(edition.token)
        if kept is not None:
            _cache.move_to_end(edition.token)
            return kept
    shape = Shape.from_bytes(bytes(edition.shape))
    with _cache_lock:
        _cache[edition.token] = shape
        while len(_cache) > _KEPT or (len(_cache) > 2 and sum(map(len, _cache.values())) > _KEPT_UNITS):
            _cache.popitem(last=False)
    return shape


def _make(day: date) -> Edition:
    """Build and keep an edition, under the lock that every change of the tree takes.

    So no change can commit between reading the dated rows and keeping the picture of them; whoever waited for the lock
    looks again before building.
    """
    with only_one("tree"):
        kept = _stored(day)
        if kept is not None:
            return kept
        since, until = _unchanged_days(day)
        return Edition.objects.create(since=since, until=until, shape=build_edition(day).to_bytes())


def _unchanged_days(day: date) -> tuple[date, date | None]:
    """The days around `day` over which no dated row of the tree begins or ends."""
    dated = (UnitState.objects.everywhere(because=_WHY), Closing.objects.everywhere(because=_WHY))
    before, after = [], []
    for rows in dated:
        before.append(rows.filter(since__lte=day).aggregate(x=Max("since"))["x"])
        before.append(rows.filter(until__lte=day).aggregate(x=Max("until"))["x"])
        after.append(rows.filter(since__gt=day).aggregate(x=Min("since"))["x"])
        after.append(rows.filter(until__gt=day).aggregate(x=Min("until"))["x"])
    return max((d for d in before if d), default=date.min), min((d for d in after if d), default=None)


def build_edition(day: date) -> Shape:
    """The tree of a day from its dated rows: present units under their parents, closed ones under their heirs."""
    rows = list(
        UnitState.objects.everywhere(because=_WHY)
        .filter(valid_on(day))
        .values_list("unit_id", "parent_id", "order", "folded")
    )
    ended = Closing.objects.everywhere(because=_WHY).filter(valid_on(day))
    heirs = dict(ended.values_list("unit_id", "heir_id"))
    codes = Unit.objects.everywhere(because=_WHY).filter(pk__in=ended.values("unit_id"))
    closed = [(unit, heirs[unit], code) for unit, code in codes.values_list("pk", "code")]
    units = [unit for unit, _, _, _ in rows] + [unit for unit, _, _ in closed]
    present = [True] * len(rows) + [False] * len(closed)
    return build(
        units,
        [NO_PARENT if parent is None else parent for _, parent, _, _ in rows] + [heir for _, heir, _ in closed],
        present,
        _ranks(
            [not here for here in present],
            [order for _, _, order, _ in rows] + [0] * len(closed),
            [folded for _, _, _, folded in rows] + [code for _, _, code in closed],
            units,
        ),
    )


def _ranks(gone: list[bool], orders: list[int], words: list[str], units: list[int]) -> npt.NDArray[np.int64]:
    """The place of each row among all: those still there first, by order, then by words, then by unit.

    Many units are called alike, so few words are compared and whole numbers are sorted.
    """
    place_of = {word: place for place, word in enumerate(sorted(set(words)))}
    order = np.lexsort((units, [place_of[word] for word in words], orders, gone))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _place(tree: Tree) -> None:
    """Write the rows of an edition. Call under the lock `tree`.

    Those of earlier days go, except of the one just before: a request that began yesterday may still ask with it.
    """
    shape = tree.shape
    past = in_force().filter(placed=True, until__lt=tree.since)
    Place.objects.filter(edition__in=past).delete()
    past.update(placed=False)
    columns = {"unit_id": shape.unit_ids.tolist(), "lo": range(len(shape)), "hi": shape.hi.tolist()}
    pour_columns(Place, columns, {"edition_id": tree.id})
    Edition.objects.filter(pk=tree.id).update(placed=True)
    for edition in _remembered.get() or ():
        edition.placed = edition.placed or edition.pk == tree.id
