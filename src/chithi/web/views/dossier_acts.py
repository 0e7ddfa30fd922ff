"""Acts on files of a directive: the list of entries made and changed, entries ticked by a unit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.directives import queries
from chithi.directives.actions import must_write_for
from chithi.directives.reading import one_to_write
from chithi.dossiers import actions
from chithi.dossiers.kinds import Known
from chithi.dossiers.queries import entries_of, one_entry, ticks_of
from chithi.org.queries import one_unit
from chithi.web.manage.desk import listing, sent, tried
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as documents
from chithi.web.show import dossiers as show
from chithi.web.views.dossier_forms import EntryForm, TickForm, TitleForm
from chithi.web.whole import whole

READS = ["GET", "HEAD", "POST"]


@require_safe
def dossier_entries(request: ViewerRequest, directive: int) -> HttpResponse:
    """What belongs into the files, for whoever issued the document: added, called otherwise, put first, taken away."""
    one_to_write(request.viewer, directive)
    card = queries.card(request.viewer, directive)[1]
    found = entries_of(directive)
    context = {
        "title": _("Danh mục hồ sơ"),
        "lead": _("Mỗi đơn vị phải triển khai lập một hồ sơ gồm các mục này."),
        "up": {"text": documents.named(card), "href": reverse("dossiers", args=[directive])},
        "actions": [{"text": _("Thêm mục"), "href": reverse("dossier_entry_new", args=[directive]), "main": True}]
        if found
        else [],
        "filter": None,
        "notes": [],
        "begin_href": "" if found else reverse("dossier_begin", args=[directive]),
        "listing": listing(
            _("Danh mục hồ sơ"),
            [_("Mục hồ sơ"), _("Khi nào coi là đã có")],
            [_entry_row(entry, first=at == 0) for at, entry in enumerate(found)],
            none=_("Chưa có mục nào. Lấy danh mục mẫu rồi sửa cho đúng văn bản."),
        ),
    }
    return render(request, "dossier_entries.html", context)


def _entry_row(entry: Any, *, first: bool) -> dict[str, Any]:
    fields = [{"name": "version", "value": entry.version}]
    acts: list[dict[str, Any]] = [{"text": _("Sửa tên"), "href": reverse("dossier_entry_change", args=[entry.pk])}]
    if not first:
        acts.append({"text": _("Lên đầu"), "href": reverse("dossier_entry_first", args=[entry.pk]), "fields": fields})
    acts.append({"text": _("Bỏ mục"), "href": reverse("dossier_entry_end", args=[entry.pk]), "fields": fields})
    return {
        "text": entry.title,
        "href": "",
        "note": "",
        "cells": [{"text": show.known_word(Known(entry.known))}],
        "acts": acts,
    }


@require_POST
def dossier_begin(request: ViewerRequest, directive: int) -> HttpResponse:
    """Fill the list with the usual entries."""
    actions.begin(by=request.viewer, directive_id=directive)
    messages.success(request, _("Đã lập danh mục hồ sơ theo mẫu. Hãy sửa cho đúng văn bản."), extra_tags="good")
    return redirect("dossier_entries", directive)


@require_http_methods(READS)
def dossier_entry_new(request: ViewerRequest, directive: int) -> HttpResponse:
    """One more entry."""
    one_to_write(request.viewer, directive)
    form = EntryForm(sent(request), initial={"known": Known.BY_HAND.value})

    def do() -> Any:
        said = form.cleaned_data
        return actions.add_entry(
            by=request.viewer, directive_id=directive, title=said["title"], known=Known(said["known"])
        )

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã thêm mục hồ sơ."), extra_tags="good")
        return redirect("dossier_entries", directive)
    return _form(request, form, _("Thêm mục hồ sơ"), _("Thêm mục"), _to_list(directive))


@require_http_methods(READS)
def dossier_entry_change(request: ViewerRequest, entry: int) -> HttpResponse:
    """Call an entry otherwise."""
    found = one_entry(entry)
    one_to_write(request.viewer, found.directive_id)
    form = TitleForm(sent(request), initial={"title": found.title, "version": found.version})

    def do() -> Any:
        said = form.cleaned_data
        seen = said["version"] or 0
        return actions.change_entry(by=request.viewer, entry_id=entry, seen_version=seen, title=said["title"])

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã sửa mục hồ sơ."), extra_tags="good")
        return redirect("dossier_entries", found.directive_id)
    return _form(request, form, _("Sửa mục hồ sơ"), _("Lưu"), _to_list(found.directive_id))


@require_POST
def dossier_entry_first(request: ViewerRequest, entry: int) -> HttpResponse:
    """Put an entry at the head of the list."""
    found = actions.put_first(by=request.viewer, entry_id=entry, seen_version=_version(request))
    return redirect("dossier_entries", found.directive_id)


@require_POST
def dossier_entry_end(request: ViewerRequest, entry: int) -> HttpResponse:
    """Ask units for an entry no more."""
    found = actions.end_entry(by=request.viewer, entry_id=entry, seen_version=_version(request))
    messages.success(request, _("Đã bỏ mục hồ sơ."), extra_tags="good")
    return redirect("dossier_entries", found.directive_id)


@require_http_methods(READS)
def dossier_tick(request: ViewerRequest, entry: int, unit: int) -> HttpResponse:
    """A unit says that an entry is in its file, and where it is found."""
    viewer = request.viewer
    found = one_entry(entry)
    queries.card(viewer, found.directive_id)
    must_write_for(viewer, unit)
    request.unit_id = unit  # type: ignore[attr-defined]  # for the frame
    form = TickForm(sent(request), initial=_begun(request, entry, unit))

    def do() -> Any:
        said = form.cleaned_data
        document = queries.meant(viewer, said["target"]) if said["target"].strip() else None
        return actions.tick(
            by=viewer,
            entry_id=entry,
            unit_id=unit,
            done_on=said["done_on"],
            note=said["note"],
            document_id=document,
            seen_version=said["version"] or 0,
        )

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("Đã đánh dấu mục hồ sơ."), extra_tags="good")
        return redirect("dossier", found.directive_id, unit)
    name = one_unit(viewer, unit, viewer.today).name
    up = {"text": _("Hồ sơ của %(unit)s") % {"unit": name}, "href": reverse("dossier", args=[found.directive_id, unit])}
    return _form(request, form, found.title, _("Đánh dấu đã có"), up)


def _begun(request: ViewerRequest, entry: int, unit: int) -> dict[str, Any]:
    said = next(iter(ticks_of([unit], [entry])), None)
    if said is None:
        return {"done_on": request.viewer.today, "version": 0}
    begun: dict[str, Any] = {"done_on": said.done_on, "note": said.note, "version": said.version}
    if said.document_id:
        begun["target"] = request.build_absolute_uri(reverse("directive", args=[said.document_id]))
    return begun


@require_POST
def dossier_untick(request: ViewerRequest, tick: int) -> HttpResponse:
    """A unit takes back that an entry is in its file."""
    directive, unit = actions.untick(by=request.viewer, tick_id=tick, seen_version=_version(request))
    messages.success(request, _("Đã bỏ đánh dấu mục hồ sơ."), extra_tags="good")
    return redirect("dossier", directive, unit)


def _version(request: ViewerRequest) -> int:
    return whole(request.POST.get("version")) or 0


def _to_list(directive: int) -> dict[str, str]:
    return {"text": _("Danh mục hồ sơ"), "href": reverse("dossier_entries", args=[directive])}


def _form(request: ViewerRequest, form: Any, title: str, send_text: str, up: dict[str, str]) -> HttpResponse:
    context = {
        "title": title,
        "lead": "",
        "up": up,
        "form": form,
        "send_href": request.path,
        "send_text": send_text,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)
