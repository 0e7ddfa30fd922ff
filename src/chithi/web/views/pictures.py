"""Pages that are one picture: who has spoken, small trends side by side; and the numbers of every picture as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.core.periods import Period
from chithi.indicators.completeness import MOST_SIFTED, Completeness, Level, columns, completeness, may_enter
from chithi.indicators.grouped import contributions_of, group_address, group_lines
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.queries import lines
from chithi.indicators.trace import address
from chithi.org.groups_queries import one_group
from chithi.org.queries import cards, one_unit
from chithi.reporting.pictured import HISTORY, Measured, begun, sequence_of
from chithi.sheets.writing import Table
from chithi.web.chosen import keep_unit, period_of
from chithi.web.manage.desk import PAGE, pager
from chithi.web.manage.exports import attached
from chithi.web.middleware import ViewerRequest
from chithi.web.show.beside import Narrowed
from chithi.web.show.picture_files import bars_table, reported_table, side_table, trend_table
from chithi.web.show.pictures import WORST_FIRST, files_at, multiples_shown, scale_words
from chithi.web.show.reported import KINDS, LEVELS, heat_shown, kind_word, level_word
from chithi.web.show.side_by_side import SMALLS, multiples_of, side
from chithi.web.templatetags.chithi_format import language
from chithi.web.whole import page_number

TREND, BARS, SIDE, REPORTED = "dien-bien", "dong-gop", "canh-nhau", "ai-da-bao-cao"
V = TypeVar("V")
FIRST_ASKED = "org.members_on_duty"
"""Every cell confirms its members, so this tells best who has spoken at all."""


@require_safe
def reported(request: ViewerRequest, unit: int) -> HttpResponse:
    """Who below a unit has spoken, and in which period: a heat map, every cell a link to what is missing."""
    viewer, period = request.viewer, period_of(request)
    card = one_unit(viewer, unit, period.last)
    keep_unit(request, unit)
    request.unit_id = unit  # type: ignore[attr-defined]
    offered = [one for one in meanings(period=period) if one.numerator.expected != "nobody"]
    meaning = _asked_for(request, offered, FIRST_ASKED)
    page = page_number(request.GET.get("trang"))
    found = _completeness(request, unit, period, meaning, start=(page - 1) * PAGE, most=PAGE)
    named = cards(viewer, [row.unit_id for row in found.rows], period.last)
    context: dict[str, Any] = {
        "unit": {"name": card.name, "href": f"{reverse('unit', args=[unit])}?ky={period.code}"},
        "heat": heat_shown(found, named, meaning, may_enter(viewer, list(named)), card),
        "meaning_name": meaning.name(language()),
        "kept": {"ky": period.code, "chi-tieu": meaning.code},
        "indicators": _indicators(offered, meaning),
        "levels": _options(LEVELS, LEVELS.get(request.GET.get("cap", ""), Level.BELOW), level_word),
        "kinds": _options(KINDS, found.periods[-1].kind, kind_word),
        "lacking": found.lacking_at is not None,
        "lacking_at": found.lacking_at.label(language()) if found.lacking_at else "",
        "can_sift": found.can_sift,
        "pager": pager(request, page, found.total),
        "none": "" if found.rows else _none(found),
        "files": files_at("unit_figures", unit, REPORTED, _kept(request, period, meaning, ("cap", "cot", "thieu"))),
    }
    return render(request, "reported.html", context)


def _completeness(
    request: ViewerRequest, unit: int, period: Period, meaning: Meaning, *, start: int, most: int
) -> Completeness:
    """As the address asks: `cap` the units, `cot` the columns, `thieu` only those that lack something."""
    viewer = request.viewer
    level = LEVELS.get(request.GET.get("cap", ""), Level.BELOW)
    periods = columns(period, viewer, KINDS.get(request.GET.get("cot", "")))
    lacking = request.GET.get("thieu") == "1"
    return completeness(viewer, unit, periods, meaning, level, lacking=lacking, start=start, most=most)


def _none(found: Completeness) -> str:
    if found.lacking_at is not None:
        return _("Không đơn vị nào còn thiếu ở kỳ này.")
    return _("Đơn vị này không có đơn vị nào như vậy ở dưới.")


def _asked_for(request: ViewerRequest, offered: Sequence[Meaning], usual: str = "") -> Meaning:
    """The indicator the address names, else the usual one, else the first; `Absent` where there is none such."""
    code = request.GET.get("chi-tieu", "")
    wanted = [one for one in offered if one.code == (code or usual)] or ([] if code else offered[:1])
    if not wanted:
        raise Absent("indicators.no_indicator", indicator=code[:60])
    return wanted[0]


def _indicators(offered: Sequence[Meaning], chosen: Meaning) -> list[dict[str, Any]]:
    return [{"code": one.code, "text": one.name(language()), "chosen": one.code == chosen.code} for one in offered]


def _options(offered: Mapping[str, V], chosen: V, word: Callable[[V], str]) -> list[dict[str, Any]]:
    return [{"code": code, "text": word(one), "chosen": one == chosen} for code, one in offered.items()]


def _kept(request: ViewerRequest, period: Period, meaning: Meaning, keys: Sequence[str]) -> dict[str, object]:
    """What an address must say to name the same numbers again."""
    return {"ky": period.code, "chi-tieu": meaning.code, **{key: request.GET.get(key, "") for key in keys}}


@require_safe
def side_by_side(request: ViewerRequest, unit: int) -> HttpResponse:
    """One indicator of the units directly below as small trends on one scale."""
    viewer, period = request.viewer, period_of(request)
    card = one_unit(viewer, unit, period.last)
    keep_unit(request, unit)
    request.unit_id = unit  # type: ignore[attr-defined]
    offered = meanings(period=period)
    meaning = _asked_for(request, offered)
    worst, page = request.GET.get("truoc") == WORST_FIRST, page_number(request.GET.get("trang"))
    found = side(viewer, unit, period, meaning, worst=worst, page=page)
    drawn = multiples_of(found)
    context: dict[str, Any] = {
        "unit": {"name": card.name, "href": f"{reverse('unit', args=[unit])}?ky={period.code}"},
        "meaning_name": meaning.name(language()),
        "kept": {"ky": period.code},
        "indicators": _indicators(offered, meaning),
        "worst": worst,
        "said": drawn.said if drawn else "",
        "smalls": multiples_shown(drawn) if drawn else [],
        "signs": scale_words(drawn) if drawn else [],
        "none": "" if drawn else _nothing_beside(found.total),
        "pager": pager(request, page, found.total, SMALLS),
        "files": files_at("unit_figures", unit, SIDE, _kept(request, period, meaning, ())),
    }
    return render(request, "side_by_side.html", context)


def _nothing_beside(total: int) -> str:
    if not total:
        return _("Không có đơn vị nào ở dưới để đặt cạnh nhau.")
    return _("Chưa đơn vị nào có số ở hai kỳ để vẽ. Hãy chọn chỉ tiêu hoặc kỳ khác.")


@require_safe
def unit_figures(request: ViewerRequest, unit: int, what: str, ending: str) -> HttpResponseBase:
    """The numbers of a unit's picture as a file: trend, units below, side by side, who has spoken."""
    viewer, period = request.viewer, period_of(request)
    card = one_unit(viewer, unit, period.last)
    if ending not in ("csv", "xlsx") or what not in (TREND, BARS, SIDE, REPORTED):
        raise Absent("indicators.no_indicator", indicator=what[:60])
    meaning = _asked_for(request, meanings(period=period, ever=True))
    if what == TREND:
        line = lines(viewer, unit, period, codes=[meaning.code], trend=HISTORY).line(meaning.code)
        at = partial(address, meaning.indicator.pk, unit)
        table = trend_table(meaning, begun(sequence_of(line, period)), at)
    elif what == BARS:
        table = _bars(request, unit, period, meaning)
    elif what == SIDE:
        found = side(viewer, unit, period, meaning, page=None)
        every = [(found.named.get(part.unit_id), found.history(part)) for part in found.parts]
        measured = Measured.of(meaning, [chosen for _card, history in every for chosen in history])
        table = side_table(found.periods, every, measured.value)
    else:
        told = _completeness(request, unit, period, meaning, start=0, most=MOST_SIFTED)
        named = cards(viewer, [unit, *(row.unit_id for row in told.rows)], period.last)
        table = reported_table(told, named)
    return attached([table], f"{what}-{card.code}-{period.code}", ending)


def _bars(request: ViewerRequest, unit: int, period: Period, meaning: Meaning) -> Table:
    """The units below, or those of the group that the address narrows them to."""
    line = lines(request.viewer, unit, period, codes=[meaning.code], trend=0).line(meaning.code)
    shown, parts, _door = Narrowed(request, unit, period).of(line)
    named = cards(request.viewer, [part.unit_id for part in parts], period.last)
    return bars_table(shown.meaning, parts, named, period)


@require_safe
def group_figures(request: ViewerRequest, group: int, what: str, ending: str) -> HttpResponseBase:
    """The numbers of a group's picture as a file: its trend, its units."""
    viewer, period = request.viewer, period_of(request)
    one_group(viewer, group, period.last)
    if ending not in ("csv", "xlsx") or what not in (TREND, BARS):
        raise Absent("indicators.no_indicator", indicator=what[:60])
    meaning = _asked_for(request, meanings(period=period))
    found = group_lines(viewer, group, period, codes=[meaning.code])
    line = next((one for one in found.lines if one.meaning.code == meaning.code), None)
    if what == TREND and line is not None:
        table = trend_table(
            meaning, begun(sequence_of(line, period)), partial(group_address, meaning.indicator.pk, group)
        )
    else:
        parts = contributions_of(found, meaning)
        named = cards(viewer, [part.unit_id for part in parts], period.last)
        table = bars_table(meaning, parts, named, period)
    return attached([table], f"{what}-nhom-{group}-{period.code}", ending)
