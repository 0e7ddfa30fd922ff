"""What an organisation may issue, which side its documents are of, which number comes next. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Refused
from chithi.org.kinds import PARTY_BODIES, UnitKind
from chithi.registry.kinds import STATE_ONLY, DocumentKind, Side, Signing
from chithi.text.tone_places import Spelling, spelled

MOST_NUMBER = 99_999
_PARTY_OFFICES = (
    *("ban tuyên giáo", "ban tổ chức", "ban dân vận", "ban nội chính", "ban kinh tế", "ban xây dựng đảng"),
    *("ủy ban kiểm tra", "văn phòng tỉnh ủy", "văn phòng thành ủy", "văn phòng huyện ủy", "văn phòng đảng ủy"),
    *("trường chính trị", "trung tâm chính trị", "đảng"),
)

_COLLECTIVES = (
    *("ban ", "chi bộ", "chi ủy", "đảng bộ", "đảng ủy", "huyện ủy", "tỉnh ủy", "thành ủy", "thị ủy", "quận ủy"),
    *("ủy ban", "hội đồng", "đảng đoàn", "thường trực", "tập thể"),
)


def is_collective(words: str) -> bool:
    """Whether the words name a collective, for which nobody stands in."""
    return spelled(words.strip().lower(), Spelling.UY_FIRST).startswith(_COLLECTIVES)


@dataclass(frozen=True)
class Power:
    """What one body may issue, or may not where that is all that is ruled. `body` is written with its kind of unit."""

    body: str
    basis: str
    may: frozenset[DocumentKind] | None = None
    may_not: frozenset[DocumentKind] = frozenset()

    def allows(self, kind: DocumentKind) -> bool:
        """Whether this kind is within the power."""
        return kind not in self.may_not and (self.may is None or kind in self.may)


CELL, STANDING, OTHER = "cell", "grassroots_standing", "other"
POWERS: tuple[Power, ...] = (
    Power(
        CELL,
        "Quy định 399, Điều 11, 13",
        may=frozenset(
            {
                DocumentKind.RESOLUTION,
                DocumentKind.DECISION,
                DocumentKind.CONCLUSION,
                DocumentKind.NOTICE,
                DocumentKind.REPORT,
                DocumentKind.PLAN,
                DocumentKind.PROGRAMME,
                DocumentKind.MINUTES,
                DocumentKind.SCHEME,
                DocumentKind.SUBMISSION,
                DocumentKind.LETTER,
                DocumentKind.RULES,
            }
        ),
    ),
    Power(STANDING, "Quy định 399, Điều 11, 13", may_not=frozenset({DocumentKind.RULES})),
    Power(OTHER, ""),
)
"""Who may issue what. A body that no rule speaks of is not restricted."""


def power_of(kind: str, *, is_cell: bool, body: str = "") -> Power:
    """The power of a unit's signing body: a cell's, that of the standing committee of a grassroots organisation."""
    named = CELL if is_cell or kind == UnitKind.CELL else OTHER
    if named == OTHER and kind == UnitKind.GRASSROOTS and body.strip().lower().startswith("ban thường vụ"):
        named = STANDING
    return next(power for power in POWERS if power.body == named)


def side_of(kind: str, name: str) -> Side:
    """The side of a unit that has not chosen: Party bodies and the Party's own agencies, else the State."""
    if kind in PARTY_BODIES or name.strip().lower().startswith(_PARTY_OFFICES):
        return Side.PARTY
    return Side.STATE


def why_not_signed(side: Side, signing: Signing, body: str, head: str = "") -> Refused | None:
    """A form of signature that the side does not know, or a collective that somebody would stand in for."""
    if side is Side.PARTY and signing in STATE_ONLY:
        return Refused("registry.state_only", field="signing")
    if signing in (Signing.BY_ORDER, Signing.BY_AUTHORITY) and not body.strip():
        return Refused("registry.whose_order", field="body")
    if signing in (Signing.IN_PLACE, Signing.COLLECTIVE_IN_PLACE) and is_collective(head):
        return Refused("reporting.collective_in_place", field="head", body=head)
    return None


def why_not_term(since: date, until: date | None, others: Iterable[tuple[date, date | None]]) -> Refused | None:
    """A term ends after it began and overlaps no other; `until` no longer counts."""
    if until is not None and until <= since:
        return Refused("registry.term_ends_first", field="until")
    for other_since, other_until in others:
        if (until is None or other_since < until) and (other_until is None or since < other_until):
            return Refused("registry.terms_overlap", field="since", since=other_since)
    return None


def why_not_first(first: int, last: int) -> Refused | None:
    """The first number is set before any was given."""
    if not 1 <= first <= MOST_NUMBER:
        return Refused("registry.bad_first", field="first", most=MOST_NUMBER)
    return Refused("registry.begun_already", field="first", last=last) if last else None


def next_number(first: int, last: int) -> int:
    """The number that comes next: the first one, else one more than the last; withdrawn ones stay used."""
    return last + 1 if last else first
