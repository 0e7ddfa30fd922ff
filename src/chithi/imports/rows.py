"""Reading the rows of an import from the cells of a sheet. Pure: what depends on what is stored comes later.

Every problem is found, not the first one only, and named by the row and column of the sheet (rows count from 1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.imports.cells import EMPLOYMENTS, Value, value_of
from chithi.imports.columns import COLUMNS, Field
from chithi.imports.kinds import ImportKind
from chithi.org.plan_words import KINDS, word
from chithi.text.vietnamese import fold

DATA_SHEETS = {"dữ liệu", "data"}
MOST_KEPT = 5_000
Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Problem:
    """What is wrong where: the row of the sheet (0: the whole file), the column's name ("": the whole row)."""

    row: int
    column: str
    code: str
    facts: Facts = field(default_factory=dict)

    def said(self, kind: ImportKind, language: str) -> str:
        """In the user's words, without the place."""
        facts: dict[str, Any] = dict(self.facts)
        listed: Mapping[Any, Any] = _LISTED.get(self.code, {})
        if listed:
            facts["known"] = "; ".join(word(listed, member, language) for member in listed)
        if "column" in facts:
            facts["column"] = head_of(kind, str(facts["column"]), language)
        return sentence(self.code, facts, language)


_LISTED: dict[str, Mapping[Any, Any]] = {"imports.bad_kind": KINDS, "imports.bad_employment": EMPLOYMENTS}
"""Problems that name all words that would have been understood."""


def problem_of(row: int, column: str, refused: Refused) -> Problem:
    """A refusal as the problem of a row; its facts become plain words and numbers."""
    facts: dict[str, str | int] = {}
    for name, value in refused.facts.items():
        if isinstance(value, date):
            facts[name] = f"{value:%d/%m/}{value.year:04d}"
        else:
            facts[name] = value if isinstance(value, int) and not isinstance(value, bool) else str(value)[:120]
    return Problem(row, column, refused.code, facts)


@dataclass(frozen=True)
class Row:
    """A row that was understood: values by column; columns left blank are not there."""

    number: int
    values: Mapping[str, Value]

    def get(self, column: str) -> Any:
        return self.values.get(column)


@dataclass
class Reading:
    """What a sheet says. `partly`: rows with problems, as far as they were understood."""

    rows: list[Row] = field(default_factory=list)
    partly: list[Row] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)


def head_of(kind: ImportKind, column: str, language: str) -> str:
    """The head of a column; what is no column's name stays as it is."""
    return next((one.head(language) for one in COLUMNS[kind] if one.name == column), column)


def data_rows(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Sequence[Sequence[str]]:
    """The sheet that holds the rows: the one named as in our templates, else the first."""
    named = (rows for name, rows in sheets if name.strip().lower() in DATA_SHEETS)
    return next(named, sheets[0][1] if sheets else ())


def read_rows(
    kind: ImportKind, rows: Sequence[Sequence[str]], *, every: int = 2_000, pause: Callable[[int], None] | None = None
) -> Reading:
    """Understand a sheet. Rows without any word are passed over; `pause` is called now and then with rows done."""
    reading = Reading()
    at = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if at is None:
        reading.problems.append(Problem(0, "", "imports.no_rows"))
        return reading
    columns = _columns(kind, rows[at], at + 1, reading.problems)
    if reading.problems:
        return reading
    reading.columns = frozenset(one.name for one in columns if one)
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        if pause and number % every == 0:
            pause(number)
        before = len(reading.problems)
        row = _row(columns, cells, number, reading.problems)
        if row is not None:
            (reading.partly if len(reading.problems) > before else reading.rows).append(row)
    if not reading.rows and not reading.problems:
        reading.problems.append(Problem(0, "", "imports.no_rows"))
    return reading


def _columns(kind: ImportKind, heads: Sequence[str], number: int, problems: list[Problem]) -> list[Field | None]:
    """What each column of the sheet is. Heads nobody knows are problems, so that no cell is passed over unread."""
    known = {fold(head).strip(): one for one in COLUMNS[kind] for head in (*one.vi, *one.en)}
    columns: list[Field | None] = []
    for head in heads:
        one = known.get(fold(head).strip().removesuffix("*").strip())
        if one is None and head.strip():
            problems.append(Problem(number, "", "imports.unknown_head", {"head": head.strip()[:60]}))
        elif one is not None and one in columns:
            problems.append(Problem(number, one.name, "imports.head_twice", {"head": head.strip()[:60]}))
        columns.append(one)
    for one in COLUMNS[kind]:
        if one.needed and one not in columns:
            problems.append(Problem(number, "", "imports.no_head", {"column": one.name}))
    return columns


def _row(columns: Sequence[Field | None], cells: Sequence[str], number: int, problems: list[Problem]) -> Row | None:
    values: dict[str, Value] = {}
    before = len(problems)
    for at, typed in enumerate(cells):
        typed = typed.strip()
        if not typed:
            continue
        one = columns[at] if at < len(columns) else None
        if one is None:
            problems.append(Problem(number, "", "imports.cell_without_head", {"said": typed[:60]}))
            continue
        try:
            values[one.name] = value_of(one, typed)
        except Refused as refused:
            problems.append(problem_of(number, one.name, refused))
    if not values and len(problems) == before:
        return None
    said_wrongly = {problem.column for problem in problems[before:]}
    for one in columns:
        if one is not None and one.needed and one.name not in values and one.name not in said_wrongly:
            problems.append(Problem(number, one.name, "imports.missing"))
    return Row(number, values)
