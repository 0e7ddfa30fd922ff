"""Owns what each field of a template gives for one report: pieces of text and numbers with their addresses. Pure.

The words and digits are those of the report that ships (`wording`, `annex`, `quantity`): a template moves them, it
does not say them otherwise. A value is a list of pieces, a piece a text or `[text, address]`; a list is a list of
scopes; all of it goes to the child as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chithi.core.numbers import MISSING, format_number
from chithi.reporting import annex
from chithi.reporting.clause import spoken_of
from chithi.reporting.content import Bound, Kind, Line, Passage, PassageClass, ReportContent
from chithi.reporting.formats import Profile, number_line, place_and_date
from chithi.reporting.frame import printed_basis, printed_recipients
from chithi.reporting.ooxml import clean
from chithi.reporting.quantity import Number, Pieces, amount, percent_text, share_of
from chithi.reporting.wording import SectionText, Sentence, completeness_sentence, section_texts
from chithi.text.tone_places import spelled

Value = list[Any]
Scope = dict[str, Any]

_CLASSES = {
    "results": PassageClass.RESULTS,
    "merit_causes": PassageClass.CAUSES_OF_MERITS,
    "models": PassageClass.MODELS,
    "limitations": PassageClass.LIMITATIONS,
    "limit_causes": PassageClass.CAUSES_OF_LIMITATIONS,
    "lessons": PassageClass.LESSONS,
    "tasks": PassageClass.TASKS,
    "proposals": PassageClass.PROPOSALS,
}


def values_of(content: ReportContent) -> Scope:
    """Every field and list of `fields` for this report, in the office's spelling; under "indicators" the parts of
    each by code."""
    words = content.profile.words
    told = {
        **_frame(content, content.profile),
        **{key: [_passage(one) for one in content.passages_of(kind)] for key, kind in _CLASSES.items()},
        "basis": [{"ground": _text(line)} for line in printed_basis(content.basis, words)],
        "recipients": [{"recipient": _text(line)} for line in printed_recipients(content.recipients, words)],
        "sections": [_section(number, told) for number, told in enumerate(section_texts(content), 1)],
        "rows": [_row(row) for row in annex.rows(content)],
        "groups": [
            {"group_name": _text(column.name), "group_note": _text(note)}
            for column, note in zip(content.columns, annex.notes(content), strict=True)
        ],
        "indicators": _indicators(content.lines),
    }
    if content.spelling:
        told = _spelled(told, content.spelling)
    return {**told, "signatory": _text(content.signatory.name or "")}


def _spelled(told: Any, spelling: str) -> Any:
    """Every text in the office's spelling; addresses stay."""
    if isinstance(told, str):
        return spelled(told, spelling)
    if isinstance(told, dict):
        return {name: _spelled(value, spelling) for name, value in told.items()}
    if len(told) == 2 and all(isinstance(one, str) for one in told) and _is_address(told[1]):
        return [spelled(told[0], spelling), told[1]]
    return [_spelled(one, spelling) for one in told]


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "/"))


def _frame(content: ReportContent, profile: Profile) -> Scope:
    header, signatory = content.header, content.signatory
    place, _, day = place_and_date(header.place, header.day).rpartition(", ")
    line = number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words)
    symbol = profile.words.number.format(number="|", kind=header.kind_symbol, issuer=header.issuer_symbol)
    resting, known = completeness_sentence(content), content.completeness
    behalf, in_place = (*signatory.authority(profile.words), "", "")[:2]
    return {
        "banner": _text(profile.banner),
        "motto": _text(profile.motto),
        "parent": _text(header.parent),
        "issuer": _text(header.issuer),
        "number_line": _text(line),
        "number": _text("" if header.number is None else f"{header.number:02d}"),
        "symbol": _text(symbol.partition("|")[2].strip("/-")),
        "place": _text(place),
        "day": _text(day),
        "place_and_date": _text(f"{place}, {day}"),
        "title": _text(content.title.upper()),
        "summary": _text(content.summary),
        "period": _text(content.period_label),
        "compared": _text(content.compared_label or annex.COLUMNS[4]),
        "scope": _text(content.scope),
        "resting": _sentence(resting) if resting else [],
        "spoke": [[format_number(known.spoke), known.address]] if known else [],
        "expected": [[format_number(known.expected), known.address]] if known else [],
        "behalf": _text(behalf),
        "in_place": _text(in_place),
        "post": _text(signatory.post.upper()),
        "signatory": [],
        "code": _text(content.code),
        "lookup": [[content.lookup, content.lookup]] if content.lookup else [],
    }


def _text(words: str) -> Value:
    words = clean(words)
    return [words] if words else []


def _number(number: Number) -> Value:
    return [[number.text, number.address]] if number.text else []


def _pieces(pieces: Iterable[str | Number]) -> Value:
    return [clean(one) if isinstance(one, str) else [one.text, one.address] for one in pieces if one != ""]


def _sentence(sentence: Sentence) -> Value:
    return _pieces(sentence.parts)


def _passage(passage: Passage) -> Scope:
    source = passage.document or ("nguồn" if passage.address else "")
    return {
        "passage": _text(passage.text),
        "passage_source": [[clean(source), passage.address]] if source else [],
    }


def _section(number: int, told: SectionText) -> Scope:
    return {
        "section_number": [str(number)],
        "section_title": _text(told.heading),
        "sentences": [{"sentence": _sentence(one)} for one in told.sentences if not one.remark],
        "remarks": [{"remark": _sentence(one)} for one in told.sentences if one.remark],
    }


def _row(row: annex.Row) -> Scope:
    head = row.level == 0
    numbers = ([], [], []) if head else (_number(row.now), _number(row.before), _number(row.ratio))
    return {
        "row_position": _text(row.position),
        "row_name": _text(row.name),
        "row_unit": _text(row.unit),
        **dict(zip(("row_now", "row_before", "row_ratio"), numbers, strict=True)),
        "row_head": _text(row.name) if head else [],
        "row_line": [] if head else _text(row.name),
        "row_groups": [{"group_number": [] if head else _number(cell)} for cell in row.more],
    }


def _indicators(lines: Iterable[Line]) -> Scope:
    """The first line of each code that tells the report's own period; norms and shorter periods come after it."""
    found: Scope = {}
    for line in sorted(lines, key=lambda one: (one.is_target, bool(one.of_period))):
        if line.code not in found:
            found[line.code] = _parts(line)
    return found


def _parts(line: Line) -> Scope:
    before = line.previous
    told: Pieces = () if line.value is None else _amount(line, line.value_max)
    value = _pieces(told[:2])
    if not value and line.percent is not None:
        value = [[percent_text(line.percent), line.address]]
    past = () if before is None or before.value is None else amount(line.kind, line.noun, before.value)
    return {
        "value": value or [MISSING],
        "unit": _text(str(told[2]).strip()) if told else _text(line.noun if line.percent is None else ""),
        "share": [[share, line.address]] if (share := _share(line)) else [],
        "total": [] if line.total is None else [[format_number(line.total), line.address]],
        "before": [[_digits(past), before.address]] if before and past else [],
        "change": _change(line),
        "name": _text(line.name),
        "spoken": [[spoken, line.address]] if (spoken := spoken_of(line)) else [],
    }


def _amount(line: Line, most: Any = None) -> Pieces:
    """(bound, number, unit) of the value."""
    assert line.value is not None  # noqa: S101 -- the caller has looked
    if line.kind is Kind.CHANGE and line.value < 0:
        bound, number, unit = amount(line.kind, line.noun, -line.value, address=line.address)
        return (bound, Number(f"-{number.text}", line.address) if isinstance(number, Number) else number, unit)
    return amount(line.kind, line.noun, line.value, most, line.bound, line.address)


def _digits(pieces: Pieces) -> str:
    """A past number with its unit only where it has one of its own (money): else the line's unit stands beside it."""
    number, unit = pieces[1], str(pieces[2]).strip()
    text = number.text if isinstance(number, Number) else number
    return f"{text} {unit}" if "đồng" in unit else text


def _share(line: Line) -> str:
    if line.percent is not None and (line.percent_stated or line.total is None):
        return percent_text(line.percent)
    if line.total is None or line.value is None or line.value_max is not None or line.bound is not Bound.EXACT:
        return ""
    return share_of(line.value, line.total) or ""


def _change(line: Line) -> Value:
    """ "tăng 12", only between exact values of which the newer is complete, as the sentences do."""
    before = line.previous
    if line.kind is Kind.CHANGE or before is None or before.value is None or line.value is None:
        return []
    if not line.complete or line.bound is not Bound.EXACT or line.value_max is not None:
        return []
    more = line.value - before.value
    if more == 0:
        return ["không đổi"]
    number = amount(line.kind, line.noun, abs(more), address=line.address)
    return ["tăng " if more > 0 else "giảm ", [_digits(number), line.address]]
