"""Files of units on a directive: how complete they are branch by branch, as a table, and of one unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.directives import queries
from chithi.dossiers.completeness import Dossiers
from chithi.dossiers.unit_file import file_of
from chithi.org.queries import in_reach, one_unit, places, way_up
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.web.manage.desk import listing, pager
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as documents
from chithi.web.show import dossiers as show
from chithi.web.templatetags.chithi_format import number
from chithi.web.views.directives import top_of
from chithi.web.whole import page_number, whole

CHUNK = 500
_COMPLETE = {show.COMPLETE: True, show.LACKING: False}


@require_safe
def dossiers(request: ViewerRequest, directive: int) -> HttpResponse:
    """How many files of a branch are complete; with a choice, the units whose file is, or is not."""
    found, complete = _found(request, directive)
    cascade, viewer = found.cascade, request.viewer
    request.unit_id = cascade.unit_id  # type: ignore[attr-defined]  # for the frame
    card = queries.cards_of(viewer, [cascade.directive])[0]
    whole_branch, page = found.whole(), page_number(request.GET.get("trang"))
    branches = [] if complete is not None or not found.entries else found.branches()
    context = {
        "title": _("Hồ sơ theo dõi: %(document)s") % {"document": documents.named(card)},
        "lead": _lead(found),
        "up": {"text": documents.named(card), "href": reverse("directive", args=[directive])},
        "actions": _actions(request, found, complete),
        "filter": None,
        "notes": [],
        "way": [
            {
                "text": unit.short_name,
                "href": show.list_href(directive, unit.id, kind=cascade.kind),
                "current": unit.id == cascade.unit_id,
            }
            for unit in way_up(viewer, cascade.unit_id, viewer.today)
        ],
        "told": documents.told(whole_branch.complete, whole_branch.asked) if found.entries else "",
        "counts": show.counted(whole_branch, directive, cascade.unit_id, cascade.kind) if found.entries else [],
        "entries": _entries(found, whole_branch.asked) if complete is None and found.entries else None,
        "heading": _("Các đơn vị") if complete is None else show.complete_word(complete),
        "all_href": "" if complete is None else show.list_href(directive, cascade.unit_id, kind=cascade.kind),
        "listing": _branches(found, branches) if branches else _units(request, found, complete, page),
    }
    return render(request, "dossiers.html", context)


def _found(request: ViewerRequest, directive: int) -> tuple[Dossiers, bool | None]:
    row, card = queries.card(request.viewer, directive)
    if card.is_draft:
        raise Absent("directives.no_document")
    asked = request.GET.get("don-vi", "")
    unit_id = top_of(request, row) if not asked else whole(asked) or 0
    found = Dossiers(request.viewer, row, unit_id, request.GET.get("loai", ""))
    return found, _COMPLETE.get(request.GET.get("ho-so", "")) if found.entries else None


def _lead(found: Dossiers) -> str:
    if not found.entries:
        return _("Chưa có danh mục hồ sơ. Đơn vị ban hành văn bản lập danh mục, các đơn vị bên dưới lập hồ sơ theo đó.")
    return str(found.cascade.directive.summary)


def _actions(request: ViewerRequest, found: Dossiers, complete: bool | None) -> list[dict[str, Any]]:
    cascade = found.cascade
    acts: list[dict[str, Any]] = []
    if queries.may_write(request.viewer, cascade.directive.unit_id):
        text = _("Sửa danh mục hồ sơ") if found.entries else _("Lập danh mục hồ sơ")
        href = reverse("dossier_entries", args=[cascade.directive.pk])
        acts.append({"text": text, "href": href, "main": not found.entries})
    if found.entries:
        file = reverse("dossiers_file", args=[cascade.directive.pk, "xlsx"])
        asked = show.asked_of(cascade.unit_id, complete, cascade.kind)
        acts.append({"text": _("Tải bảng tính"), "href": f"{file}?{asked}", "main": False})
    return acts


def _head(text: str) -> dict[str, Any]:
    return {"text": text, "href": "", "sorted": "", "figure": True, "hint": ""}


def _entries(found: Dossiers, asked: int) -> dict[str, Any]:
    heads: list[str | dict[str, Any]] = [_("Mục hồ sơ"), _head(_("Đơn vị đã có"))]
    return listing(_("Danh mục hồ sơ"), heads, show.entry_rows(found.each(), asked), none="")


def _branches(found: Dossiers, branches: list[Any]) -> dict[str, Any]:
    heads: list[str | dict[str, Any]] = [
        _("Đơn vị"),
        _head(_("Phải lập hồ sơ")),
        _head(_("Còn thiếu")),
        _head(_("Đủ hồ sơ")),
    ]
    rows = [show.branch_row(found.cascade.directive.pk, branch, found.cascade.kind) for branch in branches]
    return listing(_("Theo đơn vị bên dưới"), heads, rows, none="")


def _units(request: ViewerRequest, found: Dossiers, complete: bool | None, page: int) -> dict[str, Any] | None:
    if not found.entries:
        return None
    lines, total = found.page(complete, page)
    above = places(request.viewer, [line.unit.id for line in lines], request.viewer.today)
    heads: list[str | dict[str, Any]] = [_("Đơn vị"), _head(_("Đã có")), _("Chưa có")]
    rows = [
        show.unit_row(found.cascade.directive.pk, line, found.entries, above.get(line.unit.id, "")) for line in lines
    ]
    return listing(_("Đơn vị"), heads, rows, none=_("Không có đơn vị nào."), pager=pager(request, page, total))


@require_safe
def dossiers_file(request: ViewerRequest, directive: int, ending: str) -> HttpResponseBase:
    """The units of a branch as a workbook or separated values: an x for each entry that is in the file."""
    if ending not in ("xlsx", "csv"):
        raise Absent("directives.no_document")
    found, complete = _found(request, directive)
    columns = [
        Column(_("Mã đơn vị"), 16),
        Column(_("Đơn vị"), 44),
        Column(_("Đơn vị cấp trên"), 30),
        Column(_("Đã có"), 10, Kind.NUMBER),
        *(Column(entry.title, 18) for entry in found.entries),
    ]
    table = Table(_("Hồ sơ"), columns, list(_rows(found, complete)), wrap=True)
    return attached([table], f"ho-so-{directive}-{request.viewer.today.isoformat()}", ending)


def _rows(found: Dossiers, complete: bool | None) -> Iterator[list[Cell]]:
    viewer, units = found.cascade.viewer, found.units(complete)
    for start in range(0, len(units), CHUNK):
        lines = found.named(units[start : start + CHUNK])
        above = places(viewer, [line.unit.id for line in lines], viewer.today)
        for line in lines:
            marks = ["x" if entry.pk in line.there else None for entry in found.entries]
            yield [line.unit.code, line.unit.name, above.get(line.unit.id, ""), len(line.there), *marks]


@require_safe
def dossier(request: ViewerRequest, directive: int, unit: int) -> HttpResponse:
    """The file of one unit: each entry, whether it is there, and the record behind it."""
    viewer = request.viewer
    row, card = queries.card(viewer, directive)
    if card.is_draft or not in_reach(viewer, unit):
        raise Absent("org.no_unit", unit=unit)
    found = file_of(viewer, row, unit)
    request.unit_id = unit  # type: ignore[attr-defined]  # for the frame
    writes = queries.may_write(viewer, unit)
    there = sum(one.there for one in found)
    said = {"there": number(there), "all": number(len(found)), "document": documents.named(card)}
    actions = [
        {
            "text": _("Bộ phận giúp việc"),
            "href": f"{reverse('helper_sections')}?don-vi={unit}",
            "main": False,
        }
    ]
    context = {
        "title": _("Hồ sơ của %(unit)s") % {"unit": one_unit(viewer, unit, viewer.today).name},
        "lead": _("%(document)s: đã có %(there)s/%(all)s mục.") % said,
        "up": {"text": _("Hồ sơ theo dõi: %(document)s") % said, "href": reverse("dossiers", args=[directive])},
        "actions": actions,
        "filter": None,
        "notes": [],
        "listing": listing(
            _("Hồ sơ"),
            [_("Mục hồ sơ"), _("Tình trạng"), _("Xem ở"), _("Ngày")],
            [show.file_row(one, unit, may_write=writes) for one in found],
            none=_("Chưa có danh mục hồ sơ."),
        ),
    }
    return render(request, "manage/list.html", context)
