"""What units contribute to one number, below a unit or of a group: for contributions.html."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.core.periods import Period
from chithi.indicators.queries import Contribution, Line
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard
from chithi.text.vietnamese import sort_key
from chithi.web.show import numbers
from chithi.web.templatetags.chithi_format import language


def below_shown(
    request: HttpRequest,
    parts: list[Contribution],
    named: dict[int, UnitCard],
    line: Line,
    period: Period,
    door: str,
) -> dict[str, Any]:
    """The contributions table, sorted as asked: by name, number, share. `door` is the address of their sum."""
    way = request.GET.get("xep", "")
    back = request.GET.get("nguoc") == "1"
    ordered = _ordered(parts, named, way, back)
    rows = [_contribution(part, named.get(part.unit_id), line, period) for part in ordered]
    told = any(row["spoke"] for row in rows)
    return {
        "name": line.meaning.name(language()),
        "heads": [_head(request, key, text, way, back) for key, text in _heads(line, told)],
        "rows": rows,
        "total": {
            "number": numbers.number(
                line.chosen,
                line.meaning,
                door,
                text=numbers.value_text(line.chosen, line.meaning),
            ),
            "share": _share(line.chosen, line, door),
            "change": None,
        },
        "pager": None,
    }


def _heads(line: Line, told: bool) -> list[tuple[str, str]]:
    """Key and text of the columns; an empty text leaves the column out."""
    share = _("Tỷ lệ") if line.meaning.denominator else ""
    return [
        ("ten", _("Đơn vị")),
        ("so", line.meaning.noun(language()).capitalize()),
        ("ty-le", share),
        ("du", _("Đã có số") if told else ""),
    ]


def _head(request: HttpRequest, key: str, text: str, way: str, back: bool) -> dict[str, Any]:
    query = request.GET.copy()
    query["xep"] = key
    query["nguoc"] = "1" if way == key and not back else "0"
    sorted_as = "" if way != key else "descending" if back else "ascending"
    href = f"?{query.urlencode(safe='@:=.')}#contributions" if text else ""
    return {"text": text, "href": href, "sorted": sorted_as, "figure": key != "ten", "hint": ""}


def _ordered(parts: list[Contribution], named: dict[int, UnitCard], way: str, back: bool) -> list[Contribution]:
    """Sorted; what is missing always stands first when sorted by number, because that is what needs doing."""

    def by_name(part: Contribution) -> Any:
        card = named.get(part.unit_id)
        return sort_key(card.short_name if card else "")

    def by_number(part: Contribution) -> Any:
        value = part.chosen.percent if way == "ty-le" else part.chosen.value
        return (value is not None, value or Decimal(0))

    def by_spoken(part: Contribution) -> Any:
        return (part.chosen.spoke or 0) - (part.chosen.expected or 0)

    keys = {"ten": by_name, "so": by_number, "ty-le": by_number, "du": by_spoken}
    return sorted(parts, key=keys[way], reverse=back) if way in keys else parts


def _contribution(part: Contribution, card: UnitCard | None, line: Line, period: Period) -> dict[str, Any]:
    href = address(line.meaning.indicator.pk, part.unit_id, period) if card else ""
    note = "" if part.present else _("đã kết thúc, số được kế thừa")
    return {
        "name": card.short_name if card else _("Đơn vị nay ngoài phạm vi"),
        "href": f"{reverse('unit', args=[part.unit_id])}" if card else "",
        "number": numbers.number(part.chosen, line.meaning, href, text=numbers.value_text(part.chosen, line.meaning)),
        "share": _share(part.chosen, line, href),
        "change": None,
        "spoke": numbers.spoke_below(part.chosen),
        "note": note,
    }


def _share(chosen: Any, line: Line, href: str) -> dict[str, Any] | None:
    if line.meaning.denominator is None:
        return None
    return numbers.number(chosen, line.meaning, href, text=numbers.percent_text(chosen.percent)) | {"source": ""}
