"""What duties and shortcomings yield to count. Every declaration is found by `chithi.indicators.registry`.

A shortcoming counts with the unit in which it was found; an answer with the unit that gave it, once its report was
submitted, in the period in which the last day of the report's own period lies.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Counting, Recorded
from chithi.duties.kinds import Answer
from chithi.duties.models import DutyAnswer, DutyReport, Shortcoming
from chithi.duties.standing import remedied_on

_WHY = "which reports were submitted, inside whatever scope is set on their answers"


def _kept(last: date) -> Q:
    return Q(withdrawn_on__isnull=True, found_on__lte=last)


def _found(first: date, last: date) -> ScopedQuerySet[Any]:
    """Shortcomings found in the span."""
    return Shortcoming.objects.filter(_kept(last), found_on__gte=first)


def _known(_first: date, last: date) -> ScopedQuerySet[Any]:
    """All that were found by the end of the span."""
    return Shortcoming.objects.filter(_kept(last))


def _remedied(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Of those, the ones that stood remedied then."""
    return Shortcoming.objects.filter(_kept(last)).filter(remedied_on(last))


def _answered(first: date, last: date) -> ScopedQuerySet[Any]:
    """Duties that apply, answered in submitted reports."""
    sent = DutyReport.objects.everywhere(because=_WHY).filter(
        pk=OuterRef("report_id"), submitted_on__isnull=False, last__gte=first, last__lte=last
    )
    applies = [one.value for one in Answer if one is not Answer.NOT_APPLICABLE]
    return DutyAnswer.objects.filter(Exists(sent), answer__in=applies)


def _done(first: date, last: date) -> ScopedQuerySet[Any]:
    return _answered(first, last).filter(answer=Answer.DONE.value)


MEASURES = tuple(
    Recorded(code, counting, rows, shows=shows, kept=kept)
    for code, counting, rows, shows, kept in (
        ("shortcomings.found", Counting.FLOW, _found, "shortcoming", _known),
        ("shortcomings.known", Counting.STOCK, _known, "shortcoming", _known),
        ("shortcomings.remedied", Counting.STOCK, _remedied, "shortcoming", _known),
        ("duties.answered", Counting.FLOW, _answered, "duty_answer", _answered),
        ("duties.done", Counting.FLOW, _done, "duty_answer", _answered),
    )
)
