"""Writing the lines of a work calendar: one's own, those that ship, those that a unit above offers.

Whoever enters for a unit (`Capability.ENTER`) keeps its calendar. Nothing is ever forced on a unit below: it takes,
leaves aside, takes anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.directives.rules import kept
from chithi.journal.actions import record
from chithi.org.models import Post, valid_on
from chithi.routine import rules
from chithi.routine.kinds import Makes
from chithi.routine.models import Declined, Line
from chithi.routine.queries import SAID, must_read, offered_line, one_line
from chithi.routine.rules import When
from chithi.routine.shipped import BY_CODE
from chithi.tasks.directing import directive_for, named
from chithi.text.vietnamese import clean

_OWN = "lines of a unit found in reach"
_TEXTS = {"title": 300, "content": 1000, "product": 300}


@dataclass(frozen=True)
class Said:
    """What is said of a line; see `chithi.routine.models.Line`."""

    title: str
    when: When
    content: str = ""
    product: str = ""
    makes: Makes = Makes.TASK
    remind: int = 7
    post: int | None = None
    directive: int | None = None
    offers_to: tuple[str, ...] = ()


@transaction.atomic
def add_line(*, by: Viewer, unit_id: int, said: Said, key: UUID | None = None) -> Line:
    """One more line of a unit's calendar. The same key is the same line."""
    must_read(by, unit_id, Capability.ENTER)
    if key is not None and (sent := Line.objects.everywhere(because=_OWN).filter(unit_id=unit_id, key=key).first()):
        return sent
    _room_for(unit_id, 1)
    line = Line(unit_id=unit_id, by_id=by.user_id)
    line.key = key or line.key
    _word(by, line, said)
    line.save()
    return _noted("routine.line_added", by, line)


@transaction.atomic
def change_line(*, by: Viewer, line_id: int, seen_version: int, said: Said) -> Line:
    """Say a line otherwise. What was made of it stays as it was made."""
    line = _seen(by, line_id, seen_version)
    _word(by, line, said)
    line.save()
    return _noted("routine.line_changed", by, line)


@transaction.atomic
def drop_line(*, by: Viewer, line_id: int, seen_version: int) -> Line:
    """Leave a line out from now on; what was made of it stays."""
    line = _seen(by, line_id, seen_version)
    line.dropped_on = by.today
    line.save()
    return _noted("routine.line_dropped", by, line)


@transaction.atomic
def put_line_back(*, by: Viewer, line_id: int, seen_version: int) -> Line:
    """A line that was left out belongs to the calendar again."""
    line = one_line(by, line_id, Capability.ENTER)
    if line.version != seen_version:
        raise Stale("db.stale", kind="line")
    if line.dropped_on is None:
        return line
    _room_for(line.unit_id, 1)
    line.dropped_on = None
    _save_once(line)
    return _noted("routine.line_put_back", by, line)


@transaction.atomic
def begin(*, by: Viewer, unit_id: int, codes: Collection[str], language: str, offering: bool = False) -> int:
    """Begin with shipped lines, in a language; those the unit has already stay as they are. How many were added.

    `offering`: they are offered to those units below for whom they are usual too.
    """
    must_read(by, unit_id, Capability.ENTER)
    rows = Line.objects.everywhere(because=_OWN).filter(unit_id=unit_id, dropped_on__isnull=True)
    there = set(rows.values_list("shipped", flat=True))
    wanted = [BY_CODE[code] for code in BY_CODE if code in set(codes) and code not in there]
    if not wanted and not set(codes) & set(BY_CODE):
        raise Refused("routine.nothing_chosen")
    _room_for(unit_id, len(wanted))
    for one in wanted:
        english = language == "en"
        line = Line(unit_id=unit_id, by_id=by.user_id, shipped=one.code)
        title, product = (one.en, one.product_en) if english else (one.vi, one.product_vi)
        to = one.offers_to if offering else ()
        said = Said(title, one.when, product=product, makes=one.makes, remind=one.remind, offers_to=to)
        _word(by, line, said)
        _save_once(line)
        _noted("routine.line_added", by, line, shipped=one.code)
    return len(wanted)


@transaction.atomic
def take(*, by: Viewer, unit_id: int, line_ids: Collection[int]) -> int:
    """Take lines that units above offer; those taken already stay as they are. How many were added."""
    must_read(by, unit_id, Capability.ENTER)
    if not line_ids:
        raise Refused("routine.nothing_chosen")
    rows = Line.objects.everywhere(because=_OWN).filter(unit_id=unit_id, dropped_on__isnull=True)
    there = set(rows.values_list("origin_id", flat=True))
    wanted = [_offered(by, unit_id, one) for one in dict.fromkeys(line_ids) if one not in there]
    _room_for(unit_id, len(wanted))
    for theirs in wanted:
        line = Line(unit_id=unit_id, by_id=by.user_id, origin=theirs)
        _copy(by, line, theirs)
        _save_once(line)
        _noted("routine.line_taken", by, line, origin=theirs.pk)
    return len(wanted)


@transaction.atomic
def take_anew(*, by: Viewer, line_id: int, seen_version: int) -> Line:
    """Say a line as the one it was taken from says it now."""
    line = _seen(by, line_id, seen_version)
    _copy(by, line, _origin(by, line))
    line.save()
    return _noted("routine.line_taken_anew", by, line)


@transaction.atomic
def keep_own(*, by: Viewer, line_id: int, seen_version: int) -> Line:
    """Leave a line as it is, although the one it was taken from has changed."""
    line = _seen(by, line_id, seen_version)
    theirs = Line.objects.everywhere(because="the line that one in reach was taken from")
    origin = theirs.filter(pk=line.origin_id or 0).first()
    if origin is None:
        raise Refused("routine.no_origin")
    line.origin_version = origin.version
    line.save()
    return _noted("routine.line_kept", by, line)


@transaction.atomic
def decline(*, by: Viewer, unit_id: int, line_ids: Collection[int]) -> int:
    """Do not take lines that are offered; how many. Repeating it changes nothing."""
    must_read(by, unit_id, Capability.ENTER)
    if not line_ids:
        raise Refused("routine.nothing_chosen")
    for one in dict.fromkeys(line_ids):
        theirs = _offered(by, unit_id, one)
        row, made = Declined.objects.everywhere(because=_OWN).get_or_create(unit_id=unit_id, line=theirs)
        if made:
            row.must_lie_inside(by.reach(Capability.ENTER))
            record("routine.line_declined", by=by, unit_id=unit_id, about=row, **by.acting_from(unit_id))
    return len(set(line_ids))


def _offered(by: Viewer, unit_id: int, line_id: int) -> Line:
    found = offered_line(by, unit_id, line_id)
    if found is None:
        raise Absent("routine.not_offered", line=line_id)
    return found


def _origin(by: Viewer, line: Line) -> Line:
    found = offered_line(by, line.unit_id, line.origin_id) if line.origin_id is not None else None
    if found is None:
        raise Refused("routine.no_origin")
    return found


def _copy(by: Viewer, line: Line, theirs: Line) -> None:
    """All that is said of theirs, and the document where the taker may read it; who does it is each unit's own."""
    for name in SAID:
        setattr(line, name, getattr(theirs, name))
    line.origin_version = theirs.version
    if theirs.directive_id is not None and named(by, [theirs.directive_id]):
        line.directive_id = theirs.directive_id


def _seen(by: Viewer, line_id: int, seen_version: int) -> Line:
    line = one_line(by, line_id, Capability.ENTER)
    if line.dropped_on is not None:
        raise Absent("routine.no_line", line=line_id)
    if line.version != seen_version:
        raise Stale("db.stale", kind="line")
    return line


def _room_for(unit_id: int, count: int) -> None:
    rows = Line.objects.everywhere(because=_OWN).filter(unit_id=unit_id, dropped_on__isnull=True)
    if rows.count() + count > rules.MOST_LINES:
        raise Refused("routine.too_many", most=rules.MOST_LINES)


def _word(by: Viewer, line: Line, said: Said) -> None:
    for name, most in _TEXTS.items():
        setattr(line, name, clean(getattr(said, name)).strip()[:most])
    when = said.when
    if problem := rules.why_not_line(line.title, when, said.remind):
        raise problem
    line.rhythm, line.month, line.until_month, line.day = when.rhythm, when.month, when.until_month, when.day
    line.day_off, line.span, line.makes, line.remind = when.day_off, when.span, said.makes, said.remind
    if said.post != line.owner_post_id:
        _must_hold(by, line.unit_id, said.post)
        line.owner_post_id = said.post
    if said.directive != line.directive_id:
        line.directive_id = None if said.directive is None else directive_for(by, said.directive)
    line.offers_to = kept(said.offers_to)


def _must_hold(by: Viewer, unit_id: int, post_id: int | None) -> None:
    posts = Post.objects.everywhere(because="whether a post named belongs to the unit, found in reach")
    if post_id is not None and not posts.filter(valid_on(by.today), pk=post_id, unit_id=unit_id).exists():
        raise Refused("routine.owner_elsewhere", field="post")


def _save_once(line: Line) -> None:
    """Save a line that the unit may have but once."""
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as twice:
        raise Refused("routine.twice") from twice


def _noted(verb: str, by: Viewer, line: Line, **facts: object) -> Line:
    line.must_lie_inside(by.reach(Capability.ENTER))
    record(verb, by=by, unit_id=line.unit_id, about=line, **by.acting_from(line.unit_id), **facts)
    return line
