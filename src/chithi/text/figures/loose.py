"""Owns amounts without plain digits and unit: vague round words, spelled numbers, years of carrying out, bare changes.

Vague words (`hàng chục hộ`, `vài trăm lượt`) give a fact without value. Of the spelled numbers only rhythms, years and
counted things of awards, money and households are quantities; `một là`, `hai mặt` are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chithi.text.figures import not_facts
from chithi.text.figures.amounts import Amount
from chithi.text.figures.lexicon import ORGANISATIONS, PEOPLE, SCALES, SPELLED, phrases, words
from chithi.text.figures.numbers import read_number, scaled_up
from chithi.text.figures.tokens import Phrases, Token, at
from chithi.text.figures.units import Unit, read_unit

_SPELLED_UNITS = Phrases(
    phrases("""
tập thể, cá nhân, giải, giải nhất, giải nhì, giải ba, mô hình, hộ, triệu, tỷ, tỉ, công trình, bằng khen, giấy
khen, huân chương, huy chương,  km, ha, sáng kiến, ngôi nhà, căn nhà, suất quà, hộ gia đình, hộ nghèo, lớp, buổi,
đảng viên, hội viên, đoàn viên, thí sinh, chuyên đề,
chi bộ, giải thưởng, công trình, phần việc, việc làm, căn hộ, học sinh
""")
)
_RHYTHM_UNITS = frozenset({"lần", "buổi", "kỳ", "cuộc", "việc", "lượt", "hoạt động", "bài"})
_RHYTHMS = words("năm tháng quý tuần ngày")
_CARRYING = Phrases(
    phrases("""
thực hiện, triển khai, liền, liên tục, qua, học tập, làm theo, học, gần đây, tổ chức, nay, tiếp tục, tiến hành,
xây dựng, phát động, liên tiếp, ròng, trời, vừa qua, đầu, thi hành, thi đua
""")
)
_BEFORE_YEARS = words("qua sau trong suốt gần hơn trên khoảng kết tổng sơ nhìn được từ")
_ANNIVERSARY = words("niệm mừng thứ sinh tròn")
_NOT_AFTER_YEARS = Phrases(
    phrases("""
ngày, tuổi, thành lập, di chúc, cách mạng, quốc khánh, chiến thắng, giải phóng, tù, đầu năm, cuối năm, truyền
thống, bác hồ, khởi nghĩa, kinh nghiệm, trước
""")
)
_GRADES = Phrases(
    phrases("""
khiển trách, cảnh cáo, cách chức, khai trừ, nam, nữ, xuất sắc, tốt, khá, trung bình, yếu, hoàn thành xuất sắc nhiệm vụ,
hoàn thành tốt nhiệm vụ, hoàn thành nhiệm vụ, không hoàn thành nhiệm vụ, nhất, nhì, khuyến khích
""")
)
_KNOWN = Phrases(PEOPLE | ORGANISATIONS)
_BARE_BEFORE = words("tăng giảm lên xuống còn thêm tới đến")


VAGUE_BEGINS = frozenset(("hàng", "vài"))


def read_vague(tokens: Sequence[Token], index: int) -> Amount | None:
    """`hàng chục tỷ đồng`, `hàng ngàn hộ dân`, `vài trăm lượt người` at `index`."""
    low = tokens[index].low
    if low not in VAGUE_BEGINS:
        return None
    last, scaled = index + 1, False
    while at(tokens, last).low in SCALES:
        scaled = scaled or at(tokens, last).low not in ("chục", "trăm", "nghìn", "ngàn", "vạn")
        last += 1
    if last == index + 1:
        return None
    unit = read_unit(tokens, last, scaled=scaled)
    if unit is None or unit.weak or unit.kind in ("duration", "percent"):
        return None
    return Amount(index, unit.last, index, unit.kind, unit, vague=True)


def read_spelled(tokens: Sequence[Token], index: int) -> Amount | None:
    """`hai năm thực hiện`, `mỗi quý một lần`, `mười hai tập thể` at `index`."""
    value, last = _spelled(tokens, index)
    if value is None:
        return None
    if at(tokens, last).low == "năm" and (
        (value > 1 and at(tokens, index - 1).low in _BEFORE_YEARS) or _CARRYING.length_at(tokens, last + 1)
    ):
        return Amount(index, last + 1, index, "duration", Unit("năm", "năm", "duration", last + 1), value=value)
    rhythm = any(
        at(tokens, step).low in _RHYTHMS and at(tokens, step - 1).low in ("mỗi", "hàng", "hằng", "một")
        for step in range(index - 1, max(0, index - 9), -1)
    )
    unit = read_unit(tokens, last)
    if unit is not None and unit.head in _RHYTHM_UNITS and (rhythm or unit.rate):
        return Amount(index, unit.last, index, unit.kind, unit, value=value)
    five = tokens[index].low != "năm" or at(tokens, index - 1).low in ("và", ",", "có", "cho", "với")
    if value > 1 and five and _SPELLED_UNITS.length_at(tokens, last):
        scale = Decimal(1)
        while at(tokens, last).low in SCALES:
            scale, last = scaled_up(scale, SCALES[at(tokens, last).low]), last + 1
        unit = read_unit(tokens, last, scaled=scale > 1)
        if unit is not None and (scale == 1 or unit.kind == "money"):
            return Amount(index, unit.last, index, unit.kind, unit, value=value * scale)
    return None


def _spelled(tokens: Sequence[Token], index: int) -> tuple[Decimal | None, int]:
    """One to ninety-nine in words."""
    first = SPELLED.get(tokens[index].low)
    if first is None:
        return None, index
    last, value = index + 1, first
    if at(tokens, last).low == "mươi" and first > 1:
        value, last = first * 10, last + 1
    if value >= 10:
        ones = {**SPELLED, "lăm": 5, "mốt": 1, "tư": 4}.get(at(tokens, last).low)
        if ones is not None and ones < 10 and at(tokens, last).low != "năm":
            value, last = value + ones, last + 1
    return Decimal(value), last


def as_duration(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    """`N năm` as years of carrying out; None for anniversaries, ages, plans of years."""
    before = [at(tokens, amount.number - back).low for back in (1, 2, 3)]
    if set(before) & _ANNIVERSARY or before[0] in ("kỳ", "hoạch"):
        return None
    if _NOT_AFTER_YEARS.length_at(tokens, amount.last) or _testament(tokens, amount.last):
        return None
    after = at(tokens, amount.last)
    if not_facts.is_year(after) and not_facts.is_year(at(tokens, amount.last + 2)):
        return None  # `2 năm 2020, 2021` names the years
    length = 1 if after.low in ("liền", "qua", "nay", "ròng") else 0
    if after.low == "liên" and at(tokens, amount.last + 1).low in ("tục", "tiếp"):
        length = 2
    return replace(amount, last=amount.last + length)


def _testament(tokens: Sequence[Token], index: int) -> bool:
    """`50 năm thực hiện Di chúc` is an anniversary in any wording."""
    return any(at(tokens, step).low == "di" and at(tokens, step + 1).low == "chúc" for step in range(index, index + 4))


def read_bare(tokens: Sequence[Token], index: int, before: Sequence[Amount]) -> Amount | None:
    """A number without unit that inherits one: `tăng 276 so với năm trước`, `nâng lên 145.`, `Số lớp đã mở: 12`."""
    written = read_number(tokens[index].text)
    if written.value is None or written.malformed or tokens[index].glued:
        return None
    after = at(tokens, index + 1)
    ends = (after.kind == "p" and after.text in ".,;()") or after.low in ("so",)
    if not ends:
        return None
    inherits = (
        at(tokens, index - 1).low in _BARE_BEFORE
        or _GRADES.length_before(tokens, index)
        or _share_follows(tokens, index + 1)
    )
    if inherits and before and before[-1].kind in ("count", "ratio") and before[-1].unit.words:
        unit = replace(before[-1].unit, last=index + 1)
        return Amount(index, index + 1, index, "count", unit, value=written.value)
    if at(tokens, index - 1).low in (":", "là") and after.text != "(":
        return _labelled(tokens, index, written.value)
    return None


def _share_follows(tokens: Sequence[Token], index: int) -> bool:
    """`, đạt 77%`, `(77%)`: only a count is followed by its share."""
    if at(tokens, index).text == "(":
        return at(tokens, index + 2).text == "%"
    return (
        at(tokens, index).text == ","
        and at(tokens, index + 1).low in ("đạt", "chiếm", "bằng")
        and any(at(tokens, step).text == "%" for step in range(index + 3, index + 7))
    )


def _labelled(tokens: Sequence[Token], index: int, value: Decimal) -> Amount | None:
    """`Số lớp đã mở: 12;` `Số lớp là 12,`: the label stands before and begins its clause with `số` or `tổng số`."""
    start = index - 2
    while start > 0 and tokens[start - 1].kind == "w" and index - start < 14:
        start -= 1
    while start < index and at(tokens, start).low in ("tổng", "-", "+"):
        start += 1
    noun = _KNOWN.length_before(tokens, index - 1)
    if at(tokens, start).low != "số" and noun < 2:
        return None
    unit = read_unit(tokens, start + 1 if at(tokens, start).low == "số" else index - 1 - noun)
    if unit is None or unit.weak or unit.kind != "count":
        return None
    return Amount(start, index + 1, index, "count", replace(unit, last=index + 1), value=value)
