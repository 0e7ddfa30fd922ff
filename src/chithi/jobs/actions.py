"""Asking for work, having failed work tried again, forgetting what is long done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.rules import KEPT
from chithi.journal.actions import record

FORGOTTEN_AT_ONCE = 1_000


def ask(deed: str, key: str, facts: Mapping[str, Any], *, due_at: datetime | None = None) -> None:
    """Have something done by a worker; nothing where it was asked for under this key before. One insert.

    Must run inside the transaction of whatever it follows from, so that neither is without the other.
    """
    ask_all(deed, [(key, facts)], due_at=due_at)


def ask_all(deed: str, asked: Iterable[tuple[str, Mapping[str, Any]]], *, due_at: datetime | None = None) -> None:
    """The same for many keys of one deed; a few inserts."""
    if not connection.in_atomic_block:
        raise RuntimeError("work is asked for in the transaction of what it follows from")
    now = timezone.now()
    Job.objects.bulk_create(
        (Job(deed=deed, key=key, facts=dict(facts), due_at=due_at or now) for key, facts in asked),
        batch_size=300,
        ignore_conflicts=True,
    )


@transaction.atomic
def try_again(*, by: Viewer, job_id: int, seen_tries: int, unit_id: int) -> None:
    """Put failed work back into the queue with all its tries; `unit_id` is the topmost unit, for the journal."""
    by.require_everywhere(Capability.SYSTEM)
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise Absent("jobs.no_job", job=job_id)
    if job.state != JobState.FAILED:
        raise Refused("jobs.not_failed")
    changed = Job.objects.filter(pk=job_id, state=JobState.FAILED, tries=seen_tries).update(
        state=JobState.WAITING.value, tries=0, due_at=timezone.now(), problem="", ended_at=None
    )
    if not changed:
        raise Stale("db.stale")
    record("jobs.tried_again", by=by, unit_id=unit_id, about=job, deed=job.deed)


def forget_done() -> int:
    """Delete what has been done long ago; how many. A chore of the worker."""
    old = Job.objects.filter(state=JobState.DONE, ended_at__lt=timezone.now() - KEPT)
    some = list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    return Job.objects.filter(pk__in=some).delete()[0] if some else 0
