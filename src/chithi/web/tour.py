"""Getting to know chithi: five steps over the pages themselves, offered once, to be called again at any time.

A step is a line at the top of the real page, not a layer over it: nothing is covered, nothing holds the focus, and
each step is a plain link and a plain form. Where one is on the way stands in the session; that one has been through it
(or did not want to) is a day on the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer

KEY = "lam_quen"


@dataclass(frozen=True)
class Step:
    """One step: what to look at, why, and the page it stands on."""

    title: str
    text: str
    href: str


def steps(viewer: Viewer, unit_id: int, period: Period) -> list[Step]:
    """The five steps of somebody with these rights, at their own unit; none for whoever has no unit."""
    if not unit_id:
        return []
    return [
        Step(
            _("Đang ở đâu"),
            _(
                "Trên cùng là đơn vị và kỳ đang xem. Chọn một lần, trang nào cũng theo."
                " Cây đơn vị có mọi nơi được xem, không có nơi nào khác."
            ),
            reverse("home"),
        ),
        Step(
            _("Con số nào cũng mở ra được"),
            _(
                "Bấm vào con số có gạch chấm ở dưới: bảng hiện ra nói số ấy gồm những gì, ai đã báo, còn thiếu ai,"
                " xuống đến tận nơi sinh ra nó. Dấu – là chưa có số; 0 là không có."
            ),
            reverse("unit", args=[unit_id]),
        ),
        _to_do(viewer, unit_id, period),
        Step(
            _("Tìm nhanh, đi nhanh"),
            _(
                "Bấm phím / rồi gõ tên, không cần dấu, viết tắt cũng được. Bấm ? để xem các phím khác."
                " Trên điện thoại, bốn nút ở chân trang dẫn tới mọi nơi."
            ),
            reverse("search"),
        ),
        _at_the_end(viewer, unit_id, period),
    ]


def _to_do(viewer: Viewer, unit_id: int, period: Period) -> Step:
    if viewer.may_anywhere(Capability.ENTER):
        return Step(
            _("Ghi số của đơn vị"),
            _(
                "Mỗi dòng một chỉ tiêu. Chưa có số thì để trống, đừng ghi 0."
                " Ghi xong thì xác nhận kỳ: từ lúc đó đơn vị mới được tính là đã báo."
            ),
            reverse("entry", args=[unit_id, period.code]),
        )
    return Step(
        _("Việc tiếp theo"),
        _("Dưới các con số là việc đang chờ, kèm hạn. Mỗi dòng có một chỗ bấm để làm ngay."),
        f"{reverse('home')}#steps-title",
    )


def _at_the_end(viewer: Viewer, unit_id: int, period: Period) -> Step:
    if viewer.may_anywhere(Capability.REPORT):
        return Step(
            _("Báo cáo tự viết"),
            _(
                "Bản Word soạn từ chính những con số này, đúng thể thức."
                " Bấm vào số nào trong bản ấy cũng về được nơi nó sinh ra."
            ),
            reverse("report", args=[unit_id, period.code]),
        )
    if viewer.may_anywhere(Capability.ACCOUNTS):
        return Step(
            _("Việc quản trị"),
            _("Đơn vị, người, tài khoản, chỉ tiêu, nhật ký: mỗi mục một dòng, chỉ có những việc được giao."),
            reverse("manage"),
        )
    return Step(
        _("Số lấy từ báo cáo"),
        _("Ở đây có các báo cáo đã đưa vào. Mở một bản: số nào cũng được gạch chân, kèm chỗ dùng nó."),
        reverse("documents"),
    )


def shown(request: HttpRequest, viewer: Viewer, unit_id: int, period: Period) -> dict[str, Any] | None:
    """The line at the top of the page: a step under way, on the first page the offer, else nothing. No query."""
    at = request.session.get(KEY) if hasattr(request, "session") else None
    if isinstance(at, int):
        way = steps(viewer, unit_id, period)
        return _under_way(request, way, at) if 1 <= at <= len(way) else None
    user = request.user
    new = user.is_authenticated and user.toured_on is None
    if new and unit_id and request.path in (reverse("home"), reverse("work")):
        return {"offer": True, "href": reverse("tour"), "here": request.get_full_path()}
    return None


def _under_way(request: HttpRequest, way: list[Step], at: int) -> dict[str, Any]:
    step = way[at - 1]
    return {
        "offer": False,
        "href": reverse("tour"),
        "here": request.get_full_path(),
        "title": step.title,
        "text": step.text,
        "at": at,
        "of": len(way),
        "back": at - 1,
        "next": at + 1 if at < len(way) else 0,
        "page": "" if request.path == step.href.split("#")[0] else step.href,
    }
