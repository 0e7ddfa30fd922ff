"""Who may look after which account, and which role may be given. Pure: decided over plain facts.

The dangers are two: taking an account over (whoever gives a code for it comes in as its owner) and handing on more
than one holds. So an account is looked after only by those whose reach covers everything it holds, and who hold over
the same units what `KEPT_BACK` names; and nobody looks after their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from chithi.access.roles import KEPT_BACK
from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability

EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=3660)
_CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")


@dataclass(frozen=True)
class Held:
    """A role as whoever looks after the account sees it: what it may, whether its unit lies in their reach over
    accounts, and which capabilities they hold over that unit themselves."""

    may: frozenset[Capability]
    inside: bool
    mine: frozenset[Capability]


def why_not_keep(keeper: int | None, account: int, held: Collection[Held], *, everywhere: bool) -> Refused | None:
    """Whether an account may be looked after: given a code, closed, its second factor put away, its sessions ended.

    An account that holds nothing within reach looks absent; one without any role is for those who reach everything.
    """
    if not any(one.inside for one in held) and not (everywhere and not held):
        return Absent("access.no_account", username="")
    if keeper == account:
        return Refused("access.own_account")
    if not all(one.inside for one in held):
        return Refused("access.held_elsewhere")
    if any(beyond(one) for one in held):
        return Refused("access.holds_more")
    return None


def why_not_give(
    keeper: int | None, account: int | None, role: Held, since: date, until: date | None, today: date
) -> Refused | None:
    """Whether a role may be given in a unit: inside the reach, no more than one may hand on, over days that exist."""
    if keeper is not None and keeper == account:
        return Refused("access.own_account")
    if not role.inside:
        return Absent("org.no_unit", field="unit", unit="")
    if beyond(role):
        return Refused("access.role_beyond", field="role")
    return why_not_days(since, until, today)


def why_not_days(since: date, until: date | None, today: date) -> Refused | None:
    """A role is held from 2000 on at the earliest, ten years ahead at the latest, and ends after it began."""
    for field, day in (("since", since), ("until", until)):
        if day is not None and not EARLIEST <= day <= today + FARTHEST:
            return Refused("access.bad_day", field=field, day=day, earliest=EARLIEST, latest=today + FARTHEST)
    if until is not None and until <= since:
        return Refused("access.ends_before_it_begins", field="until", since=since)
    return None


def why_not_define(code: str, taken: Collection[str], names: tuple[str, str], may: Collection[str]) -> Refused | None:
    """A role of one's own has a short code nobody uses, a name in both languages and at least one thing it may do."""
    if not _CODE.fullmatch(code):
        return Refused("access.bad_role_code", field="code", role=code[:40])
    if code in taken:
        return Refused("access.role_code_taken", field="code", role=code)
    return why_not_change(names, may)


def why_not_change(names: tuple[str, str], may: Collection[str]) -> Refused | None:
    """The part of `why_not_define` that holds for changes too. Whoever may do anything with a unit may read it."""
    for field, name in zip(("name_vi", "name_en"), names, strict=True):
        if not name.strip():
            return Refused("access.no_role_name", field=field)
    if not may or set(may) - {capability.value for capability in Capability}:
        return Refused("access.empty_role", field="may")
    if Capability.READ.value not in may:
        return Refused("access.role_cannot_read", field="may")
    return None


def beyond(role: Held) -> bool:
    """Whether a role may do over its unit what only those hand on who hold it, and they do not."""
    return bool(role.may & KEPT_BACK - role.mine)


_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
_BROWSERS = (("Zalo", "Zalo"), ("coc_coc_browser", "Cốc Cốc"), ("Edg", "Edge"), ("OPR", "Opera"),
             ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


def device_words(user_agent: str) -> str:
    """What people call the device: browser and system, of what a browser says of itself; "" where neither is known."""
    told = user_agent[:400]
    found = [next((word for mark, word in marks if mark in told), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(word for word in found if word)
