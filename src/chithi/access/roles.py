"""Which role bundles which capabilities. Pure.

A role is held in a unit and reaches its subtree. Whoever may read a total need not be allowed to open the
people under it: that is `Capability.RECORDS`. Roles that an installation defines itself stand in `OwnRole`;
`chithi.access.role_sets` answers for both.
"""

from __future__ import annotations

from enum import StrEnum

from chithi.db.viewer import Capability as May


class Role(StrEnum):
    """The roles that ship; the Vietnamese word stands in docs/glossary.md."""

    SECRETARY = "secretary"
    CLERK = "clerk"
    AGENCY = "agency"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


MAY: dict[Role, frozenset[May]] = {
    Role.SECRETARY: frozenset({May.READ, May.RECORDS, May.ENTER, May.CONFIRM, May.PEOPLE}),
    Role.CLERK: frozenset({May.READ, May.RECORDS, May.ENTER, May.CONFIRM, May.REPORT, May.PEOPLE}),
    Role.AGENCY: frozenset({May.READ, May.ENTER, May.CONFIRM, May.REPORT, May.DEFINE}),
    Role.LEADER: frozenset({May.READ, May.REPORT}),
    Role.ADMINISTRATOR: frozenset({May.READ, May.TREE, May.JOURNAL, May.PEOPLE, May.ACCOUNTS, May.DEFINE, May.SYSTEM}),
}

KEPT_BACK = frozenset({May.TREE, May.JOURNAL, May.ACCOUNTS, May.DEFINE, May.SYSTEM})
"""What only those hand on who hold it themselves over the same unit: else whoever looks after accounts could appoint,
or take over, somebody who may do more than they."""

TOPMOST = frozenset({May.ACCOUNTS, May.SYSTEM})
"""What somebody must always hold over the whole installation, so that it never stands without an administrator."""
