"""Who calls: a bearer token, or the session of the pages (with its CSRF token for unsafe methods).

Both end in the same `Viewer` as a page's. Set once on the API object; no operation opens another way in.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from chithi.access import second_factor
from chithi.access.sign_in import user_of_token
from chithi.access.viewers import today, viewer_for
from chithi.core.errors import Refused
from chithi.db.viewer import Viewer

LONGEST_TOKEN = 200


class ApiRequest(HttpRequest):
    """A request whose caller is known."""

    auth: Viewer


class Token(HttpBearer):
    """`Authorization: Bearer …`; a wrong token is refused, whoever the session belongs to."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        user = user_of_token(token) if len(token) <= LONGEST_TOKEN else None
        if user is None:
            raise AuthenticationError
        return viewer_for(user, today())


class Session(APIKeyCookie):
    """The cookie of somebody signed in on the pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Viewer | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise Refused("api.no_csrf")
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        user = request.user
        if not user.is_authenticated:
            return None
        viewer = viewer_for(user, today())
        return None if second_factor.owes(request.session, viewer) else viewer
