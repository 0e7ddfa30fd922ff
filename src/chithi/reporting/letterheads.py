"""The frame of a unit's documents: what its office has set, and where it has set nothing, what follows from the tree.

Source of the rules: docs/decisions/report.md, "The frame of a document".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.db.viewer import Viewer
from chithi.org.queries import UnitCard, name_above
from chithi.registry.kinds import Side, Signing
from chithi.registry.queries import Letterhead, Signer, letterhead, signers
from chithi.registry.rules import side_of
from chithi.reporting import frame
from chithi.reporting.content import Header, Mode, Signatory

SECRETARY = "BÍ THƯ"
HEAD_OF_OFFICE = "THỦ TRƯỞNG"
_MODES = {
    Signing.COLLECTIVE: Mode.ON_BEHALF,
    Signing.COLLECTIVE_IN_PLACE: Mode.ON_BEHALF,
    Signing.HEAD: Mode.DIRECT,
    Signing.IN_PLACE: Mode.IN_PLACE,
    Signing.BY_ORDER: Mode.BY_ORDER,
    Signing.BY_AUTHORITY: Mode.BY_AUTHORITY,
}


@dataclass(frozen=True)
class Framed:
    """What stands around a document's text."""

    header: Header
    signatory: Signatory
    recipients: tuple[str, ...]
    basis: tuple[str, ...]
    spelling: str


def framed(viewer: Viewer, unit: UnitCard, *, about: date, dated: date) -> Framed:
    """The frame of a document of this date; `about` is the day whose tree names the level above. Six queries."""
    return framed_as(viewer, unit, letterhead(viewer, unit.id)[0], about=about, dated=dated)


def framed_as(viewer: Viewer, unit: UnitCard, said: Letterhead, *, about: date, dated: date) -> Framed:
    """The same with what an office might set; `Letterhead()` gives what follows from the tree alone."""
    side = Side(said.side) if said.side else side_of(unit.kind, unit.name)
    above = frame.committee_name(name_above(viewer, unit.id, about))
    header = Header(
        issuer=said.issuer or frame.committee_name(unit.name),
        place=said.place or frame.place_name(unit.name),
        day=dated,
        parent=said.parent or above,
        issuer_symbol=said.symbol or _symbol(unit, side, dated),
        side=side,
    )
    return Framed(
        header=header,
        signatory=signatory(unit, said, side, header.issuer, signers(viewer, unit.id, dated)),
        recipients=tuple(said.recipients.splitlines())
        or (*((header.parent,) if header.parent else ()), *_archive(unit, side)),
        basis=tuple(said.basis.splitlines()),
        spelling=said.spelling,
    )


def signatory(unit: UnitCard, said: Letterhead, side: Side, issuer: str, known: list[Signer]) -> Signatory:
    """Who signs and how. The post chosen signs while it is held, else the head; a post still to be filled leaves a
    gap for the name."""
    chosen = next((one for one in known if one.post_id == said.signer_post), None)
    head = next((one for one in known if one.is_head), None)
    usual = SECRETARY if side is Side.PARTY else (head.title if head else HEAD_OF_OFFICE)
    signing = Signing(said.signing) or _usual_signing(unit, side)
    body = said.body or _usual_body(unit, side, issuer)
    stood_for = said.head or usual
    signer = chosen or head
    return Signatory(
        body={Signing.HEAD: "", Signing.IN_PLACE: stood_for}.get(signing, body),
        post=said.post or (chosen.title if chosen else usual),
        name=said.signer_name or (signer.name if signer else None),
        mode=_MODES[signing],
        head=stood_for if signing is Signing.COLLECTIVE_IN_PLACE else "",
    )


def _usual_signing(unit: UnitCard, side: Side) -> Signing:
    if side is Side.PARTY or frame.collective_of(unit.name):
        return Signing.COLLECTIVE
    return Signing.HEAD


def _usual_body(unit: UnitCard, side: Side, issuer: str) -> str:
    if side is Side.PARTY:
        return frame.signing_body(unit.kind, issuer)
    return frame.collective_of(unit.name) or unit.name


def _symbol(unit: UnitCard, side: Side, day: date) -> str:
    return frame.issuer_symbol(unit.kind, day) if side is Side.PARTY else frame.office_symbol(unit.name)


def _archive(unit: UnitCard, side: Side) -> tuple[str, ...]:
    return frame.archive_of(unit.kind, unit.name) if side is Side.PARTY else ()
