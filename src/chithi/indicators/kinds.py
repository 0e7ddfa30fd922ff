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


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class LegalBasis(StrEnum):
    """What an indicator rests on; a proposal is left out of official rating."""

    MANDATORY = "LEGAL_MANDATORY"
    GUIDANCE = "OFFICIAL_GUIDANCE"
    INTERNAL = "LOCAL_INTERNAL_BASIS"
    PROPOSAL = "LOCAL_POLICY_PROPOSAL"


AMOUNTS = ("count", "money", "area", "length", "workdays")
"""How an amount without a base is written; with a base it is a share."""
GROUPS = (
    "org", "study", "plan", "pledge", "rating", "meeting", "covenant", "deed", "issue", "inspect", "standard", "model",
    "result", "media", "comment", "mass", "other",
)  # fmt: skip
"""The groups of the entry grid and of the list, in their order."""
