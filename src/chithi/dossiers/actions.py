"""What belongs into the files on a directive, said by whoever issued it; what units say is in theirs."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Max

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives.actions import must_write_for
from chithi.directives.cascade import Cascade
from chithi.directives.models import Directive
from chithi.directives.reading import one, one_to_write, plausible
from chithi.dossiers import rules
from chithi.dossiers.kinds import Known
from chithi.dossiers.models import Entry, Tick
from chithi.dossiers.queries import entries_of, one_entry
from chithi.journal.actions import record
from chithi.text.vietnamese import clean

_WHY = "entries of a directive, and what units said about them, found in reach"


def begin(*, by: Viewer, directive_id: int) -> list[Entry]:
    """Files are kept on a directive from now on, with the usual entries; whoever issued it changes them."""
    with only_one("dossiers:entries"):
        directive = _leading(by, directive_id)
        if entries_of(directive.pk):
            raise Refused("dossiers.begun_already")
        made = [
            Entry.objects.create(
                unit_id=directive.unit_id, directive=directive, known=known.value, title=title, place=at
            )
            for at, (known, title) in enumerate(rules.USUAL, 1)
        ]
        record("dossiers.begun", by=by, unit_id=directive.unit_id, about=directive)
        return made


def add_entry(*, by: Viewer, directive_id: int, title: str, known: Known) -> Entry:
    """One more entry, at the end."""
    with only_one("dossiers:entries"):
        directive = _leading(by, directive_id)
        title = _titled(directive.pk, title)
        last = Entry.objects.everywhere(because=_WHY).filter(directive_id=directive.pk).aggregate(n=Max("place"))["n"]
        made = Entry.objects.create(
            unit_id=directive.unit_id, directive=directive, known=known.value, title=title, place=(last or 0) + 1
        )
        made.must_lie_inside(by.reach(Capability.ENTER))
        record("dossiers.entry_added", by=by, unit_id=directive.unit_id, about=directive)
        return made


def change_entry(*, by: Viewer, entry_id: int, seen_version: int, title: str) -> Entry:
    """Call it otherwise. By what it is known stays: another way of knowing is another entry."""
    with only_one("dossiers:entries"):
        found = _seen(by, entry_id, seen_version)
        found.title = _titled(found.directive_id, title, beside=found.pk)
        found.save(update_fields=["title"])
        record("dossiers.entry_changed", by=by, unit_id=found.unit_id, about=found)
        return found


def put_first(*, by: Viewer, entry_id: int, seen_version: int) -> Entry:
    """Move an entry to the head of the list; the others keep their order."""
    with only_one("dossiers:entries"):
        found = _seen(by, entry_id, seen_version)
        others = Entry.objects.everywhere(because=_WHY).filter(directive_id=found.directive_id).exclude(pk=found.pk)
        others.update(place=F("place") + 1)
        found.place = 0
        found.save(update_fields=["place"])
        record("dossiers.entry_changed", by=by, unit_id=found.unit_id, about=found)
        return found


def end_entry(*, by: Viewer, entry_id: int, seen_version: int) -> Entry:
    """Units are asked for it no more; what they said about it is kept."""
    with only_one("dossiers:entries"):
        found = _seen(by, entry_id, seen_version)
        found.ended_on = by.today
        found.save(update_fields=["ended_on"])
        record("dossiers.entry_ended", by=by, unit_id=found.unit_id, about=found)
        return found


@transaction.atomic
def tick(
    *,
    by: Viewer,
    entry_id: int,
    unit_id: int,
    done_on: date,
    note: str = "",
    document_id: int | None = None,
    seen_version: int = 0,
) -> Tick:
    """A unit says that an entry known by hand is in its file. Said before, it is said otherwise (`seen_version`)."""
    must_write_for(by, unit_id)
    entry = one_entry(entry_id)
    directive = one(by, entry.directive_id)
    if entry.known != Known.BY_HAND:
        raise Refused("dossiers.known_anyway")
    if not Cascade(by, directive, unit_id).asks(unit_id):
        raise Absent("dossiers.not_asked")
    if problem := rules.why_not_done(done_on, directive.dated or done_on, by.today):
        raise problem
    found = Tick.objects.everywhere(because=_WHY).filter(entry_id=entry.pk, unit_id=unit_id).first()
    if (found.version if found else 0) != seen_version:
        raise Stale("db.stale", kind="tick")
    found = found or Tick(entry=entry, unit_id=unit_id)
    found.done_on, found.note, found.by_id = done_on, clean(note).strip()[: rules.LONGEST_NOTE], by.user_id
    found.document_id = None if document_id is None else one(by, document_id).pk
    if not found.note and found.document_id is None:
        raise Refused("dossiers.no_evidence", field="note")
    found.save()
    found.must_lie_inside(by.reach(Capability.ENTER))
    record("dossiers.ticked", by=by, unit_id=unit_id, about=found)
    return found


@transaction.atomic
def untick(*, by: Viewer, tick_id: int, seen_version: int) -> tuple[int, int]:
    """A unit takes back that an entry is in its file; the ids of the directive and of the unit."""
    rows = Tick.objects.visible_to(by.reach(Capability.ENTER))
    found = rows.filter(pk=plausible(tick_id)).first()
    if found is None:
        raise Absent("dossiers.no_entry")
    if found.version != seen_version:
        raise Stale("db.stale", kind="tick")
    record("dossiers.unticked", by=by, unit_id=found.unit_id, about=found)
    rows.filter(pk=found.pk).delete()
    entries = Entry.objects.everywhere(because=_WHY).filter(pk=found.entry_id)
    return entries.values_list("directive_id", flat=True)[0], found.unit_id


def _leading(by: Viewer, directive_id: int) -> Directive:
    """A document that is out, asks units for their own, and that the viewer writes for."""
    found = one_to_write(by, directive_id)
    if found.is_draft:
        raise Refused("directives.still_draft")
    if not found.expects:
        raise Refused("dossiers.asks_nobody")
    return found


def _titled(directive_id: int, title: str, beside: int = 0) -> str:
    said = clean(title).strip()[: rules.LONGEST_TITLE]
    if problem := rules.why_not_entry(said, [e.title for e in entries_of(directive_id) if e.pk != beside]):
        raise problem
    return said


def _seen(by: Viewer, entry_id: int, seen_version: int) -> Entry:
    rows = Entry.objects.visible_to(by.reach(Capability.ENTER))
    found = rows.filter(pk=plausible(entry_id), ended_on__isnull=True).first()
    if found is None:
        raise Absent("dossiers.no_entry")
    if found.version != seen_version:
        raise Stale("db.stale", kind="entry")
    return found
