"""Taking documents in and deciding what each figure in them is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.core.errors import Refused
from chithi.core.numbers import parse_number
from chithi.core.periods import as_typed, parse, read_period
from chithi.core.wording import sentence
from chithi.db.viewer import Capability
from chithi.indicators.from_text import Decision, confirm, proposed, reopen
from chithi.indicators.vocabulary import own_words
from chithi.narrative import actions, queries
from chithi.org.queries import cards, one_unit, unit_by_code
from chithi.text.extract import Notice, extract
from chithi.web import keys
from chithi.web.back import back
from chithi.web.chosen import period_of, unit_of
from chithi.web.forms import CorrectForm, FileForm, PasteForm
from chithi.web.manage.desk import blame
from chithi.web.middleware import ViewerRequest
from chithi.web.show.intake import Cards, in_its_line, question_words, segments, touches
from chithi.web.show.moments import day_of
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number, whole

if TYPE_CHECKING:
    from chithi.narrative.models import Span

PAGE = 30


@require_http_methods(["GET", "POST"])
def documents(request: ViewerRequest) -> HttpResponse:
    """The list, and the form that takes one more in."""
    way = "paste" if request.GET.get("cach") == "dan" else "file"
    form = _form(request, way)
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take_in(request, form, way)
        except Refused as problem:
            blame(form, problem)
        else:
            return redirect("document", document=taken)
    status = 400 if form.errors else 200
    return render(request, "documents.html", _list(request, form, way), status=status)


def _form(request: ViewerRequest, way: str) -> forms.Form:
    kind = PasteForm if way == "paste" else FileForm
    if request.method == "POST":
        return kind(request.POST, request.FILES)
    unit_id = unit_of(request)
    known = cards(request.viewer, [unit_id], request.viewer.today) if unit_id else {}
    code = known[unit_id].code if unit_id in known else ""
    return kind(initial={"unit": code, "period": as_typed(period_of(request), language())})


def _take_in(request: ViewerRequest, form: forms.Form, way: str) -> int:
    """Store what was brought; the id of the document."""
    given = form.cleaned_data
    try:
        unit_id = unit_by_code(request.viewer, given["unit"])
        period = read_period(given["period"])
    except Refused as problem:
        problem.field = "period" if problem.code.startswith("periods.") else "unit"
        raise
    notices: tuple[Notice, ...] = ()
    if way == "paste":
        text, name, source, extractor = given["text"].replace("\r\n", "\n"), "", None, "pasted"
        if not text.strip():
            raise Refused("text.empty", field="text")
    else:
        upload = given["file"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise Refused("text.too_large", field="file", limit=settings.UPLOAD_LIMIT, size=upload.size)
        source, name = upload.read(), upload.name
        try:
            extracted = extract(source, name)
        except Refused as problem:
            problem.field = "file"
            raise
        text, extractor = extracted.text, f"{extracted.extractor}/{extracted.version}"
        notices = extracted.notices
    incoming = actions.Incoming(
        title=given.get("title", ""),
        text=text,
        extractor=extractor[:60],
        period_code=period.code,
        filename=name,
        source=source,
        own=own_words(),
    )
    taken = actions.take_in(by=request.viewer, unit_id=unit_id, incoming=incoming).pk
    for notice in notices:
        messages.warning(request, sentence(notice.code, notice.facts, language()), extra_tags="risk")
    return taken


def _list(request: ViewerRequest, form: forms.Form, way: str) -> dict[str, Any]:
    page = page_number(request.GET.get("trang"))
    found = queries.documents(request.viewer, page=page, size=PAGE)
    units = cards(request.viewer, {card.document.unit_id for card in found}, request.viewer.today)
    may_bring = request.viewer.may_anywhere(Capability.ENTER)
    return {
        "way": way,
        "ways": [
            {"text": _("Chọn tệp"), "href": reverse("documents"), "current": way == "file"},
            {"text": _("Dán văn bản"), "href": f"{reverse('documents')}?cach=dan", "current": way == "paste"},
        ],
        "form": form if may_bring else None,
        "send_href": f"{reverse('documents')}{'?cach=dan' if way == 'paste' else ''}",
        "limit_text": _("Tệp Word, PDF, ODT, RTF, trang web hoặc .txt, tối đa %(limit)s MB")
        % {"limit": settings.UPLOAD_LIMIT // 1024 // 1024},
        "documents": [_document_row(card, units) for card in found[:PAGE]],
        "pager": {
            "text": _("Trang %(page)s") % {"page": page},
            "before": f"?trang={page - 1}" if page > 1 else "",
            "after": f"?trang={page + 1}" if len(found) > PAGE else "",
        }
        if page > 1 or len(found) > PAGE
        else None,
    }


def _document_row(card: queries.DocumentCard, units: dict[int, Any]) -> dict[str, Any]:
    unit = units.get(card.document.unit_id)
    done = card.decided >= card.total
    return {
        "title": card.document.title,
        "href": reverse("document", args=[card.document.pk]),
        "unit": unit.short_name if unit else "",
        "date": day(day_of(card.document.at)),
        "read": {"done": card.decided, "total": card.total, "text": f"{card.decided}/{card.total}"},
        "questions": card.questions or "",
        "status": "done" if done else "risk" if card.decided else "none",
        "word": _("Đã xem hết") if done else _("Đang xem") if card.decided else _("Chưa xem"),
        "by": "",
    }


@require_safe
def document(request: ViewerRequest, document: int) -> HttpResponse:
    """One document: its text with every figure marked, beside it what each was taken for."""
    viewer = request.viewer
    found = queries.one_document(viewer, document)
    spans = queries.spans_of(viewer, found.pk)
    questions = queries.questions_of(viewer, found.pk)
    made = Cards(viewer, found, spans, questions)
    decided = sum(span.decided_at is not None and span.state != "proposed" for span in spans)
    request.unit_id = found.unit_id  # type: ignore[attr-defined]
    context = {
        "document": {
            "title": found.title,
            "unit": one_unit(viewer, found.unit_id, viewer.today).name,
            "date": day(found.doc_date) if found.doc_date else day(day_of(found.at)),
            "about": parse(found.period_code).label(language()),
        },
        "segments": segments(found, spans, made.questions, queries.sentence_starts(viewer, found.pk)),
        "facts": [made.card(span) for span in spans],
        "progress": {
            "done": decided,
            "total": len(spans),
            "questions": sum(question.settled_at is None for question in questions),
        },
        "questions": [
            {
                "text": question_words(question),
                "settled": question.settled_at is not None,
                "place": next((f"#at-{span.pk}" for span in spans if touches(question, span)), ""),
                "href": reverse("question_settle", args=[question.pk]) if made.may_decide else "",
            }
            for question in questions
        ],
        "finish": None,
        "page_keys": keys.shown(keys.READING),
    }
    return render(request, "intake.html", context)


@require_POST
def span_confirm(request: ViewerRequest, span: int) -> HttpResponse:
    """Confirm a figure as proposed."""
    replacing = request.POST.get("replacing", "")
    return _decided(
        request,
        span,
        lambda version: confirm(
            by=request.viewer,
            span_id=span,
            seen_version=version,
            replacing=whole(replacing),
        ),
    )


@require_POST
def span_reject(request: ViewerRequest, span: int) -> HttpResponse:
    """Leave a figure out."""
    return _decided(request, span, lambda v: actions.reject(by=request.viewer, span_id=span, seen_version=v))


@require_POST
def span_reopen(request: ViewerRequest, span: int) -> HttpResponse:
    """Take a decision back."""
    return _decided(request, span, lambda v: reopen(by=request.viewer, span_id=span, seen_version=v))


@require_POST
def question_settle(request: ViewerRequest, question: int) -> HttpResponse:
    """Note that a question has been looked at."""
    actions.settle_question(by=request.viewer, question_id=question)
    return redirect(back(request, "documents"))


@require_http_methods(["GET", "POST"])
def span_correct(request: ViewerRequest, span: int) -> HttpResponse:
    """Say what a figure really is, and confirm it so."""
    found = actions.one_span(request.viewer, span)
    about = queries.one_document(request.viewer, found.document_id)
    form = (
        CorrectForm(request.POST)
        if request.method == "POST"
        else CorrectForm(initial=_initial(found, proposed(found, about)))
    )
    taken_by: int | None = None
    if request.method == "POST" and form.is_valid():
        try:
            replacing = request.POST.get("replacing", "")
            confirm(
                by=request.viewer,
                span_id=span,
                seen_version=page_number(request.POST.get("version")),
                decision=_decision(form, proposed(found, about).against),
                replacing=whole(replacing),
            )
        except Refused as problem:
            if problem.code == "indicators.stated_elsewhere":
                taken_by = problem.facts["figure"]
            blame(form, problem)
        else:
            return _card(request, span) if request.headers.get("HX-Request") else _back_to(found)
    fact = {"id": found.pk, "version": found.version, "save_href": reverse("span_correct", args=[found.pk])}
    context = {"fact": fact, "form": form, "replacing": taken_by, "document": about, "back_href": _place(found)}
    if not request.headers.get("HX-Request"):
        context["quote"] = in_its_line(about.text, found.start, found.end)
        return render(request, "intake_correct_page.html", context)
    answer = render(request, "intake_correct.html", context)
    if request.method == "POST":  # the form stands in the card; only saving takes the card's place
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#edit-{found.pk}", "innerHTML"
    return answer


def _place(span: Span) -> str:
    return f"{reverse('document', args=[span.document_id])}#fact-{span.pk}"


def _back_to(span: Span) -> HttpResponse:
    return redirect(_place(span))


def _initial(span: Span, wanted: Decision) -> dict[str, Any]:
    def shown(value: Decimal | None) -> str:
        text = "" if value is None else f"{value.normalize() + 0:f}"
        return text.replace(".", ",") if language() == "vi" else text

    return {
        "indicator": wanted.indicator_code,
        "member": wanted.member_code,
        "value": shown(wanted.value),
        "value_max": shown(wanted.value_max),
        "total": shown(wanted.total),
        "percent": ""
        if wanted.percent is None
        else str(wanted.percent).replace(".", "," if language() == "vi" else "."),
        "period": as_typed(parse(wanted.period_code), language()) if wanted.period_code else "",
        "covers": wanted.covers,
        "about": wanted.about,
        "bound": wanted.bound,
        "role": wanted.role,
    }


def _period(typed: str) -> str:
    """The code of the period typed; refused beside its field."""
    try:
        return read_period(typed).code
    except Refused as problem:
        problem.field = "period"
        raise


def _decision(form: CorrectForm, against: str) -> Decision:
    given = form.cleaned_data

    def read(field: str) -> Decimal | None:
        if not given[field].strip():
            return None
        typed = given[field].strip()
        falls = given["role"] == "change" and field != "total" and typed[0] in "-−"
        try:
            read_as = parse_number(typed[1:].strip() if falls else typed, language())
        except Refused as problem:
            problem.field = field
            raise
        return -read_as if falls else read_as

    return Decision(
        indicator_code=given["indicator"],
        period_code=_period(given["period"]),
        covers=given["covers"],
        member_code=given["member"],
        about=given["about"],
        value=read("value"),
        value_max=read("value_max"),
        total=read("total"),
        percent=read("percent"),
        bound=given["bound"],
        role=given["role"],
        against=against if given["role"] == "change" else "",
    )


def _decided(request: ViewerRequest, span: int, act: Any) -> HttpResponse:
    """Carry a decision out and answer with the card; a refusal is said on the card and changes nothing."""
    problem, replacing = "", None
    try:
        act(page_number(request.POST.get("version")))
    except Refused as refused:
        if refused.code in ("narrative.no_span", "narrative.no_document", "org.no_unit"):
            raise
        problem = sentence(refused.code, refused.facts, language())
        replacing = refused.facts.get("figure") if refused.code == "indicators.stated_elsewhere" else None
    if not request.headers.get("HX-Request"):
        if problem:
            messages.error(request, problem, extra_tags="late")
        return _back_to(queries.one_span(request.viewer, span))
    return _card(request, span, problem, replacing)


def _card(request: ViewerRequest, span: int, problem: str = "", replacing: int | None = None) -> HttpResponse:
    found = queries.one_span(request.viewer, span)
    about = queries.one_document(request.viewer, found.document_id)
    made = Cards(request.viewer, about, [found], queries.questions_of(request.viewer, about.pk))
    return render(request, "intake_fact.html", {"fact": made.card(found, problem, replacing)})
