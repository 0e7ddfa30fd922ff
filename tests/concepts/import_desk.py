"""What the tests of imports share: sheets written as lists, brought and worked on at once."""

from __future__ import annotations

from datetime import date

from chithi.db.viewer import Viewer
from chithi.imports import actions
from chithi.imports.columns import COLUMNS
from chithi.imports.exports import export
from chithi.imports.kinds import ImportKind
from chithi.imports.models import Import
from chithi.imports.rows import Problem
from chithi.sheets.writing import Cell, Column, Table, write
from tests.worker import on_sheets

BECAUSE = "the tests look at everything"


def sheet(kind: ImportKind, *rows: dict[str, Cell], ending: str = "xlsx") -> bytes:
    """A sheet with all columns of the kind, the rows given by column."""
    fields = COLUMNS[kind]
    body = [[row.get(one.name) for one in fields] for row in rows]
    return write([Table("Dữ liệu", [Column(one.head("vi")) for one in fields], body)], ending=ending)


def brought(by: Viewer, kind: ImportKind, unit_id: int, data: bytes, filename: str = "a.xlsx") -> Import:
    """An import that has been checked."""
    batch = actions.bring(by=by, kind=kind, unit_id=unit_id, filename=filename, data=data)
    assert on_sheets() == 1
    return again(batch)


def applied(by: Viewer, kind: ImportKind, unit_id: int, data: bytes) -> Import:
    """An import that has been applied."""
    batch = brought(by, kind, unit_id, data)
    assert batch.state == "checked", said(batch)
    actions.apply(by=by, import_id=batch.pk, seen_version=batch.version)
    assert on_sheets() == 1
    return again(batch)


def again(batch: Import) -> Import:
    return Import.objects.everywhere(because=BECAUSE).get(pk=batch.pk)


def said(batch: Import) -> list[tuple[int, str, str]]:
    """Row, column and code of every problem."""
    return [(p["row"], p["column"], p["code"]) for p in batch.problems]


def words(batch: Import, language: str = "vi") -> list[str]:
    kind = ImportKind(batch.kind)
    return [Problem(p["row"], p["column"], p["code"], p["facts"]).said(kind, language) for p in batch.problems]


def exported(
    by: Viewer, kind: ImportKind, unit_id: int, day: date, ending: str = "xlsx", language: str = "vi"
) -> bytes:
    return write([export(by, kind, unit_id, day, language)], ending=ending, language=language)


def counts(batch: Import) -> tuple[int, int, int]:
    return batch.counts["new"], batch.counts["changed"], batch.counts["unchanged"]
