"""A hand-over as its page and its print show it: what, from whom to whom, what is open, both signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.access.queries import account_names
from chithi.db.viewer import Viewer
from chithi.org.agreement_queries import HandoverCard
from chithi.org.handover import form_of
from chithi.org.handover_rules import Side
from chithi.org.kinds import HandoverState, RolesMove
from chithi.web.show import people as show


def shown(viewer: Viewer, card: HandoverCard) -> dict[str, Any]:
    """The context of manage/handover.html, without the forms of the signatures. One query for names."""
    row = card.handover
    status, word = show.handover_status(row.state, row.roles)
    names = account_names([row.giver_by_id, row.taker_by_id, row.giver_user_id, row.taker_user_id, row.by_id])
    waiting = row.state == HandoverState.OPEN
    asked = row.roles == RolesMove.ASKED
    return {
        "card": card,
        "status": {"status": status, "word": word},
        "pending": show.pending_lines((one["code"], one["count"]) for one in row.pending),
        "lines": [line for line in row.lines.splitlines() if line.strip()],
        "made_by": names.get(row.by_id or 0, ""),
        "roles": _roles(row.roles) if row.state == HandoverState.DONE else "",
        "sides": [_side(viewer, card, side, names) for side in Side],
        "up": {"text": _("Bàn giao chức vụ"), "href": reverse("handovers")},
        "withdraw_href": reverse("handover_withdraw", args=[row.pk]) if waiting and card.keeps else "",
        "roles_href": reverse("handover_roles", args=[row.pk]) if asked and card.may_grant else "",
    }


def _roles(state: str) -> str:
    return {
        RolesMove.NONE: _("Không có vai trò nào chuyển theo chức vụ này."),
        RolesMove.MOVED: _("Vai trò của tài khoản cũ đã thôi; tài khoản mới đã có vai trò."),
        RolesMove.ASKED: _("Vai trò chờ người cấp tài khoản chuyển."),
    }[RolesMove(state)]


def _side(viewer: Viewer, card: HandoverCard, side: Side, names: dict[int, str]) -> dict[str, Any]:
    """One signature: whose, when and how it was given, or how the viewer may give it ("password", "paper", "")."""
    row = card.handover
    facts = form_of(row)
    account, other = facts.accounts[side], facts.accounts[side.other]
    open_ = row.state == HandoverState.OPEN and side not in facts.signed
    how = ""
    if open_ and account is not None and account == viewer.user_id:
        how = "password"
    elif open_ and account is None and card.keeps and viewer.user_id != other:
        how = "paper"
    at: datetime | None = row.giver_at if side is Side.GIVER else row.taker_at
    by = row.giver_by_id if side is Side.GIVER else row.taker_by_id
    return {
        "side": side.value,
        "title": _("Người giao") if side is Side.GIVER else _("Người nhận"),
        "name": card.giver if side is Side.GIVER else card.taker,
        "at": at,
        "by": names.get(by or 0, "") if account is None else "",
        "paper": row.giver_paper if side is Side.GIVER else row.taker_paper,
        "account": names.get(account or 0, ""),
        "how": how,
        "sign_href": reverse("handover_sign", args=[row.pk, side.value]),
    }
