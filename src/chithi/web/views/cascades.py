"""The cascade of a directive: who has issued a document of their own, branch by branch; its lists and its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.directives import queries
from chithi.directives.cascade import Cascade, Counts
from chithi.directives.kinds import Standing
from chithi.directives.rules import Force
from chithi.org.queries import one_unit, places, way_up
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.web.manage.desk import listing, pager
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as show
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.views.directives import top_of
from chithi.web.whole import page_number, whole

CHUNK = 500


@require_safe
def cascade(request: ViewerRequest, directive: int) -> HttpResponse:
    """Counts of the units below one unit; with a standing, the units that stand so."""
    found, how = _cascade(request, directive)
    viewer, unit_id = request.viewer, found.unit_id
    request.unit_id = unit_id  # type: ignore[attr-defined]  # for the frame
    card = queries.cards_of(viewer, [found.directive])[0]
    counts, page = found.counts(), page_number(request.GET.get("trang"))
    branches = [] if how else found.branches()
    context = {
        "title": _("Triển khai: %(document)s") % {"document": show.named(card)},
        "summary": card.summary,
        "up": {"text": show.named(card), "href": reverse("directive", args=[directive])},
        "unit": one_unit(viewer, unit_id, viewer.today).name,
        "way": [
            {
                "text": unit.short_name,
                "href": show.list_href(directive, unit.id, kind=found.kind),
                "current": unit.id == unit_id,
            }
            for unit in way_up(viewer, unit_id, viewer.today)
        ],
        "due": day(found.directive.due_on) if found.directive.due_on else "",
        "share": show.share(counts),
        "issued": number(counts.issued),
        "asked": number(counts.asked),
        "counts": show.counted(found, counts, unit_id),
        "how": show.standing_word(how) if how else "",
        "kinds": show.kinds(found, how),
        "overlap": not found.kind and sum(asked for _issued, asked in found.by_kind().values()) > counts.asked,
        "all_href": show.list_href(directive, unit_id, kind=found.kind),
        "file_href": f"{reverse('cascade_file', args=[directive, 'xlsx'])}?{show.asked_of(unit_id, how, found.kind)}",
        "remind": _remind(found, counts, holds=card.force is Force.HOLDS),
        "ended": show.force_word(card.force) if found.day < viewer.today else "",
        "branches": _branches(found, branches) if branches else None,
        "units": None if branches else _units(request, found, how, page),
    }
    return render(request, "cascade.html", context)


def _cascade(request: ViewerRequest, directive: int) -> tuple[Cascade, Standing | None]:
    row, card = queries.card(request.viewer, directive)
    if card.is_draft:
        raise Absent("directives.no_document")
    asked, how = request.GET.get("don-vi", ""), request.GET.get("tinh", "")
    unit_id = top_of(request, row) if not asked else whole(asked) or 0
    found = Cascade(request.viewer, row, unit_id, request.GET.get("loai", ""))
    return found, Standing(how) if how in set(Standing) else None


def _remind(found: Cascade, counts: Counts, *, holds: bool) -> dict[str, Any] | None:
    """The form that drafts a letter to those who are overdue, for whoever writes for the unit."""
    if not holds or not counts.missing or not queries.may_write(found.viewer, found.unit_id):
        return None
    address = reverse("directive_remind", args=[found.directive.pk])
    return {"href": address, "unit": found.unit_id, "kind": found.kind, "key": uuid4()}


def _head(text: str) -> dict[str, Any]:
    return {"text": text, "href": "", "sorted": "", "figure": True, "hint": ""}


def _branches(found: Cascade, branches: list[Any]) -> dict[str, Any]:
    heads: list[str | dict[str, Any]] = [
        _("Đơn vị"),
        _head(_("Phải ban hành")),
        *(_head(show.standing_word(how)) for how in Standing),
    ]
    rows = [show.branch_row(found.directive.pk, branch, found.kind) for branch in branches]
    return listing(_("Theo đơn vị bên dưới"), [*heads, _head(_("Tỷ lệ"))], rows, none="")


def _units(request: ViewerRequest, found: Cascade, how: Standing | None, page: int) -> dict[str, Any]:
    named, total = found.page(how, page)
    ids = [unit.id for unit, _asked in named]
    documents, above = found.documents(ids), places(request.viewer, ids, request.viewer.today)
    return listing(
        _("Đơn vị"),
        [_("Đơn vị"), _("Tình trạng"), _("Văn bản"), _("Ngày"), _head(_("Chậm"))],
        [show.unit_row(unit, asked, documents.get(unit.id), above.get(unit.id, "")) for unit, asked in named],
        none=_("Không có đơn vị nào."),
        pager=pager(request, page, total),
    )


@require_safe
def cascade_file(request: ViewerRequest, directive: int, ending: str) -> HttpResponseBase:
    """The units of a branch (those that stand so) as a workbook or separated values."""
    if ending not in ("xlsx", "csv"):
        raise Absent("directives.no_document")
    found, how = _cascade(request, directive)
    columns = [
        Column(_("Mã đơn vị"), 16),
        Column(_("Đơn vị"), 44),
        Column(_("Đơn vị cấp trên"), 30),
        Column(_("Tình trạng"), 26),
        Column(_("Văn bản"), 20),
        Column(_("Ngày"), 12, Kind.DATE),
        Column(_("Chậm (ngày)"), 12, Kind.NUMBER),
    ]
    table = Table(_("Triển khai"), columns, list(_rows(found, how)), wrap=True)
    return attached([table], f"trien-khai-{directive}-{request.viewer.today.isoformat()}", ending)


def _rows(found: Cascade, how: Standing | None) -> Iterator[list[Cell]]:
    units = found.units(how)
    for start in range(0, len(units), CHUNK):
        named = found.named(units[start : start + CHUNK])
        ids = [unit.id for unit, _asked in named]
        documents, above = found.documents(ids), places(found.viewer, ids, found.viewer.today)
        for unit, asked in named:
            sign = documents.get(unit.id, (0, ""))[1]
            over = above.get(unit.id, "")
            yield [unit.code, unit.name, over, show.standing_word(asked.how), sign, asked.issued_on, asked.days or None]
