"""Pictures for components/picture.html: the drawing, what it says, the table behind it, the file of its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.charts import draw
from chithi.charts.description import Aim, Bars, Multiples, Trend
from chithi.charts.page import on_page
from chithi.core.periods import Period
from chithi.indicators.grouped import group_address
from chithi.indicators.queries import Contribution, Line
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard
from chithi.reporting.content import Picture as Printed
from chithi.reporting.pictured import HISTORY, bars_of, trend_of
from chithi.text.tone_places import spelled
from chithi.web.templatetags.chithi_format import language, number

SHOWN = 12
"""Bars before the rest is folded; two more are shown rather than folded."""
MOST_FOLDED = 200
MOST_SILENT = 12
WORST_FIRST = "yeu"
Picture = dict[str, Any]


def files_at(name: str, about: int, what: str, query: Mapping[str, object]) -> list[dict[str, str]]:
    """Addresses of the same numbers as separated values and as a workbook; what is empty in the query is left out."""
    said = urlencode({key: value for key, value in query.items() if value}, safe="@:=.")
    return [
        {"text": text, "href": f"{reverse(name, args=[about, what, ending])}?{said}"}
        for text, ending in (("CSV", "csv"), ("Excel", "xlsx"))
    ]


def drawn(drawing: draw.Drawing, look: str, about: str) -> SafeString:
    """The drawing as markup; every word and address in it was escaped when it was drawn (`chithi.charts.markup`)."""
    return mark_safe(on_page(drawing, look, about=about))  # noqa: S308


def trend_picture(
    line: Line,
    period: Period,
    door: Callable[[Period], str],
    *,
    files: list[dict[str, str]],
    more: dict[str, str] | None = None,
) -> Picture | None:
    """The indicator over its periods; None where fewer than two have a number. `door` opens the trace of a period."""
    found = trend_of(line, period, door)
    if found is None:
        return None
    title = _("%(name)s – qua các kỳ") % {"name": line.meaning.name(language())}
    return empty_picture("trend", title, found.said) | {
        "svg": drawn(draw.trend(found), "pic-trend", "trend-said"),
        "signs": _signs(found),
        "table": {
            "heads": [_("Kỳ"), line.meaning.name(language())],
            "rows": [
                {
                    "name": point.label,
                    "text": f"{point.sign} {point.text}".strip(),
                    "why": point.why,
                    "href": point.href,
                }
                for point in reversed(found.points)
            ],
        },
        "files": files,
        "more": more,
    }


def empty_picture(key: str, title: str, said: str) -> Picture:
    """A picture's context without its drawing."""
    return {
        "id": key, "title": title, "said": said, "svg": "", "signs": [], "folded": None, "silent": None,
        "table": None, "files": [], "more": None, "turn": None,
    }  # fmt: skip


def _signs(found: Trend) -> list[str]:
    """What the marks in a trend mean, those that occur."""
    said = []
    if any(point.value is None for point in found.points):
        said.append(_("– chưa có số"))
    if any(point.sign for point in found.points):
        said.append(_("○ số chưa chính xác (≥ ít nhất, ≈ khoảng)"))
    return said


def bars_picture(
    request: HttpRequest,
    parts: Sequence[Contribution],
    named: Mapping[int, UnitCard],
    line: Line,
    period: Period,
    *,
    files: list[dict[str, str]],
    more: dict[str, str] | None = None,
) -> Picture | None:
    """Units below as sorted bars; a long tail folded, silent units named. None where fewer than two have a number."""
    worst = request.GET.get("truoc") == WORST_FIRST
    number_id = line.meaning.indicator.pk
    found = bars_of(parts, named, line.meaning, lambda unit: address(number_id, unit, period), worst_first=worst)
    if found is None:
        return None
    title = _("%(name)s – theo đơn vị") % {"name": line.meaning.name(language())}
    every = found.bars
    cut = SHOWN if len(every.bars) > SHOWN + 2 else len(every.bars)
    return empty_picture("bars", title, every.said) | {
        "svg": drawn(draw.bars(_some(every, 0, cut)), "pic-bars", "bars-said"),
        "signs": _aim_sign(every.aim),
        "folded": _folded(every, cut),
        "silent": _silent(found.silent, number_id, period),
        "files": files,
        "more": more,
        "turn": _turn(request, worst=worst),
    }


def _some(every: Bars, first: int, last: int) -> Bars:
    return Bars(every.said, every.bars[first:last], every.high, every.aim)


def _aim_sign(aim: Aim | None) -> list[str]:
    return [f"│ {aim.text}"] if aim else []


def _folded(every: Bars, cut: int) -> dict[str, Any] | None:
    rest = every.bars[cut:]
    if not rest:
        return None
    text = ngettext("và %(count)s đơn vị khác", "và %(count)s đơn vị khác", len(rest)) % {"count": number(len(rest))}
    tail = _some(every, cut, cut + MOST_FOLDED)
    over = len(rest) - MOST_FOLDED
    return {
        "text": text,
        "svg": drawn(draw.bars(tail), "pic-bars", "bars-said"),
        "over": _("Còn %(count)s đơn vị nữa trong bảng.") % {"count": number(over)} if over > 0 else "",
    }


def _silent(cards: Sequence[UnitCard], indicator: int, period: Period) -> dict[str, Any] | None:
    if not cards:
        return None
    text = ngettext("%(count)s đơn vị chưa có số:", "%(count)s đơn vị chưa có số:", len(cards))
    return {
        "text": text % {"count": number(len(cards))},
        "links": [{"text": c.short_name, "href": address(indicator, c.id, period)} for c in cards[:MOST_SILENT]],
        "over": max(0, len(cards) - MOST_SILENT),
    }


def _turn(request: HttpRequest, *, worst: bool) -> dict[str, str]:
    """The link that turns the order round; everything else in the address stays."""
    query = request.GET.copy()
    if worst:
        query.pop("truoc", None)
    else:
        query["truoc"] = WORST_FIRST
    text = _("Xếp số cao nhất trước") if worst else _("Xếp yếu nhất trước")
    return {"text": text, "href": f"?{query.urlencode(safe='@:=.')}#bars"}


def reported_at(unit_id: int, period: Period) -> str:
    """The page that tells who below a unit has spoken."""
    return f"{reverse('reported', args=[unit_id])}?{urlencode({'ky': period.code}, safe='@:=.')}"


def side_at(unit_id: int, period: Period, code: str) -> str:
    """The page that sets the units below one side by side."""
    asked = {"ky": period.code, "chi-tieu": code}
    return f"{reverse('side_by_side', args=[unit_id])}?{urlencode(asked, safe='@:=.')}"


def unit_trend(
    line: Line, unit_id: int, period: Period, *, whole: bool = False, beside: bool = False
) -> Picture | None:
    """A unit's indicator over its periods. Where `whole` is not said, a link leads to all of them in the trace; there,
    `beside`, one to the units below."""
    indicator = line.meaning.indicator.pk
    asked = {"ky": period.code, "chi-tieu": line.meaning.code}
    more: dict[str, str] | None = None
    if not whole:
        words = _("Xem tới %(count)s kỳ") % {"count": HISTORY}
        more = {"text": words, "href": f"{address(indicator, unit_id, period)}#trend"}
    elif beside:
        words = _("Xem các đơn vị cạnh nhau qua các kỳ")
        more = {"text": words, "href": side_at(unit_id, period, line.meaning.code)}
    return trend_picture(
        line,
        period,
        lambda at: address(indicator, unit_id, at),
        files=files_at("unit_figures", unit_id, "dien-bien", asked),
        more=more,
    )


def unit_bars(
    request: HttpRequest,
    parts: Sequence[Contribution],
    named: Mapping[int, UnitCard],
    line: Line,
    unit_id: int,
    period: Period,
) -> Picture | None:
    """What the units below gave; where the address names a group, only those of it."""
    asked = {"ky": period.code, "chi-tieu": line.meaning.code}
    files = files_at("unit_figures", unit_id, "dong-gop", {**asked, "nhom": request.GET.get("nhom", "")})
    more = {"text": _("Xem các đơn vị cạnh nhau qua các kỳ"), "href": side_at(unit_id, period, line.meaning.code)}
    return bars_picture(request, parts, named, line, period, files=files, more=more)


def group_trend(line: Line, group: int, period: Period) -> Picture | None:
    """A group's indicator over its periods."""
    indicator = line.meaning.indicator.pk
    asked = {"ky": period.code, "chi-tieu": line.meaning.code}
    files = files_at("group_figures", group, "dien-bien", asked)
    return trend_picture(line, period, lambda at: group_address(indicator, group, at), files=files)


def group_bars(
    request: HttpRequest,
    parts: Sequence[Contribution],
    named: Mapping[int, UnitCard],
    line: Line,
    group: int,
    period: Period,
) -> Picture | None:
    """What the units of a group gave."""
    asked = {"ky": period.code, "chi-tieu": line.meaning.code}
    files = files_at("group_figures", group, "dong-gop", asked)
    return bars_picture(request, parts, named, line, period, files=files)


def multiples_shown(found: Multiples) -> list[dict[str, Any]]:
    """For side_by_side.html: one small picture a unit."""
    return [
        {
            "name": small.name,
            "href": small.href,
            "text": small.text,
            "short": small.short,
            "svg": drawn(draw.small(small, found.scale, found.aim), "pic-small", "multiples-said"),
        }
        for small in found.smalls
    ]


def scale_words(found: Multiples) -> list[str]:
    """Between which values every small picture runs, and where its target stands."""
    named = found.scale.ticks
    ends = _("Mọi hình cùng thang từ %(low)s đến %(high)s") % {"low": named[0][1], "high": named[-1][1]}
    return [ends, *([_("- - %(target)s") % {"target": found.aim.text}] if found.aim else []), _("– chưa có số")]


def printed_pictures(pictures: Sequence[Printed], spelling: str) -> list[dict[str, Any]]:
    """The pictures of a report as its page shows them: numbered, in the office's spelling."""
    shown = []
    for position, one in enumerate(pictures, 1):
        is_trend = isinstance(one.drawn, Trend)
        drawing = draw.trend(one.drawn) if isinstance(one.drawn, Trend) else draw.bars(one.drawn)
        key = f"picture-{position}"
        svg = on_page(drawing, "pic-trend" if is_trend else "pic-bars", about=f"{key}-said")
        shown.append(
            {
                "id": key,
                "title": spelled(one.title(position), spelling),
                "said": spelled(one.drawn.said, spelling),
                "svg": mark_safe(spelled(svg, spelling)),  # noqa: S308 -- as in `drawn`
                "href": one.address.removeprefix(str(settings.PUBLIC_URL)),
            }
        )
    return shown
