"""How a unit numbers and signs a document of a directive: what its letterhead says, and the form of the day."""

from __future__ import annotations

from datetime import date

from chithi.db.viewer import Viewer
from chithi.directives.actions import Seal
from chithi.org.queries import one_unit
from chithi.registry.kinds import NAMES, DocumentKind
from chithi.registry.queries import expected_number
from chithi.reporting.formats import number_line, profile_on, sign_alone
from chithi.reporting.letterheads import framed


def seal_of(viewer: Viewer, unit_id: int, kind: DocumentKind, on: date) -> Seal:
    """Side, capacity and the sign for a number, of a document dated `on`."""
    frame = framed(viewer, one_unit(viewer, unit_id, on), about=on, dated=on)
    header, signatory = frame.header, frame.signatory
    words = profile_on(on, header.side).words

    def sign(number: int) -> str:
        return number_line(number, NAMES[kind][1], header.issuer_symbol, words)

    lines = (*signatory.authority(words), signatory.post.upper())
    return Seal(header.side, signatory.body, ", ".join(line for line in lines if line), sign)


def next_sign(viewer: Viewer, unit_id: int, kind: DocumentKind, on: date) -> str:
    """Number and symbol that a document of this day would get, if nobody is quicker; as printed, without "Số"."""
    seal = seal_of(viewer, unit_id, kind, on)
    return sign_alone(seal.sign(expected_number(viewer, unit_id, kind, seal.side, on)))
