"""From read lines to descriptions of pictures, in words of the reader's language: trends and bars, finding first.

The same description is drawn on pages and in Word. Numbers are those of the lines; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.charts.description import Aim, Bar, Bars, Point, Trend
from chithi.charts.scale import scale_over
from chithi.core.numbers import format_money, format_number, from_fixed
from chithi.core.periods import STANDARD, Period, parse, series, year_before
from chithi.indicators.choice import Chosen
from chithi.indicators.meanings import Meaning
from chithi.indicators.queries import Contribution, Line
from chithi.org.queries import UnitCard

HISTORY = 24
"""Periods a trend shows at most."""
SIGNS = {"at_least": "≥", "at_most": "≤", "about": "≈"}
_MONEY = ("money", "income")
_HUNDRED = Decimal(100)

Door = Callable[[Period], str]


def tongue() -> str:
    """The language of this answer or document."""
    return (translation.get_language() or "vi")[:2]


@dataclass(frozen=True)
class Measured:
    """How one indicator is drawn: as a share where any of its numbers is one, else as an amount."""

    meaning: Meaning
    shares: bool

    @classmethod
    def of(cls, meaning: Meaning, numbers: Iterable[Chosen | None]) -> Measured:
        known = [one for one in numbers if one is not None]
        return cls(meaning, meaning.denominator is not None and any(one.percent is not None for one in known))

    def value(self, chosen: Chosen | None) -> Decimal | None:
        if chosen is None:
            return None
        return chosen.percent if self.shares else chosen.value

    def text(self, value: Decimal) -> str:
        """A value as the reader's language writes it."""
        if self.shares:
            exponent = value.as_tuple().exponent
            decimals = max(0, -exponent) if isinstance(exponent, int) else 0
            return f"{format_number(value, tongue(), decimals=decimals)}%"
        if self.meaning.definition.kind in _MONEY:
            return format_money(value, tongue())
        return format_number(value, tongue(), trim=True)

    def apart(self, gap: Decimal) -> str:
        """A distance between two values: points for shares."""
        size = abs(gap)
        if self.shares:
            return _("%(points)s điểm") % {"points": format_number(size, tongue(), trim=True)}
        return self.text(size)

    def tick(self, value: Decimal) -> str:
        return self.text(value.normalize() + 0)

    @property
    def aim(self) -> Aim | None:
        """The target, where it is of what is drawn."""
        definition = self.meaning.definition
        if definition.target is None or (self.meaning.denominator is not None) != self.shares:
            return None
        value = from_fixed(definition.target, 2 if self.shares else self.meaning.numerator.scale).normalize() + 0
        return Aim(value, _("mục tiêu %(target)s") % {"target": self.text(value)})

    def short(self, value: Decimal) -> bool:
        """Whether a value misses the target."""
        aim = self.aim
        if aim is None:
            return False
        return value > aim.value if self.meaning.definition.direction == "down" else value < aim.value

    def why(self, chosen: Chosen, value: Decimal) -> str:
        """One line: the number and what it is made of."""
        parts = [f"{SIGNS.get(chosen.bound, '')} {self.text(value)}".strip()]
        if self.shares and chosen.value is not None and chosen.total is not None:
            made = format_number(chosen.value, tongue(), trim=True), format_number(chosen.total, tongue(), trim=True)
            parts.append(f"{made[0]}/{made[1]} {self.meaning.noun(tongue(), chosen.total)}")
        if chosen.expected and chosen.covers == "subtree":
            told = ngettext("%(spoke)s/%(expected)s đơn vị", "%(spoke)s/%(expected)s đơn vị", chosen.expected)
            parts.append(told % {"spoke": chosen.spoke or 0, "expected": chosen.expected})
        return " · ".join(parts)


def trend_of(line: Line, period: Period, door: Door) -> Trend | None:
    """The periods up to this one, from the first with a number; None where fewer than two have one."""
    history = sequence_of(line, period)
    measured = Measured.of(line.meaning, [chosen for _at, chosen in history])
    points = tuple(point_of(measured, at, chosen, door) for at, chosen in history)
    points = points[next((at for at, point in enumerate(points) if point.value is not None), len(points)) :]
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return None
    aim = measured.aim
    scale = scale_over(
        [*values, *([aim.value] if aim else [])],
        measured.tick,
        least=Decimal(0) if min(values) >= 0 else None,
        most=_HUNDRED if measured.shares and max(values) <= _HUNDRED else None,
        whole=not measured.shares and line.meaning.numerator.scale == 0,
    )
    return Trend(_said_of_trend(measured, history, aim), points, scale, aim)


def sequence_of(line: Line, period: Period) -> list[tuple[Period, Chosen | None]]:
    """The line's history without what is in it for comparison only (the same period of last year)."""
    wanted = {p.code for p in series(period, HISTORY)} if period.kind in STANDARD else None
    found = [(parse(code), chosen) for code, chosen in line.history]
    return [(p, chosen) for p, chosen in found if wanted is None or p.code in wanted]


def begun(history: Sequence[tuple[Period, Chosen | None]]) -> list[tuple[Period, Chosen | None]]:
    """From the first period with a number on."""
    first = next((at for at, (_p, chosen) in enumerate(history) if chosen and not chosen.missing), len(history))
    return list(history[first:])


def point_of(measured: Measured, at: Period, chosen: Chosen | None, door: Door) -> Point:
    """One period as it is drawn and read aloud."""
    value, label = measured.value(chosen), at.short_label(tongue())
    if value is None or chosen is None:
        return Point(label, None, "", f"{at.label(tongue())}: {_('chưa có số')}", door(at))
    why = f"{at.label(tongue())}: {measured.why(chosen, value)}"
    return Point(label, value, measured.text(value), why, door(at), SIGNS.get(chosen.bound, ""))


def _said_of_trend(measured: Measured, history: Sequence[tuple[Period, Chosen | None]], aim: Aim | None) -> str:
    """The newest number, how it moved against a named period, how far the target is, how much is missing."""
    told = [(at, value) for at, chosen in history if (value := measured.value(chosen)) is not None]
    newest, value = told[-1]
    earlier = {at.code: (at, v) for at, v in told[:-1]}
    last_year = year_before(newest)
    before, was = earlier.get(last_year.code if last_year else "", told[-2])
    moved = {"change": measured.apart(value - was), "period": lowered(before.label(tongue()))}
    parts = [
        f"{newest.label(tongue())}: {measured.text(value)}",
        _("không đổi so với %(period)s") % moved
        if value == was
        else (_("tăng %(change)s so với %(period)s") if value > was else _("giảm %(change)s so với %(period)s"))
        % moved,
    ]
    if aim is not None:
        parts.append(_against(measured, value, aim))
    first = next(at for at, (_p, chosen) in enumerate(history) if measured.value(chosen) is not None)
    gaps = sum(measured.value(chosen) is None for _p, chosen in history[first:])
    if gaps:
        parts.append(ngettext("%(count)s kỳ chưa có số", "%(count)s kỳ chưa có số", gaps) % {"count": gaps})
    return f"{'; '.join(parts)}."


def _against(measured: Measured, value: Decimal, aim: Aim) -> str:
    if not measured.short(value):
        return _("đạt %(target)s") % {"target": aim.text}
    gap = {"gap": measured.apart(value - aim.value), "target": aim.text}
    if measured.meaning.definition.direction == "down":
        return _("vượt %(target)s là %(gap)s") % gap
    return _("còn thiếu %(gap)s so với %(target)s") % gap


def lowered(label: str) -> str:
    """A period's label inside a sentence; English keeps its capitals."""
    return label if tongue() == "en" else label[:1].lower() + label[1:]


@dataclass(frozen=True)
class Compared:
    """Units as bars, and those that have said nothing, which are named and not drawn. `shares`: bars are shares."""

    bars: Bars
    silent: tuple[UnitCard, ...]
    shares: bool


def bars_of(
    parts: Sequence[Contribution],
    named: Mapping[int, UnitCard],
    meaning: Meaning,
    door: Callable[[int], str],
    *,
    worst_first: bool = False,
) -> Compared | None:
    """Units below with a number, most first or worst first; None where fewer than two have one.

    Units outside the reach keep no bar: they have no name here and nothing to open.
    """
    measured = Measured.of(meaning, [part.chosen for part in parts])
    told = [
        (card, value, part.chosen)
        for part in parts
        if (card := named.get(part.unit_id)) is not None and (value := measured.value(part.chosen)) is not None
    ]
    if len(told) < 2:
        return None
    falls = meaning.definition.direction == "down"
    told.sort(key=lambda one: one[1], reverse=not worst_first or falls)
    silent = tuple(
        card
        for part in parts
        if (card := named.get(part.unit_id)) is not None and part.present and measured.value(part.chosen) is None
    )
    aim = measured.aim
    bars = tuple(
        Bar(
            card.short_name,
            value,
            f"{SIGNS.get(chosen.bound, '')} {measured.text(value)}".strip(),
            f"{card.short_name}: {measured.why(chosen, value)}",
            door(card.id),
            measured.short(value),
        )
        for card, value, chosen in told
    )
    high = max([value for _card, value, _chosen in told] + ([aim.value] if aim else []))
    if measured.shares and high <= _HUNDRED:
        high = _HUNDRED
    said = _said_of_bars(bars, len(silent), aim)
    return Compared(Bars(said, bars, high, aim), silent, measured.shares)


def _said_of_bars(bars: tuple[Bar, ...], silent: int, aim: Aim | None) -> str:
    most = max(bars, key=lambda bar: bar.value)
    least = min(bars, key=lambda bar: bar.value)
    parts = [
        _("Cao nhất: %(most)s (%(most_text)s); thấp nhất: %(least)s (%(least_text)s).")
        % {"most": most.name, "most_text": most.text, "least": least.name, "least_text": least.text}
    ]
    if aim is not None:
        short = sum(bar.short for bar in bars)
        words = ngettext(
            "%(short)s trên %(all)s đơn vị chưa đạt %(target)s.",
            "%(short)s trên %(all)s đơn vị chưa đạt %(target)s.",
            short,
        ) % {"short": short, "all": len(bars), "target": aim.text}
        parts.append(words if short else _("Tất cả đều đạt %(target)s.") % {"target": aim.text})
    if silent:
        parts.append(
            ngettext("%(count)s đơn vị chưa có số.", "%(count)s đơn vị chưa có số.", silent) % {"count": silent}
        )
    return " ".join(parts)
