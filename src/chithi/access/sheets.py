"""Accounts as those who look after them see them: a list with filters, one sheet, what is locked.

An account is seen by whoever has a role of it, of whatever time, within their reach over accounts; of its roles only
those inside are told. Whoever reaches everything sees every account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from chithi.access import rules, second_factor
from chithi.access.keeping import facts_of, is_seen, kept_by
from chithi.access.models import RoleGrant, User
from chithi.access.role_sets import role_sets
from chithi.core.errors import Absent, Refused
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding import people_reach
from chithi.org.models import Person, valid_on
from chithi.org.places import units_within
from chithi.org.queries import cards
from chithi.text.vietnamese import fold

STATES = ("open", "closed", "no_role", "locked", "no_factor")


@dataclass(frozen=True)
class HeldRole:
    """A role of an account: `names` where the installation defined it; `may_end` says whether the viewer may."""

    grant_id: int
    version: int
    role: str
    names: tuple[str, str] | None
    unit_id: int
    unit: str
    since: date
    until: date | None
    may_end: bool = False

    def stands(self, day: date) -> str:
        """`held`, `later` or `past` on a day."""
        if self.until is not None and self.until <= day:
            return "past"
        return "later" if self.since > day else "held"


@dataclass(frozen=True)
class Row:
    """An account in the list, with the roles of today and later that lie in reach."""

    id: int
    username: str
    name: str
    is_open: bool
    second_factor: bool
    locked: bool
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True)
class Wanted:
    """What to list: words of a name, a part of the tree, a role held today, one of `STATES`."""

    text: str = ""
    below: Reach | None = None
    role: str = ""
    state: str = ""


@dataclass(frozen=True)
class Sheet:
    """One account. `why_not` is the refusal whoever looks would get on looking after it, None where they may;
    `person` whose it is, as (id, name), where that was said and they may know it; `person_unseen`: they may not."""

    row: Row
    language: str
    opened_on: date
    last_in: datetime | None
    recovery_left: int
    version: int
    person: tuple[int, str] | None
    person_unseen: bool
    why_not: Refused | None
    is_self: bool


def page_of_accounts(viewer: Viewer, wanted: Wanted, *, page: int, size: int) -> tuple[list[Row], int]:
    """A page by user name, and how many there are in all. About eight queries, whatever the size."""
    viewer.require_anywhere(Capability.ACCOUNTS)
    found = _filtered(viewer, wanted)
    users = list(found.order_by("username")[(page - 1) * size : page * size])
    return _rows(viewer, users), found.count()


def one_account(viewer: Viewer, user_id: int) -> Sheet:
    """The sheet of an account in reach; `Absent` else."""
    viewer.require_anywhere(Capability.ACCOUNTS)
    user = User.objects.filter(pk=user_id).first() if 0 < user_id < 2**63 else None
    if user is None or not is_seen(viewer, user.pk):
        raise Absent("access.no_account", username="")
    [row] = _rows(viewer, [user], past=True)
    person = _person(viewer, user.person_id)
    return Sheet(
        row=row,
        language=user.language,
        opened_on=timezone.localdate(user.opened_at),
        last_in=user.last_login,
        recovery_left=second_factor.left(user.pk),
        version=user.version,
        person=person,
        person_unseen=person is None and user.person_id is not None,
        why_not=_why_not(viewer, user.pk),
        is_self=user.pk == viewer.user_id,
    )


def one_grant(viewer: Viewer, grant_id: int) -> tuple[int, HeldRole]:
    """A role within reach and whose account's it is; `Absent` else."""
    viewer.require_anywhere(Capability.ACCOUNTS)
    grants = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS))
    held = grants.filter(pk=grant_id).first() if 0 < grant_id < 2**63 else None
    if held is None:
        raise Absent("access.no_grant")
    [role] = _told(viewer, [held])
    return held.user_id, role


def locked_accounts(viewer: Viewer) -> list[tuple[Row, datetime]]:
    """Accounts in reach that must wait after wrong tries, with until when; those that wait longest first."""
    viewer.require_anywhere(Capability.ACCOUNTS)
    until = _locked_names()
    users = list(_visible(viewer).filter(username__in=until).order_by("username"))
    ends = {user.pk: until[user.username] for user in users}
    waits = second_factor.all_waiting()
    users += list(_visible(viewer).filter(pk__in=set(waits) - set(ends)).order_by("username"))
    for user in users:
        ends[user.pk] = max(moment for moment in (ends.get(user.pk), waits.get(user.pk)) if moment)
    rows = _rows(viewer, users)
    return sorted(((row, ends[row.id]) for row in rows), key=lambda pair: (-pair[1].timestamp(), pair[0].username))


def locked_strangers(viewer: Viewer) -> list[str]:
    """Names that were tried too often and are nobody's; told only to whoever reaches every account."""
    if not viewer.may_everywhere(Capability.ACCOUNTS):
        return []
    names = _locked_names()
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    return sorted(set(names) - known)[:50]


def holders(viewer: Viewer) -> dict[str, int]:
    """How many open accounts hold each role today, within the viewer's reach over accounts. Two queries."""
    grants = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(valid_on(viewer.today))
    pairs = set(grants.values_list("role", "user_id"))
    shut = set(User.objects.filter(pk__in={user for _, user in pairs}, is_active=False).values_list("pk", flat=True))
    return dict(Counter(role for role, user in pairs if user not in shut))


def _person(viewer: Viewer, person_id: int | None) -> tuple[int, str] | None:
    """Whose account it is, for those who may know people there."""
    if person_id is None:
        return None
    name = Person.objects.visible_to(people_reach(viewer)).filter(pk=person_id).values_list("name", flat=True).first()
    return None if name is None else (person_id, name)


def _why_not(viewer: Viewer, user_id: int) -> Refused | None:
    try:
        kept_by(viewer, user_id)
    except Refused as problem:
        return problem
    return None


def _visible(viewer: Viewer) -> QuerySet[User]:
    users = User.objects.all()
    if viewer.may_everywhere(Capability.ACCOUNTS):
        return users
    grants = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS))
    return users.filter(pk__in=grants.values("user_id"))


def _filtered(viewer: Viewer, wanted: Wanted) -> QuerySet[User]:
    users = _visible(viewer)
    text = fold(wanted.text.replace("\x00", "")).strip()
    if text:
        users = users.filter(Q(folded__contains=text) | Q(username__contains=text))
    today = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(valid_on(viewer.today))
    if wanted.below is not None or wanted.role:
        held = today.filter(role=wanted.role) if wanted.role else today
        if wanted.below is not None:
            held = held.filter(unit_id__in=units_within(wanted.below))
        users = users.filter(pk__in=held.values("user_id"))
    return _in_state(users, wanted.state, today.values("user_id"))


def _in_state(users: QuerySet[User], state: str, with_role: QuerySet[RoleGrant, Any]) -> QuerySet[User]:
    match state:
        case "open":
            return users.filter(is_active=True)
        case "closed":
            return users.filter(is_active=False)
        case "no_role":
            return users.filter(is_active=True).exclude(pk__in=with_role)
        case "locked":
            return users.filter(username__in=_locked_names())
        case "no_factor":
            return users.filter(is_active=True).exclude(pk__in=second_factor.all_who_have())
        case _:
            return users


def _rows(viewer: Viewer, users: Collection[User], *, past: bool = False) -> list[Row]:
    ids = [user.pk for user in users]
    grants = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(user_id__in=ids)
    if not past:
        grants = grants.filter(Q(until__isnull=True) | Q(until__gt=viewer.today))
    listed = list(grants.order_by("since", "pk"))
    held: dict[int, list[HeldRole]] = {}
    for one, told in zip(listed, _told(viewer, listed), strict=True):
        held.setdefault(one.user_id, []).append(told)
    factors, locked = second_factor.who_have(ids), set(_locked_names())
    return [
        Row(
            id=user.pk,
            username=user.username,
            name=user.name,
            is_open=user.is_active,
            second_factor=user.pk in factors,
            locked=user.username in locked,
            roles=tuple(held.get(user.pk, ())),
        )
        for user in users
    ]


def _told(viewer: Viewer, grants: list[RoleGrant]) -> list[HeldRole]:
    """Roles in words. Four queries at most, whatever their number."""
    sets = role_sets(one.role for one in grants)
    units = cards(viewer, {one.unit_id for one in grants}, viewer.today)
    facts = facts_of(viewer, grants)
    return [
        HeldRole(
            grant_id=one.pk,
            version=one.version,
            role=one.role,
            names=sets[one.role].names if one.role in sets else None,
            unit_id=one.unit_id,
            unit=units[one.unit_id].short_name if one.unit_id in units else "",
            since=one.since,
            until=one.until,
            may_end=(one.until is None or one.until > viewer.today)
            and not rules.beyond(fact)
            and one.user_id != viewer.user_id,
        )
        for one, fact in zip(grants, facts, strict=True)
    ]


def _locked_names() -> dict[str, datetime]:
    """Names under which the log-in is locked from some address, with until when. One query."""
    cool_off = timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = (
        AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - cool_off)
        .values("username", "ip_address")
        .annotate(wrong=Sum("failures_since_start"))
        .filter(wrong__gte=settings.AXES_FAILURE_LIMIT)
    )
    names = {one["username"] for one in tries}
    times = AccessAttempt.objects.filter(username__in=names).values_list("username", "attempt_time") if names else []
    found: dict[str, datetime] = {}
    for name, at in times:
        found[name] = max(found.get(name, at + cool_off), at + cool_off)
    return found
