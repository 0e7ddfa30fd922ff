"""Owns the words in which a question is put to a clerk, in Vietnamese and English, from its code and facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from chithi.core.numbers import format_number
from chithi.text.reading import Question

Language = Literal["vi", "en"]

# code: (Vietnamese, English); the names in braces are facts of the question.
WORDING: Mapping[str, tuple[str, str]] = {
    "share_wrong": (
        "{value} trên {total} là {computed}%, văn bản ghi {stated}%. Đề nghị kiểm tra lại số hoặc tỷ lệ.",
        "{value} of {total} is {computed}%, the text says {stated}%. Please check the figure or the share.",
    ),
    "share_cut_off": (
        "{value} trên {total} là {computed}%; {stated}% có vẻ đã bị cắt bớt thay vì làm tròn.",
        "{value} of {total} is {computed}%; {stated}% looks cut off rather than rounded.",
    ),
    "share_impossible": (
        "Không có số nguyên nào của {total} cho ra {stated}%: gần nhất là {below}% và {above}%.",
        "No whole number out of {total} gives {stated}%: the nearest are {below}% and {above}%.",
    ),
    "same_share_twice": (
        "Cùng một tỷ lệ {share}% cho hai số {first} và {second}. Có phải chép nhầm không?",
        "The same share {share}% stands on two counts, {first} and {second}. Was it copied by mistake?",
    ),
    "bases_differ": (
        "Hai tỷ lệ của cùng đối tượng “{unit}” cho hai tổng số khác nhau: khoảng {first} và khoảng {second}.",
        "Two shares of the same population “{unit}” imply different bases: about {first} and about {second}.",
    ),
    "later_group_larger": (
        "Nhóm sau ({second}) lớn hơn nhóm trước ({first}) mà lẽ ra nó thuộc về. Hai nhóm có được tính khác nhau không?",
        "The later group ({second}) is larger than the one it should come from ({first}). Are they counted "
        "differently?",
    ),
    "parts_do_not_add_up": (
        "Các phần cộng lại là {total}, tổng ghi là {whole}.",
        "The parts add up to {total}, the whole is given as {whole}.",
    ),
    "part_larger_than_whole": (
        "Phần ({part}) lớn hơn tổng ({whole}).",
        "The part ({part}) is larger than the whole ({whole}).",
    ),
    "list_count": (
        "Văn bản nói có {announced} mục, sau đó liệt kê {found}.",
        "The text announces {announced} items and lists {found}.",
    ),
    "increase_impossible": (
        "Mức tăng ({increase}) lớn hơn con số hiện có ({level}).",
        "The increase ({increase}) is larger than the number there is now ({level}).",
    ),
    "unit_named_twice": (
        "“{unit}” đã được đếm riêng ({first}), lại có trong nhóm {second}. Nhóm {second} gồm những ai?",
        "“{unit}” is counted on its own ({first}) and named again with the {second}. Whom do the {second} include?",
    ),
    "malformed_number": (
        "Số viết “{quote}” không đọc được chắc chắn. Đề nghị nhập đúng giá trị.",
        "The number written “{quote}” cannot be read with certainty. Please enter the right value.",
    ),
    "doubled_scale": (
        "“{quote}”: số đã viết đủ mà còn thêm từ chỉ hàng nghìn hoặc triệu. Có thừa không?",
        "“{quote}”: a full number is followed by a word for thousands or millions. Is it one too many?",
    ),
    "word_lost": (
        "“{quote}”: nơi khác trong văn bản viết “{number} năm ngày …”; có lẽ thiếu chữ “năm”.",
        "“{quote}”: elsewhere the text writes “{number} năm ngày …”; the word “năm” seems lost.",
    ),
    "sections_skip": (
        "Các phần được đánh số nhảy từ {before} sang {found}.",
        "The numbering of parts jumps from {before} to {found}.",
    ),
}


def word(question: Question, language: Language = "vi") -> str:
    """One or two sentences for a reader; numbers in the manner of the language."""
    template = WORDING[question.code][0 if language == "vi" else 1]
    return template.format(**{name: _shown(value, language) for name, value in question.facts.items()})


def _shown(value: object, language: Language) -> str:
    return format_number(value, language) if isinstance(value, int | Decimal) else str(value)
