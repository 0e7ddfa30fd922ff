"""When a document may go out, whether it is in force, how a unit stands that must issue its own. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chithi.core.errors import Refused
from chithi.directives.kinds import MAY_BE_EXPECTED, Standing
from chithi.org.kinds import Expected, UnitKind

MOST_LINKS, MOST_FILES, MOST_RECIPIENTS = 50, 20, 1_000
LONGEST_ABSTRACT = 4_000
FIRST_DAY = date(1930, 2, 3)
"""No document of the Party is older than the Party."""
LAST_DAY = date(2100, 12, 31)


class Force(StrEnum):
    """Whether a document holds on a day."""

    DRAFT = "draft"
    NOT_YET = "not_yet"
    HOLDS = "holds"
    ENDED = "ended"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Days:
    """What decides whether a document holds; `replaced_on` is the date of one that replaces it."""

    is_draft: bool
    dated: date | None
    valid_from: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None
    replaced_on: date | None = None


def force_of(days: Days, today: date) -> Force:
    """Withdrawn goes before replaced, replaced before its own days. `valid_until` is the last day it holds."""
    if days.is_draft:
        return Force.DRAFT
    if days.withdrawn_on is not None and days.withdrawn_on <= today:
        return Force.WITHDRAWN
    if days.replaced_on is not None and days.replaced_on <= today:
        return Force.REPLACED
    if days.valid_until is not None and days.valid_until < today:
        return Force.ENDED
    begins = days.valid_from or days.dated
    return Force.NOT_YET if begins is not None and begins > today else Force.HOLDS


def last_day(days: Days, today: date) -> date:
    """The last day up to today on which a document that went out held: after it nobody is late any more."""
    ended = [day - timedelta(days=1) for day in (days.withdrawn_on, days.replaced_on) if day is not None]
    ended += [days.valid_until] if days.valid_until is not None else []
    return min([today, *ended])


@dataclass(frozen=True)
class Written:
    """What whoever writes a document says of it; see `chithi.directives.models.Directive`."""

    kind: str
    summary: str
    abstract: str = ""
    sign: str = ""
    dated: date | None = None
    issuer: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    due_on: date | None = None
    expects: tuple[str, ...] = ()
    recipients: tuple[int, ...] = ()


def why_not_written(written: Written) -> Refused | None:
    """What cannot stand in a document, draft or not."""
    if not written.summary.strip():
        return Refused("directives.no_summary", field="summary")
    for name in ("dated", "valid_from", "valid_until", "due_on"):
        given = getattr(written, name)
        if given is not None and given < FIRST_DAY:
            return Refused("directives.too_early", field=name, day=FIRST_DAY)
        if given is not None and given > LAST_DAY:
            return Refused("directives.too_far", field=name, day=LAST_DAY)
    if written.valid_from and written.valid_until and written.valid_until < written.valid_from:
        return Refused("directives.ends_first", field="valid_until")
    if written.due_on and written.dated and written.due_on < written.dated:
        return Refused("directives.due_first", field="due_on", day=written.dated)
    if written.due_on and not written.expects:
        return Refused("directives.due_for_nobody", field="expects")
    if any(one not in MAY_BE_EXPECTED for one in written.expects):
        return Refused("directives.no_such_kind", field="expects")
    if len(written.recipients) > MOST_RECIPIENTS:
        return Refused("directives.too_many", field="recipients", most=MOST_RECIPIENTS)
    return None


def why_not_out(sign: str, dated: date | None, today: date) -> Refused | None:
    """A document that bears its number already: it says which, and when."""
    if not sign.strip():
        return Refused("directives.no_sign", field="sign")
    if dated is None:
        return Refused("directives.no_date", field="dated")
    return Refused("directives.dated_later", field="dated") if dated > today else None


def why_not_linked(
    source: int, target: int, links: Mapping[int, Collection[int]], *, dates: tuple[date | None, date | None]
) -> Refused | None:
    """`links` holds, by document, those it is linked to, as far up from `target` as they go. `dates`: of both."""
    if source == target:
        return Refused("directives.to_itself", field="target")
    if source in reached(target, links):
        return Refused("directives.circle", field="target")
    if dates[0] is not None and dates[1] is not None and dates[0] < dates[1]:
        return Refused("directives.older_than_it", field="target", day=dates[1])
    return None


def reached(start: int, links: Mapping[int, Collection[int]]) -> set[int]:
    """All documents that one leads to, without itself unless it stands in a circle."""
    found: set[int] = set()
    ahead = list(links.get(start, ()))
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead.extend(links.get(at, ()))
    return found


def standing(issued_on: date | None, due_on: date | None, today: date) -> Standing:
    """How a unit stands that must issue a document of its own by a day. Without a day nobody is late."""
    if issued_on is not None:
        return Standing.LATE if due_on is not None and issued_on > due_on else Standing.IN_TIME
    return Standing.MISSING if due_on is not None and today > due_on else Standing.WAITING


def days_late(issued_on: date | None, due_on: date | None, today: date) -> int:
    """By how many days it came, or is, late; 0 where it is not."""
    return 0 if due_on is None else max(((issued_on or today) - due_on).days, 0)


def is_asked(expected: str, is_cell: bool, is_grassroots: bool, kind: str) -> bool:
    """Whether a unit is of a kind that is asked; a cell may be a grassroots organisation too."""
    if expected == Expected.CELLS:
        return is_cell
    if expected == Expected.GRASSROOTS:
        return is_grassroots
    return kind == (UnitKind.DISTRICT if expected == Expected.DISTRICTS else UnitKind.MASS_ORGANISATION)


def kept(expects: Iterable[str]) -> str:
    """Kinds of units as one column: in a fixed order, with commas."""
    wanted = set(expects)
    return ",".join(one.value for one in MAY_BE_EXPECTED if one.value in wanted)


def read(column: str) -> tuple[str, ...]:
    """The inverse of `kept`."""
    return tuple(one for one in column.split(",") if one)
