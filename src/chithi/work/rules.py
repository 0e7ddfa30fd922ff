"""When something is due as people say it, and at which moments one is reminded. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from chithi.work.kinds import When

WEEKS_REMINDED = 8
"""So many weeks after its day somebody is still reminded of a thing; after that it stands in the weekly letter only."""


def when(due_on: date | None, today: date) -> When:
    """The part of My work; "this week" reaches to Sunday."""
    if due_on is None:
        return When.UNDATED
    if due_on < today:
        return When.LATE
    if due_on == today:
        return When.TODAY
    return When.THIS_WEEK if due_on <= today + timedelta(days=6 - today.weekday()) else When.LATER


def stage(due_on: date | None, today: date) -> str | None:
    """Which reminder is due: d7, d3, d1, d0 before the day, w0, w1, … by weeks after it; None where none is.

    A stage lasts until the next begins, so that nothing is left out where nobody sent reminders for some days.
    """
    if due_on is None:
        return None
    left = (due_on - today).days
    if left > 7:
        return None
    for days in (0, 1, 3, 7):
        if 0 <= left <= days:
            return f"d{days}"
    weeks = (-left - 1) // 7
    return f"w{weeks}" if weeks < WEEKS_REMINDED else None
