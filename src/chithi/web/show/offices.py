"""Words for a records office: sides, forms of signature, spellings, kinds of documents."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chithi.registry.kinds import NAMES, DocumentKind, Side, Signing
from chithi.reporting.letter import Form
from chithi.text.tone_places import SAMPLES, Spelling


def side_word(side: str) -> str:
    """Whose form a document has."""
    return {Side.PARTY: _("văn bản của Đảng"), Side.STATE: _("văn bản hành chính nhà nước")}[Side(side)]


def sides(usual: str) -> list[tuple[str, str]]:
    """What may be chosen; the first follows from the unit."""
    own = _("theo loại đơn vị (%(usual)s)") % {"usual": side_word(usual)} if usual else _("theo loại đơn vị")
    return [("", own), *((side.value, side_word(side)) for side in Side)]


def signings() -> list[tuple[str, str]]:
    """Forms of signature."""
    return [
        (Signing.USUAL.value, _("theo loại đơn vị")),
        (Signing.COLLECTIVE.value, _("thay mặt tập thể (T/M, TM.)")),
        (Signing.HEAD.value, _("người đứng đầu ký")),
        (Signing.IN_PLACE.value, _("ký thay người đứng đầu (K/T, KT.)")),
        (Signing.BY_ORDER.value, _("thừa lệnh (T/L, TL.)")),
        (Signing.BY_AUTHORITY.value, _("thừa ủy quyền (TUQ., văn bản nhà nước)")),
        (Signing.COLLECTIVE_IN_PLACE.value, _("thay mặt tập thể, ký thay người đứng đầu (TM., KT., văn bản nhà nước)")),
    ]


def spellings() -> list[tuple[str, str]]:
    """Where tone marks stand; the samples are spelled as they say."""
    return [
        (Spelling.AS_WRITTEN.value, _("để như đã ghi")),
        *((spelling.value, sample) for spelling, sample in SAMPLES.items()),
    ]


def kind_word(kind: DocumentKind) -> str:
    """ "Báo cáo (BC)"; names of kinds are those of Vietnamese documents in either language."""
    name, symbol = NAMES[kind]
    return f"{name} ({symbol})"


def letters(*, none: bool = True) -> list[tuple[str, str]]:
    """Which letter goes with a report."""
    offered = [(Form.LETTER.value, _("công văn")), (Form.SUBMISSION.value, _("tờ trình"))]
    return [("", _("không")), *offered] if none else offered
