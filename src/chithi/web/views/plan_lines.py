"""The work that a document asks for: written line by line, and what became of it below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability
from chithi.directives import queries
from chithi.directives.reading import one_to_write
from chithi.org.queries import cards, one_unit, places
from chithi.sheets.writing import Cell, Table
from chithi.tasks.below import Below
from chithi.tasks.from_above import asked_of
from chithi.tasks.helping import who_would_help
from chithi.tasks.kinds import Taken
from chithi.tasks.planning import lines_of, said_in, write
from chithi.tasks.queries import owners_in
from chithi.web.manage.desk import listing, pager, sent, tried
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as documents
from chithi.web.show import plan_lines as show
from chithi.web.views.directives import top_of
from chithi.web.views.plan_lines_forms import LineForms
from chithi.web.views.tasks_forms import VersionForm
from chithi.web.views.tasks_helpers import typed_helpers
from chithi.web.whole import page_number, whole

if TYPE_CHECKING:
    from chithi.db.viewer import Viewer
    from chithi.tasks.models import PlanLine

READS = ["GET", "HEAD", "POST"]
CHUNK = 500


@require_http_methods(READS)
def plan_lines(request: ViewerRequest, directive: int) -> HttpResponse:
    """Write what a document asks for: work from above first, then work of its own."""
    viewer = request.viewer
    plan = one_to_write(viewer, directive)
    if plan.withdrawn_on is not None:
        raise Refused("directives.withdrawn_already", day=plan.withdrawn_on)
    asked, rows = asked_of(viewer, plan), lines_of(viewer, directive)
    running = {row.task_id for row in rows if row.task_id}
    lines = LineForms(
        sent(request), prefix="viec",
        initial=show.begun(asked, rows, _helpers(viewer, rows), how="carry" if plan.is_draft else "later"),
        form_kwargs={
            "viewer": viewer, "unit_id": plan.unit_id, "owners": owners_in(viewer, plan.unit_id, viewer.today),
            "asked": {one.task.pk: one for one in asked if one.given is None},
            "has_below": bool(one_unit(viewer, plan.unit_id, viewer.today).child_count),
        },
    )  # fmt: skip
    head = VersionForm(sent(request), initial={"version": plan.version})
    if request.method == "POST":
        kept = tried(head, lambda: _written(request, directive, head, lines)) if _all_valid(head, lines) else None
        if kept is not None:
            messages.success(request, _("Đã ghi các việc của văn bản."), extra_tags="good")
            return redirect("plan_lines" if "more" in request.POST else "directive", directive)
    card = queries.cards_of(viewer, [plan])[0]
    context = {
        "title": _("Việc của văn bản"),
        "lead": card.summary,
        "up": {"text": documents.named(card), "href": reverse("directive", args=[directive])},
        "form": head,
        "lines": lines,
        "from_above": [form for form in lines if form.from_above],
        "own": [form for form in lines if not form.from_above],
        "given": [show.given(one) for one in asked if one.given is not None and one.given.pk not in running],
        "running": [show.running(row) for row in rows if row.task_id],
        "is_draft": plan.is_draft,
        "send_href": request.path,
    }
    return render(request, "plan_lines.html", context, status=400 if head.errors or lines.total_error_count() else 200)


def _helpers(viewer: Viewer, rows: Sequence[PlanLine]) -> dict[int, str]:
    """Who helps by each line, as its field takes them. Some queries, none where nobody does."""
    choices = {choice for row in rows for choice in row.helpers}
    found = who_would_help(viewer, choices) if choices else {}
    known = cards(viewer, {one.unit_id for one in found.values()}, viewer.today)
    return {row.pk: typed_helpers([found[one] for one in row.helpers if one in found], known) for row in rows}


def _all_valid(head: VersionForm, lines: Any) -> bool:
    if lines.is_valid():
        return True
    if head.is_valid():
        head.add_error(None, _("Có việc ghi chưa đúng; lời nhắc nằm cạnh ô cần sửa."))
    return False


def _written(request: ViewerRequest, directive: int, head: VersionForm, lines: Any) -> int:
    said = [form.said() for form in lines if form.says_something]
    running = [said_in(row) for row in lines_of(request.viewer, directive) if row.task_id]
    return write(
        by=request.viewer,
        directive_id=directive,
        seen_version=head.cleaned_data["version"],
        lines=[*running, *said],
    )


def _below(request: ViewerRequest, directive: int) -> Below:
    row, card = queries.card(request.viewer, directive)
    if card.is_draft or not row.expects:
        raise Absent("directives.no_document")
    asked = request.GET.get("don-vi", "")
    unit_id = top_of(request, row) if not asked else whole(asked) or 0
    return Below(request.viewer, row, unit_id, request.GET.get("loai", ""))


def _one_asked(request: ViewerRequest, found: Below) -> tuple[int, Taken | None]:
    how = request.GET.get("tinh", "")
    task = whole(request.GET.get("viec"))
    return found.one(task).pk if task else 0, Taken(how) if how in set(Taken) else None


@require_safe
def plan_below(request: ViewerRequest, directive: int) -> HttpResponse:
    """Each task of a document with what became of it below; with a task, the units that stand so."""
    found = _below(request, directive)
    viewer, cascade = request.viewer, found.cascade
    task, how = _one_asked(request, found)
    request.unit_id = cascade.unit_id  # type: ignore[attr-defined]  # for the frame
    card = queries.cards_of(viewer, [found.directive])[0]
    back = show.below_href(found, 0)
    context = {
        "title": found.one(task).title if task else _("Việc của văn bản ở cấp dưới"),
        "lead": " · ".join([card.summary, one_unit(viewer, cascade.unit_id, viewer.today).name]),
        "up": {"text": _("Việc của văn bản ở cấp dưới"), "href": back}
        if task
        else {"text": documents.named(card), "href": reverse("directive", args=[directive])},
        "kinds": show.kinds(found, task, how),
        "counts": show.counted(found, task) if task else [],
        "how": show.taken_word(how) if how else "",
        "all_href": show.below_href(found, task),
        "file_href": show.file_href(found, task, how),
        "listing": _units(request, found, task, how) if task else _tasks(found),
    }
    return render(request, "plan_below.html", context)


def _tasks(found: Below) -> dict[str, Any]:
    counts = found.counts()
    rows = [show.task_row(found, task, counts[task.pk]) for task in found.tasks]
    figures = [_("Đơn vị được giao"), *(show.taken_word(how) for how in Taken), _("Tỷ lệ làm tiếp")]
    return listing(_("Các việc"), [_("Việc"), *(show.figure(text) for text in figures)], rows,
                   none=_("Văn bản này chưa có việc nào cho cấp dưới cùng làm."))  # fmt: skip


def _units(request: ViewerRequest, found: Below, task: int, how: Taken | None) -> dict[str, Any]:
    page = page_number(request.GET.get("trang"))
    named, total = found.page(task, how, page)
    ids = [unit.id for unit, _became in named]
    above, own = places(request.viewer, ids, request.viewer.today), found.own_task(task, ids)
    left_by = cards(request.viewer, {one.left_by for _unit, one in named if one.left_by}, request.viewer.today)
    return listing(
        _("Đơn vị"),
        [_("Đơn vị"), _("Tình trạng"), _("Lý do"), _("Việc của đơn vị")],
        [show.unit_row(unit, one, above.get(unit.id, ""), own.get(unit.id), left_by) for unit, one in named],
        none=_("Không có đơn vị nào."),
        pager=pager(request, page, total),
    )


@require_safe
def plan_below_file(request: ViewerRequest, directive: int, ending: str) -> HttpResponseBase:
    """The units with what became of each task (of one task, those that stand so) as a workbook or separated values."""
    if ending not in ("xlsx", "csv"):
        raise Absent("directives.no_document")
    request.viewer.require_anywhere(Capability.READ)
    found = _below(request, directive)
    task, how = _one_asked(request, found)
    wanted = [one for one in found.tasks if not task or one.pk == task]
    rows = [row for one in wanted for row in _rows(found, one.pk, one.title, how)]
    table = Table(_("Việc ở cấp dưới"), show.columns(), rows, wrap=True)
    return attached([table], f"viec-cap-duoi-{directive}-{request.viewer.today.isoformat()}", ending)


def _rows(found: Below, task: int, title: str, how: Taken | None) -> Iterator[list[Cell]]:
    became = found.became(task, how)
    for start in range(0, len(became), CHUNK):
        named = found.named(became[start : start + CHUNK])
        above = places(found.viewer, [unit.id for unit, _one in named], found.viewer.today)
        for unit, one in named:
            yield [title, unit.code, unit.name, above.get(unit.id, ""), show.taken_word(one.how), one.reason]
