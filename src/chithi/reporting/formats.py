"""Formats of documents as data with validity dates: pages, fonts, sizes, spacings, customary words.

The Party side: profile A is Hướng dẫn 36-HD/VPTW (3/4/2018 to 26/5/2026), profile B Hướng dẫn 05-HD/VPTW (from
27/5/2026). The State side: Nghị định 30/2020/NĐ-CP (from 5/3/2020). The two never mix: a document is of one side. A
document dated before the first profile of its side takes that one. Where the published sources of B disagree, the
value is a parameter of the profile and the choice is explained in docs/decisions/report.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chithi.registry.kinds import Side


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
    motto: int = 13
    parent: int = 14
    issuer: int = 14
    number: int = 14
    place_date: int = 14
    title: int = 16
    summary: int = 14
    letter_summary: int = 12
    addressee: int = 14
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
class Looks:
    """What is bold, slanted, underlined, or drawn as a rule, where the two sides differ.

    `stars`: "*" stands under the issuer, else a rule; `strokes`: "-----" under the summary, else a rule.
    """

    stars: bool = True
    strokes: bool = True
    post_bold: bool = False
    recipients_head_underlined: bool = True
    letter_summary_slanted: bool = True
    basis_slanted: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Customary words and signs.

    `number` and `letter_number` take {number}, {kind}, {issuer}; `archive` is the last of the recipients, unless the
    office names its own; `basis_open` and `basis_between` frame each ground, `basis_end` closes the last; `signs` gives
    each form of signature (`content.Mode`) as it is printed.
    """

    number: str = "Số {number}-{kind}/{issuer}"
    letter_number: str = "Số {number}-{kind}/{issuer}"
    letter_lead: str = "Về "
    to: str = "Kính gửi"
    submission_to: str = "Kính gửi"
    recipients_head: str = "Nơi nhận:"
    recipient_end: str = ","
    archive: str = "Lưu Văn phòng."
    basis_open: str = "- "
    basis_between: str = ";"
    basis_end: str = ","
    part_sign: str = "-"
    ending: str = "."
    signs: tuple[tuple[str, str], ...] = (("T/M", "T/M"), ("K/T", "K/T"), ("T/L", "T/L"))


@dataclass(frozen=True, slots=True)
class Profile:
    """One format of documents, valid from a day until the next of its side begins (`valid_to` None: in force).

    `ruled_milli_em` is the width of the banner, or of the motto where there is one, in bold Times, in thousandths of an
    em: the rule below is drawn exactly as long.
    """

    code: str
    basis: str
    valid_from: date
    valid_to: date | None
    side: Side = Side.PARTY
    page: Page = Page()
    sizes: Sizes = Sizes()
    body: Body = Body()
    looks: Looks = Looks()
    words: Words = Words()
    font: str = "Times New Roman"
    language: str = "vi-VN"
    banner: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    motto: str = ""
    ruled_milli_em: int = 13777
    blank_signature_lines: int = 4

    @property
    def ruled_size(self) -> int:
        """The size in points of what the rule is as long as."""
        return self.sizes.motto if self.motto else self.sizes.banner


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
        words=replace(_A.words, submission_to="Kính trình", recipient_end=";", archive="Lưu Đảng ủy.", basis_end="."),
    ),
)
"""Profiles of the Party side, oldest first; a new one is added at the end (docs/how-to/add-a-document-profile.md)."""

STATE_PROFILES: tuple[Profile, ...] = (
    Profile(
        code="N",
        basis="Nghị định 30/2020/NĐ-CP, 05/3/2020",
        valid_from=date(2020, 3, 5),
        valid_to=None,
        side=Side.STATE,
        sizes=Sizes(
            banner=12,
            parent=13,
            issuer=13,
            number=13,
            title=14,
            letter_summary=12,
            signature=14,
            recipients_head=12,
            recipients=11,
        ),
        body=Body(line_pt=17),
        looks=Looks(
            stars=False,
            strokes=False,
            post_bold=True,
            recipients_head_underlined=False,
            letter_summary_slanted=False,
            basis_slanted=True,
        ),
        words=Words(
            number="Số: {number}/{kind}-{issuer}",
            letter_number="Số: {number}/{issuer}",
            letter_lead="V/v ",
            recipient_end=";",
            archive="Lưu: VT.",
            basis_open="",
            basis_end=".",
            part_sign=".",
            ending="./.",
            signs=(("T/M", "TM."), ("K/T", "KT."), ("T/L", "TL."), ("TUQ", "TUQ.")),
        ),
        banner="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        motto="Độc lập - Tự do - Hạnh phúc",
        ruled_milli_em=12242,
    ),
)
"""Profiles of the State side, oldest first."""

_OF_SIDE = {Side.PARTY: PROFILES, Side.STATE: STATE_PROFILES}


def profile_on(day: date, side: Side = Side.PARTY) -> Profile:
    """The profile of a side in force on `day`; days before its first profile take the first."""
    profiles = _OF_SIDE[side]
    in_force = [profile for profile in profiles if profile.valid_from <= day]
    return in_force[-1] if in_force else profiles[0]


def place_and_date(place: str, day: date) -> str:
    """ "Mường Khương, ngày 04 tháng 5 năm 2013": days below 10 and months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


LETTER_SYMBOL = "CV"


def sign_alone(printed: str) -> str:
    """ "27-BC/ĐU" of "Số 27-BC/ĐU", for lists and in sentences."""
    return printed.removeprefix("Số").lstrip(": ")


def number_line(number: int | None, kind: str, issuer: str, words: Words = PROFILES[0].words) -> str:
    """ "Số 127-BC/TU", or "Số: 127/BC-UBND" on the State side; a gap for a number to come.

    On the State side a letter (CV) bears no kind. On the Party's, numbers run from 01 for each kind of document through
    a committee's term.
    """
    written = f"{number:02d}" if number is not None else "     "
    pattern = words.letter_number if kind == LETTER_SYMBOL else words.number
    told = pattern.format(number=written, kind=kind, issuer=issuer)
    return told if issuer else told.rstrip("/-")
