"""Checking that no number has come apart: totals, counts and lists, breakdowns, editions.

Everything here reads; `rebuild=True` writes the totals anew where they differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from chithi.core.errors import Refused
from chithi.db.measures import Recorded
from chithi.indicators.drain import computed, drain_all, rebuild
from chithi.indicators.models import Measure, PeriodRow, Totals
from chithi.indicators.registry import BY_CODE, RECORDED
from chithi.org.models import Unit
from chithi.org.places import build_edition, in_force
from chithi.rollup.columns import parts_of
from chithi.rollup.packing import unpack
from chithi.rollup.shape import Shape
from chithi.rollup.totals import Row

_WHY = "verify reads everything and shows it to the operator only"


@dataclass(frozen=True)
class Difference:
    """Something that does not agree: which check, where, what was found on each side."""

    check: str
    where: str
    stored: str
    found: str


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what differs."""

    periods: int
    totals: int
    counts: int
    differences: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        return not self.differences


def verify(
    *, period_code: str | None = None, rebuild_totals: bool = False, report: Callable[[str], None] = lambda _: None
) -> Verified:
    """Check one period or all that have totals; marks that wait are drained first."""
    drain_all()
    rows = PeriodRow.objects.order_by("first", "last", "code")
    if period_code:
        rows = rows.filter(code=period_code)
    differences: list[Difference] = list(_editions(drop=rebuild_totals))
    totals = counts = 0
    periods = list(rows)
    for row in periods:
        report(row.code)
        checked, different = _totals(row)
        totals += checked
        differences += different
        if different and rebuild_totals:
            rebuild(row)
        for declared in every_declared():
            checked, different = _counts(declared, row)
            counts += checked
            differences += different
    return Verified(len(periods), totals, counts, tuple(differences))


def _editions(*, drop: bool) -> Iterator[Difference]:
    """A cached edition is the tree as its dated rows tell it; a wrong one is dropped where asked, to be built anew."""
    for edition in in_force():
        stored = bytes(edition.shape)
        built = build_edition(edition.since).to_bytes()
        if stored != built:
            yield Difference("edition", edition.since.isoformat(), _size(stored), _size(built))
            if drop:
                edition.delete()


def _size(packed: bytes) -> str:
    try:
        return f"{len(Shape.from_bytes(packed))} units"
    except Refused:
        return "unreadable"


def _totals(row: PeriodRow) -> tuple[int, list[Difference]]:
    """Every stored total equals the one computed from scratch, and none is lacking or left over."""
    stored = dict(Totals.objects.everywhere(because=_WHY).filter(period_id=row.pk).values_list("unit_id", "packed"))
    if not stored:
        return 0, []
    tree, fresh = computed(row)
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    expected = {int(tree.shape.unit_ids[position]): new for position, new in fresh.rows()}
    differences: list[Difference] = []
    for unit in sorted(set(stored) | set(expected)):
        where = f"{codes.get(unit, unit)} {row.code}"
        if unit not in expected:
            differences.append(Difference("total", where, "stored", "no such total"))
        elif unit not in stored:
            differences.append(Difference("total", where, "lacking", "computed"))
        else:
            differences += _columns(where, bytes(stored[unit]), expected[unit])
    return len(expected), differences


def _columns(where: str, packed: bytes, new: Row) -> Iterator[Difference]:
    try:
        old = unpack(packed)
    except Refused as damaged:
        yield Difference("total", where, str(damaged), "computed")
        return
    for key in sorted(set(old.keys.tolist()) | set(new.keys.tolist())):
        if old.cell(key) != new.cell(key):
            measure, member = parts_of(key)
            column = f"{where} measure {measure}" + (f" member {member}" if member else "")
            yield Difference("total", column, str(old.cell(key)), str(new.cell(key)))


def every_declared() -> list[Recorded]:
    """What is counted from records here: what the program lists, and what is counted about one record."""
    known = {declared.code for declared in RECORDED}
    own = Measure.objects.filter(recorded=True).order_by("pk").values_list("code", flat=True)
    return [*RECORDED, *(BY_CODE[code] for code in own if code not in known)]


def _counts(declared: Recorded, row: PeriodRow) -> tuple[int, list[Difference]]:
    """The count per unit equals the length of the list; members partition it; no subject counts twice."""
    rows = declared.rows(row.first, row.last).everywhere(because=_WHY)
    where = f"{declared.code} {row.code}"
    counted = dict(rows.values_list(declared.unit).annotate(n=Count("pk")).order_by().values_list(declared.unit, "n"))
    columns = [declared.unit, *([declared.subject] if declared.subject else [])]
    listed = list(rows.values_list(*columns))
    lengths = Counter(found[0] for found in listed)
    differences = [
        Difference("count", f"{where} unit {unit}", str(counted.get(unit, 0)), str(lengths.get(unit, 0)))
        for unit in sorted(set(counted) | set(lengths))
        if counted.get(unit, 0) != lengths.get(unit, 0)
    ]
    if declared.subject:
        twice = [subject for subject, n in Counter(found[1] for found in listed).items() if n > 1]
        differences += [Difference("subject", f"{where} subject {subject}", "once", "twice") for subject in twice]
    if declared.members:
        parts = sum(rows.filter(condition(row.last)).count() for _, condition in declared.members)
        if parts != len(listed):
            differences.append(Difference("breakdown", where, str(len(listed)), str(parts)))
    return len(counted), differences
