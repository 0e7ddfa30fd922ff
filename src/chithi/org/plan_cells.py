"""Rows of a reorganisation plan as the cells of a sheet: the template, and a plan written out again. Pure.

What is written here is understood by `chithi.org.plan_rows.read_rows` as the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from chithi.org.kinds import StepKind, UnitKind
from chithi.org.plan_rows import Row, Step, Unread
from chithi.org.plan_words import HEADS, KINDS, WHATS, YES_NO, word

_NAME = "…"
_EXAMPLES: tuple[Step, ...] = (
    Step(2, StepKind.OPEN, ("HL-X01",), _NAME, _NAME, UnitKind.GRASSROOTS, is_grassroots=True, parent_code="HL"),
    Step(3, StepKind.MERGE, ("HL-KS-01", "HL-KS-02"), heir_code="HL-X01"),
    Step(4, StepKind.MOVE, ("HL-KS-03-01",), parent_code="HL-X01"),
    Step(5, StepKind.SPLIT, ("HL-KS-03",), heir_code="HL-X01"),
    Step(6, StepKind.CLOSE, ("HL-KS-17",), heir_code="HL"),
    Step(7, StepKind.RENAME, ("HL-KS-04",), _NAME, _NAME),
    Step(8, StepKind.CHANGE_KIND, ("HL-KS-05-02",), kind=UnitKind.GRASSROOTS, is_cell=True, is_grassroots=True),
    Step(9, StepKind.TRANSFER, ("HL-KS-04-01",), parent_code="HL-KS-04-02", people=(f"{_NAME} (1970)", _NAME)),
    Step(10, StepKind.ABOLISH, kind=UnitKind.DISTRICT, heir_code="HL"),
)


def template(language: str = "vi") -> list[list[str]]:
    """Heads and one row of each kind of change, to be overwritten."""
    return sheet_of(_EXAMPLES, language)


def sheet_of(rows: Iterable[Row], language: str = "vi") -> list[list[str]]:
    """Heads and the rows below them, as texts."""
    heads = [word(HEADS, column, language) for column in HEADS]
    return [heads, *([cells.get(column, "") for column in HEADS] for cells in (cells_of(r, language) for r in rows))]


def cells_of(row: Row, language: str = "vi") -> dict[str, str]:
    """One row by column, in the words of a language; a row that was not understood as it was typed."""
    if isinstance(row, Unread):
        return dict(row.cells)
    return {
        "what": word(WHATS, row.what, language),
        "codes": "; ".join(row.codes),
        "name": row.name,
        "short_name": row.short_name,
        "kind": word(KINDS, row.kind, language) if row.kind else "",
        "is_cell": _flag(row.is_cell, language),
        "is_grassroots": _flag(row.is_grassroots, language),
        "parent_code": row.parent_code,
        "heir_code": row.heir_code,
        "people": "; ".join(row.people),
    }


def _flag(flag: bool | None, language: str) -> str:
    if flag is None:
        return ""
    yes, no = YES_NO[language.startswith("en")]
    return yes if flag else no
