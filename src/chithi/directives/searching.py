"""Seeking documents by words, within what may be read: newest first, the count capped, hits marked.

The index of each database (migration 0002) answers which documents hold the words; who may read is asked beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Viewer
from chithi.directives.models import Attachment, Directive, SoughtWords
from chithi.directives.queries import Card, Filter, cards_of, narrowed
from chithi.directives.reading import ways_to_read
from chithi.directives.search_rules import MOST_COUNTED, Piece, Wanted, hits, pieces, snippet
from chithi.files.models import Content
from chithi.text.vietnamese import clean

PAGE = 20
FEW, FIRST, NEWEST = 8_000, 2_000, 4_000
"""Rows so few are read one by one, so many of the newest of them first; of the matches of an index so many of the
newest are looked at first."""
UNCOUNTED = 1_000
"""More rows than these are counted before they are fetched: fetching too many costs six times what counting does."""
_MATCHING = "SELECT rowid FROM directives_sought_index WHERE directives_sought_index MATCH %s"
_WHY = "words are sought in all documents; the condition beside it says who may read them"


@dataclass(frozen=True)
class Hit:
    """A document that answers: its card, its summary with the hits apart, a piece of the text where it says more."""

    card: Card
    summary: list[Piece]
    piece: list[Piece]


@dataclass(frozen=True)
class Answer:
    """One page of hits; `total` is at most `MOST_COUNTED`, `more` says that there are more."""

    hits: list[Hit]
    total: int
    more: bool


def search(viewer: Viewer, asked: str, wanted: Filter | None = None, *, page: int = 1) -> Answer:
    """Documents that went out, may be read and hold all words asked for. Eight queries; drafts are not sought."""
    words = Wanted.of(clean(asked))
    if words.is_empty:
        return Answer([], 0, False)
    ids = ids_in(viewer, words, wanted)
    start = (page - 1) * PAGE
    shown = ids[:MOST_COUNTED][start : start + PAGE]
    return Answer(_hits(viewer, shown, words), min(len(ids), MOST_COUNTED), len(ids) > MOST_COUNTED)


def ids_in(viewer: Viewer, words: Wanted, wanted: Filter | None = None) -> list[int]:
    """Documents that may be read and hold the words, newest first, at most one more than are counted.

    Where little may be read, that is read one by one: the index of words is over all documents and says nothing of
    who reads them, so a frequent word would cost as much as there are documents.
    """
    rows = SoughtWords.objects.everywhere(because=_WHY)
    if wanted is not None and wanted != Filter():
        rows = rows.filter(directive_id__in=narrowed(viewer, wanted).values("pk"))
    ways = ways_to_read(viewer, "directive_id")
    if not ways:
        return []
    if connection.vendor == "postgresql":
        held = RawSQL("vector @@ to_tsquery('simple', %s)", [words.for_postgresql()], output_field=BooleanField())
        few = _few(rows, ways)
        return _ids(rows.filter(reduce(or_, ways), held)) if few is None else _ids_of_few(rows.filter(held), few)
    return _ids_sqlite(rows, ways, words)


def _ids_sqlite(rows: ScopedQuerySet[SoughtWords], ways: list[Q], words: Wanted) -> list[int]:
    """The index gives its newest matches, of which those that may be read are kept; where that is not enough, few
    rows are read one by one, and else all of its matches are looked at."""
    read = rows.filter(reduce(or_, ways))
    with connection.cursor() as cursor:
        cursor.execute(f"{_MATCHING} ORDER BY rowid DESC LIMIT %s", [words.for_sqlite(), NEWEST])
        newest = [row[0] for row in cursor.fetchall()]
    found = _ids(read.filter(newest__in=among(newest)))
    if len(newest) < NEWEST or len(found) > MOST_COUNTED:
        return found
    few = _few(rows, ways)
    if few is not None:
        for run in words.runs:
            rows = rows.filter(folded__contains=f" {' '.join(run)} ")
        return _ids_of_few(rows, few)
    matching = RawSQL(_MATCHING, [words.for_sqlite()])  # noqa: S611 -- own words; what was asked is a parameter
    return _ids(read.filter(newest__in=matching))


def _few(rows: ScopedQuerySet[SoughtWords], ways: list[Q]) -> list[int] | None:
    """The rows that may be read, the newest first, where they are few; each way there goes along its own index."""
    found: set[tuple[int, int]] = set()
    for way in ways:
        going = rows.filter(way).values_list("newest", "pk")
        some = list(going[:UNCOUNTED])
        if len(some) == UNCOUNTED and len(found) + going[: FEW + 1].count() > FEW:
            return None
        found.update(some if len(some) < UNCOUNTED else going[: FEW + 1])
        if len(found) > FEW:
            return None
    return [pk for _newest, pk in sorted(found, reverse=True)]


def _ids_of_few(rows: ScopedQuerySet[SoughtWords], few: list[int]) -> list[int]:
    """What of these answers: a frequent word fills the count with the newest, and the others need not be looked at."""
    found: list[int] = []
    for some in (few[:FIRST], few[FIRST:]):
        if some and len(found) <= MOST_COUNTED:
            # PostgreSQL must see how many they are, to begin with a rare word where it is quicker.
            found += _ids(rows.filter(pk__in=some if connection.vendor == "postgresql" else among(some)))
    return found[: MOST_COUNTED + 1]


def _ids(rows: ScopedQuerySet[SoughtWords]) -> list[int]:
    return list(rows.order_by("-newest").values_list("directive_id", flat=True)[: MOST_COUNTED + 1])


def _hits(viewer: Viewer, ids: list[int], words: Wanted) -> list[Hit]:
    rows = Directive.objects.everywhere(because=_WHY).in_bulk(ids)
    cards = {card.id: card for card in cards_of(viewer, list(rows.values()))}
    texts = _texts(ids)
    found = []
    for pk in ids:
        row = rows[pk]
        told = (snippet(text, words) for text in (row.abstract, *texts.get(pk, ())))
        marked = pieces(row.summary, hits(row.summary, words))
        found.append(Hit(cards[pk], marked, next((piece for piece in told if piece), [])))
    return found


def _texts(ids: list[int]) -> dict[int, list[str]]:
    """The texts of their files, by document. Two queries."""
    files = Attachment.objects.everywhere(because=_WHY).filter(directive_id__in=ids).order_by("pk")
    pairs = list(files.values_list("directive_id", "content_id"))
    texts = dict(Content.objects.filter(pk__in={content for _, content in pairs}).values_list("pk", "text"))
    found: dict[int, list[str]] = {}
    for directive, content in pairs:
        if texts.get(content):
            found.setdefault(directive, []).append(texts[content])
    return found
