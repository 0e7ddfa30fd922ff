"""Reading proposed transfers and hand-overs: those of one's register, and the hand-overs one is to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.handover import readable
from chithi.org.kinds import HandoverState, ProposalState, RolesMove
from chithi.org.models import Handover, Membership, Person, Post, TransferProposal, Unit, UnitState
from chithi.org.people_queries import PAGE, person_names
from chithi.org.places import tree_on
from chithi.org.queries import MOST_ID

_SIDES = "either side of a transfer or hand-over reads whom and which units it is about"


@dataclass(frozen=True)
class ProposalCard:
    """A proposed transfer with its names. `mine`: the viewer's side proposed; `to_answer`: the viewer may answer."""

    proposal: TransferProposal
    person: str
    birth_year: int | None
    left: str
    to: str
    probationary: bool
    mine: bool
    to_answer: bool


@dataclass(frozen=True)
class HandoverCard:
    """A hand-over with its names. `keeps`: the viewer keeps the register there; `may_grant`: gives accounts roles."""

    handover: Handover
    title: str
    unit: str
    giver: str
    taker: str
    keeps: bool
    may_grant: bool


def proposals(viewer: Viewer, *, waiting: bool = True, page: int = 1) -> tuple[list[ProposalCard], int]:
    """Proposals of either side in reach, newest first: those that wait, or those answered. About eight queries."""
    rows = TransferProposal.objects.visible_to(viewer.reach(Capability.PEOPLE))
    wanted = rows.filter(state=ProposalState.PROPOSED) if waiting else rows.exclude(state=ProposalState.PROPOSED)
    start = (page - 1) * PAGE
    return _proposal_cards(viewer, list(wanted.order_by("-at", "-pk")[start : start + PAGE])), wanted.count()


def one_proposal(viewer: Viewer, proposal_id: int) -> ProposalCard:
    """A proposal in the reach of either side; `Absent` else."""
    rows = TransferProposal.objects.visible_to(viewer.reach(Capability.PEOPLE))
    found = list(rows.filter(pk=proposal_id)) if 0 < proposal_id <= MOST_ID else []
    if not found:
        raise Absent("org.no_such_row", row=proposal_id)
    return _proposal_cards(viewer, found)[0]


def handovers(viewer: Viewer, *, done: bool = False, page: int = 1) -> tuple[list[HandoverCard], int]:
    """Hand-overs of the register, and those this account signs; what waits for roles stands among the open ones."""
    inside = Handover.objects.visible_to(viewer.reach(Capability.PEOPLE))
    granted = Handover.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(roles=RolesMove.ASKED)
    theirs = Q(pk__in=inside.values("pk")) | Q(pk__in=granted.values("pk")) | readable(viewer)
    waiting = Q(state=HandoverState.OPEN) | Q(roles=RolesMove.ASKED)
    rows = Handover.objects.everywhere(because=_SIDES).filter(theirs, ~waiting if done else waiting)
    start = (page - 1) * PAGE
    return _handover_cards(viewer, list(rows.order_by("-at", "-pk")[start : start + PAGE])), rows.count()


def one_handover(viewer: Viewer, handover_id: int) -> HandoverCard:
    """A hand-over of the register, of a side's own account, or of whoever may give roles there; `Absent` else."""
    for rows in (
        Handover.objects.visible_to(viewer.reach(Capability.PEOPLE)),
        Handover.objects.everywhere(because=_SIDES).filter(readable(viewer)),
        Handover.objects.visible_to(viewer.reach(Capability.ACCOUNTS)),
    ):
        found = rows.filter(pk=handover_id).first() if 0 < handover_id <= MOST_ID else None
        if found is not None:
            return _handover_cards(viewer, [found])[0]
    raise Absent("org.no_such_row", row=handover_id)


def unit_names(unit_ids: set[int]) -> dict[int, str]:
    """The newest names of units that an agreement names, in reach or not. One query."""
    states = UnitState.objects.everywhere(because=_SIDES).filter(unit_id__in=unit_ids).order_by("since")
    return dict(states.values_list("unit_id", "name"))


def address_of(unit_id: int, day: date) -> str:
    """A cell as one is sure of it: its name and that of the unit above it, in reach or not. Three queries."""
    tree = tree_on(day)
    at = tree.find(unit_id)
    higher = [] if at is None else list(tree.shape.ancestors(at))[:1]
    ids = [unit_id, *(int(tree.shape.unit_ids[one]) for one in higher)]
    names = unit_names(set(ids))
    return ", ".join(names[one] for one in ids if one in names)


def _reached(viewer: Viewer, unit_ids: set[int], capability: Capability) -> set[int]:
    found = Unit.objects.visible_to(viewer.reach(capability)).filter(pk__in=unit_ids)
    return set(found.values_list("pk", flat=True))


def _proposal_cards(viewer: Viewer, rows: list[TransferProposal]) -> list[ProposalCard]:
    units = {row.unit_id for row in rows} | {row.to_unit_id for row in rows}
    names, mine = unit_names(units), _reached(viewer, units, Capability.PEOPLE)
    ids = {row.person_id for row in rows}
    people = {p.pk: p for p in Person.objects.everywhere(because=_SIDES).filter(pk__in=ids)}
    stays = Membership.objects.everywhere(because=_SIDES).filter(pk__in={row.membership_id for row in rows})
    probation = dict(stays.values_list("pk", "probationary"))
    return [
        ProposalCard(
            proposal=row,
            person=people[row.person_id].name,
            birth_year=people[row.person_id].birth_year,
            left=names.get(row.unit_id, "–"),
            to=names.get(row.to_unit_id, "–"),
            probationary=probation.get(row.membership_id, False),
            mine=row.unit_id in mine,
            to_answer=row.state == ProposalState.PROPOSED and row.to_unit_id in mine,
        )
        for row in rows
    ]


def _handover_cards(viewer: Viewer, rows: list[Handover]) -> list[HandoverCard]:
    units = {row.unit_id for row in rows}
    names = unit_names(units)
    keeps = _reached(viewer, units, Capability.PEOPLE)
    grants = _reached(viewer, units, Capability.ACCOUNTS)
    people = person_names({row.giver_id for row in rows} | {row.taker_id for row in rows}, because=_SIDES)
    posts = Post.objects.everywhere(because=_SIDES).filter(pk__in={row.post_id for row in rows})
    titles = dict(posts.values_list("pk", "title"))
    return [
        HandoverCard(
            handover=row,
            title=titles[row.post_id],
            unit=names.get(row.unit_id, "–"),
            giver=people[row.giver_id],
            taker=people[row.taker_id],
            keeps=row.unit_id in keeps,
            may_grant=row.unit_id in grants,
        )
        for row in rows
    ]
