"""Leaving a mark, and saying that one is at work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils import timezone

from chithi.freshness.models import Beat, Mark

FOREVER = date(2999, 12, 31)


def mark(unit_ids: Iterable[int], *, first: date, last: date | None = None, measure_id: int | None = None) -> None:
    """Note that these units changed on [first, last] (last None: from then on). One insert.

    Must run inside the transaction of the change itself, so that no change is ever without its mark.
    """
    _must_be_atomic()
    marks = [
        Mark(unit_id=unit_id, measure_id=measure_id, first=first, last=last or FOREVER)
        for unit_id in sorted(set(unit_ids))
    ]
    if len(marks) == 1:
        marks[0].save()  # with kept words, as whoever enters a figure waits for it
    else:
        Mark.objects.bulk_create(marks)


def mark_whole(root_id: int, measure_ids: Iterable[int], *, first: date) -> None:
    """Note that measures are to be added up anew for all units, in periods that end on `first` or later.

    For changes of a definition, which concern every unit. One insert; the same rule about transactions.
    """
    _must_be_atomic()
    Mark.objects.bulk_create(
        Mark(unit_id=root_id, measure_id=measure_id, first=first, last=FOREVER, whole=True)
        for measure_id in sorted(set(measure_ids))
    )


def _must_be_atomic() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a mark belongs to the transaction of the change that it marks")


def beat(name: str) -> None:
    """Note that the process of this name is at work now. One statement."""
    Beat.objects.bulk_create(
        [Beat(name=name, at=timezone.now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )
