"""Writing a document, letting it go out, changing and withdrawing it.

Whoever writes for a unit (`Capability.ENTER`) keeps its drafts and enters documents that bear a number already. A
number out of the unit's own register is given by whoever reports for it (`Capability.REPORT`, `chithi.registry`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives import rules
from chithi.directives.descending import LINKS, keep_words, place_below
from chithi.directives.kinds import LEADING
from chithi.directives.models import Attachment, Descent, Directive, DirectiveLink, Recipient, SoughtWords
from chithi.directives.onward import is_thrown_away, went_out
from chithi.directives.reading import one_to_write, plausible, signed
from chithi.directives.rules import Written
from chithi.files.actions import forget_unused
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.org.queries import one_unit
from chithi.registry import actions as registry
from chithi.registry.kinds import NAMES, DocumentKind, Side
from chithi.registry.models import Issued
from chithi.registry.rules import power_of, side_of
from chithi.text.vietnamese import clean

_WHY = "what belongs to a document found in reach"
_TEXTS = {"sign": 60, "issuer": 160, "summary": 300, "abstract": rules.LONGEST_ABSTRACT}
_SAID = ("kind", "sign", "dated", "issuer", "summary", "abstract", "valid_from", "valid_until", "due_on")
_STAYS = ("kind", "sign", "dated", "issuer", "summary")
"""What of a document of the own register no longer changes: it stands there as it went out."""


@dataclass(frozen=True)
class Seal:
    """How a unit numbers and signs: side, on whose behalf, what the register notes, the sign for a number."""

    side: Side
    body: str
    signed_as: str
    sign: Callable[[int], str]


@transaction.atomic
def draft(*, by: Viewer, unit_id: int, written: Written, key: UUID | None = None) -> Directive:
    """A document that has not gone out, seen by those who write for the unit. The same key is the same document."""
    if (sent := sent_before(by, key)) is not None:
        return sent
    must_write_for(by, unit_id)
    made = Directive(unit_id=unit_id, by_id=by.user_id)
    if key is not None:
        made.key = key
    _put(by, made, written)
    made.save()
    _address(by, made, written.recipients)
    made.must_lie_inside(by.reach(Capability.ENTER))
    record("directives.drafted", by=by, unit_id=unit_id, about=made)
    return made


def sent_before(by: Viewer, key: UUID | None) -> Directive | None:
    """What was sent with a key already, None where nothing was; `Absent` where the doer does not write for its unit."""
    if key is None:
        return None
    sent = Directive.objects.everywhere(because="whether this very form was sent before").filter(key=key).first()
    return None if sent is None else one_to_write(by, sent.pk)


@transaction.atomic
def enter(*, by: Viewer, unit_id: int, written: Written, key: UUID | None = None) -> Directive:
    """A document that bears its number already: of the unit itself, or brought from above or from outside."""
    if (sent := sent_before(by, key)) is not None:
        return sent
    made = draft(by=by, unit_id=unit_id, written=written, key=key)
    return _go_out(by, made)


@transaction.atomic
def change(*, by: Viewer, directive_id: int, seen_version: int, written: Written) -> Directive:
    """Write it otherwise. What stands in the own register keeps its number, date, kind and summary."""
    found = _seen(by, directive_id, seen_version)
    if found.withdrawn_on is not None:
        raise Refused("directives.withdrawn_already", day=found.withdrawn_on)
    if found.issued_id is not None:
        written = replace(written, **{name: getattr(found, name) for name in _STAYS})
    _put(by, found, written)
    if not found.is_draft:
        _must_be_out(by, found)
    found.save()
    _address(by, found, written.recipients)
    found.must_lie_inside(by.reach(Capability.ENTER))
    if not found.is_draft:
        keep_words(found)
        place_below(found.pk)
    record("directives.changed", by=by, unit_id=found.unit_id, about=found)
    return found


@transaction.atomic
def put_out(*, by: Viewer, directive_id: int, seen_version: int, sign: str, dated: date | None) -> Directive:
    """Let a draft go out under the number and date that stand on its paper."""
    found = _seen(by, directive_id, seen_version)
    _must_be_draft(found)
    found.sign, found.dated = clean(sign).strip()[: _TEXTS["sign"]], dated
    return _go_out(by, found)


@transaction.atomic
def issue(*, by: Viewer, directive_id: int, seen_version: int, on: date, seal: Seal) -> Directive:
    """Let a draft go out with the next number of the unit's own register.

    The register keeps its Word file where one is attached, else none.
    """
    found = _seen(by, directive_id, seen_version)
    _must_be_draft(found)
    if found.issuer:
        raise Refused("directives.of_others", field="issuer")
    file = _word_of(found)
    out = registry.Outgoing(
        kind=DocumentKind(found.kind),
        on=on,
        side=seal.side,
        summary=found.summary,
        write=lambda number: (seal.sign(number), file),
        body=seal.body,
        signed_as=seal.signed_as,
    )
    row = registry.issue(by=by, unit_id=found.unit_id, out=out)
    found.issued, found.sign, found.dated = row, row.sign.removeprefix("Số").lstrip(": "), on
    return _go_out(by, found)


@transaction.atomic
def withdraw(*, by: Viewer, directive_id: int, seen_version: int, on: date, why: str) -> Directive:
    """Take a document back: it stays readable and is marked so; its number stays used."""
    found = _seen(by, directive_id, seen_version)
    if found.is_draft or found.dated is None:
        raise Refused("directives.still_draft")
    if found.withdrawn_on is not None:
        raise Refused("directives.withdrawn_already", day=found.withdrawn_on)
    if not found.dated <= on <= by.today:
        raise Refused("directives.withdrawn_first", field="on", day=found.dated)
    found.withdrawn_on, found.withdrawn_why = on, clean(why).strip()[:200]
    if found.issued_id is not None:
        row = Issued.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=found.issued_id).first()
        if row is None:
            raise Refused("directives.register_of_others")
        if row.withdrawn_on is None:
            registry.withdraw(by=by, issued_id=row.pk, seen_version=row.version, on=on, why=why)
    found.save()
    place_below(found.pk)
    record("directives.withdrawn", by=by, unit_id=found.unit_id, about=found, sign=found.sign)
    found.must_lie_inside(by.reach(Capability.ENTER))
    return found


@transaction.atomic
def discard(*, by: Viewer, directive_id: int, seen_version: int) -> None:
    """Throw a draft away, with all that belongs to it."""
    found = _seen(by, directive_id, seen_version)
    _must_be_draft(found)
    is_thrown_away(found)
    _must_be_unused(found)
    files = Attachment.objects.everywhere(because=_WHY).filter(directive_id=found.pk)
    contents = list(files.values_list("content_id", flat=True))
    files.delete()
    forget_unused(contents)
    DirectiveLink.objects.everywhere(because=_WHY).filter(source_id=found.pk).delete()
    for other in (Recipient, SoughtWords, Descent):
        other.objects.everywhere(because=_WHY).filter(directive_id=found.pk).delete()
    record("directives.discarded", by=by, unit_id=found.unit_id, about=found)
    rows = Directive.objects.everywhere(because=_WHY).filter(pk=found.pk)
    rows._raw_delete(rows.db)  # whatever points to it was looked for: Django would ask guarded tables once more


def _must_be_unused(found: Directive) -> None:
    """Nothing of another document or another concept points to it."""
    own = {
        ("source", DirectiveLink),
        *(("directive", model) for model in (Attachment, Recipient, SoughtWords, Descent)),
    }
    for relation in Directive._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        model: Any = relation.related_model
        column = relation.field.name  # type: ignore[union-attr]  # a relation back has the field that makes it
        if (column, model) not in own and model.objects.everywhere(because=_WHY).filter(**{column: found.pk}).exists():
            raise Refused("directives.pointed_to")


def must_write_for(by: Viewer, unit_id: int) -> None:
    """Raises `Absent` where somebody does not write for a unit."""
    reach = by.reach(Capability.ENTER)
    if not Unit.objects.visible_to(reach).filter(pk=plausible(unit_id)).exists():
        raise Absent("org.no_unit", field="unit", unit=unit_id)


def _seen(by: Viewer, directive_id: int, seen_version: int) -> Directive:
    found = one_to_write(by, directive_id, held=True)
    if found.version != seen_version:
        raise Stale("db.stale", kind="directive")
    return found


def _must_be_draft(found: Directive) -> None:
    if not found.is_draft:
        raise Refused("directives.out_already", sign=found.sign)


def _put(by: Viewer, row: Directive, written: Written) -> None:
    """Take over what was said, in one form."""
    cut: dict[str, Any] = {name: clean(getattr(written, name)).strip()[:most] for name, most in _TEXTS.items()}
    written = replace(written, **cut)
    if problem := rules.why_not_written(written):
        raise problem
    if written.kind not in {kind.value for kind in LEADING}:
        raise Refused("directives.no_such_document", field="kind")
    for name in _SAID:
        setattr(row, name, getattr(written, name))
    row.expects = rules.kept(written.expects)
    row.to_all = not written.recipients


def _address(by: Viewer, row: Directive, unit_ids: tuple[int, ...]) -> None:
    """The units it goes to, where it does not go to all below; each lies in the reader's reach."""
    wanted = set(unit_ids) - {row.unit_id}
    reach = by.reach(Capability.READ)
    known = set(
        Unit.objects.visible_to(reach).filter(pk__in=[plausible(u) for u in wanted]).values_list("pk", flat=True)
    )
    if missing := wanted - known:
        raise Absent("org.no_unit", field="recipients", unit=min(missing))
    rows = Recipient.objects.everywhere(because=_WHY).filter(directive_id=row.pk)
    before = set(rows.values_list("unit_id", flat=True))
    rows.filter(unit_id__in=before - wanted).delete()
    Recipient.objects.bulk_create(Recipient(unit_id=unit, directive=row) for unit in sorted(wanted - before))


@only_one(LINKS)
def _must_be_out(by: Viewer, row: Directive) -> None:
    """What a document that goes out, or is out, must have; the same sign of a unit is entered once.

    Nobody enters, dates or links another until the transaction ends, so that what is found here still holds then.
    """
    if problem := rules.why_not_out(row.sign, row.dated, by.today):
        raise problem
    assert row.dated is not None  # noqa: S101 -- for the type checker: refused above
    if row.due_on is not None and row.due_on < row.dated:
        raise Refused("directives.due_first", field="due_on", day=row.dated)
    _must_fit_links(row, row.dated)
    if not row.issuer and row.issued_id is None:
        unit = one_unit(by, row.unit_id, row.dated)
        power = power_of(unit.kind, is_cell=unit.is_cell)
        if side_of(unit.kind, unit.name) is Side.PARTY and not power.allows(DocumentKind(row.kind)):
            name = NAMES[DocumentKind(row.kind)][0]
            raise Refused("registry.may_not_issue", field="kind", name=name, body=unit.name, basis=power.basis)
    same = Directive.objects.everywhere(because=_WHY).filter(
        signed(row.sign), unit_id=row.unit_id, kind=row.kind, dated=row.dated, issuer__iexact=row.issuer
    )
    if same.filter(is_draft=False).exclude(pk=row.pk or 0).exists():
        raise Refused("directives.entered_already", field="sign", sign=row.sign)


def _must_fit_links(row: Directive, dated: date) -> None:
    """No older than what it points to, no newer than what points to it. Two queries where it has links."""
    links = DirectiveLink.objects.everywhere(because=_WHY)
    others = Directive.objects.everywhere(because=_WHY).filter(is_draft=False)
    above = others.filter(pk__in=links.filter(source_id=row.pk).values("target_id"), dated__gt=dated)
    if (day := above.order_by("dated").values_list("dated", flat=True).last()) is not None:
        raise Refused("directives.older_than_it", field="dated", day=day)
    below = others.filter(pk__in=links.filter(target_id=row.pk).values("source_id"), dated__lt=dated)
    if (day := below.order_by("dated").values_list("dated", flat=True).first()) is not None:
        raise Refused("directives.newer_than_those", field="dated", day=day)


def _go_out(by: Viewer, row: Directive) -> Directive:
    _must_be_out(by, row)
    row.is_draft = False
    row.save()
    keep_words(row)
    place_below(row.pk)
    record("directives.went_out", by=by, unit_id=row.unit_id, about=row, sign=row.sign)
    went_out(row, by)
    row.must_lie_inside(by.reach(Capability.ENTER))
    return row


def _word_of(row: Directive) -> bytes:
    """The Word file attached first; empty where there is none."""
    files = Attachment.objects.everywhere(because=_WHY).filter(directive_id=row.pk, kind=FileKind.DOCX.value)
    content_id = files.order_by("pk").values_list("content_id", flat=True).first()
    return bytes(Content.objects.get(pk=content_id).data) if content_id is not None else b""
