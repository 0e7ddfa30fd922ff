"""Tying documents to each other and files to documents; done by whoever writes for the unit of the document."""

from __future__ import annotations

from django.db import transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives import rules
from chithi.directives.descending import LINKS, keep_words, links_up, place_below
from chithi.directives.kinds import CARRIES_DOWN, LinkKind
from chithi.directives.models import Attachment, Directive, DirectiveLink
from chithi.directives.reading import one, one_to_write, plausible
from chithi.files.actions import forget_unused, keep
from chithi.files.checks import Brought
from chithi.journal.actions import record

_WHY = "what belongs to a document found in reach"


@transaction.atomic
def link(*, by: Viewer, directive_id: int, target_id: int, kind: LinkKind) -> DirectiveLink:
    """Say what a document is to another that may be read: it implements, localises, corrects, replaces, concludes it.

    Links never lead back to where they began; a document is no older than the one it points to.
    """
    source = one_to_write(by, directive_id, held=True)
    with only_one(LINKS):
        target = _target(by, target_id)
        rows = DirectiveLink.objects.everywhere(because=_WHY).filter(source_id=source.pk)
        if rows.filter(target_id=target.pk).exists():
            raise Refused("directives.linked_already", field="target")
        if rows.count() >= rules.MOST_LINKS:
            raise Refused("directives.too_many", field="target", most=rules.MOST_LINKS)
        ways = links_up([target.pk])
        if problem := rules.why_not_linked(source.pk, target.pk, ways, dates=(source.dated, target.dated)):
            raise problem
        made = DirectiveLink.objects.create(unit_id=source.unit_id, source=source, target=target, kind=kind.value)
        _follow(source, kind)
        record("directives.linked", by=by, unit_id=source.unit_id, about=source, kind=kind.value)
        made.must_lie_inside(by.reach(Capability.ENTER))
        return made


@transaction.atomic
def unlink(*, by: Viewer, link_id: int, seen_version: int) -> int:
    """Take a link away; the id of the document that had it."""
    rows = DirectiveLink.objects.visible_to(by.reach(Capability.ENTER)).filter(pk=plausible(link_id))
    found = rows.first()
    if found is None:
        raise Absent("directives.no_document")
    source = one_to_write(by, found.source_id, held=True)
    with only_one(LINKS):
        if not rows.filter(version=seen_version).exists():
            raise Stale("db.stale", kind="directivelink")
        kind = LinkKind(found.kind)
        found.delete()
        _follow(source, kind)
        record("directives.unlinked", by=by, unit_id=source.unit_id, about=source, kind=kind.value)
        return source.pk


def _target(by: Viewer, target_id: int) -> Directive:
    try:
        return one(by, target_id)
    except Absent as problem:
        raise Absent(problem.code, field="target") from problem


def _follow(source: Directive, kind: LinkKind) -> None:
    if kind in CARRIES_DOWN:
        place_below(source.pk)


@transaction.atomic
def attach(*, by: Viewer, directive_id: int, file: Brought) -> Attachment:
    """Put a file to a document. What it holds is kept once, whoever brings it."""
    document = one_to_write(by, directive_id, held=True)
    if document.withdrawn_on is not None:
        raise Refused("directives.withdrawn_already", day=document.withdrawn_on)
    content = keep(file)
    rows = Attachment.objects.everywhere(because=_WHY).filter(directive_id=document.pk)
    if rows.filter(content_id=content.pk).exists():
        raise Refused("directives.attached_already", field="file")
    if rows.count() >= rules.MOST_FILES:
        raise Refused("directives.too_many", field="file", most=rules.MOST_FILES)
    made = Attachment.objects.create(
        unit_id=document.unit_id,
        directive=document,
        content=content,
        name=file.name,
        kind=file.kind.value,
        size=len(file.data),
    )
    made.must_lie_inside(by.reach(Capability.ENTER))
    keep_words(document)
    record("directives.attached", by=by, unit_id=document.unit_id, about=document)
    return made


@transaction.atomic
def detach(*, by: Viewer, attachment_id: int, seen_version: int) -> int:
    """Take a file away; the id of the document that had it. What went out through the own register keeps its files."""
    rows = Attachment.objects.visible_to(by.reach(Capability.ENTER)).filter(pk=plausible(attachment_id))
    found = rows.first()
    if found is None:
        raise Absent("directives.no_file")
    document = one_to_write(by, found.directive_id, held=True)
    if not rows.filter(version=seen_version).exists():
        raise Stale("db.stale", kind="attachment")
    if document.issued_id is not None:
        raise Refused("directives.file_stays")
    content_id = found.content_id
    found.delete()
    forget_unused([content_id])
    keep_words(document)
    record("directives.detached", by=by, unit_id=document.unit_id, about=document)
    return document.pk
