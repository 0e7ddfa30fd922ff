"""Reading accounts: for pages that say who did something, and for the operator who looks after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from chithi.access.models import RoleGrant, User
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import valid_on
from chithi.org.queries import cards


@dataclass(frozen=True)
class Account:
    """An account with the roles it holds today, as (role, name of the unit)."""

    username: str
    name: str
    is_open: bool
    roles: tuple[tuple[str, str], ...]


def account_names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by account id; unknown ids are left out. One query."""
    wanted = {user_id for user_id in user_ids if user_id}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def account_labels(user_ids: Iterable[int]) -> dict[int, str]:
    """By account id: "Lan (lan)"; unknown ids are left out. One query."""
    found = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name", "username")
    return {user_id: f"{name} ({username})" for user_id, name, username in found}


def granted_accounts(viewer: Viewer, grant_ids: Iterable[int]) -> dict[int, int]:
    """Whose account a role was given to, by the id of the giving; within the reach of the journal. One query."""
    if not (wanted := set(grant_ids)):
        return {}
    seen = RoleGrant.objects.visible_to(viewer.reach(Capability.JOURNAL)).filter(pk__in=wanted)
    return dict(seen.values_list("pk", "user_id"))


def account_id(username: str) -> int | None:
    """The account of this name, open or closed. One query."""
    return User.objects.filter(username=username.strip().lower()[:60]).values_list("pk", flat=True).first()


def open_account_id(username: str) -> int | None:
    """The open account of this name. One query."""
    found = User.objects.filter(username=username.strip().lower()[:60], is_active=True)
    return found.values_list("pk", flat=True).first()


def person_of_account(user_id: int | None) -> int | None:
    """Whom of the organisation's people an account was linked to. One query."""
    return User.objects.filter(pk=user_id or 0).values_list("person_id", flat=True).first()


def account_of_person(person_id: int) -> str:
    """The user name of the open account that was linked to a person; "" where there is none. One query."""
    found = User.objects.filter(person_id=person_id, is_active=True).order_by("pk")
    return found.values_list("username", flat=True).first() or ""


def accounts(viewer: Viewer) -> list[Account]:
    """All accounts by user name, with those of their roles that lie in the viewer's reach. A few queries."""
    grants = list(
        RoleGrant.objects.visible_to(viewer.reach(Capability.TREE))
        .filter(valid_on(viewer.today))
        .order_by("since", "pk")
        .values_list("user_id", "role", "unit_id")
    )
    units = cards(viewer, {unit_id for _, _, unit_id in grants}, viewer.today)
    held: dict[int, list[tuple[str, str]]] = {}
    for user_id, role, unit_id in grants:
        if unit_id in units:
            held.setdefault(user_id, []).append((role, units[unit_id].name))
    return [
        Account(user.username, user.name, user.is_active, tuple(held.get(user.pk, ())))
        for user in User.objects.order_by("username")
    ]


def how_many_accounts() -> tuple[int, int]:
    """Open accounts, and all. One query."""
    found = User.objects.aggregate(opened=Count("pk", filter=Q(is_active=True)), every=Count("pk"))
    return found["opened"], found["every"]
