"""What refusals say about work for later and about notices. Vietnamese, English."""

from __future__ import annotations

WORK: dict[str, tuple[str, str]] = {
    "jobs.no_job": ("Không tìm thấy việc chạy nền này.", "There is no such piece of work."),
    "jobs.not_failed": (
        "Việc chạy nền này không ở trạng thái hỏng nên không cần thử lại.",
        "This piece of work has not failed, so there is nothing to try again.",
    ),
    "work.no_notice": ("Không tìm thấy tin báo này.", "There is no such notice."),
    "work.no_choice": ("Cách báo tin này không có.", "There is no such way of being told."),
}
