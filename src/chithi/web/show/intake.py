"""A document for the page: its text cut at the figures, and a card for each figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chithi.access.queries import account_names
from chithi.core.errors import Refused
from chithi.core.numbers import format_money, format_number
from chithi.core.periods import parse
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.from_text import Decision, proposed
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.queries import unit_in_reach
from chithi.indicators.stated import breakdown_members, figures_of_spans
from chithi.indicators.trace import address
from chithi.narrative.actions import facts_of_question as narrative_facts
from chithi.narrative.kinds import SpanState
from chithi.org.queries import one_unit
from chithi.text.question_wording import word
from chithi.text.reading import Question as Asked
from chithi.web.show import numbers
from chithi.web.templatetags.chithi_format import day, language

if TYPE_CHECKING:
    from chithi.core.periods import Period
    from chithi.indicators.models import Figure
    from chithi.narrative.models import Document, Question, Span

ROUND = 160  # letters of the line shown on either side of a figure

KIND_MARKS = {
    "count": "count", "ratio": "share", "percent": "share", "money": "money", "area": "area", "length": "length",
    "change": "change", "workdays": "workdays", "duration": "duration", "yearly_amount": "income",
}  # fmt: skip


def kind_text(kind: str) -> str:
    """The sort of a figure in a word."""
    return {
        "count": _("số đếm"),
        "ratio": _("tỷ lệ có mẫu số"),
        "percent": _("tỷ lệ"),
        "money": _("tiền"),
        "area": _("diện tích"),
        "length": _("chiều dài"),
        "workdays": _("ngày công"),
        "change": _("mức tăng, giảm"),
        "yearly_amount": _("thu nhập"),
    }.get(kind, kind)


def covers_text(covers: str, about: str = "") -> str:
    """What a figure speaks for, in words."""
    return {
        "subtree": _("đơn vị và tất cả cấp dưới"),
        "own": _("riêng đơn vị này"),
        "part": _("một ví dụ: %(about)s") % {"about": about} if about else _("một ví dụ"),
    }.get(covers, covers)


class Cards:
    """The cards of a document's spans; reads the definitions once."""

    def __init__(self, viewer: Viewer, document: Document, spans: list[Span], questions: list[Question]) -> None:
        self.viewer = viewer
        self.document = document
        self.questions = [q for q in questions if q.settled_at is None]
        self.meanings: dict[str, Meaning] = {meaning.code: meaning for meaning in meanings()}
        self.members = {member.code: member for member in breakdown_members()}
        self.unit = one_unit(viewer, document.unit_id, viewer.today)
        self.may_decide = not viewer.reach(Capability.CONFIRM).is_empty and _confirms(viewer, document.unit_id)
        self.people = account_names(span.decided_by_id for span in spans)
        self.figures = figures_of_spans(viewer, [span.pk for span in spans])

    def card(self, span: Span, problem: str = "", replacing: int | None = None) -> dict[str, Any]:
        """The context of intake_fact.html."""
        wanted = proposed(span, self.document)
        state = "corrected" if span.state == SpanState.CONFIRMED and span.corrected else span.state
        open_ = span.state == SpanState.PROPOSED
        args = [span.pk]
        figure, period = self.figures.get(span.pk, (None, None))
        return {
            "id": span.pk,
            "state": "open" if open_ else state,
            "kind_text": kind_text(span.kind),
            "quote": self.document.text[span.start : span.end],
            "value": value_text(span),
            "taken": self._taken(span, wanted, figure),
            "why": span.reason,
            "questions": [question_words(q) for q in self.questions if touches(q, span)],
            "problem": problem,
            "by": _("%(name)s, %(when)s")
            % {
                "name": self.people.get(span.decided_by_id or 0, "chithi"),
                "when": day(timezone.localtime(span.decided_at)),
            }
            if span.decided_at
            else "",
            "version": span.version,
            "replacing": replacing,
            "confirm_href": reverse("span_confirm", args=args) if self.may_decide and open_ else "",
            "reject_href": reverse("span_reject", args=args) if self.may_decide and open_ else "",
            "reopen_href": reverse("span_reopen", args=args) if self.may_decide and not open_ else "",
            "correct_href": reverse("span_correct", args=args) if self.may_decide and open_ else "",
            "trace_href": self._trace(figure, period),
        }

    def _trace(self, figure: Figure | None, period: Period | None) -> str:
        """The address of the number that was made of a span."""
        for meaning in self.meanings.values():
            if figure is not None and period is not None and meaning.numerator.id == figure.measure_id:
                return address(meaning.indicator.pk, figure.unit_id, period)
        return ""

    def _taken(self, span: Span, wanted: Decision, figure: Figure | None) -> list[dict[str, str]]:
        meaning = self.meanings.get(wanted.indicator_code)
        if figure is not None:
            meaning = next((m for m in self.meanings.values() if m.numerator.id == figure.measure_id), meaning)
        member = self.members.get(wanted.member_code)
        name = meaning.name(language()) if meaning else ""
        if member is not None and name:
            name = f"{name} · {member.name_en if language() == 'en' else member.name_vi}"
        rows = [
            {"name": _("Chỉ tiêu"), "text": name},
            {"name": _("Đơn vị"), "text": self.unit.short_name},
            {"name": _("Kỳ"), "text": _period_text(wanted.period_code)},
            {"name": _("Tính cho"), "text": covers_text(figure.covers if figure else wanted.covers, wanted.about)},
        ]
        return rows + ([{"name": _("Ghi là"), "text": _flags(span)}] if _flags(span) else [])


def _confirms(viewer: Viewer, unit_id: int) -> bool:
    try:
        unit_in_reach(viewer, unit_id, Capability.CONFIRM)
    except Refused:
        return False
    return True


def _flags(span: Span) -> str:
    words = [
        _("mục tiêu, không phải kết quả") if span.is_target else "",
        _("không nêu con số cụ thể") if span.is_vague else "",
        _("viết sai, cần xem lại") if span.is_malformed else "",
        {"at_least": _("ít nhất"), "at_most": _("gần bằng"), "about": _("khoảng")}.get(span.bound, ""),
    ]
    return ", ".join(word for word in words if word)


def question_words(question: Question) -> str:
    """The question in the reader's language."""
    asked = Asked(question.code, "weak", (), narrative_facts(question.facts))
    return word(asked, "en" if language() == "en" else "vi")


def touches(question: Question, span: Span) -> bool:
    """Whether a question is about this figure."""
    return any(start < span.end and span.start < end for start, end in question.places)


def _period_text(code: str) -> str:
    try:
        return parse(code).label(language())
    except Refused:
        return code


def value_text(span: Span) -> str:
    """What was read: "176 / 251 = 70,1%", "40.539, 98,1%", "50–70 triệu đồng"."""
    if span.is_vague or (span.value is None and span.percent is None):
        return _("không có số cụ thể")
    value = "" if span.value is None else ("−" if span.falls else "") + _amount(span, span.value)
    if span.value_max is not None:
        value = f"{value}–{_amount(span, span.value_max)}"
    if span.total is not None:
        value = f"{value} / {_amount(span, span.total)}"
    share = (
        ""
        if span.percent is None
        else numbers.percent_text(span.percent.quantize(Decimal(1).scaleb(-span.percent_decimals)))
    )
    joined = (
        " = ".join(p for p in (value, share) if p)
        if span.total is not None
        else " · ".join(p for p in (value, share) if p)
    )
    return numbers.bound_word(span.bound) + joined


def _amount(span: Span, value: Decimal) -> str:
    if span.kind in ("money", "yearly_amount"):
        return format_money(value, language())
    return format_number(value.normalize() + 0, language(), trim=True)


def segments(
    document: Document, spans: list[Span], questions: Sequence[Question] = (), starts: Sequence[int] = ()
) -> list[dict[str, Any]]:
    """The text, verbatim and whole, cut at the spans; of spans that overlap the first is marked.

    `questions` are those not looked at yet: figures they are about are marked as doubtful. `starts` are where
    classified sentences begin: the part there carries their anchor "c<start>", by which a report's passages lead
    here. A sentence that begins within a figure is anchored at the figure.
    """
    parts: list[dict[str, Any]] = []
    at = 0
    for span in spans:
        if span.start < at:
            continue
        parts += _between(document.text, at, span.start, starts)
        parts.append(
            {
                "text": document.text[span.start : span.end],
                "fact": {
                    "id": span.pk,
                    "kind": KIND_MARKS.get(span.kind, "other"),
                    "state": "open" if span.state == SpanState.PROPOSED else span.state,
                    "doubt": any(touches(question, span) for question in questions),
                },
                "anchors": [f"c{start}" for start in starts if span.start <= start < span.end],
            }
        )
        at = span.end
    return [*parts, *_between(document.text, at, len(document.text), starts)]


def _between(text: str, first: int, last: int, starts: Sequence[int]) -> list[dict[str, Any]]:
    """The text between two figures, cut where sentences begin."""
    inside = {start for start in starts if first <= start < last}
    cuts = sorted({first, last} | inside)
    return [
        {"text": text[low:high], "fact": None, "anchors": [f"c{low}"] if low in inside else []}
        for low, high in pairwise(cuts)
    ]


def in_its_line(text: str, start: int, end: int) -> dict[str, str]:
    """The words of a figure, marked, in the line they stand in; a long line is cut between words on either side."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].split("\n", 1)[0]
    if len(before) > ROUND:
        before = "… " + before[-ROUND:].partition(" ")[2]
    if len(after) > ROUND:
        after = after[:ROUND].rpartition(" ")[0] + " …"
    return {"before": before, "marked": text[start:end], "after": after}
