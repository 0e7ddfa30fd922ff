"""Owns which fields a template may name, in Vietnamese and English, and how what stands between braces is read. Pure.

The language is closed: fields, lists and conditions from the tables below, nothing else. There are no expressions, so
there is nothing to escape from. The reference page docs/reference/template-fields.md is made from these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chithi.text.vietnamese import fold

NAME_LENGTH = 120
"""Letters of a template's name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One name a template may use. `inside` holds the fields of a list's items; a field proper has none."""

    key: str
    vi: str
    en: str
    about_vi: str
    about_en: str
    inside: tuple[Field, ...] = ()


class Does(StrEnum):
    """What a pair of braces asks for."""

    WRITE = "write"
    EACH = "each"
    IF = "if"
    UNLESS = "unless"
    END = "end"


WORDS: dict[Does, tuple[str, str]] = {
    Does.EACH: ("mỗi", "each"),
    Does.UNLESS: ("nếu không có", "if no"),
    Does.IF: ("nếu có", "if"),
    Does.END: ("hết", "end"),
}
"""The words before a name, Vietnamese and English; none writes the field."""

_PASSAGE = (
    Field("passage", "câu trích", "passage", "câu trong văn bản đã tiếp nhận", "a sentence of a document taken in"),
    Field("passage_source", "nguồn câu trích", "passage source", "văn bản có câu ấy", "the document it stands in"),
)

FIELDS: tuple[Field, ...] = (
    Field("banner", "quốc hiệu hoặc tiêu đề", "banner", "dòng chữ đầu trang bên phải", "the line at the head, right"),
    Field("motto", "tiêu ngữ", "motto", "dòng dưới quốc hiệu, văn bản nhà nước", "the line below it, State documents"),
    Field("parent", "cơ quan cấp trên", "parent body", "tên cấp ủy cấp trên", "the committee above"),
    Field("issuer", "cơ quan ban hành", "issuing body", "tên cấp ủy lập báo cáo", "the committee that reports"),
    Field("number_line", "số và ký hiệu", "number and symbol", "cả dòng số, ký hiệu", "the whole line of the number"),
    Field("number", "số văn bản", "document number", "riêng số; trống khi chưa cấp", "the number; empty until given"),
    Field("symbol", "ký hiệu", "symbol", "phần sau số", "what follows the number"),
    Field("place", "nơi lập", "place", "địa danh", "the place"),
    Field("day", "ngày lập", "date", "ngày, tháng, năm viết đủ", "the date in words"),
    Field("place_and_date", "địa danh và ngày", "place and date", "địa danh và ngày lập", "place and date"),
    Field("title", "loại văn bản", "kind of document", "tên loại văn bản", "the kind of document"),
    Field("summary", "trích yếu", "summary", "nội dung báo cáo về việc gì", "what the report is about"),
    Field("period", "kỳ báo cáo", "period", "kỳ số liệu", "the period of the figures"),
    Field("compared", "kỳ so sánh", "compared period", "kỳ đem so", "the period compared with"),
    Field("scope", "phạm vi", "scope", "toàn tỉnh, toàn xã, toàn chi bộ", "the whole province, commune, cell"),
    Field("resting", "câu số đơn vị", "sentence on units", "có số của bao nhiêu đơn vị", "how many units have spoken"),
    Field("spoke", "số đơn vị đã báo", "units heard", "đơn vị đã có số liệu", "units that have spoken"),
    Field("expected", "số đơn vị phải báo", "units expected", "đơn vị phải có số liệu", "units expected to speak"),
    Field("behalf", "thay mặt", "on behalf", "dòng thẩm quyền ký", "on whose behalf it is signed"),
    Field("in_place", "ký thay", "in place of", "dòng ký thay người đứng đầu, nếu có", "in whose place, if any"),
    Field("post", "chức vụ người ký", "post of signatory", "chức vụ người ký", "the post of who signs"),
    Field("signatory", "người ký", "signatory", "họ và tên người ký", "the name of who signs"),
    Field("code", "mã báo cáo", "report code", "mã để tra cứu số liệu", "the code that opens the figures"),
    Field("lookup", "địa chỉ tra cứu", "lookup address", "địa chỉ tra cứu số liệu", "the address of the figures"),
)
"""What may be written anywhere in a template."""

LISTS: tuple[Field, ...] = (
    Field(
        "basis", "căn cứ", "ground", "từng căn cứ ban hành", "the grounds it stands on",
        (Field("ground", "lời căn cứ", "ground text", "một căn cứ", "one ground"),),
    ),
    Field(
        "recipients", "nơi nhận", "recipient", "từng nơi nhận, có dấu cuối dòng", "the recipients, with their stops",
        (Field("recipient", "tên nơi nhận", "recipient name", "một nơi nhận", "one recipient"),),
    ),
    Field(
        "sections", "mục", "section", "từng mục kết quả", "the sections of results",
        (
            Field("section_number", "số mục", "section number", "1, 2, 3", "1, 2, 3"),
            Field("section_title", "tên mục", "section title", "tên của mục", "the heading"),
            Field(
                "sentences", "câu", "sentence", "từng câu có số liệu của mục", "its sentences with figures",
                (Field("sentence", "lời câu", "sentence text", "cả câu", "the whole sentence"),),
            ),
            Field(
                "remarks", "ghi chú", "remark", "từng câu nói số còn thiếu", "its remarks on what is missing",
                (Field("remark", "lời ghi chú", "remark text", "cả câu ghi chú", "the whole remark"),),
            ),
        ),
    ),
    Field(
        "rows", "dòng phụ lục", "annex row", "từng dòng bảng số liệu", "the rows of the table of figures",
        (
            Field("row_position", "số thứ tự", "row position", "I, II hoặc 1, 2", "I, II or 1, 2"),
            Field("row_name", "tên tiêu chí", "row name", "tiêu chí của dòng", "what the row is about"),
            Field("row_unit", "đơn vị tính", "row unit", "đơn vị tính của dòng", "its unit"),
            Field("row_now", "số kỳ này", "number now", "số của kỳ báo cáo", "the number of the period"),
            Field("row_before", "số cùng kỳ", "number before", "số của kỳ so sánh", "that of the period compared"),
            Field("row_ratio", "phần trăm so cùng kỳ", "percent of before", "kỳ này trên cùng kỳ", "now over before"),
            Field("row_head", "dòng đầu mục", "section row", "tên mục, khi dòng là đầu mục", "the head of a section"),
            Field("row_line", "dòng chỉ tiêu", "indicator row", "tiêu chí, khi không là đầu mục", "any other row"),
            Field(
                "row_groups", "ô nhóm", "group cell", "từng cột nhóm của dòng", "its cells for groups",
                (Field("group_number", "số của nhóm", "group number", "số của một nhóm", "the number of a group"),),
            ),
        ),
    ),
    Field(
        "groups", "nhóm", "group", "từng nhóm có cột trong phụ lục", "the groups with a column in the annex",
        (
            Field("group_name", "tên nhóm", "group name", "tên của nhóm", "the name of the group"),
            Field("group_note", "ghi chú nhóm", "group note", "nhóm gồm mấy đơn vị", "how many units it holds"),
        ),
    ),
    Field("results", "ưu điểm", "merit", "từng câu về ưu điểm", "sentences on results", _PASSAGE),
    Field("merit_causes", "nguyên nhân ưu điểm", "cause of merit", "vì sao đạt được", "why it went well", _PASSAGE),
    Field("models", "điển hình", "model", "từng câu về điển hình", "sentences on models", _PASSAGE),
    Field("limitations", "hạn chế", "limitation", "từng câu về hạn chế", "sentences on shortcomings", _PASSAGE),
    Field("limit_causes", "nguyên nhân hạn chế", "cause of limitation", "vì sao chưa đạt", "why not", _PASSAGE),
    Field("lessons", "bài học", "lesson", "từng bài học kinh nghiệm", "lessons learnt", _PASSAGE),
    Field("tasks", "nhiệm vụ", "task", "từng nhiệm vụ thời gian tới", "tasks ahead", _PASSAGE),
    Field("proposals", "kiến nghị", "proposal", "từng đề xuất, kiến nghị", "proposals", _PASSAGE),
)  # fmt: skip
"""What may be gone through, item by item."""

INDICATOR_WORDS = ("chỉ tiêu", "indicator")
PARTS: tuple[Field, ...] = (
    Field("value", "giá trị", "value", "số của kỳ báo cáo", "the number of the period"),
    Field("unit", "đơn vị tính", "unit", "đơn vị tính của số", "its unit"),
    Field("share", "tỷ lệ", "share", "phần trăm trên tổng số", "its share in percent"),
    Field("total", "tổng số", "base", "tổng số để tính tỷ lệ", "the base of the share"),
    Field("before", "cùng kỳ", "before", "số của kỳ so sánh", "the number of the period compared"),
    Field("change", "tăng giảm", "change", "tăng hoặc giảm bao nhiêu", "how much more or less"),
    Field("name", "tên", "name", "tên chỉ tiêu", "the name of the indicator"),
    Field("spoken", "số đơn vị đã báo", "units heard", "số của mấy đơn vị trên mấy", "how many units have spoken"),
)
"""What may be asked of an indicator named by its code; the first where nothing is asked."""


class Asked(NamedTuple):
    """What a pair of braces says: the deed and the folded name; of an indicator its code and the part asked for."""

    does: Does
    name: str
    code: str = ""
    part: str = ""


def folded(words: str) -> str:
    """Names are the same with or without marks, capitals, doubled spaces and low lines."""
    return " ".join(fold(words).replace("_", " ").split())


def _openings() -> tuple[tuple[str, Does], ...]:
    made = [(folded(word), does) for does, words in WORDS.items() for word in words]
    return tuple(sorted(made, key=lambda pair: -len(pair[0])))


_OPENINGS = _openings()
_INDICATOR = re.compile(rf"(?:{'|'.join(folded(word) for word in INDICATOR_WORDS)}) ([^,]*)(?:,(.*))?")
_PART_OF = {folded(name): part.key for part in PARTS for name in (part.vi, part.en)}


def read(words: str) -> Asked:
    """What stands between the braces, in any spelling; the name is not looked up yet.

    A part of an indicator that there is not comes back as "?" with the words after it.
    """
    said = folded(words)
    does = Does.WRITE
    for opening, what in _OPENINGS:
        if said == opening or said.startswith(f"{opening} "):
            does, said = what, said[len(opening) :].strip()
            break
    about = _INDICATOR.fullmatch(said)
    if about is None:
        return Asked(does, said)
    part = (about[2] or "").strip()
    code = about[1].strip().replace(" ", "_")
    return Asked(does, said, code, _PART_OF.get(part, f"?{part}") if part else PARTS[0].key)


def scope_at(open_lists: tuple[str, ...]) -> dict[str, Field]:
    """The fields and lists known by folded name where these lists (by key, outermost first) are open.

    A list of the whole report cannot be begun inside another one, nor any list inside itself: both would multiply
    what is written.
    """
    known = {folded(name): field for field in FIELDS for name in (field.vi, field.en)}
    at: tuple[Field, ...] = LISTS
    for key in open_lists:
        at = next(field for field in at if field.key == key).inside
        known |= {folded(name): field for field in at if not field.inside for name in (field.vi, field.en)}
    return known | {folded(name): field for field in at if field.inside for name in (field.vi, field.en)}


def every_name() -> dict[str, Field]:
    """All fields and lists by folded name, wherever they may stand: to tell a misplaced name from an unknown one."""
    found: dict[str, Field] = {}

    def add(fields: tuple[Field, ...]) -> None:
        for field in fields:
            found.update({folded(name): field for name in (field.vi, field.en)})
            add(field.inside)

    add(FIELDS)
    add(LISTS)
    return found
