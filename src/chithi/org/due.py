"""What waits for somebody in the register of people and in plans: transfers, hand-overs, trials that have ended."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chithi.core.due import DueItem, Said
from chithi.db.viewer import Capability, Viewer
from chithi.org.agreements import Handover, TransferProposal
from chithi.org.held import and_directly_below, units_held
from chithi.org.kinds import HandoverState, PlanState, ProposalState, RolesMove, TrialState
from chithi.org.models import PlanTrial, Reorganisation

MOST = 50
_SIGNS = "somebody's own account is a side of the hand-over"
_TRANSFER = Said("Trả lời đề nghị chuyển sinh hoạt đảng đến", "Answer a proposed transfer")
_SIGN = Said("Ký biên bản bàn giao chức vụ", "Sign the hand-over of a post")
_ROLES = Said("Chuyển vai trò theo biên bản bàn giao đã ký", "Move the roles of a signed hand-over")
_TRIED = Said("Xem kết quả tính thử: {title}", "Look at the trial of a plan: {title}")
_OPEN = Said("Mở", "Open")


def of_person(viewer: Viewer, _today: date) -> list[DueItem]:
    """Eight queries at most."""
    return [*_transfers(viewer), *_handovers(viewer), *_roles(viewer), *_trials(viewer)]


def _transfers(viewer: Viewer) -> list[DueItem]:
    """To units held and those directly below: others have a keeper of their own."""
    held = units_held(viewer, Capability.PEOPLE)
    if not held:
        return []
    rows = TransferProposal.objects.visible_to(viewer.reach(Capability.PEOPLE)).filter(
        state=ProposalState.PROPOSED, to_unit_id__in=and_directly_below(viewer, held)
    )
    return [
        DueItem("org.transfer", row.pk, row.to_unit_id, _TRANSFER, row.on, "transfer", (row.pk,), _OPEN)
        for row in rows.order_by("on", "pk")[:MOST]
    ]


def _handovers(viewer: Viewer) -> list[DueItem]:
    if viewer.user_id is None:
        return []
    mine = Q(giver_user_id=viewer.user_id, giver_at__isnull=True) | Q(
        taker_user_id=viewer.user_id, taker_at__isnull=True
    )
    rows = Handover.objects.everywhere(because=_SIGNS).filter(mine, state=HandoverState.OPEN)
    return [
        DueItem("org.handover", row.pk, row.unit_id, _SIGN, row.on, "handover", (row.pk,), _OPEN)
        for row in rows.order_by("on", "pk")[:MOST]
    ]


def _roles(viewer: Viewer) -> list[DueItem]:
    held = units_held(viewer, Capability.ACCOUNTS)
    if not held:
        return []
    rows = Handover.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(roles=RolesMove.ASKED)
    return [
        DueItem("org.handover_roles", row.pk, row.unit_id, _ROLES, None, "handover", (row.pk,), _OPEN)
        for row in rows.order_by("on", "pk")[:MOST]
    ]


def _trials(viewer: Viewer) -> list[DueItem]:
    if not viewer.may_anywhere(Capability.TREE):
        return []
    reach = viewer.reach(Capability.TREE)
    done = PlanTrial.objects.visible_to(reach).filter(
        by_id=viewer.user_id or 0, state__in=(TrialState.DONE, TrialState.REFUSED), applying=False
    )
    tried = list(done.values_list("plan_id", flat=True)[:MOST])
    plans = Reorganisation.objects.visible_to(reach).filter(pk__in=tried, state=PlanState.DRAFT).order_by("-pk")
    return [
        DueItem("org.trial", plan.pk, plan.unit_id, _titled(plan.title), None, "plan_preview", (plan.pk,), _OPEN)
        for plan in plans
    ]


def _titled(title: str) -> Said:
    return Said(*(words.format(title=title[:80]) for words in _TRIED))
