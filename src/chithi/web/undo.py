"""Taking back what was just done: offered on the next page, carried out at one address, for every kind of deed alike.

An offer stands in the session of whoever did the deed, never in the page, so that nobody can offer themselves
something. It names a way of `chithi.web.undo_ways` and the facts that way needs; the act it calls looks at reach,
rules and versions as every act does, and journals what was taken back as a deed of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from chithi.core.errors import Refused
from chithi.web.middleware import ViewerRequest
from chithi.web.undo_ways import WAYS

MOST, SECONDS = 5, 3600
"""So many offers are kept of one session, each for so long: another window may still show an earlier one."""
_OFFERS, _SHOWN = "undo_offers", "undo_shown"


def offer(request: HttpRequest, said: str, way: str, facts: Mapping[str, Any], *, back: str) -> HttpResponse:
    """Go on to the page `back`, where `said` and "Hoàn tác" stand; `facts` are words and numbers for `WAYS[way]`."""
    known = WAYS[way]
    made = {
        "key": token_urlsafe(12),
        "way": known.code,
        "facts": dict(facts),
        "back": back,
        "ends": timezone.now().timestamp() + SECONDS,
    }
    request.session[_OFFERS] = [*request.session.get(_OFFERS, []), made][-MOST:]
    request.session[_SHOWN] = {"text": said, "key": made["key"]}
    return redirect(back)


def shown(request: HttpRequest) -> dict[str, Any] | None:
    """For components/toast.html, once: what was just done and how to take it back."""
    said = request.session.pop(_SHOWN, None)
    if said is None:
        return None
    return {
        "text": said["text"],
        "undo_href": reverse("undo"),
        "undo_fields": [{"name": "key", "value": said["key"]}],
        "close_href": request.get_full_path(),
    }


@require_POST
def undo(request: ViewerRequest) -> HttpResponse:
    """Take one thing back; refused where it was taken back already, is too long ago or was changed since."""
    asked, now = request.POST.get("key", ""), timezone.now().timestamp()
    offers = request.session.get(_OFFERS, [])
    found = next((one for one in offers if one["key"] == asked and one["ends"] > now), None)
    if found is None:
        raise Refused("web.undo_gone")
    request.session[_OFFERS] = [one for one in offers if one is not found]
    way = WAYS[found["way"]]
    done = way.do(request.viewer, found["facts"])
    messages.success(request, way.told(done) if way.told else str(way.said), extra_tags="good")
    return redirect(found["back"])
