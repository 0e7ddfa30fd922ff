"""Reports that were made: what they printed is kept, so that each number's address answers for ever."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.reporting.own_templates.models import OwnTemplate, OwnTemplateVersion

__all__ = ["OwnTemplate", "OwnTemplateVersion", "Report", "ReportPdf"]


class Report(Guarded):
    """One made document. `code` is derived from all it says; what was made is never rewritten.

    `lines` freezes the printed numbers (`chithi.reporting.freeze`), `file` the bytes of the Word document,
    `written_with` the office's own template where it was not written in the prescribed form. `content` is all it says
    (`chithi.reporting.kept`), so that it can be written again with its number; null in what was made before numbers.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=60)
    code = models.CharField(max_length=20, unique=True)
    dated = models.DateField()
    lines = models.JSONField()
    file = models.BinaryField()
    content = models.JSONField(null=True)
    written_with = models.ForeignKey(OwnTemplateVersion, null=True, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-at"], name="report_unit_at")]


class ReportPdf(Guarded):
    """The PDF once made of a report, kept beside the Word file it was made of (`sha256` of that, in hexadecimal)."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="report_pdf_of_file")]
