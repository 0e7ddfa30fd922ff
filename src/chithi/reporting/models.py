"""Reports that were made: what they printed is kept, so that each number's address answers for ever."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded


class Report(Guarded):
    """One made document. `code` is derived from all it says; what was made is never rewritten.

    `lines` freezes the printed numbers (`chithi.reporting.freeze`), `file` the bytes of the Word document.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=60)
    code = models.CharField(max_length=20, unique=True)
    dated = models.DateField()
    lines = models.JSONField()
    file = models.BinaryField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-at"], name="report_unit_at")]
