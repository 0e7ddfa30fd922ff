"""Documents: taking one in, reading it with its figures and questions, deciding what each figure is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from chithi.api import document_shapes as shapes
from chithi.api.authentication import ApiRequest
from chithi.api.document_shapes import Confirmed, Decided, Documents, OpenedDocument, Pasted
from chithi.api.figure_shapes import figure
from chithi.api.problems import answers
from chithi.api.shapes import Id, Line, PageQuery, PeriodCode
from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.from_text import Decision, confirm, proposed, reopen
from chithi.indicators.own import open_book
from chithi.indicators.vocabulary import own_words
from chithi.narrative import actions, queries
from chithi.narrative.actions import Incoming
from chithi.text.decode import check_is_text
from chithi.text.extract import MAX_FILE_BYTES, extract

router = Router()


@router.get("/documents", response=answers(Documents))
def documents(request: ApiRequest, paging: PageQuery, unit_id: Id | None = None) -> Documents:
    """Documents taken in, newest first, of all units in reach or of one."""
    found = queries.documents(request.auth, unit_id=unit_id, page=paging.page, size=paging.size)
    return Documents(
        items=[shapes.listed(card) for card in found[: paging.size]],
        page=paging.page,
        more=len(found) > paging.size,
    )


@router.post("/documents", response=answers(OpenedDocument, 201))
def take_in_text(request: ApiRequest, said: Pasted) -> Status[OpenedDocument]:
    """Take in a text. The same text for the same unit is refused with the id of the first."""
    text = said.text.replace("\r\n", "\n")
    if not text.strip():
        raise Refused("text.empty", field="text")
    check_is_text(text)
    incoming = Incoming(
        title=said.title,
        text=text,
        extractor="pasted",
        period_code=_period(said.period),
        doc_date=said.doc_date,
        own=own_words(),
    )
    taken = actions.take_in(by=request.auth, unit_id=said.unit_id, incoming=incoming)
    return Status(201, _opened(request.auth, taken.pk))


@router.post("/documents/file", response=answers(OpenedDocument, 201))
def take_in_file(
    request: ApiRequest,
    file: Annotated[UploadedFile, File(description="A .docx, .doc, .pdf, .odt, .rtf, .html or .txt file; 20 MB.")],
    unit_id: Annotated[Id, Form(description="The unit whose document it is.")],
    period: Annotated[PeriodCode, Form(description="The period it reports on.")],
    title: Annotated[Line, Form("", description="Its title; else its first line.")],
    doc_date: Annotated[date | None, Form(None, description="The date it bears; else the one found in it.")],
) -> Status[OpenedDocument]:
    """Take in a file of a report. The same file for the same unit is refused with the id of the first."""
    if (file.size or 0) > MAX_FILE_BYTES:
        raise Refused("text.too_large", field="file", limit=MAX_FILE_BYTES, size=file.size)
    source, name = file.read(), file.name or ""
    code = _period(period)
    try:
        extracted = extract(source, name)
    except Refused as problem:
        problem.field = "file"
        raise
    incoming = Incoming(
        title=title,
        text=extracted.text,
        extractor=f"{extracted.extractor}/{extracted.version}"[:60],
        period_code=code,
        filename=name,
        doc_date=doc_date,
        source=source,
        own=own_words(),
    )
    taken = actions.take_in(by=request.auth, unit_id=unit_id, incoming=incoming)
    return Status(201, _opened(request.auth, taken.pk))


@router.get("/documents/{document_id}", response=answers(OpenedDocument))
def document(request: ApiRequest, document_id: Id) -> OpenedDocument:
    """One document: its text, what was read in it, what does not add up."""
    return _opened(request.auth, document_id)


def _opened(viewer: Viewer, document_id: int) -> OpenedDocument:
    found = queries.one_document(viewer, document_id)
    return shapes.opened(found, queries.spans_of(viewer, found.pk), queries.questions_of(viewer, found.pk))


def _period(code: str) -> str:
    try:
        return parse(code).code
    except Refused as problem:
        problem.field = "period"
        raise


@router.post("/spans/{span_id}/confirm", response=answers(Confirmed))
def confirm_span(request: ApiRequest, span_id: Id, said: shapes.Confirm) -> Confirmed:
    """Make a figure of a place in a document, as proposed or as corrected.

    Where another sentence already states the same, the refusal `indicators.stated_elsewhere` names its figure; send
    that id in `replacing` to replace it.
    """
    decision = _correction(request.auth, span_id, said.correction) if said.correction else None
    made = confirm(
        by=request.auth,
        span_id=span_id,
        seen_version=said.version,
        decision=decision,
        replacing=said.replacing,
    )
    scale = open_book({made.measure_id}, summed_only=False).measures[made.measure_id].scale
    return Confirmed(span=shapes.span(queries.one_span(request.auth, span_id)), figure=figure(made, scale))


def _correction(viewer: Viewer, span_id: int, said: shapes.Correction) -> Decision:
    """What the caller says; what a change is measured against stays as the sentence has it."""
    span = queries.one_span(viewer, span_id)
    return shapes.decision(said, proposed(span, queries.one_document(viewer, span.document_id)).against)


@router.post("/spans/{span_id}/reject", response=answers(shapes.Span))
def reject_span(request: ApiRequest, span_id: Id, said: Decided) -> shapes.Span:
    """Leave a figure out. A confirmed one is reopened first, so that its figure is withdrawn."""
    actions.reject(by=request.auth, span_id=span_id, seen_version=said.version)
    return shapes.span(queries.one_span(request.auth, span_id))


@router.post("/spans/{span_id}/reopen", response=answers(shapes.Span))
def reopen_span(request: ApiRequest, span_id: Id, said: Decided) -> shapes.Span:
    """Take a decision back; the figure made of the place is withdrawn."""
    reopen(by=request.auth, span_id=span_id, seen_version=said.version)
    return shapes.span(queries.one_span(request.auth, span_id))


@router.post("/questions/{question_id}/settle", response=answers(None, 204))
def settle_question(request: ApiRequest, question_id: Id) -> Status[None]:
    """Note that a question has been looked at; it stays readable."""
    actions.settle_question(by=request.auth, question_id=question_id)
    return Status(204, None)
