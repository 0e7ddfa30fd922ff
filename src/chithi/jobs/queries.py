"""How the work stands: what waits, what runs, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from chithi.db.viewer import Capability, Viewer
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job

PAGE = 50
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How many pieces of work are in which state, how many were done within a day, since when the oldest is due."""

    waiting: int
    running: int
    failed: int
    done_lately: int
    oldest_due: datetime | None


def standing() -> Standing:
    """One query, without looking at what the work is about."""
    now = timezone.now()
    late = Q(state=JobState.WAITING, due_at__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        done=Count("pk", filter=Q(state=JobState.DONE, ended_at__gte=now - LATELY)),
        oldest=Min("due_at", filter=late),
    )
    return Standing(found["waiting"], found["running"], found["failed"], found["done"], found["oldest"])


def jobs(viewer: Viewer, state: JobState | None, page: int) -> tuple[list[Job], int]:
    """One page of the work, failed first, then running, waiting, done; and how many in all. Two queries."""
    viewer.require_everywhere(Capability.SYSTEM)
    rows = Job.objects.all() if state is None else Job.objects.filter(state=state)
    start = (page - 1) * PAGE
    return list(rows.order_by("-due_at", "-pk")[start : start + PAGE]), rows.count()
