"""The small parts that stand in every row of a table of numbers, drawn without a template of their own.

A page of one unit has some three hundred of them. As included templates they were half of what such a page cost;
`components/number.html` and its like say what each takes and draw it with the tag given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

Part = Mapping[str, Any] | None


@lru_cache(maxsize=8)
def _marks(_prefix: str) -> str:
    """The address of the drawings: the same for as long as the process runs, below one prefix."""
    return conditional_escape(static("chithi/img/marks.svg"))


def _title(part: Mapping[str, Any]) -> str:
    return f' title="{conditional_escape(part["why"])}"' if part.get("why") else ""


def _drawing(name: str, word: str, kind: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    use = f'<use href="{_marks(get_script_prefix())}#{conditional_escape(name)}"></use>'
    return f'<svg{of_kind} role="img" aria-label="{word}">{use}</svg>'


@register.simple_tag
def number_door(number: Mapping[str, Any]) -> SafeString:
    """A number, see components/number.html."""
    return mark_safe(f'<span class="num">{_told(number) if number.get("text") else _missing(number)}</span>')  # noqa: S308


def _told(number: Mapping[str, Any]) -> str:
    text = conditional_escape(number["text"])
    if number.get("href"):
        again, said = "", ""
        if number.get("recomputing"):
            again, said = " recount", f'<span class="visually-hidden"> ({_("đang tính lại")})</span>'
        href = conditional_escape(number["href"])
        door = f'<a class="num-door{again}" href="{href}" data-door{_title(number)}>{text}{said}</a>'
    else:
        door = f"<span{_title(number)}>{text}</span>"
    unit = f" {conditional_escape(number['unit'])}" if number.get("unit") else ""
    slot = source_mark(number.get("source")) + _since(number.get("since"))
    beside = "".join(
        f" {drawn}" for drawn in (spoke_count(number.get("spoke")), change_mark(number.get("change"))) if drawn
    )
    return f'{door}{unit}<span class="num-slot">{slot}</span>{beside}'


def _since(address: str | None) -> str:
    if not address:
        return ""
    word = _("Đã đổi sau khi gửi")
    drawn = _drawing("changed-since", word, "since")
    return f'<a href="{conditional_escape(address)}" data-door title="{word}">{drawn}</a>'


def _missing(number: Mapping[str, Any]) -> str:
    said = f'–<span class="visually-hidden"> {_("chưa có số")}</span>'
    title = f' title="{conditional_escape(number.get("why", ""))}"'
    if number.get("href"):
        href = conditional_escape(number["href"])
        return f'<a class="num-door num-none" href="{href}" data-door{title}>{said}</a>'
    return f'<span class="num-none"{title}>{said}</span>'


@register.simple_tag
def source_mark(source: object) -> SafeString:
    """Who a figure comes from, see components/mark.html."""
    if not source:
        return SafeString()
    words = {"recorded": _("ghi chép"), "entered": _("đơn vị nhập")}
    word = words.get(str(source)) or _("đọc từ báo cáo")
    return mark_safe(_drawing(str(source), word, "source"))  # noqa: S308 -- escaped where it was put together


@register.simple_tag
def spoke_count(spoke: Part) -> SafeString:
    """How many have spoken, see components/spoke.html."""
    if not spoke:
        return SafeString()
    part = "" if spoke.get("whole") else " spoke-part"
    said = f'<span class="visually-hidden">{_("đã có số:")}</span> {conditional_escape(spoke.get("text", ""))}'
    return mark_safe(f'<span class="spoke{part}"{_title(spoke)}>{said}</span>')  # noqa: S308


@register.simple_tag
def change_mark(change: Part) -> SafeString:
    """A movement, see components/change.html."""
    if not change:
        return SafeString()
    way = str(change.get("direction", ""))
    word = {"up": _("tăng"), "down": _("giảm")}.get(way) or _("không đổi")
    said = f"{_drawing(way, word)}{conditional_escape(change.get('text', ''))}"
    return mark_safe(f'<span class="change"{_title(change)}>{said}</span>')  # noqa: S308


@register.simple_tag
def share_bar(bar: Part) -> SafeString:
    """A share as a bar, see components/share_bar.html."""
    if not bar:
        return SafeString()
    short = " bar-short" if bar.get("short") else ""
    width, text = conditional_escape(bar.get("percent", "")), conditional_escape(bar.get("text", ""))
    tick = ""
    if bar.get("target") is not None:
        at = conditional_escape(bar["target"])
        tick = f'<line class="bar-tick" x1="{at}" x2="{at}" y1="1" y2="13"></line>'
    ground = '<rect class="bar-ground" x="0" y="4" width="100" height="6"></rect>'
    value = f'<rect class="bar-value{short}" x="0" y="4" width="{width}" height="6"></rect>'
    frame = 'class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" role="img"'
    return mark_safe(f'<svg {frame} aria-label="{text}">{ground}{value}{tick}</svg>')  # noqa: S308


@register.simple_tag
def trend_line(trend: Part) -> SafeString:
    """The last periods as a line, see components/trend.html."""
    if not trend:
        return SafeString()
    paths = ""
    if trend.get("target") is not None:
        paths += f'<path class="trend-target" d="M0 {conditional_escape(trend["target"])}H70"></path>'
    paths += f'<path d="{conditional_escape(trend.get("line", ""))}"></path>'
    for kind, drawn in (("trend-gap", trend.get("gaps")), ("trend-dot", trend.get("last"))):
        if drawn:
            paths += f'<path class="{kind}" d="{conditional_escape(drawn)}"></path>'
    frame = 'class="trend" viewBox="-3 -12 76 124" preserveAspectRatio="none" role="img"'
    text = conditional_escape(trend.get("text", ""))
    turned = f'<g transform="matrix(1 0 0 -1 0 100)">{paths}</g>'
    return mark_safe(f'<svg {frame} aria-label="{text}">{turned}</svg>')  # noqa: S308
