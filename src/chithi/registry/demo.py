"""Invented: the term that committees are in, so that whoever tries the demo can issue a document.

The documents of the demo went out before the term began: its numbers begin at one.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chithi.db.pouring import pour
from chithi.org.demo.streams import key
from chithi.org.models import Unit, UnitState, valid_on
from chithi.registry.models import Term

NAME, SINCE, AS_OF = "2025–2030", date(2025, 7, 1), date(2026, 9, 30)
_WHY = "the demo fills an empty database"


def build(seed: int) -> int:
    """Store a term for the province, its districts, grassroots organisations and cells; how many there are."""
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(AS_OF))
    with_committee = Q(kind__in=("province", "district", "bloc")) | Q(is_grassroots=True) | Q(is_cell=True)
    units = states.filter(with_committee).order_by("unit_id").values_list("unit_id", flat=True)
    rows = ((key(seed, "term", codes[unit]), unit, NAME, SINCE) for unit in units)
    return len(pour(Term, ("key", "unit_id", "name", "since"), rows))
