"""Search: units, people and indicators, as a page and, while one types, as what opens under the field."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.indicators.meanings import meanings
from chithi.org.finding import FoundPerson, FoundUnit, OldName, find, find_people
from chithi.org.groups_queries import groups_to_choose, narrowed
from chithi.org.queries import UnitCard, cards, names, places
from chithi.org.spelling_rules import answers, words_of
from chithi.web.chosen import unit_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show.kinds import kind_word
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import whole

LONGEST, SHOWN = 100, 50
OFFERED = {"indicators": 3, "units": 6, "people": 5}


@require_safe
def search(request: ViewerRequest) -> HttpResponse:
    """What answers inside the reach; tone marks or not.

    Asked by the field in the top bar (HX-Target: search-offers) it is the list under it, by the page's own field
    (found) the page's results; else the page.
    """
    asked = request.GET.get("q", "").strip()[:LONGEST]
    target = request.headers.get("HX-Target", "")
    if target == "search-offers":
        offered = _found(request, asked, OFFERED)
        return HttpResponse(render_to_string("components/search_offers.html", offered))  # without the frame's queries
    found = _found(request, asked, {"indicators": SHOWN, "units": SHOWN, "people": SHOWN})
    if target == "found":
        return HttpResponse(render_to_string("components/search_found.html", found))
    chosen = request.GET.get("nhom", "")
    groups = groups_to_choose(request.viewer, request.viewer.today)
    found["groups"] = [{"id": one.id, "name": one.name, "chosen": str(one.id) == chosen} for one in groups]
    return render(request, "search.html", found)


def _found(request: ViewerRequest, asked: str, most: dict[str, int]) -> dict[str, Any]:
    """At most so many of each kind, and whether there are more; within a group (`?nhom=`) units alone."""
    group = whole(request.GET.get("nhom"))
    indicators = _indicators(request, asked) if group is None else []
    units = _units(request, asked, most["units"] + 1, group)
    people = _people(request, asked, most["people"] + 1) if group is None else []
    kinds = {"indicators": indicators, "units": units, "people": people}
    total = sum(min(len(rows), most[kind]) for kind, rows in kinds.items())
    more = {kind: len(rows) > most[kind] for kind, rows in kinds.items()}
    return {
        "asked": asked,
        "all_href": f"{reverse('search')}?{urlencode({'q': asked} | ({'nhom': group} if group else {}))}",
        "said": ngettext("%(count)s kết quả", "%(count)s kết quả", total) % {"count": total},
        "more": more,
        "any_more": any(more.values()),
        "any": total > 0,
        **{kind: rows[: most[kind]] for kind, rows in kinds.items()},
    }


def _indicators(request: ViewerRequest, asked: str) -> list[dict[str, str]]:
    """Indicators in whose name each word begins one, as they stand for the chosen unit."""
    words, unit_id = words_of(asked), unit_of(request)
    if not words or not unit_id:
        return []
    page = reverse("unit", args=[unit_id])
    return [
        {
            "name": meaning.name(language()),
            "href": f"{page}?{urlencode({'chi-tieu': meaning.code})}#contributions",
        }
        for meaning in meanings()
        if answers(words_of(meaning.name(language())), [words])
    ]


def _units(request: ViewerRequest, asked: str, most: int, group: int | None) -> list[dict[str, str]]:
    viewer = request.viewer
    found = find(viewer if group is None else narrowed(viewer, group, viewer.today), asked, most)
    ids = [one.id for one in found]
    known = cards(viewer, ids, viewer.today) if ids else {}
    above = places(viewer, ids, viewer.today) if ids else {}
    return [_unit(one, known[one.id], above.get(one.id, "")) for one in found if one.id in known]


def _unit(found: FoundUnit, card: UnitCard, above: str) -> dict[str, str]:
    ended = _("kết thúc từ %(day)s") % {"day": day(card.closed_on)} if card.closed_on else ""
    return {
        "name": card.name,
        "href": reverse("unit", args=[card.id]),
        "kind": kind_word(card),
        "code": card.code,
        "above": above,
        "note": " · ".join(part for part in (ended, _old(found.old)) if part),
    }


def _old(old: OldName | None) -> str:
    """The other name, with its days."""
    if old is None:
        return ""
    facts = {"name": old.name, "since": day(old.since), "until": day(old.until) if old.until else ""}
    if old.until is None:
        return _("tên mới từ %(since)s: %(name)s") % facts
    return _("tên cũ đến %(until)s: %(name)s") % facts


def _people(request: ViewerRequest, asked: str, most: int) -> list[dict[str, str]]:
    """Names, with what tells namesakes apart, for those who may know them."""
    viewer = request.viewer
    found = find_people(viewer, asked, most)
    units = cards(viewer, {unit for one in found for unit in one.unit_ids}, viewer.today) if found else {}
    own = names(viewer, [one.id for one in found], Capability.PEOPLE) if found else {}
    return [_person(one, units, one.id in own) for one in found]


def _person(one: FoundPerson, units: dict[int, UnitCard], may_open: bool) -> dict[str, str]:
    placed = [units[unit].short_name for unit in one.unit_ids if unit in units]
    return {
        "name": one.name,
        "href": _page_of(one, units, may_open),
        "born": _("sinh năm %(year)s") % {"year": one.birth_year} if one.birth_year else "",
        "title": one.title,
        "place": ", ".join(placed) or _("không còn sinh hoạt tại đơn vị nào"),
    }


def _page_of(one: FoundPerson, units: dict[int, UnitCard], may_open: bool) -> str:
    """The person's page for who keeps the register, else the unit they are in."""
    if may_open:
        return reverse("person", args=[one.id])
    placed = [unit for unit in one.unit_ids if unit in units]
    return reverse("unit", args=[placed[0]]) if placed else ""
