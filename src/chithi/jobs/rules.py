"""How often a piece of work is tried, how long one waits in between, which day and week it is for. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

MOST_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LEASE = timedelta(minutes=2)
"""So long a worker that says nothing is believed to be at its work; longer than any one mail may take."""
KEPT = timedelta(days=14)
"""So long done work is kept; nobody asks for the same again by then: what comes round is named by its day or week."""


def wait_after(tries: int) -> timedelta | None:
    """Before the next try after so many: 1, 4, 16, 64 minutes; None where it is given up and shown as failed."""
    if tries >= MOST_TRIES:
        return None
    multiple: int = 4 ** max(0, tries - 1)
    return FIRST_WAIT * multiple


def key_of(every: str, now: datetime) -> str | None:
    """The key of what comes round "daily" or "weekly", for this moment of local time; None before six in the morning.

    Daily work is for the day; weekly work is for the ISO week, done on Monday, up to Thursday if nobody was there.
    """
    if now.time() < time(6):
        return None
    day: date = now.date()
    if every == "daily":
        return day.isoformat()
    if day.isoweekday() > 4:
        return None
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
