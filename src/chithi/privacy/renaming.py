"""Putting what stands for a person in place of their name, in the texts of one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chithi.privacy.rules import without_name
from chithi.tasks.models import Task
from chithi.text.vietnamese import fold


@dataclass(frozen=True)
class Renamed:
    """A person who is being forgotten."""

    id: int
    name: str
    birth_year: int | None
    instead: str


def reworded(row: Any, columns: Sequence[str], people: Sequence[Renamed]) -> None:
    """Save a row without these names, where its texts hold any."""
    changed = []
    for column in columns:
        was = now = getattr(row, column)
        for one in people:
            now = without_name(now, one.name, one.instead)
        if now != was:
            setattr(row, column, now[: row._meta.get_field(column).max_length])
            changed.append(column)
    if "title" in changed and isinstance(row, Task):
        row.folded = fold(row.title)[:300]
        changed.append("folded")
    if changed:
        row.save(update_fields=changed)
