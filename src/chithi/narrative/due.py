"""Which reports taken in for somebody's own units still hold figures that nobody has decided."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from chithi.core.due import DueItem, Said
from chithi.db.viewer import Capability, Viewer
from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Document, Question, Span
from chithi.org.held import units_held

MOST = 20
_SPANS = Said("Xem {count} con số trong “{title}”", "Decide {count} figures in “{title}”")
_QUESTIONS = Said("Trả lời {count} câu hỏi về “{title}”", "Settle {count} questions about “{title}”")
_ACT = Said("Xem tiếp", "Go on")


def of_person(viewer: Viewer, _today: date) -> list[DueItem]:
    """One line a document, the newest first, without a day. Four queries."""
    units = units_held(viewer, Capability.CONFIRM)
    if not units:
        return []
    reach = viewer.reach(Capability.CONFIRM)
    spans = Span.objects.visible_to(reach).filter(unit_id__in=units, state=SpanState.PROPOSED)
    asked = Question.objects.visible_to(reach).filter(unit_id__in=units, settled_at__isnull=True)
    figures = dict(spans.values_list("document_id").annotate(n=Count("pk")).order_by())
    questions = dict(asked.values_list("document_id").annotate(n=Count("pk")).order_by())
    known = Document.objects.visible_to(reach).filter(pk__in={*figures, *questions}).order_by("-at", "-pk")
    found = []
    for pk, unit_id, title in known.values_list("pk", "unit_id", "title")[:MOST]:
        words, count = (_SPANS, figures[pk]) if pk in figures else (_QUESTIONS, questions[pk])
        said = Said(*(one.format(count=count, title=title[:80]) for one in words))
        found.append(DueItem("narrative.document", pk, unit_id, said, None, "document", (pk,), _ACT))
    return found
