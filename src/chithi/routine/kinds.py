"""How often a line of the work calendar comes back, what is made of it, what a day off does to its day. Pure."""

from __future__ import annotations

from enum import StrEnum


class Rhythm(StrEnum):
    """How often a line comes back."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Makes(StrEnum):
    """What a line becomes in a year."""

    TASK = "task"
    REMINDER = "reminder"


class DayOff(StrEnum):
    """What becomes of a day that falls on a weekend or a public holiday."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"


class Standing(StrEnum):
    """How a turn of a line stands before it is made."""

    READY = "ready"
    MADE = "made"
    OVER = "over"
    NOBODY = "nobody"


EVERY: dict[Rhythm, int] = {Rhythm.YEARLY: 12, Rhythm.HALF_YEARLY: 6, Rhythm.QUARTERLY: 3, Rhythm.MONTHLY: 1}
"""After so many months a line comes back."""
