"""Kinds of units and what follows from a kind. Pure.

"Cell" and "grassroots" are properties that overlap, not kinds: a chi bộ cơ sở is both and counts in both.
"""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What an organisation is; the Vietnamese word stands beside it in docs/glossary.md."""

    CENTRE = "centre"
    PROVINCE = "province"
    DISTRICT = "district"
    BLOC = "bloc"
    GRASSROOTS = "grassroots"
    SUB_COMMITTEE = "sub_committee"
    CELL = "cell"
    AGENCY = "agency"
    MASS_ORGANISATION = "mass_organisation"
    VILLAGE = "village"


PARTY_BODIES = frozenset(
    {
        UnitKind.CENTRE,
        UnitKind.PROVINCE,
        UnitKind.DISTRICT,
        UnitKind.BLOC,
        UnitKind.GRASSROOTS,
        UnitKind.SUB_COMMITTEE,
        UnitKind.CELL,
    }
)


class TreeEventKind(StrEnum):
    """What can happen to a unit."""

    OPEN = "open"
    CLOSE = "close"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CHANGE_KIND = "change_kind"
    REOPEN = "reopen"
    RESTORE = "restore"


class StepKind(StrEnum):
    """What a row of a reorganisation plan does to the units it names."""

    OPEN = "open"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"
    ABOLISH = "abolish"
    CHANGE_KIND = "change_kind"
    TRANSFER = "transfer"


class TrialState(StrEnum):
    """How far the trial of a reorganisation plan has come, or its being applied."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class PlanState(StrEnum):
    """How far a reorganisation plan has come."""

    DRAFT = "draft"
    APPLIED = "applied"
    UNDONE = "undone"
    CANCELLED = "cancelled"


class Expected(StrEnum):
    """Which units are expected to speak about a measure."""

    CELLS = "cells"
    GRASSROOTS = "grassroots"
    DISTRICTS = "districts"
    MASS_ORGANISATIONS = "mass_organisations"
    NOBODY = "nobody"


def is_asked_of(expected: str, kind: str) -> bool:
    """Whether a unit is asked for figures of this expectation: mass organisations for theirs and no others."""
    return (expected == Expected.MASS_ORGANISATIONS) == (kind == UnitKind.MASS_ORGANISATION)


class LinkKind(StrEnum):
    """How two units are tied beside the tree."""

    VILLAGE_CELL = "village_cell"
    PARTY_ORGANISATION = "party_organisation"
    COMMITTEE_LEVEL = "committee_level"


class GroupKind(StrEnum):
    """What units were put into a named group for."""

    PILOT = "pilot"
    CLUSTER = "cluster"
    SAME_KIND = "same_kind"
    OTHER = "other"


class EmploymentKind(StrEnum):
    """As what somebody works in an agency."""

    OFFICIAL = "official"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"


class ProposalState(StrEnum):
    """How far a proposed transfer of a member has come."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class HandoverState(StrEnum):
    """How far the hand-over of a post has come."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class RolesMove(StrEnum):
    """What became of the roles tied to a post that was handed over."""

    NONE = "none"
    MOVED = "moved"
    ASKED = "asked"
