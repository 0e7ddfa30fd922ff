"""What units and people yield to count. Every declaration is found by `chithi.indicators.registry`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.measures import Counting, Recorded
from chithi.org.kinds import LinkKind, UnitKind
from chithi.org.models import Employment, Exemption, Membership, Post, UnitLink, UnitState, valid_on

_HOME = "the home rule looks at everything a person belongs to, wherever it is"


def _states(_first: date, last: date) -> ScopedQuerySet[Any]:
    return UnitState.objects.filter(valid_on(last))


def _cells(first: date, last: date) -> ScopedQuerySet[Any]:
    """Cells: chi bộ trực thuộc and chi bộ cơ sở alike."""
    return _states(first, last).filter(is_cell=True)


def _grassroots(first: date, last: date) -> ScopedQuerySet[Any]:
    return _states(first, last).filter(is_grassroots=True)


def _villages(first: date, last: date) -> ScopedQuerySet[Any]:
    return _states(first, last).filter(kind=UnitKind.VILLAGE)


def _villages_with_cell(first: date, last: date) -> ScopedQuerySet[Any]:
    """Villages that have a cell of their own (`UnitLink` of kind village_cell)."""
    linked = UnitLink.objects.everywhere(because="which villages have a cell, inside whatever scope is set").filter(
        valid_on(last), kind=LinkKind.VILLAGE_CELL, unit_id=OuterRef("unit_id")
    )
    return _villages(first, last).filter(Exists(linked))


def _at_home(
    model: type[Membership] | type[Post] | type[Employment], last: date, **extra: object
) -> ScopedQuerySet[Any]:
    """One row per person: of all valid on the day, the one begun first (the lower id where they tie).

    That row's unit is the person's home for a distinct count.
    """
    others = model.objects.everywhere(because=_HOME).filter(valid_on(last), person_id=OuterRef("person_id"), **extra)
    earlier = others.filter(Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk")))
    return model.objects.filter(valid_on(last), ~Exists(earlier), **extra)


def _members_on_duty(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Members less those exempt on the day (the denominator rule for study and pledges)."""
    exempt = Exemption.objects.everywhere(because=_HOME).filter(valid_on(last), person_id=OuterRef("person_id"))
    return _at_home(Membership, last).filter(~Exists(exempt))


def _members_exempt(_first: date, last: date) -> ScopedQuerySet[Any]:
    """The members who left the denominators: at home in a cell and exempt on the day, by whichever cell."""
    exempt = Exemption.objects.everywhere(because=_HOME).filter(valid_on(last), person_id=OuterRef("person_id"))
    return _at_home(Membership, last).filter(Exists(exempt))


def _officials(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Officials, civil servants and public employees, each at the place where they have worked longest."""
    return _at_home(Employment, last)


def _officials_not_members(_first: date, last: date) -> ScopedQuerySet[Any]:
    return _officials(_first, last).filter(_is_not_member(last))


def _registers_of_officials(_first: date, last: date) -> ScopedQuerySet[Any]:
    """Units that had begun to keep records of who works there."""
    return Employment.objects.filter(since__lte=last)


def _key_leaders(_first: date, last: date) -> ScopedQuerySet[Any]:
    return _at_home(Post, last, is_key_leader=True)


def _is_member(last: date) -> Q:
    return Q(
        Exists(Membership.objects.everywhere(because=_HOME).filter(valid_on(last), person_id=OuterRef("person_id")))
    )


def _is_not_member(last: date) -> Q:
    return ~_is_member(last)


def _exempt(last: date) -> Exists:
    return Exists(Exemption.objects.everywhere(because=_HOME).filter(valid_on(last), person_id=OuterRef("person_id")))


def _belong_on_duty(_first: date, last: date) -> ScopedQuerySet[Any]:
    """The rows of people before the home rule: everywhere they belong to. So are the functions that follow."""
    return Membership.objects.filter(valid_on(last), ~_exempt(last))


def _belong_exempt(_first: date, last: date) -> ScopedQuerySet[Any]:
    return Membership.objects.filter(valid_on(last), _exempt(last))


def _belong_as_leaders(_first: date, last: date) -> ScopedQuerySet[Any]:
    return Post.objects.filter(valid_on(last), is_key_leader=True)


def _belong_as_officials(_first: date, last: date) -> ScopedQuerySet[Any]:
    return Employment.objects.filter(valid_on(last))


def _belong_as_others(_first: date, last: date) -> ScopedQuerySet[Any]:
    return Employment.objects.filter(valid_on(last)).filter(_is_not_member(last))


_BELONGING = {
    "org.members_on_duty": _belong_on_duty,
    "org.members_exempt": _belong_exempt,
    "org.officials": _belong_as_officials,
    "org.officials_not_members": _belong_as_others,
    "org.key_leaders": _belong_as_leaders,
}

_DECLARED = (
    Recorded("org.cells", Counting.STOCK, _cells, shows="unit"),
    Recorded("org.grassroots", Counting.STOCK, _grassroots, shows="unit"),
    Recorded("org.villages", Counting.STOCK, _villages, shows="unit"),
    Recorded("org.villages_with_cell", Counting.STOCK, _villages_with_cell, shows="unit"),
    Recorded("org.members_on_duty", Counting.DISTINCT, _members_on_duty, shows="person", subject="person_id"),
    Recorded("org.members_exempt", Counting.DISTINCT, _members_exempt, shows="person", subject="person_id"),
    Recorded(
        "org.officials",
        Counting.DISTINCT,
        _officials,
        shows="person",
        subject="person_id",
        members=(("member", _is_member), ("other", _is_not_member)),
        kept=_registers_of_officials,
    ),
    Recorded(
        "org.officials_not_members",
        Counting.DISTINCT,
        _officials_not_members,
        shows="person",
        subject="person_id",
        kept=_registers_of_officials,
    ),
    Recorded(
        "org.key_leaders",
        Counting.DISTINCT,
        _key_leaders,
        shows="person",
        subject="person_id",
        members=(("member", _is_member), ("other", _is_not_member)),
    ),
)

MEASURES = tuple(replace(declared, belonging=_BELONGING.get(declared.code)) for declared in _DECLARED)
