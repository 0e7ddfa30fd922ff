"""Rows for sheets: templates with what explains them, exports that come back unchanged, problems beside their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from chithi.db.viewer import Capability, Viewer
from chithi.imports.cells import EMPLOYMENTS
from chithi.imports.columns import COLUMNS, Field, Holds
from chithi.imports.kinds import NEEDS, ImportKind
from chithi.imports.rows import Problem
from chithi.org.bulk_reading import narrowed
from chithi.org.bulk_rows import PersonRow, PostRow, UnitRow, people_rows, post_rows, unit_rows
from chithi.org.kinds import EmploymentKind, UnitKind
from chithi.org.plan_words import KINDS, word
from chithi.sheets.writing import Cell, Column, Kind, Table

_YES, _NO = ("có", "yes"), ("không", "no")
_DATA, _HELP = ("Dữ liệu", "Data"), ("Hướng dẫn", "Help")


def template(kind: ImportKind, language: str) -> list[Table]:
    """An empty sheet to be filled in, and one that explains its columns."""
    return [Table(_said(_DATA, language), columns(kind, language)), _help(kind, language)]


def columns(kind: ImportKind, language: str) -> list[Column]:
    """The columns of a kind as the writer of sheets knows them."""
    return [
        Column(one.head(language), one.width, _typed(one), choices(one, language), one.needed) for one in COLUMNS[kind]
    ]


def choices(field: Field, language: str) -> tuple[str, ...]:
    """The words a cell of a closed column may hold."""
    if field.holds is Holds.UNIT_KIND:
        return tuple(word(KINDS, kind, language) for kind in UnitKind)
    if field.holds is Holds.EMPLOYMENT:
        return tuple(word(EMPLOYMENTS, kind, language) for kind in EmploymentKind)
    if field.holds is Holds.FLAG:
        return _said(_YES, language), _said(_NO, language)
    return ()


def export(viewer: Viewer, kind: ImportKind, unit_id: int, day: date, language: str) -> Table:
    """The units, people or posts of a unit and what is below it, as they were on a day. Rows are read as they go.

    `Absent` where the unit lies outside the reach of whoever may import such rows.
    """
    within = narrowed(viewer, NEEDS[kind], unit_id)
    rows: Iterator[Sequence[Cell]]
    if kind is ImportKind.UNITS:
        rows = (_unit_cells(one, language) for one in unit_rows(within, day))
    elif kind is ImportKind.PEOPLE:
        rows = (_person_cells(one, language) for one in people_rows(within, day))
    else:
        rows = (_post_cells(one, language) for one in post_rows(within, day))
    return Table(_said(_DATA, language), columns(kind, language), rows)


def with_problems(kind: ImportKind, rows: Sequence[Sequence[str]], problems: Sequence[Problem], language: str) -> Table:
    """The sheet as it was brought, with a last column that says what is wrong with each row."""
    said: dict[int, list[str]] = {}
    for problem in problems:
        head = next((one.head(language) for one in COLUMNS[kind] if one.name == problem.column), "")
        text = problem.said(kind, language)
        said.setdefault(problem.row, []).append(f"{head}: {text}" if head else text)
    at = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    heads = list(rows[at]) if rows else []
    width = max([len(row) for row in rows[at:]], default=0)
    heads += [""] * (width - len(heads))
    body = (
        (*row, *[""] * (width - len(row)), "\n".join(said.get(number, ())))
        for number, row in enumerate(rows[at + 1 :], at + 2)
    )
    wrong = Column("Chỗ cần sửa" if not language.startswith("en") else "What to mend", 60)
    return Table(_said(_DATA, language), [*(Column(head) for head in heads), wrong], body)


def may_export(viewer: Viewer) -> bool:
    """Whether there is anything at all that the viewer may export."""
    return any(viewer.may_anywhere(needed) for needed in {Capability.TREE, Capability.PEOPLE})


def _unit_cells(row: UnitRow, language: str) -> tuple[Cell, ...]:
    kind = word(KINDS, UnitKind(row.kind), language)
    flags = _flag(row.is_cell, language), _flag(row.is_grassroots, language)
    return row.code, row.name, row.short_name, kind, *flags, row.parent_code, row.opened_on, None, None


def _person_cells(row: PersonRow, language: str) -> tuple[Cell, ...]:
    probationary = _flag(row.probationary, language) if row.probationary else ""
    employment = word(EMPLOYMENTS, EmploymentKind(row.employment), language) if row.employment else ""
    return (
        *(row.name, row.birth_year, row.cell, row.since, probationary),
        *(row.exempt_since, row.exempt_until, row.exempt_reason),
        *(row.agency, employment, row.employed_since, str(row.key)),
    )


def _post_cells(row: PostRow, language: str) -> tuple[Cell, ...]:
    flags = _flag(row.is_key_leader, language), _flag(row.is_head, language)
    return row.name, row.birth_year, row.home, row.unit, row.title, *flags, row.since, row.until, str(row.key)


def _help(kind: ImportKind, language: str) -> Table:
    english = language.startswith("en")
    heads = ("Column", "Needed", "What to write", "Allowed words") if english else (
        "Cột", "Bắt buộc", "Ghi gì", "Các từ được dùng"
    )  # fmt: skip
    rows = [
        (
            one.head(language),
            _flag(one.needed, language),
            one.about(language),
            "; ".join(choices(one, language)),
        )
        for one in COLUMNS[kind]
    ]
    return Table(
        _said(_HELP, language),
        [Column(head, width) for head, width in zip(heads, (30, 10, 70, 50), strict=True)],
        rows,
        wrap=True,
    )


def _typed(field: Field) -> Kind:
    return {Holds.DATE: Kind.DATE, Holds.YEAR: Kind.NUMBER}.get(field.holds, Kind.TEXT)


def _flag(value: bool, language: str) -> str:
    return _said(_YES if value else _NO, language)


def _said(words: tuple[str, str], language: str) -> str:
    return words[language.startswith("en")]
