"""The columns of the three sheets: heads, what a cell holds, how each is explained. Pure data.

The first head of each language is the one that templates, exports and problems use; the others are understood too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chithi.imports.kinds import ImportKind


class Holds(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    YEAR = "year"
    FLAG = "flag"
    UNIT_KIND = "unit_kind"
    EMPLOYMENT = "employment"
    KEY = "key"


@dataclass(frozen=True)
class Field:
    """One column. `limit` counts letters of a text."""

    name: str
    vi: tuple[str, ...]
    en: tuple[str, ...]
    about_vi: str
    about_en: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    limit: int = 120
    width: int = 16

    def head(self, language: str) -> str:
        return (self.en if language.startswith("en") else self.vi)[0]

    def about(self, language: str) -> str:
        return self.about_en if language.startswith("en") else self.about_vi


_KEY = Field(
    "key",
    ("Mã nhận dạng",),
    ("Identity",),
    "Do hệ thống ghi khi xuất ra; giữ nguyên, người mới thì để trống.",
    "Written by an export; leave it as it is, and empty for somebody new.",
    Holds.KEY,
    width=38,
)
_NAME = Field(
    "name",
    ("Họ và tên", "Họ tên", "Tên"),
    ("Name", "Full name"),
    "Họ và tên đầy đủ.",
    "The full name.",
    needed=True,
    width=28,
)
_BIRTH = Field(
    "birth_year",
    ("Năm sinh", "Sinh năm", "Ngày sinh"),
    ("Year of birth", "Birth year"),
    "Bốn chữ số; để phân biệt người trùng tên. Ghi cả ngày sinh thì chỉ lấy năm.",
    "Four digits; tells two of one name apart. Of a whole date only the year is taken.",
    Holds.YEAR,
    width=11,
)

UNITS = (
    Field(
        "code",
        ("Mã đơn vị", "Mã"),
        ("Code", "Unit code"),
        "Mã không đổi và không dùng lại, tối đa 40 chữ không dấu, số, gạch, dấu chấm.",
        "Lasting and never used again: at most 40 letters without marks, digits, dashes, dots.",
        Holds.CODE,
        needed=True,
    ),
    Field("name", ("Tên đơn vị", "Tên"), ("Name",), "Tên đầy đủ.", "The full name.", needed=True, limit=200, width=40),
    Field(
        "short_name",
        ("Tên ngắn", "Tên gọi tắt"),
        ("Short name",),
        "Để trống thì dùng tên đầy đủ.",
        "Empty: the full name.",
        limit=80,
        width=24,
    ),
    Field(
        "kind",
        ("Loại đơn vị", "Loại"),
        ("Kind",),
        "Chọn trong danh sách.",
        "Choose from the list.",
        Holds.UNIT_KIND,
        needed=True,
        width=22,
    ),
    Field(
        "is_cell",
        ("Là chi bộ", "Chi bộ"),
        ("Is a cell", "Cell"),
        "có hoặc không; để trống thì theo loại. Chi bộ cơ sở ghi có ở cả hai cột.",
        "yes or no; empty: as the kind says. A grassroots cell has yes in both columns.",
        Holds.FLAG,
        width=10,
    ),
    Field(
        "is_grassroots",
        ("Là tổ chức cơ sở", "Tổ chức cơ sở"),
        ("Is grassroots", "Grassroots"),
        "có hoặc không; để trống thì theo loại.",
        "yes or no; empty: as the kind says.",
        Holds.FLAG,
        width=12,
    ),
    Field(
        "parent_code",
        ("Mã cấp trên", "Cấp trên"),
        ("Parent code", "Parent"),
        "Mã của đơn vị cấp trên trực tiếp, đã có hoặc nằm trong bảng này.",
        "The code of the unit directly above: known already, or in this sheet.",
        Holds.CODE,
    ),
    Field(
        "opened_on",
        ("Thành lập ngày", "Ngày thành lập"),
        ("Opened on", "Opened"),
        "Ngày/tháng/năm; bắt buộc với đơn vị mới.",
        "day/month/year; needed for a new unit.",
        Holds.DATE,
        width=14,
    ),
    Field(
        "changed_on",
        ("Thay đổi từ ngày",),
        ("Changed from",),
        "Chỉ ghi khi đổi tên, loại hoặc cấp trên của đơn vị đã có: ngày thay đổi có hiệu lực.",
        "Only where name, kind or parent of a known unit changes: the day from which it does.",
        Holds.DATE,
        width=14,
    ),
    Field(
        "document",
        ("Văn bản", "Quyết định"),
        ("Document", "Decision"),
        "Số, ngày của quyết định; ghi vào lịch sử đơn vị khi thành lập hoặc thay đổi.",
        "Number and date of the decision; kept with the opening or the change.",
        limit=200,
        width=28,
    ),
)

PEOPLE = (
    _NAME,
    _BIRTH,
    Field(
        "cell",
        ("Mã chi bộ", "Chi bộ"),
        ("Cell code", "Cell"),
        "Chi bộ nơi đảng viên sinh hoạt. Người ngoài Đảng: để trống và ghi cơ quan.",
        "The cell a member belongs to. Somebody outside the Party: leave it empty and give the agency.",
        Holds.CODE,
    ),
    Field(
        "since",
        ("Sinh hoạt từ ngày", "Vào chi bộ từ ngày"),
        ("Member since", "In the cell since"),
        "Ngày bắt đầu sinh hoạt ở chi bộ này; bắt buộc khi có chi bộ.",
        "The day from which somebody belongs to this cell; needed with a cell.",
        Holds.DATE,
        width=14,
    ),
    Field(
        "probationary",
        ("Dự bị", "Đảng viên dự bị"),
        ("Probationary",),
        "x nếu là đảng viên dự bị; để trống là chính thức.",
        "x for a probationary member; empty: a full one.",
        Holds.FLAG,
        width=8,
    ),
    Field(
        "exempt_since",
        ("Miễn từ ngày",),
        ("Exempt since",),
        "Nếu được miễn công tác và sinh hoạt: từ ngày nào.",
        "Where exempt from work and meetings: since when.",
        Holds.DATE,
        width=14,
    ),
    Field(
        "exempt_until",
        ("Miễn đến ngày",),
        ("Exempt until",),
        "Ngày hết miễn (ngày đó không còn tính); chưa biết thì để trống.",
        "The day it ends (which no longer counts); empty where not known.",
        Holds.DATE,
        width=14,
    ),
    Field("exempt_reason", ("Lý do miễn",), ("Reason",), "Vài chữ.", "A few words.", width=22),
    Field(
        "agency",
        ("Mã cơ quan", "Cơ quan"),
        ("Agency code", "Agency"),
        "Nơi công tác của cán bộ, công chức, viên chức, kể cả người ngoài Đảng.",
        "Where an official, civil servant or public employee works, member or not.",
        Holds.CODE,
    ),
    Field(
        "employment",
        ("Công tác với tư cách", "Tư cách"),
        ("Works as",),
        "cán bộ, công chức hoặc viên chức; bắt buộc khi có cơ quan.",
        "official, civil servant or public employee; needed with an agency.",
        Holds.EMPLOYMENT,
        width=16,
    ),
    Field(
        "employed_since",
        ("Công tác từ ngày",),
        ("Works there since",),
        "Bắt buộc khi có cơ quan.",
        "Needed with an agency.",
        Holds.DATE,
        width=14,
    ),
    _KEY,
)

POSTS = (
    _NAME,
    _BIRTH,
    Field(
        "home",
        ("Mã chi bộ hoặc cơ quan của người đó", "Mã chi bộ"),
        ("Code of their cell or agency", "Cell code"),
        "Để phân biệt người trùng tên; có thể để trống khi không ai trùng.",
        "Tells people of one name apart; may stay empty where there is only one.",
        Holds.CODE,
        width=18,
    ),
    Field(
        "unit",
        ("Mã đơn vị giữ chức", "Mã đơn vị"),
        ("Unit of the post", "Unit code"),
        "Đơn vị nơi giữ chức vụ.",
        "The unit in which the post is held.",
        Holds.CODE,
        needed=True,
    ),
    Field("title", ("Chức vụ",), ("Title", "Post"), "Tên chức vụ.", "What the post is called.", needed=True, width=28),
    Field(
        "is_key_leader",
        ("Lãnh đạo chủ chốt", "Chủ chốt"),
        ("Key leader",),
        "x nếu là cán bộ lãnh đạo chủ chốt.",
        "x for a key leader.",
        Holds.FLAG,
        width=12,
    ),
    Field(
        "is_head",
        ("Người đứng đầu", "Đứng đầu"),
        ("Head",),
        "x nếu là người đứng đầu đơn vị.",
        "x for the head of the unit.",
        Holds.FLAG,
        width=12,
    ),
    Field(
        "since",
        ("Giữ chức từ ngày", "Từ ngày"),
        ("Since",),
        "Ngày nhận chức.",
        "The day the post was taken.",
        Holds.DATE,
        needed=True,
        width=14,
    ),
    Field(
        "until",
        ("Thôi giữ chức từ ngày", "Đến ngày"),
        ("Until",),
        "Ngày thôi giữ chức; còn giữ thì để trống.",
        "The day it was left; empty while it is held.",
        Holds.DATE,
        width=14,
    ),
    _KEY,
)

COLUMNS: dict[ImportKind, tuple[Field, ...]] = {
    ImportKind.UNITS: UNITS,
    ImportKind.PEOPLE: PEOPLE,
    ImportKind.POSTS: POSTS,
}
