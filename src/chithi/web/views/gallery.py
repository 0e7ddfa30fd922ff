"""The components and sample pages for whoever builds screens: made-up figures, nothing of the installation's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.web.middleware import ViewerRequest
from chithi.web.show.picture_samples import bars_sample, heat_sample, multiples_sample, trend_sample

SAMPLES = Path(__file__).resolve().parent.parent / "templates" / "gallery"
PARTS = {"branch": "components/tree_branch.html"}  # samples that are parts of pages
NOT_PAGES = frozenset({"frame"})


class SampleForm(forms.Form):
    """A form with something wrong in it, to show how that looks."""

    name = forms.CharField(label=gettext_lazy("Tên văn bản"))
    period = forms.CharField(
        label=gettext_lazy("Kỳ"),
        help_text=gettext_lazy("Ví dụ 2013, 2013-Q2 hoặc 2011-05-14..2013-08-23."),
    )


@require_safe
def gallery(request: ViewerRequest, page: str = "gallery") -> HttpResponse:
    """Every component once, or the sample of one page; for administrators, and for everybody while debugging.

    Refuses with `access.not_allowed`; a name without a sample is a 404.
    """
    if not settings.DEBUG:
        request.viewer.require_anywhere(Capability.TREE)
    context = _sample(page)
    if page == "unit":
        context |= {"trend": trend_sample(), "bars": bars_sample()}
    if page == "gallery":
        context["pictures"] = {
            "trend": trend_sample(), "bars": bars_sample(), "multiples": multiples_sample(), "heat": heat_sample(),
        }  # fmt: skip
        context["form"] = SampleForm({"name": "", "period": "2025"})
        context["samples"] = sorted(_names() - {"gallery", *PARTS})
    if page == "trace" and request.headers.get("HX-Request"):
        return render(request, "trace_panel.html", context)
    return render(request, PARTS.get(page, f"{page}.html"), context)


def _names() -> set[str]:
    return {path.stem for path in SAMPLES.glob("*.json")} - NOT_PAGES


def _sample(page: str) -> dict[str, Any]:
    if page not in _names():
        raise Http404
    context: dict[str, Any] = json.loads((SAMPLES / f"{page}.json").read_text(encoding="utf-8"))
    return context
