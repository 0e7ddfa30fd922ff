"""What files and helper sections yield to count: units that have a helper section. `chithi.indicators.registry`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Counting, Recorded
from chithi.dossiers.models import Section
from chithi.org.models import UnitState, valid_on

_WHY = "whether a unit has a helper section, inside whatever scope is set"


def _with_section(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Units that have a helper section at the end of the span, however many of them."""
    own = Section.objects.everywhere(because=_WHY).filter(valid_on(last), unit_id=OuterRef("unit_id"))
    return UnitState.objects.filter(valid_on(last)).filter(Exists(own))


def _keeping(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Units that ever had one."""
    return Section.objects.filter(since__lte=last)


MEASURES = (Recorded("dossiers.sections", Counting.STOCK, _with_section, shows="unit", kept=_keeping),)
