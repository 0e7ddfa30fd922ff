"""The pictures of a report: trend and units below of a few indicators, in the words of the document.

Which ones is chosen on the report's page; without a choice the first with a target that have something to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import translation

from chithi.charts.description import Bars
from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.indicators.queries import Contribution, Line, UnitLines, contributions_of_each, lines
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard, cards
from chithi.reporting.content import Picture
from chithi.reporting.pictured import HISTORY, bars_of, trend_of

_Parts = tuple[list[Contribution], dict[int, UnitCard]]
USUAL, MOST = 2, 3
"""Indicators that are pictured without a choice, and at most."""
ENDS = 8
"""Bars from either end where there are more than a page shows calmly."""


def usual_codes(found: UnitLines) -> list[str]:
    """The indicators pictured where nobody chose: the first with a target and a share or number of their own."""
    return [line.meaning.code for line in offered(found) if line.meaning.definition.target is not None][:USUAL]


def offered(found: UnitLines) -> list[Line]:
    """The lines of which pictures may be asked: those with a number."""
    return [line for line in found.lines if not line.chosen.missing]


def pictures(
    viewer: Viewer, found: UnitLines, period: Period, base: str, chosen: Sequence[str] | None = None
) -> tuple[Picture, ...]:
    """Up to two pictures of each of at most three indicators; what is no indicator of the unit is passed over.

    About twenty queries and ten for each indicator.
    """
    known = [line.meaning.code for line in offered(found)]
    codes = usual_codes(found) if chosen is None else [code for code in known if code in set(chosen)][:MOST]
    if not codes:
        return ()
    with translation.override("vi"):
        told = lines(viewer, found.unit_id, period, codes=codes, trend=HISTORY)
        below = _below(viewer, told, period)
        return tuple(
            picture for line, parts in zip(told.lines, below, strict=True) for picture in _of(line, parts, told, base)
        )


def _below(viewer: Viewer, told: UnitLines, period: Period) -> list[_Parts]:
    """The units below for each line, by name; nothing for a unit without any."""
    if told.is_leaf:
        return [([], {}) for _line in told.lines]
    of_each = contributions_of_each(viewer, told.unit_id, period, [line.meaning for line in told.lines])
    named = cards(viewer, {part.unit_id for parts in of_each for part in parts}, period.last)
    return [(parts, named) for parts in of_each]


def _of(line: Line, below: _Parts, told: UnitLines, base: str) -> list[Picture]:
    indicator, name, unit_id, period = line.meaning.indicator.pk, line.meaning.name("vi"), told.unit_id, told.period
    door = address(indicator, unit_id, period, base)
    made = []
    trend = trend_of(line, period, lambda at: address(indicator, unit_id, at))
    if trend is not None:
        made.append(Picture(line.meaning.code, f"{name} qua các kỳ", trend, door))
    if told.is_leaf:
        return made
    parts, named = below
    compared = bars_of(parts, named, line.meaning, lambda unit: address(indicator, unit, period))
    if compared is not None:
        label = period.label("vi")
        caption = f"{name} theo đơn vị, {label[:1].lower()}{label[1:]}"
        made.append(Picture(line.meaning.code, caption, _shortened(compared.bars), door))
    return made


def _shortened(bars: Bars) -> Bars:
    """Both ends of a long row; the sentence says so."""
    if len(bars.bars) <= 2 * ENDS + 2:
        return bars
    said = f"{bars.said} Hình vẽ {ENDS} đơn vị cao nhất và {ENDS} đơn vị thấp nhất."
    return replace(bars, bars=(*bars.bars[:ENDS], *bars.bars[-ENDS:]), said=said)
