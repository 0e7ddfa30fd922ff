"""Making a report: compose, freeze, write Word, keep all three under the code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from chithi.core.errors import Absent
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.reporting.compose import compose
from chithi.reporting.content import ReportContent
from chithi.reporting.freeze import addressed, code_of, frozen_lines
from chithi.reporting.kept import as_data
from chithi.reporting.models import OwnTemplateVersion, Report
from chithi.reporting.own_templates.apart import filled_with
from chithi.reporting.own_templates.queries import chosen_version


def make_report(
    *,
    by: Viewer,
    unit_id: int,
    period: Period,
    dated: date | None = None,
    groups: Sequence[int] = (),
    template_id: int | None = None,
    pictured: Sequence[str] | None = None,
) -> Report:
    """The Word report of a unit and period, with `groups` as columns of its annex and `pictured` indicators drawn.

    It is written in the prescribed form, or with the office's own template `template_id` (the unit's or one of a unit
    above it). A made report is never rewritten: what prints the same is the known row. What it prints is read in one
    transaction; none is held while Word is written.
    """
    with transaction.atomic():
        unit = Unit.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=unit_id).first()
        if unit is None:
            raise Absent("org.no_unit", unit=unit_id)
        template = None if template_id is None else chosen_version(by, unit_id, template_id)
        draft = compose(by, unit_id, period, dated=dated or by.today, base="", groups=groups, pictured=pictured)
        code = code_of(draft, unit.code, period.code, "" if template is None else template.sha256)
        known = _made(by, code)
        if known is not None:
            return known
    report = Report(
        unit_id=unit_id,
        period_code=period.code,
        code=code,
        dated=draft.header.day,
        lines=frozen_lines(draft, unit_id),
        content=as_data(draft),
        file=written(addressed(draft, str(settings.PUBLIC_URL), code), template),
        written_with=template,
        by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            report.save()
            record("reporting.made", by=by, unit_id=unit_id, about=report, period=period.code, code=code)
    except IntegrityError:  # somebody made the same report between our look and our write
        known = _made(by, code)
        if known is None:
            raise
        return known
    return report


def written(content: ReportContent, template: OwnTemplateVersion | None) -> bytes:
    """The Word file, in the prescribed form or with an office's own template; slow with a template."""
    from chithi.reporting.word import docx_bytes  # reading and writing Word is 0,2 s of loading, needed only here

    return docx_bytes(content) if template is None else filled_with(bytes(template.file), content).file


def _made(by: Viewer, code: str) -> Report | None:
    return Report.objects.visible_to(by.reach(Capability.REPORT)).filter(code=code).first()
