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
from chithi.reporting.freeze import addressed, code_of, frozen_lines
from chithi.reporting.models import Report


@transaction.atomic
def make_report(
    *, by: Viewer, unit_id: int, period: Period, dated: date | None = None, groups: Sequence[int] = ()
) -> Report:
    """The Word report of a unit and period, with `groups` as columns of its annex.

    A made report is never rewritten: what prints the same is the known row.
    """
    from chithi.reporting.word import docx_bytes  # reading and writing Word is 0,2 s of loading, needed only here

    unit = Unit.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=unit_id).first()
    if unit is None:
        raise Absent("org.no_unit", unit=unit_id)
    draft = compose(by, unit_id, period, dated=dated or by.today, base="", groups=groups)
    code = code_of(draft, unit.code, period.code)
    known = _made(by, code)
    if known is not None:
        return known
    report = Report(
        unit_id=unit_id,
        period_code=period.code,
        code=code,
        dated=draft.header.day,
        lines=frozen_lines(draft, unit_id),
        file=docx_bytes(addressed(draft, str(settings.PUBLIC_URL), code)),
        by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:  # somebody made the same report between our look and our write
        known = _made(by, code)
        if known is None:
            raise
        return known
    record("reporting.made", by=by, unit_id=unit_id, about=report, period=period.code, code=code)
    return report


def _made(by: Viewer, code: str) -> Report | None:
    return Report.objects.visible_to(by.reach(Capability.REPORT)).filter(code=code).first()
