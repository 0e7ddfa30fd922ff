"""Getting to know chithi: the five steps in words, going from one to the next, leaving."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chithi.access import own
from chithi.web import tour as steps_of
from chithi.web.chosen import period_of, unit_of
from chithi.web.middleware import ViewerRequest
from chithi.web.views.session import safe_target


@require_http_methods(["GET", "HEAD", "POST"])
def tour(request: ViewerRequest) -> HttpResponseBase:
    """The steps on one page; a POST goes to step `buoc` on its own page, or leaves where that is no step."""
    way = steps_of.steps(request.viewer, unit_of(request), period_of(request))
    if request.method == "POST":
        return _gone_on(request, way)
    return render(request, "tour.html", {"way": way})


def _gone_on(request: ViewerRequest, way: list[steps_of.Step]) -> HttpResponse:
    asked = request.POST.get("buoc", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 1 else 0
    if 1 <= at <= len(way):
        request.session[steps_of.KEY] = at
        return redirect(way[at - 1].href)
    request.session.pop(steps_of.KEY, None)
    own.tour_done(by=request.viewer)
    return redirect(safe_target(request, request.POST.get("next")))
