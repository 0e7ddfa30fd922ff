"""Ways into an account besides its password: a one-time code, an API token."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from chithi.access.models import ApiToken, OneTimeCode, User

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read aloud


def digest(secret: str) -> str:
    """What is stored of a secret made by the machine (long and random, so a plain digest is enough)."""
    return hashlib.sha256(secret.strip().lower().encode()).hexdigest()


def new_letters(count: int) -> str:
    """Letters and digits by chance, none of which is mistaken for another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def new_one_time_code(user: User, *, valid_for: timedelta, now: datetime | None = None) -> str:
    """A code such as `k3mw-97tq-hxvd` that lets this account in once; earlier unused ones stop working."""
    moment = now or timezone.now()
    OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
    code = "-".join(new_letters(4) for _ in range(3))
    OneTimeCode.objects.create(user=user, digest=digest(code), expires_at=moment + valid_for)
    return code


def new_api_token(user: User, *, label: str, valid_for: timedelta) -> str:
    """A bearer token for the API; shown once."""
    token = secrets.token_hex(24)
    ApiToken.objects.create(user=user, digest=digest(token), label=label[:80], expires_at=timezone.now() + valid_for)
    return token


def end_tokens(user_id: int) -> None:
    """No API token of this account works any more: whoever shuts the other ways in shuts this one too."""
    ApiToken.objects.filter(user_id=user_id).delete()


def user_of_token(token: str) -> User | None:
    """Whose API token this is, while it is valid and the account active."""
    found = ApiToken.objects.filter(digest=digest(token), expires_at__gt=timezone.now()).first()
    return User.objects.filter(pk=found.user_id, is_active=True).first() if found else None


class OneTimeCodeBackend:
    """Django's way of asking: does this code let this account in? Using it spends it."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        if not username or not password or len(password) > 64:
            return None
        user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
        if user is None:
            return None
        spent = OneTimeCode.objects.filter(
            user=user, digest=digest(password), used_at__isnull=True, expires_at__gt=timezone.now()
        ).update(used_at=timezone.now())
        return user if spent else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
