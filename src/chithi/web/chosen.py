"""Unit and period are chosen once and stay while moving between pages: in the address, else in the session."""

from __future__ import annotations

from datetime import date

from chithi.core.errors import Refused
from chithi.core.periods import Kind, Period, Profile, half, month, parse, quarter, standard, year
from chithi.indicators.stated import looked_at, ranges_in_use
from chithi.org.queries import in_reach
from chithi.web.middleware import ViewerRequest

PERIOD_KEY, UNIT_KEY = "ky", "don_vi"


def period_of(request: ViewerRequest) -> Period:
    """The period asked for in the address, else the one chosen last, else last year.

    A range of days nobody has used yet is refused (`periods.not_in_use`): anybody may look at standard periods, but
    looking must not make the database keep arbitrary ones.
    """
    asked = request.GET.get("ky", "")
    if asked:
        period = looked_at(parse(asked), request.viewer.today)
        keep_period(request, period)
        return period
    kept = request.session.get(PERIOD_KEY)
    if isinstance(kept, str):
        try:
            return parse(kept)
        except Refused:
            request.session.pop(PERIOD_KEY)
    return year(request.viewer.today.year - 1)


def unit_of(request: ViewerRequest) -> int:
    """The unit chosen last, else the viewer's own. One that has left the reach is forgotten."""
    kept, own = request.session.get(UNIT_KEY), request.viewer.home_unit_id or 0
    if kept is None or kept == own:
        return own
    if isinstance(kept, int) and in_reach(request.viewer, kept):
        return kept
    request.session.pop(UNIT_KEY)
    return own


def keep_unit(request: ViewerRequest, unit_id: int) -> None:
    """Remember the unit for the pages that follow."""
    if request.session.get(UNIT_KEY) != unit_id:
        request.session[UNIT_KEY] = unit_id


def keep_period(request: ViewerRequest, period: Period) -> None:
    """Remember the period that a page's address names, for the frame around it and the pages that follow."""
    if request.session.get(PERIOD_KEY) != period.code:
        request.session[PERIOD_KEY] = period.code


def offered(today: date, chosen: Period) -> list[tuple[str, list[Period]]]:
    """Groups of periods for the chooser, newest first; the ranges in use stand last."""
    years = [year(today.year - back) for back in range(10)]
    this = chosen.last.year if chosen.kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF) else today.year
    quarters = [q for number in (4, 3, 2, 1) if (q := quarter(this, number)).first <= today]
    halves = [h for number in (2, 1) if (h := half(this, number)).first <= today]
    months = [m for number in range(12, 0, -1) if (m := month(this, number)).first <= today]
    cut = [standard(Kind.YEAR, today.year - back, 1, Profile.CUTOFF) for back in range(3)]
    groups = [("year", years), ("half", halves), ("quarter", quarters), ("month", months), ("cutoff", cut)]
    return [*groups, ("range", ranges_in_use())]
