"""What an entry of a file is known by, parts in a helper section. Pure."""

from __future__ import annotations

from enum import StrEnum


class Known(StrEnum):
    """By what an entry of a file is known to be there; all but the last are read from what is kept anyway."""

    PLAN = "plan"
    SECTION = "section"
    MEMBERS = "members"
    TASKS = "tasks"
    REPORT = "report"
    BY_HAND = "by_hand"


class Part(StrEnum):
    """Somebody's part in a helper section."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
