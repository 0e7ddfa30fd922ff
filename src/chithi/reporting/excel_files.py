"""Reading what an Excel annex tells and handing over the file: with the code of a made report, or as things stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from django.conf import settings
from django.utils import timezone

from chithi.core.kept import kept
from chithi.core.periods import Period, parse
from chithi.db.viewer import Viewer
from chithi.indicators.by_units import by_units
from chithi.indicators.meanings import meanings
from chithi.org.queries import cards
from chithi.reporting.compose import compose
from chithi.reporting.content import ReportContent
from chithi.reporting.excel import Annex, write_annex
from chithi.reporting.freeze import addressed, frozen_lines
from chithi.reporting.kept import from_data
from chithi.reporting.models import Report
from chithi.reporting.queries import code_printing


def annex_of(viewer: Viewer, report: Report) -> IO[bytes]:
    """The annex of a made report in reach, as it printed it, beside the units as they stand now.

    The file is the caller's to close.
    """
    period = parse(report.period_code)
    if report.content is not None:
        content = from_data(report.content)
    else:  # made before contents were kept
        content = compose(viewer, report.unit_id, period, dated=report.dated, base="")
    return _file(viewer, report.unit_id, period, addressed(content, str(settings.PUBLIC_URL), report.code))


def annex_now(viewer: Viewer, unit_id: int, period: Period, *, groups: Sequence[int] = ()) -> IO[bytes]:
    """The annex of a unit in reach as its figures stand now; nothing is kept. The file is the caller's to close.

    It bears a report's code only where the newest report of the unit and period printed the same figures.
    """
    content = compose(viewer, unit_id, period, dated=viewer.today, base="", groups=groups)
    code = code_printing(viewer, unit_id, period.code, frozen_lines(content, unit_id))
    base = str(settings.PUBLIC_URL)
    return _file(viewer, unit_id, period, addressed(content, base, code) if code else _absolute(content, base))


def _absolute(content: ReportContent, base: str) -> ReportContent:
    """The same content with addresses of this installation, of figures as they stand."""
    lines = tuple(
        replace(
            line,
            address=_door(base, line.address),
            previous=replace(line.previous, address=_door(base, line.previous.address)) if line.previous else None,
            members=tuple(replace(one, address=_door(base, one.address)) for one in line.members),
            parts=tuple(replace(one, address=_door(base, one.address)) for one in line.parts),
            beside=tuple(replace(one, address=_door(base, one.address)) for one in line.beside),
        )
        for line in content.lines
    )
    return replace(content, base_url=base, lines=lines)


def _door(base: str, path: str) -> str:
    return f"{base}{path}" if path else ""


def _file(viewer: Viewer, unit_id: int, period: Period, content: ReportContent) -> IO[bytes]:
    wanted = meanings(period=period)
    table = by_units(viewer, unit_id, period, wanted)
    named = cards(viewer, [row.unit_id for row in table.rows if row.named], period.last)
    told = Annex(
        content=content,
        table=table,
        names={unit: card.name for unit, card in named.items()},
        meanings=wanted,
        period_code=period.code,
        base=str(settings.PUBLIC_URL),
        made_at=timezone.localtime().replace(tzinfo=None),
    )
    return kept(lambda target: write_annex(target, told))
