"""Filling a report from the database: the lines of a unit and period, the sentences of its documents, the frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chithi.core.numbers import from_fixed
from chithi.core.periods import Kind as PeriodKind
from chithi.core.periods import Period, as_of, parse, year_before
from chithi.db.measures import Counting
from chithi.db.viewer import Viewer
from chithi.indicators.choice import Chosen, Count, Said, stated
from chithi.indicators.meanings import every_member
from chithi.indicators.models import Member as MemberRow
from chithi.indicators.queries import Earlier, UnitLines, lines
from chithi.indicators.queries import Line as ReadLine
from chithi.indicators.trace import address
from chithi.narrative.queries import passages
from chithi.org.queries import one_unit
from chithi.reporting import frame
from chithi.reporting.beside import with_columns
from chithi.reporting.content import (
    Bound,
    Completeness,
    Covers,
    Kind,
    Line,
    Member,
    Part,
    Passage,
    PassageClass,
    Previous,
    ReportContent,
    Source,
)
from chithi.reporting.letterheads import framed
from chithi.reporting.pictures import pictures

MOST_PASSAGES = 5


@dataclass(frozen=True)
class Where:
    """What addresses in the document need: the unit and the installation's address."""

    unit_id: int
    base: str

    def of(self, line: ReadLine, period: Period, *, member: str = "", role: str = "") -> str:
        return address(line.meaning.indicator.pk, self.unit_id, period, self.base, member=member, role=role)


def compose(
    viewer: Viewer,
    unit_id: int,
    period: Period,
    *,
    dated: date,
    base: str,
    groups: Sequence[int] = (),
    pictured: Sequence[str] | None = None,
) -> ReportContent:
    """Everything the report of a unit and period prints; reads within the viewer's reach, but for the body above.

    `groups` are the ids of named groups whose numbers stand beside the unit's own in the annex; `pictured` the codes
    of the indicators that are drawn (None: the first with a target).
    """
    found = lines(viewer, unit_id, period, trend=0)
    unit = one_unit(viewer, unit_id, period.last)
    where = Where(unit_id, base)
    around = framed(viewer, unit, about=period.last, dated=dated)
    printed, columns = with_columns(viewer, report_lines(found, period, where), groups, period, base)
    return ReportContent(
        header=around.header,
        title="BÁO CÁO",
        summary="Kết quả thực hiện Chỉ thị về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        period_label=period.label("vi"),
        scope=frame.scope_word(unit.name),
        lines=printed,
        columns=columns,
        pictures=pictures(viewer, found, period, base, pictured),
        passages=tuple(_passages(viewer, unit_id, period, base)),
        recipients=around.recipients,
        signatory=around.signatory,
        base_url=base,
        completeness=_completeness(found),
        basis=around.basis,
        spelling=around.spelling,
    )


def report_lines(found: UnitLines, period: Period, where: Where) -> list[Line]:
    """The lines that are worth printing: those with something to say, and those whose silence must be said.

    What the unit stated about shorter periods inside the report's follows as lines of its own.
    """
    told = Teller(period, where, {m.pk: m for m in every_member()})
    lines = []
    for read in found.lines:
        if (
            not read.chosen.missing
            or read.numerator.parts
            or read.meaning.definition.target is not None
            or (read.before is not None and not read.before.missing)
        ):
            lines.append(told.line(read))
        lines += [told.earlier(read, earlier) for earlier in read.earlier]
        lines += [told.target(read, said) for said in read.numerator.statements if said.role == "target"]
    return lines


class Teller:
    """Turns read lines into printed ones, for one report."""

    def __init__(self, period: Period, where: Where, members: dict[int, MemberRow]) -> None:
        self.period, self.where, self.members = period, where, members
        self.before = year_before(period)

    def line(self, read: ReadLine) -> Line:
        """The line of the report's own period (or of the newest shorter one, where only that was told)."""
        chosen = read.chosen
        at = self._address(read, chosen)
        counted = chosen.expected and chosen.covers == "subtree" and not chosen.figure_id
        unconfirmed = bool(counted) and not chosen.spoke and chosen.source == "recorded"
        return replace(
            self._told(read, chosen, at),
            previous=_previous(read, self.before, self.where),
            spoke=None if unconfirmed or not counted else chosen.spoke,
            expected=None if unconfirmed or not counted else chosen.expected,
            unconfirmed=unconfirmed,
            members=self._members(read, read.members, chosen),
            parts=tuple(_part(said, read, at) for said in read.numerator.parts if said.value is not None),
        )

    def earlier(self, read: ReadLine, earlier: Earlier) -> Line:
        """A line about a shorter period."""
        told = self._told(read, earlier.chosen, self._address(read, earlier.chosen))
        return replace(told, members=self._members(read, earlier.members, earlier.chosen))

    def target(self, read: ReadLine, said: Said) -> Line:
        """A norm or promise that the unit stated, told as such and never as a result."""
        chosen = stated(read.numerator.scale, said, Count())
        return replace(self._told(read, chosen, self._address(read, chosen, role="target")), is_target=True)

    def _address(self, read: ReadLine, chosen: Chosen, *, member: str = "", role: str = "") -> str:
        at = parse(chosen.period_code) if chosen.period_code else self.period
        return self.where.of(read, at, member=member, role=role)

    def _told(self, read: ReadLine, chosen: Chosen, at: str) -> Line:
        meaning = read.meaning
        kind = Kind(meaning.definition.kind) if meaning.definition.kind in set(Kind) else Kind.COUNT
        return Line(
            code=meaning.code,
            name=meaning.name("vi"),
            noun=chosen.noun or meaning.noun("vi"),
            kind=kind,
            value=_plain(chosen.value),
            value_max=_plain(chosen.value_max),
            bound=Bound(chosen.bound),
            total=_plain(chosen.total),
            percent=chosen.percent,
            percent_stated=chosen.percent_stated,
            source=Source(chosen.source) if chosen.source else Source.RECORDED,
            covers=Covers.OWN if chosen.covers == "own" else Covers.SUBTREE,
            of_period=self._of_period(read, chosen),
            period_code=chosen.period_code or self.period.code,
            address=at,
            order=meaning.indicator.order,
            section=meaning.indicator.group,
            version=meaning.definition.number,
            reworded=meaning.reworded,
        )

    def _of_period(self, read: ReadLine, chosen: Chosen) -> str:
        """A shorter period by its name; a state over a longer range is told as it stood on the last day."""
        if chosen.period_code:
            return parse(chosen.period_code).label("vi")
        ranged = self.period.kind in (PeriodKind.SINCE, PeriodKind.TERM, PeriodKind.CAMPAIGN)
        measure = read.meaning.numerator
        state = measure.counting == Counting.STOCK or (measure.counting == Counting.DISTINCT and measure.recorded)
        if ranged and state and not chosen.missing:
            return as_of(self.period.last).label("vi")
        return ""

    def _members(self, read: ReadLine, found: tuple[tuple[int, str, Chosen], ...], whole: Chosen) -> tuple[Member, ...]:
        return tuple(
            Member(
                code=self.members[member].code,
                name=_lowered(self.members[member].name_vi),
                value=_plain(part.value),
                address=self._address(read, whole, member=self.members[member].code),
            )
            for member, _, part in found
        )


def _previous(read: ReadLine, before: Period | None, where: Where) -> Previous | None:
    """A change that the text itself states goes before a comparison with the same period of last year."""
    chosen = read.chosen
    moved = next((said for said in read.changes if said.value is not None), None)
    if moved is not None and moved.value is not None and chosen.value is not None and moved.against:
        amount = from_fixed(moved.value, read.numerator.scale)
        if amount <= chosen.value:
            return Previous(value=_plain(chosen.value - amount), label=_against(moved.against))
    then = read.before
    if then is None or then.missing or before is None:
        return None
    return Previous(
        value=_plain(then.value),
        total=_plain(then.total),
        percent=then.percent,
        address=where.of(read, before),
        period_code=before.code,
    )


def _against(words: str) -> str:
    """ "so với năm 2011" names the period "năm 2011"."""
    return words.removeprefix("so với ").strip()


def _part(said: Said, read: ReadLine, at: str) -> Part:
    scale = read.numerator.scale
    return Part(
        about=said.about,
        value=_plain(from_fixed(said.value or 0, scale)) or Decimal(0),
        value_max=None if said.value_max is None else _plain(from_fixed(said.value_max, scale)),
        bound=Bound(said.bound),
        unit=read.meaning.noun("vi"),
        address=at,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without idle zeros: 5200.00 is printed 5.200."""
    if value is None:
        return None
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _completeness(found: UnitLines) -> Completeness | None:
    """How many units stand behind the figures: what holds for most of the computed lines."""
    computed = [
        line.chosen for line in found.lines if line.chosen.spoke and not line.chosen.figure_id and line.chosen.expected
    ]
    if not computed or found.is_leaf:
        return None
    usual = Counter((c.spoke or 0, c.expected or 0) for c in computed).most_common(1)[0][0]
    return Completeness(spoke=usual[0], expected=usual[1])


def _passages(viewer: Viewer, unit_id: int, period: Period, base: str) -> list[Passage]:
    """Classified sentences of the unit's documents of the period, at most five a class; those of the results
    class only where they hold no number (the numbers are told by the lines)."""
    kept: list[Passage] = []
    counts: dict[str, int] = {}
    for document, sentence, text in passages(viewer, unit_id, period.code):
        if sentence.section not in set(PassageClass) or counts.get(sentence.section, 0) >= MOST_PASSAGES:
            continue
        if sentence.section == PassageClass.RESULTS and any(letter.isdigit() for letter in text):
            continue
        counts[sentence.section] = counts.get(sentence.section, 0) + 1
        kept.append(
            Passage(
                kind=PassageClass(sentence.section),
                text=text.strip().lstrip("-*• ").strip(),
                address=f"{base}/van-ban/{document.pk}/#c{sentence.start}",
                document=_short(document.title),
            )
        )
    return kept


def _short(title: str) -> str:
    """A document named in passing."""
    return title if len(title) <= 48 else f"{title[:45].rstrip()}…"
