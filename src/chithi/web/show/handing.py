"""A task handed down to many units, in words: what the worker still does or gave up and why, what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.wording import WORDING, sentence
from chithi.web.templatetags.chithi_format import language, number

if TYPE_CHECKING:
    from chithi.tasks.giving import TakenBack
    from chithi.tasks.handing import UnderWay


def taken_back_words(done: TakenBack | None) -> str:
    """What became of what was handed down; None: the worker takes it back."""
    if done is None:
        return _("Đang thu lại, xong trong ít phút. Việc nào đã có đơn vị bắt đầu thì giữ nguyên.")
    if not done.stay:
        return _("Đã thu lại các nhiệm vụ vừa giao.")
    said = ngettext(
        "Đã thu lại %(done)s nhiệm vụ; giữ nguyên %(count)s việc đã có đơn vị bắt đầu.",
        "Đã thu lại %(done)s nhiệm vụ; giữ nguyên %(count)s việc đã có đơn vị bắt đầu.",
        done.stay,
    )
    return said % {"done": number(done.now), "count": number(done.stay)}


def under_way_told(task_id: int, found: UnderWay | None, *, may_act: bool) -> dict[str, Any] | None:
    """For task.html: {text, why, late, href}; `href` is where somebody who may has it done again or lets it be."""
    if found is None:
        return None
    if not found.failed:
        text = _("Đang thu lại việc đã giao.") if found.back else _handing(found.count)
        more = _("Lần vừa rồi chưa xong; máy sẽ tự làm lại.") if found.problem else _("Mở lại trang sau ít phút.")
        return {"text": text, "why": more, "late": False, "href": ""}
    text = _("Chưa thu lại được việc đã giao.") if found.back else _("Chưa giao xuống được.")
    href = reverse("task_hand_again", args=[task_id]) if may_act else ""
    return {"text": text, "why": _why(found.problem), "late": True, "href": href}


def _handing(count: int) -> str:
    said = ngettext("Đang giao cho %(count)s đơn vị.", "Đang giao cho %(count)s đơn vị.", count)
    return said % {"count": number(count)}


def _why(problem: str) -> str:
    """What stood in the way, in a sentence; a refusal's figures are not kept, so only sentences without any."""
    if problem in WORDING and "{" not in WORDING[problem][0]:
        return sentence(problem, {}, language())
    known = {
        "tasks.cancelled": _("Nhiệm vụ đã hủy."),
        "tasks.finished": _("Nhiệm vụ đã hoàn thành."),
    }
    return known.get(problem, _("Máy gặp lỗi. Nếu làm lại vẫn vậy, hãy báo người quản trị."))
