"""What a role may do: the one place that answers, for shipped roles and for the installation's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chithi.access.models import OwnRole
from chithi.access.roles import MAY, Role
from chithi.core.errors import Absent
from chithi.db.viewer import Capability

SHIPPED = frozenset(role.value for role in Role)


@dataclass(frozen=True)
class RoleSet:
    """A role as it stands. `names` (Vietnamese, English) is empty for shipped roles, which pages word themselves."""

    code: str
    may: frozenset[Capability]
    names: tuple[str, str] | None = None
    retired_on: date | None = None
    version: int = 0

    @property
    def is_own(self) -> bool:
        return self.names is not None

    def holds(self, day: date) -> bool:
        """Whether it gives anything on a day, and may be given."""
        return self.retired_on is None or self.retired_on > day


def role_sets(codes: Iterable[str]) -> dict[str, RoleSet]:
    """The roles of these codes. One query where one of them is not shipped, none else; unknown ones are left out."""
    wanted = set(codes)
    found: dict[str, RoleSet] = {str(role): RoleSet(role, MAY[role]) for role in Role if role.value in wanted}
    if rest := wanted - SHIPPED:
        found.update((row.code, _own(row)) for row in OwnRole.objects.filter(code__in=rest))
    return found


def every_role() -> list[RoleSet]:
    """Shipped roles in their order, then the own ones by code. One query."""
    return [RoleSet(role, MAY[role]) for role in Role] + [_own(r) for r in OwnRole.objects.order_by("code")]


def one_role(code: str) -> RoleSet:
    """A role; `Absent("access.no_role")` where there is none of this code."""
    found = role_sets([code]).get(code)
    if found is None:
        raise Absent("access.no_role", field="role", role=code[:20])
    return found


def _own(row: OwnRole) -> RoleSet:
    known = {capability.value for capability in Capability}
    may = frozenset(Capability(word) for word in row.may if word in known)
    return RoleSet(row.code, may, (row.name_vi, row.name_en), row.retired_on, row.version)
