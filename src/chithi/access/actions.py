"""Accounts and grants. Made from the command line and the demo in this version; every grant is journalled."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from chithi.access.models import RoleGrant, User
from chithi.access.roles import Role
from chithi.core.errors import Refused
from chithi.journal.actions import Doer, record
from chithi.text.vietnamese import clean

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}")


@transaction.atomic
def open_account(*, username: str, name: str, password: str | None = None, language: str = "vi") -> User:
    """Make an account; without a password only a one-time code lets it in."""
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise Refused("access.bad_username", field="username", username=username)
    if User.objects.filter(username=username).exists():
        raise Refused("access.username_taken", field="username", username=username)
    user = User(username=username, name=clean(name), language=language)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def grant(*, by: Doer | None, user: User, role: Role, unit_id: int, since: date) -> RoleGrant:
    """Give a role in a unit from a day on."""
    granted = RoleGrant.objects.create(user=user, role=role.value, unit_id=unit_id, since=since)
    record("access.granted", by=by, unit_id=unit_id, about=granted, role=role.value)
    return granted
