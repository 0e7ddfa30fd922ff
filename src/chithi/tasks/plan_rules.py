"""What a line of a document may say of a piece of work, and when it may become a task. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Refused

MOST_LINES = 60
"""Pieces of work in one document."""
EVERY = 30
"""Days between two reports on a task that came out of a document."""


@dataclass(frozen=True)
class Line:
    """One piece of work as a document says it; see `chithi.tasks.models.PlanLine`. `id` is None for a new line.

    `helpers` are choices as in `chithi.tasks.helping.Helping.of`.
    """

    id: int | None = None
    above: int | None = None
    left_out: bool = False
    reason: str = ""
    title: str = ""
    product: str = ""
    clause: str = ""
    post: int | None = None
    person: int | None = None
    due_on: date | None = None
    for_below: bool = False
    helpers: tuple[str, ...] = ()


def why_not_line(line: Line, above_due: date | None) -> Refused | None:
    """What a line cannot say. It may still lack its owner or its day, for as long as the document is a draft.

    `above_due`: the day of the task that it carries on, which it must keep.
    """
    if line.left_out:
        return None if line.above is not None else Refused("tasks.left_out_of_nothing", field="title")
    if not line.title.strip():
        return Refused("tasks.no_title", field="title")
    if line.post is not None and line.person is not None:
        return Refused("tasks.no_owner", field="owner")
    if above_due is not None and line.due_on is not None and line.due_on > above_due:
        return Refused("tasks.later_than_above", field="due_on", day=above_due)
    return None


def why_not_begun(line: Line, since: date, above_due: date | None) -> Refused | None:
    """What a line lacks to become a task that begins on a day: one owner, a day from then on and not after the one
    above, which may have moved since the line was written."""
    if line.post is None and line.person is None:
        return Refused("tasks.line_without_owner", field="lines", title=line.title)
    if line.due_on is None:
        return Refused("tasks.line_without_day", field="lines", title=line.title)
    if line.due_on < since:
        return Refused("tasks.line_due_before", field="lines", title=line.title, day=since)
    if above_due is not None and line.due_on > above_due:
        return Refused("tasks.line_later_than_above", field="lines", title=line.title, day=above_due)
    return None


def leads(is_head: bool, folded_title: str) -> bool:
    """Whether a post leads its unit: it is marked as the head, or is the secretary's. `folded_title` without marks."""
    return is_head or folded_title.startswith("bi thu")
