"""How fresh the totals are: what waits, since when, and whether the worker is at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from chithi.freshness.models import Beat, Mark


@dataclass(frozen=True)
class Waiting:
    """Marks not yet carried up, and when the oldest was left."""

    marks: int
    oldest: datetime | None


def waiting() -> Waiting:
    """One query."""
    found = Mark.objects.everywhere(because="the operator sees how much waits, not what").aggregate(
        marks=Count("pk"), oldest=Min("at")
    )
    return Waiting(found["marks"], found["oldest"])


def last_beat(name: str) -> datetime | None:
    """When a process of this name was last at work; None where it never was."""
    return Beat.objects.filter(name=name).values_list("at", flat=True).first()
