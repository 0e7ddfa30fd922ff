"""What a records office holds, planted: a term, a document that went out."""

from __future__ import annotations

from datetime import date

from chithi.registry.actions import Outgoing, issue, set_term
from chithi.registry.kinds import DocumentKind, Side
from tests.worlds import World


def office_of(world: World, code: str, word: str, report: str = "") -> tuple[int, int]:
    """A term and a document that went out, of this unit: (term, issued)."""
    by, unit = world.viewer("chau"), world.unit(code)
    term = set_term(by=by, unit_id=unit, name=f"2025 {word}".strip(), since=date(2025, 1, 1), until=None)
    out = Outgoing(
        kind=DocumentKind.NOTICE,
        on=date(2026, 10, 1),
        side=Side.PARTY,
        summary=f"Về việc {word}".strip(),
        write=lambda number: (f"Số {number:02d}-TB/ĐU", word.encode() or b"x"),
        source=report,
    )
    return term.pk, issue(by=by, unit_id=unit, out=out).pk
