"""A member goes over to another cell, with both sides' consent.

Where the receiving cell lies in the doer's reach too, the member goes over at once. Else a proposal waits for that
side, which accepts it or refuses it with a reason; the proposing side may withdraw it meanwhile. Where that cell
closes before it answered, its heir answers in its place: the heir reads what was addressed to the closed cell.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org import people_rules as rules
from chithi.org.kinds import ProposalState
from chithi.org.models import Membership, TransferProposal, Unit, UnitState, valid_on
from chithi.org.people import go_over
from chithi.org.people_ground import act, seen, unit_open, within
from chithi.text.vietnamese import clean

_WHY = "a transfer concerns both cells, and either side sees the other"


def receiving_cell(code: str, day: date) -> int:
    """The open cell with this code, wherever it lies: a transfer is addressed by code. `org.no_such_cell` else."""
    said = clean(code).strip()[:40]
    unit = Unit.objects.everywhere(because=_WHY).filter(code__iexact=said).first()
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), is_cell=True)
    if unit is None or not states.filter(unit_id=unit.pk).exists():
        raise Refused("org.no_such_cell", field="to", code=said)
    return unit.pk


def propose(
    *, by: Viewer, membership_id: int, seen_version: int, to_unit_id: int, on: date, note_text: str = ""
) -> Membership | TransferProposal:
    """Let a member go over: at once (the new membership) or by a proposal to the other side (the proposal)."""
    with act():
        left = seen(Membership, by, membership_id, seen_version)
        if to_unit_id == left.unit_id:
            raise Refused("org.same_cell", field="to")
        if problem := rules.why_not_end(rules.Stay(left.since, left.until), on, by.today):
            raise problem
        unit_open(to_unit_id, on, cell=True)
        if within(Unit, by).filter(pk=to_unit_id).exists():
            if _open_proposals().filter(membership_id=left.pk).exists():
                raise Refused("org.proposed_already", field="to")
            return go_over(by, left, to_unit_id, on)
        return _proposed(by, left, to_unit_id, on, clean(note_text).strip()[:300])


def _proposed(by: Viewer, left: Membership, to_unit_id: int, on: date, words: str) -> TransferProposal:
    try:
        with transaction.atomic():
            made = TransferProposal.objects.create(
                unit_id=left.unit_id,
                to_unit_id=to_unit_id,
                person_id=left.person_id,
                membership=left,
                on=on,
                note=words,
                by_id=by.user_id,
            )
    except IntegrityError as twice:
        raise Refused("org.proposed_already", field="to") from twice
    made.must_lie_inside(by.reach(Capability.PEOPLE))
    record("org.transfer_proposed", by=by, unit_id=left.unit_id, about=made, to=to_unit_id, on=on.isoformat())
    return made


def accept(*, by: Viewer, proposal_id: int, seen_version: int) -> Membership:
    """The receiving side takes the member in: one membership ends and another begins, on the day proposed."""
    with act():
        proposal = _waiting(by, proposal_id, seen_version)
        to_unit_id = _answering(by, proposal)
        left = Membership.objects.everywhere(because=_WHY).get(pk=proposal.membership_id)
        unit_open(to_unit_id, proposal.on, cell=True)
        joined = go_over(by, left, to_unit_id, proposal.on)
        _answered(by, proposal, ProposalState.ACCEPTED, "")
        record("org.transfer_accepted", by=by, unit_id=to_unit_id, about=proposal, left=left.unit_id)
        return joined


def refuse(*, by: Viewer, proposal_id: int, seen_version: int, why: str) -> None:
    """The receiving side does not take the member in, and says why."""
    with act():
        proposal = _waiting(by, proposal_id, seen_version)
        to_unit_id = _answering(by, proposal)
        words = clean(why).strip()[:300]
        if not words:
            raise Refused("org.no_reason", field="why")
        _answered(by, proposal, ProposalState.REFUSED, words)
        record("org.transfer_refused", by=by, unit_id=to_unit_id, about=proposal, left=proposal.unit_id)


def withdraw(*, by: Viewer, proposal_id: int, seen_version: int) -> None:
    """The proposing side takes the proposal back before it was answered."""
    with act():
        proposal = _waiting(by, proposal_id, seen_version)
        if not within(Unit, by).filter(pk=proposal.unit_id).exists():
            raise Refused("org.others_proposal")
        _answered(by, proposal, ProposalState.WITHDRAWN, "")
        record("org.transfer_withdrawn", by=by, unit_id=proposal.unit_id, about=proposal)


def answering_unit(proposal: TransferProposal) -> int:
    """The unit that answers today: the receiving cell, or the heir of the heir … where it has closed."""
    unit = Unit.objects.everywhere(because=_WHY).get(pk=proposal.to_unit_id)
    while unit.closed_on is not None and unit.heir_id is not None:
        unit = Unit.objects.everywhere(because=_WHY).get(pk=unit.heir_id)
    return unit.pk


def _open_proposals() -> ScopedQuerySet[TransferProposal]:
    return TransferProposal.objects.everywhere(because=_WHY).filter(state=ProposalState.PROPOSED)


def _waiting(by: Viewer, proposal_id: int, seen_version: int) -> TransferProposal:
    """The proposal as the doer saw it, in the reach of either side, not answered yet."""
    found = TransferProposal.objects.visible_to(by.reach(Capability.PEOPLE)).filter(pk=proposal_id).first()
    if found is None:
        raise Absent("org.no_such_row", row=proposal_id)
    if found.version != seen_version:
        raise Stale("db.stale")
    if found.state != ProposalState.PROPOSED:
        raise Refused("org.proposal_answered")
    return found


def _answering(by: Viewer, proposal: TransferProposal) -> int:
    """The receiving unit, which must lie in the doer's reach: nobody answers their own proposal."""
    unit_id = answering_unit(proposal)
    if not within(Unit, by).filter(pk=unit_id).exists():
        raise Refused("org.not_receiving_side")
    return unit_id


def _answered(by: Viewer, proposal: TransferProposal, state: ProposalState, words: str) -> None:
    proposal.state, proposal.answer = state.value, words
    proposal.answered_by_id, proposal.answered_at = by.user_id, timezone.now()
    proposal.save(update_fields=["state", "answer", "answered_by_id", "answered_at"])
