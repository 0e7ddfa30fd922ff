"""Roles of accounts follow a post that was handed over: the old holder's in the unit end, the new one's begin.

Only somebody who may look after those accounts lets them follow (`chithi.access.keeping` says who): a signer who is
neither of the two. Where no signer may, the hand-over asks for it (`RolesMove.ASKED`) and whoever may does it later.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chithi.access.keeping import Giving, end_role, give_role
from chithi.access.models import RoleGrant, User
from chithi.access.viewers import viewer_for
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.kinds import HandoverState, RolesMove
from chithi.org.models import Handover, Post, valid_on

_WHY = "the roles that two accounts hold where a post passes between them"


def roles_follow(handover: Handover, _taken: Post, by: Viewer) -> None:
    """Let the roles follow if a signer may, else ask for it; the caller saves the hand-over. Called from `FOLLOWS`."""
    if not _roles(handover, by.today):
        handover.roles = RolesMove.NONE.value
        return
    for granter in _signers(handover, by):
        try:
            with transaction.atomic():
                _move(granter, handover, by.today)
        except Refused:
            continue
        return
    handover.roles = RolesMove.ASKED.value
    record("access.roles_asked", by=by, unit_id=handover.unit_id, about=handover)


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
    others = {one for one in (handover.giver_by_id, handover.taker_by_id) if one is not None and one != by.user_id}
    users = User.objects.filter(pk__in=others, is_active=True).order_by("pk")
    return [by, *(viewer_for(user, by.today) for user in users)]


def _move(granter: Viewer, handover: Handover, today: date) -> None:
    """Give the new holder what the old one held, then end that, by the rules for whoever looks after accounts."""
    if granter.user_id in (handover.giver_user_id, handover.taker_user_id):
        raise Refused("access.own_account")
    granter.require_anywhere(Capability.ACCOUNTS)
    day = max(handover.on, today)
    taker = User.objects.filter(pk=handover.taker_user_id or 0, is_active=True).first()
    for held in _roles(handover, today):
        if taker is not None and not _holds(taker, held.role, handover.unit_id, day):
            give_role(by=granter, user_id=taker.pk, giving=Giving(held.role, handover.unit_id, day))
        end_role(by=granter, grant_id=held.pk, until=day, seen_version=held.version)
    handover.roles = RolesMove.MOVED.value


def _holds(user: User, role: str, unit_id: int, day: date) -> bool:
    held = RoleGrant.objects.everywhere(because=_WHY).filter(user=user, role=role, unit_id=unit_id)
    return held.filter(valid_on(day)).exists()
