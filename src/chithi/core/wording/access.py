"""What refusals say about accounts, roles and the ways in. Vietnamese, English."""

from __future__ import annotations

ACCESS: dict[str, tuple[str, str]] = {
    "access.not_allowed": (
        "Tài khoản này chưa được giao quyền làm việc đó. Hãy hỏi người quản trị của đơn vị.",
        "This account has not been given the right to do that. Ask your unit's administrator.",
    ),
    "access.not_everywhere": (
        "Việc này chung cho cả hệ thống, nên cần quyền ở đơn vị cao nhất.",
        "This concerns the whole installation and needs the right at its topmost unit.",
    ),
    "access.provider_unreachable": (
        "Không tới được nơi đăng nhập của cơ quan ({name}). Hãy thử lại sau, hoặc dùng tài khoản và mật khẩu ở đây.",
        "The organisation's log-in ({name}) cannot be reached. Try again later, or use an account and password here.",
    ),
    "access.provider_refused": (
        "Nơi đăng nhập của cơ quan không xác nhận được lần đăng nhập này. Hãy bắt đầu lại.",
        "The organisation's log-in did not confirm this sign-in. Start again.",
    ),
    "access.identity_unknown": (
        "Cơ quan xác nhận tên “{username}”, nhưng ở đây chưa có tài khoản mang tên đó. Hãy nhờ người quản trị mở.",
        "The organisation knows you as “{username}”, but no account here has that name. Ask an administrator for one.",
    ),
    "access.identity_taken": (
        "Tài khoản “{username}” ở đây đã gắn với một người khác của cơ quan. Hãy hỏi người quản trị.",
        "The account “{username}” here belongs to somebody else of the organisation. Ask an administrator.",
    ),
    "access.bad_username": (
        "Tên đăng nhập “{username}” chưa đúng: dùng 2–59 chữ thường không dấu, số, dấu chấm, gạch.",
        "The user name “{username}” is not usable: 2–59 lower-case letters, digits, dots or dashes.",
    ),
    "access.username_taken": ("Tên đăng nhập “{username}” đã có người dùng.", "The user name “{username}” is taken."),
    "access.no_account": ("Không có tài khoản “{username}”.", "There is no account “{username}”."),
}
