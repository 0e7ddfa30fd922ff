"""Formats of Party documents as data with validity dates: pages, fonts, sizes, spacings, customary words.

Profile A is Hướng dẫn 36-HD/VPTW (3/4/2018 to 26/5/2026), profile B Hướng dẫn 05-HD/VPTW (from 27/5/2026).
A document dated before 3/4/2018 takes profile A, the earliest there is. Where the published sources of B
disagree, the value is a parameter of the profile and the choice is explained in docs/decisions/report.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Page:
    """A4 portrait in millimetres with its margins and the distance of the page number from the top edge."""

    width: int = 210
    height: int = 297
    top: int = 20
    bottom: int = 20
    left: int = 30
    right: int = 15
    number_from_top: int = 10


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes in points, by the element of the document."""

    banner: int = 15
    parent: int = 14
    issuer: int = 14
    number: int = 14
    place_date: int = 14
    title: int = 16
    summary: int = 14
    body: int = 14
    signature: int = 14
    recipients_head: int = 14
    recipients: int = 12
    page_number: int = 14
    table: int = 12


@dataclass(frozen=True, slots=True)
class Body:
    """Body text: first-line indent in millimetres, spacing and the exact line height in points."""

    first_line_mm: int = 10
    after_pt: int = 6
    line_pt: int = 18


@dataclass(frozen=True, slots=True)
class Profile:
    """One format of documents, valid from a day until the next profile begins (`valid_to` None: in force).

    `banner_milli_em` is the width of the banner in bold Times, in thousandths of an em: the rule below is
    drawn exactly as long.
    `recipient_end` closes each item of the list of recipients, `archive` is its last item.
    """

    code: str
    basis: str
    valid_from: date
    valid_to: date | None
    page: Page = Page()
    sizes: Sizes = Sizes()
    body: Body = Body()
    font: str = "Times New Roman"
    language: str = "vi-VN"
    banner: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    banner_milli_em: int = 13777
    recipients_head: str = "Nơi nhận:"
    recipient_end: str = ","
    archive: str = "Lưu Văn phòng."
    blank_signature_lines: int = 4
    below_summary: str = "-----"


PROFILES: tuple[Profile, ...] = (
    _A := Profile(
        code="A",
        basis="Hướng dẫn 36-HD/VPTW, 03/4/2018",
        valid_from=date(2018, 4, 3),
        valid_to=date(2026, 5, 26),
    ),
    replace(
        _A,
        code="B",
        basis="Hướng dẫn 05-HD/VPTW, 27/5/2026",
        valid_from=date(2026, 5, 27),
        valid_to=None,
        sizes=Sizes(title=15),
        recipient_end=";",
        archive="Lưu Đảng ủy.",
    ),
)
"""All profiles, oldest first; a new one is added at the end (docs/how-to/add-a-document-profile.md)."""


def profile_on(day: date) -> Profile:
    """The profile in force on `day`; days before the first profile take the first."""
    in_force = [profile for profile in PROFILES if profile.valid_from <= day]
    return in_force[-1] if in_force else PROFILES[0]


def place_and_date(place: str, day: date) -> str:
    """ "Mường Khương, ngày 04 tháng 5 năm 2013": days below 10 and months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def number_line(number: int | None, kind: str, issuer: str) -> str:
    """ "Số 127-BC/TU": no colon, hyphen before the kind, slash before the issuer; a gap for a number to come.

    Numbers run from 01 for each kind of document through a committee's term.
    """
    written = f"{number:02d}" if number is not None else "     "
    return f"Số {written}-{kind}" + (f"/{issuer}" if issuer else "")
