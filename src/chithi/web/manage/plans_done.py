"""Trying a plan, applying it, looking at what it did, undoing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chithi.access.ending import EndingRole, ending_roles
from chithi.access.role_sets import role_sets
from chithi.core.errors import Refused
from chithi.core.wording import sentence
from chithi.db.viewer import Viewer
from chithi.directives.queries import in_force_of
from chithi.org.kinds import PlanState, TreeEventKind, TrialState
from chithi.org.plan_preview import ENDINGS, Happening, Named, Preview
from chithi.org.plan_queries import PlanCard, done_by, heirs_of, one_plan, opened_by
from chithi.org.trials import Tried, apply_or_ask, is_small_plan, try_out, undo_or_ask
from chithi.org.trials import tried as tried_out
from chithi.org.undoing import why_not_undo
from chithi.web.manage.desk import listing, tried
from chithi.web.manage.plans_forms import UndoForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.directives import named
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
    """What the plan would do, as it was worked out last; nothing is worked out or changed here."""
    viewer = request.viewer
    card = one_plan(viewer, plan)
    if card.state is PlanState.APPLIED:
        return redirect("plan_result", plan)
    if card.state is not PlanState.DRAFT:
        raise Refused("org.plan_not_draft", state=card.state.value)
    found = tried_out(viewer, plan)
    if found is None or found.seen is None:
        return render(request, "manage/plan_trial.html", _unseen(card, found))
    return render(request, "manage/plan_preview.html", _seen(viewer, card, found, found.seen))


def _unseen(card: PlanCard, found: Tried | None) -> dict[str, Any]:
    """A plan that was not tried yet, is being tried or applied, or could not be."""
    waits = found is not None and found.state is TrialState.WAITING
    problem = found.problem if found else None
    return {
        "title": card.title,
        "lead": _("Chưa thay đổi gì. Tính thử để xem phương án sẽ làm gì, rồi mới áp dụng."),
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[card.id])},
        "progress": _progress(card.id, found) if found and waits else None,
        "problem": sentence(problem.code, problem.facts, language()) if problem else "",
        "try": None if waits else {"href": reverse("plan_try", args=[card.id]), "text": _("Tính thử phương án")},
    }


def _progress(plan_id: int, found: Tried) -> dict[str, Any]:
    word = _("Đang áp dụng phương án") if found.applying else _("Đang tính thử phương án")
    if found.undo_on is not None:
        word = _("Đang hủy phương án")
    return {
        "waiting": found.state is TrialState.WAITING,
        "state": {"status": "none", "word": word},
        "share": None,
        "said": _("Có thể rời trang này, việc vẫn tiếp tục."),
        "again_href": reverse("plan_preview" if found.undo_on is None else "plan_undo", args=[plan_id]),
        "progress_href": reverse("plan_progress", args=[plan_id]),
    }


@require_safe
def plan_progress(request: ViewerRequest, plan: int) -> HttpResponse:
    """Only whether it is done, for a page that asks again and again; once it is, the page is to be loaded anew."""
    found = tried_out(request.viewer, plan)
    answer = render(request, "manage/import_progress.html", _progress(plan, found)) if found else HttpResponse()
    if found is None or found.state is not TrialState.WAITING:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def plan_try(request: ViewerRequest, plan: int) -> HttpResponse:
    """Have the plan worked out; a large one by the worker."""
    try_out(by=request.viewer, plan_id=plan)
    return redirect("plan_preview", plan)


def _seen(viewer: Viewer, card: PlanCard, found: Tried, seen: Preview) -> dict[str, Any]:
    plan = card.id
    ending = ending_roles(viewer, dict.fromkeys(seen.closing, 0), card.on - timedelta(days=1))
    problems = problem_lines(seen.problems)
    return {
        "title": card.title,
        "lead": _("Nếu áp dụng, từ ngày %(day)s, trong %(unit)s:") % {"day": day(card.on), "unit": card.unit},
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "problems": problems[:SHOWN],
        "problems_text": _problems_text(len(problems)),
        "facts": [] if problems else [*_facts(card, seen), *_open_work(found, seen)],
        "groups": _groups(seen.happenings, found.counts),
        "tried": _when(found),
        "try": {"href": reverse("plan_try", args=[plan]), "text": _("Tính thử lại"), "main": not found.fresh},
        "roles": _roles(ending, seen.happenings),
        "roles_text": _("Những vai trò này hết hiệu lực cùng đơn vị. Sau khi áp dụng, giao lại ở đơn vị kế thừa:"),
        "apply": None
        if problems or not found.fresh
        else {
            "href": reverse("plan_apply", args=[plan]),
            "version": card.version,
            "text": _("Áp dụng từ ngày %(day)s") % {"day": day(card.on)},
        },
        "cancel": {"href": reverse("plan_cancel", args=[plan]), "version": card.version},
    }


def _when(found: Tried) -> dict[str, Any]:
    at = localtime(found.at)
    told = {"at": f"{at:%H:%M}", "day": day(at.date())}
    if found.fresh:
        return {"fresh": True, "text": _("Tính lúc %(at)s ngày %(day)s, trên cây tổ chức hiện nay.") % told}
    said = _("Tính lúc %(at)s ngày %(day)s. Từ đó phương án hoặc cây tổ chức đã thay đổi: tính lại trước khi áp dụng.")
    return {"fresh": False, "text": said % told}


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


def _open_work(kept: Tried, seen: Preview) -> list[dict[str, str]]:
    found, looked = kept.work
    if not found:
        return []
    said = ", ".join(pending_lines(found))
    if looked < len(seen.closing):
        said = _("%(work)s (ở %(count)s đơn vị đầu)") % {"work": said, "count": number(looked)}
    return [{"name": _("Việc đang mở"), "text": _("%(work)s; đơn vị kế thừa làm tiếp") % {"work": said}}]


def _groups(
    found: Sequence[Happening], counts: Mapping[str, int] | None = None, *, done: bool = False
) -> list[dict[str, Any]]:
    """What happens to units, by sort; `counts` by kind where only the first of many changes are at hand. `done`: it has
    happened, so what was opened can be looked at."""
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
        many = len(mine) if counts is None else sum(counts.get(kind.value, 0) for kind in kinds)
        more = many - len(rows)
        groups.append(
            {
                "title": title,
                "count": number(many),
                "more": _("Còn %(count)s dòng nữa; tải bảng về để xem đủ.") % {"count": number(more)} if more else "",
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
        done = apply_or_ask(by=request.viewer, plan_id=plan, seen_version=seen or 0)
    except Refused as problem:
        if problem.code != "org.plan_has_problems":
            raise
        messages.error(request, sentence(problem.code, problem.facts, language()), extra_tags="late")
        return redirect("plan_preview", plan)
    if done is TrialState.WAITING:
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
    card, asked = one_plan(viewer, plan), _undo_asked(viewer, plan)
    if request.method != "POST" and asked is not None and asked.state is TrialState.WAITING:
        return render(request, "manage/plan_trial.html", _being_undone(card, asked))
    began: dict[str, Any] = {"on": max(card.on, viewer.today)}
    if asked is not None:
        began |= {"on": asked.undo_on, "document": asked.document}
    form = UndoForm(request.POST or None, initial=began)
    reasons: list[str] = []

    def do() -> TrialState:
        on: date = form.cleaned_data["on"]
        if is_small_plan(viewer, plan):
            reasons.extend(problem_lines(why_not_undo(by=viewer, plan_id=plan, on=on)))
        return undo_or_ask(by=viewer, plan_id=plan, on=on, document=form.cleaned_data["document"])

    if request.method == "POST":
        done = tried(form, do)
        if done is TrialState.WAITING:
            return redirect("plan_undo", plan)
        if done is not None:
            messages.success(request, _("Đã hủy phương án. Cây tổ chức trở lại như trước."), extra_tags="good")
            return redirect("plan", plan)
    elif card.state is PlanState.APPLIED:
        reasons = _why_not_undone(viewer, card, asked)
    context = {
        "title": _("Hủy phương án"),
        "lead": card.title,
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[plan])},
        "form": form,
        "send_href": reverse("plan_undo", args=[plan]),
        "send_text": _("Hủy phương án"),
        "send_note": _("Không xóa gì: việc hủy là một sự kiện mới. Những ngày ở giữa giữ cây tổ chức của phương án."),
        "reasons": reasons[:SHOWN],
        "documents": _documents(viewer, opened_by(viewer, plan)) if card.state is PlanState.APPLIED else None,
    }
    return render(request, "manage/plan_undo.html", context, status=400 if form.errors else 200)


def _documents(viewer: Viewer, units: list[int]) -> dict[str, Any] | None:
    """What the units that would end have issued and is in force: it stays, unless somebody withdraws it."""
    found, total = in_force_of(viewer, units, SHOWN)
    if not found:
        return None
    rows = [
        {
            "text": named(one),
            "href": reverse("directive", args=[one.id]),
            "note": one.summary,
            "cells": [{"text": one.issuer}],
            "acts": [],
        }
        for one in found
    ]
    said = ngettext(
        "Đơn vị sẽ kết thúc đã ban hành %(count)s văn bản, nay còn hiệu lực.",
        "Các đơn vị sẽ kết thúc đã ban hành %(count)s văn bản, nay còn hiệu lực.",
        total,
    )
    heads: list[str | dict[str, Any]] = [_("Văn bản"), _("Cơ quan ban hành")]
    return {
        "said": said % {"count": number(total)},
        "listing": listing(_("Văn bản còn hiệu lực"), heads, rows, none=""),
    }


def _undo_asked(viewer: Viewer, plan: int) -> Tried | None:
    """What the viewer asked the worker to undo; None where they did not."""
    found = tried_out(viewer, plan)
    return found if found is not None and found.undo_on is not None else None


def _why_not_undone(viewer: Viewer, card: PlanCard, asked: Tried | None) -> list[str]:
    """What stands in the way, or what the worker said of it; of a large plan only that: looking takes long."""
    if asked is not None and asked.problem is not None:
        return problem_lines(asked.reasons) or [sentence(asked.problem.code, asked.problem.facts, language())]
    if not is_small_plan(viewer, card.id):
        return []
    return problem_lines(why_not_undo(by=viewer, plan_id=card.id, on=max(card.on, viewer.today)))


def _being_undone(card: PlanCard, asked: Tried) -> dict[str, Any]:
    return {
        "title": card.title,
        "up": {"text": _("Về phương án"), "href": reverse("plan", args=[card.id])},
        "progress": _progress(card.id, asked),
    }
