"""What refusals say about accounts, roles and the ways in. Vietnamese, English."""

from __future__ import annotations

ACCESS: dict[str, tuple[str, str]] = {
    "access.not_allowed": (
        "Tài khoản này chưa được giao quyền làm việc đó. Hãy hỏi người quản trị của đơn vị.",
        "This account has not been given the right to do that. Ask your unit's administrator.",
    ),
    "access.not_everywhere": (
        "Việc này chung cho mọi đơn vị, nên phải được giao ở đơn vị cao nhất.",
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
    "access.account_forgotten": (
        "Tên của tài khoản này đã được thay và không khôi phục được. Hãy mở tài khoản mới.",
        "This account's name was replaced for good. Open a new account.",
    ),
    "access.no_account": ("Không có tài khoản “{username}”.", "There is no account “{username}”."),
    "access.own_account": (
        "Không tự làm việc này cho tài khoản của chính mình. Hãy nhờ người quản trị khác.",
        "Nobody does this for their own account. Ask another administrator.",
    ),
    "access.held_elsewhere": (
        "Tài khoản này giữ, hoặc vừa thôi giữ, vai trò ở nơi ngoài phạm vi được giao. Hãy nhờ người quản trị cấp trên.",
        "This account holds, or last held, a role outside your reach. Ask the administrator of the level above.",
    ),
    "access.holds_more": (
        "Tài khoản này giữ quyền mà tài khoản đang dùng chưa có ở đơn vị đó. Hãy nhờ người quản trị cấp trên.",
        "This account may do there what you may not. Ask the administrator of the level above.",
    ),
    "access.role_beyond": (
        "Vai trò này có quyền mà tài khoản đang dùng chưa có ở đơn vị đó, nên chưa giao hoặc thôi giao được.",
        "This role may do what you may not in that unit, so you cannot give or end it.",
    ),
    "access.bad_day": (
        "Ngày {day} không dùng được: chỉ từ {earliest} đến {latest}.",
        "The day {day} cannot be used: only from {earliest} to {latest}.",
    ),
    "access.ends_before_it_begins": (
        "Ngày thôi phải sau ngày bắt đầu {since}.",
        "The last day must come after the beginning on {since}.",
    ),
    "access.already_held": (
        "Tài khoản đã giữ vai trò này ở đơn vị đó trong thời gian ấy.",
        "The account already holds this role in that unit at that time.",
    ),
    "access.already_ended": ("Vai trò này đã thôi từ {day}.", "This role ended on {day}."),
    "access.no_grant": (
        "Không tìm thấy vai trò này trong phạm vi được giao.",
        "There is no such role within your reach.",
    ),
    "access.no_role": ("Không có vai trò “{role}”.", "There is no role “{role}”."),
    "access.role_retired": (
        "Vai trò này đã ngừng dùng. Hãy chọn vai trò khác.",
        "This role has been retired. Choose another one.",
    ),
    "access.bad_role_code": (
        "Mã vai trò “{role}” chưa đúng: dùng 2–20 chữ thường không dấu, số hoặc gạch dưới, chữ đứng đầu.",
        "The role code “{role}” is not usable: 2–20 lower-case letters, digits or underscores, a letter first.",
    ),
    "access.role_code_taken": ("Mã vai trò “{role}” đã có.", "The role code “{role}” is taken."),
    "access.no_role_name": ("Hãy ghi tên vai trò.", "Write the name of the role."),
    "access.empty_role": ("Hãy chọn ít nhất một việc trong danh sách.", "Choose at least one thing of the list."),
    "access.role_cannot_read": (
        "Ai làm việc với đơn vị thì phải xem được đơn vị đó: hãy chọn thêm quyền xem.",
        "Whoever does anything with a unit must be able to see it: choose that right too.",
    ),
    "access.own_role": (
        "Tài khoản đang dùng cũng giữ vai trò này nên không tự sửa quyền của nó. Hãy nhờ người quản trị khác.",
        "You hold this role, so you cannot change what it may do. Ask another administrator.",
    ),
    "access.last_administrator": (
        "Đây là người quản trị cuối cùng của đơn vị cao nhất. Hãy giao vai trò quản trị cho người khác trước.",
        "This is the last administrator of the topmost unit. Give that role to somebody else first.",
    ),
    "access.account_is_closed": (
        "Tài khoản này đang đóng. Hãy mở lại trước.",
        "This account is closed. Reopen it first.",
    ),
    "access.no_language": ("Chỉ có tiếng Việt và tiếng Anh.", "There are only Vietnamese and English."),
    "access.wrong_password": ("Mật khẩu hiện nay chưa đúng.", "The present password is wrong."),
    "access.too_many_tries": (
        "Đã thử sai quá nhiều lần. Hãy đợi 15 phút rồi thử lại.",
        "Too many wrong tries. Wait 15 minutes and try again.",
    ),
    "access.passwords_differ": ("Hai lần gõ mật khẩu mới chưa giống nhau.", "The new password was typed in two ways."),
    "access.password_short": (
        "Mật khẩu cần ít nhất {least} ký tự.",
        "The password needs at least {least} characters.",
    ),
    "access.password_common": (
        "Mật khẩu này nhiều người dùng nên dễ đoán. Hãy chọn mật khẩu khác.",
        "Many people use this password, so it is easily guessed. Choose another one.",
    ),
    "access.password_like_name": (
        "Mật khẩu này giống tên người dùng nên dễ đoán. Hãy chọn mật khẩu khác.",
        "This password resembles your name, so it is easily guessed. Choose another one.",
    ),
    "access.wrong_second_code": (
        "Mã chưa đúng hoặc đã dùng rồi. Hãy lấy mã mới trong ứng dụng và thử lại.",
        "The code is wrong or was used already. Take a fresh one from the application and try again.",
    ),
    "access.second_code_wait": (
        "Vừa có mã sai. Hãy đợi {seconds} giây rồi thử lại.",
        "A wrong code was just given. Wait {seconds} seconds and try again.",
    ),
    "access.second_factor_there": (
        "Tài khoản đã bật xác thực hai bước.",
        "The account already has a second factor.",
    ),
    "access.second_factor_required": (
        "Nơi này yêu cầu xác thực hai bước nên không tắt được.",
        "A second factor is required here, so it cannot be switched off.",
    ),
    "access.person_has_account": (
        "Người này đã có tài khoản khác đang mở. Hãy đóng tài khoản kia trước.",
        "This person has another open account. Close that one first.",
    ),
    "access.half_in_over": (
        "Đã quá lâu từ lúc gõ mật khẩu. Hãy đăng nhập lại.",
        "Too long since the password was given. Sign in again.",
    ),
    "access.no_session": (
        "Không tìm thấy nơi đăng nhập này; có thể đã đăng xuất.",
        "There is no such sign-in; perhaps it has ended.",
    ),
    "access.mail_not_set_up": (
        "Nơi này chưa gửi thư được. Tin báo vẫn có ngay trên trang.",
        "No mail is sent from here yet. Notices are still shown on the page.",
    ),
    "access.bad_email": (
        "Địa chỉ thư chưa đúng. Ví dụ: lan@tinhuy.gov.vn.",
        "This is not a usable address. For example: lan@province.gov.vn.",
    ),
    "access.email_wait": (
        "Vừa gửi một mã. Hãy đợi {minutes} phút rồi hãy yêu cầu mã khác.",
        "A code was sent just now. Wait {minutes} minutes before you ask for another.",
    ),
    "access.email_code_wrong": (
        "Mã chưa đúng. Hãy xem lại thư vừa gửi tới địa chỉ này.",
        "The code is wrong. Look at the letter that was sent to this address.",
    ),
    "access.email_code_old": (
        "Mã đã quá hạn hoặc sai quá nhiều lần. Hãy yêu cầu mã khác.",
        "The code is too old, or was wrong too often. Ask for another one.",
    ),
}
