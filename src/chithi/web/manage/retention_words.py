"""What each kind of personal data is called, and what happens to it when its time is over."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chithi.privacy.kinds import Kept
from chithi.web.templatetags.chithi_format import number

WORDS: dict[Kept, tuple[Promise, Promise]] = {
    Kept.PERSON_NAME: (
        gettext_lazy("Họ tên"),
        gettext_lazy(
            "Từ khi mọi sinh hoạt, chức vụ, việc làm kết thúc: thay tên bằng mã, xóa năm sinh, không tìm được."
        ),
    ),
    Kept.BIRTH_YEAR: (
        gettext_lazy("Năm sinh"),
        gettext_lazy("Từ khi mọi sinh hoạt, chức vụ, việc làm kết thúc: xóa năm sinh, giữ họ tên."),
    ),
    Kept.ACCOUNT: (
        gettext_lazy("Tên tài khoản đã đóng"),
        gettext_lazy("Từ khi vai trò cuối cùng kết thúc: thay tên bằng mã, xóa mọi cách đăng nhập."),
    ),
    Kept.EXEMPTION_REASON: (
        gettext_lazy("Lý do miễn công tác, sinh hoạt"),
        gettext_lazy("Từ khi hết miễn: xóa lý do, giữ thời gian miễn."),
    ),
    Kept.NOTES: (
        gettext_lazy("Ghi chú chuyển sinh hoạt, bàn giao"),
        gettext_lazy("Từ ngày chuyển, ngày bàn giao: xóa lời ghi, giữ ngày và người ký."),
    ),
    Kept.FAILED_SIGN_INS: (
        gettext_lazy("Lần đăng nhập sai"),
        gettext_lazy("Từ lần đăng nhập đó: xóa tên đã gõ, địa chỉ máy và giờ."),
    ),
    Kept.DOCUMENT_TEXT: (
        gettext_lazy("Nội dung văn bản đã tiếp nhận"),
        gettext_lazy(
            "Từ khi tiếp nhận: che chữ, chỉ để lại câu có số liệu đã xác nhận. Số liệu và báo cáo đã lập giữ nguyên."
        ),
    ),
    Kept.EVIDENCE_FILE: (
        gettext_lazy("Tệp minh chứng của nhiệm vụ"),
        gettext_lazy("Từ ngày gửi tệp: bỏ nội dung tệp, giữ tên tệp, ngày gửi và lời báo."),
    ),
}


def name_of(kind: Kept) -> str:
    """The name of a kind."""
    return str(WORDS[kind][0])


def effect_of(kind: Kept) -> str:
    """From when the time counts, and what happens then."""
    return str(WORDS[kind][1])


def time_of(months: int | None) -> str:
    """120 months as "10 năm", on one line."""
    return _time(months).replace(" ", "\u00a0")


def _time(months: int | None) -> str:
    if months is None:
        return _("giữ mãi")
    years, rest = divmod(months, 12)
    if not rest and years:
        return ngettext("%(count)s năm", "%(count)s năm", years) % {"count": number(years)}
    return ngettext("%(count)s tháng", "%(count)s tháng", months) % {"count": number(months)}
