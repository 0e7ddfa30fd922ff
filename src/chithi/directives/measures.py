"""What documents of a directive yield to count: units that issued their own. `chithi.indicators.registry` finds it.

A unit counts where, on the day, a document of its own that went out stands below a directive in force that asks units
of its kind for one; or a document of a unit it was made out of (`chithi.directives.heirs`; two closings back). Units
that no directive asks say nothing at all.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Counting, Recorded
from chithi.directives.heirs import made_into
from chithi.directives.models import Descent, Directive
from chithi.org.kinds import Expected
from chithi.org.models import UnitState, valid_on

_WHY = "which directives ask, and who has answered, inside whatever scope is set"
_ARE = {Expected.GRASSROOTS: Q(is_grassroots=True), Expected.CELLS: Q(is_cell=True)}


def _asking(expected: Expected, day: date) -> ScopedQuerySet[Directive]:
    """Directives in force on a day that ask units of this kind for a document of their own."""
    begun = Q(valid_from__isnull=True, dated__lte=day) | Q(valid_from__lte=day)
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    rows = Directive.objects.everywhere(because=_WHY).filter(begun, not_over, kept, is_draft=False)
    return rows.filter(expects__contains=expected.value)


def _answered(expected: Expected, _first: date, last: date) -> ScopedQuerySet[Any]:
    """Units of the kind that have issued a document of their own by the day."""
    asking = _asking(expected, last).values("pk")
    own = Descent.objects.everywhere(because=_WHY).filter(
        valid_on(last), unit_id=OuterRef("unit_id"), root_id__in=asking
    )
    return _with(own, expected, last)


def _with(own: ScopedQuerySet[Any], expected: Expected, last: date) -> ScopedQuerySet[Any]:
    """Units of the kind that have one of these, or were made out of a unit that had."""
    by_its_makers = Exists(own) | Exists(made_into("unit_id", last).filter(Exists(own)))
    before = made_into("unit_id", last).filter(by_its_makers)
    return UnitState.objects.filter(valid_on(last), _ARE[expected]).filter(Exists(own) | Exists(before))


def _asked(expected: Expected, _first: date, last: date) -> ScopedQuerySet[Any]:
    """Units of the kind, where any directive asks them."""
    return UnitState.objects.filter(valid_on(last), _ARE[expected]).filter(Exists(_asking(expected, last)))


MEASURES = (
    Recorded(
        "directives.grassroots",
        Counting.STOCK,
        partial(_answered, Expected.GRASSROOTS),
        shows="unit",
        kept=partial(_asked, Expected.GRASSROOTS),
    ),
    Recorded(
        "directives.cells",
        Counting.STOCK,
        partial(_answered, Expected.CELLS),
        shows="unit",
        kept=partial(_asked, Expected.CELLS),
    ),
)


def _answered_one(expected: Expected, directive_id: int, _first: date, last: date) -> ScopedQuerySet[Any]:
    """Units of the kind that have carried out one directive by the day, whether it is still in force or not."""
    own = Descent.objects.everywhere(because=_WHY).filter(
        valid_on(last), unit_id=OuterRef("unit_id"), root_id=directive_id
    )
    return _with(own, expected, last)


def _told(expected: Expected, directive_id: int, _first: date, last: date) -> ScopedQuerySet[Any]:
    """Units of the kind, from the day of the directive on."""
    out = Directive.objects.everywhere(because=_WHY).filter(pk=directive_id, is_draft=False, dated__lte=last)
    return UnitState.objects.filter(valid_on(last), _ARE[expected]).filter(Exists(out))


def _about(expected: Expected, directive_id: int) -> Recorded:
    return Recorded(
        f"directives.{expected.value}",
        Counting.STOCK,
        partial(_answered_one, expected, directive_id),
        shows="unit",
        kept=partial(_told, expected, directive_id),
    )


ABOUT = {f"directives.{expected.value}": partial(_about, expected) for expected in _ARE}
"""The same about one directive, by the code without its number."""
