"""Taking back an end in the register of people: a membership, exemption, post or employment goes on."""

from __future__ import annotations

from typing import Any

from chithi.core.errors import Refused, Stale
from chithi.db.viewer import Viewer
from chithi.org.models import Employment, Exemption, Membership, Person, Post, valid_on
from chithi.org.people_ground import Dated, act, may_begin, note, seen, unit_within

_WHY = "the rows of a person already found in reach, wherever they are"
_KINDS: dict[str, tuple[type[Any], tuple[str, ...], bool]] = {
    "membership": (Membership, ("person_id", "unit_id"), True),
    "exemption": (Exemption, ("person_id", "unit_id"), True),
    "post": (Post, ("person_id", "unit_id", "title"), False),
    "employment": (Employment, ("person_id", "unit_id"), False),
}
"""Of each kind: its rows, what no two of them may share on one day, whether the unit must be a cell."""


def go_on(*, by: Viewer, what: str, row_id: int, seen_version: int) -> None:
    """A row that was ended holds on as if it had not been; `Stale` where it was changed since.

    It is asked what a row that begins on that day is asked: the unit is still open, nothing of the kind stands there
    from then on, whoever is exempt is a member.
    """
    model, alike, is_cell = _KINDS[what]
    with act():
        row = seen(model, by, row_id, seen_version)
        if row.until is None:
            raise Stale("db.stale")
        on = row.until
        unit_within(by, row.unit_id, max(on, by.today), cell=is_cell)
        _may_go_on(row)
        may_begin(model, by, on, None, but=row.pk, **{name: getattr(row, name) for name in alike})
        row.until = None
        row.save(update_fields=["until"])
        note("org.ending_taken_back", by, row, on)


def _may_go_on(row: Dated) -> None:
    gone = Person.objects.everywhere(because=_WHY).filter(pk=row.person_id).values_list("forgotten_on", flat=True)[0]
    if gone is not None:
        raise Refused("org.person_forgotten", day=gone)
    if isinstance(row, Exemption) and row.until is not None:
        own = Membership.objects.everywhere(because=_WHY).filter(valid_on(row.until), person_id=row.person_id)
        if not own.filter(unit_id=row.unit_id).exists():
            raise Refused("org.not_a_member_then", field="since", day=row.until)
