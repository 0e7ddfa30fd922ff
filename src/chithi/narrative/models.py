"""What is stored of a taken-in document."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.narrative.kinds import SpanState


class Document(Guarded):
    """One text as it stood. `digest` is of the file's bytes: the same file for the same unit is taken in once.

    `extractor` names the program and version that made the text. `doc_date` is the date the text itself bears;
    `period_code` what the clerk says it reports about (see `chithi.core.periods`).
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    filename = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    extractor = models.CharField(max_length=60)
    doc_date = models.DateField(null=True)
    period_code = models.CharField(max_length=60)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    withheld_on = models.DateField(null=True)  # since then only sentences with confirmed figures stand in `text`

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "digest"], name="document_once_a_unit")]
        indexes = [models.Index(fields=["unit", "-at"], name="document_unit_at")]


class Span(Guarded):
    """A place in a document that states a figure, what it was taken for, and what was decided.

    `start`, `end`: code points of `Document.text`. Money in đồng, areas and lengths in the unit as written.
    `bound` is "", `at_least`, `at_most` or `about`; `covers` is `own`, `subtree` or `part` (an example of a person
    or village named in `about`). Numbers are positive and exact (the reader gives none that would be rounded here);
    `falls` tells that a change is a decrease.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    start = models.IntegerField()
    end = models.IntegerField()
    kind = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    value_max = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    total = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    percent = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    percent_decimals = models.PositiveSmallIntegerField(default=0)
    noun = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=400, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    period_as_written = models.CharField(max_length=120, blank=True)
    period_code = models.CharField(max_length=60, blank=True)
    indicator_code = models.CharField(max_length=60, blank=True)
    member_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    covers = models.CharField(max_length=10, default="subtree")
    about = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=30, blank=True)
    bound = models.CharField(max_length=10, blank=True)
    is_vague = models.BooleanField(default=False)
    is_target = models.BooleanField(default=False)
    is_malformed = models.BooleanField(default=False)
    falls = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in SpanState], default=SpanState.PROPOSED)
    corrected = models.BooleanField(default=False)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["document", "start"], name="span_document_start")]


class Question(Guarded):
    """Something in a document that does not add up; a question to a person, never a repair."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    places = models.JSONField(default=list)  # [[start, end], …] code points of the text
    settled_by_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)


class Sentence(Guarded):
    """One sentence and its class (results, limitations, proposals …), for the customary parts of a report."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    start = models.IntegerField()
    end = models.IntegerField()
    section = models.CharField(max_length=30)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "section"], name="sentence_unit_section")]
