"""The five accounts of the demo, one for each role, and the codes that let them in once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from chithi.access.actions import grant, open_account
from chithi.access.models import RoleGrant, User
from chithi.access.roles import Role
from chithi.access.sign_in import new_one_time_code
from chithi.journal.models import Entry
from chithi.org.demo import Home
from chithi.org.demo.streams import key
from chithi.org.models import UnitState

SINCE = date(2020, 1, 1)
VALID_FOR = timedelta(hours=24)
_WHY = "the accounts of the demo, for whoever runs it"
MARKER = "demo"
"""The fact in the journal that tells a role given by the demo from one given to a real account of the same name."""


@dataclass(frozen=True)
class DemoAccount:
    """`place` says in which unit the role is held: a village cell, the first district or the province.

    In a nation those are a village cell, the first province and the nation itself.
    """

    username: str
    name: str
    role: Role
    place: str


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("bithu", "", Role.SECRETARY, "cell"),
    DemoAccount("vanphong", "Nguyễn Thu Hạnh", Role.CLERK, "district"),
    DemoAccount("tuyengiao", "Trần Minh Khánh", Role.AGENCY, "province"),
    DemoAccount("lanhdao", "Lê Quang Vinh", Role.LEADER, "district"),
    DemoAccount("quantri", "Phạm Ngọc Trang", Role.ADMINISTRATOR, "province"),
)
"""A name left empty is that of the cell's own secretary."""


def build(homes: Mapping[str, Home], seed: int) -> dict[str, int]:
    """Open the accounts and give them their roles; returns their ids by user name. They have no password."""
    ids = {}
    for account in ACCOUNTS:
        home = homes[account.place]
        user = open_account(username=account.username, name=account.name or home.secretary)
        granted = grant(by=None, user=user, role=account.role, unit_id=home.unit_id, since=SINCE)
        _settle(user, granted, seed)
        ids[account.username] = user.pk
    return ids


def _settle(user: User, granted: RoleGrant, seed: int) -> None:
    """Give what the actions wrote the seed's identities and the demo's own day, so that a second run is the same."""
    at = datetime(SINCE.year, SINCE.month, SINCE.day, 1, tzinfo=UTC)
    User.objects.filter(pk=user.pk).update(opened_at=at)
    RoleGrant.objects.everywhere(because=_WHY).filter(pk=granted.pk).update(key=key(seed, "grant", user.username))
    entries = Entry.objects.everywhere(because=_WHY)
    entries.filter(about_kind=RoleGrant._meta.label_lower, about_id=granted.pk).update(
        key=key(seed, "journal", "grant", user.username), at=at, facts={"role": granted.role, MARKER: True}
    )


def _granted_by_demo(user: User, role: Role) -> RoleGrant | None:
    """The newest role the demo gave: where the province was reorganised, the one in the heir."""
    entries = Entry.objects.everywhere(because=_WHY)
    about = entries.filter(about_kind=RoleGrant._meta.label_lower, **{f"facts__{MARKER}": True})
    given = RoleGrant.objects.everywhere(because=_WHY).filter(user=user, role=role)
    return given.filter(pk__in=list(about.values_list("about_id", flat=True))).order_by("-since", "-pk").first()


def one_time_logins() -> list[tuple[str, str, str, str]]:
    """Fresh codes for the demo's accounts as (user name, role, name of the unit, code); earlier codes stop working.

    Empty where the database holds no demo: a real account is never given a code here, whatever its name.
    """
    found = []
    for account in ACCOUNTS:
        user = User.objects.filter(username=account.username, is_active=True).first()
        granted = _granted_by_demo(user, account.role) if user is not None else None
        if user is None or granted is None:
            continue
        states = UnitState.objects.everywhere(because=_WHY).filter(unit_id=granted.unit_id).order_by("-since")
        unit = states.values_list("name", flat=True)[0]
        found.append((user.username, account.role.value, unit, new_one_time_code(user, valid_for=VALID_FOR)))
    return found
