"""Reading documents, their spans, questions and sentences, within reach."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Document, Question, Sentence, Span


@dataclass(frozen=True)
class DocumentCard:
    """A line of the list: how many of its figures were decided, how many questions are open."""

    document: Document
    decided: int
    total: int
    questions: int


def documents(viewer: Viewer, *, unit_id: int | None = None, page: int = 1, size: int = 30) -> list[DocumentCard]:
    """Newest first, one page (plus one row that tells whether there are more). Three queries."""
    found = Document.objects.visible_to(viewer.reach(Capability.READ)).defer("text").order_by("-at", "-pk")
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    shown = list(found[(page - 1) * size : page * size + 1])
    ids = [document.pk for document in shown]
    reach = viewer.reach(Capability.READ)
    spans: dict[int, tuple[int, int]] = {
        row["document_id"]: (row["done"], row["n"])
        for row in Span.objects.visible_to(reach)
        .filter(document_id__in=ids)
        .values("document_id")
        .annotate(n=Count("pk"), done=Count("pk", filter=~Q(state=SpanState.PROPOSED)))
        .order_by()
    }
    asked = dict(
        Question.objects.visible_to(reach)
        .filter(document_id__in=ids, settled_at__isnull=True)
        .values_list("document_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [
        DocumentCard(
            document=document,
            decided=spans.get(document.pk, (0, 0))[0],
            total=spans.get(document.pk, (0, 0))[1],
            questions=asked.get(document.pk, 0),
        )
        for document in shown
    ]


def one_document(viewer: Viewer, document_id: int) -> Document:
    """A document with its text; `Absent` outside the reach."""
    found = Document.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=document_id).first()
    if found is None:
        raise Absent("narrative.no_document", document=document_id)
    return found


def spans_of(viewer: Viewer, document_id: int) -> list[Span]:
    """All spans of a document, in the order of the text."""
    return list(
        Span.objects.visible_to(viewer.reach(Capability.READ)).filter(document_id=document_id).order_by("start", "pk")
    )


def one_span(viewer: Viewer, span_id: int) -> Span:
    """A span that may be read; `Absent` else."""
    found = Span.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=span_id).first()
    if found is None:
        raise Absent("narrative.no_span", span=span_id)
    return found


def questions_of(viewer: Viewer, document_id: int) -> list[Question]:
    """All questions of a document, open ones first."""
    found = Question.objects.visible_to(viewer.reach(Capability.READ)).filter(document_id=document_id)
    return sorted(found, key=lambda q: (q.settled_at is not None, q.pk))


@dataclass(frozen=True)
class Quote:
    """A span with the sentence around it, for a trace: `before` + `marked` + `after` is verbatim text."""

    document_id: int
    span_id: int
    title: str
    before: str
    marked: str
    after: str


def quote(viewer: Viewer, span_id: int) -> Quote | None:
    """The highlighted sentence of a span, or None where the document lies outside the reach. Two queries."""
    span = Span.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=span_id).first()
    if span is None:
        return None
    document = Document.objects.visible_to(viewer.reach(Capability.READ)).filter(pk=span.document_id).first()
    if document is None:
        return None
    lo, hi = around(document.text, span.start, span.end)
    return Quote(
        document_id=document.pk,
        span_id=span.pk,
        title=document.title,
        before=document.text[lo : span.start],
        marked=document.text[span.start : span.end],
        after=document.text[span.end : hi],
    )


def around(text: str, start: int, end: int, most: int = 400) -> tuple[int, int]:
    """The bounds of the sentence or line that holds [start, end), at most `most` letters to either side."""
    lo = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1, start - most, 0)
    while lo < start and text[lo].isspace():
        lo += 1
    ends = [found for found in (text.find("\n", end), text.find(". ", end)) if found >= 0]
    hi = min([*ends, end + most, len(text)])
    return lo, min(hi + 1, len(text)) if hi < len(text) and text[hi] == "." else hi


def sentence_starts(viewer: Viewer, document_id: int) -> list[int]:
    """Where the classified sentences of a document begin, in the order of the text."""
    found = Sentence.objects.visible_to(viewer.reach(Capability.READ)).filter(document_id=document_id)
    return list(found.order_by("start").values_list("start", flat=True).distinct())


def passages(viewer: Viewer, unit_id: int, period_code: str) -> list[tuple[Document, Sentence, str]]:
    """Classified sentences of the documents a unit gave for a period, with their text."""
    reach = viewer.reach(Capability.READ)
    given = {d.pk: d for d in Document.objects.visible_to(reach).filter(unit_id=unit_id, period_code=period_code)}
    sentences = Sentence.objects.visible_to(reach).filter(document_id__in=list(given)).order_by("document_id", "start")
    return [(given[s.document_id], s, given[s.document_id].text[s.start : s.end]) for s in sentences]
