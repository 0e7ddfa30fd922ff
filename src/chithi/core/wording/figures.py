"""What refusals say about figures and indicators. Vietnamese, English."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, str]] = {
    "indicators.period_ahead": (
        "Kỳ này chưa bắt đầu (từ {first}); chưa thể ghi số.",
        "This period has not begun (from {first}); nothing can be stated yet.",
    ),
    "indicators.period_not_over": (
        "Kỳ này đến hết {last}; xác nhận sau ngày đó.",
        "This period runs until {last}; confirm after that day.",
    ),
    "indicators.unit_not_there": (
        "Đơn vị không hoạt động trong kỳ từ {first} đến {last}.",
        "The unit did not exist in the period from {first} to {last}.",
    ),
    "indicators.negative": ("Số không được âm.", "The number must not be negative."),
    "indicators.range_upside_down": ("Số sau của khoảng nhỏ hơn số trước.", "The range ends below its beginning."),
    "indicators.says_nothing": ("Hãy ghi một con số hoặc một tỷ lệ.", "Give a number or a share."),
    "indicators.no_figure": (
        "Không tìm thấy số liệu này, hoặc số liệu nằm ngoài phạm vi được xem.",
        "This figure was not found, or lies outside your reach.",
    ),
    "indicators.not_adoptable": (
        "Chỉ nhận bù được một con số nói về toàn đơn vị và các cấp dưới.",
        "Only a number about the whole subtree can be adopted.",
    ),
    "indicators.adopted_already": ("Con số này đã được nhận bù.", "This number has been adopted already."),
    "indicators.bad_source": ("Hãy chọn một nguồn số liệu.", "Choose a source of figures."),
    "indicators.no_measure": ("Không có chỉ số này.", "There is no such measure."),
    "indicators.no_breakdown": ("Chỉ tiêu này không chia theo cách đó.", "This indicator has no such breakdown."),
    "indicators.no_indicator": ("Không có chỉ tiêu này.", "There is no such indicator."),
    "indicators.choose_indicator": (
        "Hãy chọn chỉ tiêu cho con số này.",
        "Choose the indicator this number belongs to.",
    ),
    "indicators.bad_covers": ("Hãy chọn phạm vi của con số.", "Choose what the number covers."),
    "indicators.stated_elsewhere": (
        "Chỉ tiêu này của kỳ này đã có số {value} từ một câu khác. Muốn thay, hãy chọn “Thay số cũ”.",
        "A sentence already states {value} for this indicator and period. To replace it, choose “Replace”.",
    ),
}
