"""Which units may be tied beside the tree, and how. Pure."""

from __future__ import annotations

from chithi.core.errors import Refused
from chithi.org.kinds import PARTY_BODIES, LinkKind, UnitKind

OWNERS: dict[LinkKind, frozenset[UnitKind]] = {
    LinkKind.VILLAGE_CELL: frozenset({UnitKind.VILLAGE}),
    LinkKind.PARTY_ORGANISATION: frozenset({UnitKind.AGENCY, UnitKind.MASS_ORGANISATION}),
    LinkKind.COMMITTEE_LEVEL: frozenset({UnitKind.MASS_ORGANISATION}),
}
"""The kinds of unit that own a tie of each kind."""


def why_not_tied(kind: LinkKind, owner: UnitKind, other: UnitKind, *, other_is_cell: bool) -> Refused | None:
    """A village has a cell, an agency its Party organisation, a mass organisation the committee of its level."""
    if owner not in OWNERS[kind]:
        return Refused("links.not_this_owner", field="unit", kind=kind.value, unit=owner.value)
    fits = other_is_cell if kind is LinkKind.VILLAGE_CELL else other in PARTY_BODIES
    return None if fits else Refused("links.not_this_other", field="other", kind=kind.value, unit=other.value)


def passes_to_heir(kind: LinkKind) -> bool:
    """Whether a tie goes over to the heir of a side that closes.

    A village whose own cell was merged into another one has no cell of its own any more; an agency's Party
    organisation is carried on by whoever carries on either of the two.
    """
    return kind is not LinkKind.VILLAGE_CELL
