"""What refusals say about definitions of indicators and breakdowns. Vietnamese, English."""

from __future__ import annotations

DEFINITIONS: dict[str, tuple[str, str]] = {
    "indicators.directive_asks_nobody": (
        "Văn bản này không yêu cầu tổ chức cơ sở đảng hay chi bộ nào triển khai, nên không lập được chỉ tiêu.",
        "This document asks no grassroots organisation or cell to carry it out, so there is nothing to count.",
    ),
    "indicators.no_name": ("Hãy ghi tên.", "Give a name."),
    "indicators.no_noun": (
        "Hãy ghi đơn vị tính, ví dụ “buổi”, “hộ”.",
        "Say what one of them is called, e.g. “session”, “household”.",
    ),
    "indicators.name_taken": (
        "Đã có tên “{name}”. Hãy đặt tên khác để không lẫn.",
        "The name “{name}” is taken. Choose another, so that the two are not mixed up.",
    ),
    "indicators.choose": ("Hãy chọn một mục trong danh sách.", "Choose an entry of the list."),
    "indicators.over_itself": (
        "Tổng số phải là số khác với số được đếm.",
        "The base must be another number than what is counted.",
    ),
    "indicators.cannot_sum": (
        "Số không cộng được từ cấp dưới thì không tính tỷ lệ được.",
        "A number that cannot be added up makes no share.",
    ),
    "indicators.decimals": ("Chỉ từ 0 đến {most} chữ số.", "Only 0 to {most} digits."),
    "indicators.target": ("Mục tiêu phải từ 0 đến {most}.", "The target must lie between 0 and {most}."),
    "indicators.target_places": (
        "Mục tiêu chỉ được có {places} chữ số thập phân.",
        "The target may have {places} decimals only.",
    ),
    "indicators.too_many_words": ("Nhiều nhất {most} cách gọi.", "At most {most} phrases."),
    "indicators.bad_words": (
        "“{words}” không dùng được: mỗi cách gọi có ít nhất 4 chữ cái, không có chữ số, không quá 80 ký tự.",
        "“{words}” cannot be used: a phrase has at least 4 letters, no digits and at most 80 characters.",
    ),
    "indicators.words_taken": (
        "“{words}” đã là cách gọi của chỉ tiêu “{name}”.",
        "“{words}” already names the indicator “{name}”.",
    ),
    "indicators.day_out_of_range": ("Ngày phải từ {first} đến {last}.", "The day must lie between {first} and {last}."),
    "indicators.nothing_changed": ("Chưa có gì khác với bản đang dùng.", "Nothing differs from what is in use."),
    "indicators.since_needed": (
        "Cách tính, chiều tốt, mục tiêu hoặc căn cứ đã đổi: hãy ghi dùng từ ngày nào.",
        "The formula, direction, target or basis has changed: say from which day.",
    ),
    "indicators.wrong_period_kind": (
        "Chỉ tiêu này không ghi cho loại kỳ này.",
        "This indicator is not entered for this kind of period.",
    ),
    "indicators.no_member": ("Không có phần này.", "There is no such part."),
    "indicators.no_such_breakdown": ("Không có cách chia này.", "There is no such breakdown."),
    "indicators.member_not_in_use": (
        "Phần này không dùng trong kỳ này.",
        "This part is not in use in this period.",
    ),
    "indicators.two_members": ("Hãy ghi ít nhất hai phần.", "Give at least two parts."),
    "indicators.too_many_members": ("Nhiều nhất {most} phần.", "At most {most} parts."),
    "indicators.breakdown_recorded": (
        "Cách chia này tính từ ghi chép nên chỉ đổi được tên.",
        "This breakdown is counted from records; only its names can be changed.",
    ),
    "indicators.ends_before_it_begins": (
        "Ngày ngừng phải sau ngày bắt đầu.",
        "It must end after the day it begins.",
    ),
    "indicators.merge_needs_day": (
        "Gộp từ ngày nào? Hãy ghi ngày ngừng dùng.",
        "Merged from which day? Give the day it ends.",
    ),
    "indicators.bad_heir": (
        "Hãy chọn một phần khác của cùng cách chia, còn dùng vào ngày đó.",
        "Choose another part of the same breakdown that is in use on that day.",
    ),
    "indicators.parts_exceed": (
        "Các phần cộng lại lớn hơn tổng số.",
        "The parts together are more than the whole.",
    ),
}
