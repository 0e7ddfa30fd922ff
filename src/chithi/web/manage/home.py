"""The first page of administration: the areas the viewer may open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chithi.core.errors import Refused
from chithi.web.manage.sections import offered
from chithi.web.middleware import ViewerRequest


@require_safe
def manage_home(request: ViewerRequest) -> HttpResponse:
    """Areas with a line on what each is for."""
    areas = offered(request.viewer)
    if not areas:
        raise Refused("access.not_allowed")
    rows = [{"title": area.title, "text": area.text, "href": reverse(area.route)} for area in areas]
    return render(request, "manage/home.html", {"areas": rows})
