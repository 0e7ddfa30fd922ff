"""The frame of a document for a page: head and foot as they are printed today."""

from __future__ import annotations

from typing import Any

from chithi.reporting.formats import number_line, place_and_date
from chithi.reporting.frame import printed_basis, printed_recipients
from chithi.reporting.letterheads import Framed
from chithi.text.tone_places import spelled


def frame_shown(framed: Framed) -> dict[str, Any]:
    """For components/document_head.html and document_foot.html."""
    header, signatory, spelling = framed.header, framed.signatory, framed.spelling
    profile = header.profile

    def own(text: str) -> str:
        return spelled(text, spelling)

    sign = number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words)
    return {
        "upper": own(header.parent.upper()),
        "issuer": own(header.issuer.upper()),
        "banner": own(profile.banner),
        "motto": profile.motto,
        "stars": profile.looks.stars,
        "sign": sign.replace("  ", "\u00a0\u00a0"),
        "place_date": own(place_and_date(header.place, header.day)),
        "basis": [own(line) for line in printed_basis(framed.basis, profile.words)],
        "recipients": [own(line) for line in printed_recipients(framed.recipients, profile.words)],
        "authority": [own(line) for line in signatory.authority(profile.words)],
        "post": own(signatory.post.upper()),
        "signatory": signatory.name or "",
    }
