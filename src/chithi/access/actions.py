"""Accounts, grants and the codes that let an account in, as the operator makes them; administrators: see `keeping`.

What concerns a unit (a role given or ended, a code given to somebody with a role there) is journalled in that unit.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db import transaction

from chithi.access import sessions
from chithi.access.models import OneTimeCode, RoleGrant, User
from chithi.access.roles import Role
from chithi.access.sign_in import end_tokens, new_one_time_code
from chithi.core.errors import Absent, Refused
from chithi.journal.actions import Doer, record
from chithi.org.models import valid_on
from chithi.text.vietnamese import clean, fold

CODE_VALID_FOR = timedelta(hours=24)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}")
_WHY = "the roles of an account that is looked after as a whole"


@transaction.atomic
def open_account(*, username: str, name: str, password: str | None = None, language: str = "vi") -> User:
    """Make an account; without a password only a one-time code lets it in."""
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise Refused("access.bad_username", field="username", username=username)
    if User.objects.filter(username=username).exists():
        raise Refused("access.username_taken", field="username", username=username)
    shown = clean(name).strip()[:120]
    if not shown:
        raise Refused("org.no_person_name", field="name")
    user = User(username=username, name=shown, folded=fold(shown)[:120], language=language)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def grant(
    *, by: Doer | None, user: User, role: Role | str, unit_id: int, since: date, until: date | None = None
) -> RoleGrant:
    """Give a role in a unit from a day on, up to and without another where it is given."""
    code = str(role)
    granted = RoleGrant.objects.create(user=user, role=code, unit_id=unit_id, since=since, until=until)
    record("access.granted", by=by, unit_id=unit_id, about=granted, role=code)
    return granted


@transaction.atomic
def give_code(*, by: Doer | None, username: str, today: date) -> str:
    """A fresh one-time code of an open account, valid for `CODE_VALID_FOR`; earlier unused ones stop working."""
    user = open_one(username)
    for held in _held(user, today):
        record("access.code_given", by=by, unit_id=held.unit_id, about=user)
    return new_one_time_code(user, valid_for=CODE_VALID_FOR)


@transaction.atomic
def close_account(*, by: Doer | None, username: str, today: date) -> User:
    """Shut an account at once: its roles end, its codes and tokens are gone. What it did keeps its name."""
    user = open_one(username)
    for held in _held(user, today):
        held.until = max(held.since, today)
        held.save(update_fields=["until"])
        record("access.ended", by=by, unit_id=held.unit_id, about=held, role=held.role)
    OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
    end_tokens(user.pk)
    sessions.end_all(user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


def open_one(username: str) -> User:
    """The account of this name that is open; `access.no_account` else."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        raise Absent("access.no_account", username=username.strip())
    return user


def _held(user: User, today: date) -> list[RoleGrant]:
    """Roles held today, and those that begin later."""
    grants = RoleGrant.objects.everywhere(because=_WHY).filter(user=user)
    return list((grants.filter(valid_on(today)) | grants.filter(since__gt=today)).order_by("since", "pk"))
