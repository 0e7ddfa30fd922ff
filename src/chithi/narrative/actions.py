"""Taking a document in, and deciding its spans short of making figures of them (see `indicators.from_text`)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Document, Question, Sentence, Span
from chithi.org.models import Unit
from chithi.text.figures.numbers import decimals
from chithi.text.intake import read
from chithi.text.own_words import OwnWords
from chithi.text.reading import Fact, Reading
from chithi.text.vietnamese import clean


@dataclass(frozen=True)
class Incoming:
    """A document that was brought: its text as extracted, and what the clerk says of it.

    `own` are the phrases by which this installation names indicators (`chithi.indicators.vocabulary`).
    """

    title: str
    text: str
    extractor: str
    period_code: str
    filename: str = ""
    doc_date: date | None = None
    source: bytes | None = None
    own: tuple[OwnWords, ...] = ()


LONGEST_TEXT = 1_000_000
"""Letters of a text that is taken in; more costs a reader minutes. `chithi intake` without a database takes more."""


def take_in(*, by: Viewer, unit_id: int, incoming: Incoming) -> Document:
    """Store a document with everything the intake reads in it. Four inserts however many figures it holds.

    The text is read before the transaction begins, so that nobody waits for it to write. The same file (or pasted
    text) for the same unit is refused with the id of the first. Refused: `text.too_large`, `text.binary`.
    """
    if not Unit.objects.visible_to(by.reach(Capability.ENTER)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    period = parse(incoming.period_code)
    brought = "text" if incoming.source is None else "file"
    if "\x00" in incoming.text:
        raise Refused("text.binary", field=brought)
    if len(incoming.text) > LONGEST_TEXT:
        raise Refused("text.too_large", field=brought, limit=LONGEST_TEXT, size=len(incoming.text))
    digest = hashlib.sha256(incoming.source or incoming.text.encode()).hexdigest()
    _refuse_known(by, unit_id, digest)
    reading = read(incoming.text, doc_date=incoming.doc_date, own=incoming.own)
    document = Document(
        unit_id=unit_id,
        title=(clean(incoming.title) or own_title(incoming.text))[:300],
        filename=clean(incoming.filename)[:200],
        text=incoming.text,
        digest=digest,
        extractor=incoming.extractor,
        doc_date=incoming.doc_date or reading.doc_date,
        period_code=period.code,
        by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            document.save()
            document.must_lie_inside(by.reach(Capability.ENTER))
            _store(document, reading)
            record("narrative.taken_in", by=by, unit_id=unit_id, about=document, facts=len(reading.facts))
    except IntegrityError:  # somebody brought the same while this was read
        _refuse_known(by, unit_id, digest)
        raise
    return document


def _refuse_known(by: Viewer, unit_id: int, digest: str) -> None:
    known = Document.objects.visible_to(by.reach(Capability.READ)).filter(unit_id=unit_id, digest=digest).first()
    if known is not None:
        raise Refused("narrative.taken_in_already", field="file", document=known.pk, title=known.title)


def own_title(text: str) -> str:
    """What a text without a title is called: its heading "BÁO CÁO" with the line below it, else its first line."""
    lines = [line for line in (clean(line).strip() for line in text[:4000].splitlines()) if line][:30]
    for number, line in enumerate(lines):
        if line.upper().startswith("BÁO CÁO") and len(line) < 120:
            below = lines[number + 1] if len(line) < 12 and number + 1 < len(lines) else ""
            return f"{line} {below}".strip()[:300]
    return lines[0][:300] if lines else ""


@transaction.atomic
def reject(*, by: Viewer, span_id: int, seen_version: int) -> Span:
    """Not a figure that counts, or not this one. A confirmed one is reopened first: that withdraws its figure."""
    span = one_span(by, span_id)
    if span.state == SpanState.CONFIRMED:
        raise Refused("narrative.decided_already")
    return decide(span, SpanState.REJECTED, by, seen_version)


@transaction.atomic
def settle_question(*, by: Viewer, question_id: int) -> None:
    """Somebody has looked at the question; it stays readable."""
    question = Question.objects.visible_to(by.reach(Capability.CONFIRM)).filter(pk=question_id).first()
    if question is None:
        raise Absent("narrative.no_question", question=question_id)
    question.settled_by_id, question.settled_at = by.user_id, timezone.now()
    question.save(update_fields=["settled_by_id", "settled_at"])
    record("narrative.question_settled", by=by, unit_id=question.unit_id, about=question, code=question.code)


def one_span(by: Viewer, span_id: int) -> Span:
    """A span the viewer may decide; `Absent` else."""
    span = Span.objects.visible_to(by.reach(Capability.CONFIRM)).filter(pk=span_id).first()
    if span is None:
        raise Absent("narrative.no_span", span=span_id)
    return span


def decide(span: Span, state: SpanState, by: Viewer, seen_version: int) -> Span:
    """Note who decided what about a span; `Stale` where somebody else did meanwhile."""
    if span.version != seen_version:
        raise Stale("db.stale")
    span.state = state
    span.decided_by_id = by.user_id
    span.decided_at = timezone.now()
    span.save()
    span.must_lie_inside(by.reach(Capability.CONFIRM))
    record(f"narrative.span_{state.value}", by=by, unit_id=span.unit_id, about=span, document=span.document_id)
    return span


def _store(document: Document, reading: Reading) -> None:
    Span.objects.bulk_create(_span(document, fact) for fact in reading.facts if fact.kind != "duration")
    Question.objects.bulk_create(
        Question(
            unit_id=document.unit_id,
            document=document,
            code=question.code,
            severity=question.severity,
            facts={name: _plain(value) for name, value in question.facts.items()},
            places=[list(place) for place in question.spans],
        )
        for question in reading.questions
    )
    Sentence.objects.bulk_create(
        Sentence(unit_id=document.unit_id, document=document, start=s.start, end=s.end, section=s.section)
        for s in reading.sentences
        if not s.heading and s.section != "other"
    )


def _span(document: Document, fact: Fact) -> Span:
    return Span(
        unit_id=document.unit_id,
        document=document,
        start=fact.start,
        end=fact.end,
        kind=fact.kind,
        value=fact.value,
        value_max=fact.value_max,
        total=fact.total,
        percent=fact.percent,
        percent_decimals=decimals(fact.percent) if fact.percent is not None else 0,
        noun=fact.unit[:200],
        what=fact.what[:400],
        scope=(fact.scope or "")[:200],
        period_as_written=(fact.period or "")[:120],
        period_code=(fact.period_code or "")[:60],
        indicator_code=fact.indicator or "",
        member_code=fact.member or "",
        reason="; ".join(fact.reasons)[:300],
        covers=fact.covers or "subtree",
        about=(fact.about or "")[:200],
        section=fact.section,
        bound=fact.approx or "",
        is_vague=fact.vague,
        is_target=fact.target,
        is_malformed=fact.malformed,
        falls=fact.falls,
    )


def _plain(value: object) -> object:
    """Facts as JSON; exact decimals keep their sort."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value if isinstance(value, str | int | bool) or value is None else str(value)


def facts_of_question(stored: dict[str, Any]) -> dict[str, object]:
    """The inverse, for wording a stored question."""
    return {
        name: Decimal(value["decimal"]) if isinstance(value, dict) and "decimal" in value else value
        for name, value in stored.items()
    }
