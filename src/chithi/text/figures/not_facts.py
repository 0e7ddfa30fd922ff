"""Owns the numbers that count nothing: dates, clock times, document numbers, names, ordinals, list marks.

`skip` looks at one number in its sentence and says where the thing that is no fact ends. The word lists are the
rules (LANGUAGE 11); a number that is followed by a counted thing is believed where its left neighbour allows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chithi.text.figures.lexicon import (
    AREA,
    COUNTED,
    LENGTH,
    LOOK_COUNTED,
    MONEY,
    SCALES,
    WEIGHT,
    WORKDAYS,
)
from chithi.text.figures.not_facts_words import (
    ALWAYS_DOCUMENTS,
    ALWAYS_NUMBERED,
    CHROME,
    CLOCK_WORDS,
    DATE_WORDS,
    DAY_PARTS,
    DOCUMENTS,
    EACH_WORDS,
    NAMES_GO_ON,
    NOT_NUMBERED,
    NUMBERED,
    PLACES,
    SIGNS,
    SINCE_WORDS,
    SLOGAN_UNITS,
)
from chithi.text.figures.tokens import Phrases, Token, at

_KNOWN = Phrases(COUNTED | MONEY | AREA | LENGTH | WEIGHT | WORKDAYS)
_LOOK_COUNTED = Phrases(LOOK_COUNTED)
_YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
_PHONE = re.compile(r"0[0-9]{2,}(?:\.[0-9]+)+|0[0-9]{3,}|[0-9]{9,}")
_DATE = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])(?:\.(?:19|20)[0-9]{2})?")


def skip(tokens: Sequence[Token], index: int) -> int:
    """Index after the thing at `index` that is no fact, or `index` itself when it may be one."""
    for rule in (_mark_of_list, _code, _date, _clock, _phone, _document, _numbered, _chrome):
        after = rule(tokens, index)
        if after > index:
            return after
    return index


def counts_something(tokens: Sequence[Token], index: int) -> bool:
    """Whether a known counted thing, measure, scale or percent sign stands at `index`."""
    if at(tokens, index).text in ("“", '"', "«"):
        index += 1
    length = _KNOWN.length_at(tokens, index)
    if length:
        return _LOOK_COUNTED.length_at(tokens, index) <= length
    return at(tokens, index).low in SCALES or at(tokens, index).text == "%"


def is_year(token: Token) -> bool:
    """Four digits between 1800 and 2099."""
    return bool(_YEAR.fullmatch(token.text))


def _mark_of_list(tokens: Sequence[Token], index: int) -> int:
    """`1.` `2.1.` `3)` `4/` `5 -` at the start of a line, `(2)` anywhere."""
    here, after = tokens[index], at(tokens, index + 1)
    if at(tokens, index - 1).text == "(" and after.text == ")" and len(here.text) <= 2:
        return index + 2
    if index == 0 and len(here.text) <= 5:
        if after.text in (".", ")", ":"):
            return index + 2
        if after.text in ("/", "-", "–") and at(tokens, index + 2).kind == "w":
            return index + 2
        if (
            "." in here.text
            and len(here.text.replace(".", "")) <= 3
            and after.kind == "w"
            and not counts_something(tokens, 1)
        ):
            return index + 1
    return index


def _code(tokens: Sequence[Token], index: int) -> int:
    """`NQ57`, `QL1A`, `9X`, `05/CT-TW`, `1436/QĐ-UBND`, `08 - QĐ/TU`, `%d`."""
    here, before, after = tokens[index], at(tokens, index - 1), at(tokens, index + 1)
    if here.glued and before.kind == "w" and before.text[-1:].isupper():
        return index + 1
    if (
        after.glued
        and after.kind == "w"
        and after.text.isupper()
        and after.text not in ("M", "M2", "KG", "KM", "HA", "Đ")
    ):
        return index + 2
    if here.glued and before.text in ("-", "/") and before.glued and at(tokens, index - 2).text.isupper():
        return index + 1
    if after.text in ("-", "–", "/"):
        sign = at(tokens, index + 2)
        if sign.kind == "w" and sign.text.upper() in SIGNS and (sign.text[:1].isupper()):
            return index + 3
    return index


def _date(tokens: Sequence[Token], index: int) -> int:
    here, before = tokens[index], at(tokens, index - 1).low
    return (
        _date_in_parts(tokens, index)
        or _years(tokens, index)
        or _after_date_word(tokens, index, before)
        or (index + 1 if len(here.text) > 7 and _DATE.fullmatch(here.text) else index)
    )


def _date_in_parts(tokens: Sequence[Token], index: int) -> int:
    """`01/10/2012`, `23-8-2013`, `6/2017`, and `19/5`, `23-8` beside a word of a date; 0 when it is none."""
    first, mark, second = tokens[index], at(tokens, index + 1).text, at(tokens, index + 2)
    if mark not in ("/", "-", "–") or second.kind != "n" or not first.text.isdigit() or not second.text.isdigit():
        return 0
    if at(tokens, index + 3).text == mark and is_year(at(tokens, index + 4)) and int(second.text) <= 12:
        return index + 5
    if is_year(second) and int(first.text) <= 12 and len(first.text) <= 2:
        return index + 3
    could_be = (
        int(first.text[:3]) <= 31 and int(second.text[:3]) <= 12 and len(first.text) <= 2 and len(second.text) <= 2
    )
    if could_be and share_beside(tokens, index, index + 3):
        return 0
    if could_be and (_beside_date_word(tokens, index) or (mark == "/" and not _unit_follows(tokens, index + 3))):
        return index + 3
    return 0


def share_beside(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a percent is said of tokens [first, last): `12/12 (100%)`, `12/12, đạt 100%`, `100% (12/12)`."""
    if at(tokens, first - 1).text == "(" and at(tokens, first - 2).text == "%" and at(tokens, last).text == ")":
        return True
    step = last + (at(tokens, last).text in (",", "(", "="))
    while step < last + 4 and at(tokens, step).low in ("đạt", "chiếm", "bằng", "tỷ", "tỉ", "lệ"):
        step += 1
    return step > last and at(tokens, step).kind == "n" and at(tokens, step + 1).text == "%"


def _beside_date_word(tokens: Sequence[Token], index: int) -> bool:
    before = at(tokens, index - 1)
    if before.low in DATE_WORDS or before.low == "tháng":
        return True
    if before.low in SINCE_WORDS:
        return not _unit_follows(tokens, index + 3)
    return before.text in ("(", "-", "–") and not _unit_follows(tokens, index + 3)


def _unit_follows(tokens: Sequence[Token], index: int) -> bool:
    while at(tokens, index).low in ("tổng", "số", "các"):
        index += 1
    return counts_something(tokens, index)


def _years(tokens: Sequence[Token], index: int) -> int:
    """`2013`, `2011 - 2016`, `từ 2011 đến 2013`; a bare year is a year unless a counted thing follows it."""
    if not is_year(tokens[index]):
        return 0
    joined = at(tokens, index + 1).low in ("-", "–", "đến", "và", "/", "tới")
    if joined and (
        is_year(at(tokens, index + 2)) or (at(tokens, index + 1).low == "-" and at(tokens, index + 2).kind == "n")
    ):
        return index + 3
    if at(tokens, index - 1).low in (
        "năm",
        "đến",
        "từ",
        "học",
        "giai",
        "-",
        "–",
        "/",
        "khóa",
        "và",
        "vụ",
        "xuân",
        "đoạn",
        "kỳ",
    ):
        return index + 1
    return 0 if counts_something(tokens, index + 1) else index + 1


def _after_date_word(tokens: Sequence[Token], index: int, before: str) -> int:
    here = tokens[index]
    if before in DATE_WORDS:
        each = at(tokens, index - 2).low in EACH_WORDS or (before in DAY_PARTS and counts_something(tokens, index + 1))
        glued_date = bool(_DATE.fullmatch(here.text))
        return 0 if each and not glued_date else index + 1
    if (
        before == "tháng"
        and here.text.isdigit()
        and int(here.text[:4]) <= 12
        and at(tokens, index - 2).low not in EACH_WORDS - {"trong", "các"}
    ):
        joined = at(tokens, index + 1).text in ("-", "–", "và", "/") and at(tokens, index + 2).kind == "n"
        return index + (3 if joined else 1)
    if before == "quý" and here.text.isdigit() and len(here.text) == 1:
        return 0 if at(tokens, index - 2).low in EACH_WORDS and counts_something(tokens, index + 1) else index + 1
    if before == "năm" and at(tokens, index - 2).low == "những":
        return index + 1
    return 0


def _clock(tokens: Sequence[Token], index: int) -> int:
    """`8:20:51`, `8h30`, `14 giờ`, `28°C`."""
    after = at(tokens, index + 1)
    if after.text == ":" and after.glued and at(tokens, index + 2).kind == "n" and at(tokens, index + 2).glued:
        return index + (5 if at(tokens, index + 3).text == ":" else 3)
    if after.low in CLOCK_WORDS and not counts_something(tokens, index + 1):
        return index + (3 if at(tokens, index + 2).kind == "n" and at(tokens, index + 2).glued else 2)
    return index


def _phone(tokens: Sequence[Token], index: int) -> int:
    text = tokens[index].text
    if not _PHONE.fullmatch(text) or (text[0] != "0" and counts_something(tokens, index + 1)):
        return index
    return index + 1


def _document(tokens: Sequence[Token], index: int) -> int:
    """`Chỉ thị 03`, `Nghị quyết Trung ương 4`, `Quyết định số 1436`, `số 03`, `Trường Nghề số 9`."""
    before = index
    numbered = at(tokens, index - 1).low == "số"
    if numbered:
        if at(tokens, index - 2).low in ("nhà", "lô"):
            return index + 1
        if at(tokens, index - 2).low in ("tổng", "trong", "con", "trên", "các", "với"):
            return index
        before -= 1
    length = DOCUMENTS.length_before(tokens, before)
    if numbered:
        return (
            index
            if not length
            and counts_something(tokens, index + 1)
            and int(tokens[index].text[:1]) > 0
            and len(tokens[index].text) > 1
            else index + 1
        )
    if not length or (at(tokens, index - length - 1).low == "cấp" and counts_something(tokens, index + 1)):
        return index
    words = tuple(token.low for token in tokens[before - length : before])
    if (
        words in ALWAYS_DOCUMENTS
        or tokens[before - length].text[:1].isupper()
        or not counts_something(tokens, index + 1)
    ):
        return index + 1
    return index


def _numbered(tokens: Sequence[Token], index: int) -> int:
    """`thôn Sa Pả 9`, `Quận 5`, `con thứ 3`, `chi bộ 2`, `Mường Lống 1`; some counted things are believed."""
    here, before = tokens[index], at(tokens, index - 1)
    if (here.glued and before.kind == "w") or not here.text.isdigit():
        return index
    length = NUMBERED.length_before(tokens, index)
    after = _unit_place(tokens, index)
    believed = counts_something(tokens, after) or _years_in_a_row(tokens, after)
    ratio = believed and after > index + 1 and tokens[index - 1].low != "thứ"
    if length and not ratio and not NOT_NUMBERED.length_before(tokens, index):
        words = tuple(token.low for token in tokens[index - length : index])
        if words in ALWAYS_NUMBERED or not believed:
            return after
        return index if _believed_after_name(tokens, index, words) else index + 1
    if before.kind == "w" and before.text[:1].isupper() and not before.text.isupper() and index > 1 and not believed:
        return index + 1
    return index


def _unit_place(tokens: Sequence[Token], index: int) -> int:
    """Where the unit of the number at `index` stands: after it, or after the base of `a/b`."""
    return index + (3 if at(tokens, index + 1).text == "/" and at(tokens, index + 2).kind == "n" else 1)


def _believed_after_name(tokens: Sequence[Token], index: int, name: tuple[str, ...]) -> bool:
    """`chi bộ nông thôn 9 mô hình` counts; `ấp 3 xã Tân Hòa`, `lớp 12 học sinh` are names."""
    if NAMES_GO_ON.length_at(tokens, index + 1):
        return (
            len(tokens[index].text) > 1
            and name not in (("lớp",), ("khối",))
            and not PLACES.length_at(tokens, index + 1)
        )
    return True


def _years_in_a_row(tokens: Sequence[Token], index: int) -> bool:
    return at(tokens, index).low == "năm" and at(tokens, index + 1).low in (
        "liền",
        "liên",
        "qua",
        "thực",
        "nay",
        "ròng",
        "trời",
    )


def _chrome(tokens: Sequence[Token], index: int) -> int:
    """Views and likes, slogans, and the copies at the foot of a letter: `(02 bản),`."""
    if at(tokens, index - 1).text == "(" and at(tokens, index + 1).low == "bản" and at(tokens, index + 2).text == ")":
        return index + 2 if at(tokens, 0).text in ("-", "–") and len(tokens[index].text) <= 2 else index
    length = CHROME.length_at(tokens, index + 1)
    if length:
        return index + 1 + length
    return index + 1 if SLOGAN_UNITS.length_at(tokens, index + 1) else index
