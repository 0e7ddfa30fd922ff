"""Roles that end because their unit closes, and which of them are not yet given anew in the heir."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from chithi.access.models import RoleGrant, User
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import valid_on


@dataclass(frozen=True)
class EndingRole:
    """Who holds which role in a unit that closes. `given`: they hold it in its heir, `heir_id`, too."""

    user_id: int
    username: str
    name: str
    role: str
    unit_id: int
    heir_id: int
    given: bool


def ending_roles(viewer: Viewer, heirs: Mapping[int, int], on: date) -> list[EndingRole]:
    """Roles held on a day in units that close (unit -> heir), in reach of `Capability.ACCOUNTS`. Three queries."""
    held = _held(viewer, heirs, on)
    users = {user.pk: user for user in User.objects.filter(pk__in={user for user, _, _ in held}, is_active=True)}
    again = set(_held(viewer, set(heirs.values()), max(on, viewer.today)))
    return [
        EndingRole(
            user_id=user,
            username=users[user].username,
            name=users[user].name,
            role=role,
            unit_id=unit,
            heir_id=heirs[unit],
            given=(user, role, heirs[unit]) in again,
        )
        for user, role, unit in held
        if user in users
    ]


def _held(viewer: Viewer, units: Collection[int], on: date) -> list[tuple[int, str, int]]:
    grants = RoleGrant.objects.visible_to(viewer.reach(Capability.ACCOUNTS)).filter(
        valid_on(on), unit_id__in=list(units)
    )
    return list(grants.order_by("unit_id", "user_id", "role").values_list("user_id", "role", "unit_id").distinct())
