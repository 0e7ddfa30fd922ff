"""Kinds of documents with their symbols, forms of signature, whose form a document has. Pure."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Whose form a document has: the Party's or the State's. The two never mix."""

    PARTY = "party"
    STATE = "state"


class Signing(StrEnum):
    """How documents are signed; `USUAL` follows from the kind of the unit."""

    USUAL = ""
    COLLECTIVE = "collective"
    HEAD = "head"
    IN_PLACE = "in_place"
    BY_ORDER = "by_order"
    BY_AUTHORITY = "by_authority"
    COLLECTIVE_IN_PLACE = "collective_in_place"


STATE_ONLY = frozenset({Signing.BY_AUTHORITY, Signing.COLLECTIVE_IN_PLACE})


class DocumentKind(StrEnum):
    """Kinds of documents an organisation issues; each has numbers of its own."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    CONCLUSION = "conclusion"
    RULES = "rules"
    NOTICE = "notice"
    REPORT = "report"
    PLAN = "plan"
    PROGRAMME = "programme"
    SUBMISSION = "submission"
    LETTER = "letter"
    MINUTES = "minutes"
    SCHEME = "scheme"
    OPTIONS = "options"
    REGULATION = "regulation"
    GUIDANCE = "guidance"
    DIRECTIVE = "directive"
    CIRCULAR = "circular"


NAMES: dict[DocumentKind, tuple[str, str]] = {
    DocumentKind.RESOLUTION: ("Nghị quyết", "NQ"),
    DocumentKind.DECISION: ("Quyết định", "QĐ"),
    DocumentKind.CONCLUSION: ("Kết luận", "KL"),
    DocumentKind.RULES: ("Quy chế", "QC"),
    DocumentKind.NOTICE: ("Thông báo", "TB"),
    DocumentKind.REPORT: ("Báo cáo", "BC"),
    DocumentKind.PLAN: ("Kế hoạch", "KH"),
    DocumentKind.PROGRAMME: ("Chương trình", "CTr"),
    DocumentKind.SUBMISSION: ("Tờ trình", "TTr"),
    DocumentKind.LETTER: ("Công văn", "CV"),
    DocumentKind.MINUTES: ("Biên bản", "BB"),
    DocumentKind.SCHEME: ("Đề án", "ĐA"),
    DocumentKind.OPTIONS: ("Phương án", "PA"),
    DocumentKind.REGULATION: ("Quy định", "QĐ"),
    DocumentKind.GUIDANCE: ("Hướng dẫn", "HD"),
    DocumentKind.DIRECTIVE: ("Chỉ thị", "CT"),
    DocumentKind.CIRCULAR: ("Thông tri", "TT"),
}
"""Name and symbol. A decision and a regulation share a symbol and not their numbers."""
