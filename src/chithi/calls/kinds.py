"""What a line of an outline asks for. Pure."""

from __future__ import annotations

from enum import StrEnum


class Asks(StrEnum):
    """What a line of an outline asks for: words, a number of its own, the figure of an indicator."""

    WORDS = "words"
    NUMBER = "number"
    INDICATOR = "indicator"
