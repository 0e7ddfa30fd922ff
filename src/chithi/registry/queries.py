"""Reading a records office: its letterhead, who may sign, terms and numbers, the register of documents issued."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Post, valid_on
from chithi.org.queries import MOST_ID, UnitCard, cards, in_reach, names, one_unit
from chithi.registry.kinds import DocumentKind, Side
from chithi.registry.models import Issued, Office, Series, Term
from chithi.registry.rules import next_number

PAGE = 50
_LONGEST = 300


@dataclass(frozen=True)
class Letterhead:
    """What a unit has set of its documents; see `chithi.registry.models.Office`. Empty: follows from the tree."""

    side: str = ""
    place: str = ""
    issuer: str = ""
    parent: str = ""
    symbol: str = ""
    signing: str = ""
    body: str = ""
    head: str = ""
    post: str = ""
    signer_post: int | None = None
    signer_name: str = ""
    recipients: str = ""
    basis: str = ""
    spelling: str = ""


SET = tuple(field.name for field in fields(Letterhead))


@dataclass(frozen=True)
class Signer:
    """Somebody who holds a post in the unit and may sign."""

    post_id: int
    title: str
    name: str
    is_head: bool


@dataclass(frozen=True)
class Numbers:
    """How far the numbers of one kind have come in a term or year; `term` None for a year."""

    id: int
    kind: DocumentKind
    term: Term | None
    year: int | None
    first: int
    last: int
    version: int


@dataclass(frozen=True)
class Sought:
    """Which documents of the register: of one unit (or the whole reach), a kind, days, words of the summary."""

    unit_id: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    page: int = 1


def letterhead(viewer: Viewer, unit_id: int, may: Capability = Capability.READ) -> tuple[Letterhead, int]:
    """What a unit has set, and the version of it (0: nothing yet). One query."""
    found = Office.objects.visible_to(viewer.reach(may)).filter(unit_id=unit_id).first()
    if found is None:
        return Letterhead(), 0
    return Letterhead(**{name: getattr(found, name) for name in SET}), found.version


def offices(viewer: Viewer, *, page: int = 1) -> tuple[list[UnitCard], int]:
    """Units in the REPORT reach that have set something, by name, a page at a time; and how many."""
    rows = Office.objects.visible_to(viewer.reach(Capability.REPORT)).order_by("unit_id")
    start = (page - 1) * PAGE
    known = cards(viewer, list(rows.values_list("unit_id", flat=True)[start : start + PAGE]), viewer.today)
    return [known[unit_id] for unit_id in sorted(known)], rows.count()


def unit_of_office(viewer: Viewer, unit_id: int) -> UnitCard:
    """A unit in the REPORT reach of the viewer; `Absent` else."""
    if not 0 < unit_id <= MOST_ID or not viewer_reports(viewer, unit_id):
        raise Absent("org.no_unit", unit=unit_id)
    return one_unit(viewer, unit_id, viewer.today)


def viewer_reports(viewer: Viewer, unit_id: int) -> bool:
    """Whether the unit lies in the REPORT reach. One query."""
    return in_reach(viewer, unit_id, Capability.REPORT)


def signers(viewer: Viewer, unit_id: int, day: date) -> list[Signer]:
    """Who holds a post in the unit on a day, heads first. Two queries."""
    posts = list(
        Post.objects.visible_to(viewer.reach(Capability.READ))
        .filter(valid_on(day), unit_id=unit_id)
        .order_by("-is_head", "since", "pk")[:_LONGEST]
        .values_list("pk", "title", "person_id", "is_head")
    )
    people = names(viewer, [person for _, _, person, _ in posts], Capability.READ)
    return [Signer(pk, title, people[person], head) for pk, title, person, head in posts if person in people]


def terms(viewer: Viewer, unit_id: int, may: Capability = Capability.REPORT) -> list[Term]:
    """Terms of a unit's committee, newest first."""
    return list(Term.objects.visible_to(viewer.reach(may)).filter(unit_id=unit_id).order_by("-since"))


def one_term(viewer: Viewer, term_id: int) -> Term:
    """A term in the REPORT reach."""
    found = Term.objects.visible_to(viewer.reach(Capability.REPORT)).filter(pk=_plausible(term_id)).first()
    if found is None:
        raise Absent("registry.no_document")
    return found


def numbers(viewer: Viewer, unit_id: int) -> list[Numbers]:
    """How far each kind has come, newest term or year first."""
    known = {term.pk: term for term in terms(viewer, unit_id)}
    rows = Series.objects.visible_to(viewer.reach(Capability.REPORT)).filter(unit_id=unit_id)
    listed = [
        Numbers(
            row.pk,
            DocumentKind(row.kind),
            known.get(row.term_id or 0),
            row.year,
            row.first,
            row.last,
            row.version,
        )
        for row in rows
    ]

    def begins(one: Numbers) -> date:
        return one.term.since if one.term else date(one.year or 1, 1, 1)

    return sorted(listed, key=lambda one: (-begins(one).toordinal(), list(DocumentKind).index(one.kind)))


def expected_number(viewer: Viewer, unit_id: int, kind: DocumentKind, side: Side, on: date) -> int:
    """The number a document of this day would get now; 1 where nothing is known yet. Somebody may be quicker."""
    rows = Series.objects.visible_to(viewer.reach(Capability.REPORT)).filter(unit_id=unit_id, kind=kind.value)
    if side is Side.STATE:
        rows = rows.filter(year=on.year)
    else:
        held = Term.objects.visible_to(viewer.reach(Capability.REPORT)).filter(valid_on(on), unit_id=unit_id)
        rows = rows.filter(term_id__in=list(held.values_list("pk", flat=True)))
    found = rows.first()
    return next_number(found.first, found.last) if found else 1


def register(viewer: Viewer, sought: Sought) -> tuple[list[Issued], int]:
    """One page of the register, newest first, without the files; and how many lines there are. Two queries."""
    rows = _sought(viewer, sought)
    start = (sought.page - 1) * PAGE
    return list(rows[start : start + PAGE]), rows.count()


def whole_register(viewer: Viewer, sought: Sought) -> list[Issued]:
    """The register in the order of its numbers, for a file."""
    return list(_sought(viewer, sought).order_by("unit_id", "series_id", "number"))


def _sought(viewer: Viewer, sought: Sought) -> ScopedQuerySet[Issued]:
    asked = Q()
    if sought.unit_id is not None:
        asked &= Q(unit_id=sought.unit_id)
    if sought.kind:
        asked &= Q(kind=sought.kind)
    if sought.since:
        asked &= Q(dated__gte=sought.since)
    if sought.until:
        asked &= Q(dated__lte=sought.until)
    for word in sought.words.split()[:6]:
        asked &= Q(summary__icontains=word) | Q(sign__icontains=word)
    rows = Issued.objects.visible_to(viewer.reach(Capability.REPORT)).filter(asked).defer("file")
    return rows.order_by("-dated", "-pk")


def one_issued(viewer: Viewer, issued_id: int, may: Capability = Capability.REPORT) -> Issued:
    """A document of the register, with its file."""
    found = Issued.objects.visible_to(viewer.reach(may)).filter(pk=_plausible(issued_id)).first()
    if found is None:
        raise Absent("registry.no_document")
    return found


def issued_of(viewer: Viewer, sources: Collection[str]) -> list[Issued]:
    """Documents in force that are, or go with, made reports of these codes; without files."""
    rows = Issued.objects.visible_to(viewer.reach(Capability.READ))
    return list(rows.filter(source__in=list(sources), withdrawn_on__isnull=True).defer("file").order_by("pk"))


def _plausible(row_id: int) -> int:
    return row_id if 0 < row_id <= MOST_ID else 0
