"""Doing what was asked for: taken by one worker, done once, tried again after a failure.

Work on the database: what it reads comes first, outside any transaction; what it writes happens in the transaction
that also says "done". A process killed before the commit leaves nothing, one killed after it leaves nothing to do. The
row is locked meanwhile (on SQLite the whole file), so the lock is the sign of life and falls with the process.

Work that acts outside (a mail) is done first and said to be done afterwards: a process killed in between does it again,
and what it sends carries the same identity both times.

Who holds a piece of work is the business of `chithi.jobs.holding`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from chithi.core.errors import Refused
from chithi.jobs.actions import ask
from chithi.jobs.holding import Hold, Lost, settle, take
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.rules import LEASE, MOST_TRIES, key_of, wait_after

log = logging.getLogger("chithi.worker")
Write = Callable[[], object]
Between = Callable[[], object]
AT_ONCE = 5


def _nothing() -> None:
    """What is done in between where nobody else waits."""


@dataclass(frozen=True)
class Asked:
    """What a deed is told: under which key it was asked for, and about what.

    Long reading calls `hold` now and then, outside any transaction: the work is held longer and others have their
    turn; raises `Lost` where somebody else has taken it up meanwhile.
    """

    deed: str
    key: str
    facts: Mapping[str, Any]
    hold: Callable[[], object] = _nothing


@dataclass(frozen=True)
class Deed:
    """Something a worker can do. `begin` reads and answers what is then written (None: nothing to do any more).

    `outward`: it acts outside the database. `every`: it comes round by itself, "daily" or "weekly". `awaited`: its
    asker sits and waits, so that it comes before what nobody waits for. `told` writes down for its asker that it was
    refused, or (None) that it broke off or was given up; then only what the database brought about is tried again.
    Awaited work within the database that is refused is given up at once, for its asker to see.
    `lease`: so long a worker that says nothing is believed to be at it.
    """

    name: str
    begin: Callable[[Asked], Write | None]
    outward: bool = False
    every: str = ""
    awaited: bool = False
    told: Callable[[Asked, Refused | None], object] | None = None
    lease: timedelta = LEASE


def come_round(deeds: Sequence[Deed]) -> int:
    """Ask for what comes round by itself and was not asked for yet today or this week. Always 0: it is no work."""
    now = timezone.localtime()
    for deed in deeds:
        key = key_of(deed.every, now) if deed.every else None
        if key is not None and not Job.objects.filter(deed=deed.name, key=key).exists():
            with transaction.atomic():
                ask(deed.name, key, {"day": now.date().isoformat()})
    return 0


def run_some(
    deeds: Sequence[Deed],
    holder: str,
    most: int = AT_ONCE,
    between: Between = _nothing,
    keys: Collection[str] | None = None,
) -> int:
    """Do what is due, at most so many; how many were in hand. One query where there is nothing.

    `keys`: only what was asked for under one of these. `between` is called now and then while a long one is read.
    """
    known = {deed.name: deed for deed in deeds}
    leases = {deed.name: deed.lease for deed in deeds}
    done = 0
    while done < most and (job := take(holder, leases, keys)) is not None:
        deed = known[job.deed]
        asked = Asked(job.deed, job.key, job.facts, Hold(job, deed.lease, between))
        if job.tries > MOST_TRIES:  # it has taken its worker with it each time
            _give_up(deed, job, asked, job.problem or "killed")
            continue
        _run(deed, job, asked)
        done += 1
    return done


def _run(deed: Deed, job: Job, asked: Asked) -> None:
    try:
        write = deed.begin(asked)
        if deed.outward and write is not None:
            write()
            write = None
        _end(job, JobState.DONE, write)
    except Lost:
        return
    except Exception as problem:
        log.warning("%s %s: %s", job.deed, job.key, _told(problem))
        log.debug("work failed", exc_info=True)
        _went_wrong(deed, job, asked, problem)


def _end(job: Job, state: JobState, write: Write | None, **more: Any) -> None:
    with transaction.atomic():
        settle(job, state, **more)
        if write is not None:
            write()


def _went_wrong(deed: Deed, job: Job, asked: Asked, problem: Exception) -> None:
    """Tell whoever asked, or wait and try again; after the last try it is shown as failed."""
    wait = wait_after(job.tries)
    try:
        if deed.told is not None and isinstance(problem, Refused):
            _end(job, JobState.DONE, partial(deed.told, asked, problem))
        elif wait is None or _is_final(deed, problem):
            _give_up(deed, job, asked, _told(problem))
        else:
            settle(job, JobState.WAITING, problem=_told(problem), due_at=timezone.now() + wait)
    except Lost:
        return


def _is_final(deed: Deed, problem: Exception) -> bool:
    """Whether trying again would change nothing: a refusal somebody waits for, or what its asker is told."""
    if isinstance(problem, Refused):
        return deed.awaited and not deed.outward
    return deed.told is not None and not isinstance(problem, DatabaseError)


def _give_up(deed: Deed, job: Job, asked: Asked, problem: str) -> None:
    tell = partial(deed.told, asked, None) if deed.told is not None else None
    _end(job, JobState.FAILED, tell, problem=problem, tries=min(job.tries, MOST_TRIES))


def _told(problem: Exception) -> str:
    """What went wrong, without what it went wrong with: a refusal's code, else only the kind of error."""
    return problem.code if isinstance(problem, Refused) else type(problem).__name__
