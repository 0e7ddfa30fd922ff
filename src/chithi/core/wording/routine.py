"""What refusals say about the work calendar of a unit. Vietnamese, English."""

from __future__ import annotations

ROUTINE: dict[str, tuple[str, str]] = {
    "routine.no_line": (
        "Không tìm thấy dòng lịch này, hoặc dòng nằm ngoài phạm vi được giao.",
        "This line of the calendar was not found, or lies outside your reach.",
    ),
    "routine.no_title": ("Hãy ghi việc phải làm.", "Say what is to be done."),
    "routine.month_outside": (
        "Với nhịp này, tháng phải từ 1 đến {most}.",
        "With this rhythm the month must lie between 1 and {most}.",
    ),
    "routine.ends_before": (
        "Tháng cuối phải từ tháng đầu đến tháng 12.",
        "The last month must lie between the first one and December.",
    ),
    "routine.no_such_day": ("Tháng này không có ngày ấy.", "This month has no such day."),
    "routine.span_outside": (
        "Số ngày làm trước hạn phải từ 0 đến {most}.",
        "The days of work before the day must be 0 to {most}.",
    ),
    "routine.notice_outside": (
        "Số ngày nhắc trước phải từ 0 đến {most}.",
        "The days of notice must be 0 to {most}.",
    ),
    "routine.year_outside": (
        "Chỉ tạo được lịch cho các năm {first} – {last}.",
        "A calendar can be made for the years {first} to {last} only.",
    ),
    "routine.too_many": (
        "Lịch của một đơn vị có nhiều nhất {most} dòng.",
        "The calendar of a unit has {most} lines at most.",
    ),
    "routine.owner_elsewhere": (
        "Chức vụ này không thuộc đơn vị, hoặc không còn ai giữ.",
        "This post does not belong to the unit, or nobody holds it any more.",
    ),
    "routine.no_owner": (
        "Hãy chọn chức vụ chịu trách nhiệm cho những việc chưa ghi ai làm.",
        "Choose the post that is responsible for the tasks that name nobody.",
    ),
    "routine.not_offered": (
        "Dòng này không được gợi ý cho đơn vị.",
        "This line is not offered to the unit.",
    ),
    "routine.no_origin": (
        "Dòng này không lấy từ lịch của cấp trên.",
        "This line was not taken from a unit above.",
    ),
    "routine.nothing_chosen": ("Hãy đánh dấu ít nhất một dòng.", "Tick at least one line."),
    "routine.done_already": ("Việc nhắc này đã xong ngày {day}.", "This reminder was done on {day}."),
    "routine.twice": (
        "Lịch của đơn vị đã có dòng này rồi.",
        "The calendar of the unit has this line already.",
    ),
}
