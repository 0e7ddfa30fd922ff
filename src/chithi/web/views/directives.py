"""Documents of a directive: the list with search, one document with its links and files, a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.core.periods import Kind, containing
from chithi.db.viewer import Capability, Viewer
from chithi.directives import queries
from chithi.directives.cascade import Cascade
from chithi.directives.queries import Card
from chithi.directives.rules import Force, read
from chithi.directives.searching import PAGE as HITS
from chithi.directives.searching import Hit, search
from chithi.files.kinds import MEDIA
from chithi.indicators.of_directives import counts_as_indicator, of_directive
from chithi.indicators.trace import address
from chithi.org.queries import cards, in_reach
from chithi.web.chosen import period_of, unit_of
from chithi.web.manage.desk import listing, pager
from chithi.web.middleware import ViewerRequest
from chithi.web.show import directives as show
from chithi.web.show.work_of import work_of
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.views.directive_forms import DirectiveFilter
from chithi.web.whole import page_number


@require_safe
def directives(request: ViewerRequest) -> HttpResponse:
    """The list, filtered; with words to seek, the hits."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.READ)
    form = DirectiveFilter(request.GET)
    page = page_number(request.GET.get("trang"))
    context: dict[str, Any] = {
        "title": _("Văn bản chỉ đạo"),
        "lead": _("Chỉ thị, nghị quyết, kế hoạch: từ trên xuống, ai đã triển khai, ai còn chậm."),
        "up": None,
        "actions": [{"text": _("Ghi văn bản"), "href": reverse("directive_new"), "main": True}]
        if viewer.may_anywhere(Capability.ENTER)
        else [],
        "filter": form,
        "notes": [],
        "hits": None,
    }
    if not form.is_valid():
        return render(request, "directives.html", {**context, "listing": _list([])}, status=400)
    wanted, words = form.wanted(unit_of(request)), form.cleaned_data["words"].strip()
    if words:
        answer = search(viewer, words, wanted, page=page)
        told = _("hơn %(count)s") if answer.more else "%(count)s"
        context["found"] = _("Tìm thấy %(count)s văn bản, mới nhất trước.") % {
            "count": told % {"count": number(answer.total)}
        }
        context["hits"] = [_hit(hit) for hit in answer.hits]
        context["pager"] = pager(request, page, answer.total, HITS)
        return render(request, "directives.html", context)
    found, total = queries.listed(viewer, wanted, page=page)
    context["listing"] = _list([show.row(card) for card in found], pager=pager(request, page, total))
    return render(request, "directives.html", context)


def _list(rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return listing(_("Văn bản chỉ đạo"), [*show.heads()], rows, none=_("Chưa có văn bản nào."), **more)


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "href": reverse("directive", args=[hit.card.id]),
        "summary": hit.summary,
        "piece": hit.piece,
        "facts": " · ".join(
            [show.named(hit.card), hit.card.issuer, *([day(hit.card.dated)] if hit.card.dated else [])]
        ),
        "status": show.force_mark(hit.card.force),
        "word": show.force_word(hit.card.force),
    }


@require_safe
def directive(request: ViewerRequest, directive: int) -> HttpResponse:
    """One document: what it says, how it hangs together, who has carried it out."""
    viewer = request.viewer
    row, card = queries.card(viewer, directive)
    if in_reach(viewer, row.unit_id):
        request.unit_id = row.unit_id  # type: ignore[attr-defined]  # for the frame
    writes = queries.may_write(viewer, row.unit_id)
    ties = queries.ties(viewer, directive)
    page = page_number(request.GET.get("trang"))
    work = work_of(request, row, writes=writes)
    following, total = queries.following(viewer, directive, page=page)
    files = [show.file(one, may_take_away=writes and row.issued_id is None) for one in queries.files(directive)]
    context = {
        "title": card.summary,
        "named": show.named(card),
        "up": {"text": _("Văn bản chỉ đạo"), "href": reverse("directives")},
        "card": card,
        "status": show.force_mark(card.force),
        "word": show.force_word(card.force),
        "facts": _facts(viewer, row, card),
        "notices": _notices(row, card, ties),
        "abstract": row.abstract,
        "actions": _actions(viewer, row, card, writes=writes, asks=bool(row.expects or work)),
        "discard": _discard(row, card) if writes and card.is_draft else None,
        "attach_href": reverse("directive_attach", args=[directive]) if writes and not row.withdrawn_on else "",
        "link_href": reverse("directive_link", args=[directive]) if writes else "",
        "files": listing(_("Tệp đính kèm"), [_("Tệp"), _("Loại"), _figure(_("Cỡ"))], files, none=_("Chưa có tệp nào.")),
        "ties": listing(
            _("Văn bản liên quan"),
            [_("Trích yếu"), _("Quan hệ"), _("Số, ký hiệu"), _("Cơ quan ban hành")],
            [show.tie(one, may_write=writes) for one in ties],
            none=_("Chưa nối với văn bản nào."),
        ),
        "following": listing(
            _("Văn bản triển khai"),
            [*show.heads()],
            [show.row(one) for one in following],
            none=_("Chưa có văn bản nào triển khai văn bản này."),
            pager=pager(request, page, total),
        ),
        "cascade": _cascade(request, row),
        "work": work,
    }
    return render(request, "directive.html", context)


def _figure(text: str) -> dict[str, Any]:
    return {"text": text, "href": "", "sorted": "", "figure": True, "hint": ""}


def _facts(viewer: Viewer, row: Any, card: Card) -> list[dict[str, str]]:
    asked = queries.recipients(row.pk)
    units = cards(viewer, asked, viewer.today) if asked else {}
    facts = [
        (_("Cơ quan ban hành"), card.issuer),
        (_("Ngày văn bản"), day(row.dated) if row.dated else ""),
        (_("Có hiệu lực từ"), day(row.valid_from) if row.valid_from else ""),
        (_("Có hiệu lực đến"), day(row.valid_until) if row.valid_until else ""),
        (_("Gửi tới"), show.recipients_words(units, asked)),
        (_("Ai phải triển khai"), show.expected_words(read(row.expects))),
        (_("Hạn ban hành"), day(row.due_on) if row.due_on else ""),
    ]
    return [{"name": name, "text": text} for name, text in facts if text]


def _notices(row: Any, card: Card, ties: list[queries.Tie]) -> list[dict[str, str]]:
    """What a reader must know before anything else."""
    told = []
    if row.withdrawn_on is not None:
        said = _("Văn bản này đã thu hồi ngày %(day)s: %(why)s")
        told.append({"text": said % {"day": day(row.withdrawn_on), "why": row.withdrawn_why or "–"}, "href": ""})
    for one in ties:
        if one.outward or one.other.is_draft:
            continue
        facts = {"document": show.named(one.other), "day": day(one.other.dated) if one.other.dated else "–"}
        if one.kind.value == "replaces":
            words = _("Văn bản này nay đã được thay bằng %(document)s ngày %(day)s.") % facts
        elif one.kind.value == "corrects":
            words = _("Văn bản này được đính chính bằng %(document)s ngày %(day)s.") % facts
        else:
            continue
        told.append({"text": words, "href": reverse("directive", args=[one.other.id])})
    return told


def _actions(viewer: Viewer, row: Any, card: Card, *, writes: bool, asks: bool) -> list[dict[str, Any]]:
    """`asks`: the document asks units below for a plan, or for work to be carried on."""
    acts: list[dict[str, Any]] = []
    if writes and card.is_draft:
        acts.append({"text": _("Ban hành"), "href": reverse("directive_out", args=[row.pk]), "main": True})
    if not card.is_draft and card.force is not Force.WITHDRAWN and viewer.may_anywhere(Capability.ENTER):
        href = f"{reverse('directive_new')}?theo={row.pk}"
        text = _("Soạn kế hoạch của đơn vị") if asks and not writes else _("Soạn văn bản triển khai")
        acts.append({"text": text, "href": href, "main": not writes})
    if writes and row.withdrawn_on is None:
        acts.append({"text": _("Sửa"), "href": reverse("directive_change", args=[row.pk]), "main": False})
        if not card.is_draft:
            acts.append({"text": _("Thu hồi"), "href": reverse("directive_withdraw", args=[row.pk]), "main": False})
    return acts


def _discard(row: Any, card: Card) -> dict[str, Any]:
    return {"href": reverse("directive_discard", args=[row.pk]), "version": card.version}


def top_of(request: ViewerRequest, row: Any) -> int:
    """The unit a cascade is seen from: the document's own where it lies in reach, else the reader's."""
    if in_reach(request.viewer, row.unit_id):
        return int(row.unit_id)
    return unit_of(request)


def _cascade(request: ViewerRequest, row: Any) -> dict[str, Any] | None:
    """How many have issued their own; None where nobody is asked, or nobody the reader sees."""
    if row.is_draft or not row.expects:
        return None
    top = top_of(request, row)
    try:
        cascade = Cascade(request.viewer, row, top)
    except Absent:
        return None
    counts = cascade.counts()
    if not counts.asked:
        return None
    return {
        "href": show.list_href(row.pk, top),
        "files_href": reverse("dossiers", args=[row.pk]),
        "share": show.share(counts),
        "issued": number(counts.issued),
        "asked": number(counts.asked),
        "kinds": show.kinds(cascade),
        "counts": show.counted(cascade, counts, top),
        **_figures(request, row, top),
    }


def _figures(request: ViewerRequest, row: Any, unit_id: int) -> dict[str, Any]:
    """The indicators about this document, each opening its trace; the form that makes them, for whoever defines."""
    made = of_directive(row.pk)
    period = period_of(request)
    if row.dated and period.last < row.dated:  # chosen before there was a document: nothing could be counted in it
        period = containing(request.viewer.today, Kind.YEAR)
    told = [
        {"text": show.expected_word(one.expected), "href": address(one.indicator_id, unit_id, period)} for one in made
    ]
    may = not made and request.viewer.may_everywhere(Capability.DEFINE) and counts_as_indicator(row)
    return {"figures": told, "count_href": reverse("directive_count", args=[row.pk]) if may else ""}


@require_safe
def directive_file(request: ViewerRequest, attachment: int) -> HttpResponse:
    """A file as it was brought: to be kept, never shown as a page."""
    file, data = queries.file_of(request.viewer, attachment)
    answer = HttpResponse(data, content_type=MEDIA[file.kind])
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return answer
