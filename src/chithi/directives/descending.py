"""Keeping who stands below whom in a cascade, and the words a document is sought by, beside what was written.

Called inside the transaction of the act that changed a document or its links. Cost: a few queries a level of the
cascade, one insert.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from chithi.db.among import among
from chithi.db.locks import only_one
from chithi.directives.kinds import CARRIES_DOWN
from chithi.directives.models import Attachment, Descent, Directive, DirectiveLink, SoughtWords
from chithi.directives.rules import reached
from chithi.directives.search_rules import place_of, sought_in
from chithi.files.models import Content
from chithi.freshness.actions import mark

_WHY = "how documents hang together is kept for the cascade as a whole"
_CARRIES = [kind.value for kind in CARRIES_DOWN]
LINKS = "directives:links"
"""The lock under which documents are linked, dated and put below each other: one act of the installation at a time."""


def links_up(directive_ids: Iterable[int], kinds: Collection[str] | None = None) -> dict[int, set[int]]:
    """What documents are linked to, and what those are, all the way up; one query a level."""
    found: dict[int, set[int]] = defaultdict(set)
    ahead, seen = set(directive_ids), set[int]()
    rows = DirectiveLink.objects.everywhere(because=_WHY)
    rows = rows if kinds is None else rows.filter(kind__in=kinds)
    while ahead and len(seen) < 1_000_000:
        seen |= ahead
        pairs = list(rows.filter(source_id__in=among(ahead)).values_list("source_id", "target_id"))
        for source, target in pairs:
            found[source].add(target)
        ahead = {target for _, target in pairs} - seen
    return found


@only_one(LINKS)
def place_below(directive_id: int) -> None:
    """Write anew what stands between a document, all that follows it, and what they follow."""
    below = Descent.objects.everywhere(because=_WHY).filter(root_id=directive_id)
    ids = {directive_id, *below.values_list("directive_id", flat=True)}
    links = links_up(ids, _CARRIES)
    rows = Directive.objects.everywhere(because=_WHY).filter(pk__in=among(ids), is_draft=False)
    documents = {row[0]: row for row in rows.values_list("pk", "unit_id", "dated", "withdrawn_on")}
    roots = {pk: reached(pk, links) - {pk} for pk in documents}
    above = Directive.objects.everywhere(because=_WHY).filter(pk__in=among({r for of in roots.values() for r in of}))
    ended = dict(above.values_list("pk", "withdrawn_on"))
    old = Descent.objects.everywhere(because=_WHY).filter(directive_id__in=among(ids))
    changed = {(unit, since) for unit, since in old.values_list("unit_id", "since")}
    old.delete()
    made = [
        Descent(unit_id=unit, directive_id=pk, root_id=root, since=dated, until=_first(withdrawn, ended[root]))
        for pk, unit, dated, withdrawn in documents.values()
        for root in sorted(roots[pk])
        if dated is not None
    ]
    Descent.objects.bulk_create(made, batch_size=500)
    changed |= {(row.unit_id, row.since) for row in made}
    if changed:
        mark({unit for unit, _ in changed}, first=min(since for _, since in changed))


def _first(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def keep_words(directive: Directive) -> None:
    """Write anew the words a document that went out is sought by; a draft has none."""
    rows = SoughtWords.objects.everywhere(because=_WHY).filter(directive_id=directive.pk)
    if directive.is_draft or directive.dated is None:
        rows.delete()
        return
    said = {
        "unit_id": directive.unit_id,
        "newest": place_of(directive.dated, directive.pk),
        "to_all": directive.to_all,
        "folded": sought_in(*texts_of(directive)),
    }
    found = rows.first()
    if found is None:
        SoughtWords.objects.create(directive=directive, **said)
        return
    for name, value in said.items():
        setattr(found, name, value)
    found.save()


def texts_of(directive: Directive) -> list[str]:
    """What of a document is sought in: number, issuer, summary, abstract, then its files. Two queries."""
    files = Attachment.objects.everywhere(because="files of a document in hand").filter(directive_id=directive.pk)
    contents = list(files.order_by("pk").values_list("content_id", flat=True))
    texts = dict(Content.objects.filter(pk__in=contents).values_list("pk", "text"))
    own = (directive.sign, directive.issuer, directive.summary, directive.abstract)
    return [*own, *(texts[pk] for pk in contents if texts.get(pk))]
