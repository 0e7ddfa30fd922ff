"""Making a report: compose, freeze, write Word, keep all three under the code."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from chithi.core.errors import Absent
from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.reporting.compose import compose
from chithi.reporting.freeze import code_of, frozen_lines
from chithi.reporting.models import Report


@transaction.atomic
def make_report(*, by: Viewer, unit_id: int, period: Period, dated: date | None = None) -> Report:
    """The Word report of a unit and period. Making it again from unchanged figures gives the same row and bytes."""
    from chithi.reporting.word import docx_bytes  # reading and writing Word is 0,2 s of loading, needed only here

    unit = Unit.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    day = dated or by.today
    base = str(settings.PUBLIC_URL)
    draft = compose(by, unit_id, period, dated=day, base=base)
    lines = frozen_lines(draft, unit_id)
    code = code_of(lines, unit.code, period.code, day.isoformat())
    known = Report.objects.visible_to(by.reach(Capability.REPORT)).filter(code=code).first()
    content = compose(by, unit_id, period, dated=day, base=base, code=code)
    file = docx_bytes(content)
    if known is not None:
        known.file = file
        known.save(update_fields=["file"])
        return known
    report = Report.objects.create(
        unit_id=unit_id, period_code=period.code, code=code, dated=day, lines=lines, file=file, by_id=by.user_id
    )
    record("reporting.made", by=by, unit_id=unit_id, about=report, period=period.code, code=code)
    return report
