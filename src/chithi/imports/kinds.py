"""What is imported, and how far an import has come. Pure."""

from __future__ import annotations

from enum import StrEnum

from chithi.db.viewer import Capability


class ImportKind(StrEnum):
    """What the rows of a sheet are."""

    UNITS = "units"
    PEOPLE = "people"
    POSTS = "posts"


class ImportState(StrEnum):
    """How far an import has come; `refused` has problems, `checked` has none and waits for somebody to apply it."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"
    CANCELLED = "cancelled"


WAITING = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING)
"""States in which a worker has something to do."""

NEEDS = {
    ImportKind.UNITS: Capability.TREE,
    ImportKind.PEOPLE: Capability.PEOPLE,
    ImportKind.POSTS: Capability.PEOPLE,
}
"""What whoever imports or exports rows of a kind must be allowed to do, over the unit they belong to."""
