"""Roles of accounts follow a post that was handed over: the old holder's in the unit end, the new one's begin.

Only somebody who may give accounts roles there lets them follow: a signer who is neither of the two accounts. Where no
signer may, the hand-over asks for it (`RolesMove.ASKED`) and whoever may does it later.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chithi.access.actions import grant
from chithi.access.models import RoleGrant, User
from chithi.access.viewers import viewer_for
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.kinds import HandoverState, RolesMove
from chithi.org.models import Handover, Unit, valid_on

_WHY = "the roles that two accounts hold where a post passes between them"


def roles_follow(handover: Handover, by: Viewer) -> None:
    """Let the roles follow if a signer may, else ask for it; the caller saves the hand-over. Called from `FOLLOWS`."""
    if not _roles(handover, by.today):
        handover.roles = RolesMove.NONE.value
        return
    granter = next((one for one in _signers(handover, by) if _may(one, handover)), None)
    if granter is None:
        handover.roles = RolesMove.ASKED.value
        record("access.roles_asked", by=by, unit_id=handover.unit_id, about=handover)
        return
    _move(granter, handover, by.today)


@transaction.atomic
def move_roles(*, by: Viewer, handover_id: int, seen_version: int) -> Handover:
    """Whoever may give accounts roles there does what a hand-over asked for; nobody for themselves."""
    handover = Handover.objects.visible_to(by.reach(Capability.ACCOUNTS)).filter(pk=handover_id).first()
    if handover is None:
        raise Absent("org.no_such_row", row=handover_id)
    if handover.version != seen_version:
        raise Stale("db.stale")
    if handover.state != HandoverState.DONE or handover.roles != RolesMove.ASKED:
        raise Refused("org.no_roles_asked")
    if not _may(by, handover):
        raise Refused("access.not_allowed")
    _move(by, handover, by.today)
    handover.save(update_fields=["roles"])
    return handover


def _roles(handover: Handover, today: date) -> list[RoleGrant]:
    """What the old holder's account holds in the unit on the day, or on the days to come."""
    if handover.giver_user_id is None:
        return []
    units = [unit for unit in (handover.unit_id, handover.came_from_id) if unit is not None]
    grants = RoleGrant.objects.everywhere(because=_WHY).filter(user_id=handover.giver_user_id, unit_id__in=units)
    return list(grants.filter(valid_on(max(handover.on, today))).order_by("pk"))


def _signers(handover: Handover, by: Viewer) -> list[Viewer]:
    """The doer first, then whoever signed before."""
    others = {handover.giver_by_id, handover.taker_by_id} - {None, by.user_id}
    users = User.objects.filter(pk__in=others, is_active=True).order_by("pk")
    return [by, *(viewer_for(user, by.today) for user in users)]


def _may(viewer: Viewer, handover: Handover) -> bool:
    if viewer.user_id in (handover.giver_user_id, handover.taker_user_id):
        return False
    return Unit.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(pk=handover.unit_id).exists()


def _move(granter: Viewer, handover: Handover, today: date) -> None:
    day = max(handover.on, today)
    taker = User.objects.filter(pk=handover.taker_user_id, is_active=True).first()
    for held in _roles(handover, today):
        held.until = max(held.since, day)
        held.save(update_fields=["until"])
        record("access.ended", by=granter, unit_id=held.unit_id, about=held, role=held.role)
        if taker is not None and not _holds(taker, held.role, handover.unit_id, day):
            grant(by=granter, user=taker, role=held.role, unit_id=handover.unit_id, since=day)
    handover.roles = RolesMove.MOVED.value


def _holds(user: User, role: str, unit_id: int, day: date) -> bool:
    held = RoleGrant.objects.everywhere(because=_WHY).filter(user=user, role=role, unit_id=unit_id)
    return held.filter(valid_on(day)).exists()
