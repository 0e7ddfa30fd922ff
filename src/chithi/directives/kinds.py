"""Kinds of links between documents, how a unit stands in a cascade, whose documents a list shows. Pure."""

from __future__ import annotations

from enum import StrEnum

from chithi.org.kinds import Expected
from chithi.registry.kinds import DocumentKind


class LinkKind(StrEnum):
    """What one document is to another: it … the other."""

    IMPLEMENTS = "implements"
    LOCALISES = "localises"
    CORRECTS = "corrects"
    REPLACES = "replaces"
    CONCLUDES = "concludes"


CARRIES_DOWN = frozenset({LinkKind.IMPLEMENTS, LinkKind.LOCALISES})
"""Links by which a directive comes down the tree: what a unit issued to carry it out."""


class Standing(StrEnum):
    """How a unit that must issue its own document stands."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"


class Whose(StrEnum):
    """Whose documents a list shows, seen from one unit."""

    OWN = "own"
    ABOVE = "above"
    BELOW = "below"


MAY_BE_EXPECTED = (Expected.GRASSROOTS, Expected.CELLS, Expected.DISTRICTS, Expected.MASS_ORGANISATIONS)
"""Kinds of units that may be asked for a document of their own."""

LEADING = (
    DocumentKind.DIRECTIVE,
    DocumentKind.RESOLUTION,
    DocumentKind.CONCLUSION,
    DocumentKind.REGULATION,
    DocumentKind.PLAN,
    DocumentKind.PROGRAMME,
    DocumentKind.GUIDANCE,
    DocumentKind.RULES,
    DocumentKind.DECISION,
    DocumentKind.SCHEME,
    DocumentKind.CIRCULAR,
    DocumentKind.NOTICE,
    DocumentKind.LETTER,
)
"""Kinds of documents that lead and carry out, in the order a form offers them."""


class FileKind(StrEnum):
    """What may be attached; told by content, never by name."""

    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    ODT = "odt"
    XLSX = "xlsx"
    PNG = "png"
    JPG = "jpg"
    TXT = "txt"


MEDIA: dict[FileKind, str] = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.DOC: "application/msword",
    FileKind.PDF: "application/pdf",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
    FileKind.TXT: "text/plain; charset=utf-8",
}
