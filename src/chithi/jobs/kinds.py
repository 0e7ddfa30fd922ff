"""Where a piece of work stands."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """The states of a piece of work. What is `RUNNING` and held by nobody any more is taken up again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (JobState.WAITING, JobState.RUNNING)
