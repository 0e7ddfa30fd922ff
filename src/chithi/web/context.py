"""What every page's frame needs besides its own content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The viewer, where there is one."""
    return {"viewer": getattr(request, "viewer", None)}
