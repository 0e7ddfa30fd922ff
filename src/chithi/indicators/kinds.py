"""The words a figure is described by. Pure; `models` stores them, doors and rules name them."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Where a figure comes from."""

    RECORDED = "recorded"
    ENTERED = "entered"
    NARRATIVE = "narrative"


class Covers(StrEnum):
    """What a figure speaks for: the unit's own work, its whole subtree, or one named example."""

    OWN = "own"
    SUBTREE = "subtree"
    PART = "part"


class FigureRole(StrEnum):
    """What a figure says: how much there is, how much there should be, or by how much it moved."""

    LEVEL = "level"
    TARGET = "target"
    CHANGE = "change"


class FigureState(StrEnum):
    """A figure is never changed: it is replaced or withdrawn, and stays readable."""

    LIVE = "live"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
