"""Reading a reorganisation plan from the cells of a sheet: "this becomes that". Pure.

The first row holds the heads, in either language and any order. Every problem is found, not the first one only, and
named by the row and column of the sheet (rows count from 1, the heads are row 1). What depends on the tree as it
stands is found by trying the plan (`chithi.org.plans.preview`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chithi.org.kinds import StepKind, UnitKind
from chithi.org.plan_words import FLAGS, HEADS, KINDS, WHATS, said_of, understood
from chithi.text.vietnamese import clean, fold

MOST_ROWS = 20_000
LIMITS = {"codes": 20_000, "name": 200, "short_name": 80, "parent_code": 40, "heir_code": 40, "people": 20_000}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_SEVERAL = re.compile(r"[;,\n]")

NEEDS: dict[StepKind, tuple[str, ...]] = {
    StepKind.OPEN: ("codes", "name", "kind", "parent_code"),
    StepKind.RENAME: ("codes", "name"),
    StepKind.MOVE: ("codes", "parent_code"),
    StepKind.MERGE: ("codes", "heir_code"),
    StepKind.SPLIT: ("codes", "heir_code"),
    StepKind.CLOSE: ("codes", "heir_code"),
    StepKind.ABOLISH: ("kind",),
    StepKind.CHANGE_KIND: ("codes",),
    StepKind.TRANSFER: ("codes", "parent_code", "people"),
}
"""Columns a row of each kind must fill."""

MAY: dict[StepKind, tuple[str, ...]] = {
    StepKind.OPEN: ("short_name", "is_cell", "is_grassroots"),
    StepKind.RENAME: ("short_name",),
    StepKind.ABOLISH: ("heir_code",),
    StepKind.CHANGE_KIND: ("kind", "is_cell", "is_grassroots"),
}
"""Columns it may fill besides."""

ONE_CODE = frozenset({StepKind.OPEN, StepKind.RENAME, StepKind.SPLIT, StepKind.TRANSFER})
ENDING = frozenset({StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE})


@dataclass(frozen=True)
class Step:
    """One row as understood. Flags are None where the row leaves them to the kind, or as they are."""

    row: int
    what: StepKind
    codes: tuple[str, ...] = ()
    name: str = ""
    short_name: str = ""
    kind: UnitKind | None = None
    is_cell: bool | None = None
    is_grassroots: bool | None = None
    parent_code: str = ""
    heir_code: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A row that was not understood: what was typed, by column, kept until somebody mends it."""

    row: int
    cells: Mapping[str, str]


Row = Step | Unread


@dataclass(frozen=True)
class Problem:
    """Something to mend before the plan can be applied. `row` 0: it concerns the plan as a whole."""

    code: str
    row: int = 0
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def said(self, language: str) -> str:
        return said_of(self.code, self.facts, language, row=self.row, column=self.column)


@dataclass(frozen=True)
class Sheet:
    """What was understood of a sheet, and what was not. `rows` are all of them, in order; empty where the heads or the
    sheet as a whole cannot be read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(row for row in self.rows if isinstance(row, Step))


def read_rows(rows: Sequence[Sequence[str]]) -> Sheet:
    """Understand a sheet. Rows without any word are passed over."""
    columns, problems = _columns(rows[0] if rows else ())
    filled = [(n, row) for n, row in enumerate(rows[1:], 2) if any(str(cell).strip() for cell in row)]
    if not filled:
        problems.append(Problem("plan.empty"))
    if len(filled) > MOST_ROWS:
        problems.append(Problem("plan.too_many_rows", facts={"limit": MOST_ROWS}))
    if problems:
        return Sheet((), tuple(problems))
    read: list[Row] = []
    for number, row in filled:
        cells = {name: clean(str(row[at]).strip()) if at < len(row) else "" for name, at in columns.items()}
        step, wrong = read_row(number, cells)
        problems += wrong
        read.append(step or Unread(number, cells))
    problems += twice(row for row in read if isinstance(row, Step))
    return Sheet(tuple(read), tuple(sorted(problems, key=lambda p: p.row)))


def read_row(number: int, cells: Mapping[str, str]) -> tuple[Step | None, list[Problem]]:
    """Understand one row, given by column; no step where anything is wrong with it."""
    reading = _Row(number, {"what": "", **cells})
    step = reading.step()
    return (None if reading.problems else step), reading.problems


def _columns(heads: Sequence[str]) -> tuple[dict[str, int], list[Problem]]:
    """Where each column stands. Heads nobody knows are problems, so that no cell is passed over unread."""
    known = {fold(head): name for name, languages in HEADS.items() for of_one in languages for head in of_one}
    columns: dict[str, int] = {}
    problems = []
    for at, head in enumerate(heads):
        said = clean(str(head).strip())
        name = known.get(fold(said).strip())
        if name is None:
            if said:
                problems.append(Problem("plan.head_unknown", 1, "", {"head": said}))
        elif name in columns:
            problems.append(Problem("plan.head_twice", 1, "", {"column": said}))
        else:
            columns[name] = at
    for name in ("what", "codes"):
        if name not in columns:
            problems.append(Problem("plan.no_heads", 1, "", {"column": HEADS[name][0][0]}))
    return columns, problems


class _Row:
    """Reads one row and gathers what is wrong with it."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number, self.cells = number, cells
        self.problems: list[Problem] = []

    def step(self) -> Step | None:
        what = understood(WHATS, self.cells["what"])
        if what is None:
            said = self.cells["what"]
            self._wrong("plan.unknown_what" if said else "plan.missing", "what", said=said)
            return None
        self._filled(what)
        codes = tuple(self._codes("codes"))
        if len(codes) > 1 and what in ONE_CODE:
            self._wrong("plan.one_code", "codes")
        step = Step(
            row=self.number,
            what=what,
            codes=codes,
            name=self._short("name"),
            short_name=self._short("short_name"),
            kind=self._kind(),
            is_cell=self._flag("is_cell"),
            is_grassroots=self._flag("is_grassroots"),
            parent_code="".join(self._codes("parent_code", most=1)),
            heir_code="".join(self._codes("heir_code", most=1)),
            people=tuple(self._listed("people")),
        )
        if what is StepKind.CHANGE_KIND and (step.kind, step.is_cell, step.is_grassroots) == (None, None, None):
            self._wrong("plan.missing", "kind")
        return step

    def _wrong(self, code: str, column: str, **facts: object) -> None:
        self.problems.append(Problem(code, self.number, column, facts))

    def _filled(self, what: StepKind) -> None:
        used = {"what", *NEEDS[what], *MAY.get(what, ())}
        for column in HEADS:
            said = self.cells.get(column, "")
            if column in NEEDS[what] and not said:
                self._wrong("plan.missing", column)
            if said and column not in used:
                self._wrong("plan.not_used", column, what=what)

    def _short(self, column: str) -> str:
        said = self.cells.get(column, "")
        if len(said) > LIMITS[column]:
            self._wrong("plan.too_long", column, limit=LIMITS[column])
        return said

    def _listed(self, column: str) -> Iterator[str]:
        return (part.strip() for part in _SEVERAL.split(self._short(column)) if part.strip())

    def _codes(self, column: str, most: int = 0) -> Iterator[str]:
        found = list(dict.fromkeys(self._listed(column)))
        if most and len(found) > most:
            self._wrong("plan.one_code", column)
        for code in found:
            if not _CODE.fullmatch(code):
                self._wrong("plan.bad_code", column, said=code)
        return iter(found)

    def _kind(self) -> UnitKind | None:
        said = self.cells.get("kind", "")
        kind = understood(KINDS, said) if said else None
        if said and kind is None:
            self._wrong("plan.unknown_kind", "kind", said=said)
        return kind

    def _flag(self, column: str) -> bool | None:
        said = fold(self.cells.get(column, "")).strip()
        if said and said not in FLAGS:
            self._wrong("plan.unknown_flag", column, said=self.cells[column])
        return FLAGS.get(said)


def twice(steps: Iterable[Step]) -> Iterator[Problem]:
    """A code opened in two rows, a unit that ends in two rows."""
    opened: dict[str, int] = {}
    closed: dict[str, int] = {}
    for step in steps:
        for code in step.codes if step.what is StepKind.OPEN else ():
            if code in opened:
                yield Problem("plan.opened_twice", step.row, "codes", {"said": code, "first": opened[code]})
            opened.setdefault(code, step.row)
        for code in step.codes if step.what in ENDING else ():
            if code in closed:
                yield Problem("plan.closed_twice", step.row, "codes", {"said": code, "first": closed[code]})
            closed.setdefault(code, step.row)
