"""Trying a plan, applying it, looking at what it did, undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.ending import EndingRole, ending_roles
from chithi.access.role_sets import role_sets
from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Viewer
from chithi.org.kinds import PlanState, TreeEventKind
from chithi.org.plan_preview import ENDINGS, Happening, Named, Preview
from chithi.org.plan_queries import PlanCard, done_by, heirs_of, one_plan, open_work
from chithi.org.plans import apply, preview
from chithi.org.undoing import undo, why_not_undo
from chithi.web.manage.desk import listing, tried
from chithi.web.manage.plans_forms import UndoForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.people import pending_lines
from chithi.web.show.plans import happening_rows, problem_lines, records_text
from chithi.web.show.roles import set_word
from chithi.web.templatetags.chithi_format import day, language, number
from chithi.web.whole import whole

SHOWN = 200
"""So many lines of one sort are shown on the page; the sheet holds all."""
SORTS: tuple[tuple[str, frozenset[TreeEventKind]], ...] = (
    ("opened", frozenset({TreeEventKind.OPEN, TreeEventKind.REOPEN})),
    ("closed", ENDINGS),
    ("moved", frozenset({TreeEventKind.MOVE})),
    ("changed", frozenset({TreeEventKind.RENAME, TreeEventKind.CHANGE_KIND, TreeEventKind.RESTORE})),
)


@require_safe
def plan_preview(request: ViewerRequest, plan: int) -> HttpResponse:
    """What the plan would do; nothing is changed. One trial."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    seen = preview(by=viewer, plan_id=plan)
    ending = ending_roles(viewer, dict.fromkeys(seen.closing, 0), card.on - timedelta(days=1))
    problems = problem_lines(seen.problems)
    context = {
        "title": card.title,
        "lead": _("Nếu áp dụng, từ ngày %(day)s, trong %(unit)s:") % {"day": day(card.on), "unit": card.unit},
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "problems": problems[:SHOWN],
        "problems_text": _problems_text(len(problems)),
        "facts": [] if problems else [*_facts(card, seen), *_open_work(viewer, card, seen)],
        "groups": _groups(seen.happenings),
        "roles": _roles(ending, seen.happenings),
        "roles_text": _("Những vai trò này hết hiệu lực cùng đơn vị. Sau khi áp dụng, giao lại ở đơn vị kế thừa:"),
        "apply": None
        if problems
        else {
            "href": reverse("plan_apply", args=[plan]),
            "version": card.version,
            "text": _("Áp dụng từ ngày %(day)s") % {"day": day(card.on)},
        },
        "cancel": {"href": reverse("plan_cancel", args=[plan]), "version": card.version},
    }
    return render(request, "manage/plan_preview.html", context)


def _problems_text(count: int) -> str:
    said = ngettext("%(count)s chỗ phải sửa trước khi áp dụng:", "%(count)s chỗ phải sửa trước khi áp dụng:", count)
    return said % {"count": number(count)}


def _facts(card: PlanCard, seen: Preview) -> list[dict[str, str]]:
    eve = card.on - timedelta(days=1)
    last_year = _("ví dụ báo cáo năm %(year)s") % {
        "year": eve.year if (eve.month, eve.day) == (12, 31) else eve.year - 1
    }
    return [
        {
            "name": _("Đơn vị"),
            "text": _("%(opened)s thành lập, %(closed)s kết thúc, %(moved)s chuyển, %(changed)s đổi tên hoặc loại")
            % {
                "opened": number(len(seen.opened)),
                "closed": number(len(seen.closed)),
                "moved": number(len(seen.moved)),
                "changed": number(len(seen.changed)),
            },
        },
        {
            "name": _("Đảng viên"),
            "text": _("%(count)s người trong các đơn vị này; không ai mất và không ai bị đếm hai lần")
            % {"count": number(seen.people)},
        },
        {
            "name": _("Đơn vị kế thừa tiếp nhận"),
            "text": records_text(seen.records or {}) or _("không có gì"),
        },
        {"name": _("Tính lại"), "text": _("tổng của %(count)s đơn vị") % {"count": number(seen.recounted)}},
        {
            "name": _("Báo cáo cũ"),
            "text": _("kỳ kết thúc trước %(day)s (%(example)s) lập lại giống từng chữ; kỳ sau được cộng theo cây mới")
            % {"day": day(card.on), "example": last_year},
        },
    ]


def _open_work(viewer: Viewer, card: PlanCard, seen: Preview) -> list[dict[str, str]]:
    found, looked = open_work(viewer, seen.closing, min(card.on - timedelta(days=1), viewer.today))
    if not found:
        return []
    said = ", ".join(pending_lines(found))
    if looked < len(seen.closing):
        said = _("%(work)s (ở %(count)s đơn vị đầu)") % {"work": said, "count": number(looked)}
    return [{"name": _("Việc đang mở"), "text": _("%(work)s; đơn vị kế thừa làm tiếp") % {"work": said}}]


def _groups(found: Sequence[Happening], *, done: bool = False) -> list[dict[str, Any]]:
    """What happens to units, by sort. `done`: it has happened, so what was opened can be looked at."""
    words = {
        "opened": (_("Thành lập"), _("Là") if done else _("Sẽ là")),
        "closed": (_("Kết thúc hoạt động"), _("Đơn vị kế thừa")),
        "moved": (_("Chuyển sang cấp trên khác"), _("Chuyển")),
        "changed": (_("Đổi tên, đổi loại"), _("Thay đổi")),
    }
    groups = []
    for code, kinds in SORTS:
        mine = [one for one in found if one.kind in kinds]
        if not mine:
            continue
        title, head = words[code]
        heads: list[str | dict[str, Any]] = [_("Đơn vị"), head]
        if code == "closed":
            heads.append(_("Kế thừa tiếp nhận"))
        rows = happening_rows(mine, most=SHOWN, records=code == "closed", doors=done and code == "opened")
        more = len(mine) - len(rows)
        groups.append(
            {
                "title": title,
                "count": number(len(mine)),
                "more": _("Còn %(count)s dòng nữa; tải bảng xuống để xem đủ.") % {"count": number(more)}
                if more
                else "",
                "listing": listing(title, heads, rows, none=""),
            }
        )
    return groups


def _roles(found: Sequence[EndingRole], happenings: Sequence[Happening]) -> list[dict[str, str]]:
    """Roles that end, each with the unit it was held in and that unit's heir."""
    closing = {one.unit_id: one for one in happenings if one.heir is not None}
    sets = role_sets({role.role for role in found})
    return [
        {
            "who": f"{role.name} ({role.username})",
            "role": set_word(sets[role.role]) if role.role in sets else role.role,
            "href": reverse("account", args=[role.user_id]),
            "unit": closing[role.unit_id].name,
            "heir": (closing[role.unit_id].heir or Named("", "")).name,
        }
        for role in found
        if role.unit_id in closing
    ]


@require_POST
def plan_apply(request: ViewerRequest, plan: int) -> HttpResponse:
    """Carry the plan out as it was looked at."""
    seen = whole(request.POST.get("version"))
    try:
        apply(by=request.viewer, plan_id=plan, seen_version=seen or 0)
    except Refused as problem:
        if problem.code != "org.plan_has_problems":
            raise
        messages.error(request, sentence(problem.code, problem.facts, language()), extra_tags="late")
        return redirect("plan_preview", plan)
    messages.success(
        request, _("Đã áp dụng phương án. Số của các đơn vị liên quan đang được cộng lại."), extra_tags="good"
    )
    return redirect("plan_result", plan)


@require_safe
def plan_result(request: ViewerRequest, plan: int) -> HttpResponse:
    """What an applied plan did, and the roles that wait to be given anew."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    found = done_by(viewer, plan)
    applied = card.state is PlanState.APPLIED
    ended = ending_roles(viewer, heirs_of(viewer, plan), card.on - timedelta(days=1)) if applied else []
    context = {
        "title": card.title,
        "lead": _("Từ ngày %(day)s, trong %(unit)s, theo %(document)s:")
        % {"day": day(card.on), "unit": card.unit, "document": card.document or "–"},
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "groups": _groups(found, done=applied),
        "roles": _roles([role for role in ended if not role.given], found),
        "roles_text": _("Việc còn lại: giao lại vai trò đã hết cùng đơn vị cũ."),
    }
    return render(request, "manage/plan_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_undo(request: ViewerRequest, plan: int) -> HttpResponse:
    """Undo a plan as a new event with its own day and document; every reason why it cannot be is listed."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    form = UndoForm(request.POST or None, initial={"on": max(card.on, viewer.today)})
    reasons: list[str] = []

    def do() -> int:
        on: date = form.cleaned_data["on"]
        reasons.extend(problem_lines(why_not_undo(by=viewer, plan_id=plan, on=on)))
        return undo(by=viewer, plan_id=plan, on=on, document=form.cleaned_data["document"]).pk

    if request.method == "POST":
        if tried(form, do) is not None:
            messages.success(request, _("Đã hủy phương án. Cây tổ chức trở lại như trước."), extra_tags="good")
            return redirect("plan", plan)
    elif card.state is PlanState.APPLIED:
        reasons = problem_lines(why_not_undo(by=viewer, plan_id=plan, on=max(card.on, viewer.today)))
    context = {
        "title": _("Hủy phương án"),
        "lead": card.title,
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "form": form,
        "send_href": reverse("plan_undo", args=[plan]),
        "send_text": _("Hủy phương án"),
        "send_note": _("Không xóa gì: việc hủy là một sự kiện mới. Những ngày ở giữa giữ cây tổ chức của phương án."),
        "reasons": reasons[:SHOWN],
    }
    return render(request, "manage/plan_undo.html", context, status=400 if form.errors else 200)
