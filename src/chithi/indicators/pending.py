"""Which of a unit's periods wait for confirmation, for the hand-over of its posts (`chithi.org.pending`)."""

from __future__ import annotations

from datetime import date, timedelta

from chithi.core.periods import Kind, parse
from chithi.indicators.models import Confirmation, PeriodRow
from chithi.org.models import Unit
from chithi.org.pending import Pending

LOOKED_BACK = timedelta(days=400)
CONFIRMED = frozenset({Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR})
_WHY = "counts of what is open, for somebody who keeps the register of people there"


def of_unit(unit_id: int, day: date) -> list[Pending]:
    """Periods in use that ended in the last thirteen months and that the unit has not confirmed. Three queries."""
    unit = Unit.objects.everywhere(because=_WHY).get(pk=unit_id)
    ended = PeriodRow.objects.filter(last__lt=day, last__gte=max(day - LOOKED_BACK, unit.opened_on))
    codes = {row.pk for row in ended if parse(row.code).kind in CONFIRMED}
    confirmed = Confirmation.objects.everywhere(because=_WHY).filter(unit_id=unit_id, period_id__in=codes)
    return [Pending("periods", len(codes - set(confirmed.values_list("period_id", flat=True))))]
