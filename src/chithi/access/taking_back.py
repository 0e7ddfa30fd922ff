"""Taking back an end: a role goes on as if it had not been ended, a closed account is as it was before.

Both take what the act left behind (`chithi.access.keeping` returns it) and ask the rules of giving a role anew, so
that nothing comes back that might not be given. What let somebody in by itself (sessions, tokens, one-time codes)
stays ended; the password is the owner's own and was never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chithi.access import rules
from chithi.access.keeping import (
    Ended,
    Giving,
    facts_of,
    kept_by,
    last_held_here,
    nobody_elses,
    overlap,
    save_seen,
    tell,
)
from chithi.access.models import FORGOTTEN, RoleGrant, User
from chithi.access.role_sets import one_role
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.queries import one_unit

_WHY = "the roles of an account already found in reach"


def hold_on(*, by: Viewer, ended: Ended) -> RoleGrant:
    """A role that was ended goes on; refused where somebody changed it since or it might not be given now."""
    with only_one("accounts"):
        return _hold_on(by, ended)


def open_as_it_was(*, by: Viewer, user_id: int, seen_version: int, ended: Iterable[Ended]) -> User:
    """A closed account is open again with the roles that ended with it and its own password."""
    with only_one("accounts"):
        user = kept_by(by, user_id)
        if user.username.startswith(FORGOTTEN):
            raise Refused("access.account_forgotten")
        if user.is_active:
            raise Stale("db.stale", kind="user")
        if user.person_id is not None:
            nobody_elses(user, user.person_id)
        user.is_active = True
        save_seen(user, seen_version, "is_active")
        tell(by, user, "access.closing_taken_back")
        for one in ended:
            _hold_on(by, one)
        return user


def _hold_on(by: Viewer, ended: Ended) -> RoleGrant:
    reach = by.reach(Capability.ACCOUNTS)
    held = RoleGrant.objects.visible_to(reach).filter(pk=ended.grant_id).first()
    if held is None:
        raise Absent("access.no_grant")
    if held.version != ended.version or held.until is None:
        raise Stale("db.stale", kind="rolegrant")
    _may_go_on(by, held, ended.until)
    held.until = ended.until
    held.save(update_fields=["until"])
    held.must_lie_inside(reach)
    record("access.ending_taken_back", by=by, unit_id=held.unit_id, about=held, role=held.role)
    return held


def _may_go_on(by: Viewer, held: RoleGrant, until: date | None) -> None:
    """What is asked of a role that is given, asked of one that goes on."""
    user = User.objects.filter(pk=held.user_id, is_active=True).first()
    if user is None:
        raise Refused("access.account_is_closed")
    if not by.may_everywhere(Capability.ACCOUNTS):
        last_held_here(by, user)
    [fact] = facts_of(by, [held])
    if problem := rules.why_not_give(by.user_id, user.pk, fact, held.since, until, by.today):
        raise problem
    if not one_role(held.role).holds(max(held.since, by.today)):
        raise Refused("access.role_retired", field="role")
    place = one_unit(by, held.unit_id, by.today)
    if place.closed_on is not None:
        raise Refused("org.already_closed", field="unit", unit=place.id, day=place.closed_on)
    others = RoleGrant.objects.everywhere(because=_WHY).filter(user=user, unit_id=held.unit_id, role=held.role)
    rest = Giving(held.role, held.unit_id, held.until or held.since, until)
    if any(overlap(one, rest) for one in others.exclude(pk=held.pk)):
        raise Refused("access.already_held", field="role")
