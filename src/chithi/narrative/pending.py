"""What waits for a decision in a unit's documents, for the hand-over of its posts (`chithi.org.pending`)."""

from __future__ import annotations

from datetime import date

from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Question, Span
from chithi.org.pending import Pending

_WHY = "counts of what is open, for somebody who keeps the register of people there"


def of_unit(unit_id: int, _day: date) -> list[Pending]:
    """Documents with figures nobody decided, and questions nobody settled. Two queries."""
    spans = Span.objects.everywhere(because=_WHY).filter(unit_id=unit_id, state=SpanState.PROPOSED)
    asked = Question.objects.everywhere(because=_WHY).filter(unit_id=unit_id, settled_at__isnull=True)
    return [
        Pending("documents", spans.values("document_id").distinct().count()),
        Pending("questions", asked.count()),
    ]
