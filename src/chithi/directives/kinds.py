"""Kinds of links between documents, how a unit stands in a cascade, whose documents a list shows. Pure."""

from __future__ import annotations

from enum import StrEnum

from chithi.org.kinds import Expected
from chithi.registry.kinds import DocumentKind


class LinkKind(StrEnum):
    """What one document is to another: it … the other."""

    IMPLEMENTS = "implements"
    LOCALISES = "localises"
    CORRECTS = "corrects"
    REPLACES = "replaces"
    CONCLUDES = "concludes"


CARRIES_DOWN = frozenset({LinkKind.IMPLEMENTS, LinkKind.LOCALISES})
"""Links by which a directive comes down the tree: what a unit issued to carry it out."""


class Standing(StrEnum):
    """How a unit that must issue its own document stands."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"


class Whose(StrEnum):
    """Whose documents a list shows, seen from one unit."""

    OWN = "own"
    ABOVE = "above"
    BELOW = "below"


MAY_BE_EXPECTED = (Expected.GRASSROOTS, Expected.CELLS, Expected.DISTRICTS, Expected.MASS_ORGANISATIONS)
"""Kinds of units that may be asked for a document of their own."""

LEADING = (
    DocumentKind.DIRECTIVE,
    DocumentKind.RESOLUTION,
    DocumentKind.CONCLUSION,
    DocumentKind.REGULATION,
    DocumentKind.PLAN,
    DocumentKind.PROGRAMME,
    DocumentKind.GUIDANCE,
    DocumentKind.RULES,
    DocumentKind.DECISION,
    DocumentKind.SCHEME,
    DocumentKind.CIRCULAR,
    DocumentKind.NOTICE,
    DocumentKind.LETTER,
)
"""Kinds of documents that lead and carry out, in the order a form offers them."""
