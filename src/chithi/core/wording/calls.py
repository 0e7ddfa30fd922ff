"""What refusals say about requests by letter and their answers. Vietnamese, English."""

from __future__ import annotations

CALLS: dict[str, tuple[str, str]] = {
    "calls.no_call": (
        "Không tìm thấy yêu cầu báo cáo này, hoặc yêu cầu nằm ngoài phạm vi được giao.",
        "This request was not found, or lies outside your reach.",
    ),
    "calls.no_title": ("Hãy ghi yêu cầu về việc gì.", "Say what the request is about."),
    "calls.bad_day": (
        "Hạn trả lời phải nằm trong khoảng {first} – {last}.",
        "The day must lie between {first} and {last}.",
    ),
    "calls.not_earlier": (
        "Chuyển xuống thì hạn phải trước hạn của cấp trên ({day}).",
        "What is passed on is due before the day given from above ({day}).",
    ),
    "calls.passed_on_already": (
        "Yêu cầu này đã chuyển xuống. Mở yêu cầu đã chuyển, hoặc thu hồi rồi chuyển lại.",
        "This request was passed on already. Open that one, or withdraw it and pass it on anew.",
    ),
    "calls.nobody_below": (
        "Chưa có đơn vị bên dưới nào gửi trả lời.",
        "No unit below has sent an answer yet.",
    ),
    "calls.sent_already": (
        "Yêu cầu đã gửi ngày {day} nên không sửa được nữa; có thể thu hồi.",
        "The request went out on {day} and is not changed any more; it may be withdrawn.",
    ),
    "calls.no_outline": (
        "Đề cương chưa có dòng nào. Hãy thêm ít nhất một dòng rồi gửi.",
        "The outline has no line yet. Add at least one, then send.",
    ),
    "calls.day_over": (
        "Hạn trả lời {day} đã qua. Hãy sửa hạn rồi gửi.",
        "The day {day} has passed. Change it, then send.",
    ),
    "calls.withdrawn": ("Yêu cầu này đã thu hồi ngày {day}.", "This request was withdrawn on {day}."),
    "calls.answered_already": (
        "Đơn vị đã trả lời ngày {day}. Muốn sửa thì nhờ nơi yêu cầu trả lại.",
        "The unit answered on {day}. To change it, ask for it to be sent back.",
    ),
    "calls.not_answered": ("Đơn vị này chưa trả lời.", "This unit has not answered yet."),
    "calls.unanswered": (
        "Còn {count} dòng chưa trả lời. Không có gì để nói thì ghi rõ là không có; số thì ghi 0.",
        "{count} lines are not answered yet. Where there is nothing to say, say so; for a number, write 0.",
    ),
    "calls.too_long": ("Mỗi dòng trả lời nhiều nhất {most} chữ cái.", "An answer has {most} characters at most."),
    "calls.too_fine": (
        "Số có nhiều nhất {most} chữ số sau dấu phẩy.",
        "A number has {most} decimal places at most.",
    ),
    "calls.no_period": (
        "Muốn hỏi số của chỉ tiêu, hãy ghi kỳ mà các đơn vị tự ghi số của chỉ tiêu ấy.",
        "To ask for an indicator's figure, name a period for which units enter it.",
    ),
    "calls.no_text": ("Hãy ghi cần báo cáo điều gì.", "Say what is to be reported."),
    "calls.too_many": ("Đề cương có nhiều nhất {most} dòng.", "An outline has {most} lines at most."),
    "calls.still_draft": ("Yêu cầu này chưa gửi.", "This request has not gone out yet."),
    "calls.no_reason": ("Hãy ghi lý do.", "Say why."),
    "calls.not_below": (
        "Chỉ yêu cầu được các đơn vị đang hoạt động ở bên dưới.",
        "Only units at work below your own can be asked.",
    ),
    "calls.nobody": (
        "Hãy chọn loại đơn vị hoặc ghi mã đơn vị phải trả lời.",
        "Choose the kinds of units, or name the units, that are to answer.",
    ),
    "calls.too_many_asked": (
        "Có {count} đơn vị; mỗi yêu cầu gửi được nhiều nhất {most} đơn vị.",
        "There are {count} units; a request goes to {most} at most.",
    ),
    "calls.no_letter": (
        "Hãy ghi số, ký hiệu của công văn, hoặc chọn văn bản đã ban hành.",
        "Give the number of the letter, or choose a document that is out.",
    ),
}
