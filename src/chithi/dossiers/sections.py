"""Naming a unit's helper section, who sits in it and who no longer does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives.actions import must_write_for
from chithi.directives.reading import one, plausible
from chithi.dossiers import rules
from chithi.dossiers.kinds import Part
from chithi.dossiers.models import Seat, Section
from chithi.dossiers.queries import in_force
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.models import Membership, Post, valid_on
from chithi.text.vietnamese import clean

_WHY = "the helper sections of a unit found in reach"
_SEATS = "dossiers:seats"
"""Nobody sits down twice, or in a section that is being ended: such acts are rare, so one at a time."""


@dataclass(frozen=True)
class Named:
    """What is said of a section: its name, the decision that named it, from which day it works."""

    name: str
    since: date
    decision: str = ""
    decided_on: date | None = None


@transaction.atomic
def name_section(*, by: Viewer, unit_id: int, said: Named, directive_id: int | None = None) -> Section:
    """A unit's helper section for a directive, or (None) for whatever has none of its own."""
    must_write_for(by, unit_id)
    about = None if directive_id is None else one(by, directive_id)
    if about is not None and about.is_draft:
        raise Absent("directives.no_document")
    said = _checked(by, said)
    if in_force(unit_id, directive_id).exists():
        raise Refused("dossiers.named_already")
    made = Section.objects.create(unit_id=unit_id, directive=about, by_id=by.user_id, **vars(said))
    made.must_lie_inside(by.reach(Capability.ENTER))
    record("dossiers.section_named", by=by, unit_id=unit_id, about=made)
    mark({unit_id}, first=made.since)
    return made


@only_one(_SEATS)
def change_section(*, by: Viewer, section_id: int, seen_version: int, said: Named) -> Section:
    """Say it otherwise; nobody sits in it before it begins."""
    found = section_to_write(by, section_id, seen_version)
    said = _checked(by, said)
    seats = Seat.objects.everywhere(because=_WHY).filter(section_id=found.pk, since__lt=said.since)
    if first := seats.order_by("since").values_list("since", flat=True).first():
        raise Refused("dossiers.seated_before", field="since", day=first)
    earlier = min(found.since, said.since)
    for name, value in vars(said).items():
        setattr(found, name, value)
    found.save()
    record("dossiers.section_changed", by=by, unit_id=found.unit_id, about=found)
    mark({found.unit_id}, first=earlier)
    return found


@only_one(_SEATS)
def end_section(*, by: Viewer, section_id: int, seen_version: int, on: date) -> Section:
    """It works no more from a day on; whoever sits in it does not either."""
    found = section_to_write(by, section_id, seen_version)
    _must_end(on, found.since, by.today)
    for seat in Seat.objects.everywhere(because=_WHY).filter(section_id=found.pk, until__isnull=True):
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
    found.until = on
    found.save(update_fields=["until"])
    record("dossiers.section_ended", by=by, unit_id=found.unit_id, about=found)
    mark({found.unit_id}, first=on)
    return found


@only_one(_SEATS)
def seat(*, by: Viewer, section_id: int, seen_version: int, part: Part, who: str, since: date) -> Seat:
    """Somebody sits in a section: "p12" whoever holds a post, "m34" a member of the unit (as in `owners_in`)."""
    section = section_to_write(by, section_id, seen_version)
    if problem := rules.why_not_since(since, section.since, by.today):
        raise problem
    post_id, person_id = _chosen(by, section.unit_id, who)
    open_seats = Seat.objects.everywhere(because=_WHY).filter(section_id=section.pk, until__isnull=True)
    if open_seats.count() >= rules.MOST_SEATS:
        raise Refused("dossiers.too_many", field="who", most=rules.MOST_SEATS)
    if open_seats.filter(Q(post_id=post_id) if post_id is not None else Q(person_id=person_id)).exists():
        raise Refused("dossiers.sits_already", field="who")
    if part is Part.HEAD and open_seats.filter(part=Part.HEAD).exists():
        raise Refused("dossiers.head_already", field="part")
    made = Seat.objects.create(
        unit_id=section.unit_id, section=section, part=part.value, post_id=post_id, person_id=person_id, since=since
    )
    made.must_lie_inside(by.reach(Capability.ENTER))
    record("dossiers.seated", by=by, unit_id=section.unit_id, about=section)
    return made


@transaction.atomic
def unseat(*, by: Viewer, seat_id: int, seen_version: int, on: date) -> Seat:
    """Somebody sits there no more from a day on."""
    rows = Seat.objects.visible_to(by.reach(Capability.ENTER))
    found = rows.filter(pk=plausible(seat_id), until__isnull=True).first()
    if found is None:
        raise Absent("dossiers.no_seat")
    if found.version != seen_version:
        raise Stale("db.stale", kind="seat")
    _must_end(on, found.since, by.today)
    found.until = on
    found.save(update_fields=["until"])
    record("dossiers.unseated", by=by, unit_id=found.unit_id, about=found)
    return found


def section_to_write(by: Viewer, section_id: int, seen_version: int | None = None) -> Section:
    """A section in force of a unit that the viewer writes for; `Absent` else."""
    rows = Section.objects.visible_to(by.reach(Capability.ENTER))
    found = rows.filter(pk=plausible(section_id), until__isnull=True).first()
    if found is None:
        raise Absent("dossiers.no_section")
    if seen_version is not None and found.version != seen_version:
        raise Stale("db.stale", kind="section")
    return found


def _checked(by: Viewer, said: Named) -> Named:
    name = clean(said.name).strip()[:200]
    if not name:
        raise Refused("dossiers.no_name", field="name")
    if problem := rules.why_not_since(said.since, None, by.today):
        raise problem
    if said.decided_on is not None and said.decided_on > by.today:
        raise Refused("dossiers.decided_later", field="decided_on")
    return Named(name, said.since, clean(said.decision).strip()[:60], said.decided_on)


def _must_end(on: date, since: date, today: date) -> None:
    if not since <= on <= today:
        raise Refused("dossiers.ends_outside", field="on", day=since)


def _chosen(by: Viewer, unit_id: int, who: str) -> tuple[int | None, int | None]:
    """The ids of a post held in the unit today, or of a member of it whose records the viewer may open."""
    number = int(who[1:]) if who[1:].isdecimal() and len(who) < 20 else 0
    posts = Post.objects.visible_to(by.reach(Capability.READ)).filter(valid_on(by.today), unit_id=unit_id)
    members = Membership.objects.visible_to(by.reach(Capability.RECORDS)).filter(valid_on(by.today), unit_id=unit_id)
    if who[:1] == "p" and posts.filter(pk=plausible(number)).exists():
        return number, None
    if who[:1] == "m" and members.filter(person_id=plausible(number)).exists():
        return None, number
    raise Absent("dossiers.nobody_there", field="who")
