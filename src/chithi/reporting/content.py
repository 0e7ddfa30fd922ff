"""What a report holds, independent of any door: the lines, passages and the frame of an official document.

Whoever has the figures (the database, a file, a test) fills these; wording, the Word file and the annex read
them and nothing else. Every number carries the address of its trace. Values are exact: a count is a whole
`Decimal`, money is in đồng, area and length in the unit that `Line.noun` names ("m²", "m", "km").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chithi.charts.description import Bars, Trend
from chithi.core.errors import Refused
from chithi.registry.kinds import Side
from chithi.registry.rules import is_collective
from chithi.reporting.formats import Profile, Words, profile_on


class Kind(StrEnum):
    """What sort of quantity a line is; it decides how the number is printed."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    WORKDAYS = "workdays"
    CHANGE = "change"
    DURATION = "duration"
    INCOME = "income"


class Bound(StrEnum):
    """How firmly the source states a value: "trên, hơn" is a lower bound, "gần" an upper one."""

    EXACT = ""
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Source(StrEnum):
    """Where the value comes from (SPINE 3)."""

    RECORDED = "recorded"
    ENTERED = "entered"
    NARRATIVE = "narrative"


class Covers(StrEnum):
    """Whether the value speaks for the unit alone or for everything below it."""

    OWN = "own"
    SUBTREE = "subtree"


class PassageClass(StrEnum):
    """Where a sentence of a document taken in belongs; the names are those of the intake."""

    RESULTS = "results"
    MODELS = "models"
    LIMITATIONS = "limitations"
    CAUSES_OF_MERITS = "causes_of_merits"
    CAUSES_OF_LIMITATIONS = "causes_of_limitations"
    LESSONS = "lessons"
    TASKS = "tasks"
    PROPOSALS = "proposals"


class Mode(StrEnum):
    """Form of signature: on behalf of a collective, in place of the head, by order, by authority; or in person.

    The State writes TM., KT., TL., TUQ. (`formats.Words.signs`); by authority is a form of the State alone.
    """

    DIRECT = ""
    ON_BEHALF = "T/M"
    IN_PLACE = "K/T"
    BY_ORDER = "T/L"
    BY_AUTHORITY = "TUQ"


@dataclass(frozen=True, slots=True)
class Previous:
    """The same indicator in the period compared with; `label` empty means the same period of last year.

    `period_code` names that period where it is one that can be opened.
    """

    value: Decimal | None
    total: Decimal | None = None
    percent: Decimal | None = None
    label: str = ""
    address: str = ""
    period_code: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One cell of a breakdown ("trong đó"): `name` follows its number, e.g. "là đảng viên"."""

    code: str
    name: str
    value: Decimal | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An example by person, village or organisation; `unit` as written ("m²", "đồng", "ngày công")."""

    about: str
    value: Decimal
    value_max: Decimal | None = None
    bound: Bound = Bound.EXACT
    unit: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A named group whose numbers stand beside the report's own: `seen` of `whole` units are in them."""

    group: int
    name: str
    seen: int
    whole: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A group's number of one indicator; all None where it has none. `inexact`: some of it are only bounds."""

    group: int
    value: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None
    inexact: bool = False
    spoke: int | None = None
    expected: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one unit and period.

    `value` None means nobody has spoken: it is printed as missing, never as zero. `total` None means the base
    is not known. `percent` is what a source states (`percent_stated`, kept as written) or what was computed;
    None with a known total lets the wording compute it. `of_period` names a shorter period that the number speaks of
    ("Năm 2012" in a report on two years), `period_code` the period it is of, always. `spoke` of `expected` units
    stand behind the value; `unconfirmed` says that it counts records which no unit has confirmed yet; `is_target`
    that it is a norm or promise, not a result. `section` names the section where the code does not tell it (indicators
    of users); `version` is the number of the definition it was made by; `reworded` says that the installation named it
    itself, so that the phrases that ship do not fit it. `beside` holds one number for each of the report's `columns`.
    """

    code: str
    name: str
    noun: str
    kind: Kind = Kind.COUNT
    value: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound = Bound.EXACT
    total: Decimal | None = None
    percent: Decimal | None = None
    percent_stated: bool = False
    previous: Previous | None = None
    spoke: int | None = None
    expected: int | None = None
    source: Source = Source.RECORDED
    covers: Covers = Covers.SUBTREE
    members: tuple[Member, ...] = ()
    parts: tuple[Part, ...] = ()
    address: str = ""
    missing_reason: str = ""
    order: int = 0
    of_period: str = ""
    period_code: str = ""
    unconfirmed: bool = False
    is_target: bool = False
    section: str = ""
    version: int = 1
    reworded: bool = False
    beside: tuple[Beside, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no report may print: a range upside down, a negative level, too many spoken."""
        numbers = [number for number in (self.value, self.value_max, self.total) if number is not None]
        negative = self.kind is not Kind.CHANGE and any(number < 0 for number in numbers)
        ends_cross = self.value_max is not None and (self.value is None or self.value_max < self.value)
        spoken = self.spoke is not None and self.expected is not None and self.spoke > self.expected
        if negative or ends_cross or spoken or any(not number.is_finite() for number in numbers):
            raise Refused("reporting.line_inconsistent", indicator=self.code)

    @property
    def missing(self) -> bool:
        """True when the line has nothing to print: no value, no share, no example."""
        return self.value is None and self.percent is None and not self.parts

    @property
    def complete(self) -> bool:
        """True when every unit expected to speak has spoken, or when nothing is known about that."""
        return self.spoke is None or self.expected is None or self.spoke >= self.expected


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of one indicator: of its periods, or of the units below. `address` opens the number it is about."""

    code: str
    caption: str
    drawn: Trend | Bars
    address: str = ""

    def title(self, position: int) -> str:
        """What stands below it, by its place in the report."""
        return f"Hình {position}. {self.caption}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document taken in, word for word, with the address that opens it highlighted."""

    kind: PassageClass
    text: str
    address: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the document.

    `parent` and `issuer` are the two names at the left ("Tỉnh ủy …", "Huyện ủy …"; capitals are made by the
    writer); `kind_symbol` "BC", `issuer_symbol` "TU", "ĐU", "CB" ("HU" only in history), "UBND"; `number` None leaves
    room for the records clerk; `day` is the date of the document; `side` whose form it has.
    """

    issuer: str
    place: str
    day: date
    parent: str = ""
    kind_symbol: str = "BC"
    issuer_symbol: str = ""
    number: int | None = None
    side: Side = Side.PARTY

    @property
    def profile(self) -> Profile:
        """The format of the document: that of its side on its day."""
        return profile_on(self.day, self.side)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: `mode` and `body` make "T/M BAN THƯỜNG VỤ", `post` "BÍ THƯ"; `name` None leaves a gap.

    `head`: the one whom the signatory stands in for within a collective, a form of the State alone
    ("TM. ỦY BAN NHÂN DÂN", then "KT. CHỦ TỊCH", then the post).
    """

    body: str = ""
    post: str = ""
    name: str | None = None
    mode: Mode = Mode.ON_BEHALF
    head: str = ""

    def __post_init__(self) -> None:
        """Refuse a signature "in place of" a collective: only a head can be stood in for."""
        for stood_for in (self.body if self.mode is Mode.IN_PLACE else "", self.head):
            if is_collective(stood_for):
                raise Refused("reporting.collective_in_place", body=stood_for)

    def authority(self, words: Words) -> tuple[str, ...]:
        """The lines above the post, in capitals: none where the head signs in person.

        Refuses what the side does not know: TUQ, and K/T within a collective, on the Party's.
        """
        signs = dict(words.signs)
        if self.mode and self.mode.value not in signs:
            raise Refused("reporting.not_of_this_side", form=self.mode.value)
        if self.head and Mode.BY_AUTHORITY.value not in signs:
            raise Refused("reporting.collective_in_place", body=self.body)
        lines = [f"{signs.get(self.mode.value, '')} {self.body}".strip()]
        lines += [f"{signs[Mode.IN_PLACE.value]} {self.head}"] if self.head else []
        return tuple(line.upper() for line in lines if line)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the expected units have spoken for the report as a whole, and which have not."""

    spoke: int
    expected: int
    silent: tuple[str, ...] = ()
    noun: str = "đơn vị"
    address: str = ""


SECTIONS: tuple[tuple[str, str], ...] = (
    ("org", "Về tổ chức đảng và đảng viên"),
    ("study", "Về quán triệt, học tập"),
    ("plan", "Về xây dựng kế hoạch thực hiện"),
    ("standard", "Về xây dựng chuẩn mực đạo đức"),
    ("pledge", "Về đăng ký làm theo và nêu gương"),
    ("meeting", "Về sinh hoạt chi bộ"),
    ("unit", "Về tổ chức đảng ở thôn, bản"),
    ("issue", "Về giải quyết vấn đề bức xúc, nổi cộm"),
    ("covenant", "Về phong trào thi đua"),
    ("inspect", "Về kiểm tra, giám sát, khảo sát"),
    ("rating", "Về đánh giá, xếp loại"),
    ("model", "Về điển hình và khen thưởng"),
    ("result", "Về việc làm cụ thể trong nhân dân"),
    ("media", "Về tuyên truyền"),
    ("comment", "Về kiến nghị và ý kiến góp ý"),
    ("mass", "Về hội viên, đoàn viên các đoàn thể"),
    ("other", "Về các chỉ tiêu khác"),
)
"""Sections of the field in the order of the report, with headings; `other` takes indicators of users."""

_SECTION_OF_PREFIX: dict[str, str] = {
    **{code: code for code, _ in SECTIONS},
    "deed": "pledge",
    "award": "model",
    "directives": "plan",
    "exchange": "model",
}


def section_of(code: str, group: str = "") -> str:
    """The section an indicator is reported in, by the first word of its code, else by its group, else "other"."""
    return _SECTION_OF_PREFIX.get(code.partition(".")[0]) or _SECTION_OF_PREFIX.get(group, "other")


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Everything a report prints.

    `title` is the kind of document ("BÁO CÁO"), `summary` the trích yếu, `period_label` as in "Năm 2013",
    `scope` "toàn tỉnh", "toàn huyện", "toàn xã"; `code` the short code by which a reader of paper finds the
    traces under `base_url`; `compared_label` heads the annex column of the comparison; `columns` are the groups that
    stand beside it. `basis` are the grounds it begins with; `spelling` (`chithi.text.tone_places.Spelling`) says where
    the office puts its tone marks.
    """

    header: Header
    title: str
    summary: str
    period_label: str
    scope: str
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...] = ()
    recipients: tuple[str, ...] = ()
    signatory: Signatory = Signatory()
    code: str = ""
    base_url: str = ""
    completeness: Completeness | None = None
    compared_label: str = ""
    columns: tuple[Column, ...] = ()
    pictures: tuple[Picture, ...] = ()
    basis: tuple[str, ...] = ()
    spelling: str = ""

    @property
    def profile(self) -> Profile:
        """The format it is written in."""
        return self.header.profile

    def passages_of(self, *kinds: PassageClass) -> tuple[Passage, ...]:
        """Passages of the given classes in the order they were given."""
        return tuple(passage for passage in self.passages if passage.kind in kinds)

    @property
    def lookup(self) -> str:
        """The address printed for readers of paper, "" when there is no code."""
        return f"{self.base_url.rstrip('/')}/ma/{self.code}" if self.code else ""


def by_section(lines: Iterable[Line]) -> tuple[tuple[str, str, tuple[Line, ...]], ...]:
    """(section, heading, lines by `order`, else as given) for each section with lines, in report order."""
    listed = sorted(lines, key=lambda line: line.order)
    grouped = (
        (code, heading, tuple(line for line in listed if section_of(line.code, line.section) == code))
        for code, heading in SECTIONS
    )
    return tuple((code, heading, found) for code, heading, found in grouped if found)
