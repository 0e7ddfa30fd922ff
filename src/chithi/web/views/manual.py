"""The docs as a site, where they were built (`make docs`): files under /huong-dan/, open to everybody.

No log-in: whoever cannot come in needs the manual most, and it holds nothing of the installation. The content policy of
all pages holds for these too.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from chithi.access.roles import Role
from chithi.core.errors import Absent
from chithi.db.viewer import Viewer

KINDS = {".js": "text/javascript", ".woff2": "font/woff2", ".woff": "font/woff"}
FRONT = {"vi": "index.html", "en": "en/index.html"}
KEPT_FOR = 3600  # seconds a browser need not ask again


@require_safe
def manual_front(request: HttpRequest) -> HttpResponse:
    """To the front page in the reader's language."""
    return redirect(reverse("manual_page", args=[FRONT[_language()]]))


@require_safe
def manual_page(request: HttpRequest, path: str) -> HttpResponse:
    """One file of the site; absent where there is none of that name or the site was not built."""
    file = _file(path)
    changed = file.stat().st_mtime
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        return HttpResponseNotModified()
    kind = KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "application/json":
        kind += "; charset=utf-8"
    answer = HttpResponse(file.read_bytes(), content_type=kind)  # the largest, the index, is a third of a megabyte
    answer["Last-Modified"] = http_date(changed)
    answer["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return answer


def manual_href(viewer: Viewer | None) -> str:
    """Where the manual begins for this reader: the page of their first role; empty where the site was not built."""
    if not _built():
        return ""
    if viewer is None or not viewer.roles:
        return reverse("manual_page", args=[FRONT[_language()]])
    role = str(viewer.roles[0][0])
    page = role if role in set(Role) else "index"
    return reverse("manual_page", args=[f"manual/{_language()}/{page}.html"])


def _language() -> str:
    return "en" if get_language() == "en" else "vi"


def _built() -> bool:
    return (_root() / FRONT["vi"]).is_file()


def _root() -> Path:
    return Path(settings.MANUAL_ROOT)


def _file(path: str) -> Path:
    root = _root().resolve()
    try:
        file = (root / path).resolve()
        if file.is_relative_to(root) and file.is_file():
            return file
    except (OSError, ValueError):  # a name no disk can hold
        pass
    raise Absent("web.no_such_page")
