"""Holding a piece of work: taken by one worker, held longer while it says that it goes on, let go at its end.

It is held for its lease; a holder whose process is gone from this machine holds nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from chithi.jobs.holders import is_gone
from chithi.jobs.kinds import OPEN, JobState
from chithi.jobs.models import Job


class Lost(Exception):  # noqa: N818 -- it says what became of it
    """Another worker has taken the work up meanwhile."""


def take(holder: str, leases: Mapping[str, timedelta], keys: Collection[str] | None = None) -> Job | None:
    """Hold what has waited longest of these deeds (by how long each is held) and nobody holds.

    One statement decides between two workers. One query where there is nothing.
    """
    now = timezone.now()
    due = Job.objects.filter(state__in=OPEN, due_at__lte=now, deed__in=list(leases))
    if keys is not None:
        due = due.filter(key__in=keys)
    if not due.exists():
        return None
    holders = due.filter(state=JobState.RUNNING).values_list("held_by", flat=True).distinct()
    gone = [one for one in holders if one and is_gone(one)]
    free = Q(held_until__isnull=True) | Q(held_until__lt=now) | Q(held_by__in=gone)
    with transaction.atomic():
        rows = due.filter(free).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        job.state, job.tries = JobState.RUNNING.value, job.tries + 1
        job.held_by, job.held_until = holder, now + leases[job.deed]
        job.save(update_fields=["state", "tries", "held_by", "held_until"])
        return job


class Hold:
    """Says that somebody is still at it; called often, it writes once in a quarter of the lease."""

    def __init__(self, job: Job, lease: timedelta, between: Callable[[], object]) -> None:
        self._job, self._lease, self._between = job, lease, between
        self._last = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._last > self._lease.total_seconds() / 4:
            if not _held(self._job).update(held_until=timezone.now() + self._lease):
                raise Lost
            self._last = time.monotonic()
        self._between()


def settle(job: Job, state: JobState, **more: Any) -> None:
    """Say what became of it and let go; raises `Lost` where somebody else holds it."""
    ended = timezone.now() if state not in OPEN else None
    said = {"state": state.value, "held_by": "", "held_until": None, "ended_at": ended, "problem": "", **more}
    if not _held(job).update(**said):
        raise Lost


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, held_by=job.held_by, state__in=OPEN)
