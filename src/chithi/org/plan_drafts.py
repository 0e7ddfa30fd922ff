"""Mending a plan while it is a draft: from a sheet, row by row, its head; giving it up.

Each change is compared with the version its doer saw. Rows are numbered as in the sheet that the plan is written out
to, so that a problem names the same row on the page and in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import rules, trials
from chithi.org.kinds import PlanState
from chithi.org.models import Reorganisation, ReorganisationStep
from chithi.org.plan_cells import cells_of
from chithi.org.plan_preview import Preview
from chithi.org.plan_rows import MOST_ROWS, Problem, Row, Sheet, Unread, read_row, read_rows
from chithi.org.plans import draft_steps, plan_in_reach, preview, rows_of, store_rows
from chithi.text.vietnamese import clean

_WHY = "the rows of a draft found in reach"
FIRST_ROW = 2
"""The first row below the heads, as a sheet counts."""


@dataclass(frozen=True)
class Head:
    """What a plan as a whole says."""

    title: str
    on: date
    document: str = ""


class Unfit(Exception):  # noqa: N818 -- it says what the sheet or the plan is
    """A sheet that cannot be read as a plan, or an act that cannot be done; nothing was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


@transaction.atomic
def draft_sheet(
    *, by: Viewer, unit_id: int, head: Head, rows: Sequence[Sequence[str]] = ()
) -> tuple[Reorganisation, tuple[Problem, ...]]:
    """Keep a plan with what a sheet holds (without one: an empty plan) and say what is wrong with its rows.

    Rows that were not understood are kept as typed. Raises `Unfit` where there are no rows to keep.
    """
    sheet = _read(rows) if rows else Sheet((), ())
    kept = draft_steps(
        by=by, unit_id=unit_id, title=_titled(head.title), on=head.on, steps=sheet.rows, document=head.document
    )
    return kept, sheet.problems


@transaction.atomic
def draft_act(*, by: Viewer, unit_id: int, head: Head, rows: Sequence[Row]) -> tuple[Reorganisation, Preview]:
    """Keep an act on the tree as a small plan and try it; raises `Unfit` where it cannot be done. Nothing is kept then.

    Whatever is done to the tree from a page is such a plan: tried, applied and undone by the same functions.
    """
    numbered = _numbered(rows)
    wrong = [problem for row in numbered for problem in read_row(row.row, cells_of(row))[1]]
    if wrong:
        raise Unfit(wrong)
    plan = draft_steps(
        by=by, unit_id=unit_id, title=_titled(head.title), on=head.on, steps=numbered, document=head.document
    )
    seen = preview(by=by, plan_id=plan.pk)
    if seen.problems:
        raise Unfit(seen.problems)
    trials.keep(by=by, plan=plan, seen=seen)
    return plan, seen


def replace_rows(
    *, by: Viewer, plan_id: int, seen_version: int, rows: Sequence[Sequence[str]]
) -> tuple[Reorganisation, tuple[Problem, ...]]:
    """Put another sheet in the place of all rows; raises `Unfit` where there are none to keep."""
    sheet = _read(rows)
    return _mended(by, plan_id, seen_version, lambda _: list(sheet.rows)), sheet.problems


def add_row(*, by: Viewer, plan_id: int, seen_version: int, cells: dict[str, str], after: int = 0) -> Reorganisation:
    """Add a row below another one (by its number; 0: at the end). Raises `Unfit` with what is wrong in it."""
    made = _understood(cells, after)

    def change(rows: list[Row]) -> list[Row]:
        at = max(0, after - FIRST_ROW + 1) if after else len(rows)
        return [*rows[:at], made, *rows[at:]]

    return _mended(by, plan_id, seen_version, change)


def put_row(*, by: Viewer, plan_id: int, seen_version: int, row: int, cells: dict[str, str]) -> Reorganisation:
    """Put something else in the place of a row. Raises `Unfit` with what is wrong in it."""
    made = _understood(cells, row)

    def change(rows: list[Row]) -> list[Row]:
        rows[_place(rows, row)] = made
        return rows

    return _mended(by, plan_id, seen_version, change)


def drop_row(*, by: Viewer, plan_id: int, seen_version: int, row: int) -> Reorganisation:
    """Take a row out."""

    def change(rows: list[Row]) -> list[Row]:
        del rows[_place(rows, row)]
        return rows

    return _mended(by, plan_id, seen_version, change)


def put_row_back(*, by: Viewer, plan_id: int, seen_version: int, row: int, cells: dict[str, str]) -> Reorganisation:
    """A row that was taken out stands again where it stood, understood or not."""
    step, _wrong = read_row(row, cells)
    made: Row = step or Unread(row, cells)

    def change(rows: list[Row]) -> list[Row]:
        at = max(0, row - FIRST_ROW)
        return [*rows[:at], made, *rows[at:]]

    return _mended(by, plan_id, seen_version, change)


@transaction.atomic
def put_head(*, by: Viewer, plan_id: int, seen_version: int, head: Head) -> Reorganisation:
    """Give a draft another title, day or document."""
    plan = _draft(by, plan_id, seen_version)
    if problem := rules.why_not_on(head.on, by.today):
        raise problem
    plan.title, plan.on, plan.document = _titled(head.title), head.on, clean(head.document)[:200]
    plan.save(update_fields=["title", "on", "document"])
    record("org.plan_edited", by=by, unit_id=plan.unit_id, about=plan)
    return plan


@transaction.atomic
def cancel(*, by: Viewer, plan_id: int, seen_version: int) -> Reorganisation:
    """Give a draft up. It stays to be looked at."""
    plan = _draft(by, plan_id, seen_version)
    plan.state = PlanState.CANCELLED
    plan.save(update_fields=["state"])
    record("org.plan_cancelled", by=by, unit_id=plan.unit_id, about=plan)
    return plan


@transaction.atomic
def take_up(*, by: Viewer, plan_id: int, seen_version: int) -> Reorganisation:
    """A draft that was given up is a draft again, with its rows."""
    plan = plan_in_reach(by, plan_id)
    if plan.version != seen_version or plan.state != PlanState.CANCELLED:
        raise Stale("db.stale")
    plan.state = PlanState.DRAFT
    plan.save(update_fields=["state"])
    record("org.plan_taken_up", by=by, unit_id=plan.unit_id, about=plan)
    return plan


@transaction.atomic
def _mended(by: Viewer, plan_id: int, seen_version: int, change: Callable[[list[Row]], list[Row]]) -> Reorganisation:
    plan = _draft(by, plan_id, seen_version)
    rows = change(rows_of(plan))
    if len(rows) > MOST_ROWS:
        raise Unfit([Problem("plan.too_many_rows", facts={"limit": MOST_ROWS})])
    plan.save(update_fields=[])
    ReorganisationStep.objects.everywhere(because=_WHY).filter(plan_id=plan.pk).delete()
    store_rows(plan, _numbered(rows))
    plan.must_lie_inside(by.reach(Capability.TREE))
    record("org.plan_edited", by=by, unit_id=plan.unit_id, about=plan, rows=len(rows))
    return plan


def _draft(by: Viewer, plan_id: int, seen_version: int) -> Reorganisation:
    plan = plan_in_reach(by, plan_id)
    if plan.state != PlanState.DRAFT:
        raise Refused("org.plan_not_draft", state=plan.state)
    if plan.version != seen_version:
        raise Stale("db.stale")
    return plan


def _read(rows: Sequence[Sequence[str]]) -> Sheet:
    sheet = read_rows(rows)
    if not sheet.rows:
        raise Unfit(sheet.problems)
    return sheet


def _understood(cells: dict[str, str], number: int) -> Row:
    step, problems = read_row(number, {column: clean(said.strip()) for column, said in cells.items()})
    if step is None:
        raise Unfit(problems)
    return step


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [replace(row, row=number) for number, row in enumerate(rows, FIRST_ROW)]


def _place(rows: Sequence[Row], number: int) -> int:
    at = number - FIRST_ROW
    if not 0 <= at < len(rows):
        raise Absent("org.no_such_row", row=number)
    return at


def _titled(title: str) -> str:
    said = clean(title).strip()
    if not said:
        raise Refused("org.no_title_of_plan", field="title")
    return said
