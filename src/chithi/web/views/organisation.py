"""Coming in by the organisation's own log-in, where one is set up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chithi.access import oidc
from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.web.templatetags.chithi_format import language
from chithi.web.views.session import SignInForm, let_in, organisation, safe_target

KEPT = "sau_dang_nhap"


@require_safe
def organisation_begin(request: HttpRequest) -> HttpResponse:
    """On to the provider; the page asked for first is remembered."""
    if oidc.provider() is None:
        raise Http404
    request.session[KEPT] = safe_target(request, request.GET.get("next"))
    try:
        return oidc.begin(request, request.build_absolute_uri(reverse("organisation_back")))
    except Refused as problem:
        return _refused(request, problem)


@require_safe
def organisation_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: in, or to the log-in page with the reason."""
    if oidc.provider() is None:
        raise Http404
    after = request.session.pop(KEPT, "/")
    try:
        user = oidc.finish(request)
    except Refused as problem:
        return _refused(request, problem)
    return let_in(request, user, after)


def _refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    words = sentence(problem.code, problem.facts, language())
    status = 503 if problem.code == "access.provider_unreachable" else 403
    context = {"form": SignInForm(), "next": "/", "said": words, "organisation": organisation("/")}
    return render(request, "login.html", context, status=status)
