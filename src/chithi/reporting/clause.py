"""Words one line of a report: verb, quantity, share, breakdown, comparison and who spoke.

Nothing is said that the figures do not give: bounds and bases are kept, and a comparison is made only where
both sides are exact and every unit has spoken.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chithi.core.numbers import format_number
from chithi.reporting.content import Bound, Kind, Line, Part
from chithi.reporting.phrases import PHRASES, SAME_PERIOD, Phrase
from chithi.reporting.quantity import (
    BOUND_WORDS,
    MONEY_KINDS,
    Number,
    Piece,
    Pieces,
    amount,
    percent_text,
    share_of,
)


def opening(line: Line, subject: str) -> str:
    """How the clause of a line begins: the verb of a shipped indicator, else the name users gave it."""
    phrase = None if line.reworded else PHRASES.get(line.code)
    return f"{phrase.verb} " if phrase else f"tiêu chí “{line.name}” của {subject} là "


def line_clause(line: Line) -> Pieces:
    """What follows the opening, for a line that has a value or a share."""
    phrase = Phrase("", line.noun) if line.reworded else PHRASES.get(line.code, Phrase("", line.noun))
    phrase = replace(phrase, noun=phrase.noun or line.noun)
    if line.value is None:
        told = _percent_alone(line, phrase)
    else:
        told = (*_quantity(line, phrase), *_share(line, phrase))
    return (*told, *_comparison(line, phrase), *_breakdown(line, phrase), *_spoken(line))


def is_bare(line: Line) -> bool:
    """True when the clause is a number with its noun only, so that another may follow with "và"."""
    whole = line.percent is None and line.total is None and line.previous is None and line.complete
    return whole and not line.members


def example_clause(line: Line, part: Part) -> Pieces:
    """What one person or village did: "ông A, thôn B hiến 5.200 m² đất"."""
    phrase = None if line.reworded else PHRASES.get(line.code)
    verb = phrase.example or phrase.verb if phrase else "đạt"
    after = f" {phrase.after}" if phrase and phrase.after else ""
    number = amount(line.kind, part.unit or line.noun, part.value, part.value_max, part.bound, part.address)
    return (f"{part.about} {verb} ", *number, after)


def _quantity(line: Line, phrase: Phrase) -> Pieces:
    """The number with its noun: "731 lớp", "176/251 chi bộ", "trên 176 chi bộ trên tổng số 251 chi bộ"."""
    assert line.value is not None  # noqa: S101 -- the caller has looked
    after = f" {phrase.after}" if phrase.after else ""
    if line.kind is Kind.CHANGE:
        return (*_change(line.value, phrase.noun, line.address), after)
    number = amount(line.kind, phrase.noun, line.value, line.value_max, line.bound, line.address)
    if not line.total:
        return (*number, after)
    if line.bound is Bound.EXACT and line.value_max is None and line.kind not in MONEY_KINDS:
        ratio = f"{format_number(line.value)}/{format_number(line.total)}"
        return (Number(ratio, line.address), f" {phrase.noun}" if phrase.noun else "", after)
    return (
        *number,
        after,
        " trên tổng số ",
        *amount(line.kind, phrase.noun, line.total, address=line.address),
    )


def _percent_alone(line: Line, phrase: Phrase) -> Pieces:
    """A share without a count: "100% chi bộ, đảng bộ trực thuộc hoàn thành ..."."""
    assert line.percent is not None  # noqa: S101 -- the caller has looked
    bound = BOUND_WORDS[line.bound]
    words = " ".join(word for word in (phrase.noun, phrase.after) if word)
    return (bound, Number(percent_text(line.percent), line.address), f" {words}" if words else "")


def _share(line: Line, phrase: Phrase) -> Pieces:
    """ ", đạt 70,1%": as stated where a source states it, else computed from an exact count and its base."""
    stated = line.percent is not None and (line.percent_stated or line.total is None)
    if stated and line.percent is not None:
        text: str | None = percent_text(line.percent)
    elif line.total is None or line.value is None or line.value_max is not None or line.bound:
        return ()
    else:
        text = share_of(line.value, line.total)
    if line.total == 0:
        return (", chưa đủ số liệu để tính tỷ lệ",)
    if text is None:
        return ()
    return (f", {phrase.share} ", Number(text, line.address))


def _breakdown(line: Line, phrase: Phrase) -> Pieces:
    """ ", trong đó: 710 đồng chí là đảng viên; ...": cells without a value are left to the annex."""
    parts: list[Piece] = []
    for member in line.members:
        if member.value is not None:
            parts.append("; " if parts else ", trong đó: ")
            parts += amount(line.kind, phrase.noun, member.value, address=member.address or line.address)
            parts.append(f" {member.name}")
    return tuple(parts)


def _comparison(line: Line, phrase: Phrase) -> Pieces:
    """ " (tăng 109 thôn, bản so với ...)", only between exact values of which both are complete."""
    before = line.previous
    if before is None or line.kind is Kind.CHANGE or not line.complete or line.bound or line.value_max:
        return ()
    than = before.label or SAME_PERIOD
    if line.value is None or before.value is None:
        return ()
    if line.value == before.value:
        return (f" (bằng {than})",)
    return (
        " (",
        *_change(line.value - before.value, phrase.noun, line.address, line.kind),
        f" so với {than})",
    )


def _change(difference: Decimal, noun: str, address: str, kind: Kind = Kind.COUNT) -> Pieces:
    verb = "tăng " if difference >= 0 else "giảm "
    return (verb, *amount(kind, noun, abs(difference), address=address))


def _spoken(line: Line) -> Pieces:
    """Who stands behind the number, said only when somebody is missing or the records are unconfirmed."""
    if line.unconfirmed:
        return (" (theo ghi chép chưa được xác nhận)",)
    if line.complete:
        return ()
    return (" (theo số liệu của ", Number(spoken_of(line), line.address), " đơn vị)")


def spoken_of(line: Line) -> str:
    """ "40/43": how many of the units expected to speak have spoken, "" where that is not known."""
    if line.spoke is None or line.expected is None:
        return ""
    return f"{format_number(line.spoke)}/{format_number(line.expected)}"
