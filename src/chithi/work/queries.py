"""What somebody must do next, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.due import DueItem
from chithi.db.viewer import Viewer
from chithi.org.queries import cards
from chithi.work.kinds import When
from chithi.work.rules import when
from chithi.work.sources import SOURCES


@dataclass(frozen=True)
class Line:
    """A thing to do with the name of its unit ("" where that lies out of reach) and the part it belongs to."""

    item: DueItem
    unit: str
    when: When


def due_items(viewer: Viewer, today: date) -> list[DueItem]:
    """All of it, the most pressing first: by day, what has no day last. As many queries however much it is."""
    found = {item.name: item for source in SOURCES for item in source(viewer, today)}
    return sorted(found.values(), key=lambda item: (item.due_on or date.max, item.kind, str(item.about)))


def my_work(viewer: Viewer, today: date, *, start: int = 0, most: int = 50) -> tuple[list[Line], dict[When, int]]:
    """One page of the lines, and how many there are of each part."""
    items = due_items(viewer, today)
    counts = dict.fromkeys(When, 0)
    for item in items:
        counts[when(item.due_on, today)] += 1
    shown = items[start : start + most]
    units = cards(viewer, {item.unit_id for item in shown}, today)
    lines = [
        Line(item, units[item.unit_id].short_name if item.unit_id in units else "", when(item.due_on, today))
        for item in shown
    ]
    return lines, counts
