"""Speaking OpenID Connect with the organisation's log-in, by Authlib.

Apart from `chithi.access.oidc` because loading it takes as long as half of the product: it is loaded when somebody
first goes that way.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oidc.core import CodeIDToken
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from joserfc.jws import extract_compact
from requests.exceptions import RequestException

from chithi.core.errors import Refused
from chithi.environment import Provider

log = logging.getLogger("chithi.access")
_PATIENCE = 10  # seconds to wait for the provider
_SIGNED = frozenset({f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA", "Ed25519"})
"""Signatures that only the provider can make; those by a shared secret, or none, are not taken."""


def send(set_up: Provider, request: HttpRequest, back: str) -> HttpResponse:
    """The answer that sends the browser to the provider; `access.provider_unreachable` where that tells nothing."""
    try:
        answer: HttpResponse = _client(set_up).authorize_redirect(request, back)
    except (RequestException, OAuthError, ValueError, KeyError, RuntimeError) as problem:
        raise Refused("access.provider_unreachable", name=set_up.name) from problem
    return answer


def claims(set_up: Provider, request: HttpRequest) -> dict[str, Any]:
    """What the provider says of somebody, once it is found to be said by it, to us, now and as we asked."""
    try:
        return _claims(set_up, request)
    except RequestException as problem:
        raise Refused("access.provider_unreachable", name=set_up.name) from problem
    except (OAuthError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as problem:
        log.warning("a sign-in was not confirmed: %s", " ".join(str(problem).split())[:300])
        raise Refused("access.provider_refused") from problem


def _claims(set_up: Provider, request: HttpRequest) -> dict[str, Any]:
    client = _client(set_up)
    demanded = {
        "iss": {"essential": True, "values": [set_up.issuer]},
        "aud": {"essential": True, "values": [set_up.client_id]},
    }
    token = client.authorize_access_token(request, claims_cls=CodeIDToken, claims_options=demanded)
    if extract_compact(token["id_token"].encode()).headers().get("alg") not in _SIGNED:
        raise ValueError("an ID token without a signature of the provider's own")
    found = dict(token["userinfo"])
    if not isinstance(found["sub"], str) or not found["sub"]:
        raise ValueError("an ID token without a subject")
    if set_up.claim not in found and "userinfo_endpoint" in client.server_metadata:
        more = client.userinfo(token=token)
        if more["sub"] == found["sub"]:
            found = {**more, **found}
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
