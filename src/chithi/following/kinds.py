"""Closed lists of words for what is followed."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How a piece of work stands on a day; reckoned from its facts (`chithi.following.rules.state`), never typed."""

    NOT_JUDGED = "not_judged"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LIKELY_MISSED = "likely_missed"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


OPEN = (
    State.NOT_JUDGED,
    State.ON_TRACK,
    State.AT_RISK,
    State.LIKELY_MISSED,
    State.OVERDUE,
    State.SUSPENDED,
)
"""States of work that is not finished."""


class Age(StrEnum):
    """How long ago the day passed by which overdue work was due."""

    NEW = "new"
    OVER_30 = "over_30"
    OVER_90 = "over_90"
    OVER_180 = "over_180"


class Event(StrEnum):
    """What was done with a word of progress, where it was more than to report."""

    FINISHED = "finished"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    PUT_BACK = "put_back"


class Followed(StrEnum):
    """What a line of progress is about."""

    TASK = "task"
