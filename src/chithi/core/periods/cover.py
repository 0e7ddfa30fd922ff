"""How periods lie within one another: nesting, exact partition, best cover.

Longer periods are added up from shorter ones only where the windows nest (SPINE 4); whether the measure
is a flow is the caller's question. Nesting is decided by days alone, so windows of two profiles may meet
in one partition where their days really join without gap or overlap. As-of periods are states, not
stretches: they neither hold nor fill anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chithi.core.errors import Refused
from chithi.core.periods.windows import STANDARD, Kind, Period, Profile, containing, following

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cover:
    """`periods`: disjoint, in order of time; `missing`: the stretches of days (both ends in) they leave."""

    periods: tuple[Period, ...]
    missing: tuple[tuple[date, date], ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def nests(inner: Period, outer: Period) -> bool:
    """Whether every day of `inner` is a day of `outer`; False where either is an as-of state."""
    if Kind.AS_OF in (inner.kind, outer.kind):
        return False
    return outer.first <= inner.first and inner.last <= outer.last


def partition(outer: Period, available: Collection[Period]) -> tuple[Period, ...] | None:
    """Disjoint available periods that hold exactly the days of `outer`: the fewest, longest first on a tie.

    None where there is no exact partition. `outer` itself counts when it is available.
    """
    end = outer.last + _ONE_DAY
    best: dict[date, tuple[int, Period | None]] = {end: (0, None)}  # start day -> pieces needed, first piece
    for piece in sorted(_nested(outer, available), key=lambda p: (p.first, p.last), reverse=True):
        rest = best.get(piece.last + _ONE_DAY)
        if rest is not None and (piece.first not in best or rest[0] + 1 < best[piece.first][0]):
            best[piece.first] = (rest[0] + 1, piece)
    if outer.kind == Kind.AS_OF or outer.first not in best:
        return None
    chosen: list[Period] = []
    at: Period | None = best[outer.first][1]
    while at is not None:
        chosen.append(at)
        at = best[at.last + _ONE_DAY][1]
    return tuple(chosen)


def cover(outer: Period, available: Collection[Period]) -> Cover:
    """The disjoint available periods inside `outer` that hold most of its days, fewest pieces on a tie.

    Remembered: thousands of units have spoken of the same months.
    """
    return _cover(outer, frozenset(available))


@lru_cache(maxsize=1024)
def _cover(outer: Period, available: frozenset[Period]) -> Cover:
    pieces_by_end = sorted(_nested(outer, available), key=lambda p: (p.last, p.first))
    ends = [piece.last for piece in pieces_by_end]
    best: list[tuple[int, int]] = [(0, 0)]  # over the first i pieces: days held, minus the pieces used
    before: list[int] = []
    for i, piece in enumerate(pieces_by_end):
        before.append(bisect_left(ends, piece.first, 0, i))
        days, used = best[before[i]]
        best.append(max(best[i], (days + piece.days, used - 1)))
    chosen: list[Period] = []
    i = len(pieces_by_end)
    while i > 0:
        if best[i] == best[i - 1]:
            i -= 1
        else:
            chosen.append(pieces_by_end[i - 1])
            i = before[i - 1]
    chosen.reverse()
    return Cover(tuple(chosen), _gaps(outer, chosen))


def pieces(outer: Period, kind: Kind | None = None, profile: Profile | None = None) -> tuple[Period, ...]:
    """The standard periods shorter than `outer` whose days all lie in it: longest kind first, then by time.

    `kind` keeps one kind only; `profile` asks for windows of another profile than that of `outer`.
    """
    if kind is not None and kind not in STANDARD:
        raise Refused("periods.no_window", kind=str(kind))
    wanted = [kind] if kind else sorted(STANDARD, key=STANDARD.__getitem__, reverse=True)
    found: list[Period] = []
    for one in wanted:
        at: Period | None = _first_at_or_after(outer.first, one, profile or outer.profile)
        while at is not None and nests(at, outer):
            if at.days < outer.days:
                found.append(at)
            at = following(at)
    return tuple(found)


def _first_at_or_after(day: date, kind: Kind, profile: Profile) -> Period | None:
    at = containing(day, kind, profile)
    return at if at.first >= day else following(at)


def _nested(outer: Period, available: Collection[Period]) -> list[Period]:
    """Available periods inside `outer`, one for each pair of days (the smallest code), in a fixed order."""
    by_days: dict[tuple[date, date], Period] = {}
    for period in sorted({p for p in available if nests(p, outer)}, key=lambda p: p.code, reverse=True):
        by_days[period.first, period.last] = period
    return list(by_days.values())


def _gaps(outer: Period, chosen: list[Period]) -> tuple[tuple[date, date], ...]:
    gaps: list[tuple[date, date]] = []
    at = outer.first
    for piece in chosen:
        if at < piece.first:
            gaps.append((at, piece.first - _ONE_DAY))
        at = piece.last + _ONE_DAY
    if at <= outer.last:
        gaps.append((at, outer.last))
    return tuple(gaps)
