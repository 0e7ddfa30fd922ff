"""Terms of a committee and the numbers of its documents: set, given, withdrawn.

A number is given under a lock of the unit's register and written in the same transaction as the document that bears it,
so that there is neither a gap nor a double. Whoever reports for a unit does all this (`Capability.REPORT`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.org.queries import MOST_ID, one_unit
from chithi.registry import rules
from chithi.registry.kinds import NAMES, DocumentKind, Side
from chithi.registry.models import Issued, Series, Term
from chithi.text.vietnamese import clean


@dataclass(frozen=True)
class Outgoing:
    """A document about to go out; the number comes with its place in the register.

    `write` is handed the number and gives (number and symbol as printed, the file). `body` is on whose behalf it is
    signed, which decides what may be issued.
    """

    kind: DocumentKind
    on: date
    side: Side
    summary: str
    write: Callable[[int], tuple[str, bytes]]
    body: str = ""
    signed_as: str = ""
    recipients: str = ""
    source: str = ""


def set_term(*, by: Viewer, unit_id: int, name: str, since: date, until: date | None) -> Term:
    """A term of a unit's committee; it overlaps no other."""
    with _register(by, unit_id):
        _must_be_apart(unit_id, since, until)
        term = Term.objects.create(unit_id=unit_id, name=clean(name).strip()[:80], since=since, until=until)
        record("registry.term_set", by=by, unit_id=unit_id, about=term, name=term.name)
        term.must_lie_inside(by.reach(Capability.REPORT))
        return term


def change_term(*, by: Viewer, term_id: int, seen_version: int, name: str, since: date, until: date | None) -> Term:
    """Another name or other days; documents of the term stay inside it."""
    unit_id = _unit_of_term(by, term_id)
    with _register(by, unit_id):
        term = Term.objects.visible_to(by.reach(Capability.REPORT)).get(pk=term_id)
        if term.version != seen_version:
            raise Stale("db.stale", kind="term")
        _must_be_apart(unit_id, since, until, but=term_id)
        series = Series.objects.everywhere(because=_WHY).filter(term_id=term_id)
        outside = Q(dated__lt=since) | (Q(dated__gte=until) if until else Q())
        beyond = Issued.objects.everywhere(because=_WHY).filter(outside, series_id__in=series.values("pk"))
        if found := beyond.order_by("dated").values_list("dated", flat=True).first():
            raise Refused("registry.documents_outside", field="since" if found < since else "until", day=found)
        term.name, term.since, term.until = clean(name).strip()[:80], since, until
        term.save()
        record("registry.term_set", by=by, unit_id=unit_id, about=term, name=term.name)
        term.must_lie_inside(by.reach(Capability.REPORT))
        return term


def set_first_number(*, by: Viewer, unit_id: int, kind: DocumentKind, side: Side, on: date, first: int) -> Series:
    """Where the numbers of a kind begin in the term (or year) of a day: for an office that issued some on paper."""
    with _register(by, unit_id):
        series = _series(unit_id, kind, side, on)
        if problem := rules.why_not_first(first, series.last):
            raise problem
        series.first = first
        series.save()
        record("registry.first_set", by=by, unit_id=unit_id, about=series, kind=NAMES[kind][0], first=first)
        series.must_lie_inside(by.reach(Capability.REPORT))
        return series


def issue(*, by: Viewer, unit_id: int, out: Outgoing) -> Issued:
    """Give a document the next number of its kind and write it into the register, in one transaction."""
    with _register(by, unit_id):
        _must_be_issuable(by, unit_id, out)
        series = _series(unit_id, out.kind, out.side, out.on)
        series.last = rules.next_number(series.first, series.last)
        sign, file = out.write(series.last)
        series.save()
        made = Issued.objects.create(
            unit_id=unit_id,
            series=series,
            kind=out.kind.value,
            number=series.last,
            sign=sign[:60],
            dated=out.on,
            summary=clean(out.summary).strip()[:300],
            signed_as=clean(out.signed_as).strip()[:200],
            recipients=out.recipients,
            source=out.source,
            file=file,
            by_id=by.user_id,
        )
        record("registry.issued", by=by, unit_id=unit_id, about=made, sign=made.sign, code=out.source)
        made.must_lie_inside(by.reach(Capability.REPORT))
        return made


def withdraw(*, by: Viewer, issued_id: int, seen_version: int, on: date, why: str) -> Issued:
    """Take a document back: it stays in the register, its number stays used."""
    reach = by.reach(Capability.REPORT)
    unit_id = (
        Issued.objects.visible_to(reach).filter(pk=_plausible(issued_id)).values_list("unit_id", flat=True).first()
    )
    if unit_id is None:
        raise Absent("registry.no_document")
    with _register(by, unit_id):
        found = Issued.objects.visible_to(reach).get(pk=issued_id)
        if found.version != seen_version:
            raise Stale("db.stale", kind="issued")
        if found.withdrawn_on is not None:
            raise Refused("registry.withdrawn_already", day=found.withdrawn_on)
        if not found.dated <= on <= by.today:
            raise Refused("registry.withdrawn_first", field="on")
        found.withdrawn_on, found.withdrawn_why = on, clean(why).strip()[:200]
        found.save(update_fields=["withdrawn_on", "withdrawn_why"])
        record("registry.withdrawn", by=by, unit_id=unit_id, about=found, sign=found.sign)
        found.must_lie_inside(reach)
        return found


_WHY = "the register of a unit found in reach"


@contextmanager
def _register(by: Viewer, unit_id: int) -> Iterator[None]:
    """The register of a unit in the REPORT reach, in one hand at a time."""
    with only_one(f"registry:{unit_id}"):
        reach = by.reach(Capability.REPORT)
        if not 0 < unit_id <= MOST_ID or not Unit.objects.visible_to(reach).filter(pk=unit_id).exists():
            raise Absent("org.no_unit", unit=unit_id)
        yield


def _series(unit_id: int, kind: DocumentKind, side: Side, on: date) -> Series:
    """The numbers a document of this day belongs to, begun where they are not; call under the register's lock."""
    rows = Series.objects.everywhere(because=_WHY).filter(unit_id=unit_id, kind=kind.value)
    if side is Side.STATE:
        found = rows.filter(year=on.year).first()
        return found or Series(unit_id=unit_id, kind=kind.value, year=on.year)
    days = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    term = Term.objects.everywhere(because=_WHY).filter(days, unit_id=unit_id).first()
    if term is None:
        raise Refused("registry.no_term", field="on", day=on)
    found = rows.filter(term_id=term.pk).first()
    return found or Series(unit_id=unit_id, kind=kind.value, term=term)


def _must_be_issuable(by: Viewer, unit_id: int, out: Outgoing) -> None:
    unit = one_unit(by, unit_id, out.on)
    if out.on > by.today:
        raise Refused("registry.dated_later", field="on")
    if unit.closed_on is not None and out.on >= unit.closed_on:
        raise Refused("registry.unit_closed", field="on", day=unit.closed_on)
    if out.side is Side.PARTY:
        power = rules.power_of(unit.kind, is_cell=unit.is_cell, body=out.body)
        if not power.allows(out.kind):
            raise Refused(
                "registry.may_not_issue", field="kind", name=NAMES[out.kind][0], body=unit.name, basis=power.basis
            )
    if out.source:
        rows = Issued.objects.everywhere(because=_WHY).filter(source=out.source, kind=out.kind.value)
        if known := rows.filter(withdrawn_on__isnull=True).values_list("sign", flat=True).first():
            raise Refused("registry.issued_already", sign=known)


def _must_be_apart(unit_id: int, since: date, until: date | None, but: int = 0) -> None:
    others = Term.objects.everywhere(because=_WHY).filter(unit_id=unit_id).exclude(pk=but)
    if problem := rules.why_not_term(since, until, others.values_list("since", "until")):
        raise problem


def _unit_of_term(by: Viewer, term_id: int) -> int:
    found = Term.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=_plausible(term_id))
    unit_id = found.values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise Absent("registry.no_document")
    return unit_id


def _plausible(row_id: int) -> int:
    return row_id if 0 < row_id <= MOST_ID else 0
