"""What a traced number stands on, for trace_panel.html: its records, its sentences, what was replaced."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.numbers import format_number, from_fixed
from chithi.indicators.home_rule import CountedElsewhere
from chithi.indicators.kinds import FigureState
from chithi.indicators.trace import RECORDS_SHOWN, MarkedPart, Stated, Trace, records
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.show.home_rule import home_rule
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number


def records_shown(request: ViewerRequest, opened: Trace, part: MarkedPart | None) -> dict[str, Any] | None:
    """The records of the unit's own count, a page at a time; a sentence where the viewer may not open them."""
    measure = opened.line.meaning.numerator
    own = opened.own.get("recorded")
    if not measure.recorded or ((own is None or not own.value) and not home_rule(measure)):
        return None
    count = own.value if own else 0
    if not opened.may_open_records:
        hidden = _("Được xem tổng, không được mở từng người. Bí thư hoặc văn phòng của đơn vị mở được.")
        return {"text": _how_many(count), "heads": [], "rows": [], "pager": None, "hidden": hidden} if count else None
    page = page_number(request.GET.get("trang"))
    found = records(
        request.viewer, measure.id, opened.unit.id, opened.period, member_id=part.id if part else 0, page=page
    )
    if not count and not found.elsewhere:
        return None
    also = any(record.also for record in found.shown)
    return {
        "text": _how_many(found.total if part else count),
        "heads": [_("Tên"), *([_("Cũng tham gia ở")] if also else [])],
        "rows": [
            {
                "cells": [record.label, *([", ".join(record.also)] if also else [])],
                "href": reverse("unit", args=[record.unit_id]) if record.unit_id else "",
            }
            for record in found.shown
        ],
        "pager": _pager(request, found.total, page),
        "hidden": "",
        "elsewhere": [_told_elsewhere(one) for one in found.elsewhere],
    }


def _told_elsewhere(one: CountedElsewhere) -> str:
    """ "Trần Thị Thử – tính ở Chi bộ thôn Hòa Một"."""
    home = one.home.short_name if one.home else _("nơi ngoài phạm vi được xem")
    return _("%(name)s – tính ở %(home)s") % {"name": one.name, "home": home}


def _how_many(count: int) -> str:
    heading = ngettext("%(count)s ghi chép của chính đơn vị này", "%(count)s ghi chép của chính đơn vị này", count)
    return heading % {"count": format_number(count, language())}


def _pager(request: ViewerRequest, total: int, page: int) -> dict[str, str] | None:
    if total <= RECORDS_SHOWN:
        return None
    first, last = (page - 1) * RECORDS_SHOWN + 1, min(page * RECORDS_SHOWN, total)
    kept = {key: request.GET[key] for key in ("phan", "vai", "ma") if key in request.GET}
    return {
        "text": _("%(first)s–%(last)s của %(total)s") % {"first": first, "last": last, "total": total},
        "before": f"?{urlencode(kept | {'trang': page - 1})}" if page > 1 else "",
        "after": f"?{urlencode(kept | {'trang': page + 1})}" if last < total else "",
    }


def quotes_shown(opened: Trace) -> list[dict[str, str]]:
    """The sentences that live narrative figures came from."""
    found = []
    for stated in opened.stated:
        if stated.quote is None or stated.figure.state != FigureState.LIVE:
            continue
        found.append(
            {
                "before": stated.quote.before,
                "marked": stated.quote.marked,
                "after": stated.quote.after,
                "document": stated.quote.title,
                "place": "",
                "href": f"{reverse('document', args=[stated.quote.document_id])}#at-{stated.quote.span_id}",
            }
        )
    return found


def changes_shown(opened: Trace) -> list[dict[str, str]]:
    """Figures that were replaced or withdrawn, and what came instead, newest first."""
    scale = opened.line.numerator.scale
    after = {s.figure.replaces_id: s for s in opened.stated if s.figure.replaces_id}
    rows = []
    for stated in opened.stated:
        if stated.figure.state == FigureState.LIVE:
            continue
        then = after.get(stated.figure.pk)
        when = timezone.localtime(stated.figure.ended_at or stated.figure.at)
        rows.append(
            {
                "when": f"{day(when)} {when:%H:%M}",
                "who": stated.ended_by or (then.by if then else ""),
                "before": _said(stated, scale),
                "after": _said(then, scale) if then else _("rút"),
                "why": (then.figure.why if then else stated.figure.why) or "",
            }
        )
    return rows


def _said(stated: Stated, scale: int) -> str:
    figure = stated.figure
    if figure.value is not None:
        return format_number(from_fixed(figure.value, scale), language(), trim=True)
    return numbers.percent_text(from_fixed(figure.stated_share or 0, figure.share_decimals))
