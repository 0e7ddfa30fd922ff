"""What is planted of templates and PDFs in a unit."""

from __future__ import annotations

import hashlib
from functools import cache

from chithi.registry.models import Issued
from chithi.reporting.models import OwnTemplate, OwnTemplateVersion, Report, ReportPdf
from chithi.reporting.own_templates.starter import starter
from tests.worlds import TODAY, World


@cache
def _file() -> bytes:
    return starter(TODAY)


def template_of(world: World, code: str, word: str) -> int:
    """A template of the unit, named with its canary."""
    unit = world.units[code]
    made = OwnTemplate.objects.create(unit=unit, name=f"Mẫu {word or code}")
    OwnTemplateVersion.objects.create(
        unit=unit,
        template=made,
        number=1,
        filename=f"{word or code}.docx",
        file=_file(),
        sha256=code,
        fields=["summary"],
    )
    return made.pk


def pdf_kept_of_issued(issued: int) -> None:
    """A PDF that was made of a document that went out."""
    row = Issued.objects.everywhere(because="planting a PDF").get(pk=issued)
    report = Report.objects.everywhere(because="planting a PDF").get(code=row.source)
    pdf_kept_of(report, bytes(row.file))


def pdf_kept_of(report: Report, word: bytes = b"") -> None:
    """A PDF that was made of a report before, so that nothing need be made."""
    digest = hashlib.sha256(word or bytes(report.file)).hexdigest()
    ReportPdf.objects.create(unit_id=report.unit_id, report=report, sha256=digest, file=b"%PDF-1.7 thu")
