"""What refusals say about duties and shortcomings. Vietnamese, English."""

from __future__ import annotations

DUTIES: dict[str, tuple[str, str]] = {
    "duties.no_list": (
        "Không tìm thấy danh mục nghĩa vụ này, hoặc danh mục nằm ngoài phạm vi được giao.",
        "This list of duties was not found, or lies outside your reach.",
    ),
    "duties.no_report": (
        "Không tìm thấy báo cáo này, hoặc báo cáo nằm ngoài phạm vi được giao.",
        "This report was not found, or lies outside your reach.",
    ),
    "duties.no_answer": (
        "Không tìm thấy nghĩa vụ đã báo cáo là chưa làm đủ.",
        "No duty reported as not fully done was found here.",
    ),
    "duties.not_asked": (
        "Danh mục này không yêu cầu đơn vị báo cáo cho kỳ này.",
        "This list asks no report of the unit for this period.",
    ),
    "duties.no_name": ("Hãy ghi tên danh mục.", "Give the list a name."),
    "duties.nobody_asked": ("Hãy chọn ít nhất một loại đơn vị phải báo cáo.", "Choose who is to report."),
    "duties.day_out_of_range": (
        "Ngày phải nằm trong khoảng {low} – {high}.",
        "The day must lie between {low} and {high}.",
    ),
    "duties.too_many": ("Một danh mục có nhiều nhất {most} nghĩa vụ.", "A list holds at most {most} duties."),
    "duties.half_a_duty": (
        "Mỗi nghĩa vụ cần cả số thứ tự và nội dung.",
        "Each duty needs both its number and its wording.",
    ),
    "duties.code_twice": ("Số thứ tự {code} dùng hai lần.", "The number {code} is used twice."),
    "duties.no_duty": ("Danh mục chưa có nghĩa vụ nào.", "The list holds no duty yet."),
    "duties.reported_on": (
        "Đã có đơn vị báo cáo theo danh mục này. Hãy lập phiên bản mới.",
        "Units have reported on this list. Make a new version.",
    ),
    "duties.issued_already": ("Danh mục đã ban hành.", "This list has gone out already."),
    "duties.still_a_draft": ("Danh mục chưa ban hành.", "This list is still a draft."),
    "duties.ended_already": (
        "Danh mục đã có ngày hết hiệu lực: {day}.",
        "This list ends already, on {day}.",
    ),
    "duties.followed_already": (
        "Phiên bản mới đã thay danh mục này.",
        "A newer version has taken the place of this list.",
    ),
    "duties.begins_too_early": (
        "Phiên bản mới phải có hiệu lực sau phiên bản trước ({since}).",
        "A new version must begin after the one before it ({since}).",
    ),
    "duties.reported_before": (
        "Đã có đơn vị báo cáo theo phiên bản trước đến hết ngày {last}. Chọn ngày có hiệu lực sau ngày đó.",
        "Units have reported on the version before up to {last}. Choose a later day to begin on.",
    ),
    "duties.no_sentence": (
        "Trừ “đã thực hiện”, mỗi nghĩa vụ cần một câu nói rõ.",
        "Each duty that is not simply done needs a sentence.",
    ),
    "duties.not_answered": (
        "Còn {count} nghĩa vụ chưa trả lời.",
        "Duties not answered yet: {count}.",
    ),
    "duties.submits_not": (
        "Chỉ người được xác nhận cho đơn vị mới gửi được báo cáo.",
        "Only somebody who confirms for the unit may submit its report.",
    ),
    "duties.submitted_already": (
        "Báo cáo đã gửi ngày {day}.",
        "The report was submitted on {day}.",
    ),
    "duties.not_submitted": ("Báo cáo chưa được gửi.", "The report was not submitted."),
    "duties.no_reason": ("Hãy ghi lý do.", "Give a reason."),
    "duties.has_shortcoming": (
        "Đã ghi nhận một hạn chế từ nghĩa vụ này, nên phải trả lời.",
        "A shortcoming came out of this duty, so its answer has to stay.",
    ),
    "shortcomings.no_shortcoming": (
        "Không tìm thấy hạn chế, khuyết điểm này, hoặc nằm ngoài phạm vi được giao.",
        "This shortcoming was not found, or lies outside your reach.",
    ),
    "shortcomings.no_words": ("Hãy ghi hạn chế, khuyết điểm.", "Say what the shortcoming is."),
    "shortcomings.in_the_future": ("Ngày này chưa tới.", "This day has not come yet."),
    "shortcomings.before_the_unit": (
        "Đơn vị có từ ngày {day}.",
        "The unit exists since {day}.",
    ),
    "shortcomings.begins_later": (
        "Việc khắc phục bắt đầu từ hôm nay hoặc trước đó.",
        "The remedy begins today or earlier.",
    ),
    "shortcomings.withdrawn": ("Hạn chế, khuyết điểm này đã rút.", "This shortcoming was withdrawn."),
    "shortcomings.has_tasks": (
        "Đã giao việc khắc phục, nên không sửa, không rút được nữa.",
        "Tasks were given to remedy it, so it is neither changed nor withdrawn.",
    ),
    "shortcomings.remedied_already": (
        "Đã khắc phục xong. Nếu tái diễn, hãy ghi nhận tái diễn trước.",
        "It is remedied. Where it was found again, say so first.",
    ),
    "shortcomings.not_remedied": ("Chưa khắc phục xong.", "It is not remedied yet."),
    "shortcomings.found_again_when": (
        "Ngày phải nằm trong khoảng {low} – {high}.",
        "The day must lie between {low} and {high}.",
    ),
    "shortcomings.there_already": (
        "Nghĩa vụ này đã có hạn chế, khuyết điểm được ghi nhận.",
        "A shortcoming came out of this duty already.",
    ),
}
