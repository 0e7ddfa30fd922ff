"""Kinds of personal data, each with its own time to be kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """What a rule is about."""

    PERSON_NAME = "person_name"
    BIRTH_YEAR = "birth_year"
    ACCOUNT = "account"
    EXEMPTION_REASON = "exemption_reason"
    NOTES = "notes"
    FAILED_SIGN_INS = "failed_sign_ins"
    DOCUMENT_TEXT = "document_text"
    EVIDENCE_FILE = "evidence_file"


@dataclass(frozen=True)
class Shipped:
    """What holds until an installation decides otherwise, in months; `months` None: kept for ever.

    Nobody may choose fewer months than `floor`: what is young is still asked about, checked and disputed.
    """

    months: int | None
    floor: int


SHIPPED: dict[Kept, Shipped] = {
    Kept.PERSON_NAME: Shipped(120, 24),
    Kept.BIRTH_YEAR: Shipped(60, 12),
    Kept.ACCOUNT: Shipped(120, 24),
    Kept.EXEMPTION_REASON: Shipped(24, 6),
    Kept.NOTES: Shipped(120, 24),
    Kept.FAILED_SIGN_INS: Shipped(6, 1),
    Kept.DOCUMENT_TEXT: Shipped(None, 60),
    Kept.EVIDENCE_FILE: Shipped(None, 24),
}
LONGEST = 1200
"""Months; more is "for ever", which is said by leaving the number out."""
