"""Withholding the text of old documents: only sentences that carry confirmed figures stay readable.

Letters and digits elsewhere are replaced one for one, so every place in the text keeps its number: figures, their
quotes and the digest of the file stay what they were. A printed report is a file of its own and does not change.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Document, Span
from chithi.narrative.queries import around
from chithi.privacy.rules import masked

_WHY = "a document whose text has been kept long enough"
SAID = ("noun", "what", "scope", "period_as_written", "reason", "about")
"""What a proposal repeats of its sentence."""


def withhold(document_ids: Collection[int], today: date) -> int:
    """Mask these documents. A few statements each; call inside a transaction."""
    for document in Document.objects.everywhere(because=_WHY).filter(pk__in=list(document_ids), withheld_on=None):
        spans = Span.objects.everywhere(because=_WHY).filter(document_id=document.pk)
        sure = spans.filter(state=SpanState.CONFIRMED).values_list("start", "end")
        document.text = masked(document.text, [around(document.text, start, end) for start, end in sure])
        document.filename, document.withheld_on = "", today
        document.save(update_fields=["text", "filename", "withheld_on"])
        spans.exclude(state=SpanState.CONFIRMED).update(**dict.fromkeys(SAID, ""))
    return len(document_ids)
