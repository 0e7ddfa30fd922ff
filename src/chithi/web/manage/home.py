"""The first page of administration: the areas the viewer may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Refused
from chithi.web.manage.sections import Section, offered
from chithi.web.middleware import ViewerRequest

PARTS: tuple[tuple[object, frozenset[str]], ...] = (
    (_("Con người"), frozenset({"people", "posts", "transfers", "handovers"})),
    (_("Tổ chức"), frozenset({"units", "plans", "manage_groups", "manage_links", "other_names"})),
    (_("Số liệu, văn bản"), frozenset({"indicators", "imports", "own_templates", "offices", "outgoing"})),
    (_("Tài khoản, vai trò"), frozenset({"accounts", "roles"})),
    (_("Theo dõi, lưu giữ"), frozenset({"journal", "health", "background", "retention"})),
)
"""Under which heading an area stands, by its route; one that is named nowhere stands under the last."""


@require_safe
def manage_home(request: ViewerRequest) -> HttpResponse:
    """Areas with a line on what each is for."""
    areas = offered(request.viewer)
    if not areas:
        raise Refused("access.not_allowed")
    named = {route for _title, routes in PARTS for route in routes}
    parts = [(title, [area for area in areas if area.route in routes]) for title, routes in PARTS]
    parts.append((_("Việc khác"), [area for area in areas if area.route not in named]))
    return render(request, "manage/home.html", {"parts": [_part(*part) for part in parts if part[1]]})


def _part(title: object, areas: list[Section]) -> dict[str, Any]:
    rows = [{"title": area.title, "text": area.text, "href": reverse(area.route)} for area in areas]
    return {"title": title, "areas": rows}
