"""Doing what was asked for: taken by one worker, done once, tried again after a failure.

Work on the database: what it reads comes first, outside any transaction; what it writes happens in the transaction
that also says "done". A process killed before the commit leaves nothing, one killed after it leaves nothing to do. The
row is locked meanwhile (on SQLite the whole file), so the lock is the sign of life and falls with the process.

Work that acts outside (a mail) is done first and said to be done afterwards: a process killed in between does it again,
and what it sends carries the same identity both times. Such work is held for `LEASE`; a holder whose process is gone
from this machine holds nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from chithi.core.errors import Refused
from chithi.jobs.actions import ask
from chithi.jobs.holders import is_gone
from chithi.jobs.kinds import OPEN, JobState
from chithi.jobs.models import Job
from chithi.jobs.rules import LEASE, key_of, wait_after

log = logging.getLogger("chithi.worker")
Write = Callable[[], object]
AT_ONCE = 5


@dataclass(frozen=True)
class Asked:
    """What a deed is told: under which key it was asked for, and about what."""

    deed: str
    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """Something a worker can do. `begin` reads and answers what is then written (None: nothing to do any more).

    `outward`: it acts outside the database. `every`: it comes round by itself, "daily" or "weekly".
    """

    name: str
    begin: Callable[[Asked], Write | None]
    outward: bool = False
    every: str = ""


class Lost(Exception):  # noqa: N818 -- it says what became of it
    """Another worker has taken the work up meanwhile."""


def come_round(deeds: Sequence[Deed]) -> int:
    """Ask for what comes round by itself and was not asked for yet today or this week. Always 0: it is no work."""
    now = timezone.localtime()
    for deed in deeds:
        key = key_of(deed.every, now) if deed.every else None
        if key is not None and not Job.objects.filter(deed=deed.name, key=key).exists():
            with transaction.atomic():
                ask(deed.name, key, {"day": now.date().isoformat()})
    return 0


def run_some(deeds: Sequence[Deed], holder: str, most: int = AT_ONCE) -> int:
    """Do what is due, at most so many; how many were in hand. One query where there is nothing."""
    known = {deed.name: deed for deed in deeds}
    done = 0
    while done < most and (job := _take(holder, known)) is not None:
        _run(known[job.deed], job)
        done += 1
    return done


def _take(holder: str, known: Mapping[str, Deed]) -> Job | None:
    """Hold what has waited longest and nobody holds; one statement decides between two workers."""
    now = timezone.now()
    due = Job.objects.filter(state__in=OPEN, due_at__lte=now, deed__in=list(known))
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
        if job.tries and wait_after(job.tries) is None:  # it has taken its worker with it each time
            _settle(job, JobState.FAILED, problem=job.problem or "killed")
            return _take(holder, known)
        job.state, job.tries = JobState.RUNNING.value, job.tries + 1
        job.held_by, job.held_until = holder, now + LEASE
        job.save(update_fields=["state", "tries", "held_by", "held_until"])
        return job


def _run(deed: Deed, job: Job) -> None:
    try:
        write = deed.begin(Asked(job.deed, job.key, job.facts))
        if deed.outward and write is not None:
            write()
            write = None
        with transaction.atomic():
            _settle(job, JobState.DONE)
            if write is not None:
                write()
    except Lost:
        return
    except Exception as problem:
        log.warning("%s %s: %s", job.deed, job.key, _told(problem))
        log.debug("work failed", exc_info=True)
        _failed(job, problem)


def _settle(job: Job, state: JobState, **more: Any) -> None:
    """Say what became of it and let go; raises `Lost` where somebody else holds it."""
    ended = timezone.now() if state not in OPEN else None
    mine = Job.objects.filter(pk=job.pk, held_by=job.held_by, state__in=OPEN)
    said = {"state": state.value, "held_by": "", "held_until": None, "ended_at": ended, "problem": "", **more}
    if not mine.update(**said):
        raise Lost


def _failed(job: Job, problem: Exception) -> None:
    wait: timedelta | None = wait_after(job.tries)
    try:
        if wait is None:
            _settle(job, JobState.FAILED, problem=_told(problem))
        else:
            _settle(job, JobState.WAITING, problem=_told(problem), due_at=timezone.now() + wait)
    except Lost:
        return


def _told(problem: Exception) -> str:
    """What went wrong, without what it went wrong with: a refusal's code, else only the kind of error."""
    return problem.code if isinstance(problem, Refused) else type(problem).__name__
