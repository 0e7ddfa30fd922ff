"""Reading entries of a file, ticks and helper sections. The caller has found the directive readable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives.reading import plausible
from chithi.dossiers.kinds import Part
from chithi.dossiers.models import Entry, Seat, Section, Tick
from chithi.org.models import Post, valid_on
from chithi.org.queries import names
from chithi.tasks.directing import named

PAGE = 50
_WHY = "what belongs to the file of a unit, or to a helper section, found in reach"
_ORDER = {Part.HEAD.value: 0, Part.DEPUTY.value: 1, Part.MEMBER.value: 2}


@dataclass(frozen=True)
class Sitting:
    """A seat as it is shown: who sits there as far as the reader may know; `title` of the post, where it is one's.

    `vacant`: the post it is of has ended.
    """

    seat: Seat
    name: str
    title: str = ""
    vacant: bool = False


def entries_of(directive_id: int) -> list[Entry]:
    """What belongs into the files on a directive, in order. One query."""
    rows = Entry.objects.everywhere(because="whoever may read a directive sees what it asks into files")
    return list(rows.filter(directive_id=directive_id, ended_on__isnull=True).order_by("place", "pk"))


def has_files(directive_id: int) -> bool:
    """Whether files are kept on a directive. One query."""
    rows = Entry.objects.everywhere(because="whoever may read a directive sees what it asks into files")
    return rows.filter(directive_id=directive_id, ended_on__isnull=True).exists()


def one_entry(entry_id: int) -> Entry:
    """An entry that units are asked for now; `Absent` else. The caller looks whether its directive may be read."""
    rows = Entry.objects.everywhere(because="its directive is asked for before anything is given")
    found = rows.filter(pk=plausible(entry_id), ended_on__isnull=True).first()
    if found is None:
        raise Absent("dossiers.no_entry")
    return found


def ticks_of(unit_ids: Collection[int], entry_ids: Collection[int]) -> list[Tick]:
    """What units, found in reach, said about entries. One query."""
    rows = Tick.objects.everywhere(because=_WHY).filter(unit_id__in=list(unit_ids), entry_id__in=list(entry_ids))
    return list(rows.order_by("pk"))


def one_section(viewer: Viewer, section_id: int) -> Section:
    """A helper section of a unit in the READ reach; `Absent` else."""
    rows = Section.objects.visible_to(viewer.reach(Capability.READ))
    found = rows.filter(pk=plausible(section_id)).first()
    if found is None:
        raise Absent("dossiers.no_section")
    return found


def sections_in(viewer: Viewer, unit_id: int | None = None, *, page: int = 1) -> tuple[list[Section], int]:
    """One page of the sections of units in reach, or of one unit found there: in force first, then the newest."""
    rows = Section.objects.visible_to(viewer.reach(Capability.READ))
    rows = rows if unit_id is None else rows.filter(unit_id=unit_id)
    start = (page - 1) * PAGE
    return list(rows.order_by(F("until").desc(nulls_first=True), "-since", "pk")[start : start + PAGE]), rows.count()


def documents_of(viewer: Viewer, sections: Collection[Section]) -> dict[int, str]:
    """What the documents that these sections are for are called, as far as they may be read."""
    wanted = {row.directive_id for row in sections if row.directive_id}
    return named(viewer, wanted) if wanted else {}


def one_seat(viewer: Viewer, seat_id: int) -> Seat:
    """A seat that has not ended, of a unit that the viewer writes for; `Absent` else."""
    rows = Seat.objects.visible_to(viewer.reach(Capability.ENTER))
    found = rows.filter(pk=plausible(seat_id), until__isnull=True).first()
    if found is None:
        raise Absent("dossiers.no_seat")
    return found


def section_for(unit_ids: Collection[int], directive_id: int, day: date) -> dict[int, Section]:
    """The section that serves a directive in each of these units: its own, else the standing one. One query."""
    meant = Q(directive_id=directive_id) | Q(directive_id__isnull=True)
    rows = Section.objects.everywhere(because=_WHY).filter(meant, valid_on(day), unit_id__in=list(unit_ids))
    found: dict[int, Section] = {}
    for row in rows.order_by("pk"):
        if row.directive_id is not None or row.unit_id not in found:
            found[row.unit_id] = row
    return found


def seats_of(viewer: Viewer, section_id: int) -> list[Sitting]:
    """Who sits, and sat, in a section found in reach: now first, then by part. Three queries.

    Names are given to whoever may see the person; the title of a post to whoever sees the section.
    """
    seats = list(Seat.objects.everywhere(because=_WHY).filter(section_id=section_id).order_by("since", "pk"))
    posts = {
        post.pk: post
        for post in Post.objects.everywhere(because=_WHY).filter(pk__in={s.post_id for s in seats if s.post_id})
    }
    people = {seat.person_id for seat in seats if seat.person_id} | {post.person_id for post in posts.values()}
    known = names(viewer, people, Capability.READ)
    found = []
    for seat in seats:
        post = posts.get(seat.post_id or 0)
        if post is None:
            found.append(Sitting(seat, known.get(seat.person_id or 0, "")))
        else:
            ended = seat.until is None and post.until is not None and post.until <= viewer.today
            found.append(Sitting(seat, known.get(post.person_id, ""), post.title, ended))
    return sorted(found, key=lambda one: (one.seat.until is not None, _ORDER[one.seat.part], one.seat.since))


def in_force(unit_id: int, directive_id: int | None) -> ScopedQuerySet[Section]:
    """The section of a unit, found in reach, that has not ended: for a directive, or the standing one (None)."""
    meant = Q(directive_id__isnull=True) if directive_id is None else Q(directive_id=directive_id)
    return Section.objects.everywhere(because=_WHY).filter(meant, unit_id=unit_id, until__isnull=True)
