"""What refusals say about tasks and about work that is followed. Vietnamese, English."""

from __future__ import annotations

TASKS: dict[str, tuple[str, str]] = {
    "following.day_out_of_range": (
        "Ngày phải nằm trong khoảng {low} – {high}.",
        "The day must lie between {low} and {high}.",
    ),
    "following.due_before_beginning": (
        "Hạn phải từ ngày bắt đầu ({since}) trở đi.",
        "The day it is due must not come before the beginning ({since}).",
    ),
    "following.in_the_future": ("Ngày này chưa tới.", "This day has not come yet."),
    "following.before_beginning": (
        "Ngày này sớm hơn ngày bắt đầu ({since}).",
        "This day comes before the beginning ({since}).",
    ),
    "following.says_nothing": (
        "Hãy ghi phần trăm đã làm, vài lời về tiến độ, hoặc gửi tệp minh chứng.",
        "Say how many percent are done, a few words, or send a file that shows it.",
    ),
    "following.share_out_of_range": (
        "Phần trăm phải từ {low} đến {high}.",
        "The share must lie between {low} and {high} percent.",
    ),
    "following.file_gone": (
        "Tệp này đã hết thời hạn lưu nên không còn nội dung.",
        "What this file held is no longer kept.",
    ),
    "following.no_file": ("Không tìm thấy tệp này.", "This file was not found."),
    "following.too_many_files": (
        "Mỗi lần báo gửi được nhiều nhất {most} tệp. Hãy bớt tệp, hoặc báo thêm một lần nữa.",
        "At most {most} files come with one report. Choose fewer, or report once more.",
    ),
    "following.too_much_at_once": (
        "Các tệp gộp lại phải dưới {most} MB. Hãy bớt tệp, hoặc báo thêm một lần nữa.",
        "The files together must stay below {most} MB. Choose fewer, or report once more.",
    ),
    "tasks.no_task": (
        "Không tìm thấy nhiệm vụ này, hoặc nhiệm vụ nằm ngoài phạm vi được giao.",
        "This task was not found, or lies outside your reach.",
    ),
    "tasks.no_directive": (
        "Không tìm thấy văn bản này trong phạm vi được xem.",
        "This document was not found in your reach.",
    ),
    "tasks.no_title": ("Hãy ghi việc phải làm.", "Say what is to be done."),
    "tasks.no_owner": (
        "Hãy chọn đúng một người chịu trách nhiệm.",
        "Choose exactly one person who is responsible.",
    ),
    "tasks.owner_elsewhere": (
        "Người chịu trách nhiệm phải đang giữ chức vụ hoặc sinh hoạt tại đơn vị này.",
        "Whoever is responsible must hold a post in this unit or be a member of it.",
    ),
    "tasks.bad_weight": ("Trọng số phải từ {low} đến {high}.", "The weight must lie between {low} and {high}."),
    "tasks.bad_interval": (
        "Số ngày giữa hai lần cập nhật phải từ {low} đến {high}.",
        "The days between two reports must lie between {low} and {high}.",
    ),
    "tasks.parent_circle": (
        "Nhiệm vụ này nối tiếp chính nhiệm vụ đang sửa. Hãy chọn nhiệm vụ khác.",
        "That task carries on this very one. Choose another task.",
    ),
    "tasks.no_helper": (
        "Không tìm thấy người hoặc chức vụ này trong phạm vi được xem.",
        "This person or post was not found in your reach.",
    ),
    "tasks.too_many_helpers": (
        "Một nhiệm vụ có nhiều nhất {most} đơn vị phối hợp.",
        "A task has {most} helping units at most.",
    ),
    "tasks.too_many_steps": ("Một nhiệm vụ có nhiều nhất {most} bước.", "A task has {most} steps at most."),
    "tasks.step_outside": (
        "Hạn của bước phải nằm trong khoảng {since} – {due}.",
        "The step must be due between {since} and {due}.",
    ),
    "tasks.not_the_doer": (
        "Việc này do người chịu trách nhiệm, hoặc người nhập liệu của đơn vị thực hiện, làm.",
        "This is for the owner, or whoever enters for the unit that does the task.",
    ),
    "tasks.not_the_assigner": (
        "Việc này do đơn vị giao nhiệm vụ quyết định.",
        "This is decided by the unit that gave the task.",
    ),
    "tasks.owner_decides_not": (
        "Người chịu trách nhiệm không tự quyết định về nhiệm vụ của mình. Hãy để cấp trên hoặc người khác làm.",
        "Nobody decides about a task of their own. Leave it to the level above or to somebody else.",
    ),
    "tasks.reporter_accepts_not": (
        "Người đã báo hoàn thành không tự nghiệm thu. Hãy để người khác hoặc cấp trên làm.",
        "Whoever reported it finished does not accept it. Leave it to somebody else or to the level above.",
    ),
    "tasks.cancelled": ("Nhiệm vụ đã hủy ngày {day}.", "The task was cancelled on {day}."),
    "tasks.not_cancelled": ("Nhiệm vụ không bị hủy.", "The task is not cancelled."),
    "tasks.finished": ("Nhiệm vụ đã hoàn thành ngày {day}.", "The task was finished on {day}."),
    "tasks.not_finished": ("Nhiệm vụ chưa được báo hoàn thành.", "The task has not been reported finished."),
    "tasks.accepted_already": ("Nhiệm vụ đã nghiệm thu ngày {day}.", "The task was accepted on {day}."),
    "tasks.not_suspended": ("Nhiệm vụ không tạm dừng.", "The task is not suspended."),
    "tasks.suspended_already": (
        "Nhiệm vụ đang tạm dừng, hoặc đã hẹn ngày tạm dừng.",
        "The task is suspended already, or a day was set from which it will be.",
    ),
    "tasks.day_asked_already": (
        "Đã có một đề nghị đổi hạn đang chờ quyết định.",
        "Another day has been asked for and waits for a decision.",
    ),
    "tasks.no_day_asked": ("Không có đề nghị đổi hạn nào đang chờ.", "No other day has been asked for."),
    "tasks.same_day": ("Hạn mới trùng với hạn đang có.", "The new day is the one it is due on already."),
    "tasks.no_reason": ("Hãy ghi lý do.", "Give the reason."),
    "tasks.rest_far_off": (
        "Ngày tạm dừng phải cách hôm nay không quá một năm.",
        "A suspension begins within a year of today.",
    ),
    "tasks.rest_ends_before": (
        "Ngày làm tiếp phải sau ngày tạm dừng ({since}).",
        "The task goes on after the day of its suspension ({since}).",
    ),
    "tasks.why_asked_already": (
        "Đã yêu cầu giải trình và chưa kết luận.",
        "An explanation was asked for and is not settled yet.",
    ),
    "tasks.nothing_asked": ("Không có yêu cầu giải trình nào.", "No explanation was asked for."),
    "tasks.not_answered": ("Chưa có giải trình để kết luận.", "There is no explanation to judge yet."),
    "tasks.no_answer": ("Hãy ghi nội dung giải trình.", "Write the explanation."),
    "tasks.no_line": (
        "Dòng này không còn trong văn bản. Hãy mở lại trang.",
        "This line is no longer in the document. Open the page again.",
    ),
    "tasks.left_out_of_nothing": (
        "Chỉ việc của cấp trên mới ghi là không đưa vào; việc thêm thì xóa tên việc.",
        "Only work from above is left out; to drop work of your own, clear its name.",
    ),
    "tasks.later_than_above": (
        "Hạn không được sau hạn của việc cấp trên ({day}).",
        "It must be due no later than the task above ({day}).",
    ),
    "tasks.line_without_owner": (
        "Việc “{title}” chưa có người chịu trách nhiệm.",
        "Nobody is responsible yet for “{title}”.",
    ),
    "tasks.line_without_day": ("Việc “{title}” chưa có hạn.", "There is no day yet for “{title}”."),
    "tasks.line_due_before": (
        "Hạn của việc “{title}” sớm hơn ngày bắt đầu ({day}).",
        "“{title}” is due before it begins ({day}).",
    ),
    "tasks.line_later_than_above": (
        "Hạn của việc “{title}” sau hạn của việc cấp trên, nay là {day}. Hãy chọn lại hạn ở mục Ghi việc.",
        "“{title}” is due later than the task above, by now on {day}. Choose its day anew.",
    ),
    "tasks.line_above_gone": (
        "Cấp trên đã rút việc “{title}”. Hãy mở mục Ghi việc để giữ làm việc riêng của đơn vị hoặc bỏ.",
        "The level above has taken “{title}” back. Open the work of the document to keep it as your own or drop it.",
    ),
    "tasks.line_given": (
        "Cấp trên đã giao thẳng việc “{title}” cho đơn vị. Hãy mở mục Ghi việc, xem lại rồi ghi.",
        "The level above has given the unit “{title}” directly. Open the work of the document, look and save.",
    ),
    "tasks.line_twice": (
        "Một việc của cấp trên chỉ được ghi một lần trong văn bản.",
        "A task from above is named only once in a document.",
    ),
    "tasks.too_many_lines": ("Một văn bản có nhiều nhất {most} việc.", "A document asks for {most} tasks at most."),
    "tasks.handed_back": (
        "Lần giao này đã thu lại. Hãy mở lại trang để giao lần nữa.",
        "This was taken back. Open the page again to hand it down once more.",
    ),
    "tasks.nobody_below": (
        "Không có đơn vị nào bên dưới để giao: hoặc đã có việc này, hoặc chưa có người đứng đầu.",
        "There is no unit below to give it to: each has it already, or nobody leads it.",
    ),
}
