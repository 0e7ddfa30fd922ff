"""What an import would do: counts, problems, people who look alike. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import date

from chithi.core.errors import Refused
from chithi.imports.rows import Problem, Row, problem_of

Pause = Callable[[int], None]


@dataclass
class Outcome:
    """Rows by what becomes of them. `alike` pairs a new person's row with (row of the sheet or 0, name)."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    alike: list[tuple[int, int, str]] = field(default_factory=list)

    def wrong(self, row: Row, column: str, code: str, /, **facts: str | int) -> None:
        self.problems.append(Problem(row.number, column, code, facts))

    def refused(self, row: Row, column: str, problem: Refused | None) -> bool:
        """Note a refusal under a column; whether there was one."""
        if problem is None:
            return False
        self.problems.append(problem_of(row.number, column, problem))
        return True

    def units_of_the_rest(self, partly: Iterable[Row], columns: tuple[str, ...], known: Container[str]) -> None:
        """Rows that were not understood whole: what can be said of their units is said all the same."""
        for row in partly:
            for column in columns:
                code = row.get(column)
                if code and code.casefold() not in known:
                    self.wrong(row, column, "imports.no_unit", said=code)

    @property
    def counts(self) -> dict[str, int]:
        return {"new": self.new, "changed": self.changed, "unchanged": self.unchanged, "alike": len(self.alike)}


def column_of(problem: Refused | None, columns: dict[str, str], usual: str) -> str:
    """The column that a rule's field stands for in the sheet."""
    return columns.get(problem.field or "", usual) if problem else ""


def day_text(day: date) -> str:
    """A day as both languages write it in a sheet: 05/06/2024."""
    return f"{day:%d/%m/}{day.year:04d}"
