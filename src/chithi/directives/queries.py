"""Reading documents of a directive: lists, one with its links and files, what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from chithi.core.errors import Absent, Refused
from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives import rules
from chithi.directives.kinds import LinkKind, Whose
from chithi.directives.models import Attachment, Directive, DirectiveLink, Recipient
from chithi.directives.reading import all_readable, one, plausible, readable, signed
from chithi.directives.rules import Days, Force
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.org.models import Unit, UnitState
from chithi.org.places import reach_tree
from chithi.registry.kinds import NAMES, DocumentKind
from chithi.text.vietnamese import clean

PAGE = 50
_ADDRESS = re.compile(r"/chi-dao/([0-9]{1,18})/")
_WHY = "what belongs to documents found readable"


@dataclass(frozen=True)
class Card:
    """A document as it is listed. `issuer` is who issued it, as named on its date; `own` whether it is of `unit_id`."""

    id: int
    version: int
    unit_id: int
    kind: str
    sign: str
    dated: date | None
    issuer: str
    summary: str
    due_on: date | None
    force: Force

    @property
    def is_draft(self) -> bool:
        return self.force is Force.DRAFT


@dataclass(frozen=True)
class Filter:
    """Which documents a list shows: a kind, a year, those in force, whose seen from `unit_id`."""

    kind: str = ""
    year: int | None = None
    in_force: bool = False
    whose: str = ""
    unit_id: int = 0


@dataclass(frozen=True)
class Tie:
    """A link between a document and another that may be read; `outward`: this one says it of the other."""

    id: int
    version: int
    kind: LinkKind
    outward: bool
    other: Card


@dataclass(frozen=True)
class File:
    """A file of a document; `size` in bytes."""

    id: int
    version: int
    name: str
    kind: FileKind
    size: int


def listed(viewer: Viewer, wanted: Filter, *, page: int = 1) -> tuple[list[Card], int]:
    """One page of documents, drafts first, then the newest; and how many there are. Five queries."""
    rows = narrowed(viewer, wanted)
    start = (page - 1) * PAGE
    shown = rows.order_by("-is_draft", "-dated", "-pk")[start : start + PAGE]
    return cards_of(viewer, list(shown.defer("abstract"))), rows.count()


def in_sight(viewer: Viewer, directive_ids: Collection[int]) -> set[int]:
    """Those of these documents that may be read. A few queries, none for nothing."""
    return set(readable(viewer).filter(pk__in=directive_ids).values_list("pk", flat=True)) if directive_ids else set()


def part_of(viewer: Viewer, wanted: Filter, *, page: int, size: int) -> tuple[list[Card], bool]:
    """As `listed`, so many at once; and whether more follow. Five queries, none of which counts."""
    rows = narrowed(viewer, wanted).order_by("-is_draft", "-dated", "-pk").defer("abstract")
    found = list(rows[(page - 1) * size : page * size + 1])
    return cards_of(viewer, found[:size]), len(found) > size


def narrowed(viewer: Viewer, wanted: Filter) -> ScopedQuerySet[Directive]:
    """The readable documents that a filter leaves."""
    rows = all_readable(viewer)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year is not None:
        rows = rows.filter(dated__gte=date(wanted.year, 1, 1), dated__lte=date(wanted.year, 12, 31))
    if wanted.in_force:
        rows = rows.filter(holds_on(viewer.today))
    if wanted.whose and wanted.unit_id:
        rows = rows.filter(_whose(viewer, wanted))
    return rows


def holds_on(day: date) -> Q:
    """The condition that a document is in force on a day: what `rules.force_of` says, for the database."""
    newer = Directive.objects.everywhere(because=_WHY).filter(pk=OuterRef("source_id"), is_draft=False, dated__lte=day)
    replaced = DirectiveLink.objects.everywhere(because=_WHY).filter(
        Exists(newer), target_id=OuterRef("pk"), kind=LinkKind.REPLACES.value
    )
    begun = Q(valid_from__isnull=True, dated__lte=day) | Q(valid_from__lte=day)
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    return Q(is_draft=False) & begun & not_over & kept & ~Q(Exists(replaced))


def _whose(viewer: Viewer, wanted: Filter) -> Q:
    """The unit's own, those below it, or whatever came to it from elsewhere."""
    if wanted.whose == Whose.OWN:
        return Q(unit_id=wanted.unit_id)
    below = reach_tree(viewer.today).reach_of([wanted.unit_id])
    inside = Directive.reach_condition(below)
    return ~inside if wanted.whose == Whose.ABOVE else inside & ~Q(unit_id=wanted.unit_id)


def cards_of(viewer: Viewer, rows: Collection[Directive]) -> list[Card]:
    """Documents as cards, in the order given. Three queries."""
    replaced = replaced_on(row.pk for row in rows)
    names = issuers(rows)
    return [
        Card(
            row.pk,
            row.version,
            row.unit_id,
            row.kind,
            row.sign,
            row.dated,
            names[row.pk],
            row.summary,
            row.due_on,
            rules.force_of(days_of(row, replaced.get(row.pk)), viewer.today),
        )
        for row in rows
    ]


def days_of(row: Directive, replaced: date | None) -> Days:
    """What decides whether a document holds; `replaced` is the date of one that replaces it (`replaced_on`)."""
    return Days(row.is_draft, row.dated, row.valid_from, row.valid_until, row.withdrawn_on, replaced)


def replaced_on(directive_ids: Iterable[int]) -> dict[int, date]:
    """The date of the first document that replaces each of these, where one went out. Two queries."""
    rows = DirectiveLink.objects.everywhere(because=_WHY).filter(
        target_id__in=list(directive_ids), kind=LinkKind.REPLACES.value
    )
    pairs = list(rows.values_list("source_id", "target_id"))
    newer = Directive.objects.everywhere(because=_WHY).filter(pk__in=[s for s, _ in pairs], is_draft=False)
    dates = dict(newer.values_list("pk", "dated"))
    found: dict[int, date] = {}
    for source, target in pairs:
        day = dates.get(source)
        if day is not None:
            found[target] = min(day, found.get(target, day))
    return found


def issuers(rows: Collection[Directive]) -> dict[int, str]:
    """Who issued each document: a unit, by its name on the date, or the body outside as written. One query."""
    states = UnitState.objects.everywhere(because="a document that may be read names its issuer")
    wanted = {row.unit_id for row in rows if not row.issuer}
    named: dict[int, list[tuple[date, str]]] = {}
    for unit, since, name in (
        states.filter(unit_id__in=wanted).order_by("-since").values_list("unit_id", "since", "short_name")
    ):
        named.setdefault(unit, []).append((since, name))
    return {row.pk: row.issuer or _name_on(named.get(row.unit_id, []), row.dated) for row in rows}


def _name_on(states: list[tuple[date, str]], day: date | None) -> str:
    """The name borne on a day; the newest where no day is known, the oldest where the unit came later."""
    fitting = [name for since, name in states if day is None or since <= day]
    return fitting[0] if fitting else states[-1][1] if states else ""


def ties(viewer: Viewer, directive_id: int) -> list[Tie]:
    """Links of a document found readable, both ways, with those others that may be read. Six queries.

    Of what follows it only so many are given as a page holds: the cascade tells of all.
    """
    rows = DirectiveLink.objects.everywhere(because=_WHY)
    outward = list(rows.filter(source_id=directive_id).order_by("pk")[:PAGE])
    carried = [LinkKind.IMPLEMENTS.value, LinkKind.LOCALISES.value]
    inward = list(rows.filter(target_id=directive_id).exclude(kind__in=carried).order_by("pk")[:PAGE])
    wanted = {row.target_id for row in outward} | {row.source_id for row in inward}
    known = {card.id: card for card in cards_of(viewer, list(readable(viewer).filter(pk__in=wanted)))}
    return [
        Tie(row.pk, row.version, LinkKind(row.kind), there, known[other])
        for there, found in ((True, outward), (False, inward))
        for row in found
        if (other := row.target_id if there else row.source_id) in known
    ]


def following(viewer: Viewer, directive_id: int, *, page: int = 1) -> tuple[list[Card], int]:
    """Documents that carry one out directly and may be read, newest first; and how many there are."""
    carried = [LinkKind.IMPLEMENTS.value, LinkKind.LOCALISES.value]
    links = DirectiveLink.objects.everywhere(because=_WHY).filter(target_id=directive_id, kind__in=carried)
    rows = readable(viewer).filter(pk__in=links.values("source_id"))
    start = (page - 1) * PAGE
    shown = rows.order_by("-is_draft", "-dated", "-pk")[start : start + PAGE]
    return cards_of(viewer, list(shown.defer("abstract"))), rows.count()


def files(directive_id: int) -> list[File]:
    """Files of a document found readable, in the order they were attached."""
    rows = Attachment.objects.everywhere(because=_WHY).filter(directive_id=directive_id).order_by("pk")
    return [File(row.pk, row.version, row.name, FileKind(row.kind), row.size) for row in rows]


def file_of(viewer: Viewer, attachment_id: int) -> tuple[File, bytes]:
    """A file with what it holds, where its document may be read; `Absent` else."""
    rows = Attachment.objects.everywhere(because="its document is asked for before anything is given")
    row = rows.filter(pk=plausible(attachment_id)).first()
    if row is None or not readable(viewer).filter(pk=row.directive_id).exists():
        raise Absent("directives.no_file")
    data = bytes(Content.objects.values_list("data", flat=True).get(pk=row.content_id))
    return File(row.pk, row.version, row.name, FileKind(row.kind), row.size), data


def recipients(directive_id: int) -> list[int]:
    """Units a readable document is addressed to; empty where it goes to all below."""
    rows = Recipient.objects.everywhere(because=_WHY).filter(directive_id=directive_id)
    return list(rows.order_by("unit_id").values_list("unit_id", flat=True))


def card(viewer: Viewer, directive_id: int) -> tuple[Directive, Card]:
    """One readable document and its card; `Absent` else."""
    found = one(viewer, directive_id)
    return found, cards_of(viewer, [found])[0]


def about_carrying_out(above: Card) -> str:
    """What a plan is about that carries a document out; Vietnamese in either language, as documents are."""
    said = above.summary
    said = f" về {said[3:]}" if said.startswith("Về ") else f": {said}"
    return f"Thực hiện {NAMES[DocumentKind(above.kind)][0]} số {above.sign}{said}"


def meant(viewer: Viewer, typed: str) -> int:
    """The readable document that somebody names: by the address of its page, or by its number and symbol.

    Refused about the field `target`: none is called so, or several.
    """
    found = _ADDRESS.search(typed)
    if found:
        return int(found.group(1))
    rows = readable(viewer).filter(signed(clean(typed).strip()[:60]), is_draft=False)
    ids = list(rows.order_by("-dated", "-pk").values_list("pk", flat=True)[:2])
    if not ids:
        raise Absent("directives.no_document", field="target")
    if len(ids) > 1:
        raise Refused("directives.several", field="target")
    return ids[0]


def units_coded(viewer: Viewer, codes: Collection[str]) -> dict[str, int]:
    """Units in the READ reach by code, as typed, letters of any case. One query."""
    wanted = {code.strip().lower(): code for code in codes}
    rows = Unit.objects.visible_to(viewer.reach(Capability.READ)).annotate(lower=Lower("code"))
    return {wanted[low]: pk for pk, low in rows.filter(lower__in=list(wanted)).values_list("pk", "lower")}


def in_force_of(viewer: Viewer, unit_ids: Collection[int], most: int) -> tuple[list[Card], int]:
    """Documents of units that went out and were not withdrawn, the newest first, and how many there are."""
    rows = readable(viewer).filter(unit_id__in=among(unit_ids), is_draft=False, withdrawn_on__isnull=True)
    newest = rows.order_by("-dated", "-pk").defer("abstract")[:most]
    return cards_of(viewer, list(newest)), rows.count()


def may_write(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer writes for this unit."""
    reach = viewer.reach(Capability.ENTER)
    at = None if reach.is_empty else reach_tree(viewer.today).find(unit_id)
    return at is not None and reach.covers(at)


def may_issue(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer may give a number of the unit's register."""
    reach = viewer.reach(Capability.REPORT)
    at = None if reach.is_empty else reach_tree(viewer.today).find(unit_id)
    return at is not None and reach.covers(at)


def is_issued(viewer: Viewer, issued_id: int) -> bool:
    """Whether a document that may be read stands in a register under this line."""
    return readable(viewer).filter(issued_id=plausible(issued_id)).exists()


def of_issued(viewer: Viewer, issued_id: int) -> int:
    """The document that stands in a register under this line; `Absent` where none is, or may be read."""
    found = readable(viewer).filter(issued_id=plausible(issued_id)).values_list("pk", flat=True).first()
    if found is None:
        raise Absent("directives.no_document")
    return found
