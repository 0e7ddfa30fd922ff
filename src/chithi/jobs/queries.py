"""How the work stands: what waits, what runs, what failed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
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
    """Five queries over indices, however much was done; without looking at what the work is about."""
    now = timezone.now()
    waiting = Job.objects.filter(state=JobState.WAITING)
    return Standing(
        waiting=waiting.count(),
        running=Job.objects.filter(state=JobState.RUNNING).count(),
        failed=Job.objects.filter(state=JobState.FAILED).count(),
        done_lately=Job.objects.filter(state=JobState.DONE, ended_at__gte=now - LATELY).count(),
        oldest_due=waiting.filter(due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"],
    )


def jobs(viewer: Viewer, state: JobState | None, page: int) -> tuple[list[Job], int]:
    """One page of the work of a state, or of all, what was asked for last first; and how many in all. Two queries."""
    viewer.require_everywhere(Capability.SYSTEM)
    rows = Job.objects.all() if state is None else Job.objects.filter(state=state)
    start = (page - 1) * PAGE
    return list(rows.order_by("-pk")[start : start + PAGE]), rows.count()


def problem_of(deed: str, key: str) -> str:
    """What went wrong the last time with what was asked for; "" where nothing did. One query."""
    return Job.objects.filter(deed=deed, key=key).values_list("problem", flat=True).first() or ""


def is_in_hand(deed: str, keys: Collection[str]) -> bool:
    """Whether a worker is at it just now. One query."""
    return Job.objects.filter(deed=deed, key__in=list(keys), state=JobState.RUNNING).exists()
