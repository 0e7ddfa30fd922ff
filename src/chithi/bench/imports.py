"""`chithi bench import`: a workbook of people, from its bytes to committed rows, marks and journal.

Ours is the whole way of an import: stored, parsed in the child process, understood, compared, applied in one
transaction. The rival does what somebody would write who has the acts of the product: the same parsed rows, one
`people.join` each, in one transaction; it is spared reading, checking and storing the file. Both are rolled back: the
installation keeps nothing. The rival's larger size is left out: it would take many minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import transaction

from chithi.access.viewers import system_viewer, today
from chithi.bench.measured import Case, Measured, peak_mib, versions_of
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer
from chithi.imports import actions
from chithi.imports.columns import COLUMNS
from chithi.imports.kinds import ImportKind
from chithi.imports.models import Import
from chithi.imports.work import see_through
from chithi.jobs.holders import me
from chithi.org import people
from chithi.org.actions import NewUnit, open_unit
from chithi.org.bulk_units import Opening, open_units
from chithi.org.kinds import UnitKind
from chithi.org.models import Membership, Person, Unit
from chithi.org.people import NewPerson
from chithi.sheets.writing import Column, Table, write

SMALL, SIZES = (200,), (2_000, 100_000)
RIVAL_UP_TO = 2_000
A_CELL = 30  # people
FIRST_DAY, SINCE = date(2010, 1, 1), date(2020, 3, 1)
NAMES = ("Nguyễn Thị Ước", "Trần Văn Quý", "Lê Đình Hòa", "Phạm Thúy Sen", "Đỗ Minh Khuê")
_WHY = "a bench compares what was written"
Rows = list[tuple[str, int, str, date]]
Written = set[tuple[object, ...]]
Answer = TypeVar("Answer")


class _Undone(Exception):  # noqa: N818 -- it takes back what was only measured
    """Ends the transaction of a measurement."""


def run(small: bool) -> Measured:
    """In a database without units, which stays as it is."""
    if Unit.objects.everywhere(because="a bench needs an empty tree").exists():
        raise Refused("bench.not_empty")
    versions, missing = versions_of(("django", "python-calamine", "XlsxWriter"))
    measured = Measured("import", versions, left_out=missing)
    for count in SMALL if small else SIZES:
        measured.cases.append(_case(count))
    return measured


def _case(count: int) -> Case:
    rows = people_rows(count)
    data = workbook(rows)
    seconds: list[tuple[float, Written]] = []

    def measured() -> None:
        seconds.append(_undone(count, lambda by, top: _ours(by, top, data)))

    peak = peak_mib(measured)
    (ours_s, ours), rivals = seconds[0], {}
    checked = "as many people and members as rows; the sheet a second time changes nothing"
    if count <= RIVAL_UP_TO:
        rival_s, theirs = _undone(count, lambda by, _: _one_by_one(by, rows))
        if ours != theirs:
            raise ValueError("the rival wrote other people than the import")
        rivals, checked = {"one act a row": rival_s}, "the same names, years, cells and days"
    size = f"{count} people, {len(data) // 1000} kB"
    return Case("import people", size, ours_s, rivals, None, peak, checked)


def people_rows(count: int) -> Rows:
    """Name, year of birth, code of the cell, since: the same on every machine."""
    return [(f"{NAMES[n % len(NAMES)]} {n}", 1950 + n % 55, f"C{n // A_CELL}", SINCE) for n in range(count)]


def workbook(rows: Rows) -> bytes:
    """The rows as somebody would send them."""
    columns = [one for one in COLUMNS[ImportKind.PEOPLE] if one.name in ("name", "birth_year", "cell", "since")]
    return write([Table("Dữ liệu", [Column(one.head("vi")) for one in columns], rows)], ending="xlsx")


def _undone(count: int, work: Callable[[Viewer, int], tuple[float, Answer]]) -> tuple[float, Answer]:
    """What the work brings back, on a tree with as many cells as it needs; then everything is taken back."""
    found: list[tuple[float, Answer]] = []
    try:
        with transaction.atomic():
            found.append(work(*_tree(count)))
            raise _Undone
    except _Undone:
        return found[0]


def _tree(count: int) -> tuple[Viewer, int]:
    because = "the bench builds a tree, imports people and takes it back"
    root = NewUnit("T", "Đảng bộ tỉnh", "", UnitKind.PROVINCE)
    top = open_unit(by=system_viewer(today(), because=because), new=root, parent_id=None, on=FIRST_DAY).pk
    cells = [
        Opening(f"C{n}", f"Chi bộ {n}", "", UnitKind.CELL, True, False, top, FIRST_DAY, "")
        for n in range(-(-count // A_CELL))
    ]
    open_units(by=system_viewer(today(), because=because), openings=cells)
    return system_viewer(today(), because=because), top


def _ours(by: Viewer, top: int, data: bytes) -> tuple[float, Written]:
    began = time.perf_counter()
    batch = _through(by, top, data)
    batch = actions.apply(by=by, import_id=batch.pk, seen_version=batch.version)
    batch = see_through(batch.pk, me())
    took = time.perf_counter() - began
    again = _through(by, top, data)
    written = _written()
    if (batch.counts["new"], again.counts["unchanged"]) != (len(written), len(written)):
        raise ValueError(f"{len(written)} people, but {batch.counts} and then {again.counts}")
    return took, written


def _through(by: Viewer, top: int, data: bytes) -> Import:
    brought = actions.bring(by=by, kind=ImportKind.PEOPLE, unit_id=top, filename="people.xlsx", data=data)
    return see_through(brought.pk, me())


def _one_by_one(by: Viewer, rows: Rows) -> tuple[float, Written]:
    units = dict(Unit.objects.everywhere(because=_WHY).values_list("code", "pk"))
    began = time.perf_counter()
    for name, birth_year, cell, since in rows:
        people.join(by=by, person=NewPerson(name, birth_year), unit_id=units[cell], since=since)
    return time.perf_counter() - began, _written()


def _written() -> Written:
    """Name, year, code of the cell and day of every member."""
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    told = {row[0]: row[1:] for row in Person.objects.everywhere(because=_WHY).values_list("pk", "name", "birth_year")}
    members = Membership.objects.everywhere(because=_WHY).values_list("person_id", "unit_id", "since", "probationary")
    return {(*told[person], codes[unit], *rest) for person, unit, *rest in members}
