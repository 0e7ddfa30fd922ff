"""The organisation's own log-in by OpenID Connect: sending somebody there, and whose account they come back as.

Authlib speaks the protocol (`chithi.access.openid`). What is ours: nobody gets an account by logging in there. The
first time, the provider's name for somebody must be the user name of an open account; from then on the provider's
lasting subject decides (`Identity`).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from chithi.access.models import Identity, User
from chithi.core.errors import Refused
from chithi.environment import Provider

_BACKEND = "django.contrib.auth.backends.ModelBackend"
"""Which backend the session of somebody let in this way names; it only looks the account up again."""


def provider() -> Provider | None:
    """The one set up, or None."""
    found: Provider | None = settings.OIDC
    return found


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider, which sends it to the address `back`."""
    from chithi.access.openid import send

    return send(_set_up(), request, back)


def finish(request: HttpRequest) -> User:
    """Whose account came back, ready for a session.

    Refuses an answer that was not asked for, is forged, of another issuer or for another client, or too old
    (`access.provider_refused`), and people without an account here.
    """
    from chithi.access.openid import claims

    set_up = _set_up()
    user = account_of(set_up, claims(set_up, request))
    user.backend = _BACKEND
    return user


@transaction.atomic
def account_of(set_up: Provider, claims: dict[str, Any]) -> User:
    """The open account these claims are about; bound to their subject the first time."""
    subject = claims["sub"][:255]
    known = Identity.objects.filter(issuer=set_up.issuer, subject=subject).first()
    said = claims.get(set_up.claim)
    username = said.strip().lower()[:60] if isinstance(said, str) else ""
    if known is not None:
        user = User.objects.filter(pk=known.user_id, is_active=True).first()
        if user is None:
            raise Refused("access.identity_unknown", username=username or subject)
        return user
    user = User.objects.filter(username=username, is_active=True).first() if username else None
    if user is None:
        raise Refused("access.identity_unknown", username=username or subject)
    try:
        with transaction.atomic():
            Identity.objects.create(user=user, issuer=set_up.issuer, subject=subject)
    except IntegrityError as bound:
        raise Refused("access.identity_taken", username=username) from bound
    return user


def _set_up() -> Provider:
    found = provider()
    if found is None:
        raise Refused("access.provider_refused")
    return found
