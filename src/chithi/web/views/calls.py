"""Requests by letter, seen by whoever asks: the list, one with its outline and answers, sending, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.calls import actions, queries
from chithi.calls.queries import Asked, Lines
from chithi.core.errors import Absent
from chithi.core.periods import as_typed, parse
from chithi.db.viewer import Capability
from chithi.directives.kinds import Standing
from chithi.org.queries import in_reach, one_unit, places
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.tasks.directing import named
from chithi.web.chosen import unit_of
from chithi.web.manage.desk import PAGE, listing, nothing, pager, sent, sent_key, tried
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show import calls as show
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.views.calls_forms import CallForm, QuestionForm, SendForm, WhyForm
from chithi.web.whole import page_number, whole

if TYPE_CHECKING:
    from chithi.calls.models import Call

READS = ["GET", "HEAD", "POST"]
USUAL_DAYS = 10
CHUNK = 400


@require_safe
def calls(request: ViewerRequest) -> HttpResponse:
    """Requests of units in reach and those asked of them, newest first."""
    viewer, page = request.viewer, page_number(request.GET.get("trang"))
    rows, total = queries.calls_of(viewer, page)
    by, told = queries.askers(rows, viewer.today), queries.counts(viewer, rows)
    writes, new = viewer.may_anywhere(Capability.ENTER), reverse("call_new")
    none = _("Chưa có yêu cầu báo cáo nào. Khi cần số liệu hoặc tình hình gấp, gửi yêu cầu kèm đề cương cho cấp dưới.")
    context = {
        "title": _("Yêu cầu báo cáo"),
        "lead": _("Báo cáo đột xuất theo công văn: hỏi gì, ai trả lời, hạn nào."),
        "actions": [{"text": _("Soạn yêu cầu"), "href": new, "main": True}] if writes else [],
        "listing": listing(
            _("Yêu cầu báo cáo"),
            [_("Về việc"), _("Nơi yêu cầu"), _("Hạn trả lời"), _("Tình trạng")],
            [show.call_row(row, by.get(row.unit_id, ""), told.get(row.pk)) for row in rows],
            pager=pager(request, page, total),
            **nothing(request, none, new, _("Soạn yêu cầu") if writes else ""),
        ),
    }
    return render(request, "manage/list.html", context)


@require_http_methods(READS)
def call_new(request: ViewerRequest) -> HttpResponse:
    """A draft."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.ENTER)
    unit_id = unit_of(request)
    if not in_reach(viewer, unit_id, Capability.ENTER):
        unit_id = viewer.home_unit_id or 0
    unit = one_unit(viewer, unit_id, viewer.today)
    form = CallForm(sent(request), initial={"due_on": viewer.today + timedelta(days=USUAL_DAYS), "key": uuid4()})

    def do() -> Any:
        return actions.draft(by=viewer, unit_id=unit_id, said=form.said(), key=form.cleaned_data["key"])

    if request.method == "POST":
        made = tried(form, do)
        if made is not None:
            messages.success(request, _("Đã ghi dự thảo. Thêm các dòng của đề cương rồi gửi."), extra_tags="good")
            return redirect("call", made.pk)
    up, here = reverse("calls"), reverse("call_new")
    return _form(request, form, _("Soạn yêu cầu báo cáo"), unit.name, up, here, _("Lưu dự thảo"))


@require_http_methods(READS)
def call_change(request: ViewerRequest, call: int) -> HttpResponse:
    """Word a draft otherwise."""
    viewer = request.viewer
    kept = queries.one_to_write(viewer, call)
    period = as_typed(parse(kept.period), language()) if kept.period else ""
    initial = {
        "title": kept.title, "due_on": kept.due_on, "content": kept.content, "period": period,
        "version": kept.version,
    }  # fmt: skip
    form = CallForm(sent(request), initial=initial)

    def do() -> Any:
        seen = form.cleaned_data["version"] or 0
        return actions.change(by=viewer, call_id=call, seen_version=seen, said=form.said())

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã lưu dự thảo."), extra_tags="good")
        return redirect("call", call)
    up, here = reverse("call", args=[call]), reverse("call_change", args=[call])
    return _form(request, form, _("Sửa yêu cầu báo cáo"), "", up, here, _("Lưu"))


def _form(
    request: ViewerRequest, form: Any, title: str, lead: str, up: str, send: str, text: str, up_text: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "up": {"text": up_text or _("Yêu cầu báo cáo"), "href": up},
        "form": form,
        "send_href": send,
        "send_text": text,
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


@require_safe
def call(request: ViewerRequest, call: int) -> HttpResponse:
    """One request: what it asks, who has answered."""
    found = queries.one_call(request.viewer, call)
    form = QuestionForm(call=found, initial={"key": uuid4()}) if found.sent_on is None else None
    return _page(request, found, form)


@require_POST
def call_line_add(request: ViewerRequest, call: int) -> HttpResponse:
    """One more line of the outline; what is wrong with it is said on the page of the draft."""
    viewer = request.viewer
    found = queries.one_to_write(viewer, call)
    form = QuestionForm(request.POST, call=found)

    def do() -> Any:
        text, asks, indicator = form.asked()
        key = form.cleaned_data["key"]
        return actions.add_question(by=viewer, call_id=call, text=text, asks=asks, indicator=indicator, key=key)

    if tried(form, do) is not None:
        messages.success(request, _("Đã thêm một dòng vào đề cương."), extra_tags="good")
        return redirect("call", call)
    return _page(request, found, form)


def _page(request: ViewerRequest, found: Call, form: QuestionForm | None) -> HttpResponse:
    viewer = request.viewer
    writes = in_reach(viewer, found.unit_id, Capability.ENTER)
    outline, draft = queries.lines(found), found.sent_on is None
    heads: list[str | dict[str, Any]] = [_("Cần báo cáo"), _("Trả lời bằng")]
    context = {
        "title": found.title,
        "up": {"text": _("Yêu cầu báo cáo"), "href": reverse("calls")},
        "call": found,
        "facts": _facts(request, found),
        "outline": listing(
            _("Đề cương"), heads, show.outline_rows(outline, may_drop=draft and writes),
            none=_("Đề cương chưa có dòng nào. Thêm từng điều cần báo cáo."),
        ),
        "form": form if draft and writes else None,
        "add_href": reverse("call_line_add", args=[found.pk]),
        "actions": _actions(found, outline) if writes else [],
        "discard_href": reverse("call_discard", args=[found.pk]) if draft and writes else "",
        "told": None if draft else _told(request, found, writes=writes),
    }  # fmt: skip
    return render(request, "call.html", context, status=400 if form is not None and form.errors else 200)


def _facts(request: ViewerRequest, found: Call) -> list[dict[str, str]]:
    viewer = request.viewer
    paper = named(viewer, [found.directive_id]) if found.directive_id else {}
    href = reverse("directive", args=[found.directive_id]) if paper else ""
    period = queries.period_of(found)
    facts = [
        (_("Nơi yêu cầu"), queries.askers([found], viewer.today).get(found.unit_id, ""), ""),
        _above(request, found),
        (_("Hạn trả lời"), day(found.due_on), ""),
        (_("Kỳ của số liệu"), period.label(language()) if period else "", ""),
        (_("Theo văn bản"), paper.get(found.directive_id or 0, ""), href),
        (_("Đã thu hồi"), f"{day(found.withdrawn_on)} · {found.withdrawn_why}" if found.withdrawn_on else "", ""),
    ]
    return [{"name": name, "text": text, "href": link} for name, text, link in facts if text]


def _above(request: ViewerRequest, found: Call) -> tuple[str, str, str]:
    """The answer that a request was passed on for, told to whoever may read it."""
    if found.out_of_id is None or not in_reach(request.viewer, found.unit_id):
        return "", "", ""
    reply, above = queries.above_of(found)
    words = _("%(title)s, hạn %(day)s") % {"title": above.title, "day": day(above.due_on)}
    return _("Để trả lời"), words, reverse("reply", args=[reply.pk])


def _actions(found: Call, outline: Lines) -> list[dict[str, Any]]:
    if found.withdrawn_on is not None:
        return []
    if found.sent_on is not None:
        return [{"text": _("Thu hồi"), "href": reverse("call_withdraw", args=[found.pk]), "main": False}]
    acts = [{"text": _("Gửi yêu cầu"), "href": reverse("call_send", args=[found.pk]), "main": True}]
    change = {"text": _("Sửa"), "href": reverse("call_change", args=[found.pk]), "main": False}
    return [*(acts if outline.questions else []), change]


def _told(request: ViewerRequest, found: Call, *, writes: bool) -> dict[str, Any]:
    """How the units stand that are asked, as far as they lie in reach."""
    viewer, page, how = request.viewer, page_number(request.GET.get("trang")), request.GET.get("tinh", "")
    asked = queries.asked_of(viewer, found)
    wanted = [one for one in asked if how not in set(Standing) or one.how == how]
    shown = wanted[(page - 1) * PAGE : page * PAGE]
    cards = queries.named(viewer, shown)
    above = places(viewer, [one.reply.unit_id for one in shown], viewer.today)
    late = any(one.how is Standing.MISSING for one in asked) and found.withdrawn_on is None
    days: dict[str, Any] = {"text": _("Chậm (ngày)"), "href": "", "sorted": "", "figure": True, "hint": ""}
    heads: list[str | dict[str, Any]] = [_("Đơn vị"), _("Tình trạng"), _("Ngày"), days]
    return {
        "counts": show.standings(asked, found),
        "how": show.standing_word(Standing(how)) if how in set(Standing) else "",
        "all_href": reverse("call", args=[found.pk]),
        "file_href": reverse("call_file", args=[found.pk, "xlsx"]),
        "remind_key": uuid4(),
        "remind_href": reverse("call_remind", args=[found.pk]) if late and writes else "",
        "units": listing(
            _("Các đơn vị"),
            heads,
            [
                show.asked_row(one, cards[one.reply.unit_id], above.get(one.reply.unit_id, ""))
                for one in shown
                if one.reply.unit_id in cards
            ],
            none=_("Không có đơn vị nào."),
            pager=pager(request, page, len(wanted)),
        ),
    }


@require_POST
def call_line_drop(request: ViewerRequest, line: int) -> HttpResponse:
    """Take a line out of the outline."""
    seen = whole(request.POST.get("version")) or 0
    changed = actions.drop_question(by=request.viewer, question_id=line, seen_version=seen)
    messages.success(request, _("Đã bỏ dòng của đề cương."), extra_tags="good")
    return redirect("call", changed.pk)


@require_http_methods(READS)
def call_send(request: ViewerRequest, call: int) -> HttpResponse:
    """Choose to whom it goes and with which letter; then it goes."""
    viewer = request.viewer
    kept = queries.one_to_write(viewer, call)
    paper = queries.above_of(kept)[1].directive_id if kept.out_of_id else None
    above = named(viewer, [paper]) if paper else {}
    initial = {"version": kept.version, "dated": viewer.today, "directive": paper if above else None}
    form = SendForm(sent(request), viewer=viewer, unit_id=kept.unit_id, above=above, initial=initial)

    def do() -> Any:
        seen = form.cleaned_data["version"]
        return actions.send(by=viewer, call_id=call, seen_version=seen, whom=form.whom(), letter=form.letter())

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã gửi. Các đơn vị thấy yêu cầu trong Việc của tôi."), extra_tags="good")
        return redirect("call", call)
    up, here = reverse("call", args=[call]), reverse("call_send", args=[call])
    return _form(request, form, _("Gửi yêu cầu báo cáo"), kept.title, up, here, _("Gửi yêu cầu"), kept.title)


@require_http_methods(READS)
def call_withdraw(request: ViewerRequest, call: int) -> HttpResponse:
    """Take a request back, with a reason."""
    viewer = request.viewer
    kept = queries.one_to_write(viewer, call)
    form = WhyForm(sent(request), initial={"version": kept.version})

    def do() -> Any:
        data = form.cleaned_data
        return actions.withdraw(by=viewer, call_id=call, seen_version=data["version"], why=data["why"])

    if request.method == "POST" and tried(form, do) is not None:
        messages.success(request, _("Đã thu hồi yêu cầu."), extra_tags="good")
        return redirect("call", call)
    lead = _("Các đơn vị không phải trả lời nữa; những gì đã trả lời vẫn còn.")
    up, here = reverse("call", args=[call]), reverse("call_withdraw", args=[call])
    return _form(request, form, _("Thu hồi yêu cầu báo cáo"), lead, up, here, _("Thu hồi"), kept.title)


@require_POST
def call_discard(request: ViewerRequest, call: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard(by=request.viewer, call_id=call, seen_version=whole(request.POST.get("version")) or 0)
    messages.success(request, _("Đã bỏ dự thảo yêu cầu."), extra_tags="good")
    return redirect("calls")


@require_POST
def call_remind(request: ViewerRequest, call: int) -> HttpResponse:
    """Draft a letter to those who are overdue."""
    made = actions.remind(by=request.viewer, call_id=call, key=sent_key(request))
    messages.success(request, _("Đã soạn dự thảo công văn đôn đốc. Đọc lại rồi ban hành."), extra_tags="good")
    return redirect("directive", made.pk)


@require_safe
def call_file(request: ViewerRequest, call: int, ending: str) -> HttpResponseBase:
    """All answers as a workbook or separated values: a row a unit, a column a line."""
    found = queries.one_call(request.viewer, call)
    if ending not in ("xlsx", "csv") or found.sent_on is None:
        raise Absent("calls.no_call", call=call)
    outline = queries.lines(found)
    columns = [
        Column(_("Mã đơn vị"), 16),
        Column(_("Đơn vị"), 40),
        Column(_("Đơn vị cấp trên"), 30),
        Column(_("Tình trạng"), 22),
        Column(_("Ngày"), 12, Kind.DATE),
        *(
            Column(f"{at}. {row.text}", 30, Kind.TEXT if row.asks == "words" else Kind.FIGURE)
            for at, row in enumerate(outline.questions, 1)
        ),
    ]
    rows = list(_rows(request, outline, queries.asked_of(request.viewer, found)))
    table = Table(_("Trả lời"), columns, rows, wrap=True)
    return attached([table], f"tra-loi-{call}-{request.viewer.today.isoformat()}", ending)


def _rows(request: ViewerRequest, outline: Lines, asked: list[Asked]) -> Iterator[list[Cell]]:
    """A row a unit; what is not sent yet is nobody's but the unit's own."""
    viewer = request.viewer
    for start in range(0, len(asked), CHUNK):
        some = asked[start : start + CHUNK]
        cards = queries.named(viewer, some)
        above = places(viewer, list(cards), viewer.today)
        kept = queries.answers_of([one.reply for one in some if one.reply.done_on])
        for one in some:
            card, reply = cards[one.reply.unit_id], one.reply
            found = [kept.get((reply.pk, row.pk)) for row in outline.questions]
            said: list[Cell] = [
                None if answer is None else answer.text if row.asks == "words" else answer.number
                for row, answer in zip(outline.questions, found, strict=True)
            ]
            how = show.standing_word(one.how)
            yield [card.code, card.name, above.get(card.id, ""), how, reply.done_on, *said]
