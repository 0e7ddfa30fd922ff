"""The words of a reorganisation plan: heads of its sheet, what a row may do, kinds, problems. Pure data, two functions.

The first word of each list is the one that templates and problems use; the others are understood too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from chithi.core.numbers import format_date, format_number
from chithi.core.wording import sentence
from chithi.org.kinds import StepKind, UnitKind
from chithi.text.vietnamese import fold

E = TypeVar("E", bound=Enum)

HEADS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "what": (("Việc", "Thay đổi", "Nội dung thay đổi"), ("What", "Change")),
    "codes": (("Mã đơn vị", "Mã", "Mã các đơn vị"), ("Code", "Codes", "Unit code")),
    "name": (("Tên đơn vị", "Tên", "Tên mới"), ("Name", "New name")),
    "short_name": (("Tên ngắn", "Tên gọi tắt"), ("Short name",)),
    "kind": (("Loại đơn vị", "Loại"), ("Kind",)),
    "is_cell": (("Là chi bộ", "Chi bộ"), ("Is a cell", "Cell")),
    "is_grassroots": (("Là tổ chức cơ sở", "Tổ chức cơ sở"), ("Is grassroots", "Grassroots")),
    "parent_code": (("Mã cấp trên", "Cấp trên"), ("Parent code", "Parent")),
    "heir_code": (("Mã đơn vị kế thừa", "Kế thừa", "Đơn vị kế thừa"), ("Heir code", "Heir")),
    "people": (("Đảng viên", "Đảng viên chuyển"), ("Members", "People")),
}
"""Column -> its heads in Vietnamese and English."""

WHATS: dict[StepKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    StepKind.OPEN: (("thành lập", "lập mới", "mở"), ("open",)),
    StepKind.RENAME: (("đổi tên",), ("rename",)),
    StepKind.MOVE: (("chuyển", "chuyển về", "chuyển giao"), ("move",)),
    StepKind.MERGE: (("sáp nhập", "hợp nhất", "nhập"), ("merge",)),
    StepKind.SPLIT: (("chia tách", "chia", "tách"), ("split",)),
    StepKind.CLOSE: (("kết thúc", "giải thể", "kết thúc hoạt động"), ("close",)),
    StepKind.ABOLISH: (("bỏ cấp", "kết thúc cấp"), ("abolish",)),
    StepKind.CHANGE_KIND: (("đổi loại",), ("change kind", "change_kind")),
    StepKind.TRANSFER: (("chuyển đảng viên", "chuyển sinh hoạt"), ("transfer",)),
}

KINDS: dict[UnitKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    UnitKind.CENTRE: (("trung ương",), ("centre",)),
    UnitKind.PROVINCE: (("đảng bộ tỉnh", "tỉnh"), ("province",)),
    UnitKind.DISTRICT: (("đảng bộ huyện", "huyện"), ("district",)),
    UnitKind.BLOC: (("đảng bộ khối", "khối"), ("bloc",)),
    UnitKind.GRASSROOTS: (("tổ chức cơ sở đảng", "đảng bộ cơ sở", "chi bộ cơ sở", "đảng bộ xã"), ("grassroots",)),
    UnitKind.SUB_COMMITTEE: (("đảng bộ bộ phận",), ("sub_committee", "sub-committee")),
    UnitKind.CELL: (("chi bộ", "chi bộ trực thuộc"), ("cell",)),
    UnitKind.AGENCY: (("cơ quan",), ("agency",)),
    UnitKind.MASS_ORGANISATION: (("đoàn thể", "mặt trận, đoàn thể"), ("mass_organisation", "mass organisation")),
    UnitKind.VILLAGE: (("thôn, bản", "thôn", "bản"), ("village",)),
}

FLAGS = {"co": True, "x": True, "yes": True, "true": True, "1": True}
FLAGS |= {"khong": False, "no": False, "false": False, "0": False, "-": False}
"""Folded words for yes and no."""

YES_NO = (("có", "không"), ("yes", "no"))
"""What templates and pages write for yes and no, in Vietnamese and English."""

EVERYBODY = frozenset({"*", "tat ca", "all"})
"""Folded words for all members of a cell."""

PROBLEMS: dict[str, tuple[str, str]] = {
    "plan.no_heads": (
        "Dòng đầu phải là tên các cột; không thấy cột “{column}”. Hãy dùng mẫu.",
        "The first row must hold the heads; the column “{column}” is not there. Use the template.",
    ),
    "plan.head_twice": ("Cột “{column}” có hai lần.", "The column “{column}” stands twice."),
    "plan.head_unknown": ("Không hiểu tên cột “{head}”.", "The head “{head}” is not understood."),
    "plan.empty": ("Bảng không có dòng nào.", "The sheet has no rows."),
    "plan.too_many_rows": ("Bảng có quá {limit} dòng.", "The sheet has more than {limit} rows."),
    "plan.unknown_what": (
        "Không hiểu việc “{said}”. Dùng một trong: {known}.",
        "The change “{said}” is not understood. Use one of: {known}.",
    ),
    "plan.unknown_kind": (
        "Không hiểu loại đơn vị “{said}”. Dùng một trong: {known}.",
        "The kind “{said}” is not understood. Use one of: {known}.",
    ),
    "plan.unknown_flag": ("“{said}” phải là có hoặc không.", "“{said}” must be yes or no."),
    "plan.missing": ("Ô này phải ghi.", "This cell must be filled."),
    "plan.not_used": (
        "Việc “{what}” không dùng ô này; hãy để trống.",
        "The change “{what}” does not use this cell; leave it empty.",
    ),
    "plan.one_code": ("Chỉ ghi một mã ở đây.", "Give one code only."),
    "plan.bad_code": (
        "Mã “{said}” chưa đúng: tối đa 40 chữ không dấu, số, gạch, dấu chấm.",
        "The code “{said}” is not usable: at most 40 letters without marks, digits, dashes, dots.",
    ),
    "plan.too_long": ("Dài quá {limit} ký tự.", "Longer than {limit} characters."),
    "plan.opened_twice": ("Mã “{said}” đã được mở ở dòng {first}.", "The code “{said}” is opened in row {first}."),
    "plan.closed_twice": ("Đơn vị “{said}” đã kết thúc ở dòng {first}.", "The unit “{said}” closes in row {first}."),
    "plan.no_change": ("Dòng này không thay đổi gì.", "This row changes nothing."),
    "plan.no_unit": (
        "Không có đơn vị mang mã “{said}” trong phạm vi của phương án.",
        "There is no unit with the code “{said}” where the plan happens.",
    ),
    "plan.no_member": ("Chi bộ không có đảng viên “{said}”.", "The cell has no member “{said}”."),
    "plan.two_members": (
        "Chi bộ có nhiều đảng viên “{said}”; hãy ghi thêm năm sinh trong ngoặc.",
        "The cell has several members “{said}”; add the year of birth in brackets.",
    ),
    "undo.changed_since": ("{said} đã thay đổi thêm vào {day}.", "{said} was changed again on {day}."),
    "undo.came_under": (
        "{said} đã vào dưới {parent} sau khi áp dụng.",
        "{said} has come under {parent} since.",
    ),
    "undo.closed_into": (
        "{said} đã kết thúc và do {heir} kế thừa sau khi áp dụng.",
        "{said} has since closed into {heir}.",
    ),
    "undo.parent_gone": (
        "Cấp trên cũ của {said} không còn hoạt động.",
        "The former level above {said} is no longer open.",
    ),
    "undo.records": (
        "{said} đã có {count} bản ghi riêng ({what}).",
        "{said} has {count} records of its own ({what}).",
    ),
}


def understood(words: Mapping[E, tuple[tuple[str, ...], tuple[str, ...]]], said: str) -> E | None:
    """The member of a closed list that a cell names, in either language, tone marks or not."""
    wanted = fold(said).strip()
    for member, languages in words.items():
        if any(fold(word) == wanted for of_language in languages for word in of_language) or member.value == wanted:
            return member
    return None


def word(words: Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]], member: object, language: str) -> str:
    """The first word of a list's member."""
    return words[member][1 if language.startswith("en") else 0][0]


def said_of(code: str, facts: Mapping[str, Any], language: str, *, row: int = 0, column: str = "") -> str:
    """A problem in the user's words: where it stands in the sheet and what is wrong there."""
    english = language.startswith("en")
    shown = {name: _shown(value, language) for name, value in facts.items()}
    if code in _LISTED:
        shown["known"] = ", ".join(word(_LISTED[code], member, language) for member in _LISTED[code])
    text = PROBLEMS[code][english].format(**shown) if code in PROBLEMS else sentence(code, facts, language)
    place = [f"row {row}" if english else f"dòng {row}"] if row else []
    if column:
        head = word(HEADS, column, language)
        place.append(f"column “{head}”" if english else f"cột “{head}”")
    where = ", ".join(place)
    return f"{where[0].upper()}{where[1:]}: {text}" if where else text


_LISTED: dict[str, Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "plan.unknown_what": WHATS,
    "plan.unknown_kind": KINDS,
}
"""Problems that end with all words that would have been understood."""


def _shown(value: Any, language: str) -> str:
    if isinstance(value, StepKind):
        return word(WHATS, value, language)
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_number(value, language)
    return str(value)[:200]
