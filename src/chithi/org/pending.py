"""What is open when a post changes hands or a member goes over: explicit lists of functions, one a concept.

They are named by their dotted names because most of what can be open lies above units and people. A later concept adds
its own line. Each answers counts without names; the words for a code stand with the page that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

from chithi.org.kinds import PlanState, ProposalState
from chithi.org.models import Exemption, Membership, Post, Reorganisation, TransferProposal, valid_on

OF_UNIT: tuple[str, ...] = (
    "chithi.narrative.pending.of_unit",
    "chithi.tasks.pending.of_unit",
    "chithi.indicators.pending.of_unit",
    "chithi.org.pending.of_unit",
)
"""`f(unit_id, day)`: what waits in a unit for whoever holds its posts."""

OF_MEMBER: tuple[str, ...] = ("chithi.org.pending.of_member",)
"""`f(membership_id, day)`: what a member has open in the cell that they are about to leave."""

_WHY = "counts of what is open, for somebody who keeps the register of people there"


@dataclass(frozen=True)
class Pending:
    """So many things of one sort are open."""

    code: str
    count: int


def in_unit(unit_id: int, day: date) -> list[Pending]:
    """Everything open in a unit, nothing for what is not. The caller has found the unit in reach."""
    return _gathered(OF_UNIT, unit_id, day)


def of_the_member(membership_id: int, day: date) -> list[Pending]:
    """Everything a member has open in their cell. The caller has found the membership in reach."""
    return _gathered(OF_MEMBER, membership_id, day)


def of_unit(unit_id: int, day: date) -> list[Pending]:
    """Transfers waiting for an answer, plans of reorganisation not yet applied."""
    waiting = TransferProposal.objects.everywhere(because=_WHY).filter(state=ProposalState.PROPOSED)
    drafts = Reorganisation.objects.everywhere(because=_WHY).filter(unit_id=unit_id, state=PlanState.DRAFT)
    return [
        Pending("transfers_out", waiting.filter(unit_id=unit_id).count()),
        Pending("transfers_in", waiting.filter(to_unit_id=unit_id).count()),
        Pending("plans", drafts.count()),
    ]


def of_member(membership_id: int, day: date) -> list[Pending]:
    """Posts held in the cell, an exemption that runs."""
    row = Membership.objects.everywhere(because=_WHY).get(pk=membership_id)
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(day), person_id=row.person_id, unit_id=row.unit_id)
    exempt = Exemption.objects.everywhere(because=_WHY).filter(valid_on(day), person_id=row.person_id)
    return [
        Pending("posts", posts.count()),
        Pending("exemption", exempt.count()),
        Pending("probation", int(row.probationary)),
    ]


def _gathered(names: tuple[str, ...], about: int, day: date) -> list[Pending]:
    found: list[Pending] = []
    for name in names:
        found += import_string(name)(about, day)
    return [one for one in found if one.count]
