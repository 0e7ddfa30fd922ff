"""Reading what an Excel annex tells and handing over the file: with the code of a made report, or as things stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import IO

from django.conf import settings
from django.utils import timezone

from chithi.core.errors import Refused
from chithi.core.kept import kept
from chithi.core.periods import Period, parse
from chithi.db.locks import if_free
from chithi.db.viewer import Viewer
from chithi.indicators.by_units import by_units
from chithi.indicators.meanings import meanings
from chithi.indicators.queries import unit_in_reach
from chithi.org.places import tree_on
from chithi.org.queries import cards
from chithi.reporting.compose import compose
from chithi.reporting.content import ReportContent
from chithi.reporting.excel import Annex, write_annex
from chithi.reporting.freeze import addressed, frozen_lines
from chithi.reporting.kept import from_data
from chithi.reporting.models import Report
from chithi.reporting.queries import code_printing

LARGE = 300
"""Units in an annex from which on it is made alone: some tenths of a second of processor, a province's some seconds."""


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


@contextmanager
def alone(viewer: Viewer, unit_id: int, period: Period) -> Iterator[None]:
    """Make a large annex within this block as the only one in the installation: two at once keep every page waiting.

    Raises `Refused("reporting.annex_being_made")` where another is being made. Small ones are made at any time.
    """
    unit_in_reach(viewer, unit_id)
    if _units_at(viewer, unit_id, period) <= LARGE:
        yield
        return
    with if_free("annex") as free:
        if not free:
            raise Refused("reporting.annex_being_made")
        yield


def _units_at(viewer: Viewer, unit_id: int, period: Period) -> int:
    """How many units the annex tells of at most: the unit and all below it on the tree that `by_units` takes."""
    for day in (period.last, viewer.today):
        tree = tree_on(day)
        at = tree.find(unit_id)
        if at is not None:
            return int(tree.shape.hi[at]) - at
    return 0


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
