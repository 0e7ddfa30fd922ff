"""The components and sample pages for whoever builds screens: made-up figures, nothing of the installation's own."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.web.middleware import ViewerRequest
from chithi.web.show import gallery as show
from chithi.web.show.picture_samples import bars_sample, multiples_sample, trend_sample

SAMPLES = show.TEMPLATES / "gallery"
PARTS = {"branch": "components/tree_branch.html"}  # samples that are parts of pages
NOT_PAGES = frozenset({"frame"})


@require_safe
def gallery(request: ViewerRequest) -> HttpResponse:
    """Every component in all its states; for administrators, and for everybody while debugging.

    Refuses with `access.not_allowed`.
    """
    _only_for_builders(request)
    context = {
        "groups": show.groups(request.viewer),
        "multiples": multiples_sample(),
        "samples": sorted(_names() - {*PARTS}),
    }
    return render(request, "gallery.html", context)


@require_safe
def gallery_page(request: ViewerRequest, page: str) -> HttpResponse:
    """The sample of one page. Refuses as `gallery` does; a name without a sample is a 404."""
    _only_for_builders(request)
    context = _sample(page)
    if page == "unit":
        context |= {"trend": trend_sample(), "bars": bars_sample()}
    if page == "trace" and request.headers.get("HX-Request"):
        return render(request, "trace_panel.html", context)
    return render(request, PARTS.get(page, f"{page}.html"), context)


def _only_for_builders(request: ViewerRequest) -> None:
    if not settings.DEBUG:
        request.viewer.require_anywhere(Capability.TREE)


def _names() -> set[str]:
    return {path.stem for path in SAMPLES.glob("*.json")} - NOT_PAGES


def _sample(page: str) -> dict[str, Any]:
    if page not in _names():
        raise Http404
    context: dict[str, Any] = json.loads((SAMPLES / f"{page}.json").read_text(encoding="utf-8"))
    return context
