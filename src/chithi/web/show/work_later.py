"""Work in the background in words: what is done, where it stands, why it failed and what is to be done about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chithi.core.wording import WORDING, sentence
from chithi.jobs.kinds import JobState
from chithi.web.templatetags.chithi_format import language

NOBODY_THERE = ("ConnectionRefusedError", "TimeoutError", "gaierror", "SMTPServerDisconnected", "SMTPConnectError")
FULL = ("OperationalError", "InternalError")


def state_word(state: JobState) -> str:
    """Where a piece of work stands."""
    return {
        JobState.WAITING: _("Đang chờ"),
        JobState.RUNNING: _("Đang làm"),
        JobState.DONE: _("Đã xong"),
        JobState.FAILED: _("Hỏng"),
    }[state]


def deed_word(deed: str) -> str:
    """What is done."""
    known = {
        "access.email_code": _("Gửi mã xác nhận địa chỉ thư"),
        "work.remind": _("Tìm người cần nhắc việc trong ngày"),
        "work.remind_one": _("Nhắc việc một người"),
        "work.letter": _("Gửi thư nhắc việc"),
        "work.digest": _("Tìm người nhận thư mỗi tuần"),
        "work.digest_one": _("Gửi thư mỗi tuần"),
        "imports.sheet": _("Kiểm tra hoặc ghi bảng nhập"),
        "org.plan": _("Tính thử, áp dụng hoặc hủy phương án sắp xếp"),
        "tasks.hand_down": _("Giao nhiệm vụ cho các đơn vị bên dưới"),
        "tasks.take_back": _("Thu lại nhiệm vụ đã giao cho các đơn vị bên dưới"),
        "tasks.turns": _("Yêu cầu giải trình, báo lên cấp trên nhiệm vụ quá hạn"),
    }
    return known.get(deed, deed)


def why(problem: str) -> str:
    """Why it failed the last time; "" where it did not."""
    if problem == "killed":
        return _("Máy dừng giữa chừng mỗi lần thử")
    if problem in WORDING:
        return sentence(problem, {}, language())
    mail = {
        "SSLCertVerificationError": _("Chứng thư của máy chủ thư không đáng tin, nên không gửi gì qua đó"),
        "SSLError": _("Không lập được đường mã hóa tới máy chủ thư"),
        "SMTPNotSupportedError": _("Máy chủ thư không nhận đường mã hóa hoặc không nhận đăng nhập"),
        "SMTPAuthenticationError": _("Máy chủ thư không nhận tên hoặc mật khẩu"),
        "SMTPRecipientsRefused": _("Máy chủ thư không nhận địa chỉ của người này"),
        "SMTPSenderRefused": _("Máy chủ thư không nhận địa chỉ gửi đi"),
    }
    if problem in mail:
        return mail[problem]
    if problem in NOBODY_THERE:
        return _("Không tới được máy chủ thư (%(kind)s)") % {"kind": problem}
    if problem.startswith("SMTP"):
        return _("Máy chủ thư không nhận thư (%(kind)s)") % {"kind": problem}
    return problem


def what_to_do(problem: str) -> str:
    """What whoever keeps the installation does about it before having it tried again; "" where nothing failed."""
    if not problem:
        return ""
    told = {
        "SSLCertVerificationError": _("Cho máy này biết nơi cấp chứng thư của máy chủ thư, hoặc sửa tên máy chủ."),
        "SSLError": _("Xem lại cổng và cách mã hóa đã đặt cho máy chủ thư."),
        "SMTPNotSupportedError": _("Xem lại cổng và cách mã hóa đã đặt cho máy chủ thư."),
        "SMTPAuthenticationError": _("Xem lại tên và mật khẩu đã đặt cho máy chủ thư."),
        "SMTPRecipientsRefused": _("Báo người này sửa địa chỉ thư của mình."),
        "SMTPSenderRefused": _("Xem lại địa chỉ gửi đi đã đặt cho máy chủ thư."),
        "killed": _("Xem máy chủ còn bộ nhớ và chỗ trống không; nhật ký của máy chủ nói dừng ở đâu."),
    }
    if problem in told:
        return told[problem]
    if problem in NOBODY_THERE:
        return _("Xem máy chủ thư có chạy không, tên và cổng đã đặt có đúng không.")
    if problem.startswith("SMTP"):
        return _("Hỏi người giữ máy chủ thư vì sao thư bị từ chối.")
    if problem in FULL:
        return _("Xem kho dữ liệu có chạy không, đĩa còn chỗ không.")
    if problem in WORDING:
        return ""
    return _("Đây là lỗi của chương trình: gửi nhật ký của máy chủ cho người giữ chương trình.")
