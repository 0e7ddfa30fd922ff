"""From knowing who somebody is to a session: the second factor is asked in between where the account has one.

Every way in (password, one-time code, the organisation's own log-in) ends in `begin`. Between the two steps nobody is
signed in: the browser's session only remembers, for ten minutes, whose code is being waited for.
"""

from __future__ import annotations

import time

from django.contrib.auth import login
from django.http import HttpRequest

from chithi.access import second_factor, sessions
from chithi.access.models import User
from chithi.access.own import CAME_BY_CODE
from chithi.core.errors import Refused

HALF = "half_in"
HALF_LASTS = 600  # seconds
CODE_BACKEND = "chithi.access.sign_in.OneTimeCodeBackend"


def begin(request: HttpRequest, user: User, *, strong: bool = False) -> bool:
    """Let somebody in whose first factor was right; False where their second one must be shown first.

    `user.backend` says by which way. `strong`: that way has asked for a second factor itself.
    """
    if strong or not second_factor.has(user.pk):
        _enter(request, user, str(getattr(user, "backend", "")), shown=strong)
        return True
    request.session.cycle_key()
    request.session[HALF] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": str(getattr(user, "backend", "")),
        "until": int(time.time()) + HALF_LASTS,
    }
    return False


def half_in(request: HttpRequest) -> User | None:
    """Whose second factor is being waited for; None where nobody's is, or no longer."""
    kept = request.session.get(HALF)
    if not isinstance(kept, dict) or kept["until"] < time.time():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user is not None and user.get_session_auth_hash() == kept["hash"] else None


def finish(request: HttpRequest, code: str) -> User:
    """Let in whoever is half in, for a right code. `access.half_in_over` where the first step lies too far back."""
    user = half_in(request)
    if user is None:
        raise Refused("access.half_in_over")
    second_factor.check(user.pk, code)
    backend = str(request.session[HALF]["backend"])
    _enter(request, user, backend, shown=True)
    return user


def _enter(request: HttpRequest, user: User, backend: str, *, shown: bool) -> None:
    request.session.pop(HALF, None)
    login(request, user, backend=backend or None)
    if shown:
        request.session[second_factor.MARK] = True
    if backend == CODE_BACKEND:
        request.session[CAME_BY_CODE] = True
    sessions.seen(request, user.pk)
