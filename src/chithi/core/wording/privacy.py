"""What refusals say about keeping and forgetting personal data. Vietnamese, English."""

from __future__ import annotations

PRIVACY: dict[str, tuple[str, str]] = {
    "privacy.bad_months": (
        "Thời hạn phải từ {low} đến {high} tháng; để trống nghĩa là giữ mãi.",
        "The time must be from {low} to {high} months; left empty it means for ever.",
    ),
    "privacy.no_reason": ("Hãy ghi lý do.", "Give the reason."),
    "privacy.not_sure": (
        "Hãy đánh dấu để xác nhận: việc này không khôi phục được.",
        "Tick the box to confirm: this cannot be undone.",
    ),
    "privacy.still_there": (
        "Người này còn sinh hoạt, giữ chức vụ hoặc làm việc tại một đơn vị; chỉ thay tên khi mọi việc đó đã kết thúc.",
        "This person still is a member, holds a post or works in a unit; the name goes only after all has ended.",
    ),
    "privacy.account_open": (
        "Tài khoản của người này còn mở. Hãy đóng tài khoản trước.",
        "This person's account is still open. Close it first.",
    ),
    "privacy.held": (
        "Người này đang được giữ nguyên vì có việc đang giải quyết. Hãy bỏ giữ trước.",
        "This person's data is on hold because a case is running. End the hold first.",
    ),
    "privacy.held_already": ("Người này đang được giữ nguyên rồi.", "This person is on hold already."),
    "privacy.not_held": ("Người này không ở diện giữ nguyên.", "This person is not on hold."),
    "privacy.forgotten_already": (
        "Tên người này đã được thay từ {day}.",
        "This person's name was replaced on {day}.",
    ),
}
