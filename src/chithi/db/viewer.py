"""For whose eyes: one frozen viewer per request, with a reach for each capability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from chithi.core.errors import Refused
from chithi.db.reach import Reach


class Capability(StrEnum):
    """What somebody may do to the units in a reach."""

    READ = "read"
    RECORDS = "records"
    ENTER = "enter"
    CONFIRM = "confirm"
    REPORT = "report"
    TREE = "tree"
    JOURNAL = "journal"
    PEOPLE = "people"
    ACCOUNTS = "accounts"
    DEFINE = "define"
    SYSTEM = "system"


NOWHERE = Reach(edition_id=0)


@dataclass(frozen=True)
class Viewer:
    """Who is looking, on which day, and how far each capability reaches.

    `home_unit_id` is the unit of the person's first role, where their pages begin; None for someone without
    any role. `language` is `vi` or `en`. `role_names` holds the names (Vietnamese, English) of those roles that the
    installation defined itself.
    """

    user_id: int | None
    name: str
    today: date
    reaches: Mapping[Capability, Reach] = field(default_factory=lambda: MappingProxyType({}))
    roles: tuple[tuple[str, int], ...] = ()
    home_unit_id: int | None = None
    language: str = "vi"
    role_names: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def reach(self, capability: Capability) -> Reach:
        """How far this capability reaches; nowhere where it was not granted."""
        return self.reaches.get(capability, NOWHERE)

    def may_anywhere(self, capability: Capability) -> bool:
        return not self.reach(capability).is_empty

    def may_everywhere(self, capability: Capability) -> bool:
        """Whether it reaches the whole installation: what belongs to no unit (definitions, settings) asks for that."""
        return self.reach(capability).is_everything

    def acting_from(self, unit_id: int) -> dict[str, int]:
        """For the journal: `from_unit`, the viewer's own unit, where they do something for one they hold no role in."""
        own = self.home_unit_id is None or any(unit == unit_id for _role, unit in self.roles)
        return {} if own or self.home_unit_id is None else {"from_unit": self.home_unit_id}

    def require_everywhere(self, capability: Capability) -> None:
        """Raise `Refused("access.not_everywhere")` where the capability does not reach the whole installation."""
        if not self.may_everywhere(capability):
            raise Refused("access.not_everywhere", capability=capability.value)

    def require_anywhere(self, capability: Capability) -> None:
        """Raise `Refused("access.not_allowed")` where the capability was granted nowhere at all."""
        if not self.may_anywhere(capability):
            raise Refused("access.not_allowed", capability=capability.value)
