"""How long to wait before trying again. Pure."""

from __future__ import annotations

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
LIVED_WELL = 60.0  # seconds after which a process that dies is not held to have failed again

BUSY_PAUSE = 0.05  # the worker's, while there has been work within the last minute
IDLE_PAUSE = 0.25
BREATH = 0.08
"""The worker's after each run: while many save, more of them share the next one, which costs for ten little more than
for one."""
IDLE_AFTER = 60.0


def wait_after(failures: int) -> float:
    """Seconds before the next start after that many failures in a row: doubled each time up to half a minute."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 10)) if failures else 0.0


def failures_in_row(before: int, lived: float) -> int:
    """Failures in a row after a process that lived so many seconds has died."""
    return 1 if lived >= LIVED_WELL else before + 1


def pause_after(idle: float) -> float:
    """Seconds the worker sleeps after having had nothing to do for so many."""
    return IDLE_PAUSE if idle >= IDLE_AFTER else BUSY_PAUSE
