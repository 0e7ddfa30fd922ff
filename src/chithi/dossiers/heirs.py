"""What becomes of a helper section whose unit closes: the heir carries it on where it has none for the same purpose.

The rows of the closed unit end with it, so that figures of the time before stay where they are. Undoing the closing
gives the section back and takes away what the heir carried on, unless that was ended meanwhile.
"""

from __future__ import annotations

from datetime import date

from chithi.db.guard import ScopedQuerySet
from chithi.dossiers.models import Seat, Section
from chithi.dossiers.queries import in_force
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.models import Closing, Post

_WHY = "what belongs to a unit that closes, or opens again, in an act that was allowed"


def heir_takes_over(closed_id: int, heir_id: int, on: date) -> None:
    """Sections in force end with the unit; the heir goes on with those for which it has none of its own."""
    for section in list(_sections().filter(unit_id=closed_id, until__isnull=True)):
        seats = list(_seats().filter(section_id=section.pk, until__isnull=True))
        _end(section, on)
        if not in_force(heir_id, section.directive_id).exists():
            _carry_on(section, seats, heir_id, max(on, section.since))
        mark({closed_id, heir_id}, first=on)


def _carry_on(section: Section, seats: list[Seat], heir_id: int, since: date) -> None:
    """The same section with the heir. Posts end with the unit, so their holders sit there in person."""
    posts = Post.objects.everywhere(because=_WHY).filter(pk__in=[seat.post_id for seat in seats if seat.post_id])
    holders = dict(posts.values_list("pk", "person_id"))
    made = Section.objects.create(
        unit_id=heir_id,
        directive_id=section.directive_id,
        name=section.name,
        decision=section.decision,
        decided_on=section.decided_on,
        since=since,
        carried_from=section,
    )
    seen: set[int] = set()
    for seat in seats:
        person = seat.person_id or holders[seat.post_id or 0]
        if person not in seen:
            Seat.objects.create(unit_id=heir_id, section=made, part=seat.part, person_id=person, since=since)
            seen.add(person)
    record("dossiers.section_passed_on", by=None, unit_id=heir_id, about=made)


def heir_gives_back(heir_id: int, unit_id: int, on: date) -> None:
    """The closing was undone on a day: the unit has its sections again, the heir no longer goes on with them."""
    closings = Closing.objects.everywhere(because=_WHY).filter(unit_id=unit_id, heir_id=heir_id, until=on)
    since = closings.order_by("-pk").values_list("since", flat=True).first()
    if since is None:
        return
    for section in list(_sections().filter(unit_id=unit_id, until=since)):
        carried = _sections().filter(carried_from_id=section.pk, unit_id=heir_id)
        if carried.filter(until__isnull=False).exists():
            continue
        if in_force(unit_id, section.directive_id).exists():
            continue
        for row in carried:
            _end(row, on)
        for seat in _seats().filter(section_id=section.pk, until=since):
            seat.until = None
            seat.save(update_fields=["until"])
        section.until = None
        section.save(update_fields=["until"])
        mark({unit_id, heir_id}, first=since)


def _end(section: Section, on: date) -> None:
    for seat in _seats().filter(section_id=section.pk, until__isnull=True):
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
    section.until = max(on, section.since)
    section.save(update_fields=["until"])


def _sections() -> ScopedQuerySet[Section]:
    return Section.objects.everywhere(because=_WHY)


def _seats() -> ScopedQuerySet[Seat]:
    return Seat.objects.everywhere(because=_WHY)
