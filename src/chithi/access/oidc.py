"""The organisation's own log-in by OpenID Connect: sending somebody there, and whose account they come back as.

Authlib speaks the protocol (discovery, state, nonce, PKCE, signature, issuer, audience, times). What is ours: nobody
gets an account by logging in there. The first time, the provider's name for somebody must be the user name of an open
account; from then on the provider's lasting subject decides (`Identity`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from joserfc.jws import extract_compact
from requests.exceptions import RequestException

from chithi.access.models import Identity, User
from chithi.core.errors import Refused
from chithi.environment import Provider

BACKEND = "django.contrib.auth.backends.ModelBackend"
"""Which backend the session of somebody let in this way names; it only looks the account up again."""
_PATIENCE = 10  # seconds to wait for the provider
_SIGNED = frozenset({f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA", "Ed25519"})
"""Signatures that only the provider can make; those by a shared secret, or none, are not taken."""
_STRONG = frozenset({"mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "pin+otp"})
"""Ways of proving oneself (RFC 8176) that are more than a password."""


def provider() -> Provider | None:
    """The one set up, or None."""
    found: Provider | None = settings.OIDC
    return found


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider, which sends it to the address `back`."""
    set_up = _set_up()
    try:
        answer: HttpResponse = _client(set_up).authorize_redirect(request, back)
    except (RequestException, OAuthError, ValueError, KeyError, RuntimeError) as problem:
        raise Refused("access.provider_unreachable", name=set_up.name) from problem
    return answer


def finish(request: HttpRequest) -> tuple[User, bool]:
    """Whose account came back, and whether they proved themselves by more than a password there.

    Refuses an answer that was not asked for, is forged, of another issuer or for another client, or too old
    (`access.provider_refused`), and people without an account here.
    """
    set_up = _set_up()
    try:
        claims = _claims(set_up, request)
    except RequestException as problem:
        raise Refused("access.provider_unreachable", name=set_up.name) from problem
    except (OAuthError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as problem:
        raise Refused("access.provider_refused") from problem
    ways = claims.get("amr")
    strong = isinstance(ways, list) and any(way in _STRONG for way in ways)
    return account_of(set_up, claims), strong


def _claims(set_up: Provider, request: HttpRequest) -> dict[str, Any]:
    """What the provider says of somebody, once its signature, issuer, audience, nonce and times are found right."""
    client = _client(set_up)
    demanded = {
        "iss": {"essential": True, "values": [set_up.issuer]},
        "aud": {"essential": True, "values": [set_up.client_id]},
    }
    token = client.authorize_access_token(request, claims_cls=CodeIDToken, claims_options=demanded)
    if extract_compact(token["id_token"].encode()).headers().get("alg") not in _SIGNED:
        raise ValueError("an ID token without a signature of the provider's own")
    claims = dict(token["userinfo"])
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise ValueError("an ID token without a subject")
    if set_up.claim not in claims and "userinfo_endpoint" in client.server_metadata:
        more = client.userinfo(token=token)
        if more["sub"] == claims["sub"]:
            claims = {**more, **claims}
    return claims


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


@lru_cache(maxsize=4)
def _client(set_up: Provider) -> Any:
    """The client for a set-up; it keeps what the provider tells of itself."""
    return OAuth().register(
        name="organisation",
        client_id=set_up.client_id,
        client_secret=set_up.client_secret,
        server_metadata_url=f"{set_up.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": _PATIENCE},
    )
