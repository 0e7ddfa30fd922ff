"""Turns the lines of a report into sentences of official Vietnamese, every number a link to its trace.

This module decides what is told together, in which order, and what is said to be missing; `clause` words one
line. The intake reads these sentences back to the same figures (SPINE 11): tests/pure/reporting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chithi.core.numbers import format_number
from chithi.reporting.clause import example_clause, is_bare, line_clause, opening
from chithi.reporting.content import Covers, Line, ReportContent, by_section
from chithi.reporting.phrases import BASELESS_NOTE, EXAMPLES_LEAD, MISSING_LEAD, PHRASES, TOGETHER
from chithi.reporting.quantity import Number, Piece, Pieces


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as pieces of plain text and numbers; `plain` is what a reader or the intake sees.

    A `remark` does not tell a figure: it says what is missing or how a share was stated.
    """

    parts: Pieces
    remark: bool = False

    @property
    def plain(self) -> str:
        """The sentence as text."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.parts)


@dataclass(frozen=True, slots=True)
class SectionText:
    """The sentences of one section of the field under its heading."""

    section: str
    heading: str
    sentences: tuple[Sentence, ...]


def sentences(content: ReportContent) -> tuple[Sentence, ...]:
    """All sentences about the figures of `content`, section after section."""
    return tuple(sentence for section in section_texts(content) for sentence in section.sentences)


def section_texts(content: ReportContent) -> tuple[SectionText, ...]:
    """The sentences grouped by the sections of the field, in the order of the report."""
    made: list[SectionText] = []
    noted = False
    for code, heading, lines in by_section(content.lines):
        told = list(_section(content, lines))
        if not noted and any(_baseless(line) for line in lines):
            told.append(Sentence((BASELESS_NOTE,), remark=True))
            noted = True
        made.append(SectionText(code, heading, tuple(told)))
    return tuple(made)


def _section(content: ReportContent, lines: tuple[Line, ...]) -> Iterable[Sentence]:
    said = ""
    for group in _groups([line for line in lines if line.value is not None or line.percent is not None]):
        period = _period(group[0].of_period or content.period_label)
        yield _tell(content, group, "" if period == said else period)
        said = period
    yield from _examples(lines)
    missing = [line for line in lines if line.missing]
    if missing:
        yield _missing(missing)


def _baseless(line: Line) -> bool:
    """True for a share printed as its source states it, without a base."""
    return line.value is not None and line.percent is not None and line.total is None


def _period(label: str) -> str:
    """The period as a sentence opens with it; the note on cut-off days stays in the head of the report."""
    return label.partition(" (")[0].strip()


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Lines of one period and reach that one sentence tells: the shipped groups, every other line alone."""
    group_of = {code: codes for codes in TOGETHER for code in codes}
    groups: dict[tuple[str, ...], list[Line]] = {}
    for position, line in enumerate(lines):
        together = group_of.get(line.code)
        alone = (line.code, str(position))
        key = (together[0], line.covers.value, line.of_period, str(line.is_target)) if together else alone
        groups.setdefault(key, []).append(line)
    place = {code: position for codes in TOGETHER for position, code in enumerate(codes)}
    for members in groups.values():
        members.sort(key=lambda line: place.get(line.code, 0))
    return list(groups.values())


def _tell(content: ReportContent, group: list[Line], period: str) -> Sentence:
    subject = _subject(content, group[0]) + (" đề ra mục tiêu" if group[0].is_target else "")
    shipped = group[0].code in PHRASES
    parts: list[Piece] = [f"{period}, " if period else "", f"{subject} " if shipped else ""]
    before: Line | None = None
    joined = False
    for line in group:
        begins = opening(line, subject)
        if before is None:
            parts.append(begins)
        else:
            same_verb = begins == opening(before, subject)
            joined = not joined and same_verb and is_bare(before) and is_bare(line)
            parts.append(" và " if joined else f"; {begins}")
        parts += line_clause(line)
        before = line
    return _sentence([*parts, "."])


def _subject(content: ReportContent, line: Line) -> str:
    """Whose figure it is: the whole scope, or the unit alone where the figure covers only that."""
    alone = line.covers is Covers.OWN and content.scope.startswith("toàn ")
    return "riêng đơn vị" if alone else content.scope


def _examples(lines: tuple[Line, ...]) -> Iterable[Sentence]:
    """One sentence that lists what single persons or villages did, never a sum of it."""
    told = [example_clause(line, part) for line in lines for part in line.parts]
    if told:
        parts: list[Piece] = [EXAMPLES_LEAD, " "]
        for position, clause in enumerate(told):
            parts += ["; " if position else "", *clause]
        yield _sentence([*parts, "."])


def _missing(lines: list[Line]) -> Sentence:
    named = [line.name + (f" ({line.missing_reason})" if line.missing_reason else "") for line in lines]
    return Sentence((f"{MISSING_LEAD} {'; '.join(named)}.",), remark=True)


def completeness_sentence(content: ReportContent) -> Sentence | None:
    """How many units the report rests on and which are silent; None when nothing is known about that."""
    known = content.completeness
    if known is None:
        return None
    ratio = Number(f"{format_number(Decimal(known.spoke))}/{format_number(Decimal(known.expected))}", known.address)
    parts: list[Piece] = ["Số liệu được tổng hợp từ ", ratio, f" {known.noun}"]
    if known.silent:
        parts.append(f"; chưa có số liệu của: {', '.join(known.silent)}")
    return _sentence([*parts, "."])


def _sentence(parts: list[Piece]) -> Sentence:
    """Drop empty pieces and begin with a capital letter."""
    kept: list[Piece] = [piece for piece in parts if piece != ""]
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0][:1].upper() + kept[0][1:]
    return Sentence(tuple(kept))
