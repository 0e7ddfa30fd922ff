"""Building the viewer of a request from the roles an account holds today."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from django.db import models
from django.utils import timezone

from chithi.access.models import RoleGrant, User
from chithi.access.role_sets import role_sets
from chithi.core.errors import Refused
from chithi.db.kept import Kept
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import valid_on
from chithi.org.places import reach_tree


def today() -> date:
    """The day as the installation counts it (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()


def viewer_for(user: User, today: date) -> Viewer:
    """Who this account is today. Two queries: grants, today's edition; one more for the sets of
    roles that the installation defined itself, where one is held.

    A role held in a unit that has closed has ended with it: the unit is no longer present in today's tree.
    """
    grants = _GRANTS.rows(user.pk, today)
    tree = reach_tree(today)
    sets = {code: role for code, role in role_sets(role for role, _ in grants).items() if role.holds(today)}
    held = []
    for role, unit_id in grants:
        at = tree.find(unit_id)
        if role in sets and at is not None and tree.shape.present[at]:
            held.append((role, unit_id))
    reaches = {
        capability: tree.reach_of([unit for role, unit in held if capability in sets[role].may])
        for capability in Capability
    }
    return Viewer(
        user_id=user.pk,
        name=user.name,
        today=today,
        reaches=MappingProxyType(reaches),
        roles=tuple(held),
        home_unit_id=held[0][1] if held else None,
        language=user.language,
        role_names=MappingProxyType({code: role.names for code, role in sets.items() if role.names}),
    )


def _own_grants(user_id: int, day: date) -> models.QuerySet[RoleGrant, tuple[str, int]]:
    grants = RoleGrant.objects.everywhere(because="somebody's own grants decide their reach")
    return grants.filter(valid_on(day), user_id=user_id).order_by("since", "pk").values_list("role", "unit_id")


_GRANTS = Kept(_own_grants)


def doer(user_id: int, because: str) -> Viewer:
    """Whoever asked for work that the worker does later, with the reach they have now; 0 is the operator.

    Refuses (`access.not_allowed`) an account that was closed since.
    """
    if not user_id:
        return system_viewer(today(), because=because)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Refused("access.not_allowed")
    return viewer_for(user, today())


def system_viewer(today: date, *, because: str) -> Viewer:
    """A viewer that reaches everything, for the command line of the installation's own operator."""
    tree = reach_tree(today)
    size = len(tree.shape.unit_ids)
    everything = Reach.of(tree.id, size, [(0, size)])
    return Viewer(
        user_id=None,
        name="chithi",
        today=today,
        reaches=MappingProxyType(dict.fromkeys(Capability, everything)),
    )
