"""Every request gets one viewer; every refusal becomes an answer in the user's words."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from chithi.access import second_factor, sessions
from chithi.access.models import User
from chithi.access.viewers import today, viewer_for
from chithi.core.errors import Refused, Stale, status_of
from chithi.core.wording import sentence
from chithi.db.races import came_second, once_more
from chithi.db.remembered import reading
from chithi.db.viewer import Viewer
from chithi.org.places import remembering

Respond = Callable[[HttpRequest], HttpResponse]
OPEN_TO_ALL = frozenset(
    {
        "sign_in",
        "second_step",
        "organisation_begin",
        "organisation_back",
        "set_language",
        "healthz",
        "csp_report",
        "manual",
        "manual_page",
        "calendar",
    }
)

BEFORE_ENROLLED = frozenset({"my_second_factor", "my_second_factor_picture", "sign_out"})


class ViewerRequest(HttpRequest):
    """A request behind the log-in: it has a viewer."""

    viewer: Viewer
    user: User


class LanguageMiddleware:
    """The language of an answer: the one chosen (a cookie, set at log-in from the account), else the installation's.

    What the browser would like is not asked: the people of one installation read one language unless they choose.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        patch_vary_headers(answer, ["Cookie"])
        return answer


class FileMiddleware:
    """Says to the page that the file it asked for has come: a file leaves the page as it is, so a script cannot tell.

    A cookie with a new value a file, read by static/chithi/js/busy.js; it says nothing and grants nothing.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.get("Content-Disposition", "").startswith("attachment") and request.accepts("text/html"):
            secure = settings.SESSION_COOKIE_SECURE
            answer.set_cookie("chithi_file", secrets.token_hex(4), max_age=60, secure=secure, samesite="Lax")
        return answer


class ViewerMiddleware:
    """Puts `request.viewer` on every page behind the log-in and sends everyone else to it.

    The API authenticates by itself (`chithi.api.authentication`), so its paths pass. A request that only reads asks for
    a thing once (`chithi.db.remembered`).
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering(), reading() if request.method in ("GET", "HEAD") else nullcontext():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in OPEN_TO_ALL or request.path.startswith("/api/"):
            return None
        if not isinstance(request.user, User):
            answer = redirect_to_login(request.get_full_path())
            if request.headers.get("HX-Request"):
                answer["HX-Redirect"] = answer["Location"]
            return answer
        sessions.seen(request, request.user.pk)
        viewer = viewer_for(request.user, today())
        request.viewer = viewer  # type: ignore[attr-defined]
        if name not in BEFORE_ENROLLED and second_factor.owes(request.session, viewer):
            return _first_enrol(request)
        return None


def _first_enrol(request: HttpRequest) -> HttpResponse:
    """Whoever must have a second factor sets it up before anything else; who has one already shows it at the log-in."""
    to = "my_second_factor"
    if second_factor.has(request.user.pk or 0):
        logout(request)
        to = "sign_in"
    answer = redirect(to)
    if request.headers.get("HX-Request"):
        answer["HX-Redirect"] = answer["Location"]
    return answer


class RefusalMiddleware:
    """Dresses a `Refused` that no form caught: 404 for what is absent or out of reach, 409, 400 or 403 else.

    A page that came second of two at once is asked once more (`chithi.db.races`), so that it answers in words.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        if came_second(problem):
            try:
                return once_more(request)
            except Refused as answer:
                problem = answer
            except Exception as again:
                if not came_second(again):
                    raise
                problem = Stale("db.taken")
        if not isinstance(problem, Refused):
            return None
        status = status_of(problem)
        words = sentence(problem.code, problem.facts, translation.get_language() or "vi")
        if request.headers.get("HX-Request"):
            return render(request, "components/refusal.html", {"words": words}, status=status)
        page = status if status in (403, 404) else 400
        return render(request, f"{page}.html", {"detail": words}, status=status)
