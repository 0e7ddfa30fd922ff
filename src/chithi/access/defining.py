"""Roles of the installation's own: defined, changed, retired by whoever holds SYSTEM over all of it.

The shipped roles stay as they are. A changed set takes effect at each account's next request.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chithi.access import rules
from chithi.access.keeping import keeping_an_administrator, topmost
from chithi.access.models import OwnRole
from chithi.access.role_sets import SHIPPED
from chithi.access.roles import KEPT_BACK
from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.text.vietnamese import clean


@dataclass(frozen=True)
class Definition:
    """What a role is called (Vietnamese, English) and may (`Capability` values)."""

    names: tuple[str, str]
    may: tuple[str, ...]


def define_role(*, by: Viewer, code: str, as_what: Definition) -> OwnRole:
    """A new role under a code nobody uses; a retired role's code is not free either."""
    by.require_everywhere(Capability.SYSTEM)
    code = code.strip().lower()
    with only_one("accounts"):
        taken = SHIPPED | set(OwnRole.objects.filter(code=code).values_list("code", flat=True))
        names, may = _tidy(as_what)
        if problem := rules.why_not_define(code, taken, names, may):
            raise problem
        _no_more_than_mine(by, may)
        role = OwnRole.objects.create(code=code, name_vi=names[0], name_en=names[1], may=list(may))
        record("access.role_defined", by=by, unit_id=topmost(by.today), about=role, role=code, may=list(may))
        return role


def change_role(*, by: Viewer, code: str, as_what: Definition, seen_version: int) -> OwnRole:
    """Give a role other names or another set, at once for everybody who holds it. Not by who holds it themselves."""
    by.require_everywhere(Capability.SYSTEM)
    with keeping_an_administrator(by):
        role = _one(code)
        names, may = _tidy(as_what)
        if problem := rules.why_not_change(names, may):
            raise problem
        if may != tuple(role.may):
            _not_held(by, code)
        _no_more_than_mine(by, set(may) - set(role.may))
        before = list(role.may)
        _save(role, seen_version, name_vi=names[0], name_en=names[1], may=list(may))
        about = {"role": code, "before": before, "may": list(may)}
        record("access.role_changed", by=by, unit_id=topmost(by.today), about=role, **about)
        return role


def retire_role(*, by: Viewer, code: str, on: date | None, seen_version: int) -> OwnRole:
    """Let a role give nothing from a day on, today at the earliest; None lets it go on."""
    by.require_everywhere(Capability.SYSTEM)
    with keeping_an_administrator(by):
        role = _one(code)
        _not_held(by, code)
        if on is None:
            _no_more_than_mine(by, role.may)
        elif not by.today <= on <= by.today + rules.FARTHEST:
            raise Refused("access.bad_day", field="on", day=on, earliest=by.today, latest=by.today + rules.FARTHEST)
        _save(role, seen_version, retired_on=on)
        said = {"role": code, "on": on.isoformat() if on else None}
        verb = "access.role_retired" if on else "access.role_resumed"
        record(verb, by=by, unit_id=topmost(by.today), about=role, **said)
        return role


def _one(code: str) -> OwnRole:
    found = OwnRole.objects.filter(code=code).first()
    if found is None:
        raise Absent("access.no_role", role=code[:20])
    return found


def _tidy(as_what: Definition) -> tuple[tuple[str, str], tuple[str, ...]]:
    vi, en = (clean(name).strip()[:80] for name in as_what.names)
    return (vi, en), tuple(sorted(set(as_what.may)))


def _not_held(by: Viewer, code: str) -> None:
    if any(role == code for role, _ in by.roles):
        raise Refused("access.own_role")


def _no_more_than_mine(by: Viewer, may: Collection[str]) -> None:
    """What only those hand on who hold it must be held over the whole installation to be put into a role."""
    if any(Capability(word) in KEPT_BACK and not by.may_everywhere(Capability(word)) for word in may):
        raise Refused("access.role_beyond", field="may")


def _save(role: OwnRole, seen_version: int, **values: object) -> None:
    known = OwnRole.objects.filter(pk=role.pk, version=seen_version)
    if not known.update(**values, version=seen_version + 1):
        raise Stale("db.stale", kind="ownrole")
    role.refresh_from_db()
