"""What documents, the places in them and their questions look like on their way in and out.

Offsets are code points of the document's text, which is verbatim.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.utils import translation

from chithi.api.figure_shapes import Figure
from chithi.api.shapes import Asked, Exact, Line, LongText, PeriodCode, Shape, StrictId, Version, as_written, exact
from chithi.indicators.from_text import Decision, proposed
from chithi.narrative.actions import facts_of_question
from chithi.narrative.queries import DocumentCard
from chithi.text.question_wording import word
from chithi.text.reading import Question as AskedQuestion

if TYPE_CHECKING:
    from chithi.narrative.models import Document as DocumentRow
    from chithi.narrative.models import Question as QuestionRow
    from chithi.narrative.models import Span as SpanRow


class Pasted(Asked):
    """A text to take in."""

    unit_id: StrictId
    """The unit whose document it is."""
    period: PeriodCode
    """The period it reports on."""
    title: Line = ""
    """Its title; else its first line."""
    text: LongText
    """The text, verbatim."""
    doc_date: date | None = None
    """The date it bears; else the one found in it."""


class Decided(Asked):
    """A decision about a place in a document."""

    version: Version
    """The version of the place that the caller saw."""


class Correction(Asked):
    """What a place really states; all of it, not only what differs."""

    indicator: str
    """Code of the indicator."""
    period: PeriodCode
    """The period."""
    covers: Literal["own", "subtree", "part"] = "subtree"
    """The unit's own work, everything below it too, or one example."""
    member: str = ""
    """Code of the part of the breakdown; empty for the whole."""
    about: Line = ""
    """Whom an example is about."""
    value: Exact | None = None
    """The value; of a decrease (role change) negative."""
    value_max: Exact | None = None
    """The upper end of a range."""
    total: Exact | None = None
    """The base written beside it."""
    percent: Exact | None = None
    """The share, with the decimals as written."""
    bound: Literal["", "at_least", "at_most", "about"] = ""
    """How firm the value is."""
    role: Literal["level", "target", "change"] = "level"
    """What there is, what there should be, or by how much it moved."""


class Confirm(Decided):
    """Confirming a place, as proposed or as corrected."""

    correction: Correction | None = None
    """What it really states, where the proposal was wrong."""
    replacing: StrictId | None = None
    """The figure of another sentence that this one replaces."""


def decision(said: Correction, against: str) -> Decision:
    """A correction as the action takes it; `against` is what a change is measured against."""

    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Decision(
        indicator_code=said.indicator,
        period_code=said.period,
        covers=said.covers,
        member_code=said.member,
        about=said.about,
        value=number(said.value),
        value_max=number(said.value_max),
        total=number(said.total),
        percent=number(said.percent),
        bound=said.bound,
        role=said.role,
        against=against if said.role == "change" else "",
    )


class Taken(Shape):
    """What a place was taken for: what confirming it unchanged would state."""

    indicator: str
    """Code of the indicator; empty where none was found."""
    member: str
    """Code of the part of its breakdown."""
    period: str
    """The period."""
    covers: str
    """own, subtree or part."""
    about: str
    """Whom an example is about."""
    value: Exact | None
    """The value in the measure's own unit."""
    value_max: Exact | None
    """The upper end of a range."""
    total: Exact | None
    """The base written beside it."""
    percent: Exact | None
    """The share as written."""
    bound: str
    """Empty, at_least, at_most or about."""
    role: str
    """level, target or change."""


class Span(Shape):
    """A place in a document that states a figure."""

    id: int
    """Lasting id."""
    version: int
    """Counts decisions; sent back with the next one."""
    document_id: int
    """The document."""
    start: int
    """First code point."""
    end: int
    """The code point after the last."""
    kind: str
    """count, ratio, percent, money, area, length, workdays, change or yearly_amount."""
    noun: str
    """What is counted, as written."""
    section: str
    """The customary part of the report it stands in."""
    reason: str
    """Why it is doubtful, in words."""
    is_vague: bool
    """No firm number is given."""
    is_target: bool
    """It says what should be."""
    is_malformed: bool
    """The number is not well written."""
    state: str
    """proposed, confirmed or rejected."""
    corrected: bool
    """It was confirmed otherwise than proposed."""


class Place(Span):
    """A place with its words and what it was taken for."""

    quote: str
    """The words."""
    taken_for: Taken
    """What it was taken for."""


class Question(Shape):
    """Something that does not add up."""

    id: int
    """Lasting id."""
    code: str
    """Stable code of the question."""
    text: str
    """The question in the caller's language."""
    places: list[list[int]]
    """Where: pairs of code points."""
    settled: bool
    """Somebody has looked at it."""


class Document(Shape):
    """A document in the list."""

    id: int
    """Lasting id."""
    unit_id: int
    """Whose it is."""
    title: str
    """Its title."""
    filename: str
    """The name of the file it came in."""
    doc_date: date | None
    """The date it bears."""
    period: str
    """The period it reports on."""
    at: datetime
    """When it was taken in."""


class Listed(Document):
    """A document with how far it has been gone through."""

    decided: int
    """How many of its figures were decided."""
    figures: int
    """How many figures were found."""
    open_questions: int
    """How many questions are open."""


class Documents(Shape):
    """One page of documents."""

    items: list[Listed]
    """The documents of this page."""
    page: int
    """Number of this page."""
    more: bool
    """Whether another page follows."""


class OpenedDocument(Document):
    """A document with everything in it."""

    text: str
    """The text, verbatim."""
    extractor: str
    """The program and version that made the text of a file."""
    spans: list[Place]
    """Every place that states a figure, in the order of the text."""
    questions: list[Question]
    """What does not add up, open ones first."""


class Confirmed(Shape):
    """A confirmed place and the figure made of it."""

    span: Span
    """The place."""
    figure: Figure
    """The figure."""


def listed(card: DocumentCard) -> Listed:
    """A line of the list as it travels."""
    return Listed(**_about(card.document), decided=card.decided, figures=card.total, open_questions=card.questions)


def opened(row: DocumentRow, spans: list[SpanRow], questions: list[QuestionRow]) -> OpenedDocument:
    """A document as it travels."""
    return OpenedDocument(
        **_about(row),
        text=row.text,
        extractor=row.extractor,
        spans=[
            Place(**span(s).model_dump(), quote=row.text[s.start : s.end], taken_for=_taken(proposed(s, row)))
            for s in spans
        ],
        questions=[_question(question) for question in questions],
    )


def _about(row: DocumentRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "unit_id": row.unit_id,
        "title": row.title,
        "filename": row.filename,
        "doc_date": row.doc_date,
        "period": row.period_code,
        "at": row.at,
    }


def span(row: SpanRow) -> Span:
    """A place as it travels."""
    return Span.model_validate(row)


def _taken(wanted: Decision) -> Taken:
    return Taken(
        indicator=wanted.indicator_code,
        member=wanted.member_code,
        period=wanted.period_code,
        covers=wanted.covers,
        about=wanted.about,
        value=exact(wanted.value),
        value_max=exact(wanted.value_max),
        total=exact(wanted.total),
        percent=as_written(wanted.percent),
        bound=wanted.bound,
        role=wanted.role,
    )


def _question(row: QuestionRow) -> Question:
    asked = AskedQuestion(row.code, "weak", (), facts_of_question(row.facts))
    english = (translation.get_language() or "vi").startswith("en")
    return Question(
        id=row.pk,
        code=row.code,
        text=word(asked, "en" if english else "vi"),
        places=[list(place) for place in row.places],
        settled=row.settled_at is not None,
    )
