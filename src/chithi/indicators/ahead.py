"""What the worker prepares before somebody's first look: today's tree, and the totals of periods that have just begun.

A period is prepared where the one before it is in use: whoever looks at months finds the new month reckoned, and
nothing is kept that nobody looks at. What is not prepared is computed on first sight (`chithi.indicators.sides`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chithi.core.periods import STANDARD, Period, Profile, containing, previous
from chithi.indicators.drain import rebuild
from chithi.indicators.models import Totals
from chithi.indicators.period_rows import period_row, row_of
from chithi.org.models import Edition
from chithi.org.places import reach_tree


def prepare(today: date) -> int:
    """Prepare the tree of a day and at most one period; how many periods. Some ten quick queries where all is there.

    Where nobody has ever looked at a tree nothing is prepared.
    """
    if not Edition.objects.exists():
        return 0
    reach_tree(today)
    wanted = next(_begun_and_not_reckoned(today), None)
    if wanted is None:
        return 0
    rebuild(period_row(wanted))
    return 1


def _begun_and_not_reckoned(today: date) -> Iterator[Period]:
    for profile in (Profile.CALENDAR, Profile.CUTOFF):
        for kind in STANDARD:
            now = containing(today, kind, profile)
            before = previous(now)
            if before is not None and not _is_reckoned(now) and _is_reckoned(before):
                yield now


def _is_reckoned(period: Period) -> bool:
    """Whether totals of a period are stored. Two queries."""
    row = row_of(period)
    totals = Totals.objects.everywhere(because="whether a period was ever computed")
    return row is not None and totals.filter(period_id=row.pk).exists()
