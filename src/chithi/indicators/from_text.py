"""From a sentence to a figure: what a span proposes, and what a clerk confirms or corrects of it.

Areas and lengths are brought to the measure's base unit (m², m) by `BASE`; a unit of no fixed size (sào, công đất)
is left to the clerk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from chithi.core.errors import Absent, Refused
from chithi.core.numbers import from_fixed, to_fixed
from chithi.core.periods import Kind, Period, parse
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.actions import Saying, Slot, state_from_span, withdraw
from chithi.indicators.kinds import Covers, FigureRole, FigureState, Source
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.models import Figure, Member, PeriodRow
from chithi.narrative import actions as narrative
from chithi.narrative.kinds import SpanState
from chithi.narrative.models import Document, Span

BASE: dict[str, Decimal] = {
    "m2": Decimal(1),
    "m²": Decimal(1),
    "mét vuông": Decimal(1),
    "ha": Decimal(10_000),
    "héc ta": Decimal(10_000),
    "hecta": Decimal(10_000),
    "km2": Decimal(1_000_000),
    "km²": Decimal(1_000_000),
    "m": Decimal(1),
    "mét": Decimal(1),
    "km": Decimal(1_000),
}


@dataclass(frozen=True)
class Decision:
    """What the clerk says a span states. Numbers are exact, in the measure's own unit; shares in percent.

    The numbers of a change bear its sign: a decrease is negative.
    """

    indicator_code: str
    period_code: str
    covers: str = "subtree"
    member_code: str = ""
    about: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None
    bound: str = ""
    role: str = "level"
    against: str = ""
    noun: str = ""


def proposed(span: Span, document: Document) -> Decision:
    """What the intake took the span for. The document's period stands where the span names none of its own."""
    factor = BASE.get(span.noun.strip().lower(), Decimal(1)) if span.kind in ("area", "length") else Decimal(1)

    factor = -factor if span.falls else factor

    def base(value: Decimal | None) -> Decimal | None:
        return None if value is None else (value * factor).normalize() + 0

    low, high = base(span.value), base(span.value_max)
    if span.falls and high is not None:
        low, high = high, low  # a fall by 12 to 15 lies between -15 and -12
    percent = span.percent
    if percent is not None:
        percent = percent.quantize(Decimal(1).scaleb(-span.percent_decimals))
        percent = -percent if span.falls else percent
    return Decision(
        indicator_code=span.indicator_code,
        period_code=_period_code(span, document),
        covers=span.covers,
        member_code=span.member_code,
        about=span.about,
        value=low,
        value_max=high,
        total=base(span.total),
        percent=percent,
        bound=span.bound,
        role="target" if span.is_target else "change" if span.kind == "change" else "level",
        against=_against(document.text[span.start : span.end]) if span.kind == "change" else "",
        noun=span.noun if span.kind in ("count", "ratio") else "",
    )


def _against(quote: str) -> str:
    """What a change is measured against, as the sentence says it: "năm 2011"."""
    found = re.search(r"so với\s+(?:cùng kỳ\s+)?(.{3,80}?)[\s).;,]*$", quote)
    return found.group(1) if found else ""


def _period_code(span: Span, document: Document) -> str:
    """The span's own period where it names one inside the document's; "up to a day" is that day, or the document's
    period where that is its last day."""
    code = span.period_code
    if code.startswith(".."):
        code = f"={code[2:]}"
    try:
        own, whole = parse(code), parse(document.period_code)
    except Refused:
        return document.period_code
    if own.kind is Kind.AS_OF and not whole.first <= own.last < whole.last:
        return whole.code
    return own.code


@transaction.atomic
def confirm(
    *, by: Viewer, span_id: int, seen_version: int, decision: Decision | None = None, replacing: int | None = None
) -> Figure:
    """Make a figure of a span, as proposed or as corrected.

    Where another document already states the same slot, `replacing` must name that figure; else the refusal
    `indicators.stated_elsewhere` names it, so that nobody overwrites a statement without having seen it.
    """
    span = narrative.one_span(by, span_id)
    if span.state == SpanState.CONFIRMED:
        raise Refused("narrative.decided_already")
    document = Document.objects.visible_to(by.reach(Capability.READ)).filter(pk=span.document_id).first()
    if document is None:
        raise Absent("narrative.no_span", span=span_id)
    wanted = proposed(span, document)
    decided = decision or wanted
    meaning = _meaning(decided.indicator_code, _period(decided.period_code))
    slot = _slot(span, decided, meaning)
    live = _live(by, slot, decided.role)
    if live is not None and live.pk != replacing and slot.covers != Covers.PART:
        scale = meaning.numerator.scale
        stated = from_fixed(live.value, scale) if live.value is not None else None
        raise Refused("indicators.stated_elsewhere", figure=live.pk, value=stated)
    span.corrected = decided != wanted
    narrative.decide(span, SpanState.CONFIRMED, by, seen_version)
    return state_from_span(
        by=by, slot=slot, saying=_saying(decided, meaning), seen=live.pk if live else None, span_id=span.pk
    )


@transaction.atomic
def reopen(*, by: Viewer, span_id: int, seen_version: int) -> Span:
    """Undo a decision: the figure that was made of the span is withdrawn, the span is a proposal again."""
    span = narrative.one_span(by, span_id)
    for figure in Figure.objects.visible_to(by.reach(Capability.CONFIRM)).filter(
        span_id=span.pk, state=FigureState.LIVE
    ):
        withdraw(by=by, figure_id=figure.pk, seen_version=figure.version, why="")
    return narrative.decide(span, SpanState.PROPOSED, by, seen_version)


def _meaning(code: str, period: Period) -> Meaning:
    if not code:
        raise Refused("indicators.choose_indicator", field="indicator")
    found = meanings([code], period=period)
    if not found:
        raise Absent("indicators.no_indicator", field="indicator", indicator=code)
    return found[0]


def _slot(span: Span, decided: Decision, meaning: Meaning) -> Slot:
    if decided.covers not in set(Covers):
        raise Refused("indicators.bad_covers", field="covers")
    return Slot(
        unit_id=span.unit_id,
        measure_id=meaning.numerator.id,
        period=_period(decided.period_code),
        member_id=_member_id(decided.member_code, meaning),
        covers=Covers(decided.covers),
    )


def _period(code: str) -> Period:
    try:
        return parse(code)
    except Refused as unreadable:
        unreadable.field = "period"
        raise


def _member_id(code: str, meaning: Meaning) -> int | None:
    if not code or meaning.numerator.breakdown_id is None:
        return None
    member = Member.objects.filter(breakdown_id=meaning.numerator.breakdown_id, code=code).first()
    if member is None:
        raise Refused("indicators.no_breakdown", field="member")
    return member.pk


def _live(by: Viewer, slot: Slot, role: str) -> Figure | None:
    row = PeriodRow.objects.filter(code=slot.period.code).first()
    if row is None:
        return None
    return (
        Figure.objects.visible_to(by.reach(Capability.READ))
        .filter(
            unit_id=slot.unit_id,
            measure_id=slot.measure_id,
            period=row,
            member=slot.member_id,
            source=Source.NARRATIVE,
            covers=slot.covers,
            role=role,
            state=FigureState.LIVE,
        )
        .first()
    )


def _saying(decided: Decision, meaning: Meaning) -> Saying:
    scale = meaning.numerator.scale

    def fixed(value: Decimal | None, at: int, field: str) -> int | None:
        try:
            return None if value is None else to_fixed(value, at)
        except Refused as problem:
            problem.field = field
            raise

    decimals = 0
    if decided.percent is not None:
        exponent = decided.percent.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Saying(
        value=fixed(decided.value, scale, "value"),
        value_max=fixed(decided.value_max, scale, "value_max"),
        bound=decided.bound,
        stated_total=fixed(decided.total, 0, "total"),
        stated_share=fixed(decided.percent, decimals, "percent"),
        share_decimals=decimals,
        role=FigureRole(decided.role),
        against=decided.against,
        noun=decided.noun,
        about=decided.about,
    )
